"""Support hours of a help center, as customers see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from polyhelp.errors import UsageError
from polyhelp.model import Locale, Region
from polyhelp.regions import Formats
from polyhelp.regions.support.values import duty_data, hours_values
from polyhelp.text.similarity import instead
from polyhelp.workflow.project import Project


def duty(project: Project) -> Mapping[str, Mapping[str, Any]]:
    """The hours of every region that has teams, for its pages, by code. What is wrong with one is noted."""
    teams = project.teams
    found = {}
    for code, region in project.regions.items():
        data = project.attempt(lambda region=region: duty_data(region, teams, project.day))  # type: ignore[misc]
        if data:
            found[code] = data
    return found


def chosen(project: Project, codes: Iterable[str]) -> tuple[Region, ...]:
    """The regions called ``codes``, all of them when there are none. Raises UsageError for an unknown one."""
    found: dict[str, Region] = {}
    for code in codes:
        name = "GB" if code.upper() == "UK" else code.upper()
        if name not in project.regions:
            hint = instead(name, project.regions)
            raise UsageError(f"there is no region '{code}'", hint=hint)
        found[name] = project.regions[name]
    return tuple(found.values()) or tuple(project.regions.values())


def table(project: Project, region: Region, locale: Locale) -> Iterator[str]:
    """The hours of a region as lines of text, in the words and on the clocks that its customers see.

    Raises RegionError when the region names a team that is not there.
    """
    formats = Formats(locale, region.code)
    say = formats.filters
    values: Any = hours_values(region, project.teams, project.day, formats)
    yield f"{say['region_name'](region.code)} ({values['zone']})"
    for week in values["weeks"]:
        if week["since"] or week["until"]:
            yield f"  {_stretch(week['since'], week['until'], formats)}"
        if not week["rows"]:
            yield "    -"
        for row in week["rows"]:
            yield f"    {say['weekdays'](row['days'])}: {say['time'](row['opens'])} – {say['time'](row['closes'])}"
    for day in values["holidays"]:
        yield f"  {say['date'](day['date'])}: {day['name']}{'' if day['whole'] else ' (fewer hours)'}"


def _stretch(since: dt.date | None, until: dt.date | None, formats: Formats) -> str:
    """Days from and to, without words."""
    begins, ends = (str(formats.filters["date"](day)) if day else "…" for day in (since, until))
    return f"{begins} – {ends}"
