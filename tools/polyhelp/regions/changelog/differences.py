"""What is different between two states of the region data, field by field, and what is prepared for later days.

A field with dates is compared as it stands on one day, and then by its steps: the days on which its value becomes
another. A step that only the new state has is a change from its day; one that only the old state had is withdrawn,
unless its value holds on that day all the same.
Lists are compared item by item: a record is known by the fields that name it, so that a new price of express delivery
is one change and not two lists. The order of a list is no change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from polyhelp.model import Dated, Region
from polyhelp.regions.kinds import Records
from polyhelp.regions.schema import SCHEMA
from polyhelp.regions.timeline import on, turns

IDENTITY: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "returns.causes": ("cause",),
    "returns.groups": ("group",),
    "payments.methods": ("brand",),
    "payments.surcharges": ("brand",),
    "payments.instalments": ("brand",),
    "shipping.import_limits": ("origin",),
    "shipping.options": ("service", "carrier"),
    "support.promise": ("days",),
})  # fmt: skip
"""The fields by which a record of a list is known. Where two records of one list have the same, all their fields."""

_DAY = dt.timedelta(days=1)
_ABSENT = object()
_ORDER = {field: number for number, field in enumerate(SCHEMA)}


class ChangeKind(StrEnum):
    """What has happened."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    REGION_ADDED = "region added"
    REGION_GONE = "region gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one region.

    ``field`` is a key path of the schema, ``""`` when the region as a whole is meant. ``item`` is what names the item
    of a list (``("express", "DHL Express")``), ``part`` the field of that record which changed; without a part, the
    whole item came or went, and ``old`` or ``new`` has it. ``since`` is the day from which the change holds, None for
    one without a date. ``withdrawn`` says that the change was announced for that day and does not come.
    """

    region: str
    field: str
    kind: ChangeKind
    old: object = None
    new: object = None
    since: dt.date | None = None
    item: tuple[object, ...] = ()
    part: str = ""
    withdrawn: bool = False

    @property
    def key(self) -> str:
        """The key path with item and part: ``shipping.options[express, DHL Express].price``."""
        item = f"[{', '.join(map(_named, self.item))}]" if self.item else ""
        return f"{self.field}{item}{f'.{self.part}' if self.part else ''}"

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the record that ``item`` has the values of; none where the list has no records."""
        kind = SCHEMA.get(self.field)
        if not isinstance(kind, Records):
            return ()
        few = IDENTITY.get(self.field, ())
        return few if len(few) == len(self.item) else tuple(kind.fields)

    @property
    def subject(self) -> tuple[object, ...]:
        """What is changed, without the values and the day: changes with equal subjects follow one another."""
        return self.region, self.field, self.item, self.part


def differences(old: Mapping[str, Region], new: Mapping[str, Region], day: dt.date) -> tuple[Change, ...]:
    """What is different in ``new``, both as of ``day``; sorted by region, then as the schema has the fields.

    A value that is equal on ``day`` is no change, whatever dates it has; the steps after ``day`` are changes of their
    own unless both states have them.
    """
    changes: list[Change] = []
    for code in sorted(old.keys() | new.keys()):
        if code not in old:
            changes.append(Change(code, "", ChangeKind.REGION_ADDED))
        elif code not in new:
            changes.append(Change(code, "", ChangeKind.REGION_GONE))
        else:
            for field in _fields(old[code], new[code]):
                changes += _between(field, old[code], new[code], day)
    return tuple(changes)


def upcoming(regions: Mapping[str, Region], day: dt.date) -> tuple[Change, ...]:
    """The steps that dated values take after ``day``, by region and field, the next day first."""
    return tuple(step for region in regions.values() for step in steps(region) if step.since and step.since > day)


def steps(region: Region) -> tuple[Change, ...]:
    """Every step that a dated value of ``region`` takes, past and to come, field by field, the earliest first."""
    return tuple(step for field in _fields(region) for step in _steps(region, field))


def holds(change: Change, region: Region) -> bool:
    """Whether ``region`` says what ``change`` made new: a value, an item of a list, or that there is none."""
    value = region.at(change.field, _ABSENT)
    if change.item:
        items = value if isinstance(value, tuple) else ()
        value = {_identity(item, change.names): item for item in items}.get(change.item, _ABSENT)
        if not change.part:
            return (value is _ABSENT) == (change.kind is ChangeKind.REMOVED)
        value = value.get(change.part, _ABSENT) if isinstance(value, Mapping) else _ABSENT
    return value is _ABSENT if change.kind is ChangeKind.REMOVED else value == change.new


