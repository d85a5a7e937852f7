"""A rendered page, taken apart into what each segment prints from the data and what it says by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from polyhelp import content
from polyhelp.model import Document, Key
from polyhelp.regions import Formats, render
from polyhelp.regions.recorder import CLOSES, OPENS, Printed, Recorder, unmarked
from polyhelp.regions.sandbox import Section
from polyhelp.text.plural import Plural

VALUE = "\ufffc"
"""Stands where a value was printed."""

_SEGMENT, _ENDS = 0xF0000, "\ue010"
_MOST = 0xFFFE
_TOKEN = re.compile("[\U000f0000-\U000ffffd]|\ue010|[\U00100000-\U0010fffd]|\ue001")


@dataclass(frozen=True, slots=True)
class Piece:
    """One appearance of a segment on a rendered page. ``own`` is its text with :data:`VALUE` for each value."""

    key: Key
    own: str
    printed: tuple[Printed, ...]


@dataclass(slots=True)
class _Open:
    segment: int
    own: list[str] = field(default_factory=list)
    printed: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Marked:
    """A page whose segments stand between marks, ready to be rendered. ``path`` is how the user knows its template."""

    text: str
    path: str
    keys: Sequence[Key]

    @classmethod
    def of(cls, document: Document, targets: Mapping[Key, str], path: str) -> Marked:
        """The page ``document`` with ``targets``; what has none stands there in the source language.

        Plurals without a target are not looked at: their forms follow the source's rule, whatever the locale.
        """
        keys = tuple(dict.fromkeys(segment.key for segment in document.segments))[:_MOST]
        said = {}
        for at, key in enumerate(keys):
            target = targets.get(key, "") or ("" if targets and Plural.parse(key.source) else key.source)
            said[key] = _marked(at, target)
        return cls(content.render(document, said), path, keys)

    def pieces(self, values: Section, formats: Formats) -> tuple[Piece, ...]:
        """What every segment shows with ``values``, in order. Raises RegionError where the page cannot be rendered."""
        seen = Recorder()
        page = render(self.text, self.path, values, formats, seen)
        return tuple(
            Piece(self.keys[one.segment], "".join(one.own), tuple(seen.printed[at] for at in one.printed))
            for one in _apart(page)
        )


def _marked(segment: int, target: str) -> str:
    """``target`` between marks; one with plural forms, with each form between them."""
    plural = Plural.parse(target)
    if plural:
        return str(replace(plural, forms=tuple(_marked(segment, form) if form else "" for form in plural.forms)))
    return f"{chr(_SEGMENT + segment)}{unmarked(target)}{_ENDS}" if target else ""


def _apart(page: str) -> list[_Open]:
    """The segments of a page, as they begin. One that has lost a mark counts as far as it goes."""
    found: list[_Open] = []
    open_: list[_Open] = []
    inside = False  # a value
    at = 0
    for token in _TOKEN.finditer(page):
        if open_ and not inside:
            open_[-1].own.append(page[at : token.start()])
        at, mark = token.end(), token[0]
        if mark == _ENDS:
            del open_[-1:]
        elif mark == CLOSES:
            inside = False
        elif ord(mark) >= OPENS:
            inside = True
            for one in open_[-1:]:
                one.own.append(VALUE)
                one.printed.append(ord(mark) - OPENS)
        else:
            open_.append(_Open(ord(mark) - _SEGMENT))
            found.append(open_[-1])
    return found
