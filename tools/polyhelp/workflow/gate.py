"""The publish gate: which targets of a page customers may see, and whether the page appears in the locale at all.

1. What a page needs is decided by its path (``publish`` in the configuration).
2. Where a person must have accepted every segment (``reviewed``), one segment that is not accepted keeps the whole
   page in the source language: half a policy in each language would mislead. Where it takes two persons, a segment
   that one has accepted is not accepted.
3. Elsewhere a page appears in the locale when enough of its words are fit to be shown (``minimum_coverage``); what is
   missing stands in the source language in its place, and the page says so.
4. A machine's answer in which a check finds an error is shown to nobody. Nor is any target that brings in what could
   harm a reader, whoever wrote or accepted it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from polyhelp.model import Catalog, Document, Enough, Key, Level, Locale, Unit
from polyhelp.text.words import word_count

DataDigest = Callable[[str, tuple[str, ...]], str]
"""Source text and region codes -> digest of the region data that it reads there; ``""`` for text that reads none."""


@dataclass(frozen=True, slots=True)
class Showing:
    """What a page shows: the targets that may be seen, and what to tell the reader.

    ``borrowed`` is the locale that the page's text is taken from, where its own has none that may be seen.
    ``outdated`` says that some of what is missing was translated, until its source changed.
    """

    targets: Mapping[Key, str] = field(default_factory=dict)
    original: bool = False
    waiting: bool = False
    machine: bool = False
    partial: bool = False
    borrowed: Locale | None = None
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """What a page must pass: the level its path needs, and the percentage of words that must be fit.

    ``data`` tells what region data a source reads, ``faultless`` whether the checks find no error in a unit, and
    ``harmless`` whether it brings in nothing that could harm a reader. ``enough`` says whether those who have accepted
    a unit are as many as it takes.
    """

    level: Level
    minimum: int
    data: DataDigest = lambda _, __: ""
    faultless: Callable[[Unit], bool] = lambda _: True
    harmless: Callable[[Unit], bool] = lambda _: True
    enough: Enough = bool

    def passes(self, unit: Unit) -> bool:
        """Whether customers may see the unit's target."""
        if not unit.fit_for(self.level, self.data(unit.source, unit.seen), self.enough):
            return False
        return self.faultless(unit) if unit.fuzzy else self.harmless(unit)


def showing(document: Document, catalog: Catalog, gate: Gate, lent: Mapping[Key, Unit] | None = None) -> Showing:
    """Decide for one page. ``lent`` are units that a related locale may show, for keys that have none here."""
    units = {unit.key: unit for unit in catalog.current}
    keys = dict.fromkeys(segment.key for segment in document.segments)
    if not keys:
        return Showing()
    fit = {**(lent or {}), **passing(catalog, gate)}
    fit = {key: fit[key] for key in keys if key in fit}
    if gate.level is Level.REVIEWED and len(fit) < len(keys):
        return Showing(original=True, waiting=all(_has_target(units.get(key)) for key in keys))
    words = {key: max(1, word_count(key.source)) for key in keys}
    if 100 * sum(words[key] for key in fit) < gate.minimum * sum(words.values()) or not fit:
        return Showing(original=True)
    return Showing(
        {key: unit.target for key, unit in fit.items()},
        machine=any(unit.fuzzy for unit in fit.values()),
        partial=len(fit) < len(keys),
        outdated=len(fit) < len(keys) and has_changed(catalog),
    )


def has_changed(catalog: Catalog) -> bool:
    """Whether a source has changed since it was translated: some unit keeps the one that its target was made from.

    A match from the memory does not count, because it never was a translation of this page.
    """
    return any(
        unit.target and unit.fuzzy and unit.previous and not unit.maker.startswith("tm/") for unit in catalog.current
    )


def passing(catalog: Catalog, gate: Gate) -> dict[Key, Unit]:
    """The units of ``catalog`` that customers may see, whatever becomes of the page as a whole."""
    return {unit.key: unit for unit in catalog.current if gate.passes(unit)}


def _has_target(unit: Unit | None) -> bool:
    return unit is not None and bool(unit.target)
