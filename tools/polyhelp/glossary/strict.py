"""Where a form stands in a target exactly, or simply inflected: for forbidden and do-not-translate terms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from polyhelp.glossary.families import Family
from polyhelp.glossary.lenient import squeezed
from polyhelp.glossary.prose import WORD

_KEPT = 4  # letters of a word that no inflection touches
_SPACES = re.compile(r"\s+")
_LATIN = "A-Za-z\u00c0-\u024f0-9"


def found(forms: tuple[str, ...], allowed: tuple[str, ...], text: str, family: Family) -> tuple[str, ...]:
    """Those of ``forms`` that stand in ``text``, outside every one of ``allowed`` and of the longer ``forms``.

    Where forms overlap, the longest counts: an allowed one hides a forbidden part of it, and the other way round.
    """
    if not forms:
        return ()
    if family.spaced:
        return _found_words(forms, allowed, text, family)
    rest, seen = squeezed(text), set()
    if not any(squeezed(form) in rest for form in forms):
        return ()
    bare = {squeezed(form): True for form in forms} | {squeezed(form): False for form in allowed}
    for form in sorted(filter(None, bare), key=len, reverse=True):
        if form in rest:
            seen.update([form] if bare[form] else [])
            rest = rest.replace(form, "\0")
    return tuple(form for form in forms if squeezed(form) in seen)


def _found_words(forms: tuple[str, ...], allowed: tuple[str, ...], text: str, family: Family) -> tuple[str, ...]:
    words = list(_words(text))
    if not any(_places(_words(form), words, family) for form in forms):
        return ()
    seen: set[str] = set()
    every = [(form, False) for form in allowed] + [(form, True) for form in forms]  # at one length the allowed first
    for form, unwanted in sorted(every, key=lambda one: len(_words(one[0])), reverse=True):
        places = _places(_words(form), words, family)
        if places and unwanted:
            seen.add(form)
        for start, end in places:
            words[start:end] = ["\0"] * (end - start)
    return tuple(form for form in forms if form in seen)


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def _places(form: tuple[str, ...], words: list[str], family: Family) -> list[tuple[int, int]]:
    """Where the words of a form stand one after the other; in a compounding language also written as one, or apart."""
    size = len(form)
    if not size:
        return []
    first, rest = form[0], form[1:]
    places = [
        (at, at + size)
        for at, word in enumerate(words)
        if same(first, word, family)
        and len(words) - at >= size
        and all(same(one, other, family) for one, other in zip(rest, words[at + 1 : at + size], strict=True))
    ]
    if family.compounds:
        joined = "".join(form)
        places += [(at, at + 1) for at, word in enumerate(words) if size > 1 and same(joined, word, family)]
        if size == 1:
            places += [
                (at, at + 2)
                for at in range(len(words) - 1)
                if joined.startswith(words[at]) and same(joined, words[at] + words[at + 1], family)
            ]
    return places


def same(one: str, word: str, family: Family) -> bool:
    """Whether two words in small letters are the same dictionary word, as far as simple inflection tells."""
    if one == word:
        return True
    if one[:_KEPT] != word[: min(_KEPT, len(one))] and not family.clitics:
        return False
    return _inflected(one, word, family)


@lru_cache(maxsize=65536)
def _inflected(one: str, word: str, family: Family) -> bool:
    for clitic in family.clitics:
        if word.startswith(clitic) and _bent(one) & _bent(word[len(clitic) :]):
            return True
    if len(one) < _KEPT:  # a short word stays whole: bon, bons
        return len(one) == _KEPT - 1 and word.startswith(one) and word[len(one) :] in family.inflections
    stems = {one, *_without_ending(one, family)}
    return not stems.isdisjoint({word, *_without_ending(word, family)})


def _bent(word: str) -> set[str]:
    """The word with and without the Arabic article, which stands between clitic and word."""
    return {word, word.removeprefix("ال")}


def _without_ending(word: str, family: Family) -> list[str]:
    return [word[: -len(end)] for end in family.inflections if word.endswith(end) and len(word) - len(end) >= _KEPT]


def verbatim(form: str, text: str, family: Family, *, case_sensitive: bool) -> bool:
    """Whether ``form`` stands in ``text`` as it is, perhaps with an ending of the language attached."""
    return _pattern(form, family, case_sensitive).search(_SPACES.sub(" ", text).replace("’", "'")) is not None


@lru_cache(maxsize=8192)
def _pattern(form: str, family: Family, case_sensitive: bool) -> re.Pattern[str]:
    form = _SPACES.sub(" ", unicodedata.normalize("NFC", form)).replace("’", "'")
    latin = re.compile(f"[{_LATIN}]")
    before = f"(?<![{_LATIN}])" if latin.match(form[:1]) else ""
    tail = r"[^\W\d_]*" if family.free_tail else f"(?:{'|'.join(['', 's', 'es', *family.inflections])})"
    after = f"'?{tail}(?![{_LATIN}])" if latin.match(form[-1:]) else ""
    body = re.escape(form) + after
    if family.compounds and " " in form:  # Pine-Points-Konto: in a compound all of a name is hyphenated
        body = f"(?:{body}|{re.escape(form.replace(' ', '-'))}(?=[-‐‑][^\\W_]))"
    return re.compile(before + body, 0 if case_sensitive else re.IGNORECASE)
