"""Days: dates in the calendar of the region, and the days of a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from babel import Locale as CldrLocale
from babel.dates import format_date

from polyhelp.model import WEEKDAYS, Locale
from polyhelp.regions.filters.conventions import country

STYLES = ("full", "long", "medium", "short")
"""CLDR's lengths of a date."""

# CLDR's patterns of the Buddhist calendar in Thai (common/main/th.xml), which Babel does not carry.
_BUDDHIST = {
    "full": "EEEEที่ d MMMM 'พ.ศ.' {year}",
    "long": "d MMMM {year}",
    "medium": "d MMM {year}",
    "short": "d/M/{short}",
}
_BUDDHIST_ERA = 543  # years from Thailand's Buddhist Era to the Common Era, since 1941


def is_buddhist(locale: Locale, region: str) -> bool:
    """Whether dates count by the Buddhist Era: in Thai, for Thailand or where no other region is meant."""
    return locale.language == "th" and (country(region) or locale.region or "TH") == "TH"


def written_date(day: dt.date, style: str, locale: CldrLocale, buddhist: bool = False) -> str:
    """A day in one of :data:`STYLES`, in the Gregorian calendar or, for Thai, by the Buddhist Era."""
    if buddhist:
        year = day.year + _BUDDHIST_ERA
        style = _BUDDHIST[style].format(year=year, short=f"{year % 100:02}")
    return str(format_date(day, style, locale=locale))


def weekday_name(day: str, locale: CldrLocale) -> str:
    """The name of a weekday such as ``mon``, as it stands alone."""
    name: str = locale.days["stand-alone"]["wide"][WEEKDAYS.index(day)]
    return name


def runs(days: Collection[str], first: str) -> list[tuple[str, ...]]:
    """The days of each unbroken run, over the end of the week too, in the order of a week that starts on ``first``.

    ``{"fri", "sat", "sun", "wed"}`` in a week from ``mon``: ``[("wed",), ("fri", "sat", "sun")]``.
    """
    start = WEEKDAYS.index(first)
    week = WEEKDAYS[start:] + WEEKDAYS[:start]
    if len(set(days)) == len(week):
        return [week]
    found = []
    for index, day in enumerate(week):
        if day in days and week[index - 1] not in days:
            run = [day]
            while week[(index + len(run)) % len(week)] in days:
                run.append(week[(index + len(run)) % len(week)])
            found.append(tuple(run))
    return found
