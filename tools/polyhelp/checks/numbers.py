"""Check: the numbers of the source are in the target, however they are written there."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.checks.number_words import NumberWords, number_words
from polyhelp.model import Severity, Unit
from polyhelp.text.inline import masked

_SPACE = " \u00a0\u2009\u202f"
_SEPARATOR = re.compile(rf"[.,'’·٫٬{_SPACE}]")
_NUMBER = re.compile(rf"(?<!\d)\d{{1,40}}(?:[.,'’·٫٬]\d{{1,40}}|(?<!\d\d\d\d)[{_SPACE}]\d{{3}}(?!\d))*")
_DIGIT = re.compile(r"\d")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
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
_SPELLED_OUT = 12  # up to here many style guides write words


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """An error for each number of the source's prose that is not in the target; in a policy, also the other way round.

    Separators do not count (1.5 and 1,5; 10,000 and 10 000 and 1万), digits of all scripts are equal, and a time may
    change from 5 p.m. to 17. A number may be written as a word where the language's number words are known; else one
    up to 12, as long as the target does not have another number in its place. Numbers in code, links and placeholders
    belong to other checks.
    """
    if not (setting.policy or _DIGIT.search(unit.source)):
        return
    source, target = western(masked(unit.source)), western(masked(unit.target))
    wanted, got = Counter(_NUMBER.findall(source)), Counter(_NUMBER.findall(target))
    there, hours = _There.of(target), _Hours.of(source)
    missing = [number for number in wanted if not there.has(number) and there.values.isdisjoint(hours.other(number))]
    rarer = [number for number in wanted - got if number not in missing and got[number]]
    if not missing and not rarer and not setting.policy:
        return
    extra = _unexplained(target, _explained(source, number_words(setting.origin.language)))
    said = number_words(setting.locale.language)
    words = said.said(target)
    missing = [number for number in missing if value(number) not in words and not _may_be_unsaid(number, said, extra)]
    missing += rarer[: max(0, len(extra) - len(missing))]  # said once less, and another number stands there
    yield from _faults(missing, extra, policy=setting.policy)


def _faults(missing: list[str], extra: list[str], *, policy: bool) -> Iterator[Finding]:
    for was, now in zip(missing, extra, strict=False):
        yield Finding(Severity.ERROR, f"The source has the number {was}, the translation has {now}.", now)
    for number in missing[len(extra) :]:
        yield Finding(Severity.ERROR, f"The number {number} is not in the translation.")
    for number in extra[len(missing) :] if policy else ():
        yield Finding(Severity.ERROR, f"The translation has the number {number}, which is not in the source.", number)


def western(text: str) -> str:
    """``text`` with the decimal digits of all scripts (١٤, ๑๔, १४, １４) as 0 to 9."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def value(number: str) -> str:
    """A number without its thousands separators, its decimals after a point: ``1.234,50`` is ``1234.50``.

    A last group of three digits is taken for thousands: 1.234 and 1,234 are equal. Versions keep their points, and
    their last 0: 3.1 is not 3.10.
    """
    groups = _SEPARATOR.split(number)
    if len(groups) == 1:
        return _plain(number)
    if _is_version(number, groups):
        return ".".join(map(_plain, groups))
    if len(groups[-1]) == 3:
        return _plain("".join(groups))
    whole = _plain("".join(groups[:-1]))
    return whole if groups[-1] == "00" else f"{whole}.{groups[-1]}"


