"""What paying costs, in which order the ways to pay stand, and how prices are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from polyhelp.model import Fact
from polyhelp.regions.law.case import Case, Finding

_KEY = "payments.surcharges"


def surcharge(case: Case) -> Iterator[Finding]:
    """No surcharge for a way to pay where the law bans it, none above its cap."""
    fact = case.fact("payments.surcharge")
    if fact is None:
        return
    for row in case.records(_KEY):
        percent = row.get("percent")
        if isinstance(percent, Decimal) and percent:
            yield from _judged(fact, str(row.get("brand")), percent)


def _judged(fact: Fact, brand: str, percent: Decimal) -> Iterator[Finding]:
    said = f"{brand} costs {percent} % more"
    promised = f"{percent} %"
    if fact.value == "banned":
        yield Finding(_KEY, fact, f"{said}; the law bans surcharges", promised, "write 'surcharges: []'")
    elif isinstance(fact.value, Mapping) and "cap" in fact.value:
        most = Decimal(str(fact.value["cap"]))
        if percent > most:
            yield Finding(_KEY, fact, f"{said}; the law allows {most} %", promised, f"write '{most} %' or less")
    elif isinstance(fact.value, Mapping):
        where = ", ".join(map(str, fact.value["banned_in"]))
        message = f"{said}; the law bans surcharges in {where}"
        yield Finding(_KEY, fact, message, promised, "take none there, or none at all", mild=True)
    elif fact.value == "under change":
        message = f"{said}; the law on surcharges is about to change"
        yield Finding(_KEY, fact, message, promised, "look up whether they are still allowed", mild=True)


def credit_last(case: Case) -> Iterator[Finding]:
    """Ways to pay on credit stand after all others, where the law says so."""
    fact = case.fact("payments.order_of_methods")
    if fact is None or fact.value != "credit_last":
        return
    credit = ""
    for row in case.records("payments.methods"):
        brand = str(row.get("brand"))
        if row.get("credit") is True:
            credit = credit or brand
        elif credit:
            message = f"{credit}, a credit, is listed before {brand}; by law credit comes last"
            yield Finding("payments.methods", fact, message, f"{credit}, {brand}", f"put {credit} at the end")
            return


def price_display(case: Case) -> Iterator[Finding]:
    """Prices have the tax in them where the law says so."""
    fact = case.fact("payments.price_display")
    said = case.region.at("payments.price_display")
    if fact and fact.value == "tax_included" and said == "tax_excluded":
        message = "prices are shown without tax; by law the price shown is what customers pay"
        yield Finding("payments.price_display", fact, message, said, "write 'price_display: tax_included'")
    elif fact and fact.value == "no_tax" and said in {"tax_included", "tax_excluded"}:
        message = f"prices are called '{said}'; there is no sales tax here"
        yield Finding("payments.price_display", fact, message, said, "write 'price_display: no_tax'", mild=True)


def currency(case: Case) -> Iterator[Finding]:
    """Prices are in the region's own currency where the law says so."""
    fact = case.fact("payments.price_currency")
    said = case.region.data.get("currency")
    if fact and isinstance(said, str) and said != fact.value:
        message = f"prices are in {said}; by law they are shown in {fact.value}"
        yield Finding("currency", fact, message, said, f"write 'currency: {fact.value}'")
