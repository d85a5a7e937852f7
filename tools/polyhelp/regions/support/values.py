"""What templates see as ``hours``, and what a page needs to say whether somebody is on duty now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from polyhelp.model import WEEKDAYS, Locale, Region
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.support import holiday_calendar
from polyhelp.regions.support.hours import AHEAD, DAY, by_day, days_off, on_duty, rows, union, weeks, without
from polyhelp.regions.support.teams import Team, teams_of

UNDETERMINED = Locale("und")
"""The language of a reason that a shop gave in words of its own (ISO 639-2)."""

NEXT = 5
"""How many of the coming days off a page sees."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which hours of a region fall away, on its own calendar.

    ``whole`` says that nobody is there on that day; ``locale`` is the language of ``name``.
    """

    date: dt.date
    name: str
    locale: Locale
    whole: bool


def hours_values(region: Region, teams: Mapping[str, Team], day: dt.date, formats: Formats) -> Mapping[str, object]:
    """What templates see as ``hours``: zone, weeks, holidays, languages, teams, channels.

    ``weeks`` has ``since`` and ``until`` (dates or null) and ``rows`` with ``days``, ``opens``, ``closes`` and
    ``overnight``, on the clocks of ``zone``; ``holidays`` the next days off with ``date``, ``name``, ``language`` (of
    the name), ``translated`` (it is the reader's) and ``whole`` (nobody is there all day).

    Raises RegionError for a team that is not there.
    """
    own = teams_of(region, teams)
    zone = zone_of(region, own)
    coming = next_days_off(own, zone, day, formats.locale)[:NEXT]
    return {
        "zone": zone,
        "weeks": tuple(
            {"since": week.since, "until": week.until, "rows": rows(week.table)} for week in weeks(own, zone, day)
        ),
        "holidays": tuple(
            {
                "date": one.date,
                "name": one.name,
                "language": one.locale.tag,
                "translated": one.locale == formats.locale,
                "whole": one.whole,
            }
            for one in coming
        ),
        "languages": region.at("support.languages", ()),
        "teams": tuple(
            {
                "name": team.name,
                "zone": team.zone,
                "languages": tuple(one.tag for one in team.languages),
                "channels": team.channels,
            }
            for team in own
        ),
        "channels": region.at("support.channels", ()),
    }


def zone_of(region: Region, teams: tuple[Team, ...]) -> str:
    """The zone of the region's hours: what it says, else its first team's; UTC where there is neither."""
    zone = region.at("support.timezone")
    return str(zone) if zone else teams[0].zone if teams else "UTC"


def next_days_off(teams: tuple[Team, ...], zone: str, day: dt.date, locale: Locale) -> tuple[DayOff, ...]:
    """The days from ``day`` on, on the calendar of ``zone``, on which hours fall away because a team is off."""
    return tuple(
        DayOff(one.date, *_names(one.team, day, locale)[one.off], one.whole) for one in _fallen(teams, zone, day)
    )


@dataclass(frozen=True, slots=True)
class _Fallen:
    """A day of a region whose hours fall away because ``team`` is off on ``off``, a day of its own calendar."""

    date: dt.date
    team: Team
    off: dt.date
    whole: bool


@cache
def _fallen(teams: tuple[Team, ...], zone: str, day: dt.date) -> tuple[_Fallen, ...]:
    last = day + AHEAD * DAY
    since, until = _around(day)
    left = union(span for team in teams for span in on_duty(team, since, until))
    there = by_day(left, zone)
    found: dict[dt.date, _Fallen] = {}
    for team in teams:
        for off in days_off(team, since, until):
            fallen = without(on_duty(team, off, off, holidays=False), left)
            for date in sorted(by_day(fallen, zone)):
                if day <= date <= last:
                    found.setdefault(date, _Fallen(date, team, off, whole=date not in there))
    return tuple(found[date] for date in sorted(found))


@cache
def _names(team: Team, day: dt.date, locale: Locale) -> Mapping[dt.date, tuple[str, Locale]]:
    """The reasons of days off. A shop's own reason is shown as it is written, unless it is a common holiday."""
    names = {}
    for date, reason in team.closed:
        name = holiday_calendar.known_name(reason, locale)
        names[date] = (name, locale) if name else (reason, UNDETERMINED)
    if team.holidays:
        known = holiday_calendar.holidays(team.holidays, *_around(day), locale)
        names |= {one.date: (one.name, one.locale) for one in known}
    return names


def _around(day: dt.date) -> tuple[dt.date, dt.date]:
    """The days of a team's calendar that can matter to a region, wherever the two are."""
    return day - 2 * DAY, day + (AHEAD + 2) * DAY


def duty_data(region: Region, teams: Mapping[str, Team], day: dt.date) -> Mapping[str, Any] | None:
    """The hours of a region's teams as JSON can say them; None when it has no team with hours.

    Per team its IANA zone, its hours as ``[weekday from 0 for Monday, opens, closes]`` in minutes, and its days off
    on its own calendar from ``day`` on; ``until`` is the last day that they are known for.
    """
    own = tuple(team for team in teams_of(region, teams) if team.hours)
    if not own:
        return None
    last = day + AHEAD * DAY
    return {
        "since": (day - DAY).isoformat(),
        "until": last.isoformat(),
        "teams": [
            {
                "zone": team.zone,
                "hours": sorted(
                    [WEEKDAYS.index(name), shift.opens, shift.closes] for shift in team.hours for name in shift.days
                ),
                "off": [one.isoformat() for one in days_off(team, day - 2 * DAY, last + 2 * DAY)],
            }
            for team in own
        ],
    }
