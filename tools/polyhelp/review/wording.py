"""Which words of a text are not those of an earlier one.

Words are what a reader takes for one: a run of letters, digits and their marks; in scripts that put no spaces between
words, a letter with its marks; a piece of markup as a whole. Nothing is lost: the kept and the removed runs together
are the earlier text, the kept and the added ones the later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import LCSseq

from polyhelp.text.inline import tokenize

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
_POINTS = "!-/:-@\\[-`{-~\xa1\xab\xb7\xbb\xbf\u060c\u061b\u061f\u06d4\u0964\u0965\u3000-\u3004\u3008-\u303f"
_LATER_POINTS = "\uff01-\uff0f\uff1a-\uff20\u2000-\u200b\u200e-\u2bff\u2e00-\u2e7f"
_LETTER = rf"[^\s{_POINTS}{_LATER_POINTS}{_SPACELESS}]"
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
_WORD = re.compile(
    rf"{_LETTER}+(?:['’\-.,]{_LETTER}+)*"  # a word, a number
    rf"|[{_SPACELESS}][{_MARKS}]*"  # a letter that is as good as a word, with its marks
    r"|\s+|.",
    re.DOTALL,
)
_WORDLESS = re.compile(rf"[\s{_POINTS}{_LATER_POINTS}]*")
_ALONE = re.compile(rf"[{_SPACELESS}][{_MARKS}]*")
MOST = 4_000_000
"""Pairs of words up to which two texts are compared word by word; what is longer is no sentence of an article."""


class Change(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that have the same fate."""

    change: Change
    text: str


def words(text: str) -> list[str]:
    """``text`` in words, white space, marks and pieces of markup; joined, they are the text."""
    found: list[str] = []
    for token in tokenize(text):
        if isinstance(token, str):
            found += _WORD.findall(token)
        else:
            found.append(token.text)
    return found


def runs(old: str, new: str) -> tuple[Run, ...]:
    """How ``old`` became ``new``, in reading order, what was removed before what was added in its place."""
    if old == new:
        return (Run(Change.KEPT, new),) if new else ()
    before, after = words(old), words(new)
    found = _compared(before, after) if len(before) * len(after) <= MOST else [("", old, new)]
    return tuple(_runs(_calmed(found)))


_Step = tuple[str, str, str]
"""Kept words; or ``""``, the words removed and the words added in their place."""


def _compared(before: Sequence[str], after: Sequence[str]) -> list[_Step]:
    steps: list[_Step] = []
    for step in LCSseq.opcodes(before, after):
        old = "".join(before[step.src_start : step.src_end])
        new = "".join(after[step.dest_start : step.dest_end])
        if step.tag == "equal":
            steps.append((new, "", ""))
        elif steps and not steps[-1][0]:
            steps[-1] = ("", steps[-1][1] + old, steps[-1][2] + new)
        else:
            steps.append(("", old, new))
    return steps


def _calmed(steps: Iterable[_Step]) -> list[_Step]:
    """``steps`` without crumbs: what is kept between two changes and has no word in it counts as replaced."""
    calm: list[_Step] = []
    crumb = ""
    for step in steps:
        kept, old, new = step
        if kept:
            if calm and not calm[-1][0] and _is_crumb(kept):
                crumb = kept
            else:
                calm.append(step)
        elif crumb or (calm and not calm[-1][0]):
            _, were, are = calm[-1]
            calm[-1] = ("", were + crumb + old, are + crumb + new)
            crumb = ""
        else:
            calm.append(step)
    return [*calm, (crumb, "", "")] if crumb else calm


def _is_crumb(kept: str) -> bool:
    return bool(_WORDLESS.fullmatch(kept) or _ALONE.fullmatch(kept))


def _runs(steps: Iterable[_Step]) -> Iterator[Run]:
    for kept, old, new in steps:
        if kept:
            yield Run(Change.KEPT, kept)
        if old:
            yield Run(Change.REMOVED, old)
        if new:
            yield Run(Change.ADDED, new)
