"""Whether a required term is in a target, in whatever form its language gives it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from rapidfuzz import fuzz

from polyhelp.glossary.families import Family
from polyhelp.glossary.gates import HYPHENS
from polyhelp.glossary.prose import WORD

_CHUNK_MARKS = re.compile(r"[^\w\s]|_")
_ACCENTS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(r"\s+")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_WEAK = re.compile("[اويء]")
_SLAVIC_VOWELS = re.compile("[аеиоуыэюяіїєйьъaeiouy]")
_SOFTENED = str.maketrans("чщкжзгшх", "тттдддсс")
_HYPHEN = re.compile(rf"\w[{HYPHENS}]\w")
_SUSPENDED = re.compile(rf"\w[{HYPHENS}](?=[\s,])")
_LONG_VOWEL = re.compile(r"(?<=[ァ-ヺ])ー(?![ァ-ヺー])|・")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_SLACK = 4  # words that may stand between and around the words of a term
_HEAD = 4  # letters that each part of a compound has at least
_ROOM = 5  # letters that may follow a common beginning
_KEPT = 3  # first letters that all forms of a word have
_MARKED = ""  # instead of first letters: the words with a participle's mark


def folded(text: str, family: Family) -> str:
    """``text`` as words are compared: small letters, one apostrophe, no accents where they do not matter."""
    text = unicodedata.normalize("NFC", text).casefold()
    if text.isascii():
        return text
    text = text.replace("’", "'").replace("ı", "i").replace("i̇", "i")
    text = _ARABIC_MARKS.sub("", text).translate(_ARABIC_LETTERS)
    if not family.fold:
        return text
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))


def squeezed(text: str) -> str:
    """Text of a language without spaces, as substrings are compared: one width, small letters, no spaces."""
    return _LONG_VOWEL.sub("", _SPACES.sub("", unicodedata.normalize("NFKC", text).casefold()))


@dataclass(frozen=True, slots=True)
class Prose:
    """The prose of one target, prepared: words, and for compounds the stretches between spaces without hyphens.

    ``suspended``: a hyphen stands for a word that two have in common (Pfad- und Query-Parameter); ``halves`` are the
    words with such a hyphen, each with the words after it. ``bound`` tells for each word from where to where words are
    hyphenated to it (with itself); it is empty where nothing is, or a hyphen is suspended. ``starts`` are the places
    of the words by their first letters.
    """

    words: tuple[str, ...]
    chunks: tuple[str, ...] = ()
    squeezed: str = ""
    bound: tuple[tuple[int, int], ...] = ()
    halves: tuple[tuple[str, tuple[str, ...]], ...] = ()
    suspended: bool = False
    starts: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def near(self, one: str, family: Family) -> Iterable[int]:
        """The places, in order, of all words that can be :func:`alike` a term's word."""
        if family.clitics:
            return range(len(self.words))
        marked = self.starts.get(_MARKED, ())
        same = self.starts.get(one[:_KEPT], ())
        return sorted({*same, *marked}) if same and marked else same or marked


@lru_cache(maxsize=8192)
def prepare(text: str, family: Family) -> Prose:
    """Prepare a target's prose for any number of terms."""
    if not family.spaced:
        return Prose((), squeezed=squeezed(text))
    small = folded(text, family)
    chunks = tuple(_CHUNK_MARKS.sub("", small).split()) if family.compounds else ()
    suspended = _SUSPENDED.search(small) is not None
    halves = _halves(small) if family.compounds and suspended else ()
    bound = _bound(small) if _HYPHEN.search(small) and not suspended else ()
    words = tuple(WORD.findall(small))
    return Prose(words, chunks, bound=bound, halves=halves, suspended=suspended, starts=_starts(words, family))


def _starts(words: tuple[str, ...], family: Family) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word[:_KEPT], []).append(at)
    if mark := family.participle[:1]:
        places[_MARKED] = [at for at, word in enumerate(words) if word.startswith(mark)]
    return places


