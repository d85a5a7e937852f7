"""Rules on returns and refunds: what a shop may promise less of, and what not."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Duration, Money, Region, Severity
from polyhelp.regions.law import Context, judge, rules
from polyhelp.regions.law.bounds import Order, order

sys.path.append(str(Path(__file__).parent))
from law_cases import DAY, fact, found, law

DAYS = "calendar days"
UNITS = ("hours", "calendar days", "business days", "months", "years")
durations = st.builds(Duration, st.integers(1, 400), st.sampled_from(UNITS))


def right(value=True, **more):
    return law(withdrawal__right_exists=value, withdrawal__window=Duration(14, DAYS), **more)


# ---------------------------------------------------------------- which is longer


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Duration(7, DAYS), Duration(14, DAYS), Order.SHORTER),
        (Duration(30, DAYS), Duration(1, "months"), Order.UNSURE),
        (Duration(27, DAYS), Duration(1, "months"), Order.SHORTER),
        (Duration(32, DAYS), Duration(1, "months"), Order.LONGER),
        (Duration(72, "hours"), Duration(3, DAYS), Order.EQUAL),
        (Duration(24, "months"), Duration(2, "years"), Order.EQUAL),
        (Duration(6, DAYS), Duration(10, "business days"), Order.SHORTER),
        (Duration(10, "business days"), Duration(14, DAYS), Order.UNSURE),
        (Duration(14, DAYS), Duration(10, "business days"), Order.UNSURE),
        (Duration(5, "business days"), Duration(5, DAYS), Order.UNSURE),
        (Duration(30, DAYS), Duration(5, "business days"), Order.LONGER),
        (Duration(15, "business days"), Duration(14, DAYS), Order.LONGER),
    ],
)
def test_lengths_are_compared_only_where_it_is_sure(one, other, expected):
    assert order(one, other) is expected


@given(durations, durations)
def test_the_order_turned_around_is_the_other_order(one, other):
    opposite = {Order.SHORTER: Order.LONGER, Order.LONGER: Order.SHORTER}
    assert order(other, one) is opposite.get(order(one, other), order(one, other))


@given(durations, st.integers(1, 50))
def test_more_of_the_same_unit_is_longer(one, more):
    assert order(Duration(one.amount + more, one.unit), one) is Order.LONGER


# ---------------------------------------------------------------- windows


def test_a_window_below_the_law_is_an_error_that_cites_it():
    known = right(withdrawal__law="Act 7 of Utopia")
    (issue,) = found("returns-window", known, returns={"window": Duration(10, DAYS)})
    assert issue.severity is Severity.ERROR
    assert issue.message == "the returns window is 10 calendar days; the law gives 14 calendar days"
    assert (issue.key, issue.promised, issue.required) == ("returns.window", "10 calendar days", "14 calendar days")
    assert (issue.law, issue.source, issue.tier) == ("Act 7 of Utopia", "https://law.example/1", "official")
    assert issue.place.path == "content/regions/XX.yml"


@pytest.mark.parametrize("window", [Duration(14, DAYS), Duration(15, DAYS), Duration(1, "years")])
def test_a_window_of_the_law_or_more_is_fine(window):
    assert found("returns-window", right(), returns={"window": window}) == []


def test_a_range_counts_with_its_smaller_end():
    (issue,) = found("returns-window", right(), returns={"window": Duration(20, DAYS, 10)})
    assert issue.severity is Severity.ERROR


def test_units_that_cannot_be_compared_warn():
    (issue,) = found("returns-window", right(), returns={"window": Duration(10, "business days")})
    assert issue.severity is Severity.WARNING
    assert "depends on the days" in issue.message


@pytest.mark.parametrize("returns", [{}, {"window": None}])
def test_no_window_where_the_law_gives_one_is_an_error(returns):
    (issue,) = found("returns-window", right(), returns=returns)
    assert issue.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("tier", "verified", "severity"),
    [
        ("official", True, Severity.ERROR),
        ("professional", True, Severity.ERROR),
        ("official", False, Severity.WARNING),
        ("press", True, Severity.WARNING),
        ("secondary", True, Severity.WARNING),
        ("merchant", True, Severity.WARNING),
        ("law-citation", False, Severity.WARNING),
    ],
)
def test_only_a_verified_fact_of_a_source_of_weight_makes_an_error(tier, verified, severity):
    weak = fact("withdrawal", "window", Duration(14, DAYS), tier=tier, verified=verified)
    known = law(withdrawal__right_exists=True, withdrawal__window=weak)
    (issue,) = found("returns-window", known, returns={"window": Duration(3, DAYS)})
    assert issue.severity is severity


def test_a_right_that_only_fills_a_silence_is_met_by_any_word_on_returns():
    known = right("default_rule")
    (issue,) = found("returns-window", known, returns={})
    assert issue.severity is Severity.WARNING
    assert found("returns-window", known, returns={"window": None}) == []
    assert found("returns-window", known, returns={"window": Duration(3, DAYS)}) == []


def test_a_stated_legal_window_is_the_laws_own():
    (short,) = found("returns-legal-window", right(), returns={"legal_window": Duration(7, DAYS)})
    assert short.severity is Severity.ERROR
    (long,) = found("returns-legal-window", right(), returns={"legal_window": Duration(30, DAYS)})
    assert long.severity is Severity.WARNING
    assert found("returns-legal-window", right(), returns={"legal_window": Duration(14, DAYS)}) == []


@pytest.mark.parametrize(
    ("legal", "said", "fine"),
    [
        ("receipt_of_last_good", "receipt", False),
        ("receipt_of_last_good", "receipt_of_last_good", True),
        ("receipt", "purchase_or_contract", False),
        ("receipt", "receipt_of_last_good", True),
        ("purchase_or_contract", "receipt", True),
        ("later_of_delivery_and_contract", "receipt", False),
        ("receipt_of_contract_document", "receipt", False),
        ("receipt", None, False),
    ],
)
def test_the_window_starts_no_earlier_than_by_law(legal, said, fine):
    returns = {"starts": said} if said else {}
    assert bool(found("returns-start", right(withdrawal__starts=legal), returns=returns)) is not fine


@pytest.mark.parametrize(
    ("legal", "said", "count"),
    [(True, "voluntary", 1), (True, "statutory", 0), (False, "statutory", 1), (False, "voluntary", 0),
     ("conditional", "statutory", 1), ("default_rule", "statutory", 1), ("default_rule", "voluntary", 0)],
)  # fmt: skip
def test_a_return_is_called_a_right_where_it_is_one(legal, said, count):
    assert len(found("returns-right", right(legal), returns={"right": said})) == count


def test_causes_of_the_law_are_listed_with_time_enough():
    known = right("conditional", withdrawal__no_copy_within=Duration(30, DAYS))
    listed = [{"cause": "missing_information", "within": Duration(14, DAYS)}]
    (missing,) = found("returns-causes", known, returns={"causes": tuple(listed)})
    assert "'no_contract_copy'" in missing.message
    listed.append({"cause": "no_contract_copy", "within": Duration(10, DAYS)})
    (short,) = found("returns-causes", known, returns={"causes": tuple(listed)})
    assert "10 calendar days; the law gives 30 calendar days" in short.message


def test_groups_of_people_have_their_longer_window():
    known = right(withdrawal__protected_groups={"groups": ("senior citizen", "new immigrant"), "months": 4})
    given_ = ({"group": "seniors", "window": Duration(4, "months")},)
    (issue,) = found("returns-groups", known, returns={"groups": given_})
    assert "'new_immigrants'" in issue.message


# ---------------------------------------------------------------- refunds and costs


def refund(value, **returns):
    return found("refund-time", right(withdrawal__refund_within=value), returns=returns)


def test_a_refund_comes_in_time():
    assert refund(Duration(14, DAYS), refund_within=Duration(60, DAYS))
    assert refund(Duration(14, DAYS), refund_within=Duration(14, DAYS)) == []
    assert refund(Duration(14, DAYS), refund_within=None) == []
    assert refund("at once", refund_within=Duration(1, "business days"))
    assert refund("at once", refund_within=None) == []
    assert refund(None, refund_within=Duration(60, DAYS)) == []
    assert refund(Duration(14, DAYS))


def test_the_refund_clock_starts_no_later_than_by_law():
    known = right(withdrawal__refund_starts="goods_or_proof_returned")
    assert found("refund-start", known, returns={"refund_starts": "goods_returned"})
    assert found("refund-start", known, returns={"refund_starts": "withdrawal_notice"}) == []


def test_waiting_for_the_goods_needs_a_law_that_allows_it():
    known = right(withdrawal__refund_starts="withdrawal_notice")
    returns = {"refund_starts": "withdrawal_notice", "refund_waits_for_goods": True}
    assert [issue.severity for issue in found("refund-start", known, returns=returns)] == [Severity.WARNING]
    allowed = right(withdrawal__refund_starts="withdrawal_notice", withdrawal__refund_waits_for_goods=True)
    assert found("refund-start", allowed, returns=returns) == []


def test_credit_is_no_refund():
    known = right(withdrawal__refund_same_means=True)
    assert found("refund-method", known, returns={"refund_method": "store_credit"})
    assert found("refund-method", known, returns={"refund_method": "same"}) == []


@pytest.mark.parametrize(("legal", "said", "fine"), [
    ("standard_delivery", "none", False), ("standard_delivery", "standard", True), ("all", "standard", False),
    ("all", "all", True),
])  # fmt: skip
def test_the_delivery_price_is_refunded(legal, said, fine):
    known = right(withdrawal__refund_outbound=legal)
    assert bool(found("refund-outbound", known, returns={"refund_outbound": said})) is not fine


def test_the_shop_pays_for_the_return_where_it_must():
    known = right(withdrawal__return_shipping_paid_by="shop")
    returns = {"shipping_paid_by": "customer", "fee": Money(Decimal("4.90"), "EUR")}
    assert [issue.key for issue in found("returns-cost", known, returns=returns)] == [
        "returns.shipping_paid_by",
        "returns.fee",
    ]
    assert found("returns-cost", known, returns={"shipping_paid_by": "shop", "fee": None}) == []
    assert found("returns-cost", right(withdrawal__return_shipping_paid_by="customer"), returns=returns) == []


def test_a_conditional_right_to_a_free_return_warns_until_the_shop_says_where():
    known = right("conditional", withdrawal__return_shipping_paid_by="shop")
    (issue,) = found("returns-cost", known, returns={"shipping_paid_by": "customer"})
    assert issue.severity is Severity.WARNING
    said = {"returns": {"shipping_paid_by": "customer"}, "duties": {"return-cost": "policies/returns.md"}}
    assert found("returns-cost", known, **said) == []


def test_a_cancellation_fee_stays_below_percent_and_cap():
    fee = {"percent": 5, "cap": Money(Decimal(100), "ILS")}
    known = right(withdrawal__cancellation_fee=fee)
    fine = {"cancellation_percent": Decimal(5), "cancellation_cap": Money(Decimal(100), "ILS")}
    assert found("cancellation-fee", known, returns=fine) == []
    assert len(found("cancellation-fee", known, returns={**fine, "cancellation_percent": Decimal(6)})) == 1
    assert len(found("cancellation-fee", known, returns={**fine, "cancellation_cap": None})) == 1
    other = {**fine, "cancellation_cap": Money(Decimal(10), "EUR")}
    assert len(found("cancellation-fee", known, returns=other)) == 1, "amounts in two currencies are not compared"


def test_a_fee_where_the_law_names_none_warns():
    (issue,) = found("cancellation-fee", right(), returns={"cancellation_percent": Decimal(5)})
    assert issue.severity is Severity.WARNING


def test_exceptions_need_notice_where_the_law_says_so():
    known = right(withdrawal__exception_needs_notice=True, withdrawal__exceptions=("personalised",))
    assert found("returns-exceptions", known, returns={"exceptions": ("personalised",)})
    confirmed = {"exceptions": ("personalised",), "exceptions_confirmed": True}
    assert found("returns-exceptions", known, returns=confirmed) == []
    (issue,) = found("returns-exceptions", known, returns={**confirmed, "exceptions": ("hygiene",)})
    assert issue.severity is Severity.WARNING
    assert found("returns-exceptions", known, returns={**confirmed, "exceptions": ("kites",)}) == []


def test_the_withdrawal_function_is_wanted_from_its_day_on():
    later = fact("withdrawal", "online_withdrawal_function", {"required": True, "label": "withdraw"}, since=DAY)
    known = law(withdrawal__online_withdrawal_function=later)
    assert found("withdrawal-function", known, returns={})
    assert found("withdrawal-function", known, returns={"withdrawal_function": True}) == []
    early = Context(DAY.replace(day=21))
    assert not list(judge(Region("XX", {}), known, early, [rules()["withdrawal-function"]]))
