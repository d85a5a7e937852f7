"""Two branches' versions of one catalog made one, unit by unit, over what both started from.

    base      ours                   theirs                  merged
    T         T                      U                       U: one side has changed it
    T         U                      U                       U
    machine   a person's U           another machine's V     U: a person's word comes before a machine's
    T         U (reviewed)           U                       U (reviewed)
    T         U (reviewed by A)      U (reviewed by B)       U (reviewed by A, seconded by B): the same text and data
    T         U                      V                       U, fuzzy, review dropped, ``# theirs: "V"``: a conflict
    T         U                      (no unit any more)      obsolete, U kept
    T         U                      T under a new source    U under the new source, fuzzy

1. What a side has changed in a unit (target, fuzzy mark, previous source, origin, review) is one thing and is taken
   as a whole. Comments are united; what one side has deleted is gone. Notes are whose side has changed them.
2. A unit that one side no longer has becomes obsolete with the other side's words, unless the side that dropped it
   has those words elsewhere. Obsolete units of both sides are united.
3. Every target that a person wrote or accepted on one of the sides is in the result: as a target, an obsolete one, or
   in a comment.
4. Headers never conflict: a field that one side has changed is that side's; where both have, it is ours.
5. Units come in our order; what only they have follows what it follows there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from polyhelp.model import Catalog, Key, Unit

THEIRS = "theirs: "
"""How the comment begins that holds the other side's target, in quotation marks, escaped as in a PO file."""

_WRITTEN: dict[str, str | int | None] = {
    "\\": r"\\",
    '"': r"\"",
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
    "\v": r"\v",
    "\f": r"\f",
    "\b": r"\b",
    "\a": r"\a",
}
_MEANT = {str(written): character for character, written in _WRITTEN.items()}
_ESCAPED = re.compile(r'\\[\\"nrtvfba]')
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged catalog, and its units that hold two targets or stand against a decision: each waits for a person."""

    catalog: Catalog
    conflicts: tuple[Unit, ...]


def merge(base: Catalog, ours: Catalog, theirs: Catalog) -> Merged:
    """One catalog of ``ours`` and ``theirs``, which both come from ``base``. Path and locale are ours."""
    old, here, there = _by_key(base), _by_key(ours), _by_key(theirs)
    conflicts: list[Key] = []
    merged: dict[Key, Unit] = {}
    dropped: list[tuple[Unit, Unit, Mapping[Key, Unit]]] = []
    for key in _order(tuple(here), tuple(there)):
        mine, other, before = here.get(key), there.get(key), old.get(key)
        if mine and other:
            merged[key], clash = _unit(before or Unit(key.source, context=key.context), mine, other)
            conflicts += [key] if clash else []
        elif one := mine or other:
            if before is None:
                merged[key] = one
            else:
                dropped.append((one, before, there if mine else here))
    retired = [unit for catalog in (ours, theirs) for unit in catalog.units if unit.obsolete]
    for unit, before, side in dropped:
        if unit.target and not _moved(unit, before, side, merged):
            retired.append(replace(unit, obsolete=True, notes=()))
    units = tuple(merged.values())
    catalog = replace(ours, units=(*units, *_once(retired, units)), header=_header(base, ours, theirs))
    return Merged(catalog, tuple(merged[key] for key in conflicts))


def theirs_of(unit: Unit) -> tuple[str, ...]:
    """The other targets that a merge has left beside a unit's own, in its comments."""
    found = (comment.removeprefix(THEIRS) for comment in unit.comments if comment.startswith(f'{THEIRS}"'))
    return tuple(_ESCAPED.sub(lambda match: _MEANT[match[0]], quoted[1:].removesuffix('"')) for quoted in found)


def _by_key(catalog: Catalog) -> dict[Key, Unit]:
    return {unit.key: unit for unit in catalog.current}


def _order(ours: Sequence[Key], theirs: Sequence[Key]) -> Iterator[Key]:
    """Our order; what only they have comes after what it comes after there."""
    known = set(ours)
    following: dict[Key | None, list[Key]] = {}
    last: Key | None = None
    for key in theirs:
        if key in known:
            last = key
        else:
            following.setdefault(last, []).append(key)
    yield from following.get(None, ())
    for key in ours:
        yield key
        yield from following.get(key, ())


# ---------------------------------------------------------------- one unit


