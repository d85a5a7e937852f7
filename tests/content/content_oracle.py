"""Python-Markdown, set up as Material for MkDocs asks for it: what a page says once it is rendered.

The extensions are those of https://squidfunk.github.io/mkdocs-material/setup/extensions/ without the ones that read
other files (snippets).
"""

from __future__ import annotations

import functools
import re
import warnings
from html.parser import HTMLParser
from typing import Any

import markdown
from material.extensions.emoji import to_svg, twemoji
from mkdocs.utils import meta
from pymdownx.superfences import fence_code_format

EXTENSIONS = [
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
    *("pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details"),
    *("pymdownx.emoji", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink"),
    *("pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
    *("pymdownx.tilde", "pymdownx.blocks.admonition", "pymdownx.blocks.details", "pymdownx.blocks.html"),
    "pymdownx.blocks.tab",
]
OPTIONS = {
    "toc": {"permalink": True},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.betterem": {"smart_enable": "all"},
    "pymdownx.emoji": {"emoji_index": twemoji, "emoji_generator": to_svg},
    "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True},
    "pymdownx.magiclink": {
        "normalize_issue_symbols": True,
        "repo_url_shorthand": True,
        "user": "kestrel",
        "repo": "help",
    },
    "pymdownx.superfences": {
        "custom_fences": [{"name": "mermaid", "class": "mermaid", "format": fence_code_format}],
    },
    "pymdownx.tabbed": {"alternate_style": True, "combine_header_slug": False},
    "pymdownx.blocks.tab": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}
PROSE = {"alt", "title", "aria-label", "data-title", "placeholder", "summary", "label"}
NAMES = {"id", "for", "name"}
OPAQUE = {"code", "pre", "kbd", "samp", "var", "script", "style", "svg", "math"}
VOID = {"br", "img", "hr", "input", "meta", "link", "source", "wbr", "embed", "area", "base", "col", "track"}


@functools.cache
def renderer() -> markdown.Markdown:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return markdown.Markdown(extensions=EXTENSIONS, extension_configs=OPTIONS)


def _data(page: str) -> tuple[str, dict[str, Any]]:
    return meta.get_data(page.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def html(page: str) -> str:
    """``page`` as HTML; front matter cut off and line ends read as MkDocs does."""
    return renderer().reset().convert(_data(page)[0])


def metadata(page: str) -> dict[str, Any]:
    """The front matter as MkDocs reads it."""
    return _data(page)[1]


class Skeleton(HTMLParser):
    """The elements and attributes of a page without its prose: ``elements``; ``ids`` are those of its headings.

    The text of code, keys and mathematics is no prose: it stays. Abbreviations are found by their letters, which a
    translation may change, hence ``abbr`` is left out.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[object] = []
        self.ids: list[str] = []
        self.hidden: list[str] = []  # open elements, from the first whose text is no prose
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag == "abbr":
            return
        values = {name: value or "" for name, value in attrs}
        if re.fullmatch("h[1-6]", tag):
            self.ids.append(values.get("id", ""))
        kept = sorted((name, value) for name, value in values.items() if name not in PROSE | NAMES)
        self.elements.append((tag, kept))
        if tag not in VOID and (self.hidden or tag in OPAQUE or "arithmatex" in values.get("class", "")):
            self.hidden.append(tag)

    def handle_endtag(self, tag):
        if tag == "abbr":
            return
        if tag in self.hidden:
            while self.hidden.pop() != tag:
                pass
        self.elements.append(f"/{tag}")

    def handle_data(self, data):
        if self.hidden:
            self.elements.append(data)


def skeleton(page: str) -> Skeleton:
    """The skeleton of the rendered ``page``."""
    return Skeleton(html(page))
