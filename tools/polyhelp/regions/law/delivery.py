"""How long delivery takes, and what the border costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from polyhelp.model import Duration, Money
from polyhelp.regions.law.bounds import Order, order
from polyhelp.regions.law.case import Case, Finding
from polyhelp.regions.law.windows import too_long

_LIMITS = {"duty_from": "shipping.de_minimis_duty", "tax_from": "shipping.de_minimis_tax"}


def time(case: Case) -> Iterator[Finding]:
    """Goods arrive within the law's time. A longer time that a service names is agreed with the customer."""
    law = case.length("delivery.max_time")
    if law is None:
        return
    fact, most = law
    promised = case.region.at("shipping.max_time")
    if isinstance(promised, Duration):
        yield from too_long("shipping.max_time", "the longest time to deliver", fact, promised)
    for option in case.records("shipping.options"):
        length = option.get("time")
        if isinstance(length, Duration) and order(length, most) is Order.LONGER:
            message = f"{option.get('carrier')} takes up to {length}; without an agreement the law allows {most}"
            hint = "show the time before customers order, so that it is agreed"
            yield Finding("shipping.options", fact, message, length, hint, mild=True)


def import_costs(case: Case) -> Iterator[Finding]:
    """Parcels from abroad say that duty is due where it is, and limits are those of the law. Never an error."""
    if not _from_abroad(case):
        return
    fact = case.fact("shipping.de_minimis_duty")
    if fact and case.region.at("shipping.duties") == "none":
        message = f"nothing is due at the border, says the shop; the law: {_told(fact.value)}"
        hint = "write 'duties: included' or 'duties: customer'"
        yield Finding("shipping.duties", fact, message, "none", hint, mild=True)
    buyer = case.fact("shipping.buyer_id")
    if buyer and case.region.at("shipping.buyer_id") is None:
        message = f"nothing tells customers what customs want from them: {buyer.value}"
        yield Finding(
            "shipping.buyer_id", buyer, message, "nothing", "write 'buyer_id:' and what to have ready", mild=True
        )
    yield from _limits(case)


def _limits(case: Case) -> Iterator[Finding]:
    for row in case.records("shipping.import_limits"):
        for name, path in _LIMITS.items():
            fact = case.fact(path)
            stated = row.get(name)
            if fact and isinstance(stated, Money) and _differs(stated, fact.value):
                message = f"nothing is due below {stated}, says the shop; the law: {_told(fact.value)}"
                key = "shipping.import_limits"
                yield Finding(key, fact, message, stated, "look up the limit and correct one of them", mild=True)


def _differs(stated: Money, value: object) -> bool:
    """Whether no limit of the law is the stated one; a limit in another currency is not compared."""
    rows = value if isinstance(value, tuple) else (value,)
    limits = [(row.get("threshold"), row.get("currency")) for row in rows if isinstance(row, Mapping)]
    same = [limit for limit, currency in limits if currency == stated.currency and limit is not None]
    return bool(same) and all(stated.amount != limit for limit in same)


def _from_abroad(case: Case) -> bool:
    """Whether goods cross a border of customs: they come from another region, and not within the EU."""
    origin = case.region.at("shipping.ships_from")
    here = case.region.code.partition("-")[0]
    if not isinstance(origin, str) or origin.partition("-")[0] == here:
        return False
    fact = case.law.get("shipping.de_minimis_duty")
    return not (fact and fact.region == "eu" and origin in _EU)


_EU = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)
"""The members of the EU's customs union that are states: https://european-union.europa.eu/principles-countries-history/"""


def _told(value: object) -> str:
    rows = value if isinstance(value, tuple) else (value,)
    return "; ".join(_row(row) if isinstance(row, Mapping) else str(row) for row in rows)


def _row(row: Mapping[str, object]) -> str:
    origin = f" from {row['from']}" if "from" in row else ""
    if row.get("threshold") is None:
        return str(row.get("note") or "no limit by value")
    if not row["threshold"]:
        return f"due from the first {row.get('currency')}{origin}"
    return f"due from {row['threshold']} {row.get('currency')}{origin}"
