"""Does `polyhelp policy check` know the law? Two shops for every region whose law is on file, made in memory.

The bad shop breaks what it can: 6 days to return, counted from the purchase, the customer pays, the refund takes 60
days and comes as credit, surcharges, prices without tax, no notices, forbidden wording in every language, a dead link.
What must be caught is read from the statutes' files here, by code of its own that knows nothing of the rules. The
correct shop promises what the law wants, and must raise no error.

    python tests/benchmarks/law.py

Prints caught/expected per kind, and exits 1 when something is missed or the correct shop raises an error.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from polyhelp.model import Duration, Law, LegalIssue, Locale, Money, Region, Severity
from polyhelp.regions import law as rules_of_law
from polyhelp.regions.law import Context, Page, judge, rules
from polyhelp.regions.statutes import Statutes

DAY = dt.date(2026, 11, 22)
FILES = Path(sys.modules["polyhelp.regions.statutes"].__file__).parent
WORDING = Path(rules_of_law.__file__).with_name("wording.yml")
DAYS = "calendar days"

# ---------------------------------------------------------------- what the statutes say, read anew


def facts(code: str) -> dict[str, dict[str, Any]]:
    tree = yaml.safe_load((FILES / f"{code}.yml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, Any]] = {}
    if "inherits" in tree:
        without = set(tree.get("without", ()))
        found = {
            path: row
            for path, row in facts(tree["inherits"]).items()
            if path not in without and path.split(".")[0] not in without | {"culture"}
        }
    for section, rows in tree.items():
        if isinstance(rows, dict):
            found |= {f"{section}.{key}": row for key, row in rows.items()}
    return {path: row for path, row in found.items() if row.get("from", "") <= DAY.isoformat() <= row.get("until", "9")}


_SOME = {True, "conditional"}
_BY_VALUE = {
    "wrong-start": ("withdrawal.starts", lambda value: value != "purchase_or_contract", {True}, "returns-start"),
    "customer-pays": ("withdrawal.return_shipping_paid_by", lambda value: value == "shop", _SOME, "returns-cost"),
    "slow-refund": ("withdrawal.refund_within", lambda value: value is not None, _SOME, "refund-time"),
    "late-clock": ("withdrawal.refund_starts", lambda value: value != "goods_returned", _SOME, "refund-start"),
    "store-credit": ("withdrawal.refund_same_means", lambda value: value is True, {True}, "refund-method"),
    "keeps-delivery": ("withdrawal.refund_outbound", bool, {True}, "refund-outbound"),
    "short-send-back": ("withdrawal.send_back_within", lambda value: value is not None, {True}, "returns-send-back"),
    "no-rollover": ("withdrawal.rollover", bool, {True}, "returns-rollover"),
    "protected-groups": ("withdrawal.protected_groups", bool, None, "returns-groups"),
    "cancellation-fee": ("withdrawal.right_exists", lambda value: value is True, None, "cancellation-fee"),
    "right-claimed": ("withdrawal.right_exists", lambda value: value is not True, None, "returns-right"),
    "silent-exceptions": ("withdrawal.exception_needs_notice", lambda value: value is True, None, "returns-exceptions"),
    "unconfirmed-exceptions": (
        "withdrawal.confirm_exception_at_purchase", lambda value: value is True, None, "returns-exceptions",
    ),
    "no-withdrawal-function": (
        "withdrawal.online_withdrawal_function", lambda value: value["required"], None, "withdrawal-function",
    ),
    "short-warranty": ("warranty.period", lambda value: value is not None, None, "warranty-period"),
    "invented-warranty": ("warranty.period", lambda value: value is None, None, "warranty-period"),
    "short-presumption": ("warranty.presumption", lambda value: value is not None, None, "warranty-presumption"),
    "short-rejection": ("warranty.reject_within", lambda value: value is not None, None, "warranty-reject"),
    "surcharge": ("payments.surcharge", lambda value: value != "allowed", None, "payments-surcharge"),
    "credit-first": ("payments.order_of_methods", lambda value: value == "credit_last", None, "payments-credit-last"),
    "tax-excluded": ("payments.price_display", lambda value: value == "tax_included", None, "payments-price-display"),
    "foreign-currency": ("payments.price_currency", lambda value: value != "XAF", None, "payments-currency"),
    "slow-delivery": ("delivery.max_time", lambda value: value is not None, None, "delivery-time"),
    "slow-privacy": ("privacy.answer_within", lambda value: value is not None, None, "privacy-answer"),
    "slow-confirmation": ("privacy.confirm_within", lambda value: value is not None, None, "privacy-confirm"),
    "long-extension": ("privacy.extension", lambda _: True, None, "privacy-extension"),
    "no-opt-out": ("privacy.opt_out_link", bool, None, "privacy-opt-out"),
    "customs-free": ("shipping.de_minimis_duty", bool, None, "import-costs"),
}  # fmt: skip
"""Kind -> the fact, the values that the bad shop breaks, the rights with which it counts, the rule that must see it."""

_BY_WORDS = {
    "wording-no-refunds": {"withdrawal.forbidden_statements": None},
    "wording-final-sale": {"withdrawal.right_exists": True},
    "wording-odr-link": {"duties.odr-link-removed": None},
    "wording-packaging": {
        "withdrawal.original_packaging": None, "withdrawal.sealed_box": None, "withdrawal.packaging": None,
    },
    "wording-plus-tax": {"payments.price_display": "tax_included"},
    "wording-right-claimed": {"withdrawal.right_exists": False},
    "wording-restocking-fee": {"withdrawal.no_cost_to_consumer": True, "withdrawal.return_shipping_paid_by": "shop"},
    "wording-hidden-fees": {"payments.mandatory_fees": None},
}  # fmt: skip


def expected(code: str) -> set[tuple[str, str, str]]:
    """(kind, rule, what must be in the finding) that the law of ``code`` gives reason for."""
    known = facts(code)
    right = known.get("withdrawal.right_exists", {}).get("value")
    found = {
        (kind, rule, "")
        for kind, (path, breaks, rights, rule) in _BY_VALUE.items()
        if path in known and breaks(known[path]["value"]) and (rights is None or right in rights)
    }
    if right is True and int(str(known["withdrawal.window"]["value"]).split()[0]) > 6:
        found.add(("short-window", "returns-window", ""))
    if right is True and str(known["withdrawal.window"]["value"]) == "5 business days":
        found.add(("short-window", "returns-window", ""))
    for path, row in known.items():
        kind, name = row.get("kind"), path.partition(".")[2]
        if kind == "notice":
            found.add(("no-notice", "duties", f"'{name}'"))
        if kind == "hours":
            found.add(("short-hours", "support-hours", ""))
        if kind == "language":
            found |= {("no-language", "language", f"'{tag}'") for tag in row["value"]}
    for rule, paths in _BY_WORDS.items():
        if any(path in known and value in {None, _plain(known[path]["value"])} for path, value in paths.items()):
            found |= {(rule, rule, locale) for locale in phrases()[rule.removeprefix("wording-")]}
    return found


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool) else str(value)


def phrases() -> dict[str, dict[str, list[str]]]:
    tree = yaml.safe_load(WORDING.read_text(encoding="utf-8"))
    return {name: row["phrases"] for name, row in tree.items()}


# ---------------------------------------------------------------- the bad shop


def bad(code: str) -> Region:
    data = {
        "currency": "XAF",
        "languages": ("en",),
        "returns": {
            "right": "statutory", "window": Duration(6, DAYS), "starts": "purchase_or_contract", "rollover": False,
            "send_back_within": Duration(3, DAYS), "shipping_paid_by": "customer", "fee": Money(Decimal(20), "EUR"),
            "cancellation_percent": Decimal(50), "cancellation_cap": None, "refund_within": Duration(60, DAYS),
            "refund_starts": "goods_returned", "refund_waits_for_goods": True, "refund_method": "store_credit",
            "refund_outbound": "none", "withdrawal_function": False, "exceptions": ("personalised", "hygiene"),
        },
        "warranty": {
            "period": Duration(1, "months"), "basis": "statutory", "presumption": Duration(1, "months"),
            "reject_within": Duration(3, DAYS),
        },
        "payments": {
            "price_display": "tax_excluded",
            "methods": ({"brand": "Later", "credit": True}, {"brand": "Visa", "credit": False}),
            "surcharges": ({"brand": "Visa", "percent": Decimal(5)},),
        },
        "shipping": {"ships_from": "AQ", "duties": "none", "max_time": Duration(90, DAYS), "options": ()},
        "support": {},
        "privacy": {"answer_within": Duration(365, DAYS), "extension": Duration(700, DAYS), "opt_out": False},
    }  # fmt: skip
    return Region(code, data)


def bad_pages() -> tuple[Page, ...]:
    """One page per statement and language, with the first phrase of each language in disguise."""
    return tuple(
        Page(f"content/policies/{name}.md", Locale(locale), _disguised(_sentence(said[0]), number))
        for name, by_locale in phrases().items()
        for number, (locale, said) in enumerate(by_locale.items())
    )


def _sentence(phrase: str) -> str:
    return phrase.replace(" ... ", " this ").replace("...", " ").replace("*", "")


def _disguised(text: str, number: int) -> str:
    """The same words as people write them: bold, in capitals, with soft hyphens, broken over two lines."""
    ways = (
        f"**{text.capitalize()}**!",
        f"- {text.upper()}, as always",
        f"({text[:4]}\N{SOFT HYPHEN}{text[4:]})",
        text.replace(" ", "\n", 1),
    )
    return f"# Title\n\n{ways[number % len(ways)]}\n"


# ---------------------------------------------------------------- the correct shop


def correct(law: Law) -> Region:
    """What the law wants, said in a region's fields."""

    def value(path: str, default: object = None) -> Any:
        fact = law.get(path)
        return fact.value if fact and fact.value is not None and fact.holds(DAY) else default

    right = value("withdrawal.right_exists")
    length = value("withdrawal.window", Duration(14, DAYS))
    refund = value("withdrawal.refund_within", Duration(14, DAYS))
    hours = ({"days": ("mon", "tue", "wed", "thu", "fri"), "opens": "09:00", "closes": "17:00"},)
    starts = value("withdrawal.starts", "receipt")
    answer = value("privacy.answer_within", Duration(30, DAYS))
    least = value("warranty.period")
    extension = value("privacy.extension")
    function = value("withdrawal.online_withdrawal_function", {})
    conditional = (
        ("no_contract_copy", value("withdrawal.no_copy_within", length)),
        ("late_delivery", value("withdrawal.undelivered_within", length)),
        ("missing_information", length),
    )
    data: dict[str, Any] = {
        "currency": value("payments.price_currency", "EUR"),
        "shop": {"name": "Shop", "address": "Street 1", "register": "HRB 1", "vat_id": "X1", "representative": "A B"},
        "returns": {
            "right": "statutory" if right is True else "voluntary",
            "window": length,
            "legal_window": length if right is True else None,
            "starts": starts,
            "rollover": True,
            "send_back_within": value("withdrawal.send_back_within", Duration(14, DAYS)),
            "shipping_paid_by": "shop",
            "fee": None,
            "refund_within": None if refund == "at once" else refund,
            "refund_starts": value("withdrawal.refund_starts", "withdrawal_notice"),
            "refund_method": "same",
            "refund_outbound": "all",
            "withdrawal_function": bool(function.get("required")),
            "exceptions": ("personalised",) if "personalised" in value("withdrawal.exceptions", ()) else (),
            "exceptions_confirmed": True,
            "causes": tuple({"cause": cause, "within": within, "starts": starts} for cause, within in conditional),
            "groups": tuple(
                {"group": group, "window": Duration(4, "months")} for group in ("disabled", "seniors", "new_immigrants")
            ),
        },
        "warranty": {
            "period": least,
            "basis": "statutory",
            "presumption": value("warranty.presumption"),
            "reject_within": value("warranty.reject_within"),
        },
        "payments": {
            "price_display": value("payments.price_display", "tax_included"),
            "methods": ({"brand": "Visa", "credit": False}, {"brand": "Later", "credit": True}),
            "surcharges": (),
        },
        "shipping": {"ships_from": law.region, "duties": "customer", "max_time": value("delivery.max_time")},
        "support": {"email": "a@b.example", "phone": "+49 30 123456", "promise": hours},
        "privacy": {
            "law": "the law", "regulator": "the authority", "contact": "a@b.example", "officer": "A B", "opt_out": True,
            "answer_within": None if isinstance(answer, str) else answer,
            "confirm_within": value("privacy.confirm_within"),
            "extension": extension,
        },
        "duties": {
            fact.key: "policies/returns.md" for fact in law.facts.values() if fact.kind == "notice"
        } | dict.fromkeys(
            ("withdrawal-notice", "final-screen", "order-review", "pickup-start", "boxed-notice", "warranty-text",
             "durable-goods"), "policies/returns.md",
        ),
    }  # fmt: skip
    return Region(law.region, data)


