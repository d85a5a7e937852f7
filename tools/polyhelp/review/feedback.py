"""What readers say of a page: how many found it helpful, and how sure that is.

Three bad votes are no alarm. The share that is looked at is a range, the score interval of E. B. Wilson ("Probable
inference, the law of succession, and statistical inference", JASA 22, 1927), in which the true share lies with a
confidence of 95 %. A page is in trouble when the whole range is below one half.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt

from polyhelp.errors import InputError, Place
from polyhelp.review.addresses import Addresses
from polyhelp.review.table import Row, number, table

COLUMNS = ("article", "locale", "helpful", "not_helpful")
"""The columns that the file must have."""
UNTIL = "until"
"""A column that it may have: the last day (ISO 8601) of a row's votes."""
Z = 1.96
"""The quantile of the normal distribution for a confidence of 95 %."""
HALF = 0.5
"""Below it, most readers were not helped."""


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes on a page in one locale, counted ``until`` a day (ISO 8601; ``""`` where that is not told)."""

    helpful: int
    not_helpful: int
    until: str = ""

    @property
    def range(self) -> tuple[float, float]:
        """Between which shares, from 0 to 1, that of helped readers lies (Wilson's interval); 0 to 1 without votes."""
        count = self.helpful + self.not_helpful
        if not count:
            return 0.0, 1.0
        share, square = self.helpful / count, Z * Z
        middle = share + square / (2 * count)
        spread = Z * sqrt(share * (1 - share) / count + square / (4 * count * count))
        scale = 1 + square / count
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)

    @property
    def low(self) -> bool:
        """Whether most readers were not helped, and that is no accident of a few votes."""
        return self.range[1] < HALF

    @property
    def told(self) -> str:
        """The votes in words."""
        low, high = self.range
        found = f"{self.helpful:,} of {self.helpful + self.not_helpful:,} readers found the page helpful"
        return f"{found} ({100 * low:.0f} % to {100 * high:.0f} % with 95 % confidence)"

    def __add__(self, other: Votes) -> Votes:
        return Votes(self.helpful + other.helpful, self.not_helpful + other.not_helpful, max(self.until, other.until))


def read(text: str, shown: str, addresses: Addresses) -> Mapping[tuple[str, str], Votes]:
    """The votes of a CSV file by locale (its tag) and article; rows about the same page are added.

    ``shown`` is the file's name as the user knows it. Pages and locales that the help center does not have are left
    out. Raises InputError with the line of what cannot be read.
    """
    return _summed(table(text, shown, COLUMNS), addresses)


def _summed(rows: Iterable[Row], addresses: Addresses) -> dict[tuple[str, str], Votes]:
    found: dict[tuple[str, str], Votes] = {}
    for row in rows:
        votes = Votes(number(row, "helpful"), number(row, "not_helpful"), _day(row))
        tag, page = addresses.tag(row["locale"]), addresses.find(row["article"])
        if tag and page:
            key = tag, page.path
            found[key] = found[key] + votes if key in found else votes
    return found


def _day(row: Row) -> str:
    day = row.get(UNTIL)
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise InputError(f"{UNTIL}: '{day}' is no day such as 2026-11-22", Place(row.shown, row.line)) from None
