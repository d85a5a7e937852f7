"""What a page says of its own language and of its translations."""

import pytest
from built_site import BuiltPage, _Reader

from polyhelp.model import Locale
from polyhelp.site import alternates
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

URL = "https://help.tern.example/"
PATH = "returns/refunds.md"
THEIRS = """<!doctype html>
<html lang="en" class="no-js"><head><meta charset="utf-8">
<link rel="canonical" href="https://help.tern.example/{}returns/refunds/">
<link rel="alternate" href="./" hreflang="en">
<link rel="alternate" href="../../fr/x/" hreflang="fr">
</head><body dir="ltr"><a href="x/" hreflang="fr">x</a><p>&lt;/head&gt; lang="xx"</p></body></html>"""


def page(tag, path=PATH, **more):
    return Page(tag, path, path, **more)


def site(*pages, url=URL, source="en"):
    locales = tuple(dict.fromkeys(Locale(one.locale) for one in pages))
    return Site("Help", url, Locale(source), locales, {(Locale(one.locale), one.path): one for one in pages})


def applied(one, there):
    """The page as it is read, when its head and language have been put right."""
    folder = "" if Locale(one.locale) == there.source else f"{one.locale}/"
    text = alternates.apply(THEIRS.format(folder), one, there)
    again = alternates.apply(text, one, there)  # without the blank lines of the links that it took out
    assert alternates.apply(again, one, there) == again
    found = BuiltPage("")
    _Reader(found).feed(again)
    return found


def links(found):
    return [(one.attributes["hreflang"], one.attributes["href"]) for one in found.all("link", rel="alternate ")]


def canonical(found):
    return found.one("link", rel="canonical").attributes["href"]


def test_every_translation_names_all_of_them_and_the_source_for_other_readers():
    pages = [page("en"), page("de"), page("ar")]
    for one in pages:
        found = applied(one, site(*pages))
        assert links(found) == [
            ("en", f"{URL}returns/refunds/"),
            ("ar", f"{URL}ar/returns/refunds/"),
            ("de", f"{URL}de/returns/refunds/"),
            ("x-default", f"{URL}returns/refunds/"),
        ]
        assert len([link for link in found.all("link") if "hreflang" in link.attributes]) == 4  # the theme's are gone
        assert found.one("a").attributes == {"href": "x/", "hreflang": "fr"}


@pytest.mark.parametrize(
    ("tags", "named"),
    [
        (("en", "es-419"), ("en", "es")),  # search engines know no part of the world
        (("en", "es-419", "es-MX"), ("en", "es", "es-MX")),
        (("en", "es", "es-419"), ("en", "es", "es-419")),  # two pages may not claim one language
        (("en", "en-GB", "zh-HK"), ("en", "en-GB", "zh-HK")),
    ],
)
def test_a_link_names_what_search_engines_read(tags, named):
    pages = [page(tag) for tag in tags]
    for one in pages:
        assert [tag for tag, _ in links(applied(one, site(*pages)))] == [*named, "x-default"]


def test_a_page_that_the_source_lacks_has_its_first_translation_for_other_readers():
    pages = [page("en", "index.md"), page("de"), page("ar")]
    assert links(applied(pages[1], site(*pages)))[-1] == ("x-default", f"{URL}ar/returns/refunds/")


@pytest.mark.parametrize("kind", [{"original": True}, {"waiting": True}, {"original": True, "partial": True}])
def test_a_page_that_shows_the_original_is_no_translation(kind):
    pages = [page("en"), page("de", **kind), page("ar")]
    found = applied(pages[1], site(*pages))
    assert (links(found), canonical(found)) == ([], f"{URL}returns/refunds/")
    assert "de" not in dict(links(applied(pages[2], site(*pages))))


def test_a_page_that_shows_another_translation_leads_to_that_one():
    pages = [page("en"), page("de"), page("ar", borrowed="de")]
    found = applied(pages[2], site(*pages))
    assert (links(found), canonical(found)) == ([], f"{URL}de/returns/refunds/")


def test_a_page_that_shows_what_nobody_else_has_is_its_own_original():
    pages = [page("en", "index.md"), page("de", "index.md"), page("ar", borrowed="de")]
    assert canonical(applied(pages[2], site(*pages))) == f"{URL}ar/returns/refunds/"
    assert canonical(applied(page("de"), site(page("en"), page("de")))) == f"{URL}de/returns/refunds/"


def test_a_site_without_an_address_links_none():
    found = applied(page("ar"), site(page("en"), page("ar"), url=""))
    assert not [link for link in found.all("link") if "hreflang" in link.attributes]
    assert found.one("html").attributes["lang"] == "ar"


@pytest.mark.parametrize(
    ("tag", "opening"),
    [
        ("ar", '<html lang="ar" dir="rtl" class="no-js">'),
        ("es-419", '<html lang="es-419" dir="ltr" class="no-js">'),
    ],
)
@pytest.mark.parametrize("given", ['lang="en" class="no-js"', "lang=en dir='ltr' class=\"no-js\"", 'class="no-js"'])
def test_a_page_is_in_its_language_and_runs_in_its_direction(tag, opening, given):
    text = f"<!doctype html><html {given}><head></head><body><p lang=\"en\" dir='ltr'>x</p></body></html>"
    done = alternates.apply(text, page(tag), site(page(tag), source=tag))
    assert opening in done
    assert "<p lang=\"en\" dir='ltr'>" in done


def test_text_that_is_no_document_stays():
    assert alternates.apply("verification: x", page("en"), site(page("en"))) == "verification: x"
