"""Edits that do not touch the words: the target follows by itself, and what was reviewed stays reviewed.

1. Where only white space changed, the target stays as it is. A line break that the writer set is no white space.
2. Where only what stands inside inline codes changed (a link's target, an image's path, an address, the text of a code
   span), the same change is made in the target. Each old code must stand in the target as often as in the source, and
   must have become one new code: else a person has to look.
3. The prose inside a code (a link's title) is words like any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from polyhelp.model import Key, Unit, digest
from polyhelp.text.inline import Code, tokenize
from polyhelp.text.lists import without_lists

Data = Callable[[str, tuple[str, ...]], str]
"""A source text and region codes -> the digest of the region data that it reads there; ``""`` when it reads none.

Without codes, all regions are meant."""

_MOVABLE = frozenset({"link", "image", "code", "url", "icon", "reference", "math", "keys", "footnote", "attributes"})
_SPACES = re.compile(r"[ \t]{2,}")
Skeleton = tuple[object, ...]


def skeleton(source: str) -> Skeleton:
    """What an edit must leave alone to be carried: the words, and which codes stand where."""
    out: list[object] = []
    for token in tokenize(source):
        if isinstance(token, str):
            out.append(_SPACES.sub(" ", token))
        elif token.kind != "attributes":
            prose = tuple(part for part in token.parts[1::2])
            literal = "" if token.kind in _MOVABLE else token.text
            out.append((token.kind, token.role, prose, literal))
    return tuple(out)


def carried(unit: Unit, key: Key, data: Data) -> Unit | None:
    """``unit`` with the source ``key``, which has the same skeleton; None when the target cannot follow."""
    moved = _moved_codes(unit.source, key.source)
    if moved is None:
        return None
    target = _rewritten(unit.target, moved, unit.source) if moved else unit.target
    if target is not None and without_lists(unit.source) != unit.source:
        target = without_lists(target)  # sources show no attribute lists any more
    return None if target is None else with_source(unit, key, target, data)


def with_source(unit: Unit, key: Key, target: str, data: Data) -> Unit:
    """``unit`` as the unit of ``key``, in the state that it was in: its target means the same as before."""
    review = unit.review
    made_from = unit.previous if unit.fuzzy and unit.previous else unit.source
    if review and review.hash == digest(made_from, unit.target, data(made_from, review.regions)):
        again = digest(key.source, target, data(key.source, review.regions))
        review = review.rehashed(again)
    return replace(unit.retargeted(target), source=key.source, context=key.context, review=review)


_Markup = tuple[str, ...]


def _moved_codes(old: str, new: str) -> dict[_Markup, _Markup] | None:
    """Old code -> new code, for those that changed; None when one became two different ones."""
    moved: dict[_Markup, _Markup] = {}
    for before, after in zip(_codes(old), _codes(new), strict=True):
        if moved.setdefault(before, after) != after or len(before) != len(after):
            return None
    return {before: after for before, after in moved.items() if before != after}


def _codes(text: str) -> list[_Markup]:
    return [token.markup for token in tokenize(text) if isinstance(token, Code) and token.kind != "attributes"]


def _rewritten(target: str, moved: dict[_Markup, _Markup], source: str) -> str | None:
    wanted = Counter(literal for literal in _codes(source) if literal in moved)
    if Counter(literal for literal in _codes(target) if literal in moved) != wanted:
        return None
    out: list[str] = []
    for token in tokenize(target):
        if isinstance(token, str):
            out.append(token)
            continue
        after = moved.get(token.markup)
        if after is None:
            out.append(token.text)
        else:
            prose = [*token.parts[1::2][: len(after) - 1], ""]
            out += [piece for pair in zip(after, prose, strict=True) for piece in pair]
    return "".join(out)
