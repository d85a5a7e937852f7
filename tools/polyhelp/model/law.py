"""Facts about the law of a region, and what a promise lacks beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from polyhelp.errors import Place
from polyhelp.model.issue import Severity
from polyhelp.model.locale import Locale
from polyhelp.model.region import Money


@dataclass(frozen=True, slots=True)
class Threshold:
    """A law holds for shops from this many staff or this turnover on; either is enough."""

    staff: int | None = None
    turnover: Money | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact about the law of a region, where it was read, and how good that source is.

    ``region`` is the one whose law it is: a region that inherits it shows its parent's code here. ``value`` is None
    where the law sets no such number (which is not zero), else a text, number, switch, date, Duration, Money, or
    tuples and mappings of them. ``tier`` is the kind of source (``official``, ``professional``, ``press``,
    ``secondary``, ``merchant``, ``style-guide``, ``law-citation``, ``none``), ``verified`` whether the source states
    the value. ``as_of`` is the date the source speaks for (``2026``, ``2026-06`` or ``2026-06-19``; ``""`` where it has
    none). The law holds from ``since`` to ``until``, both days included. ``kind`` tells duties apart: ``notice``,
    ``language``, ``hours``, or ``about`` for those that no promise can be held against.
    """

    region: str
    section: str
    key: str
    value: object
    source: str
    tier: str
    verified: bool
    as_of: str = ""
    note: str = ""
    kind: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    threshold: Threshold | None = None

    @property
    def path(self) -> str:
        """Section and key: ``withdrawal.window``."""
        return f"{self.section}.{self.key}"

    @property
    def strong(self) -> bool:
        """Whether a promise may fail because of it: a source of weight states it."""
        return self.verified and self.tier in {"official", "professional"}

    def holds(self, day: dt.date) -> bool:
        """Whether it is the law on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Law:
    """The law of one region, with what it inherits: facts by path (``withdrawal.window``, ``duties.impressum``)."""

    region: str
    name: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def get(self, path: str) -> Fact | None:
        """The fact at ``path``."""
        return self.facts.get(path)

    def value(self, path: str) -> object:
        """The value of the fact at ``path``; None also where there is no such fact."""
        fact = self.facts.get(path)
        return fact.value if fact else None

    def cited(self, section: str) -> str:
        """What the law of a section is called; ``""`` where that is not known."""
        fact = self.facts.get(f"{section}.law")
        return str(fact.value) if fact else ""


@dataclass(frozen=True, slots=True)
class LegalIssue:
    """A promise that the law of a region does not allow, or a notice that it wants and nobody gives.

    ``key`` is the key path of the promise, ``place`` where it stands. ``law`` names the statute, ``source`` where the
    fact was read. ``locale`` and ``page`` are given where a text is meant. ``since`` is the day from which the issue
    holds, None for today.
    """

    rule: str
    region: str
    key: str
    place: Place
    severity: Severity
    message: str
    promised: str = ""
    required: str = ""
    law: str = ""
    source: str = ""
    tier: str = ""
    as_of: str = ""
    hint: str = ""
    locale: Locale | None = None
    page: str = ""
    since: dt.date | None = None
