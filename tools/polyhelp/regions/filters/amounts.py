"""Numbers and amounts of money as a reader writes them.

Digits are 0 to 9 in every locale, also where CLDR prefers others (Arabic in Saudi Arabia or Egypt): phone and order
numbers, and what translators write, have these, and one page keeps to one set.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel import Locale as CldrLocale
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision, parse_pattern

from polyhelp.errors import RegionError
from polyhelp.model import Locale, Money

MAX_DIGITS = 18
"""Digits of the longest number that is printed, before and after the decimal mark together."""

# In right-to-left text the sign of "R$" would jump to the other side of its letter: a mark holds it (UAX 9, 2.6).
_LATIN_THEN_SIGN = re.compile(r"(?<=[A-Za-z])[^\w\s\u200e\u200f]+(?=[\u200e\u200f]*$)")
_LEFT_TO_RIGHT_MARK = "\u200e"

# CLDR's minimumGroupingDigits, which Babel does not carry: the smallest number whose thousands are set apart.
_GROUPED_FROM: dict[str, int] = {
    **dict.fromkeys(("bg", "es", "et", "hu", "it", "lv", "pl", "pt-PT", "sl"), 10_000),
    "es-419": 1000,
}
# Latin letters that their countries write right before the digits: South Africa, Malaysia, Indonesia.
_TIGHT = frozenset({"R", "RM", "Rp"})
_NO_SPACE = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def is_number(value: object) -> bool:
    """Whether ``value`` is an int (no switch) or a finite Decimal of at most :data:`MAX_DIGITS` digits."""
    if isinstance(value, Decimal):
        if not value.is_finite() or not -MAX_DIGITS <= value.adjusted() < MAX_DIGITS:
            return False
        _, digits, exponent = value.as_tuple()
        return len(digits) <= MAX_DIGITS and int(exponent) >= -MAX_DIGITS
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**MAX_DIGITS


def written_number(value: int | Decimal, locale: CldrLocale) -> str:
    """A number with the locale's grouping and decimal mark, and every decimal that it has."""
    grouped = _is_grouped(value, str(locale))
    return str(format_decimal(value, locale=locale, decimal_quantization=False, group_separator=grouped))


def written_percent(value: int | Decimal, locale: CldrLocale) -> str:
    """A percentage, given in percent: 25 is 25 %."""
    share, grouped = Decimal(value) / 100, _is_grouped(value, str(locale))
    return str(format_percent(share, locale=locale, decimal_quantization=False, group_separator=grouped))


def written_money(money: Money, locale: CldrLocale) -> str:
    """An amount with its currency. Whole amounts are printed without decimals when written without.

    Raises RegionError for an amount with more decimals than its currency has, rather than rounding it.
    """
    digits = get_currency_precision(money.currency)
    if round(money.amount, digits) != money.amount:
        raise RegionError(f"{money.currency} has {digits or 'no'} decimals, and '{money}' has more")
    grouped = _is_grouped(money.amount, str(locale))
    if money.amount.as_tuple().exponent == 0:
        pattern = parse_pattern(locale.currency_formats["standard"].pattern)
        pattern.frac_prec = (0, 0)
        text: str = pattern.apply(
            money.amount, locale, currency=money.currency, currency_digits=False, group_separator=grouped
        )
    else:
        text = str(format_currency(money.amount, money.currency, locale=locale, group_separator=grouped))
        symbols = locale.number_symbols["latn"]
        if "currencyDecimal" in symbols:  # Babel leaves this out, too: French in Switzerland writes 4,9 but 4.90 CHF
            text = str(symbols["currencyDecimal"]).join(text.rsplit(symbols["decimal"], 1))
    # CLDR's currencySpacing, which Babel leaves out: a letter never touches a digit ("SEK 49", not "SEK49").
    if locale.currency_symbols.get(money.currency) in _TIGHT:
        return text
    text = _NO_SPACE.sub("\u00a0", text)
    if locale.character_order == "right-to-left":
        text = _LATIN_THEN_SIGN.sub(lambda sign: sign[0] + _LEFT_TO_RIGHT_MARK, text)
    return text


def _is_grouped(value: int | Decimal, locale: str) -> bool:
    return Decimal(value).copy_abs() >= _grouped_from(locale)


@cache
def _grouped_from(locale: str) -> int:
    lineage: tuple[Locale, ...] = Locale(locale.replace("_", "-")).lineage
    return next((_GROUPED_FROM[here.tag] for here in lineage if here.tag in _GROUPED_FROM), 0)
