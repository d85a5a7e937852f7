"""Text of strangers, made fit to be looked at: nothing in it runs, hides, or turns the line around.

A target comes out of a pull request that anybody may open. What cannot be seen, or changes how other text is read, is
replaced by its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_NAMES = {
    "\xad": "SHY", "\u061c": "ALM", "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u200e": "LRM",
    "\u200f": "RLM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2060": "WJ", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\ufeff": "BOM",
}  # fmt: skip
_JOINERS = "\u200c\u200d"
_SHAPES = "\ufe0e\ufe0f"


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """``text`` as it may be shown: (text, ``""``) and, for a character that nobody sees, (``""``, its short name).

    Joiners stay where writing needs them: after a letter that is not Latin, and in pictures made of several.
    """
    at = 0
    for odd in _ODD.finditer(text):
        start = odd.start()
        if _needed(text, start):
            continue
        if text[at:start]:
            yield text[at:start], ""
        yield "", name(odd.group())
        at = odd.end()
    if text[at:]:
        yield text[at:], ""


def name(character: str) -> str:
    """What an unseen character is called: ``RLO``, else its number as ``U+0000``."""
    return _NAMES.get(character, f"U+{ord(character):04X}")


def plain(text: str) -> str:
    """``text`` on one line, with ``‹NAME›`` for what nobody sees."""
    return "".join(said or f"‹{code}›" for said, code in pieces(" ".join(text.split())))


def _needed(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    if text[at] in _SHAPES:
        return bool(before) and (unicodedata.category(before) in {"So", "Sm", "Po", "Nd"})
    if text[at] not in _JOINERS or not before or not text[at + 1 : at + 2]:
        return False
    kind = unicodedata.category(before)
    return before > "\u05ff" and (kind[0] in "LM" or kind in {"So", "Sk"} or before in _SHAPES)
