"""The only printer. Results go to stdout; progress, remarks and problems go to stderr."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from polyhelp.errors import Place, PolyhelpError

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class ReaderLeftError(Exception):
    """Who reads stdout has closed it: ``polyhelp segments | head``."""


def printable(text: str) -> str:
    """``text`` without characters that steer a terminal: a page may come from a stranger."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def say(text: str) -> None:
    """Print one result line to stdout. Raises ReaderLeftError."""
    try:
        click.echo(text)
    except BrokenPipeError:
        raise ReaderLeftError from None


def say_json(data: Any) -> None:
    """Print a result as JSON to stdout, characters as they are."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    say(_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text))  # of a file name that is no UTF-8


def say_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table to stdout: the first two columns left, the others right."""
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for at, column in enumerate(columns):
        table.add_column(column, justify="left" if at < 2 else "right", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 160)
    with console.capture() as printed:
        console.print(table)
    say(printed.get().rstrip("\n"))


def tell(text: str) -> None:
    """Print a remark to stderr."""
    click.echo(text, err=True)


def tell_problem(problem: PolyhelpError) -> None:
    """Print a problem to stderr: where, what, and the way out."""
    click.secho("error: ", fg="red", bold=True, err=True, nl=False)
    click.echo(str(problem), err=True)


def annotate(level: str, place: Place | None, message: str) -> None:
    """Print a GitHub annotation to stdout (workflow commands; data is escaped as GitHub asks)."""
    where = f" file={_escaped(place.path, ':,')}" if place else ""
    where += f",line={place.line}" if place and place.line else ""
    say(f"::{level}{where}::{_escaped(message)}")


def problem_row(problem: PolyhelpError) -> dict[str, Any]:
    """A problem for scripts."""
    place = problem.place
    return {
        "message": problem.message,
        "path": place.path if place else None,
        "line": (place.line or None) if place else None,
        "hint": problem.hint,
    }


def say_failed(problem: PolyhelpError, format_: str) -> None:
    """Print to stdout, in a format for machines, that a command could not do its work."""
    if format_ == "json":
        say_json({"ok": False, "problems": [problem_row(problem)]})
    elif format_ == "github":
        annotate("error", problem.place, problem.message)


def _escaped(text: str, more: str = "") -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if more else text


@contextlib.contextmanager
def progress(title: str, total: int) -> Iterator[Callable[..., None]]:
    """A progress bar on stderr while the block runs, when stderr is a terminal.

    Yields what advances it: by a number, and maybe with a word on what it has cost so far.
    """
    console = Console(stderr=True)
    if not console.is_terminal or not total:
        yield lambda *_: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=total, note="")
        yield lambda count, note=None: bar.update(task, advance=count, **({} if note is None else {"note": note}))
