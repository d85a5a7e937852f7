from __future__ import annotations

import json
import re

import chromium
import pytest
from anatomy_site import DE, EN, heading, html, put, site
from site_server import serve

from polyhelp.site import region_picker
from polyhelp.site.pages import Page
from polyhelp.site.region_paths import region_of, region_path, regions_of

NAMES = {
    "en": {
        "US": "United States",
        "IE": "Ireland",
        "DE": "Germany",
        "AT": "Austria",
        "AE": "UAE",
        "US-CA": "California",
    },
    "de": {"US": "USA", "IE": "Irland", "DE": "Deutschland", "AT": "Österreich", "AE": "VAE", "US-CA": "Kalifornien"},
}
LIST = (
    '<ul>\n<li><a href="../de/returns/">Deutschland</a></li>\n<li><a href="../at/returns/">Österreich</a></li>\n'
    '<li><a href="../../../policies/us/returns/">USA (Englisch)</a></li>\n'
    '<li><a href="../../contact/contact-us/">x</a></li>\n</ul>'
)
TABLE = (
    '<table><tbody>\n<tr>\n<td>Ireland</td>\n<td><a href="../ie/returns/">Returns</a></td>\n</tr>\n'
    '<tr>\n<td>United States</td>\n<td><a href="../us/returns/#when">Returns</a></td>\n</tr>\n</tbody></table>'
)


def shop():
    return site(options={"regions": NAMES})


def built(made, page, article="<p>Text.</p>"):
    return region_picker.apply(html(heading(1, "Title", "title") + article, page.locale), page, made)


def test_where_the_pages_of_regions_lie():
    assert region_of(Page("de", "policies/us-ca/returns.md", "policies/returns.md")) == "US-CA"
    assert region_of(Page("de", "policies/returns.md", "policies/returns.md")) == ""
    assert region_path("policies/returns.md", "US-CA") == "policies/us-ca/returns.md"
    assert regions_of(site().pages.values()) == ("AE", "AT", "DE", "IE", "US", "US-CA")


def test_without_regions_there_is_nothing_to_choose():
    made = site()
    page = made.pages[EN, "returns/refunds.md"]
    assert built(made, page) == html(heading(1, "Title", "title") + "<p>Text.</p>")


def test_the_choice_stands_before_that_of_the_language():
    made = shop()
    text = built(made, made.pages[EN, "returns/refunds.md"])
    assert text.index("ph-region__button") < text.index("md-select") < text.index("</header>")
    assert '<li><button type="button" data-region="DE">Germany</button></li>' in text


def test_the_page_of_a_region_leads_to_the_same_page_of_others():
    made = shop()
    text = built(made, made.pages[DE, "policies/de/returns.md"])
    assert '<a href="./" hreflang="de" aria-current="page" data-region="DE">Deutschland</a>' in text
    assert '<a href="../../at/returns/" hreflang="de" data-region="AT">Österreich</a>' in text
    assert (
        '<a href="../../../../policies/us/returns/" hreflang="en" data-region="US">USA'
        ' <span class="ph-region__language">Englisch</span></a>'
    ) in text
    assert 'aria-label="Ihre Region: Deutschland"' in text


def test_rows_that_lead_to_regions_carry_their_codes():
    made = shop()
    text = built(made, made.pages[DE, "policies/returns.md"], LIST)
    assert re.findall(r'<li data-ph-region="([^"]+)">', text) == ["DE", "AT", "US"]
    table = built(made, made.pages[EN, "policies/returns.md"], TABLE)
    assert re.findall(r'<tr data-ph-region="([^"]+)">', table) == ["IE", "US"]


def test_a_text_that_names_one_region_is_no_choice():
    made = shop()
    text = built(
        made, made.pages[DE, "returns/refunds.md"], '<ul><li><a href="../../policies/de/returns/">x</a></li></ul>'
    )
    assert "data-ph-region" not in text


