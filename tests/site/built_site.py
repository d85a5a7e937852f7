"""Read a built site as a browser does: pages with their links, ids and attributes."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LINKS = {"href", "src", "srcset", "poster", "data", "action", "content"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    inside: tuple[Element, ...] = field(repr=False)
    text: str = ""


@dataclass
class BuiltPage:
    url: str  # below the site's root: "de/returns/refunds/"
    elements: list[Element] = field(default_factory=list, repr=False)

    def all(self, tag: str, **wanted: str) -> list[Element]:
        return [
            element
            for element in self.elements
            if element.tag == tag and all(element.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str, **wanted: str) -> Element:
        (found,) = self.all(tag, **wanted)
        return found

    @property
    def ids(self) -> set[str]:
        return {element.attributes["id"] for element in self.elements if "id" in element.attributes}

    @property
    def article(self) -> list[Element]:
        return [element for element in self.elements if any(outer.tag == "article" for outer in element.inside)]

    @property
    def heading_ids(self) -> list[str]:
        """The ids of the headings of the text: not of the cards of the home page, which are links to other pages."""
        found = [element for element in self.article if re.fullmatch("h[1-6]", element.tag)]
        found = [one for one in found if not any(outer.attributes.get("class") == "ph-card" for outer in one.inside)]
        return [element.attributes.get("id", "") for element in found]

    @property
    def notices(self) -> list[str]:
        return [
            element.text
            for element in self.elements
            if element.tag == "p" and any("ph-notice" in outer.attributes.get("class", "") for outer in element.inside)
        ]

    def goal(self, link: str) -> tuple[str, str]:
        """Where a relative link leads: path below the site's root, and fragment."""
        parts = urlsplit(link)
        path = unquote(parts.path)
        base = "/" + self.url
        full = posixpath.normpath(posixpath.join(base if base.endswith("/") else posixpath.dirname(base), path))
        return (full if path else base).strip("/"), unquote(parts.fragment)


class _Reader(HTMLParser):
    def __init__(self, page: BuiltPage) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.open: list[Element] = []

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self.open))
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at].tag == tag:
                del self.open[at:]
                return

    def handle_data(self, data):
        for element in self.open:
            element.text += data


def read_site(folder: Path) -> dict[str, BuiltPage]:
    """Every page of a built site by its address below the root (``de/returns/refunds``, ``""`` for the home page)."""
    pages = {}
    for file in sorted(folder.rglob("*.html")):
        path = file.relative_to(folder).as_posix()
        page = BuiltPage(path.removesuffix("index.html"))
        _Reader(page).feed(file.read_text(encoding="utf-8"))
        pages[page.url.strip("/")] = page
    return pages


def dead_links(folder: Path, pages: dict[str, BuiltPage], site: str) -> list[str]:
    """Links and anchors inside the site that lead nowhere. Absolute addresses count when they begin with ``site``."""
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    dead = []
    for page in pages.values():
        for element in page.elements:
            for name in LINKS & element.attributes.keys() - {"content", "srcset"}:
                link = element.attributes[name].strip()
                parts = urlsplit(link)
                if link.startswith(site):
                    path, anchor = unquote(parts.path).strip("/"), parts.fragment
                elif parts.scheme or parts.netloc:
                    continue
                else:
                    path, anchor = page.goal(link)
                if path not in pages and path not in files:
                    dead.append(f"{page.url}: {link}")
                elif anchor and path in pages and anchor not in pages[path].ids:
                    dead.append(f"{page.url}: {link} (no such anchor)")
    return dead


def foreign(folder: Path) -> list[str]:
    """What a browser would fetch from another host while it shows a page: scripts, styles, fonts, images, frames."""
    address = r"(?:https?:)?//[^\s\"'()<>]+"
    fetched = re.compile(
        rf"<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*?\b(?:src|srcset|data|poster)=[\"']?({address})"
        rf"|<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|preload|prefetch|preconnect|dns-prefetch|icon|manifest))"
        rf"[^>]*?\bhref=[\"']?({address})|url\(\s*[\"']?({address})|@import\s+[\"']({address})",
        re.IGNORECASE,
    )
    return [
        f"{file.relative_to(folder)}: {next(filter(None, match.groups()))}"
        for file in sorted([*folder.rglob("*.html"), *folder.rglob("*.css")])
        for match in fetched.finditer(file.read_text(encoding="utf-8"))
    ]
