"""How old facts are, and which of them a person should look up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from polyhelp.model import Duration, Fact

RESEARCHED = dt.date(2026, 11, 21)
"""The day on which the facts were gathered: the age of those whose source has no date."""

_NO_LAW = frozenset({"culture"})


def as_of(fact: Fact) -> dt.date:
    """The last day that ``fact`` speaks for: of a year or a month its last day, but no day after the research."""
    parts = [int(part) for part in fact.as_of.split("-")] if fact.as_of else []
    if len(parts) == 3:
        return dt.date(*parts)
    if len(parts) == 2:
        return min(_month_later(dt.date(parts[0], parts[1], 1), 1) - dt.timedelta(days=1), RESEARCHED)
    return min(dt.date(parts[0], 12, 31), RESEARCHED) if parts else RESEARCHED


def due(facts: Iterable[Fact], day: dt.date, after: Duration) -> tuple[Fact, ...]:
    """The facts about the law that are older than ``after`` on ``day``, oldest first."""
    old = [fact for fact in facts if fact.section not in _NO_LAW and _end(as_of(fact), after) < day]
    return tuple(sorted(old, key=lambda fact: (as_of(fact), fact.path)))


def _end(start: dt.date, length: Duration) -> dt.date:
    """The last day of ``length`` from ``start``. Business days count as days: nobody looks up a law to the day."""
    if length.unit in {"months", "years"}:
        return _month_later(start, length.amount * (12 if length.unit == "years" else 1))
    days = length.amount // 24 if length.unit == "hours" else length.amount
    return start + dt.timedelta(days=days)


def _month_later(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = dt.date(year, month + 1, 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