# ---------------------------------------------------------------- one field


def _fields(*regions: Region) -> list[str]:
    found: set[str] = set()
    for region in regions:
        found |= region.dated.keys()
        for key, value in region.data.items():
            found |= {f"{key}.{name}" for name in value} if isinstance(value, Mapping) else {key}
    return sorted(found, key=lambda field: (_ORDER.get(field, len(_ORDER)), field))


def _timeline(region: Region, field: str) -> tuple[Dated, ...]:
    if field in region.dated:
        return region.dated[field]
    value = region.at(field, _ABSENT)
    return () if value is _ABSENT else (Dated(value),)


def _between(field: str, old: Region, new: Region, day: dt.date) -> Iterator[Change]:
    taken = _steps(new, field)
    held = on(_timeline(old, field), day), on(_timeline(new, field), day)
    for change in _compared(Change(new.code, field, ChangeKind.CHANGED), *held):
        past = (step for step in reversed(taken) if step.since and step.since <= day and step.subject == change.subject)
        last = next(past, None)
        yield replace(change, since=last.since if last and last.new == change.new else None)
    coming = [step for step in taken if step.since and step.since > day]
    expected = [step for step in _steps(old, field) if step.since and step.since > day]
    yield from (step for step in coming if step not in expected)
    settled = {(step.subject, step.since) for step in coming}
    for step in expected:
        if (step.subject, step.since) not in settled and step.since and _differs(step, old, new, step.since):
            yield replace(step, withdrawn=True)


def _differs(step: Change, old: Region, new: Region, day: dt.date) -> bool:
    """Whether what ``step`` changes is not the same on ``day``: what comes earlier than announced is not withdrawn."""
    held = (on(_timeline(region, step.field), day) for region in (old, new))
    return any(one.subject == step.subject for one in _compared(replace(step, item=(), part=""), *held))


def _steps(region: Region, field: str) -> list[Change]:
    values = region.dated.get(field, ())
    days = turns((one.since, one.until) for one in values)
    found: list[Change] = []
    for day in sorted(days - {dt.date.min}):
        about = Change(region.code, field, ChangeKind.CHANGED, since=day)
        found += _compared(about, on(values, day - _DAY), on(values, day))
    return found


def _compared(about: Change, old: Dated | None, new: Dated | None) -> Iterator[Change]:
    """What is different between two values of the field that ``about`` names; None is no value at all."""
    before, after = old.value if old else (), new.value if new else ()
    if isinstance(before, tuple) and isinstance(after, tuple):
        yield from _listed(about, before, after)
    elif old is None:
        yield replace(about, kind=ChangeKind.ADDED, new=after)
    elif new is None:
        yield replace(about, kind=ChangeKind.REMOVED, old=before)
    elif before != after:
        yield replace(about, old=before, new=after)


def _listed(about: Change, old: Sequence[object], new: Sequence[object]) -> Iterator[Change]:
    names = IDENTITY.get(about.field, ())
    if not (names and _tells_apart(old, names) and _tells_apart(new, names)):
        names = ()
    before = {_identity(item, names): item for item in old}
    after = {_identity(item, names): item for item in new}
    for item in dict.fromkeys((*before, *after)):
        one = replace(about, item=item)
        if item not in after:
            yield replace(one, kind=ChangeKind.REMOVED, old=before[item])
        elif item not in before:
            yield replace(one, kind=ChangeKind.ADDED, new=after[item])
        else:
            yield from _parts(one, before[item], after[item])


def _parts(about: Change, old: object, new: object) -> Iterator[Change]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in new:
            if old[name] != new[name]:
                yield replace(about, part=name, old=old[name], new=new[name])


def _tells_apart(items: Iterable[object], names: tuple[str, ...]) -> bool:
    found = [_identity(item, names) for item in items]
    return len(set(found)) == len(found)


def _identity(item: object, names: tuple[str, ...]) -> tuple[object, ...]:
    if not isinstance(item, Mapping):
        return (item,)
    return tuple(item[name] for name in names or item)


def _named(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
