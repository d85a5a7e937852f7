"""Texts as a list in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from babel import Locale as CldrLocale
from babel.lists import format_list

STYLES = {"and": "standard", "or": "or"}
"""Kinds of lists, and CLDR's names of their patterns."""

# Words that change before certain sounds, as ICU's ListFormatter has it: Spanish "y" before i and "o" before o, 8 and
# 11; Hebrew "and", a prefix, before other scripts. The last item may stand between isolates.
_BEFORE_I = re.compile(r"\W?(?:i|hi(?![ae]))", re.IGNORECASE)
_BEFORE_O = re.compile(r"\W?(?:h?o|8|11(?!\d))", re.IGNORECASE)
_BEFORE_HEBREW = re.compile(r"\W?[\u05d0-\u05ea]")


def joined(texts: Sequence[str], kind: str, locale: CldrLocale) -> str:
    """``A, B and C``, or with "or": ``kind`` is one of :data:`STYLES`."""
    style: Any = STYLES[kind]
    if len(texts) < 2:
        return "".join(texts)
    last = texts[-1]
    text = str(format_list(texts, style, locale=locale))
    before = text[: len(text) - len(last)]
    if locale.language == "es":
        if _BEFORE_I.match(last) and before.endswith(" y "):
            before = f"{before[:-3]} e "
        elif _BEFORE_O.match(last) and before.endswith(" o "):
            before = f"{before[:-3]} u "
    elif locale.language == "he" and before.endswith(" ו") and not _BEFORE_HEBREW.match(last):
        before = f"{before}-"
    return before + last
