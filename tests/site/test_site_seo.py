"""What search engines and previews of links find in a page, in the site's map and in robots.txt."""

import gzip
import html
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from built_site import BuiltPage, _Reader

from polyhelp.model import Locale
from polyhelp.site import alternates, notices, seo, sitemap, words
from polyhelp.site.pages import Page
from polyhelp.site.steps import About, Site
from polyhelp.site.structured import Structured

URL = "https://help.tern.example/"
EN, DE, AR = Locale("en"), Locale("de"), Locale("ar")
HEAD = (
    '<!doctype html>\n<html lang="de"><head>\n<meta name="description" content="All about Tern &amp; more.">\n'
    '<link rel="canonical" href="{canonical}">\n<title>Erstattungen - Tern Help</title>\n</head>'
)
BODY = '<body><article><h1 id="a">Erstattungen</h1>\n<p>Text</p></article></body></html>'
HOSTILE = '</script><script>alert("1")</script> <!--/structured--> & \u2028'


def page(locale="de", path="returns/refunds.md", **more):
    return Page(locale, path, path, **more)


def site(*pages, url=URL, about=None, **options):
    rows = {(Locale(one.locale), one.path): one for one in pages}
    said = {locale: {name: words.own(name, locale) for name in words.names()} for locale in (EN, DE, AR)}
    return Site("Tern Help", url, EN, (EN, DE, AR), rows, about or {}, said, options)


def known(path="returns/refunds.md", locale=DE, **more):
    return {(locale, path): About(**{"title": "Erstattungen", "description": "Wann Sie Ihr Geld bekommen.", **more})}


def built(canonical=f"{URL}de/returns/refunds/"):
    return HEAD.format(canonical=canonical) + BODY


def read(text):
    found = BuiltPage("")
    _Reader(found).feed(text)
    return found


def metas(text):
    pairs = [element.attributes for element in read(text).all("meta")]
    return [(one.get("name") or one.get("property"), one["content"]) for one in pairs if "content" in one]


def data(text):
    """The JSON-LD of a page by type; every script element of it must be JSON."""
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)
    return {item["@type"]: item for item in map(json.loads, scripts)}


# ---------------------------------------------------------------- head


def test_a_preview_of_a_link_speaks_the_pages_language():
    there = site(page("en"), page(), page("ar", original=True), about=known(updated="2026-03-01"))
    said = metas(seo.apply(built(), page(), there))
    assert said == [
        ("description", "Wann Sie Ihr Geld bekommen."),
        ("og:type", "article"),
        ("og:site_name", "Tern Help"),
        ("og:title", "Erstattungen"),
        ("og:description", "Wann Sie Ihr Geld bekommen."),
        ("og:url", f"{URL}de/returns/refunds/"),
        ("og:locale", "de"),
        ("og:locale:alternate", "en"),  # not Arabic, which has no translation
        ("article:modified_time", "2026-03-01"),
        ("twitter:card", "summary"),
        ("twitter:title", "Erstattungen"),
        ("twitter:description", "Wann Sie Ihr Geld bekommen."),
    ]


def test_a_region_in_a_locale_is_written_as_open_graph_wants_it():
    assert ("og:locale", "pt_BR") in metas(seo.apply(built(), page("pt-BR"), site(page("pt-BR"))))


def test_a_page_without_a_description_gets_the_first_and_keeps_none_of_the_sites_in_another_language():
    without = built().replace("<meta name=", "<meta data-name=")
    assert metas(seo.apply(without, page(), site(page(), about=known())))[1][1] == "Wann Sie Ihr Geld bekommen."
    bare = known(description="")
    there = site(page(), page("en"), about=bare, site_description="All about Tern & more.")
    assert "description" not in dict(metas(seo.apply(built(), page(), there)))
    assert dict(metas(seo.apply(built(), page("en"), there)))["description"] == "All about Tern & more."
    other = built().replace("All about Tern", "Was man wissen muss, Tern")
    assert "Was man wissen muss" in dict(metas(seo.apply(other, page(), there)))["description"]


