"""A segment: the smallest stretch of a page that is translated as one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a segment is for the reader; the value is what a translator sees in the catalog."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    CELL = "table cell"
    TITLE = "title"
    FRONT_MATTER = "front matter"
    TERM = "term"
    DEFINITION = "definition"
    FOOTNOTE = "footnote"
    ABBREVIATION = "abbreviation"
    ALT = "image text"
    HTML = "HTML text"
    INTERFACE = "interface"


class Slot(StrEnum):
    """How a target is put back where the source stood: what must be escaped, and how lines are led in."""

    LINES = "lines"
    CELL = "cell"
    QUOTED = "quoted"
    LABEL = "label"
    HTML = "html"
    ATTRIBUTE = "attribute"
    FENCE = "fence"
    YAML = "yaml"
    YAML_BLOCK = "yaml block"
    INSIDE = "inside"
    """In an attribute list of the segment before it, which writes it: ``raw`` is empty."""


@dataclass(frozen=True, slots=True)
class Key:
    """What tells two units of a catalog apart: the source text, and the context where the writer gave one."""

    source: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of prose in its place.

    ``source`` is what a translator reads: plain Markdown on one line, soft line breaks folded to a space.
    ``raw`` is what stands in the page, character for character. ``line`` counts from 1. ``lead`` is what begins
    every further line inside the same container (indentation, ``> ``).
    """

    source: str
    raw: str
    kind: Kind
    line: int
    slot: Slot = Slot.LINES
    lead: str = ""
    note: str = ""
    context: str = ""

    @property
    def key(self) -> Key:
        """The segment's key in a catalog."""
        return Key(self.source, self.context)
