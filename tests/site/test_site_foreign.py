"""The gate for requests to other hosts: it finds all that a page loads, and nothing that a reader only follows."""

import pytest

from polyhelp.model import Locale
from polyhelp.site import foreign
from polyhelp.site.steps import Site

SITE = Site("Help", "https://help.tern.example/", Locale("en"), (Locale("en"),), {})
CDN = "https://cdn.example/x"


def looked(folder, site=SITE):
    """The messages for all files of a folder."""
    return foreign.faults([foreign.asked(folder, sorted(folder.iterdir()), site)])


def told(tmp_path, text, name="index.html"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return looked(tmp_path)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (f'<script src="{CDN}"></script>', "<script src>"),
        (f"<script defer src={CDN}></script>", "<script src>"),
        ('<script src="//cdn.example/x"></script>', "<script src>"),
        (f'<SCRIPT SRC=" {CDN}"></SCRIPT>', "<script src>"),
        (f'<img alt="a > b" src="{CDN}">', "<img src>"),
        (f'<img src="x.png" srcset="x.png 1x, {CDN} 2x">', "<img srcset>"),
        (f'<link rel="stylesheet" href="{CDN}">', "<link href>"),
        (f'<link rel="alternate stylesheet" href="{CDN}">', "<link href>"),
        (f'<link rel="preconnect" href="{CDN}">', "<link href>"),
        (f'<iframe src="{CDN}"></iframe>', "<iframe src>"),
        (f'<video poster="{CDN}"></video>', "<video poster>"),
        (f'<object data="{CDN}"></object>', "<object data>"),
        (f'<svg><use xlink:href="{CDN}"/></svg>', "<use xlink:href>"),
        (f'<a href="x" ping="{CDN}">x</a>', "<a ping>"),
        (f'<AREA HREF="x" Ping = "{CDN}">', "<area ping>"),
        (f'<p style="background: url({CDN})">', "style sheet"),
        (f"<style>@import '{CDN}';</style>", "style sheet"),
        (f'<script>fetch("{CDN}")</script>', "script"),
    ],
)
def test_every_request_of_a_page_is_found(tmp_path, text, asks):
    (message,) = told(tmp_path, text)
    assert message.startswith(f"index.html: {asks} asks cdn.example (")


@pytest.mark.parametrize(
    "text",
    [
        f'<a href="{CDN}">x</a>',
        f'<link rel="canonical" href="{CDN}"><link rel="alternate " hreflang="de" href="{CDN}">',
        f'<meta property="og:image" content="{CDN}">',
        f'<form action="{CDN}"></form>',
        f"<pre><code>&lt;script src={CDN}&gt; url({CDN})</code></pre>",
        f"<p>{CDN}</p>",
        f'<!-- "{CDN}" -->',
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M3"/></svg>',
        '<script src="https://help.tern.example/x.js"></script>',
        '<img src="data:image/png;base64,//8=">',
        '<script>document.createElementNS("http://www.w3.org/2000/svg", "svg")</script>',
        "<script>new URL(`https://example.com${path}`)</script>",
        '<script>"//nbsp"; "a//b"; // see https://docs.example/ for more\n</script>',
    ],
)
def test_nothing_else_is(tmp_path, text):
    assert told(tmp_path, text) == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.css", "@font-face { src: url('https://cdn.example/x.woff2') }"),
        ("x.css", '@import "https://cdn.example/x.css";'),
        ("x.css", "a { background: url( //cdn.example/x ) }"),
        ("x.js", "import('https://cdn.example/x.js')"),
        ("x.js", "const at = `https://www.w3.org.cdn.example/${name}`"),
        ("x.js", "const at = `https://cdn.example/${name}`"),
        ("x.svg", '<svg><image href="https://cdn.example/x.png"/></svg>'),
    ],
)
def test_files_are_looked_at_too(tmp_path, name, text):
    (message,) = told(tmp_path, text, name)
    assert message.startswith(f"{name}: ")
    assert "cdn.example" in message


def test_an_address_is_told_once_with_the_number_of_its_pages(tmp_path):
    for name in ("a.html", "b.html", "c.html"):
        (tmp_path / name).write_text(f'<img src="{CDN}"><img src="{CDN}">', encoding="utf-8")
    (message,) = looked(tmp_path)
    assert message.startswith("a.html and 2 more: <img src> asks cdn.example (https://cdn.example/x)")


def test_a_diagram_wakes_what_sleeps_in_the_themes_script(tmp_path):
    (tmp_path / "bundle.js").write_text('load("https://unpkg.com/mermaid@11/dist/mermaid.min.js")', encoding="utf-8")
    assert told(tmp_path, '<pre class="code">x</pre>') == ()
    (message,) = told(tmp_path, '<pre class="mermaid"><code>graph LR</code></pre>')
    assert "unpkg.com" in message


@pytest.mark.parametrize("forge", ["github.com", "gitlab.com"])
def test_so_does_a_link_to_the_repository_that_shows_its_stars(tmp_path, forge):
    assert told(tmp_path, f'<a href="https://{forge}/tern/help">source</a>') == ()
    link = f'<a href="https://{forge}/tern/help" title="x" class="md-source" data-md-component="source">x</a>'
    (message,) = told(tmp_path, link)
    assert forge in message


def test_a_site_without_an_address_has_no_host_of_its_own(tmp_path):
    site = Site("Help", "", Locale("en"), (Locale("en"),), {})
    (tmp_path / "index.html").write_text('<img src="https://help.tern.example/x.png">', encoding="utf-8")
    assert len(looked(tmp_path, site)) == 1
