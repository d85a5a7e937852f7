"""A document: a page taken apart into literal text and segments."""

from __future__ import annotations

from dataclasses import dataclass

from polyhelp.model.segment import Segment


@dataclass(frozen=True, slots=True)
class Pin:
    """What a localized page says in addition to its source, so that a heading keeps its id: ``{ #id }``."""

    text: str


@dataclass(frozen=True, slots=True)
class DefaultTitle:
    """Where an admonition has no title and says its type: a localized page says it in its own language.

    ``name`` is the type in lower case. ``before`` and ``after`` stand around the title.
    """

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Document:
    """A page. Joining the literal parts and every segment's ``raw`` gives the page back, character for character.

    ``path`` is relative to the content folder, with ``/`` on every system.
    """

    path: str
    parts: tuple[str | Segment | Pin | DefaultTitle, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments in reading order."""
        return tuple(part for part in self.parts if isinstance(part, Segment))

    @property
    def default_titles(self) -> frozenset[str]:
        """The types of the admonitions that have no title."""
        return frozenset(part.name for part in self.parts if isinstance(part, DefaultTitle))
