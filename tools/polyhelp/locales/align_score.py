"""How well an item of one page fits an item of the other: log-odds, above 0 when they look like a translation.

In the order of their weight: heading ids, the marks both have or only one has (rare ones count more), names, the
words that usually translate each other, the length, and what leads in the line.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

from polyhelp.locales.align_items import TITLE, Item
from polyhelp.model import Kind, Segment, Slot

Evidence = Callable[[Segment, Segment], float]
"""Log-odds that two texts translate each other, by what is known of the languages: a dictionary, a memory."""

GAP = {"": -0.3, TITLE: -0.7}
SEGMENT_GAP = -2.0
"""What it costs to leave a segment without a partner."""

_SAME_ID, _OTHER_ID, _ID_OF_ANOTHER = 10.0, -4.0, -15.0
_MISSING_MARK, _MISSING_NUMBER, _MISSING_MOST = -2.0, -1.0, -8.0
_LINES = {Kind.PARAGRAPH.value, Kind.LIST_ITEM.value}


class Score:
    """Scores for the items of two pages."""

    def __init__(self, source: Sequence[Item], target: Sequence[Item], evidence: Evidence | None = None) -> None:
        self._evidence = evidence
        self._count = len(source) + len(target)
        self._marks = Counter(mark for item in (*source, *target) for mark in {*item.marks})
        self._names = Counter(name for item in (*source, *target) for name in item.names)
        self._both = frozenset().union(*(n.names for n in source)) & frozenset().union(*(n.names for n in target))
        self._literals = Counter(item.lines for item in (*source, *target) if not item.form)
        self._ids = {item.id for item in source if item.id}
        size, other = sum(item.size for item in source), sum(item.size for item in target)
        self._ratio = math.log((other + 50) / (size + 50))

    @staticmethod
    def gap(item: Item) -> float:
        """What it costs to leave ``item`` alone."""
        return GAP.get(item.form, SEGMENT_GAP)

    def pair(self, one: Item, other: Item) -> float | None:
        """The log-odds that ``other`` is ``one`` in the other language; None where it cannot be."""
        if one.form != other.form and not (one.form in _LINES and other.form in _LINES):
            return None
        if one.form == "":
            return self._literal(one.lines, other.lines)
        if one.form == TITLE:
            return 0.5 + self._titles(one, other) if one.lead == other.lead else None
        if one.segment is None or other.segment is None or one.segment.slot is not other.segment.slot:
            return None
        score = self._form(one, other) + self._shared(one, other) + self._shared_names(one, other)
        return score + self._length(one, other) + self.evidence(one, other)

    def evidence(self, one: Item, other: Item) -> float:
        """What is known of the languages, as far as it speaks for the pair or (below 0) against it."""
        if self._evidence is None or one.segment is None or other.segment is None:
            return 0.0
        return self._evidence(one.segment, other.segment)

    def _titles(self, one: Item, other: Item) -> float:
        return self._shared_names(one, other) if one.segment and other.segment else 0.0

    @staticmethod
    def _weight(count: int, number: int) -> float:
        return min(5.0, max(0.2, math.log(number / count)))

    def _literal(self, lines: tuple[str, ...], others: tuple[str, ...]) -> float | None:
        common = 1.0 if lines == others else len({*lines} & {*others}) / max(len({*lines}), len({*others}))
        if common < 0.5:
            return None
        count = max(2, self._literals[lines] + (self._literals[others] if lines != others else 0))
        return common * (0.3 + self._weight(count, self._count))

    def _form(self, one: Item, other: Item) -> float:
        score = 0.5 if one.lead == other.lead else -1.0
        if one.form != other.form:
            score -= 2.0
        if one.form != Kind.HEADING:
            return score
        if one.level != other.level:
            score -= 2.0
        if one.id and one.id == other.id:
            return score + (_SAME_ID if other.given else _SAME_ID / 2)
        if other.given:
            score += _ID_OF_ANOTHER if other.id in self._ids else _OTHER_ID
        return score

    def _shared(self, one: Item, other: Item) -> float:
        if not one.marks and not other.marks:
            return 0.3
        if one.marks == other.marks:
            return sum(self._weight(self._marks[mark], self._count) for mark in one.marks)
        here, there = Counter(one.marks), Counter(other.marks)
        gain = sum(self._weight(self._marks[mark], self._count) for mark in (here & there).elements())
        missing = (here - there) + (there - here)
        cost = sum(
            count * (_MISSING_NUMBER if mark.startswith("#") else _MISSING_MARK) for mark, count in missing.items()
        )
        return gain + max(cost, _MISSING_MOST)

    def _shared_names(self, one: Item, other: Item) -> float:
        if not one.names and not other.names:
            return 0.0
        gain = sum(0.6 * self._weight(self._names[name], self._count) for name in one.names & other.names)
        return min(gain, 6.0) - min(2.0, 0.4 * len((one.names ^ other.names) & self._both))

    def _length(self, one: Item, other: Item) -> float:
        distance = other.log - one.log - self._ratio
        deviation = 0.2 + 1.8 * math.exp(-0.5 * min(one.log, other.log))
        return max(-6.0, 0.8 - distance * distance / (2 * deviation * deviation))


def same_place(one: Item, other: Item) -> bool:
    """Whether two items are written the same way: a line of text that is wrapped, a cell, a value."""
    slots = [item.segment.slot for item in (one, other) if item.segment]
    return one.form == other.form and slots == [Slot.LINES, Slot.LINES]
