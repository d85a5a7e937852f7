"""The site's own search: what a page gets, what is indexed, and what a reader finds in a browser."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import chromium
import pytest
from site_server import serve

from polyhelp.errors import PolyhelpError
from polyhelp.model import Locale
from polyhelp.site import search, search_index, search_text, words
from polyhelp.site.pages import Page
from polyhelp.site.search_words import Known
from polyhelp.site.steps import About, Site, over

EN, DE, TH, AR = map(Locale, ("en", "de", "th", "ar"))
THEME = Path(search.__file__).parent / "theme"
HEADER = (
    '<header class="md-header"><nav class="md-header__inner">'
    '<label class="md-header__button md-icon" for="__drawer">menu</label>'
    '<label class="md-header__button md-icon" for="__search"><svg></svg></label>'
    '<div class="md-search" data-md-component="search" role="dialog"><label class="md-search__overlay" for="__search">'
    '</label><div class="md-search__inner"><form class="md-search__form" name="search"><input name="query"></form>'
    '<div class="md-search__output"><div>worker</div></div></div></div>'
    '<div class="md-header__source">repository</div></nav></header>'
)


def built(article, tag="en"):
    """A page as the theme builds it."""
    body = f"<body>{HEADER}<main><article>{article}</article></main></body>"
    return f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8"><title>T</title></head>{body}</html>'


TEXTS = {
    (EN, "index.md"): "<h1>Help center</h1><p>Refunds, passwords, orders.</p>",
    (EN, "refunds.md"): "<h1>Refunds</h1><p>Your money comes back in five days.</p>",
    (
        EN,
        "password.md",
    ): "<h1>Account and password</h1><h2 id='x'>Reset it<a class='headerlink'>¶</a></h2><p>Sign in.</p>",
    (EN, "contact.md"): "<h1>Contact us</h1><p>Write to our team.</p>",
    (EN, "policies/returns.md"): "<h1>Return policy</h1><ul><li>Sweden</li><li>Germany</li></ul>",
    (EN, "policies/se/returns.md"): "<h1>Returns: Sweden</h1><p>You have thirty days for a withdrawal.</p>",
    (EN, "policies/de/returns.md"): "<h1>Returns: Germany</h1><p>You have fourteen days for a withdrawal.</p>",
    (DE, "index.md"): "<h1>Hilfe</h1>",
    (DE, "refunds.md"): "<h1>Rückerstattungen</h1><p>Ihr Geld kommt in fünf Tagen zurück. Versandkosten auch.</p>",
    (DE, "password.md"): "<h1>Account and password</h1><p>English text</p>",
    (DE, "contact.md"): "<h1>Kontakt</h1><p>Schreiben Sie uns.</p>",
    (TH, "refunds.md"): "<h1>การคืนเงิน</h1><p>เราคืนเงินให้คุณภายในห้าวัน</p>",
    (TH, "password.md"): "<h1>บัญชีและรหัสผ่าน</h1><p>ตั้งรหัสผ่านใหม่</p>",
    (AR, "refunds.md"): "<h1>استرداد المبالغ</h1><p>نعيد المبلغ خلال خمسة أيام</p>",
}
KNOWN = {
    "en": Known(
        terms=(("refund", "reimbursement"),),
        regions={"SE": "Sweden", "DE": "Germany", "FR": "France"},
        popular=("refunds.md", "gone.md"),
        contact="contact.md",
    ),
    "de": Known(terms=(("Rückerstattung", "Geld zurück", "refund"),), contact="contact.md"),
}


def article_of(path):
    return re.sub("policies/../", "policies/", path)


def site_of(known=None):
    pages = {
        (locale, path): Page(locale.tag, path, article_of(path), original=(locale, path) == (DE, "password.md"))
        for locale, path in TEXTS
    }
    about = {
        key: About(region=key[1].split("/")[1].upper(), kind="policy")
        for key, page in pages.items()
        if page.path != page.article
    }
    locales = (EN, DE, TH, AR)
    said = {locale: {name: words.own(name, locale) for name in words.names()} for locale in locales}
    return Site("Help", "", EN, locales, pages, about, said, {"search": KNOWN if known is None else known})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A built site with its search."""
    folder = tmp_path_factory.mktemp("site")
    site = site_of()
    for key, page in site.pages.items():
        file = folder / page.address(EN) / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(built(TEXTS[key], page.locale), encoding="utf-8")
    for name in (search.SCRIPT, search.ENGINE, search.STYLE):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((THEME / name).read_bytes())
    for locale in site.locales:
        over(folder, site, locale, [search.apply])
        search_index.write(folder, site, locale)
    return folder


def words_of(folder, tag):
    return json.loads((folder / "pagefind" / tag / "words.json").read_text(encoding="utf-8"))