def test_a_fallback_page_is_previewed_as_what_it_shows():
    fallback = page(original=True)
    said = dict(metas(seo.apply(built(f"{URL}returns/refunds/"), fallback, site(page("en"), fallback))))
    assert said["og:url"] == f"{URL}returns/refunds/"
    assert said["og:locale"] == "en"
    assert "og:locale:alternate" not in said
    assert said["og:title"] == "Erstattungen - Tern Help"  # nothing better is known


def test_the_picture_of_the_site_makes_a_large_card():
    there = site(page(), about=known(), social_image="assets/card.png")
    said = dict(metas(seo.apply(built(), page(), there)))
    assert said["og:image"] == said["twitter:image"] == f"{URL}assets/card.png"
    assert said["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("field", ["title", "description"])
def test_no_text_breaks_out_of_its_attribute(field):
    hostile = f'"><script>{HOSTILE}'
    text = seo.apply(built(), page(), site(page(), about=known(**{field: hostile})))
    assert "<script" not in text
    assert dict(metas(text))[f"og:{field}"] == " ".join(hostile.split())
    assert seo.apply(text, page(), site(page(), about=known(**{field: hostile}))) == text


def test_steps_run_twice_add_once_and_follow_what_is_known():
    first, second = site(page(), about=known()), site(page(), about=known(title="Geld zurück"))
    for step in (seo.apply, Structured.of(first)):
        once = step(built(), page(), first)
        assert step(once, page(), first) == once
        assert step(once, page(), second) == step(built(), page(), second) != once


# ---------------------------------------------------------------- JSON-LD


def about_site():
    """A home page and a section of two articles, and policies with a page of their own, in English and German."""
    paths = ["index.md", "returns/refunds.md", "returns/exchange.md", "policies/index.md", "policies/de/returns.md"]
    sections = {"returns": ("Rückgabe",), "policies": ("Regeln",)}
    about = {
        (locale, path): About(
            title=f"{locale} {path}",
            description="Worum es geht.",
            updated="2026-03-01",
            section=sections.get(path.partition("/")[0], ()),
            region="DE" if path.startswith("policies/de") else "",
            kind={"index.md": "home"}.get(path, "policy" if path.startswith("policies") else "article"),
        )
        for path in paths
        for locale in (EN, DE)
    }
    return site(*(page(locale.tag, path) for locale, path in about), about=about)


def test_an_article_says_what_it_is_in_which_language_since_when_and_of_what_it_is_part():
    there = about_site()
    article = data(Structured.of(there)(built(), page(), there))["Article"]
    assert article == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "de returns/refunds.md",
        "inLanguage": "de",
        "description": "Worum es geht.",
        "dateModified": "2026-03-01",
        "articleSection": "Rückgabe",
        "url": f"{URL}de/returns/refunds/",
        "mainEntityOfPage": f"{URL}de/returns/refunds/",
        "translationOfWork": {"@type": "Article", "@id": f"{URL}returns/refunds/"},
        "publisher": {"@type": "Organization", "name": "Tern Help"},
        "isPartOf": {"@type": "WebSite", "name": "Tern Help", "inLanguage": "de", "url": f"{URL}de/"},
    }
    original = data(Structured.of(there)(built(), page("en"), there))["Article"]
    assert "translationOfWork" not in original
    assert original["url"] == f"{URL}returns/refunds/"


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("returns/refunds.md", ["index.md", "returns/refunds.md", "returns/refunds.md"]),
        ("returns/exchange.md", ["index.md", "returns/refunds.md", "returns/exchange.md"]),
        ("policies/index.md", ["index.md", "policies/index.md"]),
        ("policies/de/returns.md", ["index.md", "policies/index.md", "policies/de/returns.md"]),
    ],
)
def test_each_step_of_the_way_has_a_name_and_an_address(path, way):
    there = about_site()
    crumbs = data(Structured.of(there)(built(), page(path=path), there))["BreadcrumbList"]["itemListElement"]
    assert [crumb["item"] for crumb in crumbs] == [there.address(page(path=one)) for one in way]
    assert [crumb["position"] for crumb in crumbs] == list(range(1, len(way) + 1))
    assert all(crumb["name"] for crumb in crumbs)
    assert crumbs[0]["item"] == f"{URL}de/"


