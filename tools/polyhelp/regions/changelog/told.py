"""Which changes customers have been told of, and which they have not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from polyhelp.model import Region
from polyhelp.regions.changelog.differences import Change, ChangeKind, holds, steps


@dataclass(frozen=True, slots=True)
class Told:
    """A change that customers have been told of, and the day on which it was written down."""

    change: Change
    recorded: dt.date

    @property
    def day(self) -> dt.date:
        """The day from which it holds, as far as anybody knows."""
        return self.change.since or self.recorded


def news(told: Sequence[Told], changes: Iterable[Change], day: dt.date) -> tuple[Change, ...]:
    """Those of ``changes``, as of ``day``, that the log does not tell already. ``told`` is the log, the oldest first.

    What holds on ``day`` is compared with the last that was told of the same thing and holds by then; what comes later
    is compared with the last that was told for the same day.
    """
    holding = {one.change.subject: one.change for one in standing(told) if one.day <= day}
    coming = {(one.change.subject, one.change.since): one.change for one in told if one.change.since}
    return tuple(
        change
        for change in changes
        if not _says(
            coming.get((change.subject, change.since))
            if change.since and change.since > day
            else holding.get(change.subject),
            change,
        )
    )


def standing(told: Iterable[Told]) -> tuple[Told, ...]:
    """The log without what was withdrawn, or told anew for the same day; in the order of the days."""
    dated: dict[object, Told] = {}
    others: list[Told] = []
    for one in told:
        if one.change.since:
            dated[one.change.subject, one.change.since] = one
        else:
            others.append(one)
    holding = (one for one in dated.values() if not one.change.withdrawn)
    return tuple(sorted((*others, *holding), key=lambda one: one.day))


def history(told: Iterable[Told], region: Region, since: dt.date, day: dt.date) -> tuple[Told, ...]:
    """What has changed in ``region`` up to ``day``, the latest day first: the log, and the steps after ``since``.

    A change that stands in the log and in the data is there once, also where it came on another day than announced.
    What was announced for a day and is not what the data says by now is left out: nobody knows that it ever held.
    """
    known = [one for one in standing(told) if one.day <= day]
    taken = [Told(step, step.since) for step in steps(region) if step.since and since < step.since <= day]
    last: dict[object, Told] = {}
    found: list[Told] = []
    for one in sorted((*known, *taken), key=lambda one: one.day):
        before = last.get(one.change.subject)
        if not (before and _same(before.change, one.change)):
            found.append(one)
            last[one.change.subject] = one
    sure = (one for one in found if not _hollow(one, last, region))
    return tuple(sorted(sure, key=lambda one: one.day, reverse=True))


def _hollow(one: Told, last: Mapping[object, Told], region: Region) -> bool:
    announced = one.change.since is not None and one is last[one.change.subject]
    return announced and not holds(one.change, region)


def _same(one: Change, other: Change) -> bool:
    """Whether two that follow each other are one change. Two without a date are two: it went back between them."""
    dated = one.since is not None or other.since is not None
    return dated and _says(one, other) and one.old == other.old


def _says(last: Change | None, change: Change) -> bool:
    if last is None or last.withdrawn != change.withdrawn:
        return False
    return last.new == change.new and (last.kind is ChangeKind.REMOVED) == (change.kind is ChangeKind.REMOVED)
