"""How a reader's locale writes numbers, currencies, units, months and halves of the day, from CLDR."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from babel import Locale as Cldr
from babel.numbers import get_currency_name, get_currency_symbol

from polyhelp.errors import RegionError
from polyhelp.model import Locale
from polyhelp.regions.filters.conventions import conventions, unit_patterns
from polyhelp.regions.filters.words import PLAIN, load_words

BUDDHIST = 543
"""Years that the Thai calendar is ahead of the Gregorian one, since 1941 (Calendar for the Year Act B.E. 2483)."""

_SPACES = " \u00a0\u2009\u202f"
_NUMBER = re.compile(rf"\d(?:[\d.,'’·٫٬{_SPACES}]*\d)?")
_GROUPS = re.compile(r"\d+|\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d\d)+,\d{3}")  # India groups by two after the first three
_WORD = re.compile(r"[^\W\d_]+")
_UNITS = ("hours", "calendar days", "business days", "week", "months", "years")
_NOON = 12
_ENOUGH = 200


def western(text: str) -> str:
    """``text`` with the digits of all scripts as 0 to 9, and without the invisible marks of directions."""
    if text.isascii():
        return text
    plain = (one for one in text if unicodedata.category(one) != "Cf")
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in plain)


@dataclass(frozen=True)
class Reading:
    """The conventions of one locale in one region. Texts have their digits as 0 to 9."""

    cldr: Cldr
    locale: Locale

    def numbers(self, text: str, *, money: bool = False) -> list[Decimal | None]:
        """The numbers in ``text``, in order; None for one that is not written as this reader writes numbers."""
        return [self._number(one, money=money) for one in _NUMBER.findall(text)]

    def only_number(self, text: str, *, money: bool = False) -> Decimal | None:
        """The number in ``text``; None when there are several, or none."""
        found = self.numbers(text, money=money)
        return found[0] if len(found) == 1 else None

    def _number(self, text: str, *, money: bool) -> Decimal | None:
        for decimal, group in self._marks[money]:
            whole, _, rest = text.partition(decimal)
            whole = whole.replace(group, ",") if group not in _SPACES else re.sub(f"[{_SPACES}]", ",", whole)
            if _GROUPS.fullmatch(whole) and (rest.isdigit() or decimal not in text):
                return Decimal(whole.replace(",", "") + (f".{rest}" if rest else ""))
        return None

    @cached_property
    def _marks(self) -> Mapping[bool, list[tuple[str, str]]]:
        """Decimal and grouping marks beside Latin digits and beside the locale's own; of amounts under True."""
        symbols: Any = self.cldr.number_symbols
        systems = [symbols[name] for name in dict.fromkeys(("latn", self.cldr.default_numbering_system))]
        plain = [(one.get("decimal", "."), one.get("group", ",")) for one in systems]
        money = [
            (one.get("currencyDecimal", mark), one.get("currencyGroup", group))
            for one, (mark, group) in zip(systems, plain, strict=True)
        ]
        return {False: plain, True: [*money, *plain]}

    def names_currency(self, text: str, code: str) -> bool:
        """Whether ``text`` names the currency: by its code, its symbol or its name in this locale."""
        names = {code, get_currency_symbol(code, self.cldr), get_currency_name(code, locale=self.cldr)}
        return any(western(name) in text for name in names)

    def another_unit(self, text: str, unit: str) -> bool:
        """Whether ``text`` has the words for another unit than ``unit``, and nothing but them."""
        return self._units.get(_without_number(text), unit) != unit

    def another_count(self, text: str, unit: str, number: int) -> bool:
        """Whether ``text``, which has no digits, has the word for another number of ``unit``, such as a dual."""
        said = _without_number(text).split()
        own = self.cldr.plural_form(number)
        for category, pattern in self._patterns(unit).items():
            words = _without_number(pattern).split()
            if category != own and "{0}" not in pattern and words and words == said[-len(words) :]:
                return True
        return False

    def _patterns(self, unit: str) -> Mapping[str, str]:
        """Patterns by plural category: the product's words, else CLDR's."""
        return load_words().duration(PLAIN, unit, self.locale) or unit_patterns(self.cldr, unit)

    @cached_property
    def _units(self) -> Mapping[str, str]:
        """Unit by the words that stand beside the number; words that two units share are left out."""
        named: dict[str, set[str]] = {}
        for unit in _UNITS:
            for pattern in (*self._patterns(unit).values(), *unit_patterns(self.cldr, unit).values()):
                named.setdefault(_without_number(pattern.replace("{0}", "")), set()).add(unit)
        return {words: units.pop() for words, units in named.items() if len(units) == 1}

    def names_month(self, text: str, month: int) -> bool:
        """Whether ``text`` has the month's name, in full or short, in any form that CLDR has."""
        widths = (context.get(width, {}) for context in self.cldr.months.values() for width in ("wide", "abbreviated"))
        return any(str(forms.get(month, "\0")) in text for forms in widths)

    def says_half(self, text: str, hour: int) -> bool:
        """Whether ``text`` names the half or the part of the day in which ``hour`` lies."""
        half = "pm" if hour >= _NOON else "am"
        names = {half, half.upper(), f"{half[0]}.m.", f"{half[0]}.\u00a0m."}
        rules = {name for name, span in _spans(str(self.cldr)).items() if any(_within(hour, one) for one in span)}
        for context in self.cldr.day_periods.values():
            for width in context.values():
                names |= {str(word) for name, word in width.items() if name in {half, *rules}}
        return any(name in text if len(name) > 1 else name in _WORD.findall(text) for name in names)


def _spans(locale: str) -> Mapping[str, list[tuple[int, int]]]:
    """Hours by part of the day (``morning1``): from, and before."""
    rules: Any = Cldr.parse(locale).day_period_rules.get(None, {})
    spans: dict[str, list[tuple[int, int]]] = {}
    for name, parts in rules.items():
        for part in parts:
            start = part.get("from", part.get("at"))
            end = part.get("before", part.get("at"))
            if start is not None and end is not None:
                spans.setdefault(name, []).append((int(start) // 3600 % 24, int(end) // 3600))
    return spans


def _within(hour: int, span: tuple[int, int]) -> bool:
    start, end = span
    return start <= hour < end if start < end else hour >= start or hour < end or start == end == hour


def _without_number(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def only_number_of_its_form(cldr: Cldr, number: int) -> bool:
    """Whether the plural category of ``number`` holds no other number: the dual, or a singular that is only 1."""
    category = cldr.plural_form(number)
    return [one for one in range(_ENOUGH) if cldr.plural_form(one) == category] == [number]


@cache
def reading(locale: Locale, region: str) -> Reading:
    """How ``locale`` is read in ``region``, as far as CLDR knows that pair; like English where it knows nothing."""
    try:
        return Reading(conventions(locale, region), locale)
    except RegionError:
        return Reading(Cldr.parse("en"), locale)
