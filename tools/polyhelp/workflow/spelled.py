"""Numbers that a text says in words, where they count something: "thirty days", 三十天, "fünf Prozent".

Looked at are number words that stand before a unit of time, a currency or "percent". Number words alone are no
amounts: 一般 is no one, and Swedish "andra" is "others" as well as "second".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from polyhelp.checks.number_words import number_words
from polyhelp.model import Locale

_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POWERS = frozenset({10, 100, 1000})
_NOT_ONLY_NUMBERS = ("andra", "anden", "andet", "andre", "half", "teine", "teise", "toinen", "toise")
_PERCENT = {
    "ar": "المئة المائة بالمئة بالمائة", "de": "prozent", "en": "percent", "es": "ciento", "fr": "cent",
    "hi": "प्रतिशत", "it": "cento", "ja": "パーセント", "ko": "퍼센트", "nl": "procent", "pl": "procent", "pt": "cento",
    "ru": "процент", "sv": "procent", "th": "เปอร์เซ็นต์", "uk": "відсот", "vi": "phần trăm",
}  # fmt: skip
_COUNTED = re.compile(r"(?<![\d.,])(\d{1,4})[\s\u00a0]*([^\W\d_][^\s.,;:!?)]*)")
_ENDING = 3  # letters that an ending has at most
_SHORTEST = 3  # letters from which on a word may be inflected
_SPACED = frozenset(
    {"ar", "fa", "he", "hi"}
)  # number words may be joined to small words, but have endings of their own
_THAI_VOWELS = "เแโใไ"  # they stand before the first consonant: what follows is no word of its own
_REACH = 2  # words after the number in which its unit stands: "thirty full days", "dix pour cent"


class Spelled(NamedTuple):
    """What stands there in words, and the number it says."""

    text: str
    value: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """Finds the amounts that a text in one language spells out. ``units`` are words, or how words begin.

    ``inside`` finds number words joined to their unit, in languages that write so; None for the others.
    """

    numbers: Mapping[str, int]
    units: frozenset[str]
    inside: re.Pattern[str] | None

    @classmethod
    def of(cls, locale: Locale, units: Iterable[str]) -> Spelling:
        """For ``locale``; ``units`` are texts such as "5 days" or "€5.00", whose words name units."""
        words = number_words(locale.language)
        numbers = {word: int(value) for word, value in words.values.items() if int(value)}
        parts = [unit.casefold().split() for unit in units]
        named = frozenset(part for one in parts for part in (*one[:1], *one[-1:])).union(
            _PERCENT.get(locale.language, "").split()
        )
        inside = None
        if words.inside and numbers and named:
            one, unit = _any(numbers), _any(named)
            ending = r"\w{0,3}" if locale.language in _SPACED else ""
            run = rf"(?:{one}){ending}(?:[\s\u00a0]*و?(?:{one}){ending})*?"
            inside = re.compile(rf"(?<![{_THAI_VOWELS}])({run})[\s\u00a0]*(?:个|個|か|カ|ヶ|개)?(?:{unit})")
        return cls(numbers, named, inside)

    def amounts(self, text: str) -> Iterator[Spelled]:
        """The amounts that ``text`` says in words."""
        folded = text.casefold()
        if self.inside:
            for found in self.inside.finditer(folded):
                yield Spelled(found[0], self._together(found[1]))
            return
        words = list(_LETTERS.finditer(folded))
        for at, word in enumerate(words):
            value = self._number(word[0])
            unit = next((one for one in words[at + 1 : at + 1 + _REACH] if self._is_unit(one[0])), None)
            if value and unit:
                yield Spelled(text[word.start() : unit.end()], value)

    def explained(self, amount: Spelled, numbers: Collection[int]) -> bool:
        """Whether ``numbers`` have the amount's. Without words for tens, "thirty" is read like "three"."""
        vague = () if 30 in self.numbers.values() else (amount.value * 10, amount.value + 10)
        return any(value in numbers for value in (amount.value, *vague))

    def counts(self, text: str) -> Iterator[Spelled]:
        """The whole numbers in ``text``, in digits 0 to 9, that stand before a unit."""
        starts = tuple(self.units)
        for found in _COUNTED.finditer(text):
            word = found[2].casefold()
            if word.startswith(starts) if self.inside else self._is_unit(word):
                yield Spelled(found[0], int(found[1]))

    def names_unit(self, text: str) -> bool:
        """Whether ``text`` speaks of days, amounts or percent at all."""
        return any(self._is_unit(word) for word in _LETTERS.findall(text.casefold()))

    def _is_unit(self, word: str) -> bool:
        """Whether ``word`` is a unit, or one in another case: "Tagen" for "Tag"."""
        stems = (word[:size] for size in range(max(_SHORTEST, len(word) - _ENDING), len(word)))
        return word in self.units or any(stem in self.units for stem in stems)

    def _number(self, word: str) -> int:
        """The number that a word begins with, or 0."""
        if word.startswith(_NOT_ONLY_NUMBERS):
            return 0
        stems = (word, *(word[:size] for size in range(len(word) - 1, _SHORTEST - 1, -1)))
        return next((self.numbers[stem] for stem in stems if stem in self.numbers), 0)

    def _together(self, text: str) -> int:
        """The number of joined words: 三 十 五 is 35."""
        total = digit = at = 0
        while at < len(text):
            word = max((one for one in self.numbers if text.startswith(one, at)), key=len, default="")
            at += len(word) or 1
            value = self.numbers.get(word, 0)
            if value in _POWERS:
                total, digit = total + (digit or 1) * value, 0
            elif value:
                total, digit = total + digit, value
        return total + digit


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
