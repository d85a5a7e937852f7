"""Whether a required term is in a target, in whatever form its language gives it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from polyhelp.glossary.families import Family
from polyhelp.glossary.prose import WORD

_CHUNK_MARKS = re.compile(r"[^\w\s]|_")
_SPACES = re.compile(r"\s+")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_WEAK = re.compile("[اويء]")
_LONG_VOWEL = re.compile(r"(?<=[ァ-ヺ])ー(?![ァ-ヺー])|・")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_SLACK = 4  # words that may stand between and around the words of a term
_ROOM = 5  # letters that may follow a common beginning


def folded(text: str, family: Family) -> str:
    """``text`` as words are compared: small letters, one apostrophe, no accents where they do not matter."""
    text = unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("ı", "i").replace("i̇", "i")
    text = _ARABIC_MARKS.sub("", text).translate(_ARABIC_LETTERS)
    if not family.fold:
        return text
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(one for one in parts if not _is_accent(one)))


def _is_accent(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def squeezed(text: str) -> str:
    """Text of a language without spaces, as substrings are compared: one width, small letters, no spaces."""
    return _LONG_VOWEL.sub("", _SPACES.sub("", unicodedata.normalize("NFKC", text).casefold()))


@dataclass(frozen=True, slots=True)
class Prose:
    """The prose of one target, prepared: words, and for compounds the stretches between spaces without hyphens."""

    words: tuple[str, ...]
    chunks: tuple[str, ...]
    squeezed: str


@lru_cache(maxsize=8192)
def prepare(text: str, family: Family) -> Prose:
    """Prepare a target's prose for any number of terms."""
    if not family.spaced:
        return Prose((), (), squeezed(text))
    small = folded(text, family)
    chunks = tuple(_CHUNK_MARKS.sub("", small).split()) if family.compounds else ()
    return Prose(tuple(WORD.findall(small)), chunks, "")


def contains(form: str, prose: Prose, family: Family) -> bool:
    """Whether ``form`` stands in ``prose``, inflected, compounded or taken apart as the family allows."""
    if not family.spaced:
        return any(cut in prose.squeezed for cut in _cut(squeezed(form), family))
    words = _content(form, family)
    if not words:
        return False
    if _together(words, prose.words, family):
        return True
    if family.compounds and _in_compound("".join(words), prose.chunks, family):
        return True
    return len(words) == 1 and _taken_apart(words[0], prose.words, family)


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


def _together(term: tuple[str, ...], words: tuple[str, ...], family: Family) -> bool:
    """Whether the words of a term stand near each other, in any order."""
    room = len(term) + _SLACK
    places = [[at for at, word in enumerate(words) if alike(one, word, family)] for one in term]
    if not all(places):
        return False
    if len(term) == 1:
        return True
    return any(_fills(places, start, start + room) for start in {at for row in places for at in row})


def _fills(places: list[list[int]], start: int, stop: int) -> bool:
    """Whether every word of the term finds a place of its own between ``start`` and ``stop`` (greedy)."""
    taken: set[int] = set()
    for row in sorted(places, key=len):
        free = next((at for at in row if start <= at < stop and at not in taken), None)
        if free is None:
            return False
        taken.add(free)
    return True


def alike(one: str, word: str, family: Family) -> bool:
    """Whether two folded words are probably forms of the same word; ``one`` is the term's."""
    if one == word:
        return True
    # nearly all pairs end here: whatever is cut from the end of a word, its first three letters stay
    if one[:3] != word[:3] and not family.clitics and not word.startswith(family.participle[:1]):
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
        return _skeleton(one, family) == _skeleton(word, family) or stem(one, family) == stem(word, family)
    if stem(one, family) == stem(word, family):
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
def _skeleton(word: str, family: Family) -> str:
    """The consonants of an Arabic word without its article: what broken plurals have in common (طرد, طرود)."""
    for clitic in family.clitics:
        if len(clitic) > 1 and word.startswith(clitic) and len(word) - len(clitic) >= 3:
            word = word[len(clitic) :]
            break
    bare = _WEAK.sub("", stem(word, family))
    return bare if len(bare) >= 3 else word


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


def _taken_apart(verb: str, words: tuple[str, ...], family: Family) -> bool:
    """Whether a separable verb stands in two parts, or with its participle's or infinitive's mark inside."""
    for prefix in family.separable:
        base = verb.removeprefix(prefix)
        if base == verb or len(base) < 4:
            continue
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
