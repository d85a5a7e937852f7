"""polyhelp pseudo."""

from __future__ import annotations

from pathlib import Path

import click

from polyhelp.cli import console
from polyhelp.cli.output import count
from polyhelp.errors import PolyhelpError
from polyhelp.workflow import standalone


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--identity", is_flag=True, help="Put every source back as its own target: the result must be the source."
)
def command(source: Path, out: Path, *, identity: bool) -> int:
    """Pseudo-translate a Markdown file or folder SOURCE into OUT. Needs no configuration.

    Every letter that a translator may change becomes a look-alike, so what stays plain is what nobody can translate.
    """
    problems: list[PolyhelpError] = []
    written = sum(1 for _ in standalone.translate_tree(source, out, problems, identity=identity))
    console.tell(f"{count(written, 'page')} written to {out}")
    for problem in problems:
        console.tell_problem(problem)
    return 2 if problems else 0
