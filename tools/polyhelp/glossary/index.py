"""The source side: where the concepts of a term base occur in a text.

All surfaces of all concepts lie in one table keyed by their first word, so that a text is read once however many
terms there are. A candidate is dropped inside an excluded phrase and where its neighbours show that something else is
meant; of those that remain, the longest wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from polyhelp.glossary.gates import Form, in_hyphen_compound, out_of_place
from polyhelp.glossary.inflect import surfaces
from polyhelp.glossary.prose import THROUGH, masked_source
from polyhelp.model import Concept, PartOfSpeech, TermHit

_PIECE = re.compile(rf"[^\W_]+|[^\w\s{THROUGH}\-‐‑]")  # a word, or one mark; a hyphen is as good as a space
_GAP = re.compile(rf"[\s{THROUGH}\-‐‑]*")


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
class _Surface:
    """One form to look for, as ``written`` where the concept is case-sensitive."""

    written: tuple[str, ...]
    concept: int
    excluded: bool
    form: Form


_Candidate = tuple[int, int, int]
"""(start, end, number of the concept)"""


def pieces(text: str) -> tuple[str, ...]:
    """The words and marks of ``text``, hyphens and spaces left out; typographic apostrophes as typewriter ones."""
    return tuple(_PIECE.findall(text.replace("’", "'")))


def _parts(concept: Concept) -> tuple[PartOfSpeech, ...]:
    """The parts of speech that a concept is looked for as."""
    return (PartOfSpeech.NOUN, PartOfSpeech.VERB) if concept.part is PartOfSpeech.ANY else (concept.part,)


class Index:
    """The compiled surfaces of ``concepts``. Building takes about 10 µs per surface, searching grows with the text."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = tuple(concepts)
        self._sizes: dict[str, tuple[int, ...]] = {}  # first piece -> how many pieces its surfaces have
        self._surfaces: dict[tuple[str, ...], list[_Surface]] = {}
        for number, concept in enumerate(self._concepts):
            for name in (concept.source, *concept.variants):
                for part in _parts(concept):
                    for form in surfaces(name, part):
                        self._add(form, number, part, base=form.casefold() == name.casefold())
            for phrase in concept.excluded:
                for form in surfaces(phrase, PartOfSpeech.NOUN):
                    self._add(form, number, concept.part, excluded=True)

    def _add(self, form: str, concept: int, part: PartOfSpeech, *, base: bool = False, excluded: bool = False) -> None:
        written = pieces(form)
        if not written:
            return
        keys = tuple(piece.casefold() for piece in written)
        exact = written if self._concepts[concept].case_sensitive and not excluded else ()
        shape = Form(part, len(keys) == 1, base, keys[-1].endswith("s"))
        self._surfaces.setdefault(keys, []).append(_Surface(exact, concept, excluded, shape))
        self._sizes[keys[0]] = tuple(sorted({len(keys), *self._sizes.get(keys[0], ())}))

    def spans(self, text: str, active: frozenset[int] | None = None) -> tuple[Span, ...]:
        """The spans of ``text`` in reading order; they never overlap. ``active`` limits which concepts count."""
        keys = _keys(text)
        if self._sizes.keys().isdisjoint(keys):
            return ()
        masked = masked_source(text)
        if masked != text:
            keys = _keys(masked)
        read = _Text(masked, keys)
        walls: list[_Candidate] = []
        candidates: list[_Candidate] = []
        for at, size, surface in self._matching(keys):
            if active is not None and surface.concept not in active:
                continue
            place = read.place(at, size, surface.written)
            if place is None:
                continue
            if surface.excluded:
                walls.append((*place, surface.concept))
            elif not read.misleads(surface.form, at, place):
                candidates.append((*place, surface.concept))
        if walls:
            blocked = _Walls(walls)
            candidates = [one for one in candidates if not blocked.hold(one)]
        return tuple(self._longest(text, candidates))

    def _matching(self, keys: list[str]) -> Iterator[tuple[int, int, _Surface]]:
        """The surfaces whose pieces follow one another in ``keys``: (number of the first piece, how many, which)."""
        for at in [at for at, key in enumerate(keys) if key in self._sizes]:
            for size in self._sizes[keys[at]]:
                for surface in self._surfaces.get(tuple(keys[at : at + size]), ()):
                    yield at, size, surface

    def _longest(self, text: str, candidates: list[_Candidate]) -> Iterator[Span]:
        if any(one[0] < before[1] for before, one in pairwise(candidates)):
            chosen = self._chosen(candidates)
        else:  # no two compete
            chosen = [(start, end, (self._concepts[concept],)) for start, end, concept in candidates]
        for start, end, concepts in chosen:
            yield Span(start, end, text[start:end], concepts)

    def _chosen(self, candidates: list[_Candidate]) -> list[tuple[int, int, tuple[Concept, ...]]]:
        places: dict[tuple[int, int], list[Concept]] = {}
        taken: set[int] = set()
        for start, end, number in sorted(candidates, key=self._rank):
            concept, there = self._concepts[number], places.get((start, end))
            if there is not None:
                if concept not in there:
                    there.append(concept)
            elif taken.isdisjoint(range(start, end)):
                places[start, end] = [concept]
                taken.update(range(start, end))
        return [(start, end, tuple(concepts)) for (start, end), concepts in sorted(places.items())]

    def _rank(self, one: _Candidate) -> tuple[int, int, bool, int]:
        """Longest first; at one place the case-sensitive concept, being more exact, then the term base's order."""
        start, end, concept = one
        return (start - end, start, not self._concepts[concept].case_sensitive, concept)


