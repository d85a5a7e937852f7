"""What the memory holds and what it answers: pairs, queries and matches."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from polyhelp.model import Locale, State, digest

EDGE = digest("")
"""The neighbour of a page's first or last unit: nothing stands there. ``""`` would say that nobody knows."""


class Standing(IntEnum):
    """How far a pair can be trusted; the higher one is preferred."""

    UNSURE = 0
    """A target that needed a look when it was stored: an approximate match, or edited halfway to a new source."""
    MACHINE = 1
    """A machine's, for exactly this source, seen by nobody."""
    ACCEPTED_MACHINE = 2
    """A machine's whose fuzzy mark somebody has taken away."""
    PERSON = 3
    REVIEWED = 4


def standing(state: State, maker: str) -> Standing:
    """The standing of a target in ``state`` that ``maker`` made (``human``, ``mt/deepl``, ``tm/100`` ...)."""
    machine = maker.startswith("mt/")
    if state is State.REVIEWED:
        return Standing.REVIEWED
    if state is State.TRANSLATED:
        return Standing.ACCEPTED_MACHINE if machine else Standing.PERSON
    return Standing.MACHINE if machine else Standing.UNSURE


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its target in one locale.

    ``context`` is the writer's (``msgctxt``), ``path`` the article's. ``before`` and ``after`` are the digests of the
    neighbours' sources, :data:`EDGE` at the end of a page, ``""`` where nobody knows. ``maker`` and ``date`` are of
    the target's origin.
    """

    source: str
    target: str
    locale: Locale
    context: str = ""
    path: str = ""
    before: str = ""
    after: str = ""
    standing: Standing = Standing.PERSON
    maker: str = "human"
    date: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A source that wants a target in ``locale``, and where it stands; the fields are those of :class:`Pair`."""

    source: str
    locale: Locale
    context: str = ""
    path: str = ""
    before: str = ""
    after: str = ""

    def in_context(self, pair: Pair) -> bool:
        """Whether ``pair`` stood where this source stands: same neighbours, or same context on the same page."""
        if self.context != pair.context:
            return False
        if self.context and self.path == pair.path:
            return True
        known = self.before and self.after and not self.before == self.after == EDGE
        return bool(known) and (self.before, self.after) == (pair.before, pair.after)


class MatchKind(StrEnum):
    """How a match was found. The order is the order of preference."""

    IN_CONTEXT = "in-context"
    EXACT = "exact"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Match:
    """A pair found for a query.

    ``similarity`` is 100 only when the target was made for exactly this text in this locale and nothing speaks
    against it; everything below needs a person's look. ``target`` is the pair's, with the query's codes put in where
    codes are all that differs.
    """

    pair: Pair
    kind: MatchKind
    similarity: int
    target: str
