"""Links that change: relative ones of a page that moves, and addresses that a locale has its own of."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from polyhelp.text.inline import Code, Token, tokenize

_TARGET = re.compile(r"(?P<before>\]\(|^[ ]{0,3}\[[^\]\n]+\]:[ ]*|(?:href|src)=\")(?P<link>[^\s)\">#?]+)", re.MULTILINE)
_LINKING = re.compile(
    r"""(?P<before>\]\(<?|^[ ]{0,3}\[[^\]\n]+\]:[ ]*<?|(?:href|src)=["'])(?P<link>https?://[^\s)"'<>]+)""", re.MULTILINE
)
_LINKED = frozenset({"link", "image", "url", "html"})
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\{")


def moved(text: str, old: str, new: str, along: Mapping[str, str] | None = None) -> str:
    """The page ``text`` with its relative links right at path ``new`` instead of ``old``.

    ``along`` says where other pages stand that move with it: their old paths and their new ones.
    """

    def rewritten(match: re.Match[str]) -> str:
        goal = _goal(match["link"], old)
        if not goal:
            return match[0]
        goal = (along or {}).get(goal, goal)
        return match["before"] + posixpath.relpath(goal, posixpath.dirname(new) or ".")

    return _TARGET.sub(rewritten, text)


def relinked(text: str, path: str, elsewhere: Mapping[str, str]) -> str:
    """The page ``text`` at ``path`` with other links to the pages ``elsewhere``, which gives theirs by path."""

    def rewritten(match: re.Match[str]) -> str:
        return match["before"] + elsewhere.get(_goal(match["link"], path), match["link"])

    return _TARGET.sub(rewritten, text) if elsewhere else text


def _goal(link: str, page: str) -> str:
    """The path that a relative link on ``page`` leads to; ``""`` for any other link."""
    return "" if _ABSOLUTE.match(link) else posixpath.normpath(posixpath.join(posixpath.dirname(page), link))


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses outside the help center (``https://…``), and what a locale has in place of each.

    One holds for everything that begins with it up to a ``/``, ``?`` or ``#``; the longest counts.
    """

    places: Mapping[str, str]
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = "|".join(re.escape(one) for one in sorted(self.places, key=len, reverse=True))
        pattern = re.compile(rf"(?:{known})(?:(?<=/)|(?![^/?#\s\"'<>()\[\]]))") if known else None
        object.__setattr__(self, "_pattern", pattern)

    def in_markdown(self, text: str) -> str:
        """One segment's text with its links and addresses rewritten; code stays."""
        if self._pattern is None or not self._pattern.search(text):
            return text
        return "".join(
            self._rewritten(token.text) if isinstance(token, Code) and token.kind in _LINKED else _written(token)
            for token in tokenize(text)
        )

    def in_literal(self, text: str) -> str:
        """What stands between segments, with its link definitions, link targets and HTML attributes rewritten."""
        if self._pattern is None or not self._pattern.search(text):
            return text
        return _LINKING.sub(lambda match: match["before"] + self._rewritten(match["link"]), text)

    def _rewritten(self, text: str) -> str:
        return self._pattern.sub(lambda match: self.places[match[0]], text) if self._pattern else text


def _written(token: Token) -> str:
    return token if isinstance(token, str) else token.text
