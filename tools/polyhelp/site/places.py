"""Where things stand in a page of the theme: the only module of the steps that knows the theme's marks in HTML."""

from __future__ import annotations

import html
import posixpath
import re

from polyhelp.model import Locale
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

_ARTICLE = re.compile(r"<article\b[^>]*\bmd-content__inner\b[^>]*>")
_ARTICLE_END = "</article>"
_TITLE_END = "</h1>"
_HEAD_END = "</head>"
_BODY = re.compile(r"<body\b")
_BODY_END = "</body>"
_LANGUAGES = re.compile(r"<div class=\"md-header__option\">\s*<div class=\"(?:md-select|ph-menu)\b")
_HEADER = re.compile(r"<header\b[^>]*\bmd-header\b.*?(?=</nav>\s*</header>)", re.DOTALL)
_TITLE = re.compile(r"<h1\b.*?</h1>", re.DOTALL)
_NOTICE = re.compile(
    r"(?:\s|<!--[^<>]*-->)*<div class=\"admonition [^\"]*\bph-notice\b.*?</div>(?:<!--/[^<>]*-->)?", re.DOTALL
)

CARDS = re.compile(r"<div class=\"[^\"]*\bgrid cards\b")
"""Cards that an author wrote into an article."""


def article(text: str) -> tuple[int, int] | None:
    """Where the article's content begins and ends; None on a page without one."""
    opening = _ARTICLE.search(text)
    end = text.find(_ARTICLE_END, opening.end()) if opening else -1
    return (opening.end(), end) if opening and end >= 0 else None


def title(text: str) -> tuple[int, int] | None:
    """Where the article's title begins and ends, tags included."""
    inside = article(text)
    found = _TITLE.search(text, *inside) if inside else None
    return found.span() if found else None


def into_article(text: str, block: str) -> str:
    """``text`` with ``block`` as the last thing in its article."""
    inside = article(text)
    return f"{text[: inside[1]].rstrip()}\n{block}\n{text[inside[1] :]}" if inside and block else text


def above_title(text: str, block: str) -> str:
    """``text`` with ``block`` as the first thing in its article."""
    inside = article(text)
    return f"{text[: inside[0]]}\n{block}{text[inside[0] :]}" if inside and block else text


def below_title(text: str, block: str) -> str:
    """``text`` with ``block`` under its title, above the notices."""
    found = title(text)
    return f"{text[: found[1]]}\n{block}{text[found[1] :]}" if found and block else text


def below_notices(text: str, start: int) -> int:
    """The first place from ``start`` on that has no notice after it."""
    notice = _NOTICE.match(text, start)
    return notice.end() if notice else start


def beside_languages(text: str, block: str) -> str:
    """``text`` with ``block`` in the header: before the choice of languages, or as its last thing."""
    found = _LANGUAGES.search(text)
    if found:
        at = found.start()
    elif header := _HEADER.search(text):
        at = header.end()
    else:
        return text
    return f"{text[:at]}{block}\n{text[at:]}"


def marked(text: str, name: str, value: str) -> str:
    """``text`` with the attribute ``name`` on its body."""
    return _BODY.sub(f'<body {name}="{html.escape(value)}"', text, count=1)


def with_style(text: str, address: str) -> str:
    """``text`` with the style sheet at ``address``, once."""
    link = f'<link rel="stylesheet" href="{html.escape(address)}">'
    return text if link in text else text.replace(_HEAD_END, link + _HEAD_END, 1)


def with_script(text: str, address: str) -> str:
    """``text`` with the script at ``address``, once, run when the page is there."""
    script = f'<script src="{html.escape(address)}" defer></script>'
    if script in text:
        return text
    at = text.rfind(_BODY_END)
    return f"{text[:at]}{script}{text[at:]}" if at >= 0 else text


def way(page: Page, site: Site, file: str) -> str:
    """The relative link from ``page`` to a file below the site's root."""
    return posixpath.relpath(f"/{file}", f"/{page.address(site.source)}")


def speech(page: Page, site: Site) -> str:
    """The attributes of a block in the page's own language that may stand in a text of another; ``""`` in its own."""
    locale = Locale(page.locale)
    if page.language(site.source) == locale:
        return ""
    return f' lang="{locale}" dir="{locale.direction}"'
