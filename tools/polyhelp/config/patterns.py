"""Regular expressions that the configuration gives: whether they are fit to be used."""

from __future__ import annotations

import re

_PIECE = re.compile(  # of a regular expression
    r"(?P<atom>\\.|\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?P?[:=!<>]*)?)|(?P<close>\))"
    r"|(?P<repeat>[*+?]|\{\d*,?\d*\})|(?P<branch>\|)|(?P<other>.)",
    re.DOTALL,
)


def pattern_of(text: str) -> re.Pattern[str]:
    """A pattern of the project's own, from a regular expression.

    Raises ValueError when it is none, when it matches nothing at all, and when it repeats what can itself be read in
    several ways, such as ``(a+)+``, which can take longer than anyone waits.
    """
    try:
        pattern = re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"'{text}' is no regular expression: {error}") from None
    if pattern.match(""):
        raise ValueError(f"'{text}' matches where nothing is; it must match the whole of what is private")
    if _may_explode(text):
        raise ValueError(
            f"'{text}' can take for ever: a group that is repeated may hold no '|', '?', '+', '*' or {{1,9}}"
        )
    return pattern


def _may_explode(text: str) -> bool:
    """Whether a repeated group holds alternatives or another repeat of variable length."""
    loose = [False]  # for each group that is open: whether it can be read in several ways
    closed = False  # the last piece was such a group
    for match in _PIECE.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == "open":
            loose.append(False)
        elif kind == "close":
            closed = loose.pop() if len(loose) > 1 else False  # in a comment parentheses need not be pairs
            loose[-1] |= closed
            continue
        elif kind == "repeat":
            if closed and piece != "?":
                return True
            loose[-1] |= not piece[1:-1].isdigit()
        elif kind == "branch":
            loose[-1] = True
        closed = False
    return False
