"""The crawler finds what it is there for: each fault, put into a sound site, is told."""

import pytest
from crawl import faults, html_faults

URL = "https://help.tern.example/"
PAGES = {"en": "", "de": "de/"}


def page(language, *, path="", body="<p id=a>x</p>", canonical=None, sets=None):
    address = f"{URL}{PAGES[language]}{path}"
    links = {**{tag: f"{URL}{folder}{path}" for tag, folder in PAGES.items()}, "x-default": f"{URL}{path}"}
    told = "".join(
        f'<link rel="alternate " hreflang="{tag}" href="{to}">' for tag, to in (links if sets is None else sets).items()
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>x</title>'
        f'<link rel="canonical" href="{address if canonical is None else canonical}">{told}</head>'
        f"<body>{body}</body></html>"
    )


def sitemap(addresses):
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{tag}" href="{URL}{at}"/>' for tag, at in PAGES.items())
    links += f'<xhtml:link rel="alternate" hreflang="x-default" href="{URL}"/>'
    rows = "".join(f"<url><loc>{address}</loc>{links}</url>" for address in addresses)
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        f"{rows}</urlset>"
    )


@pytest.fixture
def built(tmp_path):
    (tmp_path / "de").mkdir()
    (tmp_path / "index.html").write_text(page("en"), encoding="utf-8")
    (tmp_path / "de" / "index.html").write_text(page("de"), encoding="utf-8")
    (tmp_path / "404.html").write_text(page("en", body='<a href="/">x</a>', sets={}), encoding="utf-8")
    (tmp_path / "sitemap.xml").write_text(sitemap([URL, f"{URL}de/"]), encoding="utf-8")
    return tmp_path


def german(built, **given):
    (built / "de" / "index.html").write_text(page("de", **given), encoding="utf-8")
    return faults(built, URL)


def test_a_sound_site_has_no_faults(built):
    assert faults(built, URL) == []


def test_a_part_of_the_world_goes_by_its_language_in_links(built):
    for file in (*built.rglob("*.html"), built / "sitemap.xml"):
        text = file.read_text(encoding="utf-8").replace('hreflang="de"', 'hreflang="es"')
        file.write_text(text.replace('<html lang="de"', '<html lang="es-419"'), encoding="utf-8")
    assert faults(built, URL) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="../gone/">x</a>', "dead link: de/: ../gone/"),
        ('<a href="../#gone">x</a>', "dead link: de/: ../#gone (no such anchor)"),
        (f'<a href="{URL}gone/">x</a>', f"dead link: de/: {URL}gone/"),
        ('<img alt="" src="gone.png">', "dead link: de/: gone.png"),
        ('<script src="https://cdn.example/x.js"></script>', "third party: de/index.html: https://cdn.example/x.js"),
        ("<p id=a>x</p><p id=a>x</p>", "de/: the id 'a' comes 2 times"),
        ('<p id="a b">x</p>', "de/: 'a b' is no id"),
        ('<label for="gone">x</label>', 'de/: <label for="gone">: no such id'),
        ("<p>x</b></p>", "de/index.html: line 1: HTML: unexpected-end-tag"),
        ("<table><p>x</p></table>", "de/index.html: line 1: HTML: unexpected-start-tag-implies-table-voodoo"),
    ],
)
def test_faults_of_a_page_are_told(built, body, fault):
    assert any(told.startswith(fault) for told in german(built, body=body))


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"canonical": f"{URL}gone/"}, f"de/: canonical '{URL}gone/' is no page of the site"),
        ({"canonical": ""}, "de/: canonical '' is no page of the site"),
        ({"canonical": URL}, "de/: is not the canonical page, and has translations all the same"),
        ({"canonical": URL, "sets": {}}, f"/: hreflang de: {URL}de/ has other translations"),
        ({"sets": {}}, "de/: its own language 'de' is missing from its translations"),
        ({"sets": {"de": f"{URL}de/", "en": URL}}, "de/: no x-default"),
        ({"sets": {"de": "/de/", "x-default": URL}}, "de/: hreflang de: /de/ is no page of the site"),
        ({"sets": {"de": f"{URL}de/", "fr": URL, "x-default": URL}}, f"de/: hreflang fr: {URL} is in another language"),
    ],
)
def test_faults_between_pages_are_told(built, given, fault):
    told = german(built, **given)
    if "another language" in fault:  # told of pages that agree with each other
        (built / "index.html").write_text(page("en", sets=given["sets"]), encoding="utf-8")
        told = faults(built, URL)
    assert fault in told


def test_the_map_says_what_the_pages_say(built):
    (built / "sitemap.xml").write_text(sitemap([URL, f"{URL}gone/"]), encoding="utf-8")
    told = faults(built, URL)
    assert f"sitemap.xml: {URL}de/ is missing" in told
    assert f"sitemap.xml: {URL}gone/ is no canonical page of the site" in told


def test_processes_find_the_same(built):
    german(built, body="<p>x</b></p>")
    assert faults(built, URL, processes=2) == faults(built, URL)


def test_a_sound_document_is_valid():
    assert html_faults(page("en")) == []
