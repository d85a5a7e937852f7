"""polyhelp import."""

from __future__ import annotations

from pathlib import Path

import click

from polyhelp.cli import options
from polyhelp.cli.output import finish
from polyhelp.text.words import count
from polyhelp.workflow.exchange import Imported, Outcome, counts, lines, take_in


@click.command()
@options.common(locales=False)
@options.dry_run
@click.option("--as", "who", default="", metavar="NAME", help="Who answers for what the file calls reviewed or final.")
@click.option("--again", is_flag=True, help="A later delivery: replace what an earlier import of it brought.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def command(common: options.Common, file: Path, who: str, *, again: bool, dry_run: bool) -> int:
    """Put the translations of an XLIFF file back into the catalogs.

    What a person has written or accepted here since the export is kept, and the file's translation is listed as a
    conflict. One whose source has changed comes in as fuzzy. One whose markup is damaged does not come in.
    Reviewed and final translations come in as translated, unless --as says who answers for the review.
    """
    project = common.project()
    imported = take_in(project, file, " ".join(who.split()), again=again, write=not dry_run)
    data = {
        "locale": imported.locale.tag,
        "catalogs": imported.catalogs,
        "untouched": imported.untouched,
        "units": [_row(one) for one in imported.outcomes],
    }
    return finish(common, project, data, [*lines(imported), _sum(imported, dry_run=dry_run)], no=bool(imported.left))


def _row(one: Outcome) -> dict[str, object]:
    return {
        "kind": one.kind, "path": one.path, "id": one.id, "line": one.place.line, "source": one.source,
        "target": one.target, "kept": one.kept, "reason": one.reason,
    }  # fmt: skip


def _sum(imported: Imported, *, dry_run: bool) -> str:
    numbers = counts(imported.outcomes)
    taken = numbers["taken"] + numbers["fuzzy"] + numbers["obsolete"]
    parts = [f"{count(taken, 'translation')} {'would be taken' if dry_run else 'taken'} into {imported.locale}"]
    parts += [f"{numbers['fuzzy']} of them fuzzy"] if numbers["fuzzy"] else []
    parts += [f"{numbers['obsolete']} of them obsolete"] if numbers["obsolete"] else []
    parts += [count(numbers["conflict"], "conflict")] if numbers["conflict"] else []
    parts += [f"{numbers['refused']} refused"] if numbers["refused"] else []
    return ", ".join([*parts, f"{imported.untouched} untouched"])
