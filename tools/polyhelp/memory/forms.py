"""Sources as they are compared: codes by kind, numbers as numbers.

1. A code that a translator carries over (link, image, code span, tag, placeholder, footnote, key, icon, attribute
   list) counts as one character of its kind, whatever it says; prose inside it (a title, an alternative text) counts
   as prose. Emphasis counts by kind too. Escapes, entities, breaks, math and comments are what they say.
2. The similarity of two sources is the indel ratio of their forms, with every number as one character, rounded down;
   2 less for each number that differs, 1 less for each code that differs, at most 5 less; never above 99 unless the
   texts are equal, nor above 98 unless numbers and codes are. So sources that differ in numbers or codes only stand
   in the class 95-99, as translators expect (memoQ's documentation of match rates: "95-99 %: the text is the same,
   with slight differences in numbers, tags or punctuation").
3. Where codes alone differ, one for one and of the same kind, the target gets the new codes if each old one stands in
   it as often as in its source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from polyhelp.text.inline import Code, serialize, tokenize

_KINDS = (
    "link", "image", "reference", "code", "html", "url", "placeholder", "footnote", "keys", "icon", "attributes",
    "strong", "emphasis", "strike", "mark", "insert",
)  # fmt: skip
_ROLES = {"open": 0, "close": 1, "void": 2}
_MARKS = {
    (kind, role): chr(0xE000 + 3 * at + number) for at, kind in enumerate(_KINDS) for role, number in _ROLES.items()
}
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_ANY_NUMBER = "\ue0ff"
_MOST = 5
"""Points that differing numbers and codes cost together at most."""


def form(text: str) -> str:
    """``text`` with each code as a character of its kind (rule 1). Text without codes is its own form."""
    return "".join(token if isinstance(token, str) else _mark(token) for token in tokenize(text))


def _mark(code: Code) -> str:
    mark = _MARKS.get((code.kind, code.role.value))
    return mark + "".join(code.parts[1::2]) if mark else code.text


def without_numbers(form_: str) -> str:
    """A form with every number as one character."""
    return _NUMBER.sub(_ANY_NUMBER, form_)


def similarity(one: str, other: str) -> int:
    """0 to 100, source against source (rule 2). 100 means that the texts are equal."""
    if one == other:
        return 100
    return penalized(fuzz.ratio(without_numbers(form(one)), without_numbers(form(other))), one, other)


def penalized(ratio: float, one: str, other: str) -> int:
    """The similarity of two different sources whose forms have the indel ratio ``ratio`` (rule 2)."""
    cost = 2 * _different(_NUMBER.findall(form(one)), _NUMBER.findall(form(other)))
    cost += _different(_codes(one), _codes(other))
    return max(0, min(98 if cost else 99, int(ratio) - min(cost, _MOST)))


def _codes(text: str) -> list[str]:
    return [token.text for token in tokenize(text) if isinstance(token, Code)]


def _different(some: Sequence[str], others: Sequence[str]) -> int:
    left, right = Counter(some), Counter(others)
    return max((left - right).total(), (right - left).total())


def with_codes_of(query: str, source: str, target: str) -> str:
    """``target``, made from ``source``, with the codes of ``query``; ``""`` when that is not simple (rule 3).

    ``query`` and ``source`` have the same form.
    """
    new, old = _codes(query), _codes(source)
    changed = {before: after for before, after in zip(old, new, strict=True) if before != after}
    if any(changed.get(before, before) != after for before, after in zip(old, new, strict=True)):
        return ""  # one old code, two new ones: which goes where?
    there = Counter(_codes(target))
    if any(there[code] != old.count(code) for code in changed):
        return ""
    return serialize(_exchanged(token, changed) for token in tokenize(target))


def _exchanged(token: str | Code, changed: dict[str, str]) -> str:
    text = token if isinstance(token, str) else token.text
    return text if isinstance(token, str) else changed.get(text, text)
