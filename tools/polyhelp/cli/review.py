"""polyhelp review list|accept|reject."""

from __future__ import annotations

from collections.abc import Sequence

import click

from polyhelp.cli import options
from polyhelp.cli.output import count, finish
from polyhelp.workflow import review


@click.group()
def command() -> None:
    """See what waits for a person, accept it or reject it.

    What is accepted is recorded in the catalog: who, when, and a fingerprint of the text and the region data it was
    seen with, so that the acceptance ends by itself when one of them changes.
    """


_chosen = click.argument("chosen", nargs=-1, required=True, metavar="ID|ARTICLE...")
_as = click.option("--as", "who", default="", metavar="NAME", help="Who decides; git's user.name by default.")


@command.command("list")
@options.common()
def list_(common: options.Common) -> int:
    """List what waits for a person, pages that need review first, each with its id and the reasons."""
    project = common.project()
    rows = review.queue(project, project.select(common.locales))
    words = sum(row.words for row in rows)
    lines = [*review.lines(rows), f"{count(len(rows), 'unit')}, {count(words, 'source word')} to read"]
    return finish(common, project, {"queue": _rows(rows)}, lines)


@command.command()
@options.common()
@_chosen
@_as
def accept(common: options.Common, chosen: tuple[str, ...], who: str) -> int:
    """Accept translations as they stand: by id from `review list`, or all of an article's by its path."""
    project = common.project()
    name = review.reviewer(project, who)
    rows = review.accept(project, project.select(common.locales), chosen, name)
    return finish(common, project, {"accepted": _rows(rows)}, [f"{count(len(rows), 'unit')} accepted as {name}"])


@command.command()
@options.common()
@_chosen
@_as
@click.option("--reason", default="", help="Why; it is kept beside the unit.")
def reject(common: options.Common, chosen: tuple[str, ...], who: str, reason: str) -> int:
    """Take translations back. The unit is empty again, and the rejected answer does not come back from the engine."""
    project = common.project()
    name = review.reviewer(project, who)
    rows = review.reject(project, project.select(common.locales), chosen, name, " ".join(reason.split()))
    return finish(common, project, {"rejected": _rows(rows)}, [f"{count(len(rows), 'unit')} rejected as {name}"])


def _rows(rows: Sequence[review.Waiting]) -> list[dict[str, object]]:
    return [
        {
            "id": row.id, "locale": row.locale.tag, "path": row.path, "source": row.unit.source,
            "target": row.unit.target, "previous": row.unit.previous, "reasons": row.reasons, "words": row.words,
        }
        for row in rows
    ]  # fmt: skip
