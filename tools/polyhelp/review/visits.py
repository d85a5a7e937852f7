"""How often pages are visited: a CSV file with the columns ``page`` and ``visits``, as tools for web analytics export.

A page is an article (``returns/refunds.md``, then in all locales), or an address (``/de/returns/refunds/``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from polyhelp.review.addresses import Addresses
from polyhelp.review.table import number, table

COLUMNS = ("page", "visits")
"""The columns that the file must have; others do not matter."""


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits by locale (its tag; ``""`` for all of them) and article."""

    counts: Mapping[tuple[str, str], int]

    def of(self, tag: str, path: str) -> int:
        """The visits of an article in a locale; 0 where nothing is known of it."""
        return self.counts.get((tag, path), 0) + self.counts.get(("", path), 0)


def read(text: str, shown: str, addresses: Addresses) -> Visits:
    """The visits of a CSV file; rows about the same page are added.

    ``shown`` is the file's name as the user knows it. Addresses that are no article's, such as that of the search, are
    left out. Raises InputError with the line of what cannot be read.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for row in table(text, shown, COLUMNS):
        visits = number(row, "visits")
        page = addresses.find(row["page"])
        if page:
            counts[page.tag, page.path] += visits
    return Visits(counts)
