"""Which text that is gone became which text that is new: edited, split in two, or merged from two.

Similarity is the indel ratio of the two sources, 0 to 100. The best pair of all is taken first, then the next best of
those that are left. A paragraph counts as split (or merged) where its text is almost (95) that of two to four new (or
lost) ones in a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from polyhelp.model import Key, Unit
from polyhelp.text.plural import Plural

NEAR = 60
"""Similarity from which an old target is worth showing beside a new source; gettext's msgmerge uses 0.6 as well."""
_SAME = 95
_LONGEST_ROW = 4
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """New texts and the units they came from, one of the two in the singular; similarity 0 to 100."""

    keys: tuple[Key, ...]
    units: tuple[Unit, ...]
    similarity: int


def pairs(new: Sequence[Key], lost: Sequence[Unit]) -> Iterator[Pair]:
    """Pair ``new`` texts with ``lost`` units, each given in reading order. None of either appears twice."""
    keys, units = list(new), list(lost)
    for pair in (*_split(keys, units), *_merged(keys, units)):
        if all(key in keys for key in pair.keys) and all(unit in units for unit in pair.units):
            keys = [key for key in keys if key not in pair.keys]
            units = [unit for unit in units if unit not in pair.units]
            yield pair
    yield from _edited(keys, units)


def _edited(keys: Sequence[Key], units: Sequence[Unit]) -> Iterator[Pair]:
    sources = [_sentence(unit.source) for unit in units]
    scored = [
        (-score, abs(n * len(units) - at * len(keys)), n, at)  # the same place on the page breaks a tie
        for n, key in enumerate(keys)
        for _, score, at in process.extract(
            _sentence(key.source), sources, scorer=fuzz.ratio, limit=_CANDIDATES, score_cutoff=NEAR
        )
    ]
    used_keys: set[int] = set()
    used_units: set[int] = set()
    for score, _, n, at in sorted(scored):
        if n not in used_keys and at not in used_units:
            used_keys.add(n)
            used_units.add(at)
            yield Pair((keys[n],), (units[at],), int(-score))


def _sentence(source: str) -> str:
    """What of a source is compared: of plural forms the last, so that a sentence that becomes a plural is found."""
    plural = Plural.parse(source)
    return plural.forms[-1] if plural else source


def _split(keys: Sequence[Key], units: Sequence[Unit]) -> Iterator[Pair]:
    texts = [key.source for key in keys]
    for unit in units:
        for start, end in _rows(texts, unit.source):
            yield Pair(tuple(keys[start:end]), (unit,), int(fuzz.ratio(unit.source, " ".join(texts[start:end]))))


def _merged(keys: Sequence[Key], units: Sequence[Unit]) -> Iterator[Pair]:
    texts = [unit.source for unit in units]
    for key in keys:
        for start, end in _rows(texts, key.source):
            yield Pair((key,), tuple(units[start:end]), int(fuzz.ratio(key.source, " ".join(texts[start:end]))))


def _rows(texts: Sequence[str], whole: str) -> Iterator[tuple[int, int]]:
    """The first row of two to four ``texts`` that together say ``whole``."""
    for start in range(len(texts) - 1):
        size = len(texts[start])
        for end in range(start + 2, min(start + _LONGEST_ROW, len(texts)) + 1):
            size += 1 + len(texts[end - 1])
            if size * _SAME > len(whole) * (200 - _SAME):
                break  # too long already
            if size * (200 - _SAME) < len(whole) * _SAME:
                continue  # still too short
            if fuzz.ratio(whole, " ".join(texts[start:end]), score_cutoff=_SAME):
                yield start, end
                return
