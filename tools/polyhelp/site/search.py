"""The search of a built page: a button in the header, and the dialog it opens, in place of the theme's own search.

The dialog stays closed until the reader asks for it; the locale's index is loaded then and not before. The button, and
any other element with ``data-ph-search``, opens it; so does the key ``/``.
"""

from __future__ import annotations

import html as markup
import posixpath
import re
from collections.abc import Mapping

from polyhelp.model import Locale
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

SCRIPT = "assets/javascripts/polyhelp-search.js"
ENGINE = "assets/javascripts/polyhelp-search-engine.js"
STYLE = "assets/stylesheets/polyhelp-search.css"

# ---------------------------------------------------------------- where the theme is touched: Material
_THEME_BUTTON = re.compile(r'<label\b[^>]*\bfor="?__search"?[^>]*>.*?</label>\s*(?=<div\b)', re.IGNORECASE | re.DOTALL)
_THEME_DIALOG = re.compile(r'<div\b[^>]*\bclass="md-search"[^>]*>', re.IGNORECASE)
_HEADER_END = re.compile(r"</nav>\s*(?:<nav\b[^>]*>.*?</nav>\s*)?</header>", re.IGNORECASE | re.DOTALL)

_DIV = re.compile(r"<(/?)div\b", re.IGNORECASE)
_HEAD_END = re.compile(r"</head>", re.IGNORECASE)
_BODY_END = re.compile(r"</body>(?!.*</body>)", re.IGNORECASE | re.DOTALL)
_LENS = (
    '<svg aria-hidden="true" viewBox="0 0 24 24" width="24" height="24"><path d="M9.5 3A6.5 6.5 0 0 1 16 9.5c0 1.61-.59'
    " 3.09-1.56 4.23l.27.27h.79l5 5-1.5 1.5-5-5v-.79l-.27-.27A6.52 6.52 0 0 1 9.5 16 6.5 6.5 0 0 1 3 9.5 6.5 6.5 0 0 1"
    ' 9.5 3m0 2C7 5 5 7 5 9.5S7 14 9.5 14 14 12 14 9.5 12 5 9.5 5"/></svg>'
)
_SAID = {
    "count": "search_count", "none": "search_none", "failed": "search_failed", "loading": "search_loading",
    "popular": "home_popular", "contact": "search_contact",
}  # fmt: skip


def apply(html: str, page: Page, site: Site) -> str:
    """The page with its own search. A page without a header, such as a redirect, is left as it is."""
    html = _without_theme_search(html)
    header, head, body = _HEADER_END.search(html), _HEAD_END.search(html), _BODY_END.search(html)
    if not (header and head and body):
        return html
    words = site.words.get(Locale(page.locale), {})
    root = posixpath.relpath("/", f"/{page.address(site.source)}") + "/"
    style = f'<link rel="stylesheet" href="{root}{STYLE}">'
    script = f'<script src="{root}{SCRIPT}" defer></script>'
    dialog = _dialog(page, words, root)
    return (
        f"{html[: head.start()]}{style}{html[head.start() : header.start()]}{_button(words)}"
        f"{html[header.start() : body.start()]}{dialog}{script}{html[body.start() :]}"
    )


def _without_theme_search(html: str) -> str:
    html = _THEME_BUTTON.sub("", html, count=1)
    start = _THEME_DIALOG.search(html)
    return f"{html[: start.start()]}{html[_end(html, start.end()) :]}" if start else html


def _end(html: str, at: int) -> int:
    """Where the ``<div>`` ends whose content begins at ``at``."""
    depth = 1
    for tag in _DIV.finditer(html, at):
        depth += -1 if tag[1] else 1
        if not depth:
            return html.index(">", tag.end()) + 1
    return at


def _say(words: Mapping[str, str], name: str) -> str:
    return markup.escape(words.get(name, ""), quote=True)


def _button(words: Mapping[str, str]) -> str:
    return (
        '<button type="button" class="ph-search-open" data-ph-search aria-haspopup="dialog" aria-keyshortcuts="/">'
        f'{_LENS}<span class="ph-search-word">{_say(words, "search")}</span>'
        '<kbd class="ph-search-key" aria-hidden="true">/</kbd></button>'
    )


def _dialog(page: Page, words: Mapping[str, str], root: str) -> str:
    """The closed dialog. What its script says stands in data attributes, in the reader's language."""
    locale = Locale(page.locale)
    said = "".join(f' data-{name}="{_say(words, word)}"' for name, word in _SAID.items())
    name = _say(words, "search")
    return (
        f'<dialog class="ph-search" aria-label="{name}" lang="{locale}" dir="{locale.direction}"'
        f' data-locale="{locale}" data-root="{root}"{said} data-search-exclude>'
        f'<form class="ph-search-form" role="search">{_LENS}'
        f'<input class="ph-search-query" type="search" name="q" role="combobox" aria-label="{name}"'
        f' placeholder="{_say(words, "search_placeholder")}" aria-autocomplete="list" aria-expanded="false"'
        ' aria-controls="ph-search-results" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="200">'
        f'<button type="button" class="ph-search-close">{_say(words, "search_close")}</button></form>'
        '<p class="ph-search-status" role="status"></p>'
        f'<div class="ph-search-results" id="ph-search-results" role="listbox" aria-label="{name}"></div>'
        '<div class="ph-search-more"></div></dialog>'
    )  # fmt: skip
