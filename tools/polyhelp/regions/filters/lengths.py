"""Lengths of time in words."""

from __future__ import annotations

from babel import Locale as CldrLocale

from polyhelp.errors import RegionError
from polyhelp.model import Duration, Locale
from polyhelp.regions.filters.amounts import written_number
from polyhelp.regions.filters.conventions import conventions, unit_patterns
from polyhelp.regions.filters.words import PLAIN, Words

EN_DASH = "\u2013"


def written_duration(length: Duration, form: str, words: Words, locale: Locale, numbers: CldrLocale) -> str:
    """A length of time in one of the forms of ``words``, in the plural form of its number.

    ``locale`` decides the words, ``numbers`` how digits are grouped. Raises RegionError when there are no words.
    """
    patterns = words.duration(form, length.unit, locale)
    if patterns is None:
        patterns = unit_patterns(conventions(locale), length.unit)
    if "other" not in patterns:
        raise RegionError(
            f"there are no words for '{length.unit}' in the locale '{locale}'",
            hint=f"add them: 'durations: {{{PLAIN}: {{{length.unit}: {{{locale}: {{other: \"{{0}} ...\"}}}}}}}}'",
        )
    number = written_number(length.amount, numbers)
    pattern = patterns.get(numbers.plural_form(length.amount), patterns["other"])
    if length.at_least:
        # CLDR's category of a range is nearly always its end's; a dual ("two days") cannot hold a range.
        number = f"{written_number(length.at_least, numbers)}{EN_DASH}{number}"
        if "{0}" not in pattern:
            pattern = patterns.get("few", patterns["other"])
    return pattern.replace("{0}", number)
