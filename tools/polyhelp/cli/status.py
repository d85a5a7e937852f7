"""polyhelp status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from polyhelp.cli import console, options
from polyhelp.cli.output import finish
from polyhelp.model import Locale
from polyhelp.text.words import count
from polyhelp.workflow.status import STATES, Point, Row, by_locale, one_of_two, status, write_page
from polyhelp.workflow.trend import POINTS, trend


@click.command()
@options.common()
@click.option("--articles", is_flag=True, help="A line for each article as well; so does --locale.")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page that shows it to this file."
)
@click.option(
    "--trend",
    "points",
    type=click.IntRange(0, 366),
    metavar="N",
    help=f"Look back in git's history, at N points at most. Of itself only --html does, at {POINTS}.",
)
def command(common: options.Common, html: Path | None, points: int | None, *, articles: bool) -> int:
    """Count source words by state, locale and article.

    missing: no translation. changed: the source has changed since. machine: unreviewed machine output. translated: by
    a person. reviewed: accepted. ready: the share of words that are neither missing nor changed.

    --html writes one page that needs nothing else, with the trend from git's history.
    """
    project = common.project()
    targets = project.select(common.locales)
    with console.progress("counting", len(targets) * len(project.documents)) as advance:
        rows = status(project, targets, advance)
    totals = by_locale(rows)
    most = points if points is not None else POINTS if html else 0
    with console.progress("looking back", most) as advance:
        history = trend(project, rows, most, advance) if most else ()
    if html:
        write_page(project, rows, history, html)
    if common.format == "text" and common.loud >= 0:
        _locales(totals, project.settings.names)
        if articles or common.locales:
            _articles(rows)
        if points:
            _trend(history)
    halfway = one_of_two(project, targets)
    data = {
        "locales": [{"name": project.settings.names.get(row.locale, row.locale.tag), **_data(row)} for row in totals],
        "status": [{"path": row.path, **_data(row)} for row in rows],
        "trend": [_point(point) for point in history],
        "one_of_two": {locale.tag: number for locale, number in halfway.items()},
    }
    lines = [f"{locale}: {count(number, 'unit')} with one acceptance of two" for locale, number in halfway.items()]
    return finish(common, project, data, [*lines, *([f"{html} written"] if html else [])])


def _data(row: Row) -> dict[str, object]:
    return {
        "locale": row.locale.tag,
        "units": dict(zip(STATES, row.units, strict=True)),
        "words": dict(zip(STATES, row.words, strict=True)),
        "shares": dict(zip(STATES, row.shares, strict=True)),
        "ready": row.ready,
    }


def _point(point: Point) -> dict[str, object]:
    words = {locale.tag: dict(zip(STATES, words, strict=True)) for locale, words in point.words.items()}
    return {"day": point.day, "commit": point.commit or None, "words": words}


def _locales(totals: Sequence[Row], names: Mapping[Locale, str]) -> None:
    body = []
    for row in totals:
        body.append([row.locale.tag, "all articles", *_numbers(row.words), f"{row.ready} %"])
        body.append(["", console.printable(names.get(row.locale, "")), *(f"{share} %" for share in row.shares), ""])
    console.say_table("Source words by state", ["locale", "article", *STATES, "ready"], body)


def _articles(rows: Sequence[Row]) -> None:
    body = [
        [row.locale.tag, console.printable(row.path), *_numbers(row.words), f"{row.ready} %"]
        for row in rows
    ]  # fmt: skip
    console.say("")
    console.say_table("Source words by article", ["locale", "article", *STATES, "ready"], body)


def _trend(history: Sequence[Point]) -> None:
    body = [
        [
            point.day,
            point.commit[:10] or "not committed",
            *_numbers([sum(c) for c in zip(*point.words.values(), strict=True)]),
        ]
        for point in history
        if point.words
    ]
    console.say("")
    console.say_table("Source words over time, all these locales", ["day", "commit", *STATES], body)


def _numbers(words: Sequence[int]) -> list[str]:
    return [f"{number:,}" for number in words]
