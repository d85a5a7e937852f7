"""polyhelp merge-driver."""

from __future__ import annotations

from pathlib import Path

import click

from polyhelp.cli import console
from polyhelp.config import find_root
from polyhelp.errors import UsageError
from polyhelp.locales.merge import theirs_of
from polyhelp.model import Unit
from polyhelp.workflow.merge import check_files, conflict_lines, install, merge_files


@click.command()
@click.option("--install", "install_", is_flag=True, help="Tell git to use it: once in every clone.")
@click.option("--json", "json_", is_flag=True, help="For scripts: the units in conflict.")
@click.argument("files", nargs=-1, metavar="[BASE OURS THEIRS [PATH]]")
def command(files: tuple[str, ...], *, install_: bool, json_: bool) -> int:
    """Merge two branches' versions of a catalog, unit by unit; git calls this by itself.

    The result is written to OURS. Exit status 0: merged; 1: units that were translated differently on both sides wait
    for a person, both translations are in the file. Run it with --install once in every clone.
    """
    if install_ and not files:
        return _install(json_=json_)
    if install_ or len(files) not in {3, 4}:
        raise UsageError("three files are wanted: BASE OURS THEIRS, then the path", hint="or: --install")
    base, ours, theirs = (Path(name) for name in files[:3])
    check_files((base, ours, theirs))
    result = merge_files(base, ours, theirs, files[3] if len(files) > 3 else "")
    if json_:
        console.say_json(
            {"ok": result.clean, "path": result.shown, "conflicts": [_row(one) for one in result.conflicts]}
        )
    if result.problem:
        console.tell_problem(result.problem)
    elif result.conflicts:
        for line in conflict_lines(result):
            console.tell(line)
    return 0 if result.clean else 1


def _row(unit: Unit) -> dict[str, object]:
    return {"source": unit.source, "context": unit.context, "ours": unit.target, "theirs": theirs_of(unit)}


def _install(*, json_: bool) -> int:
    root = find_root(Path.cwd())
    if not install(root):
        raise UsageError(f"{root} is in no git repository", hint="git init, then polyhelp merge-driver --install")
    if json_:
        console.say_json({"ok": True, "folder": str(root)})
    else:
        console.say("git merges the catalogs of this clone with polyhelp merge-driver")
    return 0
