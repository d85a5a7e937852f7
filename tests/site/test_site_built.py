"""The chain on disk, as a customer meets it: one small help center, built once, with a page in every state."""

import gzip
import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from built_site import dead_links, foreign, read_site
from crawl import faults

from polyhelp.engines.pseudo import LETTERS

SITE = "https://help.tern.example/"
LOCALES = {"en": "", "de": "de/", "pt-BR": "pt-BR/", "ar": "ar/"}
PAGES = (
    "",
    "contact/",
    "returns/refunds/",
    "policies/",
    "policies/returns/",
    "policies/de/returns/",
    "policies/us/returns/",
)
XHTML = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(scope="module")
def shop(tmp_path_factory, new_shop):
    """German: machine, but contact by a person, policies wait. Portuguese: policies accepted, one page in parts.

    Arabic: nothing but the contact page.
    """
    shop = new_shop(tmp_path_factory.mktemp("built") / "shop")
    assert shop.polyhelp("sync").status == 0
    assert shop.polyhelp("translate", "--engine", "pseudo", "--locale", "de", "--locale", "pt-BR").status == 0
    shop.change("de", "contact.md", lambda unit: replace(unit, target=f"{unit.target}!", fuzzy=False))
    shop.change("ar", "contact.md", lambda unit: replace(unit, target=f"ع {unit.source}"))
    articles = ("policies/returns.md", "policies/index.md")
    assert shop.polyhelp("review", "accept", *articles, "--locale", "pt-BR", "--as", "Ana").status == 0
    shop.change("pt-BR", "index.md", lambda unit: replace(unit, target="") if "See the" in unit.source else unit)
    shop.build()
    return shop


@pytest.fixture(scope="module")
def pages(shop):
    return read_site(shop.file("site"))


def at(pages, locale, path):
    return pages[(LOCALES[locale] + path).strip("/")]


def test_every_locale_has_every_page_at_the_same_address(pages):
    wanted = {(folder + path).strip("/") for folder in LOCALES.values() for path in PAGES}
    assert set(pages) == wanted | {f"{folder}404.html" for folder in LOCALES.values()}


def test_no_link_and_no_anchor_is_dead(shop, pages):
    assert dead_links(shop.file("site"), pages, SITE) == []


def test_a_crawler_finds_nothing_wrong(shop):
    assert faults(shop.file("site"), SITE) == []


def test_nothing_is_fetched_from_a_third_party(shop):
    assert foreign(shop.file("site")) == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", PAGES)
def test_language_and_direction_are_those_of_the_locale(pages, locale, path):
    html = at(pages, locale, path).one("html")
    assert html.attributes["lang"] == locale
    assert html.attributes["dir"] == ("rtl" if locale == "ar" else "ltr")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", PAGES)
def test_the_switcher_stays_on_the_page(pages, locale, path):
    page = at(pages, locale, path)
    links = {
        element.attributes["hreflang"]: page.goal(element.attributes["href"])[0]
        for element in page.all("a")
        if "ph-menu__link" in element.attributes.get("class", "")
    }
    assert links == {other: (folder + path).strip("/") for other, folder in LOCALES.items()}


@pytest.mark.parametrize("path", PAGES)
def test_heading_ids_are_the_source_pages_in_every_locale(pages, path):
    source = at(pages, "en", path).heading_ids
    if path not in {"policies/returns/", "policies/de/returns/", "policies/us/returns/"}:
        assert all(source)
    for locale in LOCALES:
        ids = at(pages, locale, path).heading_ids
        assert ids[1:] == source[1:]
        assert len(ids) == len(source)


