"""A small built site for the tests of what stands around an article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from polyhelp.model import Locale
from polyhelp.site import words
from polyhelp.site.pages import Page
from polyhelp.site.steps import About, Site

EN, DE, AR = Locale("en"), Locale("de"), Locale("ar")
THEME = Path(words.__file__).parent / "theme"
PATHS = ("index.md", "returns/refunds.md", "returns/exchanges.md", "contact/contact-us.md", "policies/returns.md")


def html(article: str, language: str = "en") -> str:
    """A page as the theme builds it, cut down to the marks that matter."""
    direction = "rtl" if language == "ar" else "ltr"
    head = '<head><meta charset="utf-8"><title>x</title></head>'
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}">{head}<body dir="{direction}">\n'
        '<header class="md-header" data-md-component="header"><nav class="md-header__inner md-grid" aria-label="Top">\n'
        '<div class="md-header__option">\n<div class="md-select">languages</div></div>\n</nav></header>\n'
        f'<main><article class="md-content__inner md-typeset">\n{article}\n</article></main>\n</body></html>'
    )


def heading(level: int, text: str, name: str) -> str:
    """A heading with the theme's link."""
    link = f'<a class="headerlink" href="#{name}" title="Permanent link">&para;</a>'
    return f'<h{level} id="{name}">{text}{link}</h{level}>'


def interface(locale: Locale) -> dict[str, str]:
    return {name: words.own(name, locale) or words.english(name) for name in words.names()}


def site(**changes: object) -> Site:
    """English at the root, German and Arabic; refunds are not translated into Arabic, exchanges not into German."""
    pages = {}
    for locale in (EN, DE, AR):
        for path in PATHS:
            pages[locale, path] = Page(locale.tag, path, path, original=(locale, path) == (AR, "returns/refunds.md"))
    del pages[DE, "returns/exchanges.md"]
    for locale, region in ((EN, "us"), (EN, "ie"), (DE, "de"), (DE, "at"), (AR, "ae"), (EN, "us-ca")):
        path = f"policies/{region}/returns.md"
        pages[locale, path] = Page(locale.tag, path, "policies/returns.md")
    titles = {"returns/refunds.md": "Refunds & more", "returns/exchanges.md": "Exchanges"}
    about = {
        key: About(title=titles.get(key[1], key[1]), section=("Returns",) if "/" in key[1] else ()) for key in pages
    }
    made = Site(
        "Help", "https://help.example/", EN, (EN, DE, AR), pages, about, {one: interface(one) for one in (EN, DE, AR)}
    )
    return replace(made, **changes)


def knowing(made: Site, page: Page, **facts: object) -> Site:
    """``made`` with other facts about ``page``."""
    return replace(made, about={**made.about, (Locale(page.locale), page.path): replace(made.knows(page), **facts)})


def put(folder: Path, made: Site, page: Page, text: str) -> None:
    """Write the page, and the theme's files, below ``folder``."""
    file = folder / page.address(made.source) / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    for asset in (*THEME.rglob("*.js"), *THEME.rglob("*.css")):
        goal = folder / asset.relative_to(THEME)
        goal.parent.mkdir(parents=True, exist_ok=True)
        goal.write_bytes(asset.read_bytes())
