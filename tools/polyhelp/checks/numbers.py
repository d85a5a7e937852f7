"""Check: the numbers of the source are in the target, however they are written there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Severity, Unit
from polyhelp.text.inline import masked

_SPACE = " \u00a0\u2009\u202f"
_SEPARATOR = re.compile(rf"[.,'’·٫٬{_SPACE}]")
_NUMBER = re.compile(rf"(?<!\d)\d{{1,40}}(?:[.,'’·٫٬]\d{{1,40}}|(?<!\d\d\d\d)[{_SPACE}]\d{{3}}(?!\d))*")
_PIECE = re.compile(r"\d+")
_AFTERNOON = re.compile(r"(?<!\d)(\d{1,2})(?:[:.]\d\d)?\s?p\.?\s?m\b", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(?<!\d)12(?:[:.]00)?\s?a\.?\s?m\b", re.IGNORECASE)
_MYRIADS = {"千": 10**3, "천": 10**3, "万": 10**4, "萬": 10**4, "만": 10**4, "億": 10**8, "亿": 10**8, "억": 10**8}
_MYRIAD = re.compile(rf"(?<!\d)\d{{1,12}}(?:\.\d{{1,4}})?(?:[{''.join(_MYRIADS)}]\d{{0,12}})+")
_MYRIAD_PART = re.compile(rf"(\d+(?:\.\d+)?)([{''.join(_MYRIADS)}]?)")
_THOUSAND = re.compile(
    r"(?<!\d)(\d{1,12})\s?(?:k|mil|mille|mila|tsd|tausend|tusen|tusind|duizend|tys|тыс|тис|тисяч|ألف|آلاف|พัน|nghìn|bin|"
    r"ribu|हज़ार|हजार)(?!\w)",
    re.IGNORECASE,
)
_HAN_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_HAN_TENS = re.compile("[二三四五六七八九]?十[一二三四五六七八九]?")
_WORDS = {
    word: str(value)
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"once": "1", "twice": "2", "fifteen": "15", "twenty": "20", "thirty": "30", "hundred": "100", "thousand": "1000"}
_SPELLED_OUT = 12  # up to here many style guides write words


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:  # noqa: ARG001 (numbers are the same for all locales)
    """An error for each number of the source's prose that is not in the target.

    Separators do not count (1.5 and 1,5; 10,000 and 10 000 and 1万), digits of all scripts are equal, and a time may
    change from 5 p.m. to 17. A number up to 12 may be written as a word, as long as the target does not have another
    number in its place. Numbers in code, links and placeholders belong to other checks.
    """
    source, target = western(masked(unit.source)), western(masked(unit.target))
    wanted = tuple(dict.fromkeys(_NUMBER.findall(source)))
    if not wanted:
        return
    there, pieces = _values(target), _pieces(target)
    hours = _Hours.of(source)
    others = there - _explained(source, wanted, hours)
    for number in wanted:
        if _found(number, there, pieces) or not there.isdisjoint(hours.other(number)):
            continue
        if _is_small(number) and not others:
            continue
        yield Finding(Severity.ERROR, f"The number {number} is not in the translation.")


def western(text: str) -> str:
    """``text`` with the decimal digits of all scripts (١٤, ๑๔, १४, １４) as 0 to 9."""
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def value(number: str) -> str:
    """A number without its thousands separators, its decimals after a point: ``1.234,50`` is ``1234.5``.

    A last group of three digits is taken for thousands: 1.234 and 1,234 are equal.
    """
    groups = _SEPARATOR.split(number)
    if len(groups) == 1 or len(groups[-1]) == 3:
        return "".join(groups).lstrip("0") or "0"
    decimals = groups[-1].rstrip("0")
    whole = "".join(groups[:-1]).lstrip("0") or "0"
    return f"{whole}.{decimals}" if decimals else whole


def _values(text: str) -> set[str]:
    """The values a reader may see in ``text``."""
    values = {value(number) for number in _NUMBER.findall(text)}
    values |= {str(_myriads(found)) for found in _MYRIAD.findall(text)}
    values |= {str(_han(found)) for found in _HAN_TENS.findall(text)}
    return values | {f"{int(found) * 1000}" for found in _THOUSAND.findall(text)}


def _pieces(text: str) -> set[str]:
    return {piece.lstrip("0") or "0" for piece in _PIECE.findall(text)}


def _myriads(text: str) -> int:
    return round(sum(float(digits) * _MYRIADS.get(unit, 1) for digits, unit in _MYRIAD_PART.findall(text)))


def _han(text: str) -> int:
    tens, _, ones = text.partition("十")
    return _HAN_DIGITS.get(tens, 1) * 10 + _HAN_DIGITS.get(ones, 0)


def _found(number: str, there: set[str], pieces: set[str]) -> bool:
    """Whether the number is there; a whole one also inside a date or time, and a date in another order."""
    if value(number) in there:
        return True
    parts = _pieces(number)
    return len(_SEPARATOR.split(number)) != 2 and parts <= pieces


@dataclass(frozen=True, slots=True)
class _Hours:
    """The hours of a text that a 24-hour clock calls otherwise."""

    afternoon: frozenset[str]
    midnight: bool

    @classmethod
    def of(cls, text: str) -> _Hours:
        return cls(frozenset(_AFTERNOON.findall(text)), bool(_MIDNIGHT.search(text)))

    def other(self, number: str) -> set[str]:
        """The values that ``number`` may have on a 24-hour clock: 17 and 17.30 for 5.30 p.m."""
        hour = re.split(r"\D", number)[0]
        if hour in self.afternoon and int(hour) < 12:
            return {str(int(hour) + 12), f"{int(hour) + 12}.{number[len(hour) + 1 :]}"}
        return {"0", "24"} if hour == "12" and self.midnight else set()


def _explained(source: str, wanted: tuple[str, ...], hours: _Hours) -> set[str]:
    """The values that the target may have: the source's, in digits or words, in pieces, and what its times become."""
    explained = _values(source) | _pieces(source)
    for number in wanted:
        explained |= hours.other(number)
        explained.add(value(number).removesuffix("000"))
    return explained | {_WORDS[word] for word in re.findall(r"[a-z]+", source.lower()) if word in _WORDS}


def _is_small(number: str) -> bool:
    return number.isdigit() and len(number) <= 2 and int(number) <= _SPELLED_OUT


CHECK = Check(
    its="numbers", about="The numbers of the source are in the target, however they are written there.", look=look
)
