"""What a rule looks at, and what it yields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from polyhelp.model import Duration, Fact, Law, Locale, Money, Region, Threshold

UNKNOWN_PROFILE = "set shop.staff and shop.turnover, so that it is known whether this holds for the shop"


@dataclass(frozen=True, slots=True)
class Page:
    """A policy as customers of a region read it, in Markdown.

    ``path`` is the source article's, as the user knows it. ``original`` says that it is shown in the source language
    for want of a translation; ``partial`` that parts of it are; ``shared`` that it is the
    same article for all regions.
    """

    path: str
    locale: Locale
    text: str
    original: bool = False
    partial: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """The day that counts, the region's pages, and the source locale (the language of what is not translated).

    ``folder`` is where the regions' files are, as the user knows it; ``duties`` are the ids that mean a duty somewhere.
    """

    day: dt.date
    pages: tuple[Page, ...] = ()
    source: Locale = field(default_factory=lambda: Locale("en"))
    folder: str = ""
    duties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: the promise at ``key`` beside ``fact``. A ``mild`` one is never an error."""

    key: str
    fact: Fact
    message: str
    promised: object = ""
    hint: str = ""
    mild: bool = False
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One region's promises beside its law."""

    region: Region
    law: Law
    context: Context

    def fact(self, path: str) -> Fact | None:
        """The fact at ``path``, where it is the law on the day that counts and for a shop of this size."""
        fact = self.law.get(path)
        if fact is None or not fact.holds(self.context.day):
            return None
        return None if fact.threshold and self.reaches(fact.threshold) is False else fact

    def length(self, path: str) -> tuple[Fact, Duration] | None:
        """The fact at ``path`` where its value is a duration, and that duration."""
        fact = self.fact(path)
        return (fact, fact.value) if fact and isinstance(fact.value, Duration) else None

    def duties(self, kind: str) -> Iterator[Fact]:
        """The duties of a kind that hold."""
        found = (self.fact(path) for path, fact in self.law.facts.items() if fact.kind == kind)
        return (fact for fact in found if fact)

    def says(self, key: str) -> bool:
        """Whether anything is promised at ``key``, were it null."""
        section, _, name = key.partition(".")
        values = self.region.data.get(section)
        return name in values if isinstance(values, Mapping) else False

    def records(self, key: str) -> tuple[Mapping[str, object], ...]:
        """The records of the list at ``key``; none where there is no list."""
        rows = self.region.at(key)
        return tuple(row for row in rows if isinstance(row, Mapping)) if isinstance(rows, tuple) else ()

    def fulfilled(self, duty: str) -> bool:
        """Whether the region's data say where the shop fulfils a duty."""
        return bool(self.region.at(f"duties.{duty}"))

    @property
    def right(self) -> object:
        """Whether customers may change their mind by law: True, False, ``conditional``, ``default_rule`` or None."""
        fact = self.fact("withdrawal.right_exists")
        return fact.value if fact else None

    def reaches(self, threshold: Threshold) -> bool | None:
        """Whether the shop is as large as ``threshold``; None where its data do not tell."""
        told = [_reached(self.region.at("shop.staff"), threshold.staff)] if threshold.staff is not None else []
        if threshold.turnover is not None:
            told.append(_turned(self.region.at("shop.turnover"), threshold.turnover))
        if True in told:
            return True
        return None if None in told else False


def _reached(number: object, least: int) -> bool | None:
    return number >= least if isinstance(number, int) else None


def _turned(amount: object, least: Money) -> bool | None:
    """Amounts in two currencies are not compared: the rate of a day decides no law."""
    if not isinstance(amount, Money) or amount.currency != least.currency:
        return None
    return amount.amount >= least.amount


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``about`` explains it to a person who met one of its findings; ``reads`` says that it reads pages."""

    name: str
    about: str
    find: Callable[[Case], Iterator[Finding]]
    reads: bool = False