def test_time_zones_are_those_of_the_shop_s_regions_with_their_old_names():
    zones = region_picker.zones(("DE", "IN", "US-CA"))
    assert zones["DE"].split() == ["Europe/Berlin", "Europe/Busingen"]
    assert {"Asia/Kolkata", "Asia/Calcutta"} <= set(zones["IN"].split())
    assert set(zones) == {"DE", "IN"}
    made = shop()
    text = built(made, made.pages[EN, "returns/refunds.md"])
    data = json.loads(re.search(r'class="ph-region-zones">(.*?)</script>', text)[1])
    assert "America/New_York" in data["US"].split()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    if chromium.missing():
        pytest.skip(chromium.missing())
    folder = tmp_path_factory.mktemp("regions")
    made = shop()
    for locale, path, article in (
        (DE, "policies/returns.md", LIST),
        (EN, "policies/returns.md", TABLE),
        (DE, "policies/de/returns.md", "<p>30</p>"),
        (DE, "policies/at/returns.md", "<p>14</p>"),
        (EN, "returns/refunds.md", "<p>Text.</p>"),
    ):
        put(folder, made, made.pages[locale, path], built(made, made.pages[locale, path], article))
    with serve(folder) as served, chromium.browser() as browser:
        yield served, browser


def opened(pages, path, **settings):
    served, browser = pages
    context = browser.new_context(**{"timezone_id": "Asia/Tokyo", "locale": "ja", **settings})
    tab = context.new_page()
    tab.goto(served.url + path)
    tab.wait_for_selector(".ph-region[data-ready]")
    return tab


def first_row(tab):
    return tab.locator("[data-ph-region]").first.get_attribute("data-ph-region")


def test_the_time_zone_suggests_a_region_and_leads_nobody_away(pages):
    tab = opened(pages, "de/policies/returns/", timezone_id="Europe/Vienna", locale="en-US")
    assert first_row(tab) == "AT"
    assert tab.locator(".ph-yours").inner_text() == "Vorschlag"
    assert tab.url.endswith("/de/policies/returns/")
    assert tab.evaluate("localStorage.length") == 0  # a suggestion is no choice


def test_where_the_time_zone_says_nothing_the_languages_do(pages):
    assert first_row(opened(pages, "policies/returns/", locale="en-US")) == "US"
    tab = opened(pages, "de/policies/returns/")
    assert tab.locator(".ph-yours").count() == 0


def test_a_choice_is_remembered_announced_and_first_where_all_stand(pages):
    tab = opened(pages, "returns/refunds/", timezone_id="Europe/Berlin")
    tab.locator(".ph-region__button").click()
    assert tab.locator("[data-region]").first.inner_text() == "Germany Suggested"
    tab.get_by_role("button", name="Ireland").click()
    assert tab.locator(".ph-region [role=status]").inner_text() == "Your region: Ireland"
    assert tab.locator(".ph-region__button").get_attribute("aria-label") == "Your region: Ireland"
    assert tab.evaluate("localStorage.getItem('polyhelp.region')") == "IE"
    assert not tab.locator(".ph-region__panel").is_visible()
    tab.goto(f"{pages[0].url}policies/returns/")
    assert first_row(tab) == "IE"
    assert tab.locator(".ph-yours").inner_text() == "Your region"


def test_the_page_of_a_region_names_its_own_and_goes_where_the_reader_chooses(pages):
    tab = opened(pages, "de/policies/de/returns/")
    assert tab.locator(".ph-region__name").inner_text() == "Deutschland"
    tab.locator(".ph-region__button").click()
    tab.get_by_role("link", name="Österreich").click()
    tab.wait_for_url("**/de/policies/at/returns/")
    assert tab.evaluate("localStorage.getItem('polyhelp.region')") == "AT"


def test_the_choice_is_made_by_keyboard_alone(pages):
    tab = opened(pages, "returns/refunds/")
    button = tab.locator(".ph-region__button")
    button.focus()
    tab.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("End")
    assert tab.evaluate("document.activeElement.dataset.region") == "US"
    tab.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert tab.evaluate("document.activeElement.className").endswith("ph-region__button")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    assert tab.evaluate("localStorage.getItem('polyhelp.region')") == "AT"


def test_nothing_is_asked_of_anybody(pages):
    served, browser = pages
    tab = browser.new_page()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{served.url}de/policies/returns/")
    tab.locator(".ph-region__button").click()
    tab.keyboard.press("Escape")
    allowed = (".css", ".js", "/returns/", "favicon.ico")
    assert [url for url in asked if not url.startswith(served.url) or not url.endswith(allowed)] == []


def test_a_browser_that_keeps_nothing_still_lets_choose(pages):
    served, browser = pages
    tab = browser.new_page()
    tab.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })")
    tab.goto(f"{served.url}returns/refunds/")
    tab.locator(".ph-region__button").click()
    tab.get_by_role("button", name="Ireland").click()
    assert tab.locator(".ph-region__name").inner_text() == "Ireland"