def test_the_home_page_is_the_site():
    there = about_site()
    assert data(Structured.of(there)(built(), page(path="index.md"), there)) == {
        "WebSite": {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": "Tern Help",
            "inLanguage": "de",
            "url": f"{URL}de/",
            "description": "Worum es geht.",
        }
    }


def test_a_page_that_shows_another_locales_text_says_nothing():
    there = about_site()
    assert data(Structured.of(there)(built(), page(original=True), there)) == {}
    once = Structured.of(there)(built(), page(), there)
    assert Structured.of(there)(once, page(waiting=True), there) == built()


def test_a_choice_of_regions_is_no_article():
    chooser = known(path="policies/returns.md", kind="chooser")
    there = site(page(path="policies/returns.md"), about=chooser)
    assert set(data(Structured.of(there)(built(), page(path="policies/returns.md"), there))) == {"BreadcrumbList"}


def test_a_site_without_an_address_names_none():
    there = site(page(), url="", about=known())
    text = Structured.of(there)(built(), page(), there)
    assert set(data(text)) == {"Article"}
    assert "de/returns" not in text.partition("structured")[2].partition("structured")[0]


@pytest.mark.parametrize("field", ["title", "description", "section"])
def test_no_text_ends_the_script_element(field):
    value = (HOSTILE,) if field == "section" else HOSTILE
    there = site(page(), about=known(**{field: value}))
    text = Structured.of(there)(built(), page(), there)
    assert text.count("</script>") == text.count("<script") == 2
    name = {"title": "headline", "section": "articleSection"}.get(field, field)
    assert data(text)["Article"][name] == HOSTILE
    assert Structured.of(there)(text, page(), there) == text


# ---------------------------------------------------------------- map


def rows(text):
    """Address -> (day, alternates by language)."""
    found = {}
    for url in ET.fromstring(text):  # noqa: S314 (our own text)
        fields = {element.tag.rpartition("}")[2]: element.text for element in url}
        links = {e.attrib["hreflang"]: e.attrib["href"] for e in url if "hreflang" in e.attrib}
        found[fields["loc"]] = fields.get("lastmod"), links
    return found


def test_the_map_has_real_translations_with_the_day_of_each():
    about = known(updated="2026-03-01") | known(locale=EN, updated="2026-02-01")
    there = site(page("en"), page(), page("ar", waiting=True), page("ar", "only.md"), about=about)
    files = sitemap.sitemap(there)
    assert files.keys() == {"sitemap.xml", "sitemap.xml.gz"}
    assert gzip.decompress(files["sitemap.xml.gz"]) == files["sitemap.xml"]
    links = {"en": f"{URL}returns/refunds/", "de": f"{URL}de/returns/refunds/", "x-default": f"{URL}returns/refunds/"}
    alone = {"ar": f"{URL}ar/only/", "x-default": f"{URL}ar/only/"}
    assert rows(files["sitemap.xml"]) == {
        f"{URL}returns/refunds/": ("2026-02-01", links),
        f"{URL}de/returns/refunds/": ("2026-03-01", links),
        f"{URL}ar/only/": (None, alone),
    }


def test_the_map_and_the_pages_name_languages_in_the_same_way():
    pages = (page("en"), page("es-419"), page("zh-HK"))
    there = replace(site(*pages), locales=tuple(Locale(one.locale) for one in pages))
    named = {"en", "es", "zh-HK", "x-default"}  # search engines know no part of the world
    for _, links in rows(sitemap.sitemap(there)["sitemap.xml"]).values():
        assert links.keys() == named
        assert links["es"] == f"{URL}es-419/returns/refunds/"
    for one in pages:
        found = read(alternates.apply(built(), one, there)).all("link", rel="alternate ")
        assert {link.attributes["hreflang"] for link in found} == named


@pytest.mark.parametrize("limit", ["MOST_ADDRESSES", "_ROOM"])
def test_a_large_map_is_split_and_nothing_is_lost(monkeypatch, limit):
    there = site(*(page("en", f"a{number}.md") for number in range(7)))
    whole = rows(sitemap.sitemap(there)["sitemap.xml"])
    monkeypatch.setattr(sitemap, limit, 3 if limit == "MOST_ADDRESSES" else 700)
    files = sitemap.sitemap(there)
    parts = {name: content for name, content in files.items() if re.fullmatch(r"sitemap-\d+\.xml", name)}
    assert len(parts) == 3
    assert list(rows(files["sitemap.xml"])) == [f"{URL}{name}" for name in parts]
    together = [row for content in parts.values() for row in rows(content).items()]
    assert together == list(whole.items())
    if limit == "_ROOM":
        around = len(sitemap.sitemap(site(url=""))["sitemap.xml"])
        assert all(len(part) <= 700 + around for part in parts.values())


