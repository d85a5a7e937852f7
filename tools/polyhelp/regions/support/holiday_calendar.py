"""Public holidays of a region, with their names in the reader's language. Data: the package ``holidays``; no network.

The package is slow to import (about a tenth of a second), so it is imported when the first calendar is asked for, and
of its countries only those that are wanted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from polyhelp.model import Locale

_NAMES: Mapping[str, tuple[str, ...]] = {
    "en": ("en_US", "en_GB", "en_CA", "en_AU"),
    "it": ("it_IT",),
    "ms": ("ms_MY",),
    "nb": ("no",),
    "nn": ("no",),
    "pt": ("pt_BR", "pt_PT"),
    "pt-PT": ("pt_PT",),
    "sv": ("sv", "sv_FI"),
    "ur": ("ur_PK",),
    "zh": ("zh_CN",),
    "zh-CN": ("zh_CN",),
    "zh-HK": ("zh_HK", "zh_TW"),
    "zh-Hant": ("zh_TW", "zh_HK"),
    "zh-TW": ("zh_TW", "zh_HK"),
}
"""What the package calls a language, best first, where that is not the tag's own language subtag."""

_HOMES: Mapping[str, tuple[str, ...]] = {
    "ar": ("CA", "SA", "AE"),
    "da": ("DK",),
    "de": ("DE", "AT", "CH", "PL"),
    "el": ("GR",),
    "es": ("ES", "MX", "AR"),
    "fi": ("FI",),
    "fr": ("FR", "BE", "CH", "CA"),
    "it": ("IT", "CH"),
    "ja": ("JP",),
    "ko": ("KR",),
    "nb": ("NO",),
    "nl": ("NL", "BE"),
    "nn": ("NO",),
    "pl": ("PL",),
    "pt": ("BR", "PT"),
    "pt-PT": ("PT",),
    "sv": ("SE", "FI"),
    "th": ("TH", "DE", "SE", "US", "GB", "JP"),
    "zh": ("CN", "HK"),
    "zh-Hant": ("TW", "HK"),
}
"""Whose calendars know many holidays by a name in this language: there a name is looked for by its English one."""

_YEARS = (2025, 2026, 2027)  # which holidays there are hardly changes; moving ones may fall together in one of them
_ENGLISH = "en_US"
_SUBSTITUTE = " (observed)"
_AND = "; "


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day off. ``locale`` is the language of ``name``: the reader's, or English where nobody knows better."""

    date: dt.date
    name: str
    locale: Locale


def obstacle(code: str) -> tuple[str, str]:
    """Why there is no calendar of a region (``SE``, ``DE-BY``), and the way out; two empty texts when there is."""
    region, _, part = code.partition("-")
    known = _package().list_supported_countries()
    if region not in known:
        return f"there is no calendar of holidays for '{region}'", "write null, and list the days under 'closed'"
    if part and part not in known[region]:
        instead = f"write '{region}', or add one of: {', '.join(sorted(known[region]))}"
        return f"there is no calendar of holidays for '{code}'", instead
    return "", ""


def days_off(code: str, since: dt.date, until: dt.date) -> frozenset[dt.date]:
    """The public holidays of a region from ``since`` to ``until``, both included."""
    return frozenset(day for day in _calendar(code, _years(since, until), "") if since <= day <= until)


def holidays(code: str, since: dt.date, until: dt.date, locale: Locale) -> tuple[Holiday, ...]:
    """The public holidays of a region from ``since`` to ``until``, both included, named for a reader of ``locale``.

    Where the calendar has no name in that language, it comes from :file:`holiday_names.yml`, or from a calendar of
    that language that has a holiday with the same English name; else it is English, and the holiday says so.
    """
    years = _years(since, until)
    spoken = _spoken(code, locale)
    named = _calendar(code, years, spoken)
    english = _calendar(code, years, _ENGLISH if _ENGLISH in _languages(code) else "")
    return tuple(
        Holiday(day, *((named[day], locale) if spoken else _translated(english[day], locale)))
        for day in sorted(named)
        if since <= day <= until
    )


def _package() -> Any:
    import holidays as package  # noqa: PLC0415 (slow, and most runs need no calendar)

    return package


def _years(since: dt.date, until: dt.date) -> tuple[int, ...]:
    return tuple(range(since.year, until.year + 1))


@cache
def _calendar(code: str, years: tuple[int, ...], language: str) -> Mapping[dt.date, str]:
    region, _, part = code.partition("-")
    calendar = _package().country_holidays(region, subdiv=part or None, years=years, language=language or None)
    return dict(calendar)


@cache
def _languages(code: str) -> tuple[str, ...]:
    """What the package can name the holidays in, the calendar's own language first; nothing for English alone."""
    calendar = _package().country_holidays(code.partition("-")[0])
    own = calendar.default_language or ""
    return tuple(dict.fromkeys(filter(None, (own, *calendar.supported_languages))))


def _spoken(code: str, locale: Locale) -> str:
    """The package's language for ``locale`` in this calendar; ``""`` when it has none."""
    languages = _languages(code)
    if not languages:
        return ""
    own = languages[0]
    wanted = list(_package_names(locale))
    if locale.language == own.partition("_")[0] and locale.language == "en":
        wanted.insert(0, own)  # a British holiday by its British name
    return next((name for name in wanted if name in languages), "")


def _package_names(locale: Locale) -> Iterator[str]:
    for one in locale.lineage:
        yield one.tag.replace("-", "_")
        yield from _NAMES.get(one.tag, ())


def _translated(english: str, locale: Locale) -> tuple[str, Locale]:
    """A name, or several joined, from its English; a substitute for a day goes by the day's own name."""
    if locale.language == "en":
        return english, locale
    names = [known_name(one.removesuffix(_SUBSTITUTE), locale) for one in english.split(_AND)]
    return (_AND.join(names), locale) if all(names) else (english, Locale("en"))


def known_name(english: str, locale: Locale) -> str:
    """What a holiday with this English name is called in ``locale``; ``""`` when nobody knows."""
    common = _common().get(english, {})
    found = next((common[one.tag] for one in locale.lineage if one.tag in common), "")
    return found or _dictionary(locale).get(english, "")


@cache
def _common() -> Mapping[str, Mapping[str, str]]:
    text = Path(__file__).with_name("holiday_names.yml").read_text(encoding="utf-8")
    names: Mapping[str, Mapping[str, str]] = YAML(typ="safe", pure=True).load(text)
    return names


@cache
def _dictionary(locale: Locale) -> Mapping[str, str]:
    """Names of holidays by their English ones, from calendars that have both."""
    found: dict[str, str] = {}
    for home in next((_HOMES[one.tag] for one in locale.lineage if one.tag in _HOMES), ()):
        spoken = _spoken(home, locale)
        if spoken and _ENGLISH in _languages(home):
            own, english = _calendar(home, _YEARS, spoken), _calendar(home, _YEARS, _ENGLISH)
            for day, name in english.items():
                found.setdefault(name, own[day])
    return found
