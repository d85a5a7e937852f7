"""Words that usually translate each other, learnt from pairs that are sure: no dictionary of any language is needed.

For a word of the source, its partners are the words that stand in the translations of its segments far more often
than elsewhere. Whether a partner is there speaks for a pair or against it (naive Bayes), so that a rewritten
paragraph is told from one that was translated. Scripts without spaces are taken in pairs of characters.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from polyhelp.model import Segment
from polyhelp.text.inline import masked

_WORD = re.compile(r"[^\W\d_]+")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_TIMES = 4
"""Pairs in which a word and its partner must stand together: fewer may be chance."""
_PARTNERS = 3
_COMMON = 0.25
"""Share of the segments from which a word says nothing any more."""
_ENOUGH = 60
"""Pairs without which nothing is learnt."""
_MOST = 6000
"""Pairs after which nothing new is learnt, and much memory would be taken."""
_DAMPED, _LIMIT = 0.8, 8.0  # words of a text are not independent of each other


@dataclass(frozen=True, slots=True)
class _Partners:
    """What to look for in a translation; log-odds when it is there and when it is not."""

    words: frozenset[str]
    present: float
    absent: float


@dataclass(frozen=True, slots=True)
class Words:
    """What was learnt: for each word of one language its partners, in both directions."""

    there: Mapping[str, _Partners]
    back: Mapping[str, _Partners]

    def __call__(self, source: Segment, translation: Segment) -> float:
        """Log-odds that ``translation`` translates ``source``; 0 where no word of them is known."""
        here, other = words(source.source), words(translation.source)
        score = _DAMPED * (_evidence(here, other, self.there) + _evidence(other, here, self.back)) / 2
        return max(-_LIMIT, min(_LIMIT, score))


def _evidence(here: frozenset[str], other: frozenset[str], known: Mapping[str, _Partners]) -> float:
    score = 0.0
    for word in here:
        partners = known.get(word)
        if partners:
            score += partners.absent if partners.words.isdisjoint(other) else partners.present
    return score


@lru_cache(maxsize=50_000)
def words(text: str) -> frozenset[str]:
    """The words of a segment outside its codes, in small letters."""
    found: set[str] = set()
    for word in _WORD.findall(masked(text).lower()):
        at = 0
        for run in _SPACELESS.finditer(word):
            found.add(word[at : run.start()])
            found.update(run[0][n : n + 2] for n in range(len(run[0]) - 1))
            at = run.end()
        found.add(word[at:])
    found.discard("")
    return frozenset(found)


def learn(pairs: Iterable[tuple[str, str]]) -> Words | None:
    """What pairs of source text and translation teach; None where they are too few."""
    known = [(words(one), words(other)) for one, other in sorted({*pairs})[: 4 * _MOST]]
    known = known[:: max(1, len(known) // _MOST)]
    if len(known) < _ENOUGH:
        return None
    return Words(_partners(known), _partners([(other, one) for one, other in known]))


def _partners(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> dict[str, _Partners]:
    ours = Counter(word for one, _ in pairs for word in one)
    theirs = Counter(word for _, other in pairs for word in other)
    most = max(_TIMES, _COMMON * len(pairs))
    wanted = {word for word, count in theirs.items() if _TIMES <= count <= most}
    together: dict[str, Counter[str]] = {word: Counter() for word, count in ours.items() if _TIMES <= count <= most}
    for one, other in pairs:
        seen = other & wanted
        for word in one:
            if word in together:
                together[word].update(seen)
    found = {word: _best(counts, ours[word], theirs, len(pairs)) for word, counts in together.items()}
    found = {word: best for word, best in found.items() if best}
    return _weighed(pairs, found, ours)


def _best(counts: Counter[str], count: int, theirs: Counter[str], number: int) -> frozenset[str]:
    """The words that stand with a word most, by log-likelihood: observed times their logarithm over the expected."""
    rated = [
        (joint * math.log(joint * number / (count * theirs[word])), word)
        for word, joint in counts.items()
        if joint >= _TIMES and joint * number > 3 * count * theirs[word] and 5 * joint >= count
    ]
    return frozenset(word for _, word in sorted(rated, reverse=True)[:_PARTNERS])


def _weighed(
    pairs: Sequence[tuple[frozenset[str], frozenset[str]]], found: Mapping[str, frozenset[str]], ours: Counter[str]
) -> dict[str, _Partners]:
    places: dict[str, set[int]] = {}
    for at, (_, other) in enumerate(pairs):
        for word in other:
            places.setdefault(word, set()).add(at)
    hits = Counter(word for one, other in pairs for word in one if word in found and found[word] & other)
    known = {}
    for word, partners in found.items():
        anywhere = len(set().union(*(places[partner] for partner in partners)))
        if_same = (hits[word] - 0.5) / (ours[word] + 1)
        by_chance = min(if_same, (anywhere - hits[word] + 1) / (len(pairs) - ours[word] + 2))
        known[word] = _Partners(partners, math.log(if_same / by_chance), math.log((1 - if_same) / (1 - by_chance)))
    return known
