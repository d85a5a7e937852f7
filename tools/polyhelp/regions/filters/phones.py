"""Telephone numbers as a region dials and writes them."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers

from polyhelp.regions.filters.conventions import country


def written_phone(text: str, region: str) -> str:
    """An international number as ``region`` writes it, ``""`` if it is none.

    That is the national format where number and region have the same calling code, else the international one.
    """
    number = _parsed(text)
    if number is None:
        return ""
    inside = region and phonenumbers.country_code_for_region(country(region)) == number.country_code
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if inside else style.INTERNATIONAL)


def phone_uri(text: str) -> str:
    """The address that dials an international number (RFC 3966), ``tel:+46195550142``; ``""`` if it is none."""
    number = _parsed(text)
    if number is None:
        return ""
    extension = f";ext={number.extension}" if number.extension else ""
    return f"tel:{phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)}{extension}"


@lru_cache(maxsize=1024)
def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
