"""Bring a catalog up to date with its document, by comparing source texts.

    unit before                  document now            unit after
    "Open the box." (reviewed)   "Open the box."         kept as it is
    "Open [it](a.md)."           "Open [it](b.md)."      carried: same state, the target's link changed as well
    "Send it back." (target T)   "Send it to us."        edited: T, fuzzy, previous source "Send it back."
    "One. Two."     (target T)   "One." and "Two."       split: both have T, fuzzy, previous source "One. Two."
    "One.", "Two."  (T and U)    "One. Two."             merged: "T U", fuzzy, previous source "One. Two."
    "Old rule."     (target T)   gone                    obsolete, T kept
    gone, obsolete  (target T)   "Old rule." again       back: T, as it was
    on another page (target T)   "Old rule."             moved: T, as it was
    none                         "New rule."             empty

1. A source that is still there keeps its unit.
2. A source that moved here from another page brings its unit along. One that came back takes its unit from the
   obsolete ones, as it was. Else it takes the target of a fuzzy unit whose previous source it is (and leaves it there,
   where that unit's own source still stands). What a machine made and nobody has reviewed comes back as fuzzy.
3. A new source that differs from a lost one in white space or inside inline codes only carries its unit on
   (``carry``). The same holds for any edit that a person calls minor.
4. Any other new source takes over the target of what it came from (``pairing``), as fuzzy. A unit that was fuzzy
   already keeps its first previous source: the one its target was made from.
5. A unit that lost its source becomes obsolete if it has a target.
6. An obsolete unit stays as long as its words stand nowhere else.
7. Nothing else changes, so doing it twice is doing it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from polyhelp.locales.carry import Data, carried, skeleton, with_source
from polyhelp.locales.pairing import NEAR, Pair, pairs
from polyhelp.model import Catalog, Document, Key, Origin, Segment, Unit

__all__ = ["NEAR", "ChangeKind", "Means", "Synced", "UnitChange", "bring_up_to_date", "sync"]


class ChangeKind(StrEnum):
    """What became of a unit; one that is kept is no change."""

    NEW = "new"
    EDITED = "edited"
    CARRIED = "carried"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    BACK = "back"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One change: the source now (or, of what is gone, before), the one before, and how alike they are (0 to 100)."""

    kind: ChangeKind
    source: str
    previous: str = ""
    similarity: int = 100


@dataclass(frozen=True, slots=True)
class Means:
    """What sync may use: units that other pages have lost, whether edits are minor, and what texts read of data."""

    moved: Mapping[Key, Unit] = field(default_factory=dict)
    minor: bool = False
    data: Data = lambda _, __: ""


@dataclass(frozen=True, slots=True)
class Synced:
    """A catalog that is up to date, and what changed in it."""

    catalog: Catalog
    changes: tuple[UnitChange, ...] = ()

    @property
    def lost(self) -> Iterable[Unit]:
        """The units that lost their source just now."""
        gone = {change.source for change in self.changes if change.kind is ChangeKind.GONE}
        return (unit for unit in self.catalog.units if unit.obsolete and unit.source in gone)


def sync(document: Document, old: Catalog) -> Catalog:
    """``old`` brought up to date with ``document``."""
    return bring_up_to_date(document, old).catalog


_ALONE = Means()


def bring_up_to_date(document: Document, old: Catalog, means: Means = _ALONE) -> Synced:
    """``old`` brought up to date with ``document``, and what changed."""
    wanted = _wanted(document.segments)
    settled = None if means.minor else _settled(wanted, old)
    return settled or _Work(wanted, old, means).synced()


def _wanted(segments: Iterable[Segment]) -> dict[Key, Segment]:
    wanted: dict[Key, Segment] = {}
    for segment in segments:
        wanted.setdefault(segment.key, segment)
    return wanted


def _settled(wanted: Mapping[Key, Segment], old: Catalog) -> Synced | None:
    """The catalog as it is, where every source is still there; None when there is work to do."""
    current = old.current
    if len(current) != len(wanted) or any(
        unit.source != key.source or unit.context != key.context for unit, key in zip(current, wanted, strict=True)
    ):
        return None
    here = {(unit.key, unit.target) for unit in current} if len(current) < len(old.units) else set()
    if any(unit.obsolete and (unit.key, unit.target) in here for unit in old.units):
        return None
    if all(unit.notes == _notes(segment) for unit, segment in zip(current, wanted.values(), strict=True)):
        return Synced(old)
    fresh = [replace(unit, notes=_notes(segment)) for unit, segment in zip(current, wanted.values(), strict=True)]
    return Synced(replace(old, units=(*fresh, *(unit for unit in old.units if unit.obsolete))))


