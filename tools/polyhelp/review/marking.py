"""A text with its differences and marks, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from markupsafe import Markup

from polyhelp.review.preview import seen
from polyhelp.review.wording import Change, Run, runs
from polyhelp.text.inline import Role, tokenize

_ADDRESS = re.compile(r"\]\(([^\s()]+)[^()]*\).*", re.DOTALL)


class About(StrEnum):
    """What a mark is about; the value is its class in the page."""

    ISSUE = "issue"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, ``start``..``end`` (characters), that somebody should look at."""

    start: int
    end: int
    about: About


def marked(text: str, marks: Iterable[Mark] = (), earlier: str = "") -> Markup:
    """``text`` with ``marks``; where there is an ``earlier`` text, with the words that are not those of it."""
    stretches = sorted(marks, key=lambda mark: (mark.start, mark.end))
    apart = tuple(_latin(text))
    out, at = [], 0
    for run in runs(earlier, text) if earlier else (Run(Change.KEPT, text),):
        if run.change is Change.REMOVED:
            out.append(Markup("<del>{}</del>").format(seen(run.text)))
            continue
        inner = Markup().join(_parts(run.text, at, stretches, apart))
        out.append(Markup("<ins>{}</ins>").format(inner) if run.change is Change.ADDED else inner)
        at += len(run.text)
    return Markup().join(out)


def find(text: str, words: Iterable[str], about: About) -> tuple[Mark, ...]:
    """Where each of ``words`` stands in ``text`` for the first time, whatever the case of its letters."""
    folded, found = text.lower(), []
    if len(folded) != len(text):  # a few capital letters become two: places would not fit
        folded = text
    for word in dict.fromkeys(words):
        at = text.find(word) if word else -1
        at = folded.find(word.lower()) if at < 0 and word else at
        if at >= 0:
            found.append(Mark(at, at + len(word), about))
    return tuple(found)


def _latin(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of markup that read from left to right in every text: addresses, placeholders, code."""
    at = 0
    for token in tokenize(text):
        if isinstance(token, str):
            at += len(token)
            continue
        end = at + len(token.text)
        if token.role is Role.VOID and token.kind not in {"escape", "entity"}:
            yield at, end
        elif address := _ADDRESS.fullmatch(token.text):
            yield at + address.start(1), at + address.end(1)
        at = end


def _parts(text: str, offset: int, marks: Sequence[Mark], apart: Sequence[tuple[int, int]]) -> Iterator[Markup]:
    """``text``, which begins at ``offset``, with its marks and with what stands ``apart`` in its own direction."""
    at, end = offset, offset + len(text)
    for start, stop in apart:
        if not offset <= start < stop <= end:
            continue
        yield from _cut(text[at - offset : start - offset], at, marks)
        inner = Markup().join(_cut(text[start - offset : stop - offset], start, marks))
        yield Markup('<bdi dir="ltr">{}</bdi>').format(inner)
        at = stop
    yield from _cut(text[at - offset :], at, marks)


def _cut(text: str, offset: int, marks: Sequence[Mark]) -> Iterator[Markup]:
    """``text``, which begins at ``offset``, in stretches that have the same marks."""
    end = offset + len(text)
    near = [mark for mark in marks if mark.start < end and mark.end > offset]
    edges = sorted({offset, end, *(min(max(at, offset), end) for one in near for at in (one.start, one.end))})
    for start, stop in pairwise(edges):
        names = dict.fromkeys(mark.about.value for mark in near if mark.start < stop and mark.end > start)
        inner = seen(text[start - offset : stop - offset])
        yield Markup('<mark class="{}">{}</mark>').format(" ".join(names), inner) if names else inner
