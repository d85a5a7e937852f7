"""A region: what the shop promises somewhere, as typed values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from polyhelp.errors import Place


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
        return f"{first}{self.amount} {self.unit.removesuffix('s') if self.amount == 1 else self.unit}"


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of a week as region data names them, in ISO 8601's order."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that holds from ``since`` to ``until``, both days included; None is open."""

    value: object
    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether this is the value on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Region:
    """One region's promises on one day. ``code`` is ISO 3166-1 or 3166-2 (``DE``, ``US-CA``).

    ``data`` is nested by section; its leaves are str, int, bool, None, date, Decimal, Money, Duration, or tuples and
    mappings of them. ``dated`` has every value, past and to come, of the fields that have dates, by key path.
    ``places`` says where each field's value stands. ``files`` are the names of the files
    that the region is made of, its own first.
    """

    code: str
    data: Mapping[str, object]
    dated: Mapping[str, tuple[Dated, ...]] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    def at(self, path: str, default: object = None) -> object:
        """The value at a key path such as ``returns.window``; ``default`` where there is none."""
        section, _, name = path.partition(".")
        value = self.data.get(section, default)
        if not name:
            return value
        return value.get(name, default) if isinstance(value, Mapping) else default
