"""polyhelp sync."""

from __future__ import annotations

from dataclasses import asdict

import click

from polyhelp.cli import options
from polyhelp.cli.output import count, finish
from polyhelp.workflow.sync import Change, SyncResult, sync


@click.command()
@options.common()
@options.dry_run
@options.frozen
def command(common: options.Common, *, dry_run: bool, frozen: bool) -> int:
    """Bring the catalogs up to date with the articles.

    New text gets an empty unit, changed text keeps its old translation as fuzzy beside its previous source, text that
    is gone is kept as obsolete. No translation is ever lost, and running it twice changes nothing.
    """
    project = common.project()
    result = sync(project, project.select(common.locales), write=not (dry_run or frozen))
    data = {"units": result.units, "changes": [row(change) for change in result.changes]}
    return finish(common, project, data, lines(result, would=dry_run or frozen), no=frozen and bool(result.changes))


def row(change: Change) -> dict[str, object]:
    """A change for scripts."""
    return {**asdict(change), "locale": change.locale.tag}


def lines(result: SyncResult, *, would: bool = False) -> list[str]:
    """What sync did, for people."""
    rows = [
        f"{change.locale}/{change.path}: "
        + ", ".join(
            f"{number} {word}"
            for number, word in (
                (change.new, "new"), (change.edited, "changed"), (change.back, "back"), (change.gone, "gone"),
            )
            if number
        )
        for change in result.changes
    ]  # fmt: skip
    rows = [f"{text}only notes" if text.endswith(": ") else text for text in rows]
    verb = "would change" if would else "changed"
    return [*rows, f"{count(len(result.changes), 'catalog')} {verb}, {count(result.units, 'unit')} in all"]
