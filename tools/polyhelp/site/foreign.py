"""What a built site would ask of other hosts while it shows a page. There shall be nothing: no reader is told on.

Looked at are HTML (also the styles and scripts in it), style sheets, drawings and scripts. A link that a reader
follows is no request of the page's, and neither is a canonical address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from polyhelp.site import inline
from polyhelp.site.steps import Site

_LOADING = re.compile(
    r"<(audio|body|embed|feimage|frame|iframe|image|img|input|link|object|portal|script|source|table|td|th|track|use"
    rf"|video)\b{inline.ATTRIBUTES}>",
    re.IGNORECASE,
)
_TELLING = re.compile(rf"<(a|area)\b{inline.ATTRIBUTES}>", re.IGNORECASE)
"""Links, which load nothing, but may tell a third party that they were followed (``ping``)."""
_PING = re.compile(r"\sping\s*=", re.IGNORECASE)
_SOURCES = ("src", "srcset", "imagesrcset", "poster", "data", "background", "href", "xlink:href", "ping")
_PASSIVE = frozenset(
    ("alternate", "author", "canonical", "help", "license", "me", "next", "prev", "search", "shortlink")
)
"""Kinds of ``<link>`` that no browser loads."""
_ABSOLUTE = re.compile(r"(?:https?:)?//[^\s\"'()<>,]+", re.IGNORECASE)
_CSS = re.compile(
    r"(?:url\(\s*[\"']?|@import\s+[\"']|image-set\(\s*[\"'])\s*((?:https?:)?//[^\s\"'()<>]+)", re.IGNORECASE
)
_LITERAL = re.compile(r"[\"'`]((?:https?:)?//(?:[\w-]+\.)+[a-z]{2,}(?![\w.-])[^\s\"'`$]*)", re.IGNORECASE)
_NAMES = frozenset({"www.w3.org", "example.com", "example.org", "example.net"})
"""Hosts of addresses in scripts that nobody asks: names of XML, and what RFC 2606 keeps free, a base for others."""
_SOURCE = 'data-md-component="source"'
THEME = {
    "https://unpkg.com/mermaid@": ("mermaid", re.compile(r"class=\"?[^\">]*\bmermaid\b")),
    "https://api.github.com/": (_SOURCE, re.compile(r"<a\b[^>]*github\.com[^>]*\bdata-md-component=\"source\"")),
    "https://gitlab.com/": (_SOURCE, re.compile(r"<a\b[^>]*gitlab[^>]*\bdata-md-component=\"source\"")),
    "https://unpkg.com/resize-observer-polyfill": ("\0", re.compile(r"\0")),
}
"""Addresses in the theme's script, and what of a page wakes them, after a word that is quicker to look for.

The last is for browsers of before 2020.
"""


@dataclass(frozen=True, slots=True)
class Request:
    """What asks (``<img src>``, ``style sheet``), and the address that it asks for."""

    asks: str
    address: str

    @property
    def host(self) -> str:
        """The host asked."""
        return urlsplit(self.address).netloc


Asked = Mapping[Request, tuple[str, ...]]
"""Requests of other hosts, each with the files that make it, below the site's root."""


def asked(folder: Path, files: Iterable[Path], site: Site) -> Asked:
    """What those of ``files``, below ``folder``, that browsers read would ask other hosts for."""
    where: dict[Request, tuple[str, ...]] = {}
    for file in files:
        reader = _READERS.get(file.suffix.lower())
        if reader:
            for request in dict.fromkeys(reader(file.read_text(encoding="utf-8", errors="replace"))):
                if not _own(request, site):
                    where[request] = (*where.get(request, ()), file.relative_to(folder).as_posix())
    return where


def faults(parts: Iterable[Asked]) -> tuple[str, ...]:
    """A message for each address elsewhere that the parts of a site load."""
    where: dict[Request, tuple[str, ...]] = {}
    for part in parts:
        for request, files in part.items():
            where[request] = (*where.get(request, ()), *files)
    return tuple(_told(request, files) for request, files in where.items())


def page(html: str) -> Iterator[Request]:
    """The absolute addresses that an HTML document or a drawing loads."""
    for pattern in (_LOADING, _TELLING) if _PING.search(html) else (_LOADING,):
        for tag in pattern.finditer(html):
            if "//" in tag[2]:
                yield from _loads(tag[1].lower(), inline.attributes(tag[2]))
    for name, given, text in inline.blocks(html):
        if name == "style":
            yield from style(text)
        elif not inline.is_data(given):
            yield from script(text)
    if "url(" in html:
        for found in re.finditer(r"\sstyle=(?:\"([^\"]*)\"|'([^']*)')", html):
            yield from style(found[1] or found[2] or "")
    for address, (word, awake) in THEME.items():
        if word in html and awake.search(html):
            yield Request("the theme's script", address)


def style(text: str) -> Iterator[Request]:
    """The absolute addresses that a style sheet loads."""
    for found in _CSS.finditer(text):
        yield Request("style sheet", found[1])


def script(text: str) -> Iterator[Request]:
    """The absolute addresses that a script has as a text of its own, and could load.

    Those in the theme's script sleep until a page wakes them.
    """
    for found in _LITERAL.finditer(text):
        request = Request("script", found[1])
        if request.host not in _NAMES and not request.address.startswith(tuple(THEME)):
            yield request


_READERS = {".html": page, ".svg": page, ".css": style, ".js": script, ".mjs": script}


def _loads(tag: str, given: dict[str, str]) -> Iterator[Request]:
    """The addresses that one tag loads."""
    if tag in {"a", "area"}:
        names: Iterable[str] = ("ping",)
    elif tag == "link" and _PASSIVE.issuperset(given.get("rel", "").lower().split()):
        return
    else:
        names = _SOURCES
    for name in names:
        value = given.get(name, "").strip()
        if name in {"srcset", "imagesrcset", "ping"}:
            yield from (Request(f"<{tag} {name}>", address) for address in _ABSOLUTE.findall(value))
        elif _ABSOLUTE.match(value):
            yield Request(f"<{tag} {name}>", value)


def _own(request: Request, site: Site) -> bool:
    """Whether the site itself is asked."""
    return bool(site.url) and request.host == urlsplit(site.url).netloc


def _told(request: Request, files: Sequence[str]) -> str:
    """The message for one address: page, what asks, host."""
    others = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return (
        f"{files[0]}{others}: {request.asks} asks {request.host} ({request.address}): put the file into the help"
        " center; browsers refuse it from there"
    )
