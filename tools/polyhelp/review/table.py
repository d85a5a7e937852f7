"""CSV files that people export elsewhere: read with care, each mistake with its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from polyhelp.errors import InputError, Place

LARGE = 16_000_000
"""The most characters that a file may have: a million pages have fewer."""

_GROUPED = re.compile(r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3}){1,4}|\d{1,15}", re.ASCII)
_NO_DIGIT = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its values by column, trimmed, and where it stands."""

    values: Mapping[str, str]
    shown: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def get(self, column: str) -> str:
        """The value in a column that the table may lack."""
        return self.values.get(column, "")


def table(text: str, shown: str, columns: Sequence[str]) -> Iterator[Row]:
    """The lines below the first one, which names the columns; empty ones are left out.

    Values stand between commas, semicolons or tabs: whatever the first line has. Raises InputError.
    """
    if len(text) > LARGE:
        raise InputError(f"has more than {LARGE:,} characters", Place(shown), "leave out pages that nobody visits")
    lines = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_delimiter(text), strict=True)
    try:
        head = [name.strip().lower() for name in next(lines, [])]
        for name in columns:
            if name not in head:
                hint = f"the first line names the columns: {','.join(columns)}"
                raise InputError(f"has no column '{name}'", Place(shown, 1), hint)
        for values in lines:
            if any(map(str.strip, values)):
                yield _row(head, values, shown, lines.line_num)
    except csv.Error as error:
        raise InputError(f"CSV: {error}", Place(shown, lines.line_num)) from None


def number(row: Row, column: str) -> int:
    """A whole number, with or without a thousands separator. Raises InputError."""
    if not _GROUPED.fullmatch(row[column]):
        raise InputError(f"{column}: '{row[column][:60]}' is no whole number", Place(row.shown, row.line))
    return int(_NO_DIGIT.sub("", row[column]))


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _row(head: Sequence[str], values: Sequence[str], shown: str, line: int) -> Row:
    if len(values) != len(head):
        message = f"has {len(values)} values, and the first line has {len(head)}"
        raise InputError(message, Place(shown, line), "put a value that has a comma between double quotes")
    return Row({name: value.strip() for name, value in zip(head, values, strict=True)}, shown, line)
