"""Money back: when, how, and how much of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from polyhelp.model import Duration, Money
from polyhelp.regions.law.case import Case, Finding
from polyhelp.regions.law.windows import too_long, words

_CLOCK = ("withdrawal_notice", "goods_or_proof_returned", "goods_returned")  # earliest first
_OUTBOUND = ("none", "standard", "all")
_BY_LAW = {"standard_delivery": "standard", "all": "all"}
AT_ONCE = "at once"


def time(case: Case) -> Iterator[Finding]:
    """The refund comes within the law's time."""
    fact = case.fact("withdrawal.refund_within")
    if fact is None or fact.value is None or not _counts(case):
        return
    promised = case.region.at("returns.refund_within")
    if not case.says("returns.refund_within"):
        message = f"nothing says when the refund comes; the law allows {fact.value}"
        yield Finding("returns.refund_within", fact, message, "nothing", "write 'refund_within:'")
    elif fact.value == AT_ONCE and isinstance(promised, Duration):
        message = f"the refund comes within {promised}; by law it is due at once"
        yield Finding("returns.refund_within", fact, message, promised, "write 'refund_within: null' for at once")
    elif isinstance(promised, Duration):
        yield from too_long("returns.refund_within", "the time for a refund", fact, promised)


def clock(case: Case) -> Iterator[Finding]:
    """The time for the refund starts no later than the law says, and the shop waits for the goods only if it may."""
    fact = case.fact("withdrawal.refund_starts")
    if fact is None or not _counts(case):
        return
    said = case.region.at("returns.refund_starts")
    if said in _CLOCK and _CLOCK.index(str(said)) > _CLOCK.index(str(fact.value)):
        message = f"the time for the refund starts with: {words(said)}; by law it starts with: {words(fact.value)}"
        yield Finding("returns.refund_starts", fact, message, said, f"write 'refund_starts: {fact.value}'")
    waits = case.region.at("returns.refund_waits_for_goods") is True
    if waits and fact.value == _CLOCK[0] and not case.fact("withdrawal.refund_waits_for_goods"):
        message = "the refund waits for the goods; nothing is known in the law that lets it wait"
        hint = "write 'refund_waits_for_goods: false'"
        yield Finding("returns.refund_waits_for_goods", fact, message, "true", hint, mild=True)


def method(case: Case) -> Iterator[Finding]:
    """The refund comes the way the payment went, where the law says so."""
    fact = case.fact("withdrawal.refund_same_means")
    said = case.region.at("returns.refund_method")
    if fact and fact.value is True and case.right is True and said in {"store_credit", "any"}:
        message = f"the refund comes as: {words(said)}; by law it comes by the customer's own means of payment"
        yield Finding("returns.refund_method", fact, message, said, "write 'refund_method: same'")


def outbound(case: Case) -> Iterator[Finding]:
    """The refund has in it what the customer paid for delivery, as far as the law says."""
    fact = case.fact("withdrawal.refund_outbound")
    said = case.region.at("returns.refund_outbound")
    if fact is None or case.right is not True or said not in _OUTBOUND:
        return
    least = _BY_LAW[str(fact.value)]
    if _OUTBOUND.index(str(said)) < _OUTBOUND.index(least):
        message = f"of the delivery price the refund has: {said}; the law wants: {least}"
        yield Finding("returns.refund_outbound", fact, message, said, f"write 'refund_outbound: {least}'")


def return_cost(case: Case) -> Iterator[Finding]:
    """The shop pays for the return where the law makes it pay, and takes no fee for it."""
    fact = case.fact("withdrawal.return_shipping_paid_by")
    if fact is None or fact.value != "shop":
        return
    if case.right is True:
        if case.region.at("returns.shipping_paid_by") == "customer":
            message = "the customer pays for the return; by law the shop pays"
            yield Finding("returns.shipping_paid_by", fact, message, "customer", "write 'shipping_paid_by: shop'")
        fee = case.region.at("returns.fee")
        if isinstance(fee, Money) and fee.amount:
            message = f"a return costs {fee}; by law it costs the customer nothing"
            yield Finding("returns.fee", fact, message, fee, "write 'fee: null'")
    elif case.region.at("returns.shipping_paid_by") == "customer" and not case.fulfilled("return-cost"):
        message = "the customer pays for the return; where the law lets customers cancel for a cause, the shop pays"
        hint = "say so in the policy, and name the page under 'duties: {return-cost: ...}'"
        yield Finding("returns.shipping_paid_by", fact, message, "customer", hint, mild=True)


def cancellation_fee(case: Case) -> Iterator[Finding]:
    """A fee for changing one's mind stays within what the law allows: nothing, where it names none."""
    percent = case.region.at("returns.cancellation_percent")
    cap = case.region.at("returns.cancellation_cap")
    if case.right is not True or not isinstance(percent, Decimal) or not percent:
        return
    fact = case.fact("withdrawal.cancellation_fee")
    if fact is None or not isinstance(fact.value, Mapping):
        right = case.fact("withdrawal.no_cost_to_consumer") or case.fact("withdrawal.right_exists")
        if right:
            message = f"changing one's mind costs {percent} %; no fee is known in the law"
            hint = "write 'cancellation_percent: null'"
            mild = right.key == "right_exists"
            yield Finding("returns.cancellation_percent", right, message, f"{percent} %", hint, mild)
        return
    most, at_most = Decimal(str(fact.value["percent"])), fact.value["cap"]
    if percent > most:
        message = f"changing one's mind costs {percent} %; the law allows {most} %"
        yield Finding("returns.cancellation_percent", fact, message, f"{percent} %", f"write '{most} %' or less")
    if isinstance(at_most, Money) and _above(cap, at_most):
        message = f"changing one's mind costs up to {cap or 'any amount'}; the law allows {at_most}"
        yield Finding("returns.cancellation_cap", fact, message, cap or "none", f"write 'cancellation_cap: {at_most}'")


def _counts(case: Case) -> bool:
    """Whether a rule on refunds holds: there is a right by law, for some cause at least."""
    return case.right is True or case.right == "conditional"


def _above(cap: object, most: Money) -> bool:
    return not isinstance(cap, Money) or cap.currency != most.currency or cap.amount > most.amount