def test_notices_speak_the_readers_language(pages):
    def notices(locale, path):
        return at(pages, locale, path).notices

    assert all(notices("en", path) == [] for path in PAGES)
    assert notices("de", "contact/") == []
    assert notices("de", "") == [
        "Diese Seite wurde maschinell übersetzt. Sie wurde noch von niemandem geprüft.",
        "Original lesen",
    ]
    assert notices("de", "policies/de/returns/") == [
        "Die Übersetzung dieser Seite wird noch geprüft. Bis dahin gilt der Originaltext."
    ]
    assert notices("pt-BR", "policies/de/returns/") == []
    assert notices("pt-BR", "") == [
        "Esta página foi traduzida por uma máquina. Ninguém a revisou ainda.",
        "Partes desta página ainda não foram traduzidas. Elas aparecem no idioma original.",
        "Ler o original",
    ]
    assert notices("ar", "returns/refunds/") == ["هذه الصفحة غير متاحة بالعربية بعد. أنت تقرأ النص الأصلي."]


def test_read_the_original_leads_to_the_source_page(pages):
    page = at(pages, "de", "returns/refunds/")
    (link,) = [e for e in page.all("a", hreflang="en") if e.text == "Original lesen"]
    assert page.goal(link.attributes["href"]) == ("returns/refunds", "")


def borrowed(page):
    """What of a page in another language holds a text in the source language."""
    return [element for element in page.article if element.tag == "div" and element.attributes.get("lang") == "en"]


def test_text_in_the_source_language_is_marked_as_such(pages):
    for path in ("policies/de/returns/", "policies/us/returns/"):
        page = at(pages, "de", path)
        (outer,) = borrowed(page)
        assert outer.attributes["dir"] == "ltr"
        assert outer in page.one("h1").inside
        own = [
            e.attributes for e in page.article if outer in e.inside and "headerlink" in e.attributes.get("class", "")
        ]
        assert own  # what the site says to its reader inside that text
        assert all((link["lang"], link["dir"]) == ("de", "ltr") for link in own)
        (crumb,) = [e for e in page.all("li", lang="en") if any("ph-breadcrumbs" in str(o) for o in e.inside)]
        assert crumb.text.startswith("Returns: ")
    arabic = at(pages, "ar", "returns/refunds/")
    assert [e.attributes["dir"] for e in borrowed(arabic)] == ["ltr"]
    (notice,) = [e for e in arabic.elements if "ph-notice" in e.attributes.get("class", "")]
    assert (notice.attributes["lang"], notice.attributes["dir"]) == ("ar", "rtl")


def is_fallback(pages, locale, path):
    return bool(at(pages, locale, path).notices) and bool(borrowed(at(pages, locale, path)))


def sitemap(shop):
    """Address -> (language, address) of its alternates."""
    urls = ET.fromstring(shop.read("site/sitemap.xml"))  # noqa: S314 (our own text)
    return {url[0].text: {(link.attrib["hreflang"], link.attrib["href"]) for link in url.iter(XHTML)} for url in urls}


@pytest.mark.parametrize("path", PAGES)
def test_search_engines_see_real_translations_only(shop, pages, path):
    real = [locale for locale in LOCALES if not is_fallback(pages, locale, path)]
    assert "en" in real
    for locale, folder in LOCALES.items():
        page = at(pages, locale, path)
        canonical = page.one("link", rel="canonical").attributes["href"]
        alternates = {
            element.attributes["hreflang"]: element.attributes["href"]
            for element in page.all("link")
            if "hreflang" in element.attributes
        }
        if locale in real:
            assert canonical == SITE + folder + path
            assert alternates == {other: SITE + LOCALES[other] + path for other in real} | {"x-default": SITE + path}
        else:
            assert canonical == SITE + path
            assert alternates == {}
    addresses = set(sitemap(shop))
    for locale, folder in LOCALES.items():
        assert (SITE + folder + path in addresses) == (locale in real)


def test_the_sitemap_is_complete_and_its_alternates_are_mutual(shop, pages):
    text = shop.file("site/sitemap.xml").read_bytes()
    assert gzip.decompress(shop.file("site/sitemap.xml.gz").read_bytes()) == text
    groups = sitemap(shop)
    assert len(groups) == sum(not is_fallback(pages, locale, path) for locale in LOCALES for path in PAGES)
    for address, links in groups.items():
        assert address in {href for _, href in links}
        assert all(groups[href] == links for _, href in links)


