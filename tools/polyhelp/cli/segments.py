"""polyhelp segments."""

from __future__ import annotations

from pathlib import Path

import click

from polyhelp.cli import console
from polyhelp.errors import PolyhelpError
from polyhelp.workflow import standalone


@click.command()
@click.argument("places", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER...")
@click.option("--json", "json_", is_flag=True, help="For scripts: path, line, kind and source of each.")
def command(places: tuple[Path, ...], *, json_: bool) -> int:
    """List the segments of any Markdown: everything that a translator would see. Needs no configuration."""
    problems: list[PolyhelpError] = []
    found = standalone.segments(places, problems)
    if json_:
        rows = [
            {"path": row.path, "line": row.segment.line, "kind": row.segment.kind.value, "source": row.segment.source}
            for row in found
        ]
        wrong = [console.problem_row(problem) for problem in problems]
        console.say_json({"ok": not problems, "segments": rows, "problems": wrong})
    else:
        for row in found:
            console.say(f"{row.path}:{row.segment.line}: {row.segment.kind}: {console.printable(row.segment.source)}")
    for problem in problems:
        console.tell_problem(problem)
    return max((problem.exit_status for problem in problems), default=0)
