"""A week of support as a picture: who is on duty for which region and language, and when nobody is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from polyhelp.model import Locale, Region
from polyhelp.regions.support.hours import DAY, Span, by_day, on_duty, union
from polyhelp.regions.support.teams import minutes
from polyhelp.site.hours_chart import WEEK, Band, Stretch, chart
from polyhelp.workflow.coverage import Duty, duties
from polyhelp.workflow.project import Project


def image(project: Project, regions: Sequence[Region], week: dt.date | None = None) -> str:
    """The week of the day ``week`` (of today, where it is None) as SVG, holidays aside."""
    first = week or project.day
    asked = duties(project, regions, first)
    bands = tuple(_band(duty, locale) for duty in asked for locale in duty.locales)
    start = first - first.weekday() * DAY
    return chart(f"Support hours, {start} to {start + 6 * DAY}", bands)


def _band(asked: Duty, locale: Locale | None) -> Band:
    around = asked.since - 2 * DAY, asked.until + 2 * DAY
    there = [_of_week(on_duty(team, *around, holidays=False), asked) for team in asked.answering(locale)]
    missing = _of_week(union(gap for name in asked.channels for gap in asked.missing(locale, name)), asked)
    needed = _of_week(asked.needed, asked)
    return Band(
        asked.region.code, locale.tag if locale else "any", asked.zone, tuple(_stretches(there, missing)), needed
    )


def _of_week(spans: Iterable[Span], asked: Duty) -> tuple[tuple[int, int], ...]:
    """``spans`` in minutes of the week on the clocks of the region, as far as they lie in it."""
    found = []
    for day, times in by_day(spans, asked.zone).items():
        midnight = (day - asked.since).days * 1440
        for opens, closes in times:
            start, end = midnight + minutes(opens), midnight + minutes(closes)
            end += 0 if closes > opens else 1440
            if start < WEEK and end > 0:
                found.append((max(start, 0), min(end, WEEK)))
    return tuple(sorted(found))


def _stretches(there: Sequence[Sequence[tuple[int, int]]], missing: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    """The week cut where the number of teams changes; where somebody is missing, that is what it shows."""
    bounds = sorted({bound for spans in (*there, missing) for span in spans for bound in span})
    for start, end in pairwise(bounds):
        if _inside(start, missing):
            yield Stretch(start, end, 0)
        elif level := sum(_inside(start, spans) for spans in there):
            yield Stretch(start, end, level)


def _inside(minute: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= minute < end for start, end in spans)
