"""Fields of a payload: each is what it should be, or the payload is none of GitHub's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from polyhelp.forge.base import Account
from polyhelp.forge.names import is_commit

_BODY = 70_000  # characters; GitHub takes 65,536
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98})(?:\[bot\])?")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)

Tree = Mapping[str, Any]


class StrangeError(Exception):
    """A field is not there, or not of its kind; its name is the message."""


def at(tree: Tree, *keys: str) -> Any:
    """The value below ``keys``. Raises StrangeError, as all of these do."""
    value: Any = tree
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            raise StrangeError(".".join(keys))
        value = value[key]
    return value


def has(tree: Tree, *keys: str) -> bool:
    """Whether there is something below ``keys``."""
    try:
        return bool(at(tree, *keys))
    except StrangeError:
        return False


def text(tree: Tree, *keys: str, most: int) -> str:
    """A text of at most ``most`` characters."""
    value = at(tree, *keys)
    if not isinstance(value, str) or len(value) > most:
        raise StrangeError(".".join(keys))
    return value


def body(tree: Tree, *keys: str) -> str:
    """What somebody wrote; it may be missing."""
    return "" if at(tree, *keys) is None else text(tree, *keys, most=_BODY)


def number(tree: Tree, *keys: str) -> int:
    """A number of something, from 1."""
    value = at(tree, *keys)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 1 << 53:
        raise StrangeError(".".join(keys))
    return value


def commit(tree: Tree, *keys: str) -> str:
    """A whole commit id."""
    value = text(tree, *keys, most=64)
    if not is_commit(value):
        raise StrangeError(".".join(keys))
    return value


def time(tree: Tree, *keys: str) -> str:
    """A moment in UTC, such as ``2026-11-22T12:00:00Z``."""
    value = text(tree, *keys, most=20)
    if not _TIME.fullmatch(value):
        raise StrangeError(".".join(keys))
    return value


def account(tree: Tree, place: str) -> Account:
    """Who wrote it, with the address that GitHub gives everybody for commits."""
    login = text(tree, place, "user", "login", most=110)
    if not _LOGIN.fullmatch(login):
        raise StrangeError(f"{place}.user.login")
    id_ = number(tree, place, "user", "id")
    bot = text(tree, place, "user", "type", most=40) == "Bot" or login.endswith("[bot]")
    return Account(login, f"{id_}+{login}@users.noreply.github.com", bot)