def _halves(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    words = list(WORD.finditer(text))
    return tuple(
        (match[0], tuple(other[0] for other in words[at + 1 : at + 2 + _SLACK]))
        for at, match in enumerate(words)
        if _SUSPENDED.match(text, match.end() - 1)
    )


def _bound(text: str) -> tuple[tuple[int, int], ...]:
    rows: list[tuple[int, int]] = []
    start, end = 0, -1
    places = [match.span() for match in WORD.finditer(text)]
    for at, (begin, _) in enumerate(places):
        if not (at and begin == end + 1 and text[end] in HYPHENS):
            rows += [(start, at)] * (at - start)
            start = at
        end = places[at][1]
    return (*rows, *[(start, len(places))] * (len(places) - start))


def contains(form: str, prose: Prose, family: Family) -> bool:
    """Whether ``form`` stands in ``prose``, inflected, compounded or taken apart as the family allows."""
    if not family.spaced:
        return any(cut in prose.squeezed for cut in _cut(squeezed(form), family))
    words = _content(form, family)
    if not words:
        return False
    if _together(words, prose, family, _hyphenation(form)):
        return True
    if family.compounds and (
        _in_compound("".join(words), prose.chunks, family) or _shared("".join(words), prose.halves, family)
    ):
        return True
    if len(words) > 1:
        return False
    return _taken_apart(words[0], prose.words, family) or (
        family.compounds and _as_phrase(words[0], prose.words, family)
    )


@lru_cache(maxsize=8192)
def _cut(form: str, family: Family) -> tuple[str, ...]:
    """A spaceless form, and what of it stays when it is inflected (払い戻す: 払い戻; 환불하다: 환불)."""
    for ending in family.cuts:
        stem = form.removesuffix(ending)
        if stem != form and len(stem) >= 2 and (len(ending) > 1 or _HAN.search(stem) or ending == "다"):
            return (form, stem)
    return (form,)


@lru_cache(maxsize=8192)
def _content(form: str, family: Family) -> tuple[str, ...]:
    words = tuple(WORD.findall(folded(form, family)))
    return tuple(word for word in words if word not in family.small_words) or words


class _Hyphens(Enum):
    """Which words of a form are hyphenated: none, some, or all, so that it is a single word."""

    NONE = 0
    SOME = 1
    ALL = 2


def _hyphenation(form: str) -> _Hyphens:
    if not _HYPHEN.search(form):
        return _Hyphens.NONE
    return _Hyphens.SOME if _SPACES.search(form) else _Hyphens.ALL


def _together(term: tuple[str, ...], prose: Prose, family: Family, hyphens: _Hyphens) -> bool:
    """Whether the words of a term stand near each other, in any order.

    A hyphen makes one word of two: such a word does not count where another one has it (HTTP-Antwort is not in "die
    Antwort hat einen HTTP-Header"), and what is one word does not scatter over the sentence.
    """
    room = len(term) + (1 if hyphens is _Hyphens.ALL and not prose.suspended else _SLACK)
    words = prose.words
    if len(term) == 1:
        return any(alike(term[0], words[at], family) for at in prose.near(term[0], family))
    places = [[at for at in prose.near(one, family) if alike(one, words[at], family)] for one in term]
    if not all(places):
        return False
    if hyphens is not _Hyphens.NONE and prose.bound:
        matched = {at for row in places for at in row}
        whole = {row for row in {prose.bound[at] for at in matched} if matched.issuperset(range(*row))}
        places = [[at for at in row if prose.bound[at] in whole] for row in places]
    return any(_fills(places, start, start + room) for start in {at for row in places for at in row})


def _fills(places: list[list[int]], start: int, stop: int) -> bool:
    """Whether every word of the term finds a place of its own between ``start`` and ``stop`` (greedy)."""
    taken: set[int] = set()
    for row in sorted(places, key=len):
        near = row[bisect_left(row, start) : bisect_left(row, stop)]
        free = next((at for at in near if at not in taken), None)
        if free is None:
            return False
        taken.add(free)
    return True


def alike(one: str, word: str, family: Family) -> bool:
    """Whether two folded words are probably forms of the same word; ``one`` is the term's."""
    if one == word:
        return True
    # nearly all pairs end here: whatever is cut from the end of a word, its first letters stay
    if one[:_KEPT] != word[:_KEPT] and not family.clitics and not word.startswith(family.participle[:1]):
        return False
    return _forms_of_one(one, word, family)


@lru_cache(maxsize=65536)
def _forms_of_one(one: str, word: str, family: Family) -> bool:
    return any(_alike(one, bare, family) for bare in _bare(word, family))


def _bare(word: str, family: Family) -> tuple[str, ...]:
    """The word, and the word without what is written together in front of it."""
    bare = [word]
    bare += [
        word[len(clitic) :] for clitic in family.clitics if word.startswith(clitic) and len(word) - len(clitic) >= 2
    ]
    bare += [word[2:] for mark in family.participle[:1] if word.startswith(mark) and len(word) >= 6]
    return tuple(bare)


def _alike(one: str, word: str, family: Family) -> bool:
    if family.skeleton:
        return stem(one, family) == stem(word, family) or not _skeletons(one, family).isdisjoint(
            _skeletons(word, family)
        )
    if stem(one, family) == stem(word, family):
        return True
    if len(one) >= 3 and word.startswith(one) and (family.free_tail or word[len(one) :] in family.endings):
        return True  # a whole dictionary form: what looks like an ending of it may be its own (ответ, ответах)
    if family.infinitives and one.endswith(family.infinitives) and _root(one, family) == _root(word, family):
        return True
    if len(one) < family.share_from:
        return False
    common = _common(one, word)
    return common >= 3 and common >= family.share * len(one) and len(word) - common <= _ROOM


@lru_cache(maxsize=65536)
def stem(word: str, family: Family) -> str:
    """The word without its longest known ending; three letters always stay."""
    for ending in family.endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=65536)
