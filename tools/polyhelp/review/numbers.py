"""Which numbers of a text have changed: the smallest edit with the largest consequences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection

from polyhelp.text.inline import masked

_NUMBER = re.compile(r"\d+(?:[.,:'’]\d+)*")


def changed(before: str, after: str, said: Callable[[str], Collection[str]] = lambda _: ()) -> str:
    """``14 → 30``: the numbers in the prose of ``before`` that ``after`` lacks, and the other way round.

    ``said`` finds the numbers that are written as words, as digits; 0 and 1 do not count there, being words like any
    other. It is ``""`` where the numbers are the same.
    """
    old, new = _numbers(before, said), _numbers(after, said)
    gone, come = old - new, new - old
    if not gone and not come:
        return ""
    return f"{', '.join(gone) or 'none'} → {', '.join(come) or 'none'}"


def _numbers(text: str, said: Callable[[str], Collection[str]]) -> Counter[str]:
    prose = masked(text)
    found = Counter(_NUMBER.findall(prose))
    words = sorted({*said(prose)} - found.keys() - {"0", "1"})
    return found + Counter(words)
