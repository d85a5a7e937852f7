"""polyhelp usage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import click

from polyhelp.cli import console, options
from polyhelp.cli.output import finish, money
from polyhelp.engines.journal import Spent
from polyhelp.errors import UsageError
from polyhelp.text.words import count
from polyhelp.workflow.usage import Usage, usage

_COLUMNS = ("month", "engine", "locale", "requests", "texts", "characters", "cost")


@click.command()
@options.common(locales=False)
@click.option("--month", default="", metavar="YYYY-MM", help="Only this month.")
def command(common: options.Common, month: str) -> int:
    """What was sent from this folder to engines on other machines, by month, and what it cost.

    The figures are from .polyhelp/, which is not in git: what other machines have sent is in theirs. Requests that
    were never answered count as billed, since they may have been.
    """
    if month and not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", month):
        raise UsageError(f"'{month}' is no month", hint="write it like 2026-11")
    project = common.project()
    found = usage(project, month)
    if common.format == "text" and common.loud >= 0 and found.spent:
        console.say_table("", _COLUMNS, [_cells(one) for one in found.spent])
    data = {
        "usage": [{**asdict(one), "cost": None if one.cost is None else f"{one.cost:.4f}"} for one in found.spent],
        "this_month": found.this_month,
        "max_characters": {
            "run": found.caps.run or None,
            "month": found.caps.month or None,
            "locale": found.caps.locale or None,
            "locales": {locale.tag: most for locale, most in found.caps.locales.items()},
        },
    }
    return finish(common, project, data, _lines(found))


def _cells(one: Spent) -> Sequence[str]:
    characters = f"{one.characters:,}" + (f" ({one.unsure:,} unsure)" if one.unsure else "")
    cost = "unknown" if one.cost is None else money(one.cost, one.currency)
    return one.month, one.engine, one.locale, f"{one.requests:,}", f"{one.texts:,}", characters, cost


def _lines(found: Usage) -> Iterable[str]:
    if not found.spent:
        yield "nothing was sent to an engine on another machine from here"
    of = f" of {found.caps.month:,}" if found.caps.month else ", without a limit (max_characters)"
    yield f"this month: {count(found.this_month, 'character')}{of}"
