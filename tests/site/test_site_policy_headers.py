"""The policy: each page's own, the whole site's in ``_headers``, and what Chromium makes of it."""

import re

import pytest
from chromium import browser, missing
from crawl import html_faults
from site_server import serve

from polyhelp.model import Locale
from polyhelp.site import inline, policy_headers
from polyhelp.site.inline import Inline
from polyhelp.site.steps import Site

EMPTY = """<!doctype html><html lang=en><head>
<meta charset="utf-8"><title>x</title></head><body><p>x</p></body></html>"""


def site(**options):
    return Site("Help", "https://help.tern.example/", Locale("en"), (Locale("en"),), {}, options=options)


def with_script(script, html=EMPTY):
    return html.replace("</body>", f"<script>{script}</script></body>")


def policy(html):
    (found,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    return found


def applied(html, **options):
    """A page with its policy."""
    return policy_headers.sealed(html, inline.read(html), site(**options))


def seal(folder):
    """Seal all pages of a folder, and write the headers of the site."""
    policy_headers.write(folder, policy_headers.seal(sorted(folder.rglob("*.html")), site()), site())


def rules(text):
    return {name: sources.split() for name, _, sources in (rule.partition(" ") for rule in text.split("; "))}


def sent(text):
    return dict(line.strip().split(": ", 1) for line in text.splitlines() if line.startswith("  "))


def test_a_page_lets_its_own_scripts_run_and_no_others():
    one, two = (policy(applied(with_script(script))) for script in ("a()", "b()"))
    assert len(rules(one)["script-src"]) == 3
    assert rules(one)["script-src"][:2] == ["'self'", "'wasm-unsafe-eval'"]
    assert rules(one)["script-src"] != rules(two)["script-src"]


def test_what_is_not_named_is_refused():
    got = rules(policy(applied(EMPTY)))
    assert got["default-src"] == ["'none'"]
    assert got["style-src"] == ["'self'"]
    assert got["style-src-attr"] == ["'none'"]
    assert got["connect-src"] == ["'self'"]
    assert "frame-ancestors" not in got  # browsers take it from a header only, and complain of it here
    assert not any(
        "unsafe-inline" in sources or "unsafe-eval" in sources.split() for sources in map(" ".join, got.values())
    )


def test_the_policy_stands_before_everything_that_it_rules_and_after_the_encoding():
    html = applied(EMPTY)
    assert html.index("<meta charset") < html.index("Content-Security-Policy") < html.index("<title")
    assert len(html[: html.index("Content-Security-Policy")].encode()) < 1024
    assert html_faults(html) == []


def test_applied_again_it_changes_nothing_and_follows_what_has_changed():
    once = applied(EMPTY)
    assert applied(once) == once
    assert applied(with_script("a()", once)) == applied(with_script("a()"))


def test_text_without_a_head_stays():
    assert applied("google-site-verification: x") == "google-site-verification: x"


@pytest.mark.parametrize(
    ("endpoint", "origin"),
    [
        ("https://answers.example/help?x=1", "https://answers.example"),
        ("https://me:secret@Answers.example:8443/", "https://answers.example:8443"),
        ("http://[::1]:9000/x", "http://[::1]:9000"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example"),
        ("/answers", ""),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("https://a;script-src *", ""),
        ("https://a.example:port/", ""),
        ("https://[bad/", ""),
    ],
)
def test_only_the_origin_of_the_endpoint_goes_into_the_policy(endpoint, origin):
    assert policy_headers.origin(endpoint) == origin


def test_answers_may_go_to_the_endpoint():
    got = rules(policy(applied(EMPTY, feedback="https://answers.example/help")))
    assert got["connect-src"] == got["form-action"] == ["'self'", "https://answers.example"]
    assert "https://answers.example" not in got["script-src"]


def test_styles_of_a_writers_own_work_by_their_hash():
    html = EMPTY.replace("<p>", '<p style="color: red">').replace("</head>", "<style>p{margin:0}</style></head>")
    got = rules(policy(applied(html)))
    assert got["style-src-attr"][0] == "'unsafe-hashes'"
    assert len(got["style-src-attr"]) == len(got["style-src"]) == 2


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "de").mkdir()
    (tmp_path / "index.html").write_text(with_script("a()"), encoding="utf-8")
    (tmp_path / "de" / "404.html").write_text(with_script("b()"), encoding="utf-8")
    return tmp_path


def contents(folder):
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_headers_allow_what_any_page_carries(folder):
    seal(folder)
    got = sent((folder / "_headers").read_text(encoding="utf-8"))
    allowed = rules(got["Content-Security-Policy"])
    for name in ("index.html", "de/404.html"):
        own = rules(policy((folder / name).read_text(encoding="utf-8")))
        assert set(own["script-src"]) < set(allowed["script-src"])
    assert allowed["frame-ancestors"] == ["'none'"]
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in got["Permissions-Policy"]


def test_a_sealed_site_is_sealed_again_to_the_same_bytes(folder):
    seal(folder)
    before = contents(folder)
    seal(folder)
    assert contents(folder) == before


def test_headers_of_the_help_centers_own_are_kept(folder):
    theirs = "/assets/*\n  Cache-Control: max-age=86400\n"
    (folder / "_headers").write_text(theirs, encoding="utf-8")
    for _ in range(2):
        seal(folder)
        text = (folder / "_headers").read_text(encoding="utf-8")
        assert text.endswith(f"\n{theirs}")
        assert text.count("Content-Security-Policy") == 1


def test_line_ends_of_a_page_stay(folder):
    (folder / "index.html").write_bytes(with_script("a()").replace("\n", "\r\n").encode())
    seal(folder)
    assert b"<!doctype html><html lang=en><head>\r\n" in (folder / "index.html").read_bytes()


def test_a_header_stays_short_enough_for_hosts():
    own = Inline(frozenset(f"'sha256-{number:043}='" for number in range(16)))
    lines = policy_headers.headers(own, site(feedback="https://answers.example/")).splitlines()
    assert max(map(len, lines)) < 2000  # Cloudflare Pages takes no longer lines


PROBE = """
<p id="ok">x</p><p id="styled" style="color: rgb(1, 2, 3)">x</p><button onclick="document.title = 'handler'">b</button>
<script>document.getElementById("ok").textContent = "ran";</script>
"""


@pytest.mark.skipif(bool(missing()), reason=missing() or "there is a Chromium")
@pytest.mark.parametrize("headers", [True, False], ids=["header", "meta"])
def test_chromium_runs_what_the_policy_knows_and_nothing_else(tmp_path, headers):
    (tmp_path / "index.html").write_text(EMPTY.replace("<p>x</p>", PROBE), encoding="utf-8")
    seal(tmp_path)
    complaints = []
    with serve(tmp_path, headers=headers) as served, browser() as chromium:
        page = chromium.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(served.url)
        assert page.text_content("#ok") == "ran"
        assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") == "rgb(1, 2, 3)"
        assert all("inline event handler" in text or "404" in text for text in complaints)  # no icon here
        page.click("button")
        page.evaluate(
            """() => { const added = document.createElement("script"); added.textContent = "document.title = 'added'";
            document.body.append(added); }"""
        )
        refused = page.evaluate("fetch('http://127.0.0.1:9/').then(() => '', error => error.name)")
        assert page.title() == "x"
        assert refused == "TypeError"
    for refusal in ("inline event handler", "inline script", "127.0.0.1:9"):
        assert any(refusal in text and "Content Security Policy" in text for text in complaints), refusal
