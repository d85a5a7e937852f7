"""A built site whose regions serve some of its locales only."""

import re

import pytest
from built_site import dead_links, read_site

SITE = "https://help.tern.example/"


@pytest.fixture(scope="module")
def shop(tmp_path_factory, new_shop):
    """Germany serves German and English, the United States Brazilian Portuguese; Arabic borrows from German."""
    shop = new_shop(tmp_path_factory.mktemp("regions") / "shop")
    shop.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {fallback: {ar: [de]}}")
    shop.write("content/regions/DE.yml", "languages: [de, en]\nreturns: {fee: 4.90 EUR}\n")
    shop.write("content/regions/US.yml", "languages: [pt-BR]\nreturns: {fee: 6.95 USD}\n")
    shop.write("content/regions/AE.yml", "languages: [ar, en]\nreturns: {fee: 20 AED}\n")
    assert shop.polyhelp("sync").status == 0
    assert shop.polyhelp("translate", "--engine", "pseudo", "--locale", "de", "--locale", "pt-BR").status == 0
    for locale in ("de", "pt-BR"):
        accepted = shop.polyhelp("review", "accept", "policies/returns.md", "--locale", locale, "--as", "Ana")
        assert accepted.status == 0
    shop.build()
    return shop


@pytest.fixture(scope="module")
def pages(shop):
    return read_site(shop.file("site"))


def test_pages_of_a_region_are_there_in_its_languages_only(pages):
    there = {path for path in pages if re.search(r"policies/\w\w/returns$", path)}
    assert there == {
        "policies/de/returns", "de/policies/de/returns", "pt-BR/policies/us/returns",
        "policies/ae/returns", "ar/policies/ae/returns",
    }  # fmt: skip


def test_no_link_and_no_anchor_is_dead(shop, pages):
    assert dead_links(shop.file("site"), pages, SITE) == []


def switcher(pages, path):
    """Where the language menu of a page leads, by language."""
    links = pages[path].all("a", role="menuitem")
    return {link.attributes["hreflang"]: link.attributes["href"] for link in links}


def test_another_language_of_a_page_that_it_lacks_is_the_choice_of_regions(pages):
    assert switcher(pages, "de/policies/de/returns") == {
        "en": "../../../../policies/de/returns/",
        "de": "./",
        "pt-BR": "../../../../pt-BR/policies/returns/",
        "ar": "../../../../ar/policies/returns/",
    }


def head(shop, path):
    page = shop.file(f"site/{path}/index.html").read_text(encoding="utf-8")
    found = re.findall(r'<link rel="alternate " hreflang="([\w-]+)" href="([^"]+)">', page)
    canonical = re.search(r'<link rel="canonical" href="([^"]+)">', page)
    return page, dict(found), canonical[1] if canonical else ""


def test_search_engines_know_of_real_translations_only(shop):
    _, alternates, _ = head(shop, "pt-BR/policies/us/returns")
    own = f"{SITE}pt-BR/policies/us/returns/"
    assert alternates == {"pt-BR": own, "x-default": own}  # nobody has it in the source language
    page, alternates, canonical = head(shop, "ar/policies/ae/returns")
    assert alternates == {}
    assert canonical == f"{SITE}ar/policies/ae/returns/"  # the region does not serve the language it is borrowed from
    assert '<div lang="de" dir="ltr">' in page
    assert "هذه الصفحة غير متوفرة بالعربية بعد. أنت تقرؤها بلغة أخرى." in page
    sitemap = shop.read("site/sitemap.xml")
    assert "ar/policies/ae/returns" not in sitemap
    assert f'hreflang="x-default" href="{own}"' in sitemap
