"""How alike two texts are."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def similarity(one: str, other: str) -> int:
    """0 to 100, source against source: the share of characters that need no edit (indel ratio)."""
    return int(fuzz.ratio(one, other))


def closest(word: str, candidates: Iterable[str]) -> str:
    """The candidate that ``word`` was probably meant to be, or ``""`` when none is near (below 70 of 100)."""
    found = process.extractOne(word, list(candidates), scorer=fuzz.ratio, score_cutoff=70)
    return found[0] if found else ""
