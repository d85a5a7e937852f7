"""Goods with a defect: how long customers can claim, and who proves what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from polyhelp.model import Duration
from polyhelp.regions.law.bounds import Order, order
from polyhelp.regions.law.case import Case, Finding
from polyhelp.regions.law.windows import too_short

_KEY = "warranty.period"


def period(case: Case) -> Iterator[Finding]:
    """The time to claim is at least the law's. Where the law sets no number, no number is called the law's."""
    fact = case.fact(_KEY)
    promised = case.region.at(_KEY)
    if fact is None or not case.says(_KEY):
        return
    voluntary = case.region.at("warranty.basis") == "voluntary"
    if isinstance(fact.value, Duration) and isinstance(promised, Duration):
        hint = "a voluntary warranty may be shorter; the page must not say that claims end with it"
        for finding in too_short(_KEY, "the time to claim a defect", fact, promised):
            yield replace(finding, mild=True, hint=hint) if voluntary else finding
    elif isinstance(fact.value, Duration):
        message = f"no fixed time to claim a defect is promised; the law gives {fact.value}"
        yield Finding(_KEY, fact, message, "none", f"write 'period: {fact.value}'", mild=True)
    elif isinstance(promised, Duration) and not voluntary:
        message = (
            f"{promised} are called the law's time to claim a defect; the law sets no fixed time, it may be longer"
        )
        hint = "write 'period: null', or 'basis: voluntary' for what the shop gives on top"
        yield Finding(_KEY, fact, message, promised, hint, mild=True)


def presumption(case: Case) -> Iterator[Finding]:
    """A defect counts as there from the start for at least as long as the law says. Null is not zero."""
    law = case.length("warranty.presumption")
    promised = case.region.at("warranty.presumption")
    if law and isinstance(promised, Duration):
        name = "the time in which the shop must prove that there was no defect"
        yield from too_short("warranty.presumption", name, law[0], promised)


def reject(case: Case) -> Iterator[Finding]:
    """Faulty goods can be rejected for a full refund as long as the law says."""
    law = case.length("warranty.reject_within")
    if law is None:
        return
    fact, least = law
    promised = case.region.at("warranty.reject_within")
    if isinstance(promised, Duration):
        yield from too_short("warranty.reject_within", "the time to reject faulty goods", fact, promised)
    else:
        message = f"no time to reject faulty goods is named; the law gives {least}"
        yield Finding("warranty.reject_within", fact, message, "nothing", f"write 'reject_within: {least}'", mild=True)


def durable(case: Case) -> Iterator[Finding]:
    """Goods that are made to last have the law's longer time to claim."""
    law = case.length("warranty.durable_goods")
    promised = case.region.at(_KEY)
    if law is None or not isinstance(promised, Duration) or case.fulfilled("durable-goods"):
        return
    if order(promised, law[1]) is not Order.LONGER and promised != law[1]:
        message = f"the time to claim a defect is {promised}; for goods meant to last longer the law gives {law[1]}"
        hint = "say so in the policy, and name the page under 'duties: {durable-goods: ...}'"
        yield Finding(_KEY, law[0], message, promised, hint, mild=True)
