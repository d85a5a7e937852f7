"""A built page for those who use a keyboard, a screen reader, or another language than the page's.

The theme is known here only by the marks in ``_THEME``; where one is not found, that part of the page stays as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from polyhelp.model import Locale
from polyhelp.site import locale_map
from polyhelp.site.locale_map import LocaleEntry
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

SCRIPT = "assets/javascripts/polyhelp-menu.js"
"""The script of the menus, below the site's root."""
STYLE = "assets/stylesheets/polyhelp-accessible.css"
"""The style sheet of the menus, with colours that can be read."""
CONTENT = "ph-content"
"""The id of what a page is about: where the link past the navigation leads."""

_THEME: Mapping[str, re.Pattern[str]] = {
    "body": re.compile(r"<body\b[^>]*>", re.IGNORECASE),
    "head end": re.compile(r"</head>", re.IGNORECASE),
    "body end": re.compile(r"</body>", re.IGNORECASE),
    "article": re.compile(r"<article\b(?![^>]*\sid=)", re.IGNORECASE),
    "skip": re.compile(r"<a\b[^>]*\bclass=\"?md-skip\b[^>]*>[^<]*</a>|(?<=data-md-component=\"skip\">)\s*(?=</div>)"),
    "languages": re.compile(
        r"<div class=\"?md-select\"?>\s*<button\b[^>]*>(?P<icon>(?:(?!</button>).)*)</button>\s*"
        r"<div class=\"?md-select__inner\"?>(?:(?!</div>).)*</div>\s*</div>",
        re.DOTALL,
    ),
    "header end": re.compile(
        r"(?=<label[^>]*\bfor=\"__search\">)|(?=<button[^>]*\sdata-ph-search)|(?=</nav>\s*</header>)", re.IGNORECASE
    ),
    "dialog": re.compile(r"<div\b(?=[^>]*\brole=\"dialog\")(?![^>]*\baria-label)[^>]*(?=>)"),
    "hidden choice": re.compile(r"(<input class=\"md-option\"[^>]*\saria-hidden=\"true\")(?![^>]*\stabindex=)"),
    "query": re.compile(r"<input\b[^>]*\bname=\"query\"[^>]*\baria-label=\"([^\"]*)\""),
}
_TASK = re.compile(  # an item of a task list: its checkbox, and its own text, which ends where another block begins
    r"(<li\b[^>]*\bclass=\"[^\"]*\btask-list-item\b[^>]*>\s*(?:<p>)?\s*(?:<label\b[^>]*>)?\s*<input)"
    r"((?:\s(?!aria-label)[^>]*)?>)(.*?)(?=</?(?:li|ul|ol|p|div|pre|table|blockquote)\b)",
    re.IGNORECASE | re.DOTALL,
)
_PICTURE = re.compile(r"<img\b[^>]*\balt=\"([^\"]*)\"[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_LONGEST_NAME = 100
_DIRECTION = re.compile(r"\sdir=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_ICON = (  # the theme's own (Material Design Icons, Apache 2.0), for pages that it gave no menu
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true"><path d="m12.87 15.07-2.54-2.51'
    ".03-.03A17.5 17.5 0 0 0 14.07 6H17V4h-7V2H8v2H1v2h11.17C11.5 7.92 10.44 9.75 9 11.35 8.07 10.32 7.3 9.19 6.69 8h"
    "-2c.73 1.63 1.73 3.17 2.98 4.56l-5.09 5.02L4 19l5-5 3.11 3.11zM18.5 10h-2L12 22h2l1.12-3h4.75L21 22h2zm-2.62 7 "
    '1.62-4.33L19.12 17z"/></svg>'
)


def apply(text: str, page: Page, site: Site) -> str:
    """The page with its language menu, a link past the navigation, its direction, and names for what had none."""
    locale = Locale(page.locale)
    entry = locale_map.of(site)[locale]
    words = site.words[locale]
    text = _direction(text, entry)
    text = _skip(text, words["skip"])
    text = _named_dialog(text)
    text = _THEME["hidden choice"].sub(r'\1 tabindex="-1"', text)  # the keyboard would stop where nothing is seen
    text = _TASK.sub(_named_task, text)
    text = _languages(text, menu(page, site))
    return _assets(text, "../" * page.address(site.source).count("/"))


def menu(page: Page, site: Site) -> str:
    """The language menu of ``page``: a button, and every language's name with a link to the page's counterpart.

    Empty where there is nothing to choose.
    """
    rows = [
        _row(page, there, locale_map.of(site)[locale], site.source)
        for locale in site.locales
        if (there := counterpart(page, locale, site))
    ]
    if len(rows) < 2:
        return ""
    label = html.escape(site.words[Locale(page.locale)]["choose_language"])
    return (
        f'<div class="ph-menu" data-ph-menu><button type="button" class="md-header__button md-icon ph-menu__button"'
        f' aria-label="{label}" aria-haspopup="true" aria-expanded="false" aria-controls="ph-languages">{_ICON}'
        "</button>"
        f'<ul class="ph-menu__list" id="ph-languages" role="menu" aria-label="{label}">{"".join(rows)}</ul></div>'
    )


def counterpart(page: Page, locale: Locale, site: Site) -> Page | None:
    """Where who reads ``page`` and chooses ``locale`` goes: the same page, its choice of regions, or the home page."""
    paths = (page.path, page.article, "index.md")
    return next((site.pages[locale, path] for path in paths if (locale, path) in site.pages), None)


def _row(page: Page, there: Page, entry: LocaleEntry, source: Locale) -> str:
    current = ' aria-current="true"' if there == page else ""
    return (
        f'<li role="none"><a role="menuitem" class="ph-menu__link" href="{page.way_to(there, source)}"'
        f' lang="{entry.html}" hreflang="{entry.html}"{current}><bdi dir="{entry.dir}">{html.escape(entry.name)}</bdi>'
        "</a></li>"
    )


def _direction(text: str, entry: LocaleEntry) -> str:
    body = _THEME["body"].search(text)
    if not body:
        return text
    rest = _DIRECTION.sub("", body[0])[len("<body") :]
    return f'{text[: body.start()]}<body dir="{entry.dir}"{rest}{text[body.end() :]}'


def _skip(text: str, word: str) -> str:
    """A link to the content as the first thing that the keyboard reaches, on pages without headings too."""
    link = f'<a href="#{CONTENT}" class="md-skip">{html.escape(word)}</a>'
    if f'id="{CONTENT}"' not in text:
        text = _THEME["article"].sub(f'<article id="{CONTENT}" tabindex="-1"', text, count=1)
    return _THEME["skip"].sub(lambda _: link, text, count=1) if f'id="{CONTENT}"' in text else text


def _named_dialog(text: str) -> str:
    query = _THEME["query"].search(text)
    return _THEME["dialog"].sub(lambda match: f'{match[0]} aria-label="{query[1]}"', text) if query else text


def _named_task(item: re.Match[str]) -> str:
    """The beginning of an item of a task list, with its text as the name of its checkbox."""
    name = " ".join(html.unescape(_TAG.sub("", _PICTURE.sub(r"\1", item[3]))).split())
    if not name or "aria-label" in item[2]:
        return item[0]
    if len(name) > _LONGEST_NAME:
        words = name[:_LONGEST_NAME].rpartition(" ")[0]  # none in languages without spaces
        name = f"{words or name[:_LONGEST_NAME]}…"
    return f'{item[1]} aria-label="{html.escape(name)}"{item[2]}{item[3]}'


def _languages(text: str, made: str) -> str:
    """Put the menu where the theme has its own, else at the end of the header."""
    if 'id="ph-languages"' in text:
        return text
    if _THEME["languages"].search(text):
        return _THEME["languages"].sub(lambda _: made, text, count=1)
    return _THEME["header end"].sub(lambda _: f'<div class="md-header__option">{made}</div>' if made else "", text, 1)


def _assets(text: str, root: str) -> str:
    if SCRIPT not in text:
        text = _THEME["body end"].sub(lambda _: f'<script src="{root}{SCRIPT}"></script></body>', text, count=1)
    if STYLE not in text:
        text = _THEME["head end"].sub(lambda _: f'<link rel="stylesheet" href="{root}{STYLE}"></head>', text, count=1)
    return text