class _Work:
    """One catalog being brought up to date."""

    def __init__(self, wanted: dict[Key, Segment], old: Catalog, means: Means) -> None:
        self.wanted = wanted
        self.old = old
        self.means = means
        self.current = {unit.key: unit for unit in old.current}
        self.retired = {unit.key: unit for unit in old.units if unit.obsolete}  # the last one of a key is the latest
        self.lost = {key: unit for key, unit in self.current.items() if key not in wanted and unit.target}
        self.found: dict[Key, Unit] = {}
        self.taken: set[Unit] = set()
        self.changes: dict[Key, UnitChange] = {}
        self.also_kept: list[Unit] = []  # their words stand in a merged unit, too

    def synced(self) -> Synced:
        self._exact()
        self._carry()
        self._pair()
        for key in self.wanted:
            if key not in self.found:
                self._find(key, Unit(key.source, context=key.context), ChangeKind.NEW)
        units = [replace(self.found[key], notes=_notes(segment)) for key, segment in self.wanted.items()]
        gone = [replace(unit, obsolete=True) for unit in (*self.lost.values(), *self.also_kept)]
        here = {(unit.key, unit.target) for unit in (*units, *gone)}
        kept = [
            unit
            for unit in self.old.units
            if unit.obsolete and (unit.key, unit.target) not in here and unit not in self.taken
        ]
        consumed = {change.previous for change in self.changes.values()}
        gone_changes = [
            UnitChange(ChangeKind.GONE, unit.source)
            for unit in self.old.current
            if unit.key not in self.wanted and (unit.key in self.lost or unit.source not in consumed)
        ]
        changes = (*(self.changes[key] for key in self.wanted if key in self.changes), *gone_changes)
        return Synced(replace(self.old, units=(*units, *kept, *gone)), changes)

    def _find(self, key: Key, unit: Unit, kind: ChangeKind, previous: str = "", similarity: int = 100) -> None:
        self.found[key] = unit
        self.changes[key] = UnitChange(kind, key.source, previous, similarity)

    def _exact(self) -> None:
        """Rules 1 and 2."""
        back = {
            Key(unit.previous, unit.context): unit
            for unit in (*self.retired.values(), *self.old.current, *self.lost.values())  # the best place comes last
            if unit.fuzzy and unit.previous and unit.target
        }
        for key in self.wanted:
            if key in self.current:
                unit = self.current[key]
                self.found[key] = self._minor(unit) if self.means.minor else unit
            elif key in self.means.moved:
                self._find(key, replace(self.means.moved[key], obsolete=False), ChangeKind.MOVED)
            elif key in self.retired:
                self._find(key, _revived(self.retired[key]), ChangeKind.BACK)
            elif key in back:
                self.lost.pop(back[key].key, None)
                self.taken.add(back[key])
                unit = replace(back[key], source=key.source, previous="", fuzzy=False)
                self._find(key, _revived(unit), ChangeKind.BACK, back[key].source)

    def _minor(self, unit: Unit) -> Unit:
        """A unit whose source was edited before, after a person said that the edit is minor."""
        if not (unit.fuzzy and unit.previous and unit.target):
            return unit
        meant = with_source(unit, unit.key, unit.target, self.means.data)
        self.changes[unit.key] = UnitChange(ChangeKind.CARRIED, unit.source, unit.previous)
        return _revived(replace(meant, previous="", fuzzy=False))

    def _carry(self) -> None:
        """Rule 3, for what shows by itself."""
        if not self.lost or len(self.found) == len(self.wanted):
            return
        shapes: dict[object, list[Unit]] = {}
        for unit in self.lost.values():
            shapes.setdefault((unit.context, skeleton(unit.source)), []).append(unit)
        for key in self.wanted:
            candidates = [] if key in self.found else shapes.get((key.context, skeleton(key.source)), [])
            for unit in candidates:
                follower = carried(unit, key, self.means.data)
                if follower is not None:
                    candidates.remove(unit)
                    self.lost.pop(unit.key)
                    self._find(key, follower, ChangeKind.CARRIED, unit.source)
                    break

    def _pair(self) -> None:
        """Rule 4, and rule 3 for what a person calls minor."""
        new = [key for key in self.wanted if key not in self.found]
        for pair in pairs(new, list(self.lost.values())) if new and self.lost else ():
            for unit in pair.units:
                self.lost.pop(unit.key, None)
            if len(pair.keys) > 1:
                for key in pair.keys:
                    self._find(
                        key, _edited(pair.units[0], key), ChangeKind.SPLIT, pair.units[0].source, pair.similarity
                    )
            elif len(pair.units) > 1:
                self._merge(pair)
            elif self.means.minor:
                self._find(
                    pair.keys[0], self._said_minor(pair), ChangeKind.CARRIED, pair.units[0].source, pair.similarity
                )
            else:
                unit = _edited(pair.units[0], pair.keys[0])
                self._find(pair.keys[0], unit, ChangeKind.EDITED, pair.units[0].source, pair.similarity)

    def _said_minor(self, pair: Pair) -> Unit:
        unit = with_source(pair.units[0], pair.keys[0], pair.units[0].target, self.means.data)
        return _revived(replace(unit, previous="", fuzzy=False)) if unit.previous else unit

    def _merge(self, pair: Pair) -> None:
        key, units = pair.keys[0], pair.units
        target = " ".join(unit.target for unit in units)
        makers = {unit.maker for unit in units}
        first = units[0].origin
        origin = Origin.of(makers.pop(), first.date, target) if first and len(makers) == 1 else None
        previous = " ".join(unit.source for unit in units)
        comments = tuple(dict.fromkeys(comment for unit in units for comment in unit.comments))
        merged = Unit(key.source, target, key.context, fuzzy=True, previous=previous, origin=origin, comments=comments)
        self.also_kept += units
        self._find(key, merged, ChangeKind.MERGED, previous, pair.similarity)


def _notes(segment: Segment) -> tuple[str, ...]:
    return (segment.kind.value, f"note: {segment.note}") if segment.note else (segment.kind.value,)


def _revived(unit: Unit) -> Unit:
    """A unit whose source is back. A machine's word needs its look again unless somebody has reviewed it.

    Whether the review still holds is for its digest to say: it also covers region data, which sync does not know.
    """
    return replace(unit, fuzzy=unit.fuzzy or (unit.by_machine and unit.review is None), obsolete=False)


def _edited(unit: Unit, key: Key) -> Unit:
    previous = unit.previous if unit.fuzzy and unit.previous else unit.source
    return replace(unit, source=key.source, context=key.context, previous=previous, fuzzy=True)