def _small(text: str) -> str:
    """Small letters, and typewriter apostrophes; positions stay right unless a letter becomes two ("ß")."""
    return text.replace("’", "'").casefold()


def _keys(text: str) -> list[str]:
    """The pieces of a text in small letters."""
    small = _small(text)
    if len(small) == len(text):
        return _PIECE.findall(small)
    return [piece.casefold() for piece in _PIECE.findall(text.replace("’", "'"))]


class _Text:
    """A masked text with the places of its pieces, which are worked out as far as they are asked for."""

    def __init__(self, masked: str, keys: list[str]) -> None:
        self._masked = masked
        self._keys = keys
        self._small = _small(masked)
        self._places: list[tuple[int, int]] = []
        if len(self._small) != len(masked):
            self._places = [match.span() for match in _PIECE.finditer(masked)]

    def place(self, at: int, size: int, written: tuple[str, ...]) -> tuple[int, int] | None:
        """Where ``size`` pieces from number ``at`` on stand, if they belong together and are ``written`` so."""
        places = self._places
        if len(places) < at + size:
            self._find(at + size)
        if size == 1 and not written:
            return places[at]
        here = places[at : at + size]
        if written and tuple(self._masked[start:end].replace("’", "'") for start, end in here) != written:
            return None
        for (_, end), (start, _) in pairwise(here):
            if not _GAP.fullmatch(self._masked, end, start):
                return None
        return here[0][0], here[-1][1]

    def _find(self, count: int) -> None:
        """Work out the places of the first ``count`` pieces: between two there are gaps, so the next is the nearest."""
        end = self._places[-1][1] if self._places else 0
        for key in self._keys[len(self._places) : count]:
            start = self._small.index(key, end)
            end = start + len(key)
            self._places.append((start, end))

    def misleads(self, form: Form, at: int, place: tuple[int, int]) -> bool:
        """Whether what stands around shows that the term is not meant."""
        start, end = place
        if in_hyphen_compound(self._masked, start, end):
            return True
        return out_of_place(form, self._keys, at, capital=self._masked[start].isupper())


def forms_of(concept: Concept) -> tuple[str, ...]:
    """Every surface of a concept in the source language: inflections of its source and variants."""
    names = (concept.source, *concept.variants)
    forms = [form for name in names for part in _parts(concept) for form in surfaces(name, part)]
    return tuple(dict.fromkeys(forms))


class _Walls:
    """The excluded phrases found in a text: for each concept the characters they cover."""

    def __init__(self, walls: list[_Candidate]) -> None:
        self._ends: dict[tuple[int, int], int] = {}  # (concept, character) -> where the phrase over it ends
        for start, end, concept in walls:
            for at in range(start, end):
                self._ends[concept, at] = max(end, self._ends.get((concept, at), 0))

    def hold(self, one: _Candidate) -> bool:
        """Whether the candidate lies inside a phrase that is excluded for its concept."""
        start, end, concept = one
        return end <= self._ends.get((concept, start), -1)
