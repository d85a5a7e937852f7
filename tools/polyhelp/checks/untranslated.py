"""Check: nothing was left in the source language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Severity, Unit
from polyhelp.text.inline import masked

_WALL = "\ufffc"
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_SPACELESS_LETTER = re.compile(f"[{_SPACELESS}]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"  # vowel signs
_LETTER = rf"(?:(?![\d_])[\w{_SPACELESS}{_SIGNS}])"
_WORD = re.compile(rf"{_LETTER}+(?:['’-]{_LETTER}+)*")
_UNIT = re.compile(rf"[{_SPACELESS}]|[^{_SPACELESS}]+")
_MARKS = ".,;:!?…()\"'“”„«»‚‘’。、，！？「」『』（）؟،"
_RUN = 4  # so many words in a row are a sentence left over, not a quoted name
_SPACELESS_RUN = 8  # characters: two are a word


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """A warning where the whole text, or a run of at least four words, stands in the target as in the source.

    Names are exempt: at least two of the words must begin with a small letter, or with one of a script that has no
    capitals. A locale of the source's own language is exempt too: most of its texts are rightly the same.
    """
    if setting.locale.language == setting.origin.language:
        return
    if not _share_words(unit.source, unit.target):
        return
    source, target = _runs(unit.source), _runs(unit.target)
    if not _is_prose([word for run in source for word in run]):
        return
    if [word for run in source for word in run] == [word for run in target for word in run]:
        yield Finding(Severity.WARNING, "The text is the same as the source: it has not been translated.")
        return
    left = _left_over(source, target)
    if left:
        text = _joined(left)
        mark = text if text in unit.target else ""
        yield Finding(Severity.WARNING, f"A part has not been translated: '{text}'.", mark)


def _share_words(source: str, target: str) -> bool:
    """Whether anything can have been left over: quickly told for most texts."""
    if _SPACELESS_LETTER.search(source):
        return True
    both = {*_LETTERS.findall(source)}.intersection(_LETTERS.findall(target))
    return sum(not word[0].isupper() for word in both) >= 2


def _runs(text: str) -> list[list[str]]:
    """The words of a text, in stretches without markup, marks or anything that is no word (a file name) in between.

    In scripts without spaces, each character counts as a word.
    """
    runs: list[list[str]] = [[]]
    for token in masked(text, _WALL).replace(_WALL, f" {_WALL} ").split():
        word = token.strip(_MARKS)
        plain = word.isascii() and word.isalpha()
        is_word = plain or _WORD.fullmatch(word) is not None
        if token[:1] in _MARKS or not is_word:
            runs.append([])
        if is_word:
            runs[-1] += [word] if plain else _UNIT.findall(word)
            if token[-1] in _MARKS:
                runs.append([])
    return runs


def _is_prose(words: list[str]) -> bool:
    small = sum(not word[0].isupper() and len(word) > 1 for word in words)
    return small >= 2 or sum(len(word) == 1 and not word.isascii() for word in words) >= _RUN


def _left_over(source: list[list[str]], target: list[list[str]]) -> list[str]:
    """The longest run of source words that stands in the target; empty if none is long enough."""
    there = {tuple(run[at : at + _RUN]) for run in target for at in range(len(run) - _RUN + 1)}
    best: list[str] = []
    for run in source:
        at = 0
        while at + _RUN <= len(run):
            end = at
            while end + _RUN <= len(run) and tuple(run[end : end + _RUN]) in there:
                end += 1
            words = run[at : end + _RUN - 1] if end > at else []
            if len(words) > len(best) and _is_prose(words) and _is_long(words):
                best = words
            at = max(end, at + 1)
    return best


def _is_long(words: list[str]) -> bool:
    """Whether so many words are no chance: characters without spaces are half a word each."""
    return len(words) >= _SPACELESS_RUN or sum(not _SPACELESS_LETTER.match(word) for word in words) >= _RUN


def _joined(words: list[str]) -> str:
    """The words as they are written: with spaces between those of scripts that have them."""
    return re.sub(rf"(?<=[{_SPACELESS}]) (?=[{_SPACELESS}])", "", " ".join(words))


CHECK = Check(
    its="untranslated",
    about="""\
A text, or part of one, stands in the translation exactly as in the source: it was forgotten.

Reported are texts that are the same as the source, and at least four words in a row that are. Names may stay: a
stretch counts only when at least two of its words begin with a small letter. Code, addresses and placeholders are not
looked at.

If the words are quoted on purpose, such as the wording of a screen that exists in one language only, waive it at the
unit with a line `# waive: untranslated REASON`. A name that is never translated belongs into the term base, as
`do_not_translate`.
""",
    look=look,
)
