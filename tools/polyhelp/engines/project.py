"""Finding the pairs of a source again in a translation that was made without them.

An engine without tags translates best when it sees no marks at all: "Read our refund policy." rather than
"Read our XQ1A refund policy XQ1B." So the sentence travels without its pairs, the words inside each pair travel
apart as well, and the pair goes around the place in the sentence's translation where its own words stand.
Where they stand at no place, or at several, there is no answer: a guess would put a link on the wrong words.
Nearly the same words count where nothing else is alike, because words change their form in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from polyhelp.engines.nodes import Node, Nodes, Pair, joined
from polyhelp.engines.wire import Damage
from polyhelp.engines.wire_words import CodeWords

_ENDS = frozenset(".,;:!?…。、！？：；")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_NEAR = 80  # of 100: how alike the words must be
_CLEARLY = 20  # points: how far behind any other place must be
_EDGES = " \t" + "".join(_ENDS)


Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    pair: Pair
    within: tuple[_Place, ...]


@dataclass(frozen=True, slots=True)
class Projection:
    """One sentence: the engine's ``answer`` to it without pairs, and what each pair's words may have become.

    ``candidates`` holds, by the pair's id, translations in order of preference. ``spaces`` says that words of the
    target language are separated, so that a candidate must be whole words.
    """

    answer: str
    words: CodeWords
    candidates: Mapping[int, Sequence[str]]
    spaces: bool

    def tree(self, source: Nodes) -> Nodes | Damage:
        """The answer with the source's pairs in it, or why not."""
        places = self._places(source, 0, len(self.answer))
        return places if isinstance(places, Damage) else self._build(places, (0, len(self.answer)), source)

    def _places(self, nodes: Nodes, low: int, high: int) -> tuple[_Place, ...] | Damage:
        pairs = [node for node in nodes if isinstance(node, Pair)]
        found: list[_Place] = []
        for pair in sorted(pairs, key=lambda pair: -len(self.words.flat(pair.inside))):
            span = self._find(pair, nodes, [(low, high), *((place.start, place.end) for place in found)])
            if span is None:
                text = self.words.flat(pair.inside).strip()
                return Damage(f"the words '{text}' cannot be found again in the engine's answer")
            within = self._places(pair.inside, *span)
            if isinstance(within, Damage):
                return within
            found.append(_Place(*span, pair, within))
        return tuple(sorted(found, key=lambda place: place.start))

    def _find(self, pair: Pair, siblings: Nodes, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
        (low, high), *taken = spans
        text = self.words.flat(pair.inside).strip()
        twins = [node for node in siblings if isinstance(node, Pair) and self.words.flat(node.inside).strip() == text]
        wanted = [candidate.strip(_EDGES) for candidate in (*self.candidates.get(pair.id, ()), text)]
        for words in filter(None, wanted):
            overlapping = rf"(?=({self._pattern(words)}))"
            matches = re.finditer(overlapping, self.answer[low:high], re.IGNORECASE)
            places = [(low + match.start(1), low + match.end(1)) for match in matches]
            free = [place for place in places if _is_free(place, taken)]
            if free and (len(free) == 1 or len(places) == len(twins)):  # twins: from left to right
                start, end = free[0]
                ends_so = text[-1:] in _ENDS and self.answer[end:high][:1] in _ENDS
                return start, end + ends_so
        near = [self._near(words, (low, high), taken) for words in wanted[:-1] if words]
        return next(filter(None, near), None) if self.spaces and len(twins) == 1 else None

    def _near(self, wanted: str, span: tuple[int, int], taken: Spans) -> tuple[int, int] | None:
        """The one place where nearly the wanted words stand: "guia de tamanhos" for "guia tamanho"."""
        low, high = span
        words = [(low + match.start(), low + match.end()) for match in _WORD.finditer(self.answer[low:high])]
        size = len(wanted.split())
        scored: list[tuple[float, int, int]] = []
        for first in range(len(words)):
            for last in range(first + max(0, size - 2), min(first + size + 1, len(words))):
                start, end = words[first][0], words[last][1]
                score = fuzz.ratio(wanted.casefold(), self.answer[start:end].casefold())
                if _is_free((start, end), taken) and not self.words.left_in(self.answer[start:end]):
                    scored.append((score, start, end))
        scored.sort(reverse=True)
        if not scored or scored[0][0] < _NEAR or (len(scored) > 1 and scored[1][0] == scored[0][0]):
            return None
        best, start, end = scored[0]
        others = (score for score, *place in scored if place[1] <= start or place[0] >= end)
        return (start, end) if best - next(others, 0.0) >= _CLEARLY else None

    def _pattern(self, wanted: str) -> str:
        edges = [character.isalnum() and (self.spaces or character.isascii()) for character in (wanted[0], wanted[-1])]
        return (r"(?<!\w)" if edges[0] else "") + re.escape(wanted) + (r"(?!\w)" if edges[1] else "")

    def _build(self, places: Sequence[_Place], span: tuple[int, int], source: Nodes) -> Nodes | Damage:
        out: list[Node] = []
        at, end = span
        for place in (*places, None):
            text = self.words.read(self.answer[at : place.start if place else end], source)
            if isinstance(text, Damage):
                return text
            out += text
            if place is None:
                break
            inside = self._build(place.within, (place.start, place.end), source)
            if isinstance(inside, Damage):
                return inside
            out.append(place.pair.around(_capital(inside, place.pair)))
            at = place.end
        return joined(out)


def _is_free(place: tuple[int, int], taken: Spans) -> bool:
    return all(place[1] <= start or place[0] >= end for start, end in taken)


def _capital(inside: Nodes, pair: Pair) -> Nodes:
    """Bold words are mostly labels of an interface: with a capital in the source, they have one in the target."""
    first, was = (nodes[0] if nodes else "" for nodes in (inside, pair.inside))
    if pair.opening.kind != "strong" or not isinstance(first, str) or not isinstance(was, str):
        return inside
    return (first[:1].upper() + first[1:], *inside[1:]) if was[:1].isupper() else inside
