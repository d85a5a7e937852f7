"""Values as a reader writes them: CLDR's conventions for one locale, in one region.

Money, numbers, dates and times follow the reader's language as it is written in the region where CLDR knows that pair
(``de`` in CH writes ``CHF 1’299.50``), else the reader's locale as it is. Names and words follow the language alone.
In right-to-left text a value with Latin letters or digits stands between U+2068 and U+2069, so that it cannot turn
its surroundings around (Unicode Bidirectional Algorithm, UAX 9, explicit isolates).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale as CldrLocale
from babel import UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.localedata import LocaleDataDict, load
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    parse_pattern,
)

from polyhelp.errors import RegionError
from polyhelp.model import Duration, Locale, Money
from polyhelp.regions.kinds import parse_duration, parse_money
from polyhelp.regions.words import PLAIN, Words, load_words

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
EN_DASH = "\u2013"
_MAX_LIST = 100_000  # characters; lists of lists could double themselves line by line
_NEEDS_ISOLATE = re.compile(r"[A-Za-z0-9]")
_NO_SPACE = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_CLDR_UNITS = {"hours": "hour", "calendar days": "day", "months": "month", "years": "year"}
_LIST_STYLES = {"and": "standard", "or": "or"}


@dataclass(frozen=True, slots=True)
class Formats:
    """The filters for one locale and one region (``""`` for none); each is a method of the same name.

    Every filter takes a value of its own type and raises RegionError, without a place, for any other.
    """

    locale: Locale
    region: str = ""
    words: Words = field(default_factory=load_words)

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """The filters by the names that templates use."""
        return {name: getattr(self, name) for name in FILTERS}

    def isolated(self, text: str) -> str:
        """``text``, fenced off where the text around it runs from right to left."""
        if not self.locale.right_to_left or FIRST_STRONG_ISOLATE in text or not _NEEDS_ISOLATE.search(text):
            return text
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"

    def money(self, value: object) -> str:
        """An amount with its currency. Whole amounts are printed without decimals when written without."""
        amount = parse_money(value) if isinstance(value, str) else value
        if not isinstance(amount, Money):
            raise _unfit("money", "an amount such as '4.90 EUR'", value)
        return self.isolated(_money(amount, self._conventions))

    def number(self, value: object) -> str:
        """A number with the locale's grouping and decimal mark."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise _unfit("number", "a number such as 1299", value)
        return self.isolated(format_decimal(value, locale=self._conventions))

    def percent(self, value: object) -> str:
        """A percentage, given in percent: 25 is 25 %."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise _unfit("percent", "a number of percent such as 25", value)
        share: str = format_percent(Decimal(value) / 100, locale=self._conventions, decimal_quantization=False)
        return self.isolated(share)

    def date(self, value: object) -> str:
        """A day, in CLDR's long format (Gregorian calendar)."""
        if not isinstance(value, dt.date):
            raise _unfit("date", "a date such as 2026-11-01", value)
        return self.isolated(format_date(value, "long", locale=self._conventions))

    def time(self, value: object) -> str:
        """A time of day, given as ``HH:MM``, in CLDR's short format."""
        match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
        if not match:
            raise _unfit("time", "a time of day such as '09:00'", value)
        clock = dt.time(int(match[1]), int(match[2]))
        return self.isolated(format_time(clock, "short", locale=self._conventions))

    def duration(self, value: object, case: str = "") -> str:
        """A length of time in words; ``case`` asks for an inflected form, such as German ``dative``."""
        length = parse_duration(value) if isinstance(value, str) else value
        if not isinstance(length, Duration):
            raise _unfit("duration", "a duration such as '30 calendar days'", value)
        patterns = self.words.duration(case or PLAIN, length.unit, self.locale)
        if patterns is None:
            patterns = self._cldr_patterns(length.unit)
        conventions = self._conventions
        number = format_decimal(length.amount, locale=conventions)
        pattern = patterns.get(conventions.plural_form(length.amount), patterns["other"])
        if length.at_least:
            # CLDR's category of a range is nearly always its end's; a dual ("two days") cannot hold a range.
            number = f"{format_decimal(length.at_least, locale=conventions)}{EN_DASH}{number}"
            if "{0}" not in pattern:
                pattern = patterns.get("few", patterns["other"])
        return self.isolated(pattern.replace("{0}", number))

    def listed(self, value: object, kind: str = "and", of: str = "") -> str:
        """Texts as a list in a sentence: ``A, B and C``. ``of`` names the field when the items are records."""
        if kind not in _LIST_STYLES:
            raise RegionError(f"listed knows no '{kind}'", hint="write listed('and') or listed('or')")
        if not isinstance(value, tuple | list):
            raise _unfit("listed", "a list of texts", value)
        texts = [item[of] if of and isinstance(item, Mapping) and of in item else item for item in value]
        for text in texts:
            if not isinstance(text, str):
                example = "a list of texts (for records, name the field: listed(of='brand'))"
                raise _unfit("listed", example, text)
        if sum(map(len, texts)) > _MAX_LIST:
            raise RegionError("the list is too long to be printed", hint="use a loop")
        style: Any = _LIST_STYLES[kind]
        return format_list([self.isolated(text) for text in texts], style, locale=self._language)

    def region_name(self, value: object) -> object:
        """A region's name from its code, or the names of a list of codes."""
        return self._each(value, self._region_name, "region_name", "a region code such as 'DE'")

    def language_name(self, value: object) -> object:
        """A language's name from its tag, or the names of a list of tags."""
        return self._each(value, self._language_name, "language_name", "a language tag such as 'pt-BR'")

    def label(self, value: object) -> object:
        """What a word of the region data (``express``) is called, or the names of a list of such words."""
        return self._each(value, self._label, "label", "a word of the data such as 'express'")

    def _each(self, value: object, name: Callable[[str], str], what: str, example: str) -> object:
        if isinstance(value, tuple | list):
            return tuple(self._each(item, name, what, example) for item in value)
        if not isinstance(value, str):
            raise _unfit(what, example, value)
        return self.isolated(name(value))

    def _region_name(self, code: str) -> str:
        if code in self.words.labels:
            return self.words.label(code, self.locale)
        if "-" in code:
            return code  # CLDR's names of subdivisions are not in Babel
        name: str | None = self._language.territories.get(code)
        if not name:
            raise _unfit("region_name", "a region code such as 'DE'", code)
        return name

    def _language_name(self, tag: str) -> str:
        try:
            known = CldrLocale.parse(Locale.parse(tag).tag, sep="-").get_display_name(self._language)
        except (ValueError, UnknownLocaleError):
            known = self._language.languages.get(tag)
        if not known:
            raise _unfit("language_name", "a language tag such as 'pt-BR'", tag)
        written = self._language.languages.get(tag.replace("-", "_"))
        return written or known

    def _label(self, word: str) -> str:
        return self.words.label(word, self.locale)

    @property
    def _conventions(self) -> CldrLocale:
        return _cldr(self.locale, self.region.partition("-")[0])

    @property
    def _language(self) -> CldrLocale:
        return _cldr(self.locale, "")

    def _cldr_patterns(self, unit: str) -> Mapping[str, str]:
        patterns = _unit_patterns(str(self._language), _CLDR_UNITS.get(unit, unit))
        if "other" not in patterns:
            raise RegionError(
                f"there are no words for '{unit}' in the locale '{self.locale}'",
                hint=f"add them: 'durations: {{plain: {{{unit}: {{{self.locale}: {{other: \"{{0}} ...\"}}}}}}}}'",
            )
        return patterns


