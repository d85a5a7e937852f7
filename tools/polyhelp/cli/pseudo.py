"""polyhelp pseudo."""

from __future__ import annotations

from pathlib import Path

import click

from polyhelp.cli import console
from polyhelp.errors import PolyhelpError
from polyhelp.text.words import count
from polyhelp.workflow import standalone


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--identity", is_flag=True, help="Put every source back as its own target: the result must be the source."
)
@click.option("--json", "json_", is_flag=True, help="For scripts: the pages written, and what is wrong with others.")
def command(source: Path, out: Path, *, identity: bool, json_: bool) -> int:
    """Pseudo-translate a Markdown file or folder SOURCE into OUT. Needs no configuration.

    Every letter that a translator may change becomes a look-alike, so what stays plain is what nobody can translate.
    """
    problems: list[PolyhelpError] = []
    written = [str(file) for file in standalone.translate_tree(source, out, problems, identity=identity)]
    if json_:
        rows = [console.problem_row(problem) for problem in problems]
        console.say_json({"ok": not problems, "written": written, "problems": rows})
    console.tell(f"{count(len(written), 'page')} written to {out}")
    for problem in problems:
        console.tell_problem(problem)
    return max((problem.exit_status for problem in problems), default=0)
