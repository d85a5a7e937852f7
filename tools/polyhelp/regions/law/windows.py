"""Periods for changing one's mind: how long, from when, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from polyhelp.model import Duration, Fact
from polyhelp.regions.law.bounds import Order, order, shortest
from polyhelp.regions.law.case import Case, Finding

_NOT_EARLIER = {  # event of the law -> events that never come before it
    "purchase_or_contract": {
        "receipt",
        "receipt_of_last_good",
        "receipt_of_contract_document",
        "later_of_delivery_and_contract",
        "later_of_receipt_and_document",
    },
    "receipt": {"receipt_of_last_good", "later_of_delivery_and_contract", "later_of_receipt_and_document"},
    "receipt_of_contract_document": {"later_of_receipt_and_document"},
    "later_of_delivery_and_contract": {"later_of_receipt_and_document"},
}
_CAUSES = {
    "withdrawal.no_copy_within": "no_contract_copy",
    "withdrawal.undelivered_within": "late_delivery",
    "withdrawal.misdescribed_within": "not_as_described",
}
_WAITS = frozenset({"withdrawal.undelivered_within"})  # the time that the shop has, not the customer
_GROUPS = {
    "person with a disability": "disabled",
    "senior citizen": "seniors",
    "new immigrant": "new_immigrants",
}
_UNSURE = "state it in the law's unit, so that it is never too {word}"


def window(case: Case) -> Iterator[Finding]:
    """The returns window is at least as long as the law's."""
    law = case.length("withdrawal.window")
    if law is None or case.right is not True:
        yield from _clause(case)
        return
    fact, least = law
    promised = case.region.at("returns.window")
    if not isinstance(promised, Duration):
        said = "no return for a change of mind is promised"
        yield Finding("returns.window", fact, f"{said}; the law gives {least}", "none", f"write 'window: {least}'")
        return
    yield from too_short("returns.window", "the returns window", fact, promised)


def _clause(case: Case) -> Iterator[Finding]:
    """Where the law's right only fills a silence, the shop should not be silent."""
    law = case.length("withdrawal.window")
    if law and case.right == "default_rule" and not case.says("returns.window"):
        message = f"there is no word on returns; where a shop is silent, the law gives {law[1]}"
        yield Finding("returns.window", law[0], message, "nothing", "write 'window:', null for no returns", mild=True)


def legal_window(case: Case) -> Iterator[Finding]:
    """The window that a page calls the law's is the law's."""
    law = case.length("withdrawal.window")
    stated = case.region.at("returns.legal_window")
    if law is None or case.right is not True or not isinstance(stated, Duration):
        return
    fact, least = law
    match order(stated, least):
        case Order.EQUAL:
            return
        case Order.SHORTER:
            yield from too_short("returns.legal_window", "the stated legal window", fact, stated)
        case _:
            message = f"the stated legal window is {stated}; the law gives {least}"
            hint = "what the shop gives on top is the window, not the legal window"
            yield Finding("returns.legal_window", fact, message, stated, hint, mild=True)


def start(case: Case) -> Iterator[Finding]:
    """The window starts no earlier than the law says."""
    fact = case.fact("withdrawal.starts")
    if fact is None or case.right is not True:
        return
    said = case.region.at("returns.starts")
    if said is None:
        message = f"nothing says when the returns window starts; by law it starts with: {words(fact.value)}"
        yield Finding("returns.starts", fact, message, "nothing", f"write 'starts: {fact.value}'")
    elif said != fact.value and said not in _NOT_EARLIER.get(str(fact.value), ()):
        message = f"the returns window starts with: {words(said)}; by law it starts with: {words(fact.value)}"
        yield Finding("returns.starts", fact, message, said, f"write 'starts: {fact.value}'")


def rollover(case: Case) -> Iterator[Finding]:
    """A window that ends on a day off ends on the next working day, where the law says so."""
    fact = case.fact("withdrawal.rollover")
    if fact and case.right is True and case.region.at("returns.rollover") is False:
        message = "a window that ends on a day off is not extended; by law it ends on the next working day"
        yield Finding("returns.rollover", fact, message, "false", "write 'rollover: true'")


def send_back(case: Case) -> Iterator[Finding]:
    """Customers have the law's time to send the goods back after they said so."""
    law = case.length("withdrawal.send_back_within")
    promised = case.region.at("returns.send_back_within")
    if law and case.right is True and isinstance(promised, Duration):
        yield from too_short("returns.send_back_within", "the time to send goods back", law[0], promised)


def causes(case: Case) -> Iterator[Finding]:
    """Where the law lets customers cancel for a cause, the causes are listed, with time enough."""
    listed = {cause.get("cause"): cause.get("within") for cause in case.records("returns.causes")}
    needed = [(fact, cause) for path, cause in _CAUSES.items() if (fact := case.fact(path))]
    window_ = case.fact("withdrawal.window")
    if case.right == "conditional" and window_:
        needed.append((window_, "missing_information"))
    for fact, cause in needed:
        least = fact.value
        if cause not in listed:
            message = f"the cause '{cause}' is not listed; the law lets customers cancel for it ({least})"
            hint = f"add it to returns.causes: {{cause: {cause}, within: {least}, starts: ...}}"
            yield Finding("returns.causes", fact, message, "nothing", hint, mild=True)
        elif isinstance(promised := listed[cause], Duration) and fact.path not in _WAITS:
            yield from too_short("returns.causes", f"the time to cancel for '{cause}'", fact, promised)


def groups(case: Case) -> Iterator[Finding]:
    """Groups of people with a longer window by law have it."""
    fact = case.fact("withdrawal.protected_groups")
    if fact is None or not isinstance(fact.value, Mapping):
        return
    least = Duration(int(str(fact.value["months"])), "months")
    given = {group.get("group"): group.get("window") for group in case.records("returns.groups")}
    for name in fact.value["groups"]:
        group = _GROUPS[str(name)]
        promised = given.get(group)
        if not isinstance(promised, Duration) or order(promised, least) is Order.SHORTER:
            message = f"the window for the group '{group}' is {promised or 'the usual one'}; the law gives {least}"
            hint = f"add it to returns.groups: {{group: {group}, window: {least}}}"
            yield Finding("returns.groups", fact, message, promised or "nothing", hint)


def too_short(key: str, name: str, fact: Fact, promised: Duration) -> Iterator[Finding]:
    """A finding where ``promised`` is shorter than the fact's duration, a mild one where that is not sure."""
    if not isinstance(fact.value, Duration):
        return
    message = f"{name} is {promised}; the law gives {fact.value}"
    match order(shortest(promised), fact.value):
        case Order.SHORTER:
            yield Finding(key, fact, message, promised, f"write '{fact.value}' or more")
        case Order.UNSURE:
            unsure = f"{message}, and which of them is longer depends on the days"
            yield Finding(key, fact, unsure, promised, _UNSURE.format(word="short"), mild=True)


def too_long(key: str, name: str, fact: Fact, promised: Duration) -> Iterator[Finding]:
    """A finding where ``promised`` is longer than the fact's duration, a mild one where that is not sure."""
    if not isinstance(fact.value, Duration):
        return
    message = f"{name} is {promised}; the law allows {fact.value}"
    match order(promised, fact.value):
        case Order.LONGER:
            yield Finding(key, fact, message, promised, f"write '{fact.value}' or less")
        case Order.UNSURE:
            unsure = f"{message}, and which of them is longer depends on the days"
            yield Finding(key, fact, unsure, promised, _UNSURE.format(word="long"), mild=True)


def words(name: object) -> str:
    """A name of the data (``goods_returned``) as people read it."""
    return str(name).replace("_", " ")
