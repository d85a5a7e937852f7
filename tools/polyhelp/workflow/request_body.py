"""What a pull request says: how much there is to read and why, what it cost, where to look, and each unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from polyhelp.errors import InputError, Place
from polyhelp.forge.names import Branch
from polyhelp.review import Cause, Waiting
from polyhelp.review.comment import quiet

_LABEL = "l10n"
_HOW = """
- **Approve** this pull request, and everything in it that you may accept is accepted, as you saw it.
- `/approve UNIT` and `/reject UNIT reason` in a comment decide single units, by the ids above.
- **Suggest** another `msgstr` on a line of a catalog, or change it on the branch: your words stay.
"""


@dataclass(frozen=True, slots=True)
class About:
    """What a description tells beside the units: the locale's name, the cost, and addresses."""

    name: str
    spent: tuple[str, ...] = ()
    preview: str = ""
    report: str = ""


def title(branch: Branch, name: str) -> str:
    """The title of a pull request."""
    part = f", part {branch.part}" if branch.part > 1 else ""
    return f"Translations: {name} ({branch.locale}){part}"


def labels(branch: Branch, rows: Iterable[Waiting]) -> tuple[str, ...]:
    """The labels of a pull request: that it is one of ours, its locale, and what makes it delicate."""
    causes = {reason.cause for row in rows for reason in row.reasons}
    risks = (("policy", Cause.POLICY), ("payments", Cause.PAYMENT))
    return (_LABEL, f"{_LABEL}: {branch.locale}", *(label for label, cause in risks if cause in causes))


def body(branch: Branch, rows: Sequence[Waiting], about: About, table: str) -> str:
    """The description: ``rows`` are the units that this pull request changes and that wait; ``table`` shows them."""
    return "\n".join(_lines(branch, rows, about, table))


def _lines(branch: Branch, rows: Sequence[Waiting], about: About, table: str) -> Iterator[str]:
    yield f"<!-- polyhelp {branch} -->"
    if rows:
        causes: dict[Cause, int] = {}
        for row in rows:
            causes[row.reasons[0].cause] = causes.get(row.reasons[0].cause, 0) + 1
        told = ", ".join(f"{number:,} {cause}" for cause, number in causes.items())
        yield f"For a reader of {quiet(about.name)}. Why, first of all: {told}."
    else:
        yield "Nothing in here waits for a reader: the catalogs follow the articles."
    yield ""
    for text, address in (("Preview", about.preview), ("Report", about.report)):
        if address:
            yield f"- {text}: {address.replace('{locale}', branch.locale.tag)}"
    for line in about.spent:
        yield f"- Machine translation, all locales of this run: {quiet(line)}"
    if rows:
        yield ""
        yield table
        yield _HOW


def spent(file: Path) -> tuple[str, ...]:
    """What ``polyhelp translate --json`` says in ``file`` about characters and cost, engine by engine.

    Raises InputError when the file is not that.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return tuple(_sent(row) for row in data["sent"])
    except (OSError, ValueError, KeyError, TypeError, InvalidOperation, RecursionError):
        hint = "write it so: polyhelp translate --json > FILE"
        raise InputError("this is not what translate prints", Place(str(file)), hint) from None


def _sent(row: dict[str, object]) -> str:
    cost = f", {Decimal(str(row['cost'])):.2f} {row['currency']}" if row["cost"] is not None else ""
    return f"{row['engine']}: {int(str(row['characters'])):,} characters{cost}"
