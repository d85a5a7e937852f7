"""Aligned pairs as targets in a catalog, and what a person must know about the rest.

1. A text that is the same on both sides was not translated, unless all its words are names.
2. Where a source text was translated in two ways on a page, the more frequent one is taken, else the first.
3. A target that a person wrote or accepted stays; so does any that came from another page's person. What a machine
   made and nobody accepted gives way.
4. A target that a reviewer rejected does not come back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from polyhelp.locales.align import Alignment, Pair
from polyhelp.locales.align_text import Labels, target_text
from polyhelp.model import Catalog, Key, Origin, Unit, digest
from polyhelp.text.inline import masked

MAKER = "adopted"
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NAME = re.compile(r".*(?:\d|\w[A-Z]).*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """The target taken for a source text: from which pair, and whether it is sure."""

    pair: Pair
    target: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What a page's pairs give: a target for each key, the pairs whose wording lost, the untranslated pairs."""

    targets: Mapping[Key, Choice]
    others: tuple[Pair, ...] = ()
    untranslated: tuple[Pair, ...] = ()


def choose(alignment: Alignment, labels: Labels, names: Collection[str] = ()) -> Choices:
    """The targets that ``alignment`` gives. ``names`` are words that are the same in both languages."""
    found: dict[Key, list[Choice]] = {}
    untranslated = []
    for pair in alignment.pairs:
        target = target_text(pair.source, pair.translation, labels)
        if target.split() == pair.source.source.split() and not is_name(target, names):
            untranslated.append(pair)
        elif target.strip():
            found.setdefault(pair.source.key, []).append(Choice(pair, target, alignment.is_sure(pair)))
    targets = {key: _most_frequent(choices) for key, choices in found.items()}
    others = [
        choice.pair for key, choices in found.items() for choice in choices if choice.target != targets[key].target
    ]
    return Choices(targets, tuple(others), tuple(untranslated))


def is_name(text: str, names: Collection[str]) -> bool:
    """Whether every word of ``text`` outside code is a name: known as one, or written like one (``GitHub``, ``S3``)."""
    return all(word in names or _NAME.fullmatch(word) for word in _WORD.findall(masked(text)))


def kept_words(pairs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Words that translators left as they are: in at least two translated texts, and in most where they stand."""
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for source, target in {*pairs}:
        if source != target:
            words = {*_WORD.findall(masked(source))}
            seen.update(words)
            kept.update(words & {*_WORD.findall(masked(target))})
    return frozenset(
        word for word, count in kept.items() if count >= 2 and 2 * count > seen[word] and word[0].isupper()
    )


def _most_frequent(choices: Sequence[Choice]) -> Choice:
    sure = [choice for choice in choices if choice.sure] or choices
    counts = Counter(choice.target for choice in sure)
    return max(sure, key=lambda choice: counts[choice.target])  # max gives the first of equals


def fill(catalog: Catalog, choices: Choices, date: str) -> tuple[Catalog, frozenset[Key]]:
    """``catalog`` with the targets that may be put in, and the keys of the units that now say what was adopted."""
    units, taken = [], set()
    for unit in catalog.units:
        choice = None if unit.obsolete else choices.targets.get(unit.key)
        new = _filled(unit, choice, date) if choice else unit
        units.append(new)
        if choice and new.target == choice.target:
            taken.add(unit.key)
    return replace(catalog, units=tuple(units)), frozenset(taken)


def _filled(unit: Unit, choice: Choice, date: str) -> Unit:
    if unit.target and (not unit.by_machine or unit.review):
        return unit
    if any(comment.startswith("rejected: ") and digest(choice.target) in comment.split() for comment in unit.comments):
        return unit
    origin = Origin.of(MAKER, date, choice.target)
    return replace(unit, target=choice.target, fuzzy=not choice.sure, previous="", origin=origin, review=None)