def _plain(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _is_version(number: str, groups: list[str]) -> bool:
    """Whether it is no amount: ``0.128.0``, or a date ``3.4.2024``."""
    return len(groups) > 2 and len({*_SEPARATOR.findall(number)}) == 1 and any(len(one) != 3 for one in groups[1:])


def _is_date(groups: list[str]) -> bool:
    """Three groups, of which two are a day and a month."""
    return len(groups) == 3 and sum(1 <= int(one) <= 31 for one in groups if len(one) <= 2) >= 2


def _is_time(groups: list[str]) -> bool:
    return (
        len(groups) == 2 and len(groups[0]) <= 2 and int(groups[0]) <= 24 and len(groups[1]) == 2 and groups[1] < "60"
    )


def _values(text: str) -> set[str]:
    """The values a reader may see in ``text``."""
    values = {value(number) for number in _NUMBER.findall(text)}
    values |= {str(_myriads(found)) for found in _MYRIAD.findall(text)}
    values |= {str(_han(found)) for found in _HAN_TENS.findall(text)}
    return values | {f"{int(found) * 1000}" for found in _THOUSAND.findall(text)}


def _pieces(text: str) -> set[str]:
    """The whole numbers in ``text``: also the parts of dates and times, but not those of amounts and versions."""
    pieces: set[str] = set()
    for number in _NUMBER.findall(text):
        groups = _SEPARATOR.split(number)
        if len(groups) == 1 or _is_date(groups) or _is_time(groups):
            pieces.update(map(_plain, groups))
    return pieces


def _myriads(text: str) -> int:
    return round(sum(float(digits) * _MYRIADS.get(unit, 1) for digits, unit in _MYRIAD_PART.findall(text)))


def _han(text: str) -> int:
    tens, _, ones = text.partition("十")
    return _HAN_DIGITS.get(tens, 1) * 10 + _HAN_DIGITS.get(ones, 0)


@dataclass(frozen=True, slots=True)
class _There:
    """The numbers of a target: values a reader may see, and whole numbers."""

    values: set[str]
    pieces: set[str]

    @classmethod
    def of(cls, text: str) -> _There:
        hours = _Hours.of(text)
        return cls(_values(text) | {other for hour in hours.afternoon for other in hours.other(hour)}, _pieces(text))

    def has(self, number: str) -> bool:
        """Whether the number is there; a whole one also inside a date or time, and a date in another order."""
        if value(number) in self.values:
            return True
        groups = _SEPARATOR.split(number)
        return (len(groups) == 1 or _is_date(groups)) and {*map(_plain, groups)} <= self.pieces


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


def _explained(source: str, words: NumberWords) -> set[str]:
    """The values that the target may have: the source's, in digits or words, in pieces, and what its times become."""
    explained = _values(source) | {_plain(piece) for piece in _PIECE.findall(source)}
    explained |= words.said(source) | words.unsaid
    hours = _Hours.of(source)
    for number in _NUMBER.findall(source):
        explained |= hours.other(number)
        explained.add(value(number).removesuffix("000"))
    return explained | ({"0"} if "24" in explained else set())


def _unexplained(target: str, explained: set[str]) -> list[str]:
    """The numbers of the target that the source does not explain, each once."""
    rest = _MYRIAD.sub(lambda one: " " if str(_myriads(one[0])) in explained else one[0], target)
    rest = _THOUSAND.sub(lambda one: " " if f"{int(one[1]) * 1000}" in explained else one[0], rest)
    hours = _Hours.of(target)
    return [
        number
        for number in dict.fromkeys(_NUMBER.findall(rest))
        if value(number) not in explained
        and explained.isdisjoint(hours.other(number))
        and not {*map(_plain, _SEPARATOR.split(number))} <= explained
    ]


def _may_be_unsaid(number: str, words: NumberWords, extra: list[str]) -> bool:
    """Whether a small number needs no word in the language, or none that is known."""
    small = number.isdigit() and len(number) <= 2 and int(number) <= _SPELLED_OUT
    return small and not extra and (value(number) in words.unsaid or value(number) not in words.known)


CHECK = Check(
    its="numbers",
    about="""\
Every number of the source is in the translation. In a policy the translation may not have any other number either:
there, a number is a promise.

Write numbers as your language does: `1,5` for `1.5`, `10 000` or `1万` for `10,000`, `17:00` for `5 p.m.`, `٣٠` for
`30`, `zwei` for `2`. Only the value counts. A last group of three digits is read as thousands, and versions such as
`3.10` or `0.128.0` must stay as they are. Numbers in code, in addresses and in placeholders are looked at by other
checks.

`within 14 days` may become `innerhalb von 14 Tagen` or `innerhalb von vierzehn Tagen`, but not `innerhalb von zwei
Wochen`, and never `innerhalb von 30 Tagen`.

If another number is right (a size, or `7 days` for `a week`), waive it at the unit with a line
`# waive: numbers REASON`.
""",
    look=look,
)
