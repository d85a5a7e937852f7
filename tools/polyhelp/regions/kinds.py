"""Kinds of values in region data: how each is written, and what was probably meant when it is written otherwise.

A kind reads one scalar of a YAML file. Dates, numbers and switches are told apart here, by YAML 1.2's rules and by
what the field wants, never by YAML 1.1's guesses (where ``NO`` is false and ``09:30`` is 570).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import phonenumbers
from babel import Locale as CldrLocale
from babel.core import get_global
from babel.numbers import get_currency_precision, list_currencies

from polyhelp.model import WEEKDAYS, Duration, Locale, Money
from polyhelp.text.similarity import closest

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?\d+")
_FLOAT = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONEY = re.compile(r"(\d{1,12}(?:\.\d{1,4})?) ([A-Z]{3})", re.ASCII)
_DURATION = re.compile(r"(?:(\d{1,4})-)?(\d{1,4}) ([a-z]+(?: [a-z]+)?)", re.ASCII)
_REGION = re.compile(r"([A-Z]{2})(?:-[A-Z0-9]{1,3})?", re.ASCII)
CLOCK_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?) ?%?", re.ASCII)
_DAYS = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?")
_EVERY_DAY = "daily"
_EMAIL = re.compile(r"[^@\s<>()\[\]]+@[^@\s<>()\[\]]+\.[^@\s<>()\[\]]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")  # also what turns the direction
MAX_VALUE = 10_000
"""Characters of one value."""
_SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "฿": "THB", "R$": "BRL", "NT$": "TWD", "$": "USD", "kr": "SEK"}
_UNITS = ("hours", "calendar days", "business days", "months", "years")
_UNIT_WORDS = {
    "h": "hours", "day": "calendar days", "d": "calendar days", "workday": "business days",
    "working day": "business days", "calendar month": "months",
} | {unit.removesuffix("s"): unit for unit in _UNITS}  # fmt: skip
_NOT_ISO = frozenset({"CQ", "EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})  # in CLDR, but no region that a shop sells to
_MISNAMED = {"UK": "GB", "EL": "GR"}
_YES = {
    "yes": "true",
    "on": "true",
    "y": "true",
    "1": "true",
    "no": "false",
    "off": "false",
    "n": "false",
    "0": "false",
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as it stands in the file. ``plain`` says that it stands there without quotes."""

    text: str
    line: int
    plain: bool = True

    @property
    def null(self) -> bool:
        """Whether it is YAML's null."""
        return self.plain and self.text in _NULL


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a value is not of its kind, and what to write instead."""

    message: str
    hint: str


def unreadable(scalar: Scalar) -> Wrong | None:
    """What no value may be, of whatever kind."""
    if len(scalar.text) > MAX_VALUE:
        return Wrong(f"the value is longer than {MAX_VALUE} characters", "region data is a page or two")
    if _CONTROL.search(scalar.text):
        return Wrong("the value has control characters", "write it anew, without what cannot be seen")
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value. ``read`` gives the value, or a :class:`Wrong`."""

    name: str
    read: Callable[[Scalar], object]
    nullable: bool = False

    def or_null(self) -> Kind:
        """The same kind for a field that may also be null."""
        return replace(self, nullable=True)

    def value(self, scalar: Scalar) -> object:
        """The value of ``scalar``, or a :class:`Wrong`."""
        if scalar.null:
            return None if self.nullable else Wrong("it may not be null", f"write {self.name}")
        return unreadable(scalar) or self.read(scalar)


@dataclass(frozen=True, slots=True)
class Many:
    """A list of one kind."""

    item: Kind


@dataclass(frozen=True, slots=True)
class Records:
    """A list of records, every one with all of these fields."""

    fields: Mapping[str, Kind]


def _text(scalar: Scalar) -> object:
    if scalar.plain and (scalar.text in _BOOL or _FLOAT.fullmatch(scalar.text)):
        return Wrong(f"{scalar.text} is not a text", f'put it in quotes: "{scalar.text}"')
    if not scalar.text.strip():
        return Wrong("the text is empty", "write a text, or leave the field out")
    return scalar.text


def _bool(scalar: Scalar) -> object:
    if scalar.plain and scalar.text in _BOOL:
        return _BOOL[scalar.text]
    meant = _YES.get(scalar.text.lower(), "") or scalar.text.lower()
    hint = f"write {meant}" if meant in {"true", "false"} else "write true or false"
    return Wrong(f"'{scalar.text}' is neither true nor false", f"{hint}, without quotes")


def _date(scalar: Scalar) -> object:
    if _DATE.fullmatch(scalar.text):
        try:
            return dt.date.fromisoformat(scalar.text)
        except ValueError:
            return Wrong(f"there is no day {scalar.text}", "write year-month-day, such as 2026-11-01")
    return Wrong(f"'{scalar.text}' is not a date", "write year-month-day, such as 2026-11-01")


