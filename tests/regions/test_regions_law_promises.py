"""Rules on warranty, payments, delivery, privacy, hours and notices."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from polyhelp.model import WEEKDAYS, Duration, Money, Place, Region, Severity, Threshold
from polyhelp.regions.law import Context, judge, rules

sys.path.append(str(Path(__file__).parent))
from law_cases import DAY, fact, found, law

DAYS = "calendar days"
YEARS = "years"


# ---------------------------------------------------------------- warranty


def test_a_warranty_by_law_is_as_long_as_the_law():
    known = law(warranty__period=Duration(3, YEARS))
    (issue,) = found("warranty-period", known, warranty={"period": Duration(2, YEARS), "basis": "statutory"})
    assert issue.severity is Severity.ERROR
    assert found("warranty-period", known, warranty={"period": Duration(36, "months"), "basis": "statutory"}) == []


def test_a_voluntary_warranty_may_be_shorter_but_warns():
    known = law(warranty__period=Duration(6, YEARS))
    (issue,) = found("warranty-period", known, warranty={"period": Duration(2, YEARS), "basis": "voluntary"})
    assert issue.severity is Severity.WARNING


def test_no_fixed_period_is_not_a_period_of_nothing():
    known = law(warranty__period=None)
    assert found("warranty-period", known, warranty={"period": None}) == []
    assert found("warranty-period", known, warranty={"period": Duration(2, YEARS), "basis": "voluntary"}) == []
    (issue,) = found("warranty-period", known, warranty={"period": Duration(2, YEARS), "basis": "statutory"})
    assert "it may be longer" in issue.message


def test_the_burden_of_proof_and_the_time_to_reject_are_checked():
    known = law(warranty__presumption=Duration(24, "months"), warranty__reject_within=Duration(30, DAYS))
    warranty = {"presumption": Duration(12, "months"), "reject_within": Duration(14, DAYS)}
    assert found("warranty-presumption", known, warranty=warranty)
    assert found("warranty-reject", known, warranty=warranty)
    assert found("warranty-presumption", known, warranty={"presumption": None}) == []
    (missing,) = found("warranty-reject", known, warranty={})
    assert missing.severity is Severity.WARNING


def test_goods_made_to_last_are_mentioned():
    known = law(warranty__durable_goods=Duration(5, YEARS))
    warranty = {"period": Duration(2, YEARS)}
    assert found("warranty-durable", known, warranty=warranty)
    assert found("warranty-durable", known, warranty=warranty, duties={"durable-goods": "policies/warranty.md"}) == []
    assert found("warranty-durable", known, warranty={"period": Duration(5, YEARS)}) == []


# ---------------------------------------------------------------- payments


def surcharges(percent):
    return {"surcharges": ({"brand": "Visa", "percent": Decimal(percent)},)}


@pytest.mark.parametrize(
    ("legal", "percent", "severities"),
    [
        ("banned", "1.5", [Severity.ERROR]),
        ("banned", "0", []),
        ({"cap": "2.4"}, "2.4", []),
        ({"cap": "2.4"}, "2.5", [Severity.ERROR]),
        ({"banned_in": ("CT", "ME")}, "1", [Severity.WARNING]),
        ("under change", "1", [Severity.WARNING]),
        ("allowed", "1", []),
    ],
)
def test_surcharges_are_none_or_below_the_cap(legal, percent, severities):
    known = law(payments__surcharge=legal)
    assert [one.severity for one in found("payments-surcharge", known, payments=surcharges(percent))] == severities


@pytest.mark.parametrize(
    ("credit", "fine"), [((False, True), True), ((True, False), False), ((True,), True), ((), True)]
)
def test_credit_comes_last_where_the_law_says_so(credit, fine):
    known = law(payments__order_of_methods="credit_last")
    methods = tuple({"brand": f"Way {n}", "credit": one} for n, one in enumerate(credit))
    assert bool(found("payments-credit-last", known, payments={"methods": methods})) is not fine
    assert found("payments-credit-last", law(), payments={"methods": methods}) == []


def test_prices_have_tax_and_currency_of_the_law():
    known = law(payments__price_display="tax_included", payments__price_currency="CHF")
    assert found("payments-price-display", known, payments={"price_display": "tax_excluded"})
    assert found("payments-price-display", known, payments={"price_display": "tax_included"}) == []
    (issue,) = found("payments-currency", known, currency="EUR")
    assert "in EUR; by law they are shown in CHF" in issue.message
    assert found("payments-currency", known, currency="CHF") == []


# ---------------------------------------------------------------- delivery


def test_the_general_promise_of_delivery_is_compared_and_an_agreed_one_only_warns():
    known = law(delivery__max_time=Duration(30, DAYS))
    assert found("delivery-time", known, shipping={"max_time": Duration(45, DAYS)})[0].severity is Severity.ERROR
    option = {"carrier": "Slow Boat", "time": Duration(60, DAYS, 40)}
    (issue,) = found("delivery-time", known, shipping={"max_time": Duration(30, DAYS), "options": (option,)})
    assert issue.severity is Severity.WARNING
    assert "Slow Boat" in issue.message


def duty(value):
    return law(shipping__de_minimis_duty=fact("shipping", "de_minimis_duty", value))


def test_the_border_is_mentioned_where_something_is_due_there():
    known = duty({"threshold": 0, "currency": "EUR"})
    (issue,) = found("import-costs", known, shipping={"ships_from": "SE", "duties": "none"})
    assert issue.severity is Severity.WARNING
    assert found("import-costs", known, shipping={"ships_from": "XX", "duties": "none"}) == []
    assert found("import-costs", known, shipping={"ships_from": "SE", "duties": "customer"}) == []


def test_a_stated_limit_is_the_laws_and_other_currencies_are_not_compared():
    known = duty({"threshold": 150, "currency": "EUR"})
    row = {"origin": "US", "tax_from": None, "duty_from": Money(Decimal(22), "EUR")}
    shipping = {"ships_from": "US", "duties": "customer", "import_limits": (row,)}
    assert len(found("import-costs", known, shipping=shipping)) == 1
    shipping["import_limits"] = ({**row, "duty_from": Money(Decimal(150), "EUR")},)
    assert found("import-costs", known, shipping=shipping) == []
    shipping["import_limits"] = ({**row, "duty_from": Money(Decimal(5), "USD")},)
    assert found("import-costs", known, shipping=shipping) == []


# ---------------------------------------------------------------- privacy


def test_an_answer_in_30_days_is_not_surely_within_a_month():
    known = law(privacy__answer_within=Duration(1, "months"))
    assert found("privacy-answer", known, privacy={"answer_within": Duration(1, "months")}) == []
    (unsure,) = found("privacy-answer", known, privacy={"answer_within": Duration(30, DAYS)})
    assert unsure.severity is Severity.WARNING
    (late,) = found("privacy-answer", known, privacy={"answer_within": Duration(45, DAYS)})
    assert late.severity is Severity.ERROR
    assert found("privacy-answer", known, privacy={"answer_within": None}) == []


def test_an_extension_is_taken_only_where_there_is_one():
    privacy = {"extension": Duration(30, DAYS)}
    assert found("privacy-extension", law(privacy__extension=None), privacy=privacy)
    assert found("privacy-extension", law(privacy__extension=Duration(45, DAYS)), privacy=privacy) == []
    assert found("privacy-extension", law(), privacy=privacy) == []


def test_law_and_authority_are_named():
    known = law(privacy__law="Data Act", privacy__regulator="The Office")
    assert [one.key for one in found("privacy-named", known, privacy={"law": "Data Act"})] == ["privacy.regulator"]


def test_the_way_to_opt_out_is_there_where_the_law_wants_it():
    known = law(privacy__opt_out_link="Do Not Sell")
    assert found("privacy-opt-out", known, privacy={})
    assert found("privacy-opt-out", known, privacy={"opt_out": True}) == []
    assert found("privacy-opt-out", law(), privacy={}) == []


# ---------------------------------------------------------------- notices and hours


def notice(key, **more):
    return law(**{f"duties__{key}": fact("duties", key, "imprint with address", kind="notice", **more)})


def test_a_notice_stands_somewhere():
    known = notice("impressum")
    (issue,) = found("duties", known)
    assert issue.key == "duties.impressum"
    assert "imprint with address" in issue.message
    assert found("duties", known, duties={"impressum": "https://shop.example/imprint"}) == []


def test_fields_of_the_data_can_fulfil_a_notice():
    known = notice("contact-details")
    shop = {"name": "Shop", "address": "Street 1"}
    (issue,) = found("duties", known, shop=shop, support={"email": "a@b.example", "phone": None})
    assert "set support.phone, or " in issue.hint
    assert found("duties", known, shop=shop, support={"email": "a@b.example", "phone": "+49 30 1"}) == []


@pytest.mark.parametrize(
    ("shop", "severities"),
    [
        ({}, [Severity.WARNING]),
        ({"staff": 10}, [Severity.WARNING]),
        ({"staff": 250}, [Severity.ERROR]),
        ({"staff": 10, "turnover": Money(Decimal(60), "EUR")}, [Severity.ERROR]),
        ({"staff": 10, "turnover": Money(Decimal(40), "EUR")}, []),
        ({"staff": 10, "turnover": Money(Decimal(40), "USD")}, [Severity.WARNING]),
    ],
)
def test_a_law_for_large_shops_holds_for_large_shops(shop, severities):
    known = notice("report", threshold=Threshold(250, Money(Decimal(50), "EUR")))
    assert [one.severity for one in found("duties", known, shop=shop)] == severities


def test_without_the_notice_the_window_grows():
    known = law(
        withdrawal__right_exists=True, withdrawal__disclosure="tell them", withdrawal__extension=Duration(12, "months")
    )
    (issue,) = found("duties-words", known)
    assert "without it the window grows by 12 months" in issue.message
    assert found("duties-words", known, duties={"withdrawal-notice": "policies/returns.md"}) == []


def test_a_mistyped_duty_is_told():
    (issue,) = found("duties-unknown", notice("impressum"), duties={"imprssum": "https://shop.example"})
    assert issue.hint == "did you mean 'impressum'?"
    assert found("duties-unknown", notice("impressum"), duties={"fire-brigade": "call 112"}) == []


def promise(*rows):
    return {"promise": tuple({"days": days, "opens": opens, "closes": closes} for days, opens, closes in rows)}


@pytest.mark.parametrize(
    ("rows", "fine"),
    [
        ([(WEEKDAYS[:5], "09:00", "17:00")], True),
        ([(WEEKDAYS[:5], "09:00", "13:00"), (WEEKDAYS[:5], "14:00", "18:00")], True),
        ([(WEEKDAYS, "00:00", "24:00")], True),
        ([(WEEKDAYS[:5], "09:00", "16:30")], False),
        ([(WEEKDAYS[:4], "09:00", "17:00")], False),
        ([], False),
    ],
)
def test_hours_of_every_working_day_reach_the_laws(rows, fine):
    known = law(duties__hours=fact("duties", "hours", {"hours_a_day": 8, "days": "mon-fri"}, kind="hours"))
    assert bool(found("support-hours", known, support=promise(*rows))) is not fine


# ---------------------------------------------------------------- where


def test_an_issue_stands_at_the_promise_else_in_its_section():
    known = law(warranty__reject_within=Duration(30, DAYS))
    places = {
        "warranty.period": Place("content/regions/XX.yml", 7),
        "warranty.basis": Place("content/regions/eu.yml", 3),
    }
    data = {"warranty": {"period": Duration(2, YEARS), "basis": "statutory"}}
    context = Context(DAY, folder="content/regions")
    (issue,) = judge(Region("XX", data, places=places), known, context, [rules()["warranty-reject"]])
    assert str(issue.place) == "content/regions/XX.yml:7"


def test_every_rule_explains_itself():
    assert [name for name, rule in rules().items() if len(rule.about) < 20] == []
    assert len(rules()) > 40
