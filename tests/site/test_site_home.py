from __future__ import annotations

import chromium
import pytest
from anatomy_site import AR, DE, EN, heading, html, knowing, put, site
from site_server import serve

from polyhelp.site import home

NOTICE = '\n<div class="admonition info ph-notice" role="note"><p>Maschinell übersetzt.</p></div>'
ARTICLE = heading(1, "Help", "help") + NOTICE + "\n<p>Welcome.</p>"


def built(made, locale=EN, article=ARTICLE, **facts):
    page = made.pages[locale, "index.md"]
    made = knowing(made, page, kind="home", **facts)
    return home.apply(html(article, locale.tag), page, made)


def test_the_title_the_summary_and_the_search_come_first():
    text = built(site(), DE, description="Hilfe & mehr.")
    places = [
        text.index(one) for one in ("ph-hero", "<h1", "Hilfe &amp; mehr.", "data-ph-search", "ph-notice", "Welcome")
    ]
    assert places == sorted(places)
    assert ">Hilfe suchen</span></button>" in text
    assert '<body data-ph-kind="home"' in text
    assert 'href="../assets/stylesheets/polyhelp-home.css"' in text


def test_a_notice_stays_above_the_topics_also_with_the_marks_of_its_step():
    marked = heading(1, "Help", "help") + f"<!--notices-->{NOTICE.strip()}<!--/notices-->\n<p>Welcome.</p>"
    text = built(site(), article=marked)
    assert text.index("<!--/notices-->") < text.index("ph-topics") < text.index("Welcome")


def test_another_page_stays_as_it_is():
    made = site()
    assert home.apply(html(ARTICLE), made.pages[EN, "returns/refunds.md"], made) == html(ARTICLE)


def test_popular_articles_are_those_that_the_language_has():
    made = site(options={"popular": ["returns/exchanges.md", "returns/refunds.md", "nowhere.md"]})
    assert '<ul><li><a href="returns/refunds/">Refunds &amp; more</a></li></ul></nav>' in built(made, DE)
    assert '<a href="returns/refunds/" lang="en">' in built(made, AR)  # its title is the original's
    assert "ph-popular" not in built(site())


def test_the_sections_of_the_navigation_are_the_topics():
    text = built(site())
    assert '<h2 id="ph-topics">Topics</h2>' in text
    card = text[text.index('<li class="ph-card">') : text.index("</ul></li>")]
    assert "<h3>Returns</h3>" in card
    assert card.count("<a ") == 4
    assert "policies/us/" not in card  # pages of regions are chosen elsewhere


def test_topics_of_the_configuration_keep_their_words_in_the_source_language_only():
    topic = {
        "title": "Money back",
        "description": "All about it.",
        "links": ["returns/refunds.md", "returns/exchanges.md"],
    }
    made = site(options={"topics": [topic, {"title": "Empty", "links": ["nowhere.md"]}, "no topic"]})
    text = built(made)
    assert "<h3>Money back</h3><p>All about it.</p>" in text
    assert "Empty" not in text
    german = built(made, DE)
    assert "<h3>Returns</h3><ul>" in german
    assert "exchanges" not in german


def test_the_author_s_own_cards_take_the_place_of_ours():
    assert "ph-topics" not in built(site(), article=ARTICLE + '<div class="grid cards"><ul><li>Mine</li></ul></div>')


@pytest.mark.skipif(bool(chromium.missing()), reason=chromium.missing() or "-")
@pytest.mark.parametrize("locale", [EN, AR])
def test_the_hero_reaches_from_edge_to_edge_and_nothing_sticks_out(tmp_path, locale):
    made = site()
    page = made.pages[locale, "index.md"]
    text = built(made, locale).replace("<main>", '<div class="md-container"><main>').replace("</main>", "</main></div>")
    put(tmp_path, made, page, text.replace("<p>Welcome.</p>", '<p id="long">Welcome.</p>' + "<p>More.</p>" * 200))
    with serve(tmp_path) as served, chromium.browser() as browser:
        tab = browser.new_page(viewport={"width": 390, "height": 700})
        tab.goto(served.url + page.address(EN))
        assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        width = tab.evaluate("document.querySelector('.ph-hero').getBoundingClientRect().width")
        assert width >= tab.evaluate("document.documentElement.clientWidth")