def _clock(scalar: Scalar) -> object:
    if CLOCK_TIME.fullmatch(scalar.text):
        return scalar.text
    padded = f"0{scalar.text}"
    return Wrong(
        f"'{scalar.text}' is not a time of day",
        f'write "{padded if CLOCK_TIME.fullmatch(padded) else "09:00"}": 24 hours, two digits each',
    )


def _number(scalar: Scalar) -> object:
    if scalar.plain and re.fullmatch(r"\d{1,9}", scalar.text, re.ASCII):
        return int(scalar.text)
    return Wrong(f"'{scalar.text}' is not a whole number", "write digits only, such as 250, without quotes")


def _percent(scalar: Scalar) -> object:
    found = _PERCENT.fullmatch(scalar.text)
    if found and Decimal(found[1]) <= 100:
        return Decimal(found[1])
    return Wrong(f"'{scalar.text}' is not a percentage", "write one such as 2.5 %, from 0 to 100")


def _phone(scalar: Scalar) -> object:
    try:
        number = phonenumbers.parse(scalar.text, None)
    except phonenumbers.NumberParseException:
        return Wrong(f"'{scalar.text}' is not an international phone number", 'write it like "+46 19 555 0142"')
    if phonenumbers.is_possible_number(number):
        return scalar.text
    return Wrong(f"'{scalar.text}' is too long or too short for a number of its region", "check the digits")


def _weekdays(scalar: Scalar) -> object:
    if scalar.text == _EVERY_DAY:
        return WEEKDAYS
    days: list[str] = []
    for part in re.split(r",\s*", scalar.text.lower()):
        found = _DAYS.fullmatch(part)
        first, last = (found[1], found[2] or found[1]) if found else ("", "")
        if first not in WEEKDAYS or last not in WEEKDAYS:
            return Wrong(f"'{scalar.text}' are no days of a week", "write mon-fri, 'sat, sun' or daily")
        start, count = WEEKDAYS.index(first), (WEEKDAYS.index(last) - WEEKDAYS.index(first)) % 7 + 1
        days += [WEEKDAYS[(start + step) % 7] for step in range(count)]
    return tuple(day for day in WEEKDAYS if day in days)


def _email(scalar: Scalar) -> object:
    if _EMAIL.fullmatch(scalar.text):
        return scalar.text
    return Wrong(f"'{scalar.text}' is not an email address", "write one such as support@shop.example")


def _zone(scalar: Scalar) -> object:
    if scalar.text in zones():
        return scalar.text
    near = closest(scalar.text, zones())
    hint = f"did you mean '{near}'?" if near else "write an IANA name such as Europe/Berlin"
    return Wrong(f"there is no time zone '{scalar.text}'", hint)


def _tag(scalar: Scalar) -> object:
    try:
        return Locale.parse(scalar.text).tag
    except ValueError as error:
        return Wrong(str(error), "write the tag, not the name: en, pt-BR, zh-Hant")


def _region(scalar: Scalar) -> object:
    wrong = region_mistake(scalar.text)
    return wrong or scalar.text


def _currency(scalar: Scalar) -> object:
    return _currency_mistake(scalar.text) or scalar.text


def _money(scalar: Scalar) -> object:
    return parse_money(scalar.text)


def _duration(scalar: Scalar) -> object:
    return parse_duration(scalar.text)


TEXT = Kind("a text", _text)
BOOL = Kind("true or false", _bool)
DATE = Kind("a date such as 2026-11-01", _date)
CLOCK = Kind('a time of day such as "09:00"', _clock)
EMAIL = Kind("an email address", _email)
ZONE = Kind("a time zone such as Europe/Berlin", _zone)
TAG = Kind("a language tag such as pt-BR", _tag)
REGION = Kind("a region code such as DE", _region)
CURRENCY = Kind("a currency code such as EUR", _currency)
MONEY = Kind("an amount such as '4.90 EUR'", _money)
NUMBER = Kind("a whole number", _number)
PERCENT = Kind("a percentage such as 2.5 %", _percent)
PHONE = Kind("an international phone number", _phone)
DAYS = Kind("days such as mon-fri", _weekdays)
DURATION = Kind("a duration such as '30 calendar days'", _duration)


def one_of(*words: str) -> Kind:
    """The kind of a field that knows only these words."""

    def read(scalar: Scalar) -> object:
        if scalar.text in words:
            return scalar.text
        near = closest(scalar.text.replace(" ", "_"), words)
        hint = f"did you mean '{near}'?" if near else f"write one of: {', '.join(words)}"
        return Wrong(f"'{scalar.text}' is not known here", hint)

    return Kind(" or ".join(words), read)


def fact(scalar: Scalar) -> object:
    """A value of a shop's own fact, by YAML 1.2: switch, whole number, date or text; or a :class:`Wrong`."""
    if scalar.null:
        return Wrong("a fact may not be null", "leave it out")
    if wrong := unreadable(scalar):
        return wrong
    if scalar.plain and scalar.text in _BOOL:
        return _BOOL[scalar.text]
    return _number_or_date(scalar) if scalar.plain else _text(scalar)


