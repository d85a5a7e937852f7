"""What a unit gets without any engine: a target for an equal text, or an approximate one for a person to work on.

The rules are numbered where they are used together, in :mod:`polyhelp.workflow.translate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from polyhelp.memory import Match, Standing
from polyhelp.model import Catalog, Key, Origin, Unit, digest
from polyhelp.workflow.look import faultless
from polyhelp.workflow.memory import Memory, neighbors, query
from polyhelp.workflow.project import Project
from polyhelp.workflow.today import today

NEAR = 75
"""Similarity (0 to 100) from which a match is worth a person's look (rule 6)."""
REJECTED = "rejected: "
"""How the comment begins that a reviewer's no leaves at a unit; the target's digest stands in it."""


class Recall:
    """What the units of one catalog get. ``known`` holds units of the locale with whole targets, by key."""

    def __init__(self, project: Project, catalog: Catalog, memory: Memory, known: Mapping[Key, Unit]) -> None:
        self._project, self._catalog, self._memory, self._known = project, catalog, memory, known
        self._places = neighbors(catalog)

    def equal(self, unit: Unit) -> Unit | None:
        """The unit with the target of an equal text (rules 2 to 4), if there is one."""
        for match in self._matches(unit, 100):
            return self._checked(_equal(unit, match))
        known = self._known.get(unit.key)
        return None if known is None or rejected(unit, known.target) else self._checked(_reused(unit, known))

    def near(self, unit: Unit) -> Unit | None:
        """The unit with an approximate match (rule 6), if there is one."""
        for match in self._matches(unit, NEAR):
            origin = Origin.of(f"tm/{match.similarity}", today(), match.target)
            previous = match.pair.source if match.pair.source != unit.source else ""
            return replace(unit, target=match.target, origin=origin, review=None, previous=previous, fuzzy=True)
        return None

    def _matches(self, unit: Unit, minimum: int) -> Iterator[Match]:
        found = self._memory.matches(query(self._catalog, unit, self._places), minimum)
        return (match for match in found if not rejected(unit, match.target))

    def _checked(self, unit: Unit) -> Unit:
        if unit.fuzzy or self._faultless(unit):
            return unit
        return replace(unit, fuzzy=True)

    @cached_property
    def _faultless(self) -> Callable[[Unit], bool]:
        return faultless(self._project, self._catalog)


def _equal(unit: Unit, match: Match) -> Unit:
    pair = match.pair
    origin = Origin.of(pair.maker if pair.maker.startswith("mt/") else "tm/100", today(), match.target)
    fuzzy = pair.standing is Standing.MACHINE
    return replace(unit, target=match.target, origin=origin, review=None, previous="", fuzzy=fuzzy)


def _reused(unit: Unit, other: Unit) -> Unit:
    """What :func:`_equal` gives, from a catalog."""
    origin = Origin.of(other.maker if other.by_machine else "tm/100", today(), other.target)
    return replace(unit, target=other.target, origin=origin, review=None, previous="", fuzzy=other.fuzzy)


def rejected(unit: Unit, target: str) -> bool:
    """Whether a reviewer has said no to this target at this unit (rule 4)."""
    return any(comment.startswith(REJECTED) and digest(target) in comment.split() for comment in unit.comments)
