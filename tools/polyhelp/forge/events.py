"""Events of pull requests, as GitHub writes them into a file for a workflow. They come from strangers.

A payload is data: of its many fields those few are taken that are needed, each of its kind and length. Nothing of it
becomes a command, a path or a ref before it has been held against what this repository knows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from polyhelp.errors import InputError, Place
from polyhelp.forge import fields
from polyhelp.forge.base import Account
from polyhelp.forge.commands import Command, blocks, commands

LARGEST = 4_000_000
"""Bytes of a payload; GitHub's own are a fraction of that."""
_LINES = 200  # of a suggested edit


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An edit: ``lines`` in the place of the lines ``first`` to ``last`` (from 1) of a file, as a commit has it."""

    path: str
    commit: str
    first: int
    last: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What somebody decided at the pull request ``number``.

    ``approved`` is the commit that an approving review has seen, ``""`` where there is none. ``when`` is the time of
    the comment (ISO 8601, UTC). ``unread`` are lines that look like commands and are none.
    """

    number: int
    who: Account
    when: str
    approved: str = ""
    commands: tuple[Command, ...] = ()
    suggestion: Suggestion | None = None
    unread: tuple[str, ...] = ()

    @property
    def decides(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.approved or self.commands or self.suggestion or self.unread)


def parse(name: str, data: bytes, shown: str) -> Event | None:
    """The event ``name`` whose payload is ``data``; None for one that decides nothing.

    Raises InputError when the payload is none of GitHub's; ``shown`` is its file's name.
    """
    readers = {
        "pull_request_review": ("submitted", _review),
        "issue_comment": ("created", _comment),
        "pull_request_review_comment": ("created", _line_comment),
    }
    action, reader = readers.get(name, ("", None))
    if reader is None:
        return None
    tree = _tree(data, shown)
    if tree.get("action") != action or (name == "issue_comment" and not fields.has(tree, "issue", "pull_request")):
        return None
    try:
        event = reader(tree)
    except fields.StrangeError as strange:
        raise InputError(f"the event's payload is not as GitHub writes it: {strange}", Place(shown)) from None
    return event if event.decides and not event.who.bot else None


def _tree(data: bytes, shown: str) -> Mapping[str, Any]:
    if len(data) > LARGEST:
        raise InputError(f"the event's payload is larger than {LARGEST:,} bytes", Place(shown))
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        raise InputError("the event's payload is no JSON", Place(shown)) from None
    if not isinstance(tree, dict):
        raise InputError("the event's payload is no JSON object", Place(shown))
    return tree


def _review(tree: Mapping[str, Any]) -> Event:
    body, approved = fields.body(tree, "review", "body"), ""
    if fields.text(tree, "review", "state", most=40).lower() == "approved":
        approved = fields.commit(tree, "review", "commit_id")
    number, when = fields.number(tree, "pull_request", "number"), fields.time(tree, "review", "submitted_at")
    ordered, unread = commands(body)
    return Event(number, fields.account(tree, "review"), when, approved, ordered, None, unread)


def _comment(tree: Mapping[str, Any]) -> Event:
    number, when = fields.number(tree, "issue", "number"), fields.time(tree, "comment", "created_at")
    ordered, unread = commands(fields.body(tree, "comment", "body"))
    return Event(number, fields.account(tree, "comment"), when, "", ordered, None, unread)


def _line_comment(tree: Mapping[str, Any]) -> Event:
    body = fields.body(tree, "comment", "body")
    number, when = fields.number(tree, "pull_request", "number"), fields.time(tree, "comment", "created_at")
    ordered, unread = commands(body)
    found = [lines for language, lines in blocks(body) if language == "suggestion"]
    if len(found) > 1:
        unread = (*unread, "more than one suggestion in a comment")
    elif found and len(found[0]) > _LINES:
        unread = (*unread, f"a suggestion of more than {_LINES} lines")
    suggestion = _suggestion(tree, found[0]) if len(found) == 1 and len(found[0]) <= _LINES else None
    return Event(number, fields.account(tree, "comment"), when, "", ordered, suggestion, unread)


def _suggestion(tree: Mapping[str, Any], lines: tuple[str, ...]) -> Suggestion | None:
    """The edit that a comment suggests; None at a whole file, at removed lines, or where the lines are gone."""
    comment = tree["comment"]
    if comment.get("side", "RIGHT") != "RIGHT" or comment.get("line") is None:
        return None
    last = fields.number(tree, "comment", "line")
    first = last if comment.get("start_line") is None else fields.number(tree, "comment", "start_line")
    if first > last or last - first > _LINES:
        raise fields.StrangeError("comment.start_line")
    path, commit = fields.text(tree, "comment", "path", most=1000), fields.commit(tree, "comment", "commit_id")
    return Suggestion(path, commit, first, last, lines)
