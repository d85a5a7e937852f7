"""What Material's pages lack to be valid HTML, and what a strict policy would refuse.

Each of these changes leaves a page as it looks and works. In order: an empty ``tabindex`` is no number, and says what
-1 says, that the tab key passes by (the attribute stays, the theme's script looks for it); a label for a table of
contents that is not there; ``autocomplete`` is for no checkbox, but for its form (without it, Firefox opens
the menu again on a page that is loaded anew); the alignment of columns, which Markdown writes into ``style``.
"""

from __future__ import annotations

import re

from polyhelp.site import places
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

_EMPTY_TABINDEX = re.compile(r"(<label\b[^>]*\stabindex=)\"\"")
_TOC_LABEL = re.compile(r"(<label\b[^>]*?)\sfor=\"__toc\"")
_TOC = re.compile(r"\sid=\"__toc\"")
_TOGGLE = re.compile(r"(<input class=\"md-toggle\"[^>]*?)\sautocomplete=\"off\"")
_FORM = '<form id="ph-toggles" autocomplete="off" hidden></form>'
_BODY = re.compile(r"<body\b[^>]*>")
_ALIGNED = re.compile(r"<(t[dh])((?:\s(?!style=)[^\s>]+)*) style=\"text-align: ?(left|center|right);?\"")
_CLASS = re.compile(r"\sclass=\"([^\"]*)\"")
STYLE = "assets/stylesheets/polyhelp-tables.css"
"""The style sheet of these classes, below the site's root."""
SIDES = {"left": "ph-start", "center": "ph-center", "right": "ph-end"}
"""Classes for the alignment of cells. Left is where a line begins: a writer means that in Arabic too."""


def apply(html: str, page: Page, site: Site) -> str:
    """The document as valid HTML without inline styles of ours."""
    html = _EMPTY_TABINDEX.sub(r'\1"-1"', html)
    if not _TOC.search(html):
        html = _TOC_LABEL.sub(r"\1", html)
    html, toggles = _TOGGLE.subn(r'\1 form="ph-toggles"', html)
    body = _BODY.search(html) if toggles else None
    if body:
        html = f"{html[: body.end()]}{_FORM}{html[body.end() :]}"
    html, cells = _ALIGNED.subn(_classed, html)
    return places.with_style(html, places.way(page, site, STYLE)) if cells else html


def _classed(cell: re.Match[str]) -> str:
    """The cell's tag with a class in the place of its style."""
    tag, others, side = cell[1], cell[2], SIDES[cell[3]]
    named = _CLASS.search(others)
    if named:
        return f'<{tag}{others[: named.start()]} class="{named[1]} {side}"{others[named.end() :]}'
    return f'<{tag}{others} class="{side}"'