# ---------------------------------------------------------------- the page


def test_the_theme_s_search_gives_way_to_ours():
    site = site_of()
    html = search.apply(built("<h1>Erstattungen</h1>"), site.pages[DE, "refunds.md"], site)
    assert "md-search" not in html
    assert "worker" not in html
    assert 'for="__drawer"' in html
    assert '<div class="md-header__source">repository</div><button type="button" class="ph-search-open"' in html
    assert 'aria-label="Suche" lang="de" dir="ltr" data-locale="de" data-root="../../"' in html
    assert html.count("<dialog") == 1
    assert 'href="../../assets/stylesheets/polyhelp-search.css"' in html
    assert '<script src="../../assets/javascripts/polyhelp-search.js" defer></script></body>' in html


def test_a_page_whose_theme_has_no_search_gets_ours_too():
    site = site_of()
    page = site.pages[AR, "refunds.md"]
    html = search.apply("<head></head><body><header><nav>x</nav></header></body>", page, site)
    assert '<nav>x<button type="button" class="ph-search-open"' in html
    assert 'lang="ar" dir="rtl"' in html


def test_a_page_without_a_header_is_left_as_it_is():
    site = site_of()
    moved = (
        '<html><head><meta http-equiv="refresh" content="0; url=../"></head><body><a href="../">moved</a></body></html>'
    )
    assert search.apply(moved, site.pages[EN, "refunds.md"], site) == moved


def test_text_leaves_out_what_the_site_adds():
    html = (
        "<h1>Title<a class='headerlink'>¶</a></h1><div data-search-exclude>notice<div>inner</div><img></div>"
        "<p>one &amp; <b>two</b></p><script>x()</script><h2>Head</h2><ul><li>a<li>b</ul><nav><p>n</p></nav>"
    )
    text = search_text.read(html)
    assert text == search_text.Text("Title", ("Head",), ("Title", "one & two", "Head", "a", "b"))


# ---------------------------------------------------------------- the index


def test_only_real_pages_of_the_locale_are_known(folder):
    urls = {page["url"] for page in words_of(folder, "de")["pages"]}
    assert urls == {"de/refunds/", "de/contact/"}  # neither the home page nor the page in English
    assert "password/" in {page["url"] for page in words_of(folder, "en")["pages"]}


def test_what_search_knows_of_pages(folder):
    known = words_of(folder, "en")
    pages = {page["url"]: page for page in known["pages"]}
    assert pages["password/"]["headings"] == ["Reset it"]
    assert pages["policies/returns/"]["leads"]
    assert pages["policies/se/returns/"]["region"] == "SE"
    assert known["regions"] == {"DE": "Germany", "SE": "Sweden"}  # France has no page
    assert (known["popular"], known["contact"]) == (["refunds/"], "contact/")
    assert "withdrawal" in known["words"]
    fragment = folder / "pagefind" / "en" / "fragment" / f"{pages['refunds/']['id']}.pf_fragment"
    assert b"five days" in gzip.decompress(fragment.read_bytes())


def test_only_characters_that_lead_to_written_ones_are_kept(folder, tmp_path):
    site = site_of({"th": Known(characters={"ก": "ขค", "x": "qง", "z": "q"})})
    for path in ("refunds", "password"):
        page = tmp_path / "th" / path / "index.html"
        page.parent.mkdir(parents=True)
        page.write_bytes((folder / "th" / path / "index.html").read_bytes())
    search_index.write(tmp_path, site, TH)
    assert words_of(tmp_path, "th")["characters"] == {"x": "ง"}


def test_the_same_pages_give_the_same_files(folder):
    files = {file: file.read_bytes() for file in (folder / "pagefind").rglob("*") if file.is_file()}
    for locale in site_of().locales:
        search_index.write(folder, site_of(), locale)
    assert {file: file.read_bytes() for file in (folder / "pagefind").rglob("*") if file.is_file()} == files
    assert not [file for file in files if "ui" in file.name or "highlight" in file.name]


