"""How many characters may be sent to paid engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from polyhelp.model import Locale


@dataclass(frozen=True, slots=True)
class Caps:
    """Upper bounds in characters of source text; 0 for no limit.

    ``run``: of one run. ``month``: of a calendar month (UTC), all locales together. ``locale``: of a calendar month,
    for each locale; ``locales`` has other numbers for some.
    """

    run: int = 0
    month: int = 0
    locale: int = 0
    locales: Mapping[Locale, int] = field(default_factory=dict)

    def of(self, locale: Locale) -> int:
        """What ``locale`` may use in a month: its own number, a parent's, or that of every locale."""
        return next((self.locales[one] for one in locale.lineage if one in self.locales), self.locale)
