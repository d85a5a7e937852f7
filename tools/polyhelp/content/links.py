"""Relative links of a page that moves to another folder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection

_TARGET = re.compile(r"(?P<before>\]\(|^[ ]{0,3}\[[^\]]+\]:[ ]*|(?:href|src)=\")(?P<link>[^\s)\">#?]+)", re.MULTILINE)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\{")


def moved(text: str, old: str, new: str, along: Collection[str] = ()) -> str:
    """The page ``text`` with its relative links right at path ``new`` instead of ``old``.

    Paths in ``along`` move with it: a link to one of them leads to the same name beside the page.
    """

    def rewritten(match: re.Match[str]) -> str:
        link = match["link"]
        if _ABSOLUTE.match(link):
            return match[0]
        goal = posixpath.normpath(posixpath.join(posixpath.dirname(old), link))
        if goal in along:
            goal = posixpath.join(posixpath.dirname(new), posixpath.basename(goal))
        return match["before"] + posixpath.relpath(goal, posixpath.dirname(new) or ".")

    return _TARGET.sub(rewritten, text)
