"""Hours in which customers must be able to reach somebody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from polyhelp.model import WEEKDAYS
from polyhelp.regions.law.case import Case, Finding
from polyhelp.regions.support.teams import minutes

_WORKDAYS = WEEKDAYS[:5]


def hours(case: Case) -> Iterator[Finding]:
    """The promised hours of every working day are as many as the law says."""
    for fact in case.duties("hours"):
        least = int(str(fact.value["hours_a_day"])) if isinstance(fact.value, Mapping) else 0
        by_day = _by_day(case.region.at("support.promise"))
        short = [day for day in _WORKDAYS if by_day.get(day, 0) < least * 60]
        if short:
            told = ", ".join(f"{day} {by_day.get(day, 0) / 60:g}" for day in short)
            message = f"support is promised for fewer hours than the law's {least} a day ({told})"
            hint = f"promise {least} hours from Monday to Friday under support.promise"
            yield Finding("support.promise", fact, message, told, hint)


def _by_day(promise: object) -> dict[str, int]:
    """Minutes of each day."""
    found: dict[str, int] = {}
    for row in promise if isinstance(promise, tuple) else ():
        for day in row["days"]:
            found[day] = found.get(day, 0) + max(0, minutes(row["closes"]) - minutes(row["opens"]))
    return found