FILTERS = (
    "date",
    "duration",
    "label",
    "language_name",
    "listed",
    "money",
    "number",
    "percent",
    "region_name",
    "time",
)
"""The names of all filters."""


def _unfit(name: str, wants: str, value: object) -> RegionError:
    return RegionError(f"{name} needs {wants}, got {shown(value)}")


def shown(value: object) -> str:
    """A value of region data, as a message for its writer shows it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a section" if value else "nothing"
    if isinstance(value, tuple | list):
        return "a list"
    return f"'{value}'"


def _money(money: Money, locale: CldrLocale) -> str:
    if money.amount == money.amount.to_integral_value() and money.amount.as_tuple().exponent == 0:
        pattern = parse_pattern(locale.currency_formats["standard"].pattern)
        pattern.frac_prec = (0, 0)
        text = pattern.apply(money.amount, locale, currency=money.currency, currency_digits=False)
    else:
        text = format_currency(money.amount, money.currency, locale=locale)
    # CLDR's currencySpacing, which Babel leaves out: a letter never touches a digit ("SEK 49", not "SEK49").
    return _NO_SPACE.sub("\u00a0", text)


@cache
def _cldr(locale: Locale, region: str) -> CldrLocale:
    """CLDR's data for ``locale`` as written in ``region`` where CLDR has that pair, else for ``locale``.

    The script never changes on the way: Simplified Chinese in Taiwan stays Simplified.
    """
    parts = locale.tag.split("-")
    candidates = [locale.tag]
    if region and not locale.region:
        script = [locale.script] if locale.script and len(parts) == 1 else []
        candidates.insert(0, "-".join([*parts, *script, region]))
    here = locale.parent
    while here is not None:
        candidates.append(here.tag)
        here = here.parent
    for candidate in candidates:
        try:
            return CldrLocale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise RegionError(f"CLDR has no data for the locale '{locale}'", hint="use a locale such as 'de' or 'pt-BR'")


@cache
def _unit_patterns(locale: str, unit: str) -> Mapping[str, str]:
    """CLDR's patterns of a unit by plural category; what "long" leaves out is the same in "short" (UTS 35)."""
    data: Any = load(locale)
    units = LocaleDataDict(data)["unit_patterns"].get(f"duration-{unit}", {})
    return {**units.get("short", {}), **units.get("long", {})}
