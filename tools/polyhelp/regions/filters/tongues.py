"""The names of languages."""

from __future__ import annotations

from babel import Locale as CldrLocale
from babel import UnknownLocaleError

from polyhelp.model import Locale


def language_name(tag: str, reader: CldrLocale) -> str:
    """What the language of a tag is called in the reader's language, or ``""`` when CLDR does not know it."""
    try:
        known = CldrLocale.parse(Locale.parse(tag).tag, sep="-").get_display_name(reader)
    except (ValueError, UnknownLocaleError):
        known = reader.languages.get(tag)
    written = reader.languages.get(tag.replace("-", "_")) if known else None
    return written or known or ""
