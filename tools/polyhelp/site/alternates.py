"""A page's language, and its links to its real translations, as browsers and search engines read them."""

from __future__ import annotations

import re

from polyhelp.model import Locale
from polyhelp.site import locale_map
from polyhelp.site.blocks import HEAD_END
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

_HTML_TAG = re.compile(r"<html\b[^>]*>", re.IGNORECASE)
_LANG_OR_DIR = re.compile(r"\s(?:lang|dir)=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_ALTERNATE = re.compile(r"\s*<link\s[^>]*\bhreflang=[^>]*>", re.IGNORECASE)
_CANONICAL = re.compile(r"(<link\s[^>]*\brel=\"?canonical\"?[^>]*\bhref=\"?)([^\s\">]+)", re.IGNORECASE)


def apply(text: str, page: Page, site: Site) -> str:
    """The document with its language, its direction, and absolute links to its real translations.

    A page that shows the text of another locale names that one's page as its canonical address and is no alternate.
    """
    end = HEAD_END.search(text)
    if not end:
        return text
    head = _ALTERNATE.sub("", _spoken(text[: end.start()], Locale(page.locale)))
    return f"{_linked(head, page, site) if site.url else head}{text[end.start() :]}"


def _linked(head: str, page: Page, site: Site) -> str:
    there = translations(page, site)
    if page.own:
        return head + "".join(_links(there, site))
    original = next((other for other in there if other.locale == page.language(site.source).tag), None)
    if original is None:
        return head  # its region does not serve that language: nothing else has this text
    return _CANONICAL.sub(lambda match: match[1] + site.address(original), head, count=1)


def translations(page: Page, site: Site) -> list[Page]:
    """The same page in every locale that has a text of its own for it, the source locale's first, then by tag."""
    found = (site.pages.get((locale, page.path)) for locale in (site.source, *sorted(site.locales)))
    return list(dict.fromkeys(other for other in found if other and other.own))


def _spoken(text: str, locale: Locale) -> str:
    opening = _HTML_TAG.search(text)
    if not opening:
        return text
    rest = _LANG_OR_DIR.sub("", opening[0])[len("<html") :]
    return f'{text[: opening.start()]}<html lang="{locale}" dir="{locale.direction}"{rest}{text[opening.end() :]}'


def _links(there: list[Page], site: Site) -> list[str]:
    """A link for each of ``there``, and one to the first for readers of any other language.

    ``"alternate "`` has a space: it is the same type of link, but the theme's script fetches no sitemap for it.
    """
    known = locale_map.of(site)
    named = [(known[Locale(other.locale)].hreflang, other) for other in there] + [("x-default", there[0])]
    return [f'<link rel="alternate " hreflang="{tag}" href="{site.address(other)}">' for tag, other in named]
