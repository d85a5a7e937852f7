"""What a built page says, for search: its title, its headings and its paragraphs, without what the site adds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

LEFT_OUT = ("script", "style", "nav", "form", "svg", "template")
"""Elements that are not the article's text."""
LEFT_OUT_CLASS = "headerlink"
"""The class of the theme's link beside a heading."""
LEFT_OUT_MARK = "data-search-exclude"
"""The attribute of what the site adds to an article: notices, votes, contact."""

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.IGNORECASE | re.DOTALL)
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
_HEADING = re.compile("h[1-6]")


@dataclass(frozen=True, slots=True)
class Text:
    """The visible text of an article.

    ``title`` is its first heading of level 1, ``headings`` are the others in order, ``blocks`` every stretch of text
    between the bounds of blocks, headings included.
    """

    title: str
    headings: tuple[str, ...]
    blocks: tuple[str, ...]


def article(html: str) -> str:
    """The HTML inside the page's ``<article>``; ``""`` when it has none."""
    found = _ARTICLE.search(html)
    return found[1] if found else ""


def read(html: str) -> Text:
    """The text of ``html``, an article."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.finish()
    title = next((text for name, text in reader.headings if name == "h1"), "")
    rest = tuple(text for name, text in reader.headings if name != "h1")
    return Text(title, rest, tuple(reader.blocks))


@dataclass(slots=True)
class _Open:
    """Where the parser is inside something left out: how deep in elements of the same name."""

    name: str
    depth: int = 1


@dataclass(slots=True)
class _State:
    text: list[str] = field(default_factory=list)
    heading: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self._state = _State()
        self._out: _Open | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._out:
            self._out.depth += tag == self._out.name
        elif tag not in _VOID and _left_out(tag, dict(attrs)):
            self._out = _Open(tag)
        elif tag in _BLOCKS or tag == "br":
            self.finish()
            if _HEADING.fullmatch(tag):
                self._state.heading = tag

    def handle_endtag(self, tag: str) -> None:
        if self._out:
            self._out.depth -= tag == self._out.name
            self._out = self._out if self._out.depth else None
        elif tag in _BLOCKS:
            self.finish()

    def handle_data(self, data: str) -> None:
        if not self._out:
            self._state.text.append(data)

    def finish(self) -> None:
        """Close the stretch of text that is open."""
        text = " ".join("".join(self._state.text).split())
        if text:
            self.blocks.append(text)
            if self._state.heading:
                self.headings.append((self._state.heading, text))
        self._state = _State()


def _left_out(tag: str, attributes: dict[str, str | None]) -> bool:
    classes = (attributes.get("class") or "").split()
    return tag in LEFT_OUT or LEFT_OUT_CLASS in classes or LEFT_OUT_MARK in attributes