def _unit(base: Unit, ours: Unit, theirs: Unit) -> tuple[Unit, bool]:
    """The unit that both sides have, and whether they are at odds about it."""
    best, other = _better(base, ours, theirs)
    comments = _three_way(base.comments, ours.comments, theirs.comments)
    notes = ours.notes if ours.notes != base.notes else theirs.notes
    unit = replace(best, notes=notes, comments=comments)
    if other is None:
        return unit, False
    if other.target:
        comments = _united(comments, (f'{THEIRS}"{other.target.translate(str.maketrans(_WRITTEN))}"',))
    return replace(unit, fuzzy=True, review=None, comments=comments), True


def _better(base: Unit, ours: Unit, theirs: Unit) -> tuple[Unit, Unit | None]:
    """Whose words stand; and the other unit where a person must decide between the two."""
    if _words(ours) == _words(theirs) or _words(theirs) == _words(base):
        return ours, None
    if _words(ours) == _words(base):
        return theirs, None
    if ours.target == theirs.target:
        return _accepted_by_both(ours, theirs), None
    if not ours.target or not theirs.target:
        full, empty = (ours, theirs) if ours.target else (theirs, ours)
        return full, empty if _persons(full) and base.target else None  # emptied there, changed here
    if _persons(ours) and _persons(theirs):
        return ours, theirs
    return (theirs if _persons(theirs) else ours), None


def _words(unit: Unit) -> tuple[object, ...]:
    return unit.target, unit.fuzzy, unit.previous, unit.origin, unit.review


def _persons(unit: Unit) -> bool:
    """Whether the target is a person's work: written, edited or accepted."""
    return bool(unit.target) and (not unit.by_machine or unit.review is not None)


def _standing(unit: Unit) -> tuple[int, bool, bool, str]:
    """How far the same target has come: reviewed (by two, then the later the better), found right, a person's."""
    whole = not unit.fuzzy
    people = len(unit.review.people) if unit.review and whole else 0
    return people, whole, not unit.by_machine, unit.review.date if unit.review else ""


def _accepted_by_both(ours: Unit, theirs: Unit) -> Unit:
    """The better one of two units with the same target, with what persons on both sides have said of it."""
    best = max((ours, theirs), key=_standing)  # the first of equals: ours
    if not ours.review or not theirs.review or ours.fuzzy or theirs.fuzzy:
        return best
    return replace(best, review=ours.review.united(theirs.review) or best.review)


# ---------------------------------------------------------------- units that only one side has


def _moved(unit: Unit, before: Unit, side: Mapping[Key, Unit], merged: dict[Key, Unit]) -> bool:
    """Whether the words of a unit whose source is gone on one ``side`` stand under the source that took its place.

    They are put there when that unit still has the words that both sides started from.
    """
    for key, heir in side.items():
        now = merged.get(key)
        if now is None or not heir.fuzzy or (heir.previous, heir.context) != (unit.source, unit.context):
            continue
        new = [comment for comment in unit.comments if comment not in before.comments]
        together = replace(now, comments=_united(now.comments, new))
        if now.target == unit.target:
            merged[key] = together
            return True
        if heir.target == before.target == now.target and now.fuzzy:
            merged[key] = replace(together, target=unit.target, origin=unit.origin, review=unit.review)
            return True
    return False


def _once(units: Iterable[Unit], current: Sequence[Unit]) -> Iterator[Unit]:
    """Obsolete units whose words stand nowhere else under the same source, each once, with all comments."""
    here = {(unit.key, unit.target) for unit in current}
    found: dict[tuple[Key, str], Unit] = {}
    for unit in units:
        name = (unit.key, unit.target)
        if name in here:
            continue
        best = max((found.get(name, unit), unit), key=_standing)
        found[name] = replace(best, comments=_united(found.get(name, unit).comments, unit.comments))
    yield from found.values()


# ---------------------------------------------------------------- lists and headers


def _three_way(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Ours without what they have deleted, and what they have added."""
    kept = [one for one in ours if one in theirs or one not in base]
    return _united(kept, [one for one in theirs if one not in base])


def _united(first: Sequence[_T], second: Sequence[_T]) -> tuple[_T, ...]:
    return (*first, *(one for one in second if one not in first))


def _header(base: Catalog, ours: Catalog, theirs: Catalog) -> tuple[tuple[str, str], ...]:
    old, mine, other = dict(base.header), dict(ours.header), dict(theirs.header)
    names = _united(tuple(mine), tuple(other))
    chosen = {name: mine if mine.get(name) != old.get(name) else other for name in names}
    return tuple((name, side[name]) for name, side in chosen.items() if name in side)
