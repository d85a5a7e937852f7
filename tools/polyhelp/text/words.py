"""Words, reading effort, and how many of a thing there are."""

from __future__ import annotations

import re

from polyhelp.text.inline import masked

_WORD = re.compile(r"[^\W_]+(?:['’\-.,][^\W_]+)*")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def word_count(text: str) -> int:
    """Words of a segment outside its codes.

    In scripts without spaces two characters count as a word: UAX 29 needs a dictionary there, and two is close to the
    mean length of Chinese and Japanese words.
    """
    prose = masked(text)
    spaceless = len(_SPACELESS.findall(prose))
    return len(_WORD.findall(_SPACELESS.sub(" ", prose))) + (spaceless + 1) // 2


def count(number: int, noun: str, plural: str = "") -> str:
    """``1 page``, ``2 pages``, ``3 entries``."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
