"""Check: nothing was left in the source language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Severity, Unit
from polyhelp.text.inline import masked

_WALL = "\ufffc"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MARKS = ".,;:!?…()\"'“”„«»‚‘’"
_ENGLISH = "en"
_RUN = 4  # so many words in a row are a sentence left over, not a quoted name


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """A warning where the whole text, or a run of at least four words, stands in the target as in the source.

    Names are exempt: at least two of the words must begin with a small letter. A locale of the source's own language
    (the sources are English) is exempt too: most of its texts are rightly the same.
    """
    if setting.locale.language == _ENGLISH:
        return
    source, target = _runs(unit.source), _runs(unit.target)
    if not _is_prose([word for run in source for word in run]):
        return
    if [word for run in source for word in run] == [word for run in target for word in run]:
        yield Finding(Severity.WARNING, "The text is the same as the source: it has not been translated.")
        return
    left = _left_over(source, target)
    if left:
        yield Finding(Severity.WARNING, f"A part has not been translated: '{left}'.")


def _runs(text: str) -> list[list[str]]:
    """The words of a text, in stretches without markup, marks or anything that is no word (a file name) in between."""
    runs: list[list[str]] = [[]]
    for token in masked(text, _WALL).replace(_WALL, f" {_WALL} ").split():
        word = token.strip(_MARKS)
        if token[:1] in _MARKS or not _WORD.fullmatch(word):
            runs.append([])
        if _WORD.fullmatch(word):
            runs[-1].append(word)
            if token[-1] in _MARKS:
                runs.append([])
    return runs


def _is_prose(words: list[str]) -> bool:
    return sum(word[0].islower() and len(word) > 1 for word in words) >= 2


def _left_over(source: list[list[str]], target: list[list[str]]) -> str:
    """The longest run of source words that stands in the target, as a text; ``""`` if none is long enough."""
    there = {tuple(run[at : at + _RUN]) for run in target for at in range(len(run) - _RUN + 1)}
    best: list[str] = []
    for run in source:
        at = 0
        while at + _RUN <= len(run):
            end = at
            while end + _RUN <= len(run) and tuple(run[end : end + _RUN]) in there:
                end += 1
            words = run[at : end + _RUN - 1] if end > at else []
            if len(words) > len(best) and _is_prose(words):
                best = words
            at = max(end, at + 1)
    return " ".join(best)


CHECK = Check(its="untranslated", about="Nothing was left in the source language.", look=look)