def _number_or_date(scalar: Scalar) -> object:
    if _INT.fullmatch(scalar.text):
        short = len(scalar.text) <= 18
        return int(scalar.text) if short else Wrong("the number is too long", "put it in quotes")
    if _DATE.fullmatch(scalar.text):
        return _date(scalar)
    if _FLOAT.fullmatch(scalar.text):
        return Wrong(f"{scalar.text} is a fraction", f'facts are whole numbers; put it in quotes: "{scalar.text}"')
    return _text(scalar)


def parse_money(text: str) -> Money | Wrong:
    """Read ``4.90 EUR``; the decimals are kept, so ``5 EUR`` and ``5.00 EUR`` stay two ways of writing it."""
    match = _MONEY.fullmatch(text)
    if not match:
        return Wrong(f"'{text}' is not an amount of money", f"write '{_guessed_money(text)}'")
    amount, currency = Decimal(match[1]), match[2]
    wrong = _currency_mistake(currency)
    if wrong:
        return wrong
    digits = get_currency_precision(currency)
    if -int(amount.as_tuple().exponent) > digits:
        rule = f"{currency} has {digits or 'no'} decimals"
        return Wrong(f"{rule}, and '{text}' has more", f"write '{round(amount, digits):f} {currency}'")
    return Money(amount, currency)


def parse_duration(text: str) -> Duration | Wrong:
    """Read ``30 calendar days``, ``1 month`` or ``2-4 business days``."""
    match = _DURATION.fullmatch(text)
    unit = _unit(match[3]) if match else ""
    if not match or not unit:
        return Wrong(f"'{text}' is not a duration", f"write '{_guessed_duration(text)}'")
    low, high = int(match[1] or 0), int(match[2])
    if not high:
        return Wrong(f"'{text}' is no time at all", "write at least 1, or null where the field allows it")
    if match[1] and not 0 < low < high:
        return Wrong(f"'{text}' is not a range", f"write the smaller number first, such as '2-4 {unit}'")
    return Duration(high, unit, low)


def region_mistake(code: str) -> Wrong | None:
    """What is wrong with a region code (ISO 3166-1, or 3166-2 whose first half is checked), or None."""
    match = _REGION.fullmatch(code)
    if match and match[1] in regions():
        return None
    upper = code.upper()
    meant = _MISNAMED.get(upper, upper if upper in regions() else "")
    hint = f"did you mean '{meant}'?" if meant else "write a code such as DE, NO or US-CA"
    return Wrong(f"'{code}' is not a region code (ISO 3166)", hint)


@cache
def regions() -> frozenset[str]:
    """The region codes that CLDR knows, two letters each."""
    known = (str(code) for code in CldrLocale.parse("en").territories)
    return frozenset(code for code in known if len(code) == 2 and code.isalpha()) - _NOT_ISO


@cache
def zones() -> frozenset[str]:
    """The IANA time zone names that CLDR knows, so that the answer is the same on every system."""
    return frozenset(get_global("zone_territories")) | frozenset(get_global("zone_aliases"))


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def _currency_mistake(code: str) -> Wrong | None:
    if code in _currencies():
        return None
    near = _SYMBOLS.get(code) or closest(code.upper(), sorted(_currencies()))
    hint = f"did you mean '{near}'?" if near else "write an ISO 4217 code such as EUR"
    return Wrong(f"there is no currency '{code}'", hint)


def _unit(words: str) -> str:
    plural = words if words.endswith("s") else f"{words}s"
    return plural if plural in _UNITS else ""


def _guessed_money(text: str) -> str:
    number = re.search(r"\d[\d.,'’\s]*", text)
    digits = re.sub(r"['’\s]", "", number[0]).rstrip(".,") if number else "4.90"
    whole, mark, rest = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}))?", digits).groups()  # type: ignore[union-attr]
    amount = re.sub(r"[.,]", "", whole) + (f".{rest}" if mark else "")
    code = next((word.upper() for word in re.findall(r"[A-Za-z]{3}", text) if word.upper() in _currencies()), "")
    sign = next((name for symbol, name in _SYMBOLS.items() if symbol in text), "EUR")
    return f"{amount} {code or sign}"


def _guessed_duration(text: str) -> str:
    numbers = re.findall(r"\d{1,4}", text)[:2] or ["30"]
    words = " ".join(re.findall(r"[a-z]+", text.lower().replace(" to ", " ")))
    single = words.removesuffix("s")
    if single in {"week", "wk", "w"}:
        return f"{'-'.join(str(int(number) * 7) for number in numbers)} calendar days"
    near = closest(single, _UNIT_WORDS) if single else ""
    unit = _UNIT_WORDS.get(near, "calendar days")
    return f"{'-'.join(numbers)} {unit.removesuffix('s') if numbers == ['1'] else unit}"
