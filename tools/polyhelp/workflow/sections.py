"""The sections of an article: what an engine is told of the place that a segment stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from polyhelp.engines.gateway import Section
from polyhelp.locales.layout import SITE
from polyhelp.model import Document, Key, Kind, Segment

_HASHES = re.compile(r"(#{1,6})[ \t]*\Z")
_UNDERLINE = re.compile(r"[^\n]*\n[ \t>]*(=+|-+)[ \t]*(?:\n|\Z)")
_USUAL = 2  # the level of a heading whose own cannot be told: HTML's


def title(document: Document) -> str:
    """What the article is called: its first segment. The words of the interface have no title."""
    return next((segment.source for segment in document.segments), "") if document.path != SITE else ""


def sections(document: Document) -> Mapping[Key, Section]:
    """The section of every key, where it stands first. The words of the interface are in no section."""
    found: dict[Key, Section] = {}
    if document.path == SITE:
        return found
    for headings, segments in _cut(document):
        section = Section(headings, tuple(dict.fromkeys(segment.source for segment in segments)))
        for segment in segments:
            found.setdefault(segment.key, section)
    return found


def _cut(document: Document) -> Iterator[tuple[tuple[str, ...], list[Segment]]]:
    """The segments from one heading to the next, with the headings that lead there, the nearest last."""
    path: list[tuple[int, str]] = []
    here: list[Segment] = []
    for at, part in enumerate(document.parts):
        if not isinstance(part, Segment):
            continue
        if part.kind is Kind.HEADING:
            yield tuple(text for _, text in path), here
            here = []
            level = _level(document, at)
            path = [*(above for above in path if above[0] < level), (level, part.source)]
        here.append(part)
    yield tuple(text for _, text in path), here


def _level(document: Document, at: int) -> int:
    before = document.parts[at - 1] if at else ""
    after = next(
        (part for part in document.parts[at + 1 : at + 3] if isinstance(part, str)), ""
    )  # a pin may come first
    if isinstance(before, str) and (hashes := _HASHES.search(before)):
        return len(hashes[1])
    if line := _UNDERLINE.match(after):
        return 1 if line[1][0] == "=" else 2
    return _USUAL