def test_policies_speak_the_regions_formats(pages):
    def text(locale, path):
        return " ".join(element.text for element in at(pages, locale, path).article if element.tag in {"p", "h1"})

    assert "60 days" in text("en", "policies/us/returns/")
    assert "$6.95" in text("en", "policies/us/returns/")
    assert "30 days" in text("en", "policies/de/returns/")
    assert "4,90\xa0€" in text("en", "policies/de/returns/")  # as English is written in Germany
    assert "Germany" in text("en", "policies/de/returns/")
    assert re.search(r"US\$\s6,95", text("pt-BR", "policies/us/returns/"))
    assert "60 dias" in text("pt-BR", "policies/us/returns/")
    assert "Alemanha" in text("pt-BR", "policies/de/returns/")
    assert "60 days" in text("de", "policies/us/returns/")  # the original, in its own conventions


def test_the_chooser_leads_to_every_region_in_the_readers_language(pages):
    page = at(pages, "pt-BR", "policies/returns/")
    links = {
        element.text: page.goal(element.attributes["href"])[0]
        for element in page.article
        if element.tag == "a" and "headerlink" not in element.attributes.get("class", "")
    }
    assert links["Alemanha"] == "pt-BR/policies/de/returns"
    assert links["Estados Unidos"] == "pt-BR/policies/us/returns"
    assert "Escolha a região" in " ".join(element.text for element in page.article)


def test_a_link_between_articles_stays_in_the_locale_and_moves_with_a_policy(pages):
    page = at(pages, "pt-BR", "policies/us/returns/")
    goals = {page.goal(e.attributes["href"]) for e in page.article if e.tag == "a"}
    assert ("pt-BR/returns/refunds", "how-long-it-takes") in goals
    images = {page.goal(e.attributes["src"])[0] for e in page.article if e.tag == "img"}
    assert images == {"assets/parcel.svg"}


@pytest.mark.parametrize(("locale", "title"), [("en", "Page not found"), ("de", "Seite nicht gefunden"),
    ("pt-BR", "Página não encontrada"), ("ar", "لم يُعثر على الصفحة")])  # fmt: skip
def test_the_page_for_wrong_addresses_speaks_the_readers_language(pages, locale, title):
    page = at(pages, locale, "404.html")
    assert page.one("html").attributes["lang"] == locale
    assert page.one("h1").text == title
    assert page.one("title").text == f"{title} - Tern Help"
    links = {element.attributes["href"] for element in page.article if element.tag == "a"}
    assert f"/{LOCALES[locale]}contact/" in links  # it is shown at any depth
    assert page.all("meta", name="robots", content="noindex")


def test_navigation_title_and_description_are_translated(pages):
    page = at(pages, "de", "returns/refunds/")
    assert page.one("title").text == f"{'Refunds'.translate(LETTERS)} - Tern Help"
    titles = {link.text.strip() for link in page.all("a") if "md-nav__link" in link.attributes.get("class", "")}
    assert "Refunds" not in titles
    assert page.one("meta", name="description").attributes["content"] != "When you get your money back."


def indexed(shop, locale):
    """The text of each page that the search of a locale knows, by address."""
    files = shop.file(f"site/pagefind/{locale}/fragment").iterdir()
    found = [json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd")) for file in files]
    return {page["url"].lstrip("/"): page["content"] for page in found}


def test_notices_are_not_found_by_search(shop):
    texts = indexed(shop, "de")
    assert not any("maschinell übersetzt" in text for text in texts.values())
    assert "Ŵé àñšŵéŕ ŵîťĥîñ" in texts["de/contact/"]


def test_search_knows_the_pages_that_are_in_its_language(shop, pages):
    for locale, folder in LOCALES.items():
        own = {folder + path for path in PAGES[1:] if not is_fallback(pages, locale, path)}
        assert set(indexed(shop, locale)) == own
        told = json.loads(shop.read(f"site/pagefind/{locale}/words.json"))["pages"]
        assert {page["url"] for page in told} == own
    assert not shop.file("site/search").exists()  # the theme's, in one language for all
