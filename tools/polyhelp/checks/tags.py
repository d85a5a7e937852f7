"""HTML tags and attributes in a segment, as a browser or another Markdown parser may read them.

Wherever a tag might begin, one is read, also in what looks like code or a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

_START = re.compile(
    r"<(?=[A-Za-z/!?])(?!(?:https?|ftp|mailto):[^\s<>]*>)(?![^\s<>@/\"'=]+@[^\s<>@/\"'=]+>)", re.IGNORECASE
)
_NAME = re.compile(r"<(/?[^\s/>]*)")
_ATTRIBUTE = re.compile(  # https://html.spec.whatwg.org/#before-attribute-name-state
    r"""[\s/]*(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>]*)))?"""
)
_REST = re.compile(r"[\s/]*")
_LIST = re.compile(r"(?<!\{)\{:?(?![%#{*!])([^{}\n]*)\}")
_LISTED = re.compile(r"""([^\s=]+)(?:(\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"']*)))?""")

_OWN_TAGS = frozenset({"abbr", "dfn", "bdi", "bdo", "ruby", "rb", "rp", "rt", "sup", "wbr"})
OWN_ATTRIBUTES = frozenset({"title", "alt", "lang", "dir"})
"""Attributes that a translation may bring in: words, and how they are to be read."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name, with ``/`` where it closes, where it stands, and its attributes with their values."""

    name: str
    start: int
    end: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    finished: bool = True

    @property
    def is_own(self) -> bool:
        """Whether a language may need it for itself.

        Explanations, writing direction, readings, ordinals, and places to break a line.
        """
        return self.finished and self.name.removeprefix("/") in _OWN_TAGS and self.attributes.keys() <= OWN_ATTRIBUTES


def tags(text: str) -> Iterator[Tag]:
    """All that might be taken for a tag, each read up to where the next one begins."""
    starts = [match.start() for match in _START.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        name = _NAME.match(text, start, end)
        at = name.end() if name else start + 1
        attributes: dict[str, str] = {}
        while match := _ATTRIBUTE.match(text, at, end):
            attributes[match["name"].lower()] = match["double"] or match["single"] or match["bare"] or ""
            at = match.end()
        rest = _REST.match(text, at, end)
        at = rest.end() if rest else at
        finished = text.startswith(">", at)
        if not finished:  # most likely a "<" in prose, with words after it
            attributes = {one: value for one, value in attributes.items() if one.startswith("on")}
        yield Tag(name[1].lower() if name else "", start, at + finished, attributes, finished)


def listed(text: str) -> Iterator[tuple[str, str]]:
    """The attributes with values in attribute lists: ``width``, ``300`` for ``{ width="300" }``."""
    for found in _LIST.finditer(text):
        for name, equals, *values in _LISTED.findall(found[1]):
            if equals:
                yield name.lower(), "".join(values)
