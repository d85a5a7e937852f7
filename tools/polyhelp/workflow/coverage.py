"""Whether somebody is there when a region says so: its promise, hour by hour, against the hours of its teams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from polyhelp.errors import Place, RegionError
from polyhelp.model import WEEKDAYS, Locale, Region, Severity
from polyhelp.regions.support.hours import DAY, Span, Week, by_day, on_duty, promised, rows, union, weekly, without
from polyhelp.regions.support.teams import OVER_MIDNIGHT, Shift, Team, shifts, teams_of
from polyhelp.regions.support.values import next_days_off, zone_of
from polyhelp.workflow.project import Project

YEAR = 53
"""Weeks that are looked at: every state of the clocks, on both sides."""

HOLIDAYS = 90
"""Days from today in which a holiday on which a promise is not kept is worth a remark."""

LIVE = ("phone", "chat", "email")
"""Channels on which somebody has to be there; a form and the post can wait."""

ANY = ""
"""The channel of a region that promises none: any will do."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours in which nobody of a region's teams answers in a language on some channels.

    No locale and no channels mean any. ``week`` is on the clocks of ``zone``; its table is empty when nobody ever
    answers in the language. ``holiday`` names the day off that makes a gap of one day.
    """

    region: str
    zone: str
    locale: Locale | None
    channels: tuple[str, ...]
    week: Week
    severity: Severity
    place: Place
    holiday: str = ""

    @property
    def rows(self) -> tuple[Mapping[str, object], ...]:
        """The hours of the gap, as :func:`polyhelp.regions.support.hours.rows` makes them."""
        return rows(self.week.table)


@dataclass(frozen=True, slots=True)
class Duty:
    """What a region asks of its teams from ``since`` to ``until``: in the hours ``needed`` somebody has to be there.

    ``is_promise`` tells hours that the region promises from those that its own teams happen to have.
    """

    region: Region
    zone: str
    teams: tuple[Team, ...]
    since: dt.date
    until: dt.date
    needed: tuple[Span, ...]
    is_promise: bool

    @property
    def locales(self) -> tuple[Locale | None, ...]:
        """The languages that the region promises; None, for any, where it promises none."""
        tags = self.region.at("support.languages", ())
        return tuple(Locale.parse(tag) for tag in tags) if isinstance(tags, tuple) and tags else (None,)

    @property
    def channels(self) -> tuple[str, ...]:
        """The promised channels on which somebody has to be there."""
        said = self.region.at("support.channels", ())
        return tuple(name for name in LIVE if isinstance(said, tuple) and name in said) or (ANY,)

    @property
    def place(self) -> Place:
        """Where the promise stands."""
        names = ("support.promise", "support.languages", "support.teams")
        return next((self.region.places[name] for name in names if name in self.region.places), Place(""))

    def answering(self, locale: Locale | None, channel: str = ANY) -> tuple[Team, ...]:
        """The teams that answer in ``locale`` on ``channel``."""
        speaking = (team for team in self.teams if locale is None or team.speaks(locale))
        return tuple(team for team in speaking if channel in (*team.channels, ANY))

    def missing(self, locale: Locale | None, channel: str, *, holidays: bool = False) -> tuple[Span, ...]:
        """The hours in which somebody has to be there for ``locale`` on ``channel`` and is not.

        Without ``holidays`` every day is an ordinary one.
        """
        since, until = self.since - 2 * DAY, self.until + 2 * DAY
        teams = self.answering(locale, channel)
        there = (span for team in teams for span in on_duty(team, since, until, holidays=holidays))
        return without(self.needed, there)


def coverage(project: Project, regions: Sequence[Region], week: dt.date | None = None) -> tuple[Gap, ...]:
    """Every gap of ``regions``, in the week of the day ``week``, else in the coming year; worst first, then by region.

    An error is a promise that is not kept (``support.promise``, or a language that no team speaks), a warning a gap
    in the hours of the region's own teams where no hours are promised, a remark a holiday. What is wrong with one
    region is noted, and the others are looked at.
    """
    gaps: list[Gap] = []
    for asked in duties(project, regions, week):
        gaps += _weekly_gaps(asked)
        if asked.is_promise:
            gaps += _holiday_gaps(asked, project.day)
    order = list(Severity)
    return tuple(sorted(gaps, key=lambda gap: (order.index(gap.severity), gap.region)))


def duties(project: Project, regions: Sequence[Region], week: dt.date | None = None) -> tuple[Duty, ...]:
    """What each of ``regions`` asks of its teams, in one week or in the coming year; without those that ask nothing."""
    teams = project.teams
    found = (project.attempt(lambda region=region: _duty(region, teams, week, project.day)) for region in regions)  # type: ignore[misc]
    return tuple(one for one in found if one and (one.teams or one.is_promise))


def _duty(region: Region, teams: Mapping[str, Team], week: dt.date | None, day: dt.date) -> Duty:
    own = teams_of(region, teams)
    zone = zone_of(region, own)
    first = week or day
    since = first - first.weekday() * DAY
    until = since + (1 if week else YEAR) * 7 * DAY - DAY
    promise = _promise(region)
    if promise:
        needed = promised(zone, promise, since, until)
    else:
        around = since - 2 * DAY, until + 2 * DAY
        needed = union(span for team in own for span in on_duty(team, *around, holidays=False))
    return Duty(region, zone, own, since, until, needed, bool(promise))


def _promise(region: Region) -> tuple[Shift, ...]:
    try:
        return shifts(region.at("support.promise"))
    except ValueError as error:
        message = f"region {region.code}: support.promise: {error}"
        raise RegionError(message, region.places.get("support.promise"), OVER_MIDNIGHT) from None


def _weekly_gaps(asked: Duty) -> Iterator[Gap]:
    for locale in asked.locales:
        if not asked.answering(locale):
            yield _gap(asked, locale, asked.channels, Week(None, None, {}))
            continue
        found = [
            (channel, week)
            for channel in asked.channels
            for week in weekly(asked.missing(locale, channel), asked.zone, asked.since, asked.until)
            if rows(week.table)
        ]
        for week, channels in _together(found):
            yield _gap(asked, locale, channels, week)


def _holiday_gaps(asked: Duty, day: dt.date) -> Iterator[Gap]:
    first, last = max(day, asked.since), min(day + HOLIDAYS * DAY, asked.until)
    off = {one.date: one.name for one in next_days_off(asked.teams, asked.zone, day, Locale("en"))}
    for locale in asked.locales:
        found = []
        for channel in asked.channels:
            missing = without(asked.missing(locale, channel, holidays=True), asked.missing(locale, channel))
            for date, times in by_day(missing, asked.zone).items():
                if first <= date <= last:
                    found.append((channel, Week(date, date, {WEEKDAYS[date.weekday()]: times})))
        for week, channels in _together(found):
            name = off.get(week.since, "") if week.since else ""
            yield _gap(asked, locale, channels, week, name or "a day off")


def _together(found: Iterable[tuple[str, Week]]) -> list[tuple[Week, tuple[str, ...]]]:
    """The same hours on several channels as one."""
    groups: list[tuple[Week, tuple[str, ...]]] = []
    for channel, week in found:
        at = next((number for number, (known, _) in enumerate(groups) if known == week), None)
        if at is None:
            groups.append((week, (channel,)))
        else:
            groups[at] = week, (*groups[at][1], channel)
    return groups


def _gap(asked: Duty, locale: Locale | None, channels: tuple[str, ...], week: Week, holiday: str = "") -> Gap:
    severity = Severity.ERROR if asked.is_promise or not week.table else Severity.WARNING
    if holiday:
        severity = Severity.INFO
    named = tuple(filter(None, channels))
    return Gap(asked.region.code, asked.zone, locale, named, week, severity, asked.place, holiday)
