"""Which of two durations is longer, where that is sure. Nothing is converted: 30 days are not a month.

A month has 28 to 31 days. A business day takes at least one calendar day; at most, four of them fill a week, and two
weeks of holidays come on top. So 6 calendar days are surely shorter than 10 business days and 30 are surely longer
than 5, while whether 10 business days are shorter than 14 calendar days depends on the holidays.
"""

from __future__ import annotations

import math
from enum import StrEnum

from polyhelp.model import Duration

_HOURS = {"hours": (1, 1), "calendar days": (24, 24), "months": (28 * 24, 31 * 24)}
_WEEK = 7 * 24


class Order(StrEnum):
    """How a duration compares with another one."""

    SHORTER = "shorter"
    EQUAL = "equal"
    LONGER = "longer"
    UNSURE = "unsure"


def order(one: Duration, other: Duration) -> Order:
    """How ``one`` compares with ``other``, by their amounts."""
    first, second = _unit(one), _unit(other)
    if first[1] == second[1]:
        return _sure((first[0], first[0]), (second[0], second[0]))
    return _sure(_hours(*first), _hours(*second))


def shortest(promise: Duration) -> Duration:
    """The smaller end of a range: what a customer can count on to have."""
    return Duration(promise.at_least or promise.amount, promise.unit)


def _unit(duration: Duration) -> tuple[int, str]:
    if duration.unit == "years":
        return duration.amount * 12, "months"
    return duration.amount, duration.unit


def _hours(amount: int, unit: str) -> tuple[int, int]:
    if unit == "business days":
        return amount * 24, (math.ceil(amount / 4) + 2) * _WEEK
    least, most = _HOURS[unit]
    return amount * least, amount * most


def _sure(one: tuple[int, int], other: tuple[int, int]) -> Order:
    if one == other and one[0] == one[1]:
        return Order.EQUAL
    if one[1] < other[0]:
        return Order.SHORTER
    return Order.LONGER if one[0] > other[1] else Order.UNSURE
