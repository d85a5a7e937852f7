"""Names of the branches that carry translations: ``l10n/<locale>``, further parts ``l10n/<locale>.2`` and so on.

No language tag has a dot, so that a part is never taken for another locale; and git can have no branch below another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from polyhelp.model import Locale

PREFIX = "l10n/"

_BRANCH = re.compile(r"l10n/([A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){0,6})(?:\.([1-9][0-9]{0,2}))?")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch for translations into one locale; ``part`` counts from 1 where there are several."""

    locale: Locale
    part: int = 1

    def __str__(self) -> str:
        return f"{PREFIX}{self.locale.tag}" + (f".{self.part}" if self.part > 1 else "")


def branch_of(name: str, targets: Iterable[Locale]) -> Branch | None:
    """The branch called ``name``, exactly as :class:`Branch` writes it, into one of ``targets``; else None."""
    found = _BRANCH.fullmatch(name)
    locale = next((one for one in targets if found and one.tag == found[1]), None)
    if found is None or locale is None:
        return None
    branch = Branch(locale, int(found[2] or 1))
    return branch if str(branch) == name else None


def is_commit(text: str) -> bool:
    """Whether ``text`` is a whole commit id, and nothing that git could take for an option or a range."""
    return bool(_COMMIT.fullmatch(text))
