"""What the neighbours of a hit tell: whether the word is the term here, or another part of speech, or a name.

English tells noun and verb apart by what stands beside them (R. Quirk et al., A Comprehensive Grammar of the English
Language, 2.34-2.36, 5.10-5.19). Each rule drops a hit only where its neighbours leave no doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from polyhelp.model import PartOfSpeech

HYPHENS = "-‐‑"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BEFORE_VERB = _words(
    "to can could will would shall should may might must cannot don't doesn't didn't won't can't you we they i"
)
_ARTICLES = _words("a an the this that these those your our their his her its my no any each every some")
_NOT_SUBJECTS = _ARTICLES | _words(
    "of in on at by for from with without about into over under between through during after before and or but nor as "
    "than all both few many most more several other such new old first last next same own to are were is was be been "
    "have has had if when while because where which who"
)
_SINGULAR_VERBS = _words("is isn't was wasn't has hasn't does doesn't")


@dataclass(frozen=True, slots=True)
class Form:
    """How a hit is written: a single word or more, as in the term base (``base``) or with the ending ``-s``."""

    part: PartOfSpeech
    single: bool
    base: bool
    ends_in_s: bool


def out_of_place(form: Form, keys: Sequence[str], at: int, *, capital: bool) -> bool:
    """Whether the words around the one at ``at`` of ``keys`` (small letters) show that the term is not meant.

    ``capital`` tells that the hit begins with a capital letter.
    """
    if not form.single:
        return False
    before = word_before(keys, at)
    if form.base:
        if form.part is PartOfSpeech.NOUN:
            return before in _BEFORE_VERB
        return form.part is PartOfSpeech.VERB and before in _ARTICLES
    if form.part is not PartOfSpeech.NOUN or not form.ends_in_s:
        return False
    after = _word_after(keys, at)
    if not before:  # "Requests is a library": a plural does not take this verb, a name does
        return capital and after in _SINGULAR_VERBS
    # "the client requests an item"; but "requests a client sends", "all orders the shop has"
    return after in _ARTICLES and before.isalpha() and before not in _NOT_SUBJECTS


def word_before(keys: Sequence[str], at: int) -> str:
    """The word or mark before, contractions joined again: "don't" is three pieces. ``""`` at the beginning."""
    if at >= 3 and keys[at - 2] == "'":
        return f"{keys[at - 3]}'{keys[at - 1]}"
    return keys[at - 1] if at else ""


def _word_after(keys: Sequence[str], at: int) -> str:
    after = keys[at + 1 : at + 4]
    if len(after) == 3 and after[1] == "'":
        return "".join(after)
    return after[0] if after else ""


def in_hyphen_compound(masked: str, start: int, end: int) -> bool:
    """Whether the stretch is half of a hyphenated word: "order" in "pre-order"."""
    return (start >= 2 and masked[start - 1] in HYPHENS and masked[start - 2].isalnum()) or (
        end + 1 < len(masked) and masked[end] in HYPHENS and masked[end + 1].isalnum()
    )
