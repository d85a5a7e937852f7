"""Search a text forwards without searching any stretch of it twice for the same thing."""

from __future__ import annotations

import re


class Seek:
    """Remembers for each thing sought where it was found, or that it is not there.

    Searches that go forwards through the text take time linear in its length together, however many there are.
    """

    __slots__ = ("_found", "_matches", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[str, tuple[int, int]] = {}  # from where it was sought, where it was found
        self._matches: dict[re.Pattern[str], tuple[int, re.Match[str] | None]] = {}

    def find(self, what: str, start: int) -> int:
        """Where ``what`` next stands from ``start`` on, or -1."""
        low, found = self._found.get(what, (start + 1, -1))
        if low <= start and (found < 0 or start <= found):
            return found
        found = self.text.find(what, start)
        self._found[what] = (start, found)
        return found

    def search(self, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
        """The next match of ``pattern`` from ``start`` on."""
        low, match = self._matches.get(pattern, (start + 1, None))
        if low <= start and (match is None or start <= match.start()):
            return match
        match = pattern.search(self.text, start)
        self._matches[pattern] = (start, match)
        return match
