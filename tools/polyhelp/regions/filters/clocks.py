"""Times of day, and the names of time zones."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale as CldrLocale
from babel.core import get_global
from babel.dates import NO_INHERITANCE_MARKER, format_time, get_timezone_location

MIDNIGHT = "24:00"
"""The end of a day."""

# Babel keeps CLDR's format of daylight saving time where the neutral one should be, in these languages.
_NEUTRAL = {
    "%s Daylight Saving Time": "%s Time",  # en-CA
    "%s (heure avancée)": "heure : %s",  # fr-CA
    "hora de verano de %s": "hora de %s",  # es-419
    "%s夏令時間": "%s時間",  # zh-Hant-HK
    "%s – лятно часово време": "%s",  # bg
    "%s, летнее время": "%s",  # ru
    "%s, ljetno vrijeme": "%s",  # hr, bs
    "%s, летње време": "%s",  # sr
    "%s, letnje vreme": "%s",  # sr-Latn
    "%s (sumartími)": "%s",  # is
    "sommartid – %s": "%s",  # nn
}
_HALF_OF_DAY = re.compile(r"a+")
_HOURS = re.compile(r"H+")
_FROM_NOW_ON = 2037  # past the changes that the zone files list, by the rules that they give for all years after


def written_clock(clock: str, locale: CldrLocale) -> str:
    """A time of day, given as ``HH:MM``, in CLDR's short format.

    ``24:00`` is told from the start of a day where clocks have 24 hours or CLDR has a word for midnight.
    """
    pattern: str = locale.time_formats["short"].pattern
    if locale.language == "ko":
        pattern = pattern.replace("a", "aaaa")  # CLDR's short names are the English AM and PM; ICU has the wide ones
    if clock != MIDNIGHT:
        return str(format_time(dt.time.fromisoformat(clock), pattern, locale=locale))
    if "H" in pattern:
        return str(format_time(dt.time(0), _HOURS.sub("24", pattern), locale=locale))
    word = _midnight(locale)
    if word:
        pattern = _HALF_OF_DAY.sub(f"'{word}'", pattern)
    return str(format_time(dt.time(0), pattern, locale=locale))


def _midnight(locale: CldrLocale) -> str:
    contexts = (locale.day_periods.get(name, {}) for name in ("format", "stand-alone"))
    widths = (context.get(width, {}) for context in contexts for width in ("abbreviated", "wide", "narrow"))
    return next((words["midnight"].replace("'", "''") for words in widths if "midnight" in words), "")


@lru_cache(maxsize=4096)
def zone_name(zone: str, locale: CldrLocale) -> str:
    """What an IANA time zone is called all year round (``Central European Time``), or ``""`` when CLDR has no name.

    UTS 35's generic non-location format: a zone without daylight saving time goes by its standard name, which
    tells it from its neighbors ("Mountain Standard Time" is Arizona's), another by its generic name, and one that
    has neither by its place ("United Kingdom Time").
    """
    aliases = get_global("zone_aliases")
    canonical = aliases.get(zone, zone)
    spellings = [canonical, *(old for old, new in aliases.items() if new == canonical)]
    metazones = get_global("meta_zones")
    groups = [locale.time_zones.get(name, {}) for name in spellings]
    groups += [locale.meta_zones.get(metazones[name], {}) for name in spellings if name in metazones]
    wanted = ("generic",) if _saves_daylight(canonical) else ("standard", "generic")
    for variant in wanted:
        for group in groups:
            name = group.get("long", {}).get(variant)
            if isinstance(name, str) and name != NO_INHERITANCE_MARKER:
                return name
    placed = get_global("zone_territories").get(canonical, "ZZ") != "ZZ"
    return _time_of_place(canonical, locale) if placed else ""


def _time_of_place(zone: str, locale: CldrLocale) -> str:
    text = str(get_timezone_location(zone, locale=locale))
    pattern: str = locale.zone_formats["region"]
    if pattern not in _NEUTRAL:
        return text
    head, _, tail = pattern.partition("%s")
    return _NEUTRAL[pattern].replace("%s", text.removeprefix(head).removesuffix(tail))


@cache
def _saves_daylight(zone: str) -> bool:
    try:
        rules = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return True  # a name that is right all year
    winter, summer = (dt.datetime(_FROM_NOW_ON, month, 1, tzinfo=rules).utcoffset() for month in (1, 7))
    return winter != summer