def correct_pages() -> tuple[Page, ...]:
    """A blameless page in every language that the wording knows."""
    text = "# Returns\n\nSend it back in any sturdy box. Write to us by email.\n"
    return tuple(Page("content/policies/returns.md", Locale(tag), text) for tag in phrases()["no-refunds"])


# ---------------------------------------------------------------- the comparison


def seen(issue: LegalIssue, wanted: tuple[str, str, str]) -> bool:
    _, rule, part = wanted
    if issue.rule != rule:
        return False
    if rule.startswith("wording-"):
        return issue.locale is not None and issue.locale.tag == part
    return part in issue.message


def measure() -> tuple[Counter[str], Counter[str], dict[str, list[str]], Counter[str], list[LegalIssue]]:
    """Expected and caught by kind, misses by kind, findings in bad shops by severity, errors of the correct ones."""
    statutes, all_rules = Statutes(), tuple(rules().values())
    want: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    misses: dict[str, list[str]] = defaultdict(list)
    severities: Counter[str] = Counter()
    wrong: list[LegalIssue] = []
    pages = bad_pages()
    for code in statutes.codes:
        law = statutes.law(code)
        found = list(judge(bad(code), law, Context(DAY, pages), all_rules))
        severities.update(issue.severity.value for issue in found)
        for one in sorted(expected(code)):
            want[one[0]] += 1
            if any(seen(issue, one) for issue in found):
                caught[one[0]] += 1
            else:
                misses[one[0]].append(f"{code} {one[2]}".strip())
        issues = judge(correct(law), law, Context(DAY, correct_pages()), all_rules)
        wrong += [issue for issue in issues if issue.severity is Severity.ERROR]
    return want, caught, misses, severities, wrong


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> int:
    start = time.perf_counter()
    want, caught, misses, severities, wrong = measure()
    for kind in sorted(want):
        say(f"{kind:<26} {caught[kind]:>5}/{want[kind]}")
        if misses[kind]:
            say(f"    missed: {', '.join(misses[kind])}")
    for issue in wrong:
        say(f"the correct shop: {issue.region}: {issue.key}: {issue.message} [{issue.rule}]")
    codes = len(Statutes().codes)
    say(f"bad shops:     {sum(caught.values()):,} of {sum(want.values()):,} caught, in {codes} regions")
    say(f"               {severities['error']:,} errors and {severities['warning']:,} warnings were raised")
    say(f"correct shops: {len(wrong)} errors, in {codes} regions")
    say(f"{time.perf_counter() - start:.1f} s")
    return 1 if wrong or caught != want else 0


if __name__ == "__main__":
    sys.exit(main())
