"""Bring a catalog up to date with its document, by comparing source texts.

    unit before                  document now         unit after
    "Open the box." (reviewed)   "Open the box."      kept as it is
    "Send it back." (target T)   "Send it to us."     T, fuzzy, previous source "Send it back."
    "Old rule."     (target T)   gone                 obsolete, T kept
    gone, obsolete  (target T)   "Old rule." again    T, as it was
    none                         "New rule."          empty

1. A source that is still there keeps its unit.
2. A source that came back takes its unit from the obsolete ones, as it was. Else it takes the target of a fuzzy unit
   whose previous source it is (and leaves it there, where that unit's own source still stands). What a machine made
   and nobody has reviewed comes back as fuzzy.
3. Any other new source takes over the target of the most similar unit that lost its source (60 of 100 or better),
   as fuzzy. A unit that was fuzzy already keeps its first previous source: the one its target was made from.
4. A unit that lost its source becomes obsolete if it has a target.
5. An obsolete unit stays as long as its words stand nowhere else.
6. Nothing else changes, so doing it twice is doing it once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from polyhelp.model import Catalog, Document, Key, Segment, Unit
from polyhelp.text.similarity import similarity

NEAR = 60
"""Similarity (0 to 100) from which an old target is worth showing beside a new source; gettext's msgmerge uses 0.6."""


def sync(document: Document, old: Catalog) -> Catalog:
    """``old`` brought up to date with ``document``."""
    wanted = _wanted(document.segments)
    current = {unit.key: unit for unit in old.current}
    retired = {unit.key: unit for unit in old.units if unit.obsolete}  # the last one of a key is the latest
    lost = {key: unit for key, unit in current.items() if key not in wanted and unit.target}
    back = {
        Key(unit.previous, unit.context): unit
        for unit in (*retired.values(), *old.current, *lost.values())  # the best place to take from comes last
        if unit.fuzzy and unit.previous and unit.target
    }
    taken: set[Unit] = set()
    found: dict[Key, Unit] = {}
    for key in wanted:
        if key in current:
            found[key] = current[key]
        elif key in retired:
            found[key] = _revived(retired[key])
        elif key in back:
            lost.pop(back[key].key, None)
            taken.add(back[key])
            found[key] = _revived(replace(back[key], source=key.source, previous="", fuzzy=False))
    for key in wanted:
        if key not in found:
            similar = _most_similar(key, list(lost.values()))
            found[key] = _edited(lost.pop(similar.key), key) if similar else Unit(key.source, context=key.context)
    units = [replace(found[key], notes=_notes(segment)) for key, segment in wanted.items()]
    here = {(unit.key, unit.target) for unit in (*units, *lost.values())}
    kept = [unit for unit in old.units if unit.obsolete and (unit.key, unit.target) not in here and unit not in taken]
    gone = [replace(unit, obsolete=True) for unit in lost.values()]
    return replace(old, units=(*units, *kept, *gone))


def _wanted(segments: Iterable[Segment]) -> dict[Key, Segment]:
    wanted: dict[Key, Segment] = {}
    for segment in segments:
        wanted.setdefault(segment.key, segment)
    return wanted


def _notes(segment: Segment) -> tuple[str, ...]:
    return (segment.kind.value, f"note: {segment.note}") if segment.note else (segment.kind.value,)


def _revived(unit: Unit) -> Unit:
    """A unit whose source is back. A machine's word needs its look again unless somebody has reviewed it.

    Whether the review still holds is for its digest to say: it also covers region data, which sync does not know.
    """
    return replace(unit, fuzzy=unit.fuzzy or (unit.by_machine and unit.review is None), obsolete=False)


def _most_similar(key: Key, units: list[Unit]) -> Unit | None:
    best, score = None, NEAR - 1
    for unit in units:
        length, other = len(key.source), len(unit.source)
        if 200 * min(length, other) < NEAR * (length + other):
            continue  # too different in length to reach NEAR
        now = similarity(key.source, unit.source)
        if now > score:
            best, score = unit, now
    return best


def _edited(unit: Unit, key: Key) -> Unit:
    previous = unit.previous if unit.fuzzy and unit.previous else unit.source
    return replace(unit, source=key.source, context=key.context, previous=previous, fuzzy=True)
