"""A region: what the shop promises somewhere, as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217). Never converted."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: ``at_least`` to ``amount`` of one unit (equal when it is not a range). Never converted.

    ``unit`` is one of ``hours``, ``calendar days``, ``business days``, ``months``, ``years``.
    """

    amount: int
    unit: str
    at_least: int = 0

    def __str__(self) -> str:
        first = f"{self.at_least}-" if self.at_least else ""
        return f"{first}{self.amount} {self.unit}"


@dataclass(frozen=True, slots=True)
class Region:
    """One region's promises. ``code`` is ISO 3166-1 or 3166-2 (``DE``, ``US-CA``); ``data`` is nested by section.

    Leaves are str, int, bool, None, date, Decimal, Money, Duration, or tuples and mappings of them.
    """

    code: str
    data: Mapping[str, object]
