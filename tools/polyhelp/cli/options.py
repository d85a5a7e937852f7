"""Options that mean the same everywhere, declared once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from polyhelp.cli import console
from polyhelp.errors import PolyhelpError
from polyhelp.model import Severity
from polyhelp.workflow.project import Project

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Common:
    """What the shared options say."""

    root: Path
    locales: tuple[str, ...] = ()
    format: str = "text"
    loud: int = 0
    day: dt.date | None = None

    def project(self) -> Project:
        """The help center to work on."""
        return Project.open(self.root, self.day)


_ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="The help center's folder; the current one, or the nearest above it with a mkdocs.yml, by default.",
)
_LOCALE = click.option("--locale", "locales", multiple=True, metavar="TAG", help="Only this locale; may be repeated.")
_DATE = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Region data as of this day; by default today, or the day of SOURCE_DATE_EPOCH.",
)
_FORMATS = ("text", "json", "github")
_JSON = click.option("--json", "json_", is_flag=True, help="Short for --format json.")
_VERBOSE = click.option("-v", "--verbose", count=True, help="Say more.")
_QUIET = click.option("-q", "--quiet", count=True, help="Say less.")

regions = click.option("--region", "codes", multiple=True, metavar="CODE", help="Only this region; may be repeated.")
dry_run = click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
frozen = click.option("--frozen", is_flag=True, help="Change nothing; exit 1 if anything would change.")
engine = click.option(
    "--engine", default="", metavar="NAME", help="Translate with this engine instead of the configured one."
)
draft = click.option(
    "--draft", is_flag=True, help="A preview: show every translation, also what nobody has reviewed. Never publish it."
)


FAILING = {
    "error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "info": tuple(Severity), "never": (),
}  # fmt: skip
"""The severities that are a no, by the words of ``--fail-on``."""
fail_on = click.option(
    "--fail-on",
    type=click.Choice([*FAILING]),
    default="error",
    help="Exit status 1 from this severity on; error by default.",
)
output = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="With --format sarif: write it here."
)
waivers = click.option("--waivers", is_flag=True, help="List what people have waived instead, and what has expired.")


def _format(more: Sequence[str]) -> Callable[[_Command], _Command]:
    """``--format``; a command may have ``more`` formats than the others."""
    told = "".join(f"; {name}, a file for code scanning" for name in more)
    return click.option(
        "--format",
        "format_",
        type=click.Choice([*_FORMATS, *more]),
        default="text",
        help=f"How results are printed; github means annotations for a pull request{told}.",
    )


def common(
    *, locales: bool = True, date: bool = False, formats: Sequence[str] = ()
) -> Callable[[_Command], Callable[..., Any]]:
    """Add the shared options to a command; it gets them as its first argument, a :class:`Common`.

    ``date`` adds ``--date``; ``formats`` are those that only this command has.
    """

    def decorate(command: _Command) -> Callable[..., Any]:
        @wraps(command)
        def run(**arguments: Any) -> Any:
            day = arguments.pop("day", None)
            chosen = Common(
                arguments.pop("root"),
                arguments.pop("locales", ()),
                "json" if arguments.pop("json_") else arguments.pop("format_", "text"),
                arguments.pop("verbose") - arguments.pop("quiet"),
                day.date() if day else None,
            )
            arguments.pop("format_", None)
            try:
                return command(chosen, **arguments)
            except PolyhelpError as error:
                console.say_failed(error, chosen.format)
                raise

        decorated: Callable[..., Any] = run
        for option in (
            _QUIET,
            _VERBOSE,
            _JSON,
            _format(formats),
            *((_DATE,) if date else ()),
            *((_LOCALE,) if locales else ()),
            _ROOT,
        ):
            decorated = option(decorated)
        return decorated

    return decorate
