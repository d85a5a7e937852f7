"""A page's text to a Document: scan, then cut.

Nothing is re-written: the parts are slices of the page. Segments never overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from markdown.extensions.toc import slugify as default_slugify

from polyhelp.content import frontmatter, places
from polyhelp.content.anchors import Slugify, given_ids, heading_ids, pin
from polyhelp.content.blocks import Scanner
from polyhelp.content.labels import written_out
from polyhelp.content.source import decode
from polyhelp.content.spans import Span
from polyhelp.model import DefaultTitle, Document, Kind, Pin, Segment, Slot
from polyhelp.text.lists import prose_in_lists

PROSE_KEYS = frozenset({"title", "description", "summary"})
"""Keys of front matter whose values any site shows to its readers."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs from one help center to the next: prose keys of front matter, and how heading ids are made."""

    prose_keys: frozenset[str] = PROSE_KEYS
    slugify: Slugify = field(default=default_slugify)


def parse(data: bytes | str, path: str, dialect: Dialect | None = None) -> Document:
    """Take a page apart. Raises MarkdownError when ``data`` is no readable page."""
    dialect = dialect or Dialect()
    page = decode(data, path) if isinstance(data, bytes) else data
    text = places.one_line_end(page)
    body = frontmatter.end_of(text) or int(text.startswith("\ufeff"))
    found = Scanner(text, body).scan()
    spans = [*frontmatter.spans(text, dialect.prose_keys), *found.spans]
    labels = frozenset(found.labels)
    used = found.ids.union(*(given_ids(text[span.start : span.end]) for span in found.spans))
    headings = [(heading, written_out(text[heading.start : heading.end], labels)) for heading in found.headings]
    inserted: dict[int, Pin | DefaultTitle] = {**found.titles}
    for heading, anchor in zip(found.headings, heading_ids(headings, used, dialect.slugify), strict=True):
        if not heading.id:
            inserted[heading.pin_at] = Pin(pin(heading, anchor))
    parts = _cut(text, spans, inserted, labels)
    return Document(path, parts if text == page else tuple(_as_written(parts, page)))


_Part = str | Segment | Pin | DefaultTitle


def _cut(text: str, spans: list[Span], inserted: Mapping[int, _Part], labels: frozenset[str]) -> tuple[_Part, ...]:
    cuts: list[tuple[int, int, Span | None]] = [(span.start, span.end, span) for span in spans]
    cuts += [(at, at, None) for at in inserted]
    cuts.sort(key=lambda cut: (cut[1], cut[0]))
    parts: list[_Part] = []
    at, line, counted = 0, 1, 0
    for start, end, span in cuts:
        if start < at:
            continue  # overlapping markup: the first reading stands
        if start > at:
            parts.append(text[at:start])
        if span is None:
            parts.append(inserted[start])
        else:
            line += text.count("\n", counted, start)
            counted = start
            parts.extend(_segments(text[start:end], span, line, labels))
        at = end
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)


def _as_written(parts: tuple[_Part, ...], page: str) -> Iterator[_Part]:
    """The parts with the line ends that ``page`` has."""
    at = 0
    for part in parts:
        size = len(part) if isinstance(part, str) else len(part.raw) if isinstance(part, Segment) else 0
        written = page[at : at + size]
        at += size
        yield written if isinstance(part, str) else replace(part, raw=written) if isinstance(part, Segment) else part


def _segments(raw: str, span: Span, line: int, labels: frozenset[str]) -> Iterator[Segment]:
    """The segment of a span, then what a reader sees of the attribute lists in it."""
    source = places.read(raw, span.slot, span.lead)
    if span.slot not in places.NO_MARKDOWN:
        source = written_out(source, labels)
    yield Segment(source, raw, span.kind, line, span.slot, span.lead, span.note, span.context)
    if span.slot not in places.NO_MARKDOWN and "{" in raw and "=" in raw:
        for prose in prose_in_lists(places.unfolded(raw, span.slot, span.lead)):
            yield Segment(prose, "", Kind.TITLE, line + raw.count("\n", 0, raw.find(prose)), Slot.INSIDE)
