"""Align a page with its translation: which segment of one is which of the other, and how sure that is.

1. Both pages become items (:mod:`~polyhelp.locales.align_items`); a pair of items has a score, an item that stays
   alone a cost (:mod:`~polyhelp.locales.align_score`).
2. On long pages, what stands once in both pages (a heading id, a block of code) divides them into stretches.
3. In each stretch dynamic programming finds the pairs with the best sum, without crossings. What a pair is worth is
   its ``margin``: the best sum with it, less the best sum without it. Very long stretches are searched near their
   diagonal only.
4. Pairs do not cross. Where two segments would fit clearly better crosswise, or one fits clearly better with a
   segment nearby that has no partner, its pair is worth less. What was moved is found again where both fit nothing
   else on the page as well.
5. Where one segment was split in two or two were joined, nothing is paired: the place is told.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from polyhelp.locales.align_items import TITLE, Item, items
from polyhelp.locales.align_score import Evidence, Score, same_place
from polyhelp.model import Document, Segment

_LARGE = 2_500
"""Items of one page times items of the other, from which a page is divided first."""
_BAND = 60
"""Items to each side of the diagonal that are looked at in a stretch too large to be searched whole."""
_FAR = -1e9
_NEAR = 5
"""Pairs to each side with which a pair is compared crosswise."""
_IN_ORDER = 5.5
"""Log-odds that neighbours were not swapped."""
_MOVED = 7.0
"""Log-odds from which a segment out of order is a partner at all."""
_MOST_MOVED = 40_000
"""Segments without a partner on one page times those on the other, above which nobody looks for what was moved."""
CUT = 5.0
"""Log-odds from which a pair is sure; a pair whose code, links or numbers differ needs ``_MORE``."""
_MORE = 4.0
_OLDER = 8.0
"""Log-odds times the share of segments without a partner, that a pair needs on an old page."""
_DOUBT, _DOUBT_WHEN_OLD = -1.5, -0.5
"""Log-odds of the words alone, below which no pair is sure: 0.3 % and 1.7 % of the right pairs, 95 % of any others."""
_LEAST = 0.5
"""Log-odds that suffice on a page that mirrors its source."""
_ALIKE = 0.75
"""Share of the pairs with code or links that must agree before blocks in the same order count as a mirror."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment and the segment that translates it.

    ``margin`` is in log-odds; ``agrees`` says that code, links and numbers are the same on both sides, ``clashes``
    that both have code or links, and none in common. ``evidence`` is what the words of both say, below 0 when they
    speak against it.
    """

    source: Segment
    translation: Segment
    margin: float
    agrees: bool
    evidence: float = 0.0
    clashes: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Segments that correspond as a group: one was split, or two were joined."""

    sources: tuple[Segment, ...]
    translations: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """What belongs together on two pages, in reading order, and what has no partner."""

    pairs: tuple[Pair, ...]
    joined: tuple[Joined, ...]
    source_only: tuple[Segment, ...]
    translation_only: tuple[Segment, ...]
    code: tuple[tuple[int, int], ...]
    """Lines in both pages from which untranslated text (code) differs: the source's will be shown."""

    mirrors: bool
    """Whether the translation has the same blocks in the same order, all of them paired, and most of them agree."""

    def is_sure(self, pair: Pair) -> bool:
        """Whether ``pair`` is above the cut."""
        if self.mirrors and not pair.clashes:
            return pair.margin >= _LEAST and pair.evidence >= _DOUBT
        alone = len(self.source_only) + len(self.translation_only)
        cut = CUT + _OLDER * alone / (alone + 2 * len(self.pairs))
        return pair.margin >= (cut if pair.agrees else cut + _MORE) and pair.evidence >= _DOUBT_WHEN_OLD


_Found = tuple[int, int, float]  # item of the source, item of the translation, margin


