"""The source side: where the concepts of a term base occur in a text.

All surfaces of all concepts lie in one table keyed by their first word, so that a text is read once however many
terms there are. A candidate is dropped inside an excluded phrase and where its neighbours show that it is another
part of speech; of those that remain, the longest wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polyhelp.glossary.inflect import surfaces
from polyhelp.glossary.prose import THROUGH, masked_source
from polyhelp.model import Concept, PartOfSpeech, TermHit

_PIECE = re.compile(rf"[^\W_]+|[^\w\s{THROUGH}\-‐‑]")  # a word, or one mark; a hyphen is as good as a space
_GAP = re.compile(rf"[\s{THROUGH}\-‐‑]*")
_HYPHENS = "-‐‑"
_BEFORE_VERB = frozenset(
    {
        "to",
        "can",
        "could",
        "will",
        "would",
        "shall",
        "should",
        "may",
        "might",
        "must",
        "cannot",
        "don't",
        "you",
        "we",
        "they",
        "i",
    }
)
_BEFORE_NOUN = frozenset(
    {"a", "an", "the", "this", "that", "your", "our", "their", "his", "her", "its", "my", "no", "any", "each", "every"}
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that names ``concepts``: one, or homographs of different parts of speech."""

    start: int
    end: int
    text: str
    concepts: tuple[Concept, ...]

    @property
    def hit(self) -> TermHit:
        """The span as a hit of its first concept."""
        return TermHit(self.concepts[0], self.start, self.end, self.text)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Surface:
    """One form to look for: its pieces in small letters, and as written where the concept is case-sensitive."""

    keys: tuple[str, ...]
    written: tuple[str, ...]
    concept: int
    excluded: bool
    base: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    concept: int


def pieces(text: str) -> tuple[str, ...]:
    """The words and marks of ``text``, hyphens and spaces left out; typographic apostrophes as typewriter ones."""
    return tuple(_plain(piece) for piece in _PIECE.findall(text))


def _plain(piece: str) -> str:
    return "'" if piece == "’" else piece


class Index:
    """The compiled surfaces of ``concepts``. Building takes about 10 µs per surface, searching grows with the text."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = tuple(concepts)
        self._table: dict[str, list[_Surface]] = {}
        for number, concept in enumerate(self._concepts):
            for form in forms_of(concept):
                self._add(form, number, excluded=False, base=form.casefold() == concept.source.casefold())
            for phrase in concept.excluded:
                for form in surfaces(phrase, PartOfSpeech.NOUN):
                    self._add(form, number, excluded=True, base=False)
        self._first = re.compile(r"[^\W_]+|[^\w\s]")

    def _add(self, form: str, concept: int, *, excluded: bool, base: bool) -> None:
        written = pieces(form)
        if not written:
            return
        keys = tuple(piece.casefold() for piece in written)
        exact = written if self._concepts[concept].case_sensitive and not excluded else ()
        self._table.setdefault(keys[0], []).append(_Surface(keys, exact, concept, excluded, base))

    def spans(self, text: str, active: frozenset[int] | None = None) -> tuple[Span, ...]:
        """The spans of ``text`` in reading order; they never overlap. ``active`` limits which concepts count."""
        if not any(_plain(word).casefold() in self._table for word in self._first.findall(text)):
            return ()
        masked = masked_source(text)
        found = [_Piece(_plain(match[0]), match.start(), match.end()) for match in _PIECE.finditer(masked)]
        keys = [piece.text.casefold() for piece in found]
        walls: list[_Candidate] = []
        candidates: list[_Candidate] = []
        for at, key in enumerate(keys):
            for surface in self._table.get(key, ()):
                if active is not None and surface.concept not in active:
                    continue
                last = at + len(surface.keys)
                if not self._stands(surface, at, keys, found, masked):
                    continue
                candidate = _Candidate(found[at].start, found[last - 1].end, surface.concept)
                if surface.excluded:
                    walls.append(candidate)
                elif not self._out_of_place(surface, at, keys, masked, candidate):
                    candidates.append(candidate)
        blocked = _Walls(walls)
        return tuple(self._longest(text, [one for one in candidates if not blocked.hold(one)]))

    def _stands(self, surface: _Surface, at: int, keys: list[str], found: list[_Piece], masked: str) -> bool:
        last = at + len(surface.keys)
        if tuple(keys[at:last]) != surface.keys:
            return False
        if surface.written and tuple(piece.text for piece in found[at:last]) != surface.written:
            return False
        return all(
            _GAP.fullmatch(masked, one.end, other.start)
            for one, other in zip(found[at:last], found[at + 1 : last], strict=False)
        )

    def _out_of_place(self, surface: _Surface, at: int, keys: list[str], masked: str, candidate: _Candidate) -> bool:
        """Whether the neighbours show half of a hyphenated word, a verb for a noun, or a noun for a verb."""
        if _in_hyphen_compound(masked, candidate.start, candidate.end):
            return True
        before = _word_before(keys, at)
        if len(surface.keys) > 1 or not surface.base:
            return False
        part = self._concepts[surface.concept].part
        if part is PartOfSpeech.NOUN:
            return before in _BEFORE_VERB
        return part is PartOfSpeech.VERB and before in _BEFORE_NOUN

    def _longest(self, text: str, candidates: list[_Candidate]) -> Iterator[Span]:
        chosen: dict[tuple[int, int], list[int]] = {}
        taken = bytearray(len(text))
        for one in sorted(candidates, key=lambda one: (one.start - one.end, one.start, self._rank(one.concept))):
            place = (one.start, one.end)
            if place in chosen:
                if one.concept not in chosen[place]:
                    chosen[place].append(one.concept)
            elif not any(taken[one.start : one.end]):
                chosen[place] = [one.concept]
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
        for start, end in sorted(chosen):
            concepts = tuple(self._concepts[number] for number in chosen[start, end])
            yield Span(start, end, text[start:end], concepts)

    def _rank(self, concept: int) -> tuple[bool, int]:
        """At the same place, the case-sensitive concept is the more exact one; then the order of the term base."""
        return (not self._concepts[concept].case_sensitive, concept)


def forms_of(concept: Concept) -> tuple[str, ...]:
    """Every surface of a concept in the source language: inflections of its source and variants."""
    forms = [form for name in (concept.source, *concept.variants) for form in surfaces(name, concept.part)]
    return tuple(dict.fromkeys(forms))


class _Walls:
    """The excluded phrases found in a text: for each concept the characters they cover."""

    def __init__(self, walls: list[_Candidate]) -> None:
        self._ends: dict[tuple[int, int], int] = {}  # (concept, character) -> where the phrase over it ends
        for wall in walls:
            for at in range(wall.start, wall.end):
                self._ends[wall.concept, at] = max(wall.end, self._ends.get((wall.concept, at), 0))

    def hold(self, one: _Candidate) -> bool:
        """Whether the candidate lies inside a phrase that is excluded for its concept."""
        return one.end <= self._ends.get((one.concept, one.start), -1)


def _in_hyphen_compound(masked: str, start: int, end: int) -> bool:
    before = masked[max(0, start - 2) : start]
    after = masked[end : end + 2]
    return (len(before) == 2 and before[1] in _HYPHENS and before[0].isalnum()) or (
        len(after) == 2 and after[0] in _HYPHENS and after[1].isalnum()
    )


def _word_before(keys: list[str], at: int) -> str:
    """The word before, contractions joined again: "don't" is three pieces."""
    if at >= 3 and keys[at - 2] == "'":
        return f"{keys[at - 3]}'{keys[at - 1]}"
    return keys[at - 1] if at else ""
