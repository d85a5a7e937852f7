"""Values that hold on some days only: one after the other, never two at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from polyhelp.model import Dated

_DAY = dt.timedelta(days=1)


def on(values: Iterable[Dated], day: dt.date) -> Dated | None:
    """The value that holds on ``day``, or None."""
    return next((one for one in values if one.holds(day)), None)


def overlap(values: Sequence[Dated]) -> dt.date | None:
    """A day on which two of ``values`` hold, or None."""
    starts = {one.since or dt.date.min for one in values}
    return min((day for day in starts if sum(one.holds(day) for one in values) > 1), default=None)


def turns(spans: Iterable[tuple[dt.date | None, dt.date | None]]) -> set[dt.date]:
    """The days on which one of ``spans`` begins, and those after its last; None is open."""
    days: set[dt.date] = set()
    for since, until in spans:
        days |= {since} if since else set()
        days |= {until + _DAY} if until and until < dt.date.max else set()
    return days


def as_timeline(records: Sequence[Dated]) -> tuple[Dated, ...]:
    """A list whose items have days, as whole lists that hold one after the other."""
    return timeline(records, lambda day: tuple(one.value for one in records if one.holds(day)))


def timeline(parts: Iterable[Dated], value: Callable[[dt.date], object]) -> tuple[Dated, ...]:
    """What ``value`` gives on every day, when it can only change where one of ``parts`` begins or ends.

    Neighbours with equal values are one; days on which ``value`` raises LookupError have none.
    """
    days = sorted({dt.date.min} | turns((one.since, one.until) for one in parts))
    found: list[Dated] = []
    for since, after in zip(days, [*days[1:], None], strict=True):
        try:
            here = value(since)
        except LookupError:
            continue
        until = after - _DAY if after else None
        start = None if since == dt.date.min else since
        last = found[-1] if found else None
        if last and last.until and start and last.value == here and last.until + _DAY == start:
            found[-1] = Dated(here, last.since, until)
        else:
            found.append(Dated(here, start, until))
    return tuple(found)
