"""Laws of one's own, and what the rules find beside them."""

from __future__ import annotations

import datetime as dt

from polyhelp.model import Fact, Law, Locale, Region
from polyhelp.regions.law import Context, Page, judge, rules

DAY = dt.date(2026, 11, 22)


def law(**values) -> Law:
    """A law with facts: ``withdrawal__window=...``. All are of an official source; a Fact stands for itself."""
    facts = {}
    for name, value in values.items():
        path = name.replace("__", ".")
        section, _, key = path.partition(".")
        facts[path] = value if isinstance(value, Fact) else fact(section, key, value)
    return Law("XX", "Utopia", facts)


def fact(section, key, value, **more) -> Fact:
    return Fact("XX", section, key, value, "https://law.example/1", **{"tier": "official", "verified": True, **more})


def found(rule, law_, pages=(), **sections):
    """What one rule finds: ``found("returns-window", law(...), returns={...})``."""
    context = Context(DAY, tuple(pages), Locale("en"), "content/regions")
    return list(judge(Region("XX", sections), law_, context, [rules()[rule]]))


def page(text, locale="en", **more) -> Page:
    return Page("content/policies/returns.md", Locale(locale), text, **more)