def _root(word: str, family: Family) -> str:
    """What the aspects of a Slavic verb and its nouns have in common: the first letter and the root's consonants.

    The vowels of the root alternate, its last consonant softens, and -ва- makes an imperfective verb (T. Wade, A
    Comprehensive Russian Grammar, 248-251). Words with fewer than three such letters are told apart as they are.
    """
    bare = stem(word, family)
    for suffix in ("ива", "ыва", "ова", "ева", "owa", "ywa", "iwa", "ova"):
        if bare.endswith(suffix) and len(bare) - len(suffix) >= 3:
            bare = bare[: -len(suffix)]
            break
    bare = bare[:1] + _SLAVIC_VOWELS.sub("", bare[1:])
    bare = re.sub("(?<=[пбмвф])л$", "", bare.replace("ст", "т")).translate(_SOFTENED)
    return bare if len(bare) >= 3 else word


@lru_cache(maxsize=65536)
def _skeletons(word: str, family: Family) -> frozenset[str]:
    """The consonants of an Arabic word without its article: what broken plurals have in common (طرد, طرود).

    With and without its ending, which may be one of the root's (عنوان, عناوين).
    """
    for clitic in family.clitics:
        if len(clitic) > 1 and word.startswith(clitic) and len(word) - len(clitic) >= 3:
            word = word[len(clitic) :]
            break
    bare = {_WEAK.sub("", one) for one in (word, stem(word, family))}
    return frozenset({word, *(one for one in bare if len(one) >= 3)})


def _common(one: str, other: str) -> int:
    size = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        size += 1
    return size


def _in_compound(term: str, chunks: tuple[str, ...], family: Family) -> bool:
    """Whether a chunk is or holds the term written as one word, with or without hyphens and linking letters."""
    bare = stem(term, family)
    for chunk in chunks:
        if len(bare) <= 4:
            if chunk.startswith(bare) or chunk.endswith(term):
                return True
        elif bare in chunk:
            if not any(chunk.startswith(prefix + bare) for prefix in family.inseparable):
                return True
        elif len(term) >= 10 and len(chunk) >= len(term) - 1 and fuzz.partial_ratio(term, chunk) >= 93:
            return True  # a linking letter more or less: Funktionsparameter, Funktion-Parameter
    return False


def _shared(term: str, halves: tuple[tuple[str, tuple[str, ...]], ...], family: Family) -> bool:
    """Whether the term shares its end with a later word: Versandkosten in "Versand- und Lieferkosten"."""
    for first, others in halves:
        end = stem(term[len(first) :], family) if term.startswith(first) else ""
        if len(end) >= 3 and any(end in other[2:] for other in others):
            return True
    return False


def _taken_apart(verb: str, words: tuple[str, ...], family: Family) -> bool:
    """Whether a separable verb stands in two parts, or with its participle's or infinitive's mark inside."""
    for prefix, base in _parted(verb, family):
        if any(
            alike(base, word.removeprefix(prefix + mark), family)
            for mark in family.participle
            for word in words
            if word.startswith(prefix + mark)
        ):
            return True
        ends = [at for at, word in enumerate(words) if word == prefix]
        if ends and any(alike(base, word, family) for word in words[: ends[-1]]):
            return True
    return False


@lru_cache(maxsize=8192)
def _parted(verb: str, family: Family) -> tuple[tuple[str, str], ...]:
    """The ways to part a separable verb: (prefix, base)."""
    return tuple(
        (prefix, verb.removeprefix(prefix))
        for prefix in family.separable
        if verb.startswith(prefix) and len(verb) - len(prefix) >= 4
    )


def _as_phrase(compound: str, words: tuple[str, ...], family: Family) -> bool:
    """Whether a compound is said as head and attribute: Funktionsparameter as "Parameter der Funktion"."""
    for at, word in enumerate(words):
        cut = compound.find(word[:_HEAD], _HEAD) if len(word) >= _HEAD else -1
        if cut < 0 or not alike(compound[cut:], word, family):
            continue
        first = compound[:cut]
        firsts = {first, *(first.removesuffix(link) for link in family.links)}
        if any(
            alike(one, other, family)
            for one in firsts
            if len(one) >= _HEAD
            for other in words[at + 1 : at + 2 + _SLACK]
        ):
            return True
    return False
