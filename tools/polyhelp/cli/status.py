"""polyhelp status."""

from __future__ import annotations

from collections.abc import Sequence

import click

from polyhelp.cli import console, options
from polyhelp.cli.output import finish
from polyhelp.workflow.status import STATES, Row, status


@click.command()
@options.common()
@click.option("--articles", is_flag=True, help="A line for each article as well.")
def command(common: options.Common, *, articles: bool) -> int:
    """Count source words by state, locale and article.

    missing: no translation. changed: the source has changed since. machine: unreviewed machine output. translated: by
    a person. reviewed: accepted.
    """
    project = common.project()
    rows = status(project, project.select(common.locales))
    if common.format == "text":
        _table(rows, articles=articles)
    data = [
        {
            "locale": row.locale.tag,
            "path": row.path,
            "units": dict(zip(STATES, row.units, strict=True)),
            "words": dict(zip(STATES, row.words, strict=True)),
        }
        for row in rows
    ]
    return finish(common, project, {"status": data}, [])


def _table(rows: Sequence[Row], *, articles: bool) -> None:
    body = []
    for locale in dict.fromkeys(row.locale for row in rows):
        own = [row for row in rows if row.locale == locale]
        words = [sum(column) for column in zip(*(row.words for row in own), strict=True)]
        body.append([locale.tag, "all articles", *(f"{number:,}" for number in words), _share(words)])
        if articles:
            body += [["", row.path, *(f"{number:,}" for number in row.words), _share(list(row.words))] for row in own]
    console.say_table("Source words by state", ["locale", "article", *STATES, "ready"], body)


def _share(words: list[int]) -> str:
    """The share of words that are more than missing or changed."""
    return f"{100 * sum(words[2:]) // (sum(words) or 1)} %"
