"""What kind of right a return is, what is left out of it, and the online function to use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from polyhelp.regions.law.case import Case, Finding

_CLAIMED = {
    False: "the law knows no right to change one's mind",
    "conditional": "the law gives a right to cancel only where the shop broke a duty",
    "default_rule": "the law's right only fills the silence of a shop that says nothing on returns",
}
_NAMED = frozenset(
    {"personalised", "perishable", "hygiene", "media", "newspapers", "digital_content", "auctions", "gift_cards"}
)
"""Exceptions whose names mean the same in every region's data; a shop's own words are not compared."""


def kind(case: Case) -> Iterator[Finding]:
    """A right is called one where the law gives it, and only there."""
    fact = case.fact("withdrawal.right_exists")
    said = case.region.at("returns.right")
    if fact is None:
        return
    if fact.value is True and said in {"voluntary", "none"}:
        message = f"returns are called '{said}'; the law gives customers a right to change their mind"
        yield Finding("returns.right", fact, message, said, "write 'right: statutory'")
    if fact.value is not True and said == "statutory":
        reason = _CLAIMED.get(fact.value if isinstance(fact.value, bool | str) else False, _CLAIMED[False])
        message = f"returns are called a right by law; {reason}"
        yield Finding("returns.right", fact, message, said, "write 'right: voluntary'")
    if fact.value is False and case.region.at("returns.legal_window"):
        window = case.region.at("returns.legal_window")
        message = f"a window by law of {window} is stated; {_CLAIMED[False]}"
        yield Finding("returns.legal_window", fact, message, window, "write 'legal_window: null'")


def exceptions(case: Case) -> Iterator[Finding]:
    """What cannot be returned may be left out by law, and customers are told before they buy."""
    said = case.region.at("returns.exceptions")
    if case.right is not True or not isinstance(said, tuple) or not said:
        return
    told = case.fact("withdrawal.exception_needs_notice") or case.fact("withdrawal.confirm_exception_at_purchase")
    if told and case.region.at("returns.exceptions_confirmed") is not True:
        verb = "confirm" if told.key == "confirm_exception_at_purchase" else "are told of"
        message = f"goods are left out of returns; by law only those that customers {verb} before they buy"
        hint = "do so at checkout and write 'exceptions_confirmed: true', or write 'exceptions: []'"
        yield Finding("returns.exceptions_confirmed", told, message, "not said", hint)
    known = case.fact("withdrawal.exceptions")
    if known and isinstance(known.value, tuple):
        for name in said:
            if name in _NAMED and name not in known.value:
                message = f"'{name}' is left out of returns; it is not among the law's exceptions that are known"
                yield Finding("returns.exceptions", known, message, name, "take it off the list", mild=True)


def withdrawal_function(case: Case) -> Iterator[Finding]:
    """Customers can withdraw online where the law wants a function for it."""
    fact = case.fact("withdrawal.online_withdrawal_function")
    if fact is None or not isinstance(fact.value, Mapping) or fact.value.get("required") is not True:
        return
    if case.region.at("returns.withdrawal_function") is not True and not case.fulfilled("withdrawal-function"):
        label = fact.value.get("label")
        message = f"there is no online function to withdraw; the law wants one, labelled like '{label}'"
        hint = "build it into the shop, then write 'withdrawal_function: true'"
        yield Finding("returns.withdrawal_function", fact, message, "false", hint)