def test_what_the_theme_s_search_would_load_is_taken_out(tmp_path):
    for name in ("search/search_index.json", "assets/javascripts/workers/search.js", "assets/javascripts/bundle.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    search_index.remove_theme_search(tmp_path)
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["bundle.js"]


def test_without_pagefind_the_way_out_is_named(folder, monkeypatch):
    monkeypatch.setattr(search_index, "get_executable", lambda: None)
    with pytest.raises(PolyhelpError) as caught:
        search_index.write(folder, site_of(), TH)
    assert "pip install" in caught.value.hint


# ---------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def chrome():
    if chromium.missing():
        pytest.skip(chromium.missing())
    with chromium.browser() as browser:
        yield browser


@pytest.fixture
def served(folder):
    with serve(folder) as served:
        yield served


@pytest.fixture
def tab(chrome):
    page = chrome.new_page()
    yield page
    page.close()


def look(tab, query):
    """Type a query into the open dialog; the titles of what is found."""
    tab.evaluate("""() => {
      globalThis.done = new Set();
      document.querySelector(".ph-search").addEventListener("ph-search-done", (event) => done.add(event.detail.query));
    }""")
    tab.fill(".ph-search-query", query)
    tab.wait_for_function("(query) => globalThis.done.has(query)", arg=query)
    return tab.locator(".ph-search-title").all_inner_texts()


def test_nothing_is_loaded_before_the_reader_asks(tab, served):
    tab.goto(f"{served.url}refunds/")
    tab.wait_for_load_state("networkidle")
    assert not [answer.path for answer in served.answers if "pagefind" in answer.path or "engine" in answer.path]
    tab.keyboard.press("/")
    tab.wait_for_selector(".ph-search-more a")
    assert any("/pagefind/en/" in answer.path for answer in served.answers)
    assert not any("/pagefind/de/" in answer.path for answer in served.answers)
    assert {answer.status for answer in served.answers if "favicon" not in answer.path} == {200}


@pytest.mark.parametrize(
    ("address", "query", "first"),
    [
        ("", "refund", "Refunds"),
        ("", "pasword", "Account and password"),  # a letter missing
        ("", "reimbursement", "Refunds"),  # another name of it
        ("", "where is my refund please", "Refunds"),  # no page has all words
        ("", "withdrawal", "Return policy"),  # stands on the pages of its regions
        ("", "returns sweden", "Returns: Sweden"),
        ("de/", "rueckerstattung", "Rückerstattungen"),
        ("de/", "Kosten", "Rückerstattungen"),  # the end of a longer word
        ("de/", "refund", "Rückerstattungen"),  # the name in the source language
        ("th/", "อยากได้เงินคืน", "การคืนเงิน"),
        ("th/", "รหัสผาน", "บัญชีและรหัสผ่าน"),  # without its tone
        ("ar/", "للاسترداد", "استرداد المبالغ"),
    ],
)  # fmt: skip
def test_what_a_query_finds_first(tab, served, address, query, first):
    tab.goto(f"{served.url}{address}refunds/")
    tab.click("button[data-ph-search]")
    assert look(tab, query)[:1] == [first]


def test_a_chosen_region_shows_its_own_policies(tab, served):
    tab.goto(f"{served.url}refunds/")
    tab.evaluate("localStorage.setItem('polyhelp.region', 'DE')")
    tab.keyboard.press("/")
    assert look(tab, "withdrawal") == ["Returns: Germany"]


def test_nothing_found_offers_people_and_popular_articles(tab, served):
    tab.goto(f"{served.url}refunds/")
    tab.keyboard.press("/")
    assert look(tab, "<xqzvw>") == []
    assert tab.inner_text(".ph-search-status") == "Nothing found for “<xqzvw>”. Try other words."
    assert tab.locator(".ph-search-more a").all_inner_texts() == ["Refunds", "Contact us"]


def test_the_keyboard_is_enough(tab, served):
    tab.goto(f"{served.url}contact/")
    tab.keyboard.press("/")
    assert look(tab, "days") != []
    assert tab.get_attribute(".ph-search-query", "aria-expanded") == "true"
    assert tab.inner_text(".ph-search-status").startswith("Results: ")
    tab.keyboard.press("ArrowDown")
    chosen = tab.get_attribute(".ph-search-query", "aria-activedescendant")
    assert tab.get_attribute(f"#{chosen}", "aria-selected") == "true"
    tab.keyboard.press("ArrowUp")
    assert (
        tab.get_attribute(".ph-search-query", "aria-activedescendant") != chosen
        or tab.locator("[role=option]").count() == 1
    )
    tab.keyboard.press("Escape")
    assert not tab.evaluate("document.querySelector('.ph-search').open")
    assert tab.input_value(".ph-search-query") == "days"
    tab.click("button[data-ph-search]")
    look(tab, "password")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/password/")


def test_an_address_can_hold_a_query(tab, served):
    tab.goto(f"{served.url}contact/?q=refund")
    tab.wait_for_selector("[role=option]")
    assert tab.input_value(".ph-search-query") == "refund"


def test_a_failing_index_is_told(tab, served):
    tab.route("**/words.json", lambda route: route.abort())
    tab.goto(f"{served.url}refunds/")
    tab.keyboard.press("/")
    tab.wait_for_function(
        "document.querySelector('.ph-search-status').textContent.startsWith('Search is not available')"
    )
