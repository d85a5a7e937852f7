"""Attribute lists, ``{ .class title="More" }``: what a translator does not see of a segment, and back again.

1. A list behind a code (a link, an icon, bold text) is left out of what is translated. In the target it stands behind
   the same code: the first of its kind and text behind the first, the second behind the second.
2. A list behind plain text is left out with the space before it. In the target it stands behind the same characters
   if they are still there (``(1)``), else at the end.
3. What a reader sees of a list (``title``, ``data-title``, ``alt``, ``aria-label``) is translated by itself.

``with_lists(without_lists(text), text, say)`` is ``text``, white space apart, where ``say`` gives back what it gets.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator

from polyhelp.text.inline import Code, tokenize

_NUMBER = re.compile(r"\(\d{1,9}\)\Z")
_LAST_RUN = re.compile(r"\S+\Z")
_UNNAMED = frozenset({"strong", "emphasis", "strike", "mark", "insert"})  # "**" and "__" are the same to a reader
_CHARACTERS = {'"': "&quot;", "'": "&#39;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "\n": " "}
_WRITTEN = str.maketrans(_CHARACTERS)

_Name = tuple[str, str, str]  # of a code: kind, role, text


def without_lists(text: str) -> str:
    """``text`` as a translator sees it."""
    if "{" not in text:
        return text
    out: list[str] = []
    for token in tokenize(text):
        if isinstance(token, str):
            out.append(token)
        elif token.kind == "attributes":
            if out:
                out[-1] = out[-1].rstrip()
        else:
            out.append(token.bare)
    return "".join(out)


def prose_in_lists(text: str) -> Iterator[str]:
    """What a reader sees of the lists in ``text``, in order."""
    if "{" in text and "=" in text:
        for token in tokenize(text):
            if isinstance(token, Code) and token.tail:
                yield from (part for is_prose, part in _tail(token) if is_prose)


def with_lists(target: str, text: str, say: Callable[[str], str]) -> str:
    """``target`` with the lists that ``text`` has; ``say`` gives for the prose in a list what is written there."""
    if "{" not in text:
        return target
    lists: dict[_Name, deque[str]] = defaultdict(deque)
    loose: list[tuple[str, str]] = []  # the characters before a list that no code has, and the list
    before = ""
    for token in tokenize(text):
        if isinstance(token, str):
            before = token
            continue
        if token.kind == "attributes":
            stem = before.rstrip()
            run = _NUMBER.search(stem[-20:]) or _LAST_RUN.search(stem[-200:])
            loose.append((run.group() if run else "", before[len(stem) :] + _said(token, say)))
        else:
            lists[_name(token)].append(_said(token, say))
        before = ""
    out: list[str] = []
    for token in tokenize(target):
        if isinstance(token, str):
            out.append(token)
        else:
            waiting = lists.get(_name(token))
            written = waiting.popleft() if waiting else ""
            out.append(token.text if token.tail else token.text + written)
    return _with_loose("".join(out), loose)


def _with_loose(target: str, loose: list[tuple[str, str]]) -> str:
    at = 0
    for run, list_ in loose:
        found = target.find(run, at) if run else -1
        at = found + len(run) if found >= 0 else len(target)
        written = list_ if found >= 0 else f"&#32;{list_.strip()}"  # a space would give it to what stands at the end
        target = target[:at] + written + target[at:]
        at += len(written)
    return target


def _name(code: Code) -> _Name:
    """What tells a code from others in every language: its markup without its prose."""
    return code.kind, code.role, "" if code.kind in _UNNAMED else "".join(code.markup)


def _tail(code: Code) -> Iterator[tuple[bool, str]]:
    """The lists of a code in parts: whether it is prose, and the part."""
    before = len(code.text) - code.tail
    for n, part in enumerate(code.parts):
        if before < len(part):
            yield bool(n % 2), part[max(before, 0) :]
        before -= len(part)


def _said(code: Code, say: Callable[[str], str]) -> str:
    out: list[str] = []
    for is_prose, part in _tail(code):
        said = say(part) if is_prose else part
        out.append(part if said == part else said.translate(_WRITTEN))
    return "".join(out)
