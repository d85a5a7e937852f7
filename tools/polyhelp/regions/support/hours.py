"""When teams are on duty, as instants; and the hours of a region on the clocks of its own zone.

A team is on duty when the clocks of its zone show a time within its hours on a day that is not off. So clocks that go
forward swallow the time they skip, and an hour that clocks show twice counts twice. Instants are aware datetimes in
UTC; intervals include their start and not their end.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from polyhelp.model import WEEKDAYS
from polyhelp.regions.support import holiday_calendar
from polyhelp.regions.support.teams import Shift, Team

DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)
AHEAD = 400
"""Days that are looked at: one change of the clocks in spring, one in autumn, and a holiday of every kind."""

Span = tuple[dt.datetime, dt.datetime]
Table = Mapping[str, tuple[tuple[str, str], ...]]
"""Weekday -> the hours that begin there, as clock times. Closing at or before opening means: on the next day."""


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of every week from ``since`` to ``until``, both included; None where they do not end or begin soon."""

    since: dt.date | None
    until: dt.date | None
    table: Table


# ---------------------------------------------------------------- instants


def on_duty(team: Team, since: dt.date, until: dt.date, *, holidays: bool = True) -> tuple[Span, ...]:
    """When ``team`` works on the days ``since`` to ``until`` of its calendar; with ``holidays``, less its days off."""
    off = _off(team, since, until) if holidays else frozenset()
    return _worked(team.zone, team.hours, since, until, off)


def promised(zone: str, hours: tuple[Shift, ...], since: dt.date, until: dt.date) -> tuple[Span, ...]:
    """When ``hours`` on the clocks of ``zone`` are, on the days ``since`` to ``until``."""
    return _worked(zone, hours, since, until, frozenset())


def days_off(team: Team, since: dt.date, until: dt.date) -> tuple[dt.date, ...]:
    """The days from ``since`` to ``until`` on which the team would work, and does not."""
    worked = {day for shift in team.hours for day in shift.days}
    return tuple(sorted(day for day in _off(team, since, until) if WEEKDAYS[day.weekday()] in worked))


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """``spans`` in order, those that touch or overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def without(spans: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """What of ``spans`` lies in none of ``others``."""
    left: list[Span] = []
    cuts = union(others)
    at = 0
    for first, end in union(spans):
        start = first
        while at and cuts[at - 1][1] > start:
            at -= 1
        while at < len(cuts) and cuts[at][0] < end:
            if cuts[at][0] > start:
                left.append((start, cuts[at][0]))
            start = max(start, cuts[at][1])
            at += 1
        if start < end:
            left.append((start, end))
    return tuple(left)


def _off(team: Team, since: dt.date, until: dt.date) -> frozenset[dt.date]:
    closed = frozenset(day for day, _ in team.closed if since <= day <= until)
    return closed | (holiday_calendar.days_off(team.holidays, since, until) if team.holidays else frozenset())


@cache
def _worked(
    zone: str, hours: tuple[Shift, ...], since: dt.date, until: dt.date, off: frozenset[dt.date]
) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end, offset in _offsets(zone, since, until):
        day = (start + offset).date()
        while day <= (end + offset).date():
            if since <= day <= until and day not in off:
                found += _shown(day, hours, offset, (start, end))
            day += DAY
    return union(found)


def _shown(day: dt.date, hours: Iterable[Shift], offset: dt.timedelta, within: Span) -> Iterator[Span]:
    """The hours of one day, as far as its clocks show them ``within`` a stretch of time that has one ``offset``."""
    midnight = dt.datetime.combine(day, dt.time(), dt.UTC) - offset
    for shift in hours:
        if WEEKDAYS[day.weekday()] in shift.days:
            start = max(midnight + shift.opens * MINUTE, within[0])
            end = min(midnight + shift.closes * MINUTE, within[1])
            if start < end:
                yield start, end


@cache
def _offsets(zone: str, since: dt.date, until: dt.date) -> tuple[tuple[dt.datetime, dt.datetime, dt.timedelta], ...]:
    """The stretches of time, around the days ``since`` to ``until``, in which the zone's offset from UTC is one."""
    clocks = ZoneInfo(zone)
    start = dt.datetime.combine(since, dt.time(), dt.UTC) - 2 * DAY
    last = dt.datetime.combine(until, dt.time(), dt.UTC) + 3 * DAY
    found = []
    here, offset = start, _offset(clocks, start)
    while here < last:
        there = min(here + DAY, last)
        if _offset(clocks, there) != offset:
            change = _change(clocks, here, there)
            found.append((start, change, offset))
            start, offset = change, _offset(clocks, change)
        here = there
    return (*found, (start, last, offset))


