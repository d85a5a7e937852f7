"""The page for addresses that do not exist, in the reader's language."""

import re

import pytest

from polyhelp.model import Locale
from polyhelp.site import not_found, words
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

EN, AR = Locale("en"), Locale("ar")
PATHS = ("index.md", "policies/index.md", "policies/returns.md", "contact/contact-us.md")
SHELL = """<!doctype html><html lang="ar" dir="rtl"><head><title>Home &amp; more</title>
<meta name="description" content="All"><meta property="og:title" content="x"><meta name="viewport" content="w">
<link rel="canonical" href="https://a.example/ar/"><link rel="alternate " hreflang="en" href="https://a.example/">
<meta http-equiv="Content-Security-Policy" content="script-src 'sha256-x='">
<link rel="next" href="orders/"><link rel="icon" href="../assets/i.svg"><link rel="stylesheet" href="../assets/a.css">
<script>__md_scope=new URL("..",location)</script><script type="application/ld+json">{"@type": "WebSite"}</script>
</head><body dir="rtl"><header class="md-header"><label class="md-header__button md-icon" for="__drawer">≡</label>
<a href="./">Home</a><a href="../">English</a><a href="tel:123">Call</a><a href="https://b.example/x/">B</a></header>
<div class="md-container"><section>Hero</section><main class="md-main"><h1>Home</h1></main>
<footer><nav class="md-footer__inner md-grid"><a href="orders/">Next</a></nav><a href="#top">Up</a></footer></div>
<dialog data-root="../"></dialog><script type="application/json">{"base": "..", "search": "../assets/s.js"}</script>
<script src="../assets/b.js?v=1"></script></body></html>"""


def site(url="https://a.example/", paths=PATHS, locales=(EN, AR)):
    pages = {(locale, path): Page(locale.tag, path, path) for locale in locales for path in paths}
    said = {locale: {name: words.own(name, locale) for name in words.names()} for locale in locales}
    return Site("Tern & Co", url, EN, locales, pages, words=said)


def made(tmp_path, known):
    """The pages for what is not found, by path, of a site of home pages."""
    for folder in ("", "ar"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "index.html").write_text(SHELL, encoding="utf-8")
    for locale in known.locales:
        not_found.write(tmp_path, locale, known)
    return {file.relative_to(tmp_path).as_posix(): file.read_bytes() for file in tmp_path.rglob("404.html")}


def test_it_speaks_the_language_of_its_locale():
    text = not_found.page(SHELL, AR, site())
    assert '<html lang="ar" dir="rtl">' in text
    assert "<title>لم يُعثر على الصفحة - Tern &amp; Co</title>" in text
    assert text.count("<h1>") == 1
    assert "<h1>لم يُعثر على الصفحة</h1>" in text
    assert "data-ph-search" in text
    assert text.count("</main>") == 1


def test_nothing_of_the_home_page_is_left_and_no_search_engine_keeps_it():
    text = not_found.page(SHELL, AR, site())
    for gone in (
        "Security",
        "Hero",
        "canonical",
        "alternate",
        'rel="next"',
        "og:title",
        "description",
        "ld+json",
        "__drawer",
        "Next",
    ):
        assert gone not in text, gone
    assert '<meta name="robots" content="noindex">' in text
    assert '<meta name="viewport" content="w">' in text


@pytest.mark.parametrize(
    ("url", "root"), [("https://a.example/", "/"), ("https://a.example/help/", "/help/"), ("", "/")]
)
def test_its_links_hold_at_any_depth(url, root):
    text = not_found.page(SHELL, AR, site(url))
    links = re.findall(r'\s(?:href|src|data-root)="([^"]*)"', text)
    own = {link for link in links if not re.match(r"#|tel:|https:", link)}
    assert own == {
        f"{root}assets/i.svg", f"{root}assets/a.css", f"{root}assets/b.js?v=1", f"{root}ar/", root,
        f"{root}ar/policies/", f"{root}ar/contact/contact-us/",
    }  # fmt: skip
    assert f'new URL("{root}",location)' in text
    assert f'{{"base": "{root}", "search": "{root}assets/s.js"}}' in text
    assert {"tel:123", "https://b.example/x/", "#top"} <= set(links)


def test_places_that_the_help_center_lacks_are_not_linked():
    text = not_found.page(SHELL, EN, site(paths=("index.md", "contact.md")))
    assert re.findall(r'<li><a href="([^"]*)">([^<]*)', text) == [("/", "Start page"), ("/contact/", "Contact us")]


def test_the_one_at_the_root_finds_the_others(tmp_path):
    files = made(tmp_path, site("https://a.example/help/"))
    assert set(files) == {"404.html", "ar/404.html"}
    tag = re.search(rf'<script src="/help/{not_found.SCRIPT}"[^>]*>', files["404.html"].decode())
    assert tag
    assert 'data-base="/help/"' in tag[0]
    assert 'data-folders="ar"' in tag[0]
    assert not_found.SCRIPT not in files["ar/404.html"].decode()


def test_one_locale_needs_no_script_and_a_locale_without_home_page_has_no_page(tmp_path):
    assert made(tmp_path, site(paths=("contact.md",))) == {}
    assert not_found.SCRIPT not in made(tmp_path, site(locales=(EN,)))["404.html"].decode()


def test_every_word_is_there_in_every_language():
    mine = [name for name in words.names() if name.startswith("not_found_")] + ["skip", "choose_language"]
    assert len(mine) == 7
    for tag in (
        "en",
        "sv",
        "de",
        "fr",
        "es",
        "it",
        "nl",
        "pl",
        "da",
        "nb",
        "fi",
        "pt",
        "pt-BR",
        "ja",
        "ko",
        "zh-CN",
        "zh-TW",
        "th",
        "ar",
    ):
        said = [words.own(name, Locale(tag)) for name in mine]
        assert all(said), tag
        assert tag == "en" or not set(said) & {words.english(name) for name in mine}
