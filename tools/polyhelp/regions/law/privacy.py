"""Requests about personal data: how soon they are answered, under which law, and who watches."""

from __future__ import annotations

from collections.abc import Iterator

from polyhelp.model import Duration
from polyhelp.regions.law.case import Case, Finding
from polyhelp.regions.law.windows import too_long

WITHOUT_DELAY = "without delay"
_NOBODY = "none"  # the tier of what no source says


def answer(case: Case) -> Iterator[Finding]:
    """Requests are answered within the law's time, in the law's unit: one month is not 30 days."""
    fact = case.fact("privacy.answer_within")
    promised = case.region.at("privacy.answer_within")
    if fact is None or not isinstance(promised, Duration):
        return
    if fact.value == WITHOUT_DELAY:
        message = f"requests are answered within {promised}; by law without delay"
        hint = "write 'answer_within: null' for without delay"
        yield Finding("privacy.answer_within", fact, message, promised, hint, mild=True)
    else:
        yield from too_long("privacy.answer_within", "the time to answer a request", fact, promised)


def confirm(case: Case) -> Iterator[Finding]:
    """That a request arrived is confirmed within the law's time."""
    law = case.length("privacy.confirm_within")
    if law is None:
        return
    promised = case.region.at("privacy.confirm_within")
    if isinstance(promised, Duration):
        yield from too_long("privacy.confirm_within", "the time to confirm a request", law[0], promised)
    else:
        message = f"nothing says when a request is confirmed; the law allows {law[1]}"
        yield Finding("privacy.confirm_within", law[0], message, "nothing", f"write 'confirm_within: {law[1]}'")


def extension(case: Case) -> Iterator[Finding]:
    """More time for an answer is taken only as far as the law goes."""
    fact = case.fact("privacy.extension")
    promised = case.region.at("privacy.extension")
    if fact is None or not isinstance(promised, Duration):
        return
    if fact.value is None:
        message = f"an answer may take {promised} longer; the law allows no more time"
        yield Finding("privacy.extension", fact, message, promised, "write 'extension: null'")
    else:
        yield from too_long("privacy.extension", "the time that an answer may take longer", fact, promised)


def named(case: Case) -> Iterator[Finding]:
    """The law and the authority that customers can turn to are named."""
    for key, what in (("privacy.law", "law on personal data"), ("privacy.regulator", "authority for personal data")):
        fact = case.fact(key)
        if fact and fact.tier != _NOBODY and not case.region.at(key):
            message = f"the {what} is not named; it is: {fact.value}"
            yield Finding(key, fact, message, "nothing", f"write '{key.partition('.')[2]}:'", mild=True)


def opt_out(case: Case) -> Iterator[Finding]:
    """Customers can opt out of the sale of their data where the law wants a link for it."""
    fact = case.fact("privacy.opt_out_link")
    if fact and case.region.at("privacy.opt_out") is not True:
        message = f"there is no way to opt out of the sale of data; the law wants a link: {fact.value}"
        yield Finding("privacy.opt_out", fact, message, "false", "put up the link, then write 'opt_out: true'")