def align(source: Document, translation: Document, evidence: Evidence | None = None, infix: str = "") -> Alignment:
    """Align ``translation`` with ``source``. ``infix`` is ``.de`` where the locale's own files are ``name.de.png``."""
    ours, theirs = items(source, infix), items(translation, infix)
    score = Score(ours, theirs, evidence)
    ordered = _uncrossed(list(_aligned(ours, theirs, score)), ours, theirs, score)
    found = sorted([*ordered, *_moved(ordered, ours, theirs, score)])
    joined = list(_joined(found, ours, theirs, score))
    apart = {at for one, *_ in joined for at in one}, {at for _, one in joined for at in one}
    pairs = []
    for i, j, margin in found:
        one, other = ours[i], theirs[j]
        if one.segment and other.segment and i not in apart[0]:
            agree, words = _agree(one.marks, other.marks), score.evidence(one, other)
            pairs.append(Pair(one.segment, other.segment, margin, agree, words, _clash(one.marks, other.marks)))
    paired = {i for i, j, _ in found if theirs[j].segment} | apart[0], {j for _, j, _ in found} | apart[1]
    alone = [item.segment for i, item in enumerate(ours) if item.segment and i not in paired[0]]
    left = [item.segment for j, item in enumerate(theirs) if item.segment and j not in paired[1] and item.form != TITLE]
    mirrors = [*map(_form, ours)] == [*map(_form, theirs)] and all(i == j for i, j, _ in found)
    groups = (
        Joined(
            tuple(segment for i in some if (segment := ours[i].segment)),
            tuple(segment for j in others if (segment := theirs[j].segment)),
        )
        for some, others in joined
    )
    marked = [_agree(*both) for i, j, _ in found if (both := (_marks(ours[i]), _marks(theirs[j]))) != ((), ())]
    code = ((ours[i].line, theirs[j].line) for i, j, _ in found if ours[i].lines != theirs[j].lines)
    whole = mirrors and not alone and not joined and not left and sum(marked) >= _ALIKE * len(marked)
    return Alignment(tuple(pairs), tuple(groups), tuple(alone), tuple(left), tuple(code), whole)


