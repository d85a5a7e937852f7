"""How alike two texts are."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def similarity(one: str, other: str) -> int:
    """0 to 100, source against source: the share of characters that need no edit (indel ratio)."""
    return int(fuzz.ratio(one, other))


def instead(word: str, known: Iterable[str]) -> str:
    """The way out for who wrote ``word``, which is none of ``known``: the one that was meant, or what there is."""
    names = list(known)
    near = closest(word, names)
    return f"did you mean '{near}'?" if near else f"there are: {', '.join(names) or 'none'}"


def closest(word: str, candidates: Iterable[str]) -> str:
    """The candidate that ``word`` was probably meant to be, or ``""`` when none is near (below 70 of 100)."""
    found = process.extractOne(word, list(candidates), scorer=fuzz.ratio, score_cutoff=70)
    return found[0] if found else ""
