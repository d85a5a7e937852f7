"""CLDR's data for a locale, as it is written in a region where CLDR knows that pair."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale as CldrLocale
from babel import UnknownLocaleError
from babel.localedata import LocaleDataDict, load, locale_identifiers

from polyhelp.errors import RegionError
from polyhelp.model import WEEKDAYS, Locale

_CLDR_UNITS = {"hours": "hour", "calendar days": "day", "months": "month", "years": "year"}


@cache
def conventions(locale: Locale, region: str = "") -> CldrLocale:
    """CLDR's data for ``locale`` as written in ``region`` where CLDR has that pair, else for ``locale``.

    The script never changes on the way: Simplified Chinese in Taiwan stays Simplified. A sub-region counts as its
    country. Raises RegionError when CLDR knows neither the locale nor one of its parents.
    """
    candidates = [here.tag for here in locale.lineage]
    if region:
        candidates.insert(0, _paired(locale, country(region)))
    for candidate in candidates:
        try:
            return CldrLocale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise RegionError(f"CLDR has no data for the locale '{locale}'", hint="use a locale such as 'de' or 'pt-BR'")


def _paired(locale: Locale, region: str) -> str:
    if not locale.region:
        parts = locale.tag.split("-")
        script = [locale.script] if locale.script and len(parts) == 1 else []
        return "-".join([*parts, *script, region])
    inside = Locale(f"{locale.language}-{region}")  # Spanish of Latin America has Mexico in it, but not Spain
    return inside.tag if locale.region.isdigit() and locale in inside.lineage else locale.tag


def country(region: str) -> str:
    """The country of a region: ``US`` for ``US-CA``."""
    return region.partition("-")[0]


@cache
def unit_patterns(language: CldrLocale, unit: str) -> Mapping[str, str]:
    """CLDR's patterns of a duration's unit by plural category; empty for a unit that CLDR does not have.

    What CLDR's "long" leaves out is the same in "short" (UTS 35).
    """
    data: Any = load(str(language))
    units = LocaleDataDict(data)["unit_patterns"].get(f"duration-{_CLDR_UNITS.get(unit, unit)}", {})
    return {**units.get("short", {}), **units.get("long", {})}


@cache
def week_start(region: str) -> str:
    """The weekday on which the week starts in a region, such as ``mon``: CLDR's weekData, else the world's, Monday."""
    for name in sorted(locale_identifiers()):
        if name.endswith(f"_{country(region)}"):
            return WEEKDAYS[CldrLocale.parse(name).first_week_day]
    return WEEKDAYS[0]
