"""What a comment orders: ``/approve UNIT…``, ``/reject UNIT reason``, and fenced blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MANY = 500
"""Commands in one comment."""
_REASON = 300  # characters
_COMMAND = re.compile(r"/(approve|reject)(?:[ \t]+(.*))?")
_ID = re.compile(r"[0-9a-f]{10}")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Command:
    """What a comment orders: accept the unit ``id``, or reject it for ``reason``."""

    accept: bool
    id: str
    reason: str = ""


def commands(body: str) -> tuple[tuple[Command, ...], tuple[str, ...]]:
    """The commands in a comment and the lines that want to be some: each a line of its own, outside of code."""
    found: list[Command] = []
    unread: list[str] = []
    for line in _prose(body):
        match = _COMMAND.fullmatch(line.strip())
        if match is None:
            continue
        ids, reason = _ids(match[2] or "", several=match[1] == "approve")
        if ids and not (match[1] == "approve" and reason):
            found += [Command(match[1] == "approve", one, reason) for one in ids]
        else:
            unread.append(_plain(line)[:_REASON])
    if len(found) > MANY:
        return (), (f"more than {MANY} commands in a comment: none of them was carried out",)
    return tuple(found), tuple(unread[:MANY])


def _ids(rest: str, *, several: bool) -> tuple[list[str], str]:
    """The ids at the beginning, one or several, and what follows."""
    words = rest.split()
    ids: list[str] = []
    while words and _ID.fullmatch(words[0].strip("`,")) and (several or not ids):
        ids.append(words.pop(0).strip("`,"))
    return ids, _plain(" ".join(words))[:_REASON]


def _plain(text: str) -> str:
    """``text`` on one line, without characters that steer."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _prose(body: str) -> Iterator[str]:
    closing = ""
    for line in body.splitlines():
        fence = _FENCE.fullmatch(line)
        if closing:
            closing = "" if fence and fence[1].startswith(closing) and not fence[2] else closing
        elif fence:
            closing = fence[1]
        else:
            yield line


def blocks(body: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fenced blocks: their language and lines."""
    closing, language, lines = "", "", list[str]()
    for line in body.split("\n"):
        line = line.removesuffix("\r")  # noqa: PLW2901 (GitHub's comments have CRLF)
        fence = _FENCE.fullmatch(line)
        if not closing:
            if fence:
                closing, language, lines = fence[1], fence[2], []
        elif fence and fence[1].startswith(closing) and not fence[2]:
            closing = ""
            yield language, tuple(lines)
        else:
            lines.append(line)
