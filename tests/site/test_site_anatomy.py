from __future__ import annotations

import datetime as dt
from dataclasses import replace

import chromium
import pytest
from anatomy_site import AR, DE, EN, heading, html, knowing, put, site
from site_server import serve

from polyhelp.model import Locale
from polyhelp.site import anatomy

REFUNDS = "returns/refunds.md"
ARTICLE = heading(1, "Refunds", "refunds") + "\n<p>Text.</p>\n" + heading(2, "When", "when") + "\n<p>Soon.</p>"
DUTY = {
    "DE": {
        "since": "2020-01-01T00:00Z",
        "until": "2090-01-01T00:00Z",
        "teams": [{"zone": "Europe/Berlin", "hours": [[0, 0, 1440]], "off": []}],
    }
}


def built(made, page, article=ARTICLE):
    return anatomy.contact(anatomy.apply(html(article, page.locale), page, made), page, made)


def test_the_summary_and_the_day_stand_between_the_title_and_the_text():
    made = site()
    page = made.pages[DE, REFUNDS]
    text = built(knowing(made, page, description="Wann <Geld> kommt.", updated="2026-11-05"), page)
    title, summary, day, body = (text.index(one) for one in ("</h1>", "Wann &lt;Geld&gt; kommt.", "<time", "<p>Text."))
    assert title < summary < day < body
    assert '>Aktualisiert am <time datetime="2026-11-05">5. November 2026</time></p>' in text


def test_a_page_that_lacks_both_gets_neither():
    made = site()
    text = built(made, made.pages[EN, REFUNDS])
    assert "ph-lead" not in text
    assert "<time" not in text


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "November 5, 2026"), ("sv", "5 november 2026"), ("ja", "2026年11月5日"), ("zh-TW", "2026年11月5日"),
        ("pt-BR", "5 de novembro de 2026"), ("ar", "5 نوفمبر 2026"), ("th", "5 พฤศจิกายน 2569"), ("xyz", "2026-11-05"),
    ],
)  # fmt: skip
def test_a_day_is_written_as_its_readers_write_it(tag, written):
    assert anatomy.written(dt.date(2026, 11, 5).isoformat(), Locale(tag)) == written


def test_breadcrumbs_lead_home_and_name_the_page_they_stand_on():
    made = site()
    text = built(made, made.pages[DE, REFUNDS])
    crumbs = text[text.index('<nav class="ph-breadcrumbs"') : text.index("</nav>", text.index("ph-breadcrumbs"))]
    assert 'aria-label="Sie sind hier"' in crumbs
    assert crumbs.endswith(
        '<ol><li><a href="../../">Startseite</a></li><li>Returns</li>'
        '<li aria-current="page">Refunds &amp; more</li></ol>'
    )
    assert text.index("ph-breadcrumbs") < text.index("<h1")


def test_related_articles_are_those_that_the_reader_s_language_has():
    made = site()
    page = made.pages[DE, "contact/contact-us.md"]
    related = ("returns/refunds.md", "returns/exchanges.md", "nowhere.md", page.path, "returns/refunds.md")
    text = built(knowing(made, page, related=related), page)
    block = text[text.index('class="ph-related"') : text.index("</section>")]
    assert block.count("<a ") == 1
    assert '<a href="../../returns/refunds/">Refunds &amp; more</a>' in block


def test_a_related_article_in_another_language_says_so():
    made = site()
    page = made.pages[AR, "returns/exchanges.md"]
    text = built(knowing(made, page, related=(REFUNDS,)), page)
    assert '<a href="../refunds/" lang="en">' in text


def test_no_related_articles_no_empty_block():
    made = site()
    assert "ph-related" not in built(made, made.pages[EN, REFUNDS])


def test_every_heading_has_a_named_link_to_itself_in_the_place_of_the_theme_s():
    made = site()
    text = built(made, made.pages[DE, REFUNDS])
    assert text.count('aria-label="Link zu diesem Abschnitt kopieren"') == 2
    assert 'href="#when"' in text
    assert "Permanent link" not in text
    assert "&para;" not in text


def test_what_polyhelp_says_is_marked_with_its_language_inside_a_text_of_another():
    made = site()
    page = made.pages[AR, REFUNDS]
    text = built(knowing(made, page, updated="2026-11-05"), page)
    assert '<p class="ph-updated" lang="ar" dir="rtl"' in text
    assert '<li aria-current="page" lang="en">' in text


def test_contact_leads_to_the_pages_that_are_named_and_to_the_region_s_own():
    options = {"contact": "contact/contact-us.md", "support_hours": "policies/returns.md", "duty": DUTY}
    made = site(options=options)
    assert 'class="ph-button" href="../../contact/contact-us/">Contact us</a>' in built(made, made.pages[EN, REFUNDS])
    text = built(made, made.pages[DE, REFUNDS])
    assert 'href="../../policies/returns/">Servicezeiten</a>' in text
    assert "ph-hours" not in text  # no region, no hours
    hours = replace(made, options={**options, "support_hours": "policies/hours.md"})
    page = replace(made.pages[DE, "policies/de/returns.md"])
    own = {
        **made.pages,
        (DE, "policies/de/hours.md"): replace(page, path="policies/de/hours.md", article="policies/hours.md"),
    }
    text = built(replace(hours, pages=own), page)
    assert 'href="../hours/">Servicezeiten</a>' in text
    assert 'data-code="DE"' in text
    assert 'src="../../../../assets/javascripts/polyhelp-hours.js"' in text


def test_a_page_that_already_tells_the_hours_is_not_told_them_twice():
    made = site(options={"contact": "contact/contact-us.md", "duty": DUTY})
    page = made.pages[DE, "policies/de/returns.md"]
    text = built(made, page, ARTICLE + '<div class="ph-hours" data-code="DE"></div>')
    assert text.count('class="ph-hours"') == 1
    assert "ph-contact" in text


@pytest.mark.parametrize("options", [{}, {"contact": "nowhere.md"}])
def test_without_a_contact_page_there_is_no_contact(options):
    made = site(options=options)
    assert "ph-contact" not in built(made, made.pages[EN, REFUNDS])


@pytest.mark.parametrize("kind", ["home", "chooser", "other"])
def test_only_what_people_read_to_the_end_ends_with_contact(kind):
    made = site(options={"contact": "contact/contact-us.md"})
    page = made.pages[EN, REFUNDS]
    assert "ph-contact" not in built(knowing(made, page, kind=kind), page)


def test_a_page_without_an_article_stays_as_it_is():
    made = site(options={"contact": "contact/contact-us.md"})
    text = "<html><head></head><body><p>moved</p></body></html>"
    assert anatomy.contact(anatomy.apply(text, made.pages[EN, REFUNDS], made), made.pages[EN, REFUNDS], made) == text


@pytest.mark.skipif(bool(chromium.missing()), reason=chromium.missing() or "-")
def test_the_link_of_a_heading_is_copied_and_the_copy_announced(tmp_path):
    made = site()
    page = made.pages[DE, REFUNDS]
    put(tmp_path, made, page, built(made, page))
    with serve(tmp_path) as served, chromium.browser() as browser:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        tab = context.new_page()
        tab.goto(f"{served.url}de/returns/refunds/")
        tab.locator("#when button.headerlink").focus()
        tab.keyboard.press("Enter")
        tab.wait_for_function("document.querySelector('.ph-said').textContent === 'Link kopiert'")
        assert tab.evaluate("navigator.clipboard.readText()") == f"{served.url}de/returns/refunds/#when"
        assert tab.url.endswith("#when")
