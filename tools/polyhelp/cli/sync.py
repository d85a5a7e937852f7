"""polyhelp sync."""

from __future__ import annotations

import click

from polyhelp.cli import options
from polyhelp.cli.output import finish
from polyhelp.errors import UsageError
from polyhelp.locales.sync import ChangeKind
from polyhelp.text.paths import matches
from polyhelp.text.similarity import closest
from polyhelp.text.words import count
from polyhelp.workflow.project import Project
from polyhelp.workflow.sync import Change, Manner, SyncResult, sync

_WORDS = {
    ChangeKind.NEW: "new", ChangeKind.EDITED: "changed", ChangeKind.CARRIED: "carried on", ChangeKind.SPLIT: "split",
    ChangeKind.MERGED: "merged", ChangeKind.MOVED: "moved here", ChangeKind.BACK: "back", ChangeKind.GONE: "gone",
}  # fmt: skip


@click.command()
@click.argument("articles", nargs=-1)
@options.common()
@click.option(
    "--minor",
    is_flag=True,
    help="The edits of ARTICLES (all, when none is named) do not change the meaning: what was reviewed stays reviewed.",
)
@click.option("--leverage", is_flag=True, help="Also count the words that wait, by what the translation memory has.")
@options.dry_run
@options.frozen
def command(common: options.Common, articles: tuple[str, ...], *, minor: bool, leverage: bool, **how: bool) -> int:
    """Bring the catalogs up to date with the articles.

    New text gets an empty unit, changed text keeps its old translation as fuzzy beside its previous source, text that
    is gone is kept as obsolete, and text that moved takes its translation along, also with a renamed article. Where
    only white space, a link's target or the text of code changed, the translations follow by themselves. No
    translation is ever lost, and running it twice changes nothing. A waiver that a person has written gets its stamp,
    which is no change for --frozen.

    --minor says that an edit (a typo, a comma) does not change the meaning. ARTICLES are paths or patterns, relative
    to the content folder.
    """
    if articles and not minor:
        raise UsageError("articles are named only with --minor", hint="leave them out: sync brings all up to date")
    project = common.project()
    patterns = [_pattern(project, article) for article in articles]
    manner = Manner(
        write=not (how["dry_run"] or how["frozen"]),
        minor=lambda path: minor and (not patterns or any(matches(path, pattern) for pattern in patterns)),
    )
    targets = project.select(common.locales)
    result = sync(project, targets, manner)
    data: dict[str, object] = {
        "units": result.units,
        "stamps": result.stamps,
        "changes": [row(change) for change in result.changes],
    }
    told = lines(result, would=not manner.write)
    if leverage:
        from polyhelp.cli import leverage as covered  # noqa: PLC0415 (the memory, which a plain sync does without)

        counted = covered.counted(project, targets)
        data["leverage"] = {one.locale.tag: covered.row(one) for one in counted}
        told += covered.lines(counted)
    return finish(common, project, data, told, no=how["frozen"] and bool(result.changes))


def _pattern(project: Project, article: str) -> str:
    """An article as the settings name it. Raises UsageError when there is none."""
    pattern = article.removeprefix("./").removeprefix(f"{project.settings.content.as_posix()}/")
    if not any(matches(path, pattern) for path in project.documents):
        near = closest(pattern, project.documents)
        raise UsageError(f"there is no article '{article}'", hint=f"did you mean '{near}'?" if near else "")
    return pattern


def row(change: Change) -> dict[str, object]:
    """A change for scripts."""
    return {
        "locale": change.locale.tag,
        "path": change.path,
        "renamed_from": change.renamed or None,
        **{kind.value: change.count(kind) for kind in ChangeKind},
        "units": [
            {
                "change": unit.kind.value,
                "source": unit.source,
                "previous": unit.previous or None,
                "similarity": unit.similarity if unit.previous else None,
            }
            for unit in change.units
        ],
    }


def lines(result: SyncResult, *, would: bool = False) -> list[str]:
    """What sync did, for people."""
    rows = []
    for change in result.changes:
        told = [f"{change.count(kind)} {word}" for kind, word in _WORDS.items() if change.count(kind)]
        told += [f"renamed from {change.renamed}"] if change.renamed else []
        rows.append(f"{change.locale}/{change.path}: {', '.join(told) or 'only notes'}")
    verb = "would change" if would else "changed"
    if result.stamps:
        rows.append(f"waivers of {count(result.stamps, 'unit')} {'to be ' if would else ''}stamped")
    return [*rows, f"{count(len(result.changes), 'catalog')} {verb}, {count(result.units, 'unit')} in all"]
