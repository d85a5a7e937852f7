"""A document: a page taken apart into literal text and segments."""

from __future__ import annotations

from dataclasses import dataclass

from polyhelp.model.segment import Segment


@dataclass(frozen=True, slots=True)
class Pin:
    """What a localized page says in addition to its source, so that a heading keeps its id: ``{ #id }``."""

    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A page. Joining the literal parts and every segment's ``raw`` gives the page back, character for character.

    ``path`` is relative to the content folder, with ``/`` on every system.
    """

    path: str
    parts: tuple[str | Segment | Pin, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments in reading order."""
        return tuple(part for part in self.parts if isinstance(part, Segment))
