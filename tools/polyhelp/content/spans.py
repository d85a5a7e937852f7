"""What the scanners find: stretches of a page by offset."""

from __future__ import annotations

from dataclasses import dataclass, field

from polyhelp.model import DefaultTitle, Kind, Slot


@dataclass(frozen=True, slots=True)
class Span:
    """Prose from ``start`` to ``end`` (characters). ``lead`` begins further lines; note, context: the writer's."""

    start: int
    end: int
    kind: Kind
    slot: Slot = Slot.LINES
    lead: str = ""
    note: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's text from ``start`` to ``end``, and where its id can be pinned.

    ``id`` is what the author gave. ``pin_at`` is the offset for the pin, inside an attribute list if ``in_list``.
    """

    start: int
    end: int
    id: str
    pin_at: int
    in_list: bool


@dataclass(slots=True)
class Found:
    """Everything that was found so far, in reading order."""

    spans: list[Span] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)  # of link definitions, in normal form
    titles: dict[int, DefaultTitle] = field(default_factory=dict)  # by offset
    ids: set[str] = field(default_factory=set)  # of elements that are no headings