def _change(clocks: ZoneInfo, before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """The minute at which the offset changes between two instants that have different ones."""
    offset = _offset(clocks, before)
    while after - before > MINUTE:
        middle = before + (after - before) // (2 * MINUTE) * MINUTE
        if _offset(clocks, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(clocks: ZoneInfo, instant: dt.datetime) -> dt.timedelta:
    return instant.astimezone(clocks).utcoffset() or dt.timedelta()


# ---------------------------------------------------------------- weeks on the clocks of a zone


@cache
def weeks(teams: tuple[Team, ...], zone: str, day: dt.date) -> tuple[Week, ...]:
    """The weekly hours of ``teams`` together from ``day`` on, holidays aside, on the clocks of ``zone``.

    One table as long as it is true: the clocks of the teams' zones and of ``zone`` change on different days. Tables
    that begin half a year after ``day`` or later are left out.
    """
    last = day + AHEAD * DAY
    spans = union(span for team in teams for span in on_duty(team, day - 3 * DAY, last + 3 * DAY, holidays=False))
    found = weekly(spans, zone, day, last)
    return tuple(week for week in found if week.since is None or week.since - day < AHEAD // 2 * DAY)


def weekly(spans: Iterable[Span], zone: str, day: dt.date, last: dt.date) -> tuple[Week, ...]:
    """``spans`` as tables of weeks on the clocks of ``zone``, from ``day`` to ``last``: each as long as it is true."""
    hours = by_day(spans, zone)
    stretches: list[tuple[dt.date, dict[str, tuple[tuple[str, str], ...]]]] = []
    here = day
    while here <= last:
        weekday, today = WEEKDAYS[here.weekday()], hours.get(here, ())
        if not stretches or stretches[-1][1].get(weekday, today) != today:
            stretches.append((here, {}))
        stretches[-1][1][weekday] = today
        here += DAY
    ends = [start - DAY for start, _ in stretches[1:]]
    return tuple(
        Week(None if start == day else start, until, table)
        for (start, table), until in zip(stretches, [*ends, None], strict=True)
    )


def by_day(spans: Iterable[Span], zone: str) -> Mapping[dt.date, tuple[tuple[str, str], ...]]:
    """``spans`` as clock times by the day on which they begin in ``zone``.

    Less than a day over midnight stays in one piece, ``("16:00", "01:00")``; more is cut at midnight.
    """
    clocks = ZoneInfo(zone)
    found: dict[dt.date, list[tuple[str, str]]] = defaultdict(list)
    for start, end in spans:
        first = start.astimezone(clocks).replace(tzinfo=None)
        last = end.astimezone(clocks).replace(tzinfo=None)
        pieces = [(first, last)] if last - first < DAY else _cut(first, last)
        for opens, closes in pieces:
            shown = f"{closes:%H:%M}"
            found[opens.date()].append((f"{opens:%H:%M}", "24:00" if shown == "00:00" else shown))
    return {day: tuple(times) for day, times in found.items()}


def _cut(first: dt.datetime, last: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    start = first
    while start < last:
        end = min(dt.datetime.combine(start.date(), dt.time()) + DAY, last)
        yield start, end
        start = end


def rows(table: Table) -> tuple[Mapping[str, object], ...]:
    """A table as rows: days with the same hours share theirs.

    A row has ``days``, ``opens`` and ``closes``, and the switches ``overnight`` (it closes on the next day) and
    ``all_day`` (from midnight to midnight).
    """
    groups: dict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for weekday in WEEKDAYS:
        if table.get(weekday):
            groups[table[weekday]].append(weekday)
    return tuple(
        {
            "days": tuple(days),
            "opens": opens,
            "closes": closes,
            "overnight": closes <= opens,
            "all_day": (opens, closes) == ("00:00", "24:00"),
        }
        for times, days in groups.items()
        for opens, closes in times
    )