def _clash(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether both have marks that are no numbers, and share none of them."""
    one, other = ({mark for mark in marks if not mark.startswith("#")} for marks in (some, others))
    return bool(one and other) and one.isdisjoint(other)


def _form(item: Item) -> tuple[str, str]:
    return item.form, item.lead


def _agree(marks: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return marks == others or Counter(marks) == Counter(others)


def _marks(item: Item) -> tuple[str, ...]:
    """The marks but for numbers, which one language spells out and another does not."""
    return tuple(mark for mark in item.marks if not mark.startswith("#"))


# ---------------------------------------------------------------- stretches


def _aligned(ours: Sequence[Item], theirs: Sequence[Item], score: Score) -> Iterator[_Found]:
    """The best pairs without crossings."""
    fixed = list(_anchors(ours, theirs)) if len(ours) * len(theirs) > _LARGE else []
    i = j = 0
    for k, at in enumerate([*fixed, (len(ours), len(theirs))]):
        yield from (
            (a + i, b + j, margin) for a, b, margin in _Stretch(ours[i : at[0]], theirs[j : at[1]], score).best()
        )
        if k < len(fixed):
            yield (*at, -_FAR)
            i, j = at[0] + 1, at[1] + 1


def _anchors(ours: Sequence[Item], theirs: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """What stands once in each page: the longest chain of them without crossings."""
    here, there = _once(ours), _once(theirs)
    both = [(i, there[name]) for name, i in here.items() if name in there]
    ends: list[int] = []  # the smallest end of a chain of each length
    chains: list[int] = []  # and which of both that is
    before: list[int] = []
    for n, (_, j) in enumerate(both):
        at = bisect_left(ends, j)
        before.append(chains[at - 1] if at else -1)
        ends[at : at + 1], chains[at : at + 1] = [j], [n]
    chain: list[tuple[int, int]] = []
    n = chains[-1] if chains else -1
    while n >= 0:
        chain.append(both[n])
        n = before[n]
    yield from reversed(chain)


def _once(page: Sequence[Item]) -> dict[tuple[str, ...], int]:
    """What stands once on a page, and where: heading ids, and untranslated text that is more than a closing mark."""
    names = [("#", item.id) if item.id else item.lines for item in page]
    counts = Counter(names)
    return {
        name: at
        for at, name in enumerate(names)
        if counts[name] == 1 and (name[:1] == ("#",) or len("".join(name)) > 8)
    }


class _Stretch:
    """Dynamic programming over two sequences of items, kept near the diagonal where they are very long."""

    def __init__(self, ours: Sequence[Item], theirs: Sequence[Item], score: Score) -> None:
        self.rows, self.columns = len(ours), len(theirs)
        self._gaps = [score.gap(item) for item in ours], [score.gap(item) for item in theirs]
        self._first = [self._range(i)[0] for i in range(self.rows + 1)]
        self._last = [self._range(i)[1] for i in range(self.rows + 1)]
        self._pairs = [
            [
                _FAR if (value := score.pair(ours[i], theirs[j])) is None else value
                for j in range(self._first[i], min(self._last[i], self.columns - 1) + 1)
            ]
            for i in range(self.rows)
        ]

    def _range(self, i: int) -> tuple[int, int]:
        if self.rows * self.columns <= 160_000:
            return 0, self.columns
        middle = i * self.columns // max(1, self.rows)
        width = _BAND + self.columns // max(1, self.rows)
        return max(0, middle - width), min(self.columns, middle + width)

    def _pair(self, i: int, j: int) -> float:
        at = j - self._first[i]
        return self._pairs[i][at] if 0 <= at < len(self._pairs[i]) else _FAR

    def _forward(self) -> list[list[float]]:
        """The best sum over the items before (i, j)."""
        gaps, others = self._gaps
        rows: list[list[float]] = []
        for i in range(self.rows + 1):
            first, last = self._first[i], self._last[i]
            row: list[float] = []
            left = 0.0 if i == 0 and first == 0 else _FAR
            above = rows[i - 1] if i else []
            start = self._first[i - 1] if i else 0
            for j in range(first, last + 1):
                value = left + others[j - 1] if j > first else left
                at = j - start
                if i and at < len(above):
                    value = max(value, above[at] + gaps[i - 1])
                if i and 0 < at <= len(above):
                    value = max(value, above[at - 1] + self._pair(i - 1, j - 1))
                row.append(value)
                left = value
            rows.append(row)
        return rows

    def _backward(self) -> list[list[float]]:
        """The best sum over the items from (i, j) on."""
        gaps, others = self._gaps
        rows: list[list[float]] = [[] for _ in range(self.rows + 1)]
        for i in range(self.rows, -1, -1):
            first, last = self._first[i], self._last[i]
            row = [_FAR] * (last - first + 1)
            right = 0.0 if i == self.rows and last == self.columns else _FAR
            below = rows[i + 1] if i < self.rows else []
            start = self._first[i + 1] if i < self.rows else 0
            for j in range(last, first - 1, -1):
                value = right + others[j] if j < last else right
                at = j - start
                if 0 <= at < len(below):
                    value = max(value, below[at] + gaps[i])
                if i < self.rows and -1 <= at < len(below) - 1:
                    value = max(value, below[at + 1] + self._pair(i, j))
                row[j - first] = value
                right = value
            rows[i] = row
        return rows

    def best(self) -> Iterator[_Found]:
        """The pairs of the best path, and what each is worth."""
        if not self.rows or not self.columns:
            return
        before, after = self._forward(), self._backward()
        total = after[0][0]
        i = j = 0
        while i < self.rows and j < self.columns:
            here = after[i][j - self._first[i]]
            if self._is(here, self._value(after, i + 1, j + 1) + self._pair(i, j)):
                yield i, j, min(total - self._without(i, j, before, after), -_FAR)
                i, j = i + 1, j + 1
            elif self._is(here, self._value(after, i + 1, j) + self._gaps[0][i]):
                i += 1
            else:
                j += 1

    @staticmethod
    def _is(one: float, other: float) -> bool:
        return math.isclose(one, other, rel_tol=0, abs_tol=1e-6)

    def _value(self, rows: list[list[float]], i: int, j: int) -> float:
        at = j - self._first[i]
        return rows[i][at] if 0 <= at < len(rows[i]) else _FAR

    def _without(self, i: int, j: int, before: list[list[float]], after: list[list[float]]) -> float:
        """The best sum of all paths that do not pair i with j."""
        gap, pairs, first = self._gaps[0][i], self._pairs[i], self._first[i]
        best = _FAR
        below, start = after[i + 1], self._first[i + 1]
        for at, value in enumerate(before[i]):
            k = at + first - start
            if 0 <= k < len(below):
                best = max(best, value + gap + below[k])
            if at < len(pairs) and at + first != j and 0 <= k + 1 < len(below):
                best = max(best, value + pairs[at] + below[k + 1])
        return best


# ---------------------------------------------------------------- out of order


def _uncrossed(found: Sequence[_Found], ours: Sequence[Item], theirs: Sequence[Item], score: Score) -> list[_Found]:
    """``found`` with smaller margins where segments nearby fit better crosswise."""
    pairs = [(i, j) for i, j, _ in found if ours[i].segment and theirs[j].segment]
    worth = {(i, j): score.pair(ours[i], theirs[j]) or 0.0 for i, j in pairs}
    better = dict.fromkeys(pairs, _FAR)
    for at, (i, j) in enumerate(pairs):
        for k, m in pairs[at + 1 : at + 1 + _NEAR]:
            one, other = score.pair(ours[i], theirs[m]), score.pair(ours[k], theirs[j])
            if one is not None and other is not None:
                gain = one + other - worth[i, j] - worth[k, m]
                better[i, j], better[k, m] = max(better[i, j], gain), max(better[k, m], gain)
    return [(i, j, min(margin, _IN_ORDER - better.get((i, j), _FAR))) for i, j, margin in found]


def _moved(found: Sequence[_Found], ours: Sequence[Item], theirs: Sequence[Item], score: Score) -> Iterator[_Found]:
    """Pairs of what has no partner: each is the best for the other by far."""
    paired = {i for i, *_ in found}, {j for _, j, _ in found}
    here = [i for i, item in enumerate(ours) if item.segment and i not in paired[0]]
    there = [j for j, item in enumerate(theirs) if item.segment and item.form != TITLE and j not in paired[1]]
    if len(here) * len(there) > _MOST_MOVED:
        return
    rows = {i: {j: value for j in there if (value := score.pair(ours[i], theirs[j])) is not None} for i in here}
    for i, row in rows.items():
        if not row:
            continue
        j = max(row, key=row.__getitem__)
        rivals = [value for k, value in row.items() if k != j]
        rivals += [other[j] for k, other in rows.items() if k != i and j in other]
        margin = row[j] - max(rivals, default=0.0)
        if row[j] >= _MOVED and margin >= _MORE:
            yield i, j, min(margin, row[j] - _MOVED + CUT)


# ---------------------------------------------------------------- splits and joins


def _joined(
    found: Sequence[_Found], ours: Sequence[Item], theirs: Sequence[Item], score: Score
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Pairs beside an item without a partner that fits in clearly better than it stays alone."""
    alone = {*range(len(ours))} - {i for i, *_ in found}, {*range(len(theirs))} - {j for _, j, _ in found}
    for i, j, _ in found:
        one, other = ours[i], theirs[j]
        if not one.segment or not other.segment:
            continue
        for step in (1, -1):
            k = j + step
            if (
                k in alone[1]
                and same_place(one, theirs[k])
                and _fits(score, (one, _sum(other, theirs[k])), (one, other))
            ):
                alone[1].remove(k)
                yield (i,), (min(j, k), max(j, k))
                break
            k = i + step
            if k in alone[0] and same_place(ours[k], other) and _fits(score, (_sum(one, ours[k]), other), (one, other)):
                alone[0].remove(k)
                yield (min(i, k), max(i, k)), (j,)
                break


def _sum(one: Item, other: Item) -> Item:
    size = one.size + other.size + 1
    marks, names = one.marks + other.marks, one.names | other.names
    return replace(one, marks=marks, names=names, size=size, log=math.log(size + 4))


def _fits(score: Score, whole: tuple[Item, Item], part: tuple[Item, Item]) -> bool:
    """Whether the whole fits clearly better than its part."""
    together, alone = score.pair(*whole), score.pair(*part)
    return together is not None and alone is not None and together > alone + 1.0
