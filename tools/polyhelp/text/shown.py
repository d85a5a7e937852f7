"""A segment as a reader sees it, for checks that look at its prose."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from polyhelp.text.inline import Code, Role, tokenize

THING = "\ufffc"
"""Stands for a code that a reader sees as something: code, a value, an image, an address."""

_UNSEEN = frozenset({"attributes", "comment", "footnote", "break"})
_STOP = re.compile(r"[.!?。！？…؟।]+[\"'”“’»」』)\]]*(?=\s|\Z)|[。！？]+[」』）”]*")
_NO_STOP = re.compile(r"(?:\b\w|\b[Ee]\.g|\b[Ii]\.e|\bvs|\betc|\bapprox|\bNo|\bDr|\bMr|\bMrs|\bSt|\d)\.\Z")
_LONGEST_SHORT = 12  # characters of an abbreviation with its stops


@lru_cache(maxsize=8192)
def shown(text: str) -> str:
    """The text without the marks of pairs, one :data:`THING` for each code that stands alone."""
    out: list[str] = []
    for token in tokenize(text):
        if not isinstance(token, Code):
            out.append(token)
        elif token.role is Role.VOID:
            out.append(_seen(token))
    return "".join(out)


def _seen(code: Code) -> str:
    if code.kind in {"escape", "entity"}:
        return html.unescape(code.text.removeprefix("\\"))
    return "" if code.kind in _UNSEEN else THING


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a shown text, roughly: cut after marks that end one, not after abbreviations and initials.

    Text of a language that marks no ends (Thai) is one sentence.
    """
    found: list[str] = []
    start = 0
    for stop in _STOP.finditer(text):
        if _NO_STOP.search(text, max(start, stop.end() - _LONGEST_SHORT), stop.end()):
            continue
        found.append(text[start : stop.end()].strip())
        start = stop.end()
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if any(map(str.isalnum, sentence)) or THING in sentence)