def test_addresses_are_fit_for_xml():
    there = site(page("en", "a & b/größe.md"))
    assert list(rows(sitemap.sitemap(there)["sitemap.xml"])) == [f"{URL}a%20&%20b/gr%C3%B6%C3%9Fe/"]


def test_a_site_without_an_address_has_an_empty_map():
    files = sitemap.sitemap(site(page(), url=""))
    assert rows(files["sitemap.xml"]) == {}
    assert b"Sitemap" not in sitemap.robots(site(page(), url=""))["robots.txt"]


def test_robots_may_read_everything_and_find_the_map():
    assert sitemap.robots(site())["robots.txt"].decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        f"Sitemap: {URL}sitemap.xml",
    ]


# ---------------------------------------------------------------- notices

POLICY = "policies/de/returns.md"
LOG = "policies/de/changes.md"
PARTIAL = words.own("partial", DE)
NOTICE = f'<div class="admonition info ph-notice" role="note" lang="de" dir="ltr"><p>{html.escape(PARTIAL)}</p></div>'


def test_what_is_out_of_date_says_so_in_place_of_what_is_not_translated():
    there = site(page("en"), page(partial=True))
    step = notices.Notices({(DE, "returns/refunds.md"): ""})
    text = step(built().replace("</h1>", f"</h1>\n{NOTICE}"), page(partial=True), there)
    assert read(text).notices == [words.own("outdated", DE), words.own("original", DE)]
    assert '<a href="../../../returns/refunds/" hreflang="en">' in text
    assert step(text, page(partial=True), there) == text


def test_a_policy_that_is_out_of_date_leads_to_what_has_changed():
    there = site(page("en", POLICY), page("de", POLICY, machine=True), page("de", LOG))
    step = notices.Notices({(DE, POLICY): LOG})
    text = step(built(), page(path=POLICY, machine=True), there)
    assert read(text).notices == [words.own("outdated", DE), words.own("changed", DE)]
    assert '<a href="../changes/">' in text
    assert text.index("</h1>") < text.index("ph-notice") < text.index("<p>Text</p>")


def test_a_policy_says_which_version_is_binding():
    about = known(path=POLICY, kind="policy", locale=DE) | known(path=POLICY, kind="policy", locale=AR)
    there = site(page("en", POLICY), page("de", POLICY), page("ar", POLICY), about=about, binding="en")
    text = notices.Notices()(built(), page(path=POLICY), there)
    assert read(text).notices == ["Die rechtlich verbindliche Fassung dieser Seite ist in dieser Sprache: Englisch."]
    assert '<a href="../../../../policies/de/returns/" hreflang="en">Englisch</a>' in text
    arabic = notices.Notices()(built(), page("ar", POLICY), there)
    assert 'lang="ar" dir="rtl"' in arabic
    assert "الإنجليزية" in arabic


@pytest.mark.parametrize(
    ("here", "others", "kind", "binding"),
    [
        (page(path=POLICY), [page("en", POLICY)], "policy", ""),  # nobody has said which one
        (page(path=POLICY), [page("en", POLICY)], "policy", "de"),  # it is the binding one
        (page(path=POLICY, original=True), [page("en", POLICY)], "policy", "en"),  # it shows the binding one
        (page(path=POLICY), [], "policy", "en"),  # the region does not serve that language
        (page(path=POLICY), [page("ar", POLICY, original=True), page("en", POLICY)], "policy", "ar"),  # not translated
        (page(path=POLICY), [page("en", POLICY)], "chooser", "en"),  # states no rule
    ],
)
def test_nothing_is_said_of_a_binding_version_where_that_would_be_wrong(here, others, kind, binding):
    there = site(here, *others, about=known(path=POLICY, kind=kind), binding=binding)
    assert notices.Notices()(built(), here, there) == built()
