"""Whether a printed text says what the data says: it is read back as a person reads it, not as it was made.

Nothing here asks the filters. Digits of any script are read, separators are taken as CLDR gives them for the reader's
locale in the region, and what is read must be the value again: all of it, and nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from polyhelp.model import Duration, Locale, Money
from polyhelp.regions.kinds import parse_duration, parse_money
from polyhelp.regions.reading import BUDDHIST, Reading, only_number_of_its_form, reading, western
from polyhelp.regions.recorder import Made, Printed

_DIGITS = re.compile(r"\d+")
_OFFSET = re.compile(r"(?:GMT|UTC)\s?[+\-\u2212\u2013]?\d{1,2}(?::?\d\d)?")
_PERCENT = re.compile("[%٪％]")
_TRUNK = "0"  # before a number that is dialled inside its region
MIDNIGHT = 24


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who reads in ``locale`` what holds in ``region`` (``""`` for no region)."""

    locale: Locale
    region: str = ""

    def agrees(self, printed: Printed) -> bool:
        """Whether the text of ``printed`` gives its value again."""
        told = printed.value
        text = western(printed.text)
        if printed.filter == "listed":
            return self._list(told, text)
        while isinstance(told, Made):  # a filter behind a filter: each text stands for what it was made from
            told = told.value
        read = _READERS.get(printed.filter)
        return read(reading(self.locale, self.region), told, text) if read else _nothing_new(told, text)

    def _list(self, value: object, text: str) -> bool:
        """Every item is there, in order, and between them is no number."""
        rest = text
        for item in value if isinstance(value, tuple | list) else ():
            shown = item if isinstance(item, str) else next(iter(_texts(item)), "")
            if isinstance(item, Made) and not self.agrees(Printed("", item.filter, item.value, str(item))):
                return False
            before, found, rest = rest.partition(western(shown))
            if not found or _DIGITS.search(before):
                return False
        return not _DIGITS.search(rest)


def _money(here: Reading, value: object, text: str) -> bool:
    money = parse_money(value) if isinstance(value, str) else value
    if not isinstance(money, Money):
        return False
    return here.only_number(text, money=True) == money.amount and here.names_currency(text, money.currency)


def _number(here: Reading, value: object, text: str) -> bool:
    return here.only_number(text) == value


def _percent(here: Reading, value: object, text: str) -> bool:
    return here.only_number(text) == value and bool(_PERCENT.search(text))


def _duration(here: Reading, value: object, text: str) -> bool:
    length = parse_duration(value) if isinstance(value, str) else value
    if not isinstance(length, Duration) or here.another_unit(text, length.unit):
        return False
    wanted = [Decimal(length.amount)]
    if length.at_least:
        wanted.insert(0, Decimal(length.at_least))
    if not _DIGITS.search(text):  # "two days" as one word, where the language has a form for exactly two
        exact = not length.at_least and only_number_of_its_form(here.cldr, length.amount)
        return exact and not here.another_count(text, length.unit, length.amount)
    return here.numbers(text) == wanted


def _date(here: Reading, value: object, text: str) -> bool:
    """Day and year as numbers, the month as a number or by its name; nothing else. A short year has two digits."""
    if not isinstance(value, dt.date):
        return False
    found = [int(one) for one in _DIGITS.findall(text)]
    years = [year for full in (value.year, value.year + BUDDHIST) for year in (full, full % 100)]
    if len(found) < 2 or value.day not in found:
        return False
    found.remove(value.day)
    year = next((year for year in years if year in found), None)
    if year is None:
        return False
    found.remove(year)
    return found == [value.month] or (not found and here.names_month(text, value.month))


def _time(here: Reading, value: object, text: str) -> bool:
    """Hour and minute; an hour of the 12-hour clock only with the right half of the day."""
    hour, _, minute = str(value).partition(":")
    if not (hour.isdigit() and minute.isdigit()):
        return False
    found = [int(one) for one in _DIGITS.findall(_OFFSET.sub(" ", text))]
    if not found or (found[1:] != [int(minute)] and (found[1:] or int(minute))):
        return False
    if int(hour) == MIDNIGHT:
        return found[0] in {0, 12, MIDNIGHT}
    if found[0] == int(hour):
        return int(hour) > 12 or not here.says_half(text, (int(hour) + 12) % MIDNIGHT)
    return found[0] == ((int(hour) + 11) % 12 + 1) and here.says_half(text, int(hour))


def _phone(_: Reading, value: object, text: str) -> bool:
    """The digits of the number, or of how it is dialled inside its region."""
    digits, wanted = "".join(_DIGITS.findall(text)), "".join(_DIGITS.findall(str(value)))
    national = digits.removeprefix(_TRUNK)
    return digits == wanted or (len(national) >= 5 and wanted.endswith(national))


def _nothing_new(value: object, text: str) -> bool:
    """A name or word has no number that its value lacks."""
    known = {one for part in _texts(value) for one in _DIGITS.findall(western(part))}
    return known.issuperset(_DIGITS.findall(_OFFSET.sub(" ", text)))


def _texts(value: object) -> list[str]:
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        return [text for item in value for text in _texts(item)]
    return [str(value)]


_READERS: Mapping[str, Callable[[Reading, object, str], bool]] = {
    "money": _money,
    "number": _number,
    "percent": _percent,
    "duration": _duration,
    "within": _duration,
    "date": _date,
    "time": _time,
    "phone": _phone,
}
