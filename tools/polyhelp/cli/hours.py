"""polyhelp hours check, show."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from polyhelp.cli import console, options
from polyhelp.cli.output import LEVELS, finish
from polyhelp.locales import files
from polyhelp.model import WEEKDAYS, Severity
from polyhelp.regions.filters.calendars import runs
from polyhelp.text.words import count
from polyhelp.workflow.coverage import Gap, coverage
from polyhelp.workflow.hours import chosen, table
from polyhelp.workflow.hours_image import image

_NO_TEAM = "no team of the region does"
_COLUMNS = ("region", "language", "channels", "days", "nobody from", "to", "weeks")


@click.group()
def command() -> None:
    """Support hours: what customers see, and whether somebody is there then."""


@command.command("show")
@options.common(date=True)
@click.argument("region")
def show_(common: options.Common, region: str) -> int:
    """Print the support hours of REGION (such as DE) as its customers see them, with the next days off.

    On the region's own clocks, in the source language, or in --locale.
    """
    project = common.project()
    (here,) = chosen(project, (region,))
    locales = project.select(common.locales) if common.locales else (project.settings.source,)
    shown = {locale.tag: list(table(project, here, locale)) for locale in locales}
    lines = [line for one in shown.values() for line in one]
    return finish(common, project, {"region": here.code, "hours": shown}, lines)


@command.command("check")
@options.common(locales=False, date=True)
@options.regions
@click.option(
    "--week",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Only the week with this day; by default the coming year, with every change of the clocks.",
)
@click.option(
    "--image",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw the week as SVG into this file; the current one, unless --week says another.",
)
def check_(common: options.Common, codes: tuple[str, ...], week: dt.datetime | None, file: Path | None) -> int:
    """Find hours of the week in which nobody is on duty for a promised language of a region.

    Hours that support.promise names must be kept by the region's own teams, in every promised language, on phone, chat
    and email as far as they are promised; one that is not is an error, and the exit status is 1. So is a language that
    no team speaks. Where no hours are promised, those of the region's teams together are taken, and gaps are warnings.
    Holidays in the next 90 days on which a promise is not kept are remarks.
    """
    project = common.project()
    regions = chosen(project, codes)
    day = week.date() if week else None
    gaps = coverage(project, regions, day)
    found = Counter(gap.severity for gap in gaps)
    if file:
        files.write(file, image(project, regions, day), str(file))
    if common.format == "github":
        for gap in gaps:
            console.annotate(LEVELS[gap.severity], gap.place, sentence(gap))
    elif common.format == "text" and common.loud >= 0:
        _tables(gaps)
    lines = [] if common.format == "github" else _summary(found, len(regions), file)
    data = {"gaps": [_data(gap) for gap in gaps], "regions": [region.code for region in regions]}
    return finish(common, project, data, lines, no=bool(found[Severity.ERROR]))


def _summary(found: Counter[Severity], regions: int, file: Path | None) -> list[str]:
    parts = [
        count(found[Severity.ERROR], "promise not kept", "promises not kept"),
        count(found[Severity.WARNING], "gap without a promise", "gaps without a promise"),
        count(found[Severity.INFO], "gap on a holiday", "gaps on holidays"),
    ]
    return [f"{count(regions, 'region')}: {', '.join(parts)}", *([f"{file} written"] if file else [])]


_TITLES = {
    Severity.ERROR: "Promises that are not kept",
    Severity.WARNING: "Gaps in the hours of a region's teams, where none are promised",
    Severity.INFO: "Holidays on which a promise is not kept",
}


def _tables(gaps: Iterable[Gap]) -> None:
    for severity, group in groupby(gaps, key=lambda gap: gap.severity):
        if severity is Severity.INFO:
            console.say_table(
                _TITLES[severity], ("holiday", "nobody there, all day or for some hours"), _holidays(group)
            )
        else:
            console.say_table(_TITLES[severity], _COLUMNS, [line for gap in group for line in _lines(gap)])
        console.say("")


def _holidays(gaps: Iterable[Gap]) -> list[Sequence[str]]:
    """A line per holiday, with the regions and languages in which it leaves hours without anybody."""
    days: dict[tuple[str, str], dict[str, list[str]]] = {}
    for gap in gaps:
        regions = days.setdefault((str(gap.week.since), gap.holiday), {})
        languages = regions.setdefault(gap.region, [])
        if _language(gap) not in languages:
            languages.append(_language(gap))
    told = {
        day: ", ".join(f"{region} ({' '.join(languages)})" for region, languages in regions.items())
        for day, regions in days.items()
    }
    return [(f"{day} {holiday}", told[day, holiday]) for day, holiday in sorted(told)]


def _lines(gap: Gap) -> list[Sequence[str]]:
    head = (gap.region, _language(gap), ", ".join(gap.channels) or "any")
    if not gap.rows:
        return [(*head, "always", "", "", _NO_TEAM)]
    return [(*head, _days(row), str(row["opens"]), _closes(row), _weeks(gap)) for row in gap.rows]


def _language(gap: Gap) -> str:
    return gap.locale.tag if gap.locale else "any"


def _weeks(gap: Gap) -> str:
    week = gap.week
    if gap.holiday:
        return f"{week.since}, {gap.holiday}"
    if not week.since and not week.until:
        return "every week"
    return " ".join(
        filter(None, (f"from {week.since}" if week.since else "", f"until {week.until}" if week.until else ""))
    )


def _days(row: Mapping[str, Any]) -> str:
    found = runs(row["days"], WEEKDAYS[0])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(run) for run in found)


def _closes(row: Mapping[str, Any]) -> str:
    return f"{row['closes']} next day" if row["overnight"] else str(row["closes"])


def sentence(gap: Gap) -> str:
    """A gap in one sentence."""
    where = f"{gap.region}: nobody answers" + (f" in {gap.locale}" if gap.locale else "")
    where += f" by {', '.join(gap.channels)}" if gap.channels else ""
    if not gap.rows:
        return f"{where}: {_NO_TEAM}"
    times = "; ".join(f"{_days(row)} {row['opens']}-{_closes(row)}" for row in gap.rows)
    return f"{where}: {times} ({gap.zone}), {_weeks(gap)}"


def _data(gap: Gap) -> dict[str, Any]:
    return {
        "region": gap.region,
        "zone": gap.zone,
        "locale": gap.locale.tag if gap.locale else None,
        "channels": list(gap.channels),
        "severity": gap.severity.value,
        "since": gap.week.since.isoformat() if gap.week.since else None,
        "until": gap.week.until.isoformat() if gap.week.until else None,
        "hours": [{**row, "days": list(row["days"])} for row in gap.rows],  # type: ignore[call-overload]
        "holiday": gap.holiday or None,
        "path": gap.place.path,
        "line": gap.place.line,
        "message": sentence(gap),
    }
