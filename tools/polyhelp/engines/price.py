"""Prices as the configuration writes them."""

from __future__ import annotations

import re
from decimal import Decimal

from polyhelp.engines.base import Price

_PRICE = re.compile(r"(?P<amount>\d{1,9}(?:\.\d{1,6})?) ?(?P<currency>[A-Za-z]{3})", re.ASCII)


def price_of(text: str) -> Price:
    """Read ``25 USD`` or ``0.5 eur``: what a million characters cost, and an ISO 4217 currency.

    Raises ValueError for anything else.
    """
    match = _PRICE.fullmatch(text.strip())
    if not match:
        raise ValueError(f"'{text}' is not a price such as '25 USD'")
    return Price(Decimal(match["amount"]), match["currency"].upper())
