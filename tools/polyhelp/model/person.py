"""Who a person is: names as they stand in a record, and whether two of them are the same person's."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Categories of characters that show nothing: a name with one of them looks like a name without."""


def one_line(who: str) -> str:
    """``who`` as it may stand in a record: one line, single spaces, and nothing that cannot be seen."""
    spaced = "".join(" " if one.isspace() else one for one in who)
    return " ".join("".join(one for one in spaced if unicodedata.category(one) not in _UNSEEN).split())


def folded(who: str) -> str:
    """What is the same for two ways to write the same name: ``anna  BERG`` is Anna Berg, ``@Anna`` is @anna.

    Names that only look alike because of letters of another script stay apart.
    """
    return one_line(unicodedata.normalize("NFKC", one_line(who)).casefold())
