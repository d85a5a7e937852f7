"""A page's text to a Document: scan, then cut.

Nothing is re-written: the parts are slices of the page. Segments never overlap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown.extensions.toc import slugify as default_slugify

from polyhelp.content import frontmatter
from polyhelp.content.anchors import Slugify, given_ids, heading_ids, pin
from polyhelp.content.blocks import Scanner
from polyhelp.content.labels import written_out
from polyhelp.content.source import decode
from polyhelp.content.spans import Span
from polyhelp.model import Document, Pin, Segment, Slot

_WRAP = re.compile(r"(?P<hard>[ ]{2,}|\\)?[ \t]*\r?\n[ \t]*")
_CHARACTERS = {"&quot;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">"}
_REFERENCE = re.compile("|".join(_CHARACTERS))
_NO_MARKDOWN = frozenset({Slot.HTML, Slot.ATTRIBUTE, Slot.YAML, Slot.YAML_BLOCK})
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
    text = decode(data, path) if isinstance(data, bytes) else data
    body = frontmatter.end_of(text) or text.startswith("\ufeff")
    found = Scanner(text, body).scan()
    spans = [*frontmatter.spans(text, dialect.prose_keys), *found.spans]
    labels = frozenset(found.labels)
    used = found.ids.union(*(given_ids(text[span.start : span.end]) for span in found.spans))
    headings = [(heading, written_out(text[heading.start : heading.end], labels)) for heading in found.headings]
    pins: dict[int, str] = {}
    for heading, anchor in zip(found.headings, heading_ids(headings, used, dialect.slugify), strict=True):
        if not heading.id:
            pins[heading.pin_at] = pin(heading, anchor)
    return Document(path, _cut(text, spans, pins, labels))


def _cut(text: str, spans: list[Span], pins: dict[int, str], labels: frozenset[str]) -> tuple[str | Segment | Pin, ...]:
    cuts: list[tuple[int, int, Span | None]] = [(span.start, span.end, span) for span in spans]
    cuts += [(at, at, None) for at in pins]
    cuts.sort(key=lambda cut: (cut[1], cut[0]))
    parts: list[str | Segment | Pin] = []
    at, line, counted = 0, 1, 0
    for start, end, span in cuts:
        if start < at:
            continue  # overlapping markup: the first reading stands
        if start > at:
            parts.append(text[at:start])
        if span is None:
            parts.append(Pin(pins[start]))
        else:
            line += text.count("\n", counted, start)
            counted = start
            parts.append(_segment(text[start:end], span, line, labels))
        at = end
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)


def _segment(raw: str, span: Span, line: int, labels: frozenset[str]) -> Segment:
    source = unescaped(raw, span.slot)
    if span.slot in {Slot.LINES, Slot.HTML}:
        source = _unwrap(raw, span.lead)
    if span.slot not in _NO_MARKDOWN:
        source = written_out(source, labels)
    return Segment(source, raw, span.kind, line, span.slot, span.lead, span.note, span.context)


def _unwrap(raw: str, lead: str) -> str:
    """Fold soft line breaks to a space; a hard break stays as two spaces and a line end."""
    if "\n" not in raw:
        return raw
    mark = lead.strip()

    def fold(match: re.Match[str]) -> str:
        return ("\\\n" if match["hard"] == "\\" else "  \n") if match["hard"] else " "

    if mark:  # a quote's further lines begin with ">"
        raw = re.sub(rf"\n{re.escape(lead.rstrip())}[ \t]?", "\n", raw)
    return _WRAP.sub(fold, raw)


def unescaped(raw: str, slot: Slot) -> str:
    """What a translator reads of ``raw``: without the escapes that its place demands."""
    if slot is Slot.YAML:
        return frontmatter.value_of(raw)
    if slot is Slot.CELL:
        return raw.replace("\\|", "|")
    if slot is Slot.YAML_BLOCK:
        return _WRAP.sub(" ", raw)
    if slot is Slot.ATTRIBUTE:
        return _REFERENCE.sub(lambda match: _CHARACTERS[match[0]], raw)
    return raw
