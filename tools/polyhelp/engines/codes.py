"""Which of a translation service's own language codes serves a locale.

Services spell languages as they like: ``ZH-HANT``, ``zh_TW``, ``zt``, ``iw``, ``eng``. What they mean is looked up in
CLDR (aliases and likely subtags, as Babel carries them) and in one table of what only services write.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from babel.core import get_global

from polyhelp.model import Locale

_SERVICES_OWN = {
    "zt": "zh-Hant",  # LibreTranslate and Argos
    "pb": "pt-BR",  # LibreTranslate and Argos
    "zh-cht": "zh-Hant",  # Microsoft, earlier
    "zh-chs": "zh-Hans",
    "no": "nb",  # what services call Norwegian is Bokmål
    "nor": "nb",
    "nob": "nb",
    "nno": "nn",
}


def nearest(locale: Locale, codes: Iterable[str]) -> str:
    """The code, as the service spells it, whose translations serve ``locale`` best; ``""`` when none does.

    First the same tag, then the same language as it is usually written where the other says nothing (``pt`` and
    ``pt-BR``, ``zh`` and ``zh-Hans``), then the code that shares the closest parent locale (UTS 35: ``es-MX`` takes
    ``es-419``, then ``es``), then the bare language. Never another script, so Traditional Chinese never comes from a
    Simplified code; and Portugal does not get Brazil's ``pt-BR``, only ``pt``.
    """
    wanted = _meaning(locale.tag)
    best: tuple[tuple[int, int], bool, int, str] | None = None
    for code in codes:
        found = _meaning(code)
        distance = _distance(wanted, found) if wanted and found else None
        if distance is not None:
            rank = (distance, code.lower() != locale.tag.lower(), len(code), code)
            best = min(best or rank, rank)
    return best[-1] if best else ""


def modern(code: str) -> str:
    """A code as BCP 47 writes it today: ``iw`` -> ``he``, ``zt`` -> ``zh-Hant``, ``PT_br`` -> ``pt-BR``.

    ``""`` for what is no language with script and region, such as ``auto`` or ``be-tarask``.
    """
    found = _meaning(code)
    return found.tag if found else ""


@lru_cache(maxsize=4096)
def _meaning(code: str) -> Locale | None:
    tag = code.strip().replace("_", "-").lower()
    tag = _SERVICES_OWN.get(tag, tag)
    language, _, rest = tag.partition("-")
    language = _SERVICES_OWN.get(language) or get_global("language_aliases").get(language, language)
    try:
        return Locale.parse(f"{language}-{rest}" if rest else language)
    except ValueError:
        return None


def _distance(wanted: Locale, found: Locale) -> tuple[int, int] | None:
    """How far a code is from what is wanted; None when it does not serve at all."""
    if found == wanted:
        return (0, 0)
    whole, other = _maximized(wanted), _maximized(found)
    if whole[:2] != other[:2]:
        return None
    if whole == other:
        return (1, 0)
    for steps, ancestor in enumerate(wanted.lineage):
        if ancestor in found.lineage:
            usual = other == _maximized(ancestor)
            return (2 + steps, 0 if found == ancestor else 1 if usual else 2)
    return None if found.region else (100, 0)


@lru_cache(maxsize=4096)
def _maximized(locale: Locale) -> tuple[str, str, str]:
    """Language, script and region, with the likely ones where none is given (UTS 35, "Likely Subtags")."""
    language, region = locale.language, locale.region
    script = locale.script if locale.script.lower() in locale.tag.lower().split("-") else ""
    likely = get_global("likely_subtags")
    for key in ((language, script, region), (language, script), (language, region), (language,)):
        if "" not in key and (found := likely.get("_".join(key))):
            usual = Locale.parse(found)
            return language, script or usual.script, region or usual.region
    return language, script, region
