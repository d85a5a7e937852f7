"""Path patterns, as git and editors understand them."""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|[^*?]+")
_MEANING = {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matches(path: str, pattern: str) -> bool:
    """Whether ``path`` (with ``/``) fits ``pattern``: ``*`` stays inside a folder, ``**`` goes through any number."""
    return bool(_compiled(pattern).fullmatch(path))


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_MEANING.get(piece) or re.escape(piece) for piece in _PIECE.findall(pattern)), re.DOTALL)
