"""The law of every region as it is shipped: complete, sourced, and inherited as it should be."""

from __future__ import annotations

import datetime as dt

import pytest

from polyhelp.errors import RegionError
from polyhelp.model import Duration, Fact, Money
from polyhelp.regions.kinds import region_mistake
from polyhelp.regions.statutes import RESEARCHED, Statutes, due
from polyhelp.regions.statutes.age import as_of

TIERS = {"official", "professional", "press", "secondary", "merchant", "style-guide", "law-citation", "none"}


@pytest.fixture(scope="module")
def statutes():
    return Statutes()


def fact(as_of_="", *, section="withdrawal"):
    return Fact("DE", section, "window", 14, "https://law.example", "official", verified=True, as_of=as_of_)


def test_there_are_48_laws_and_each_has_a_name(statutes):
    laws = [statutes.law(code) for code in statutes.codes]
    assert len(laws) == 48
    assert all(law.name and law.facts for law in laws)


def test_every_code_is_a_region_or_the_bloc(statutes):
    assert [code for code in statutes.codes if code != "eu" and region_mistake(code)] == []


def test_norway_is_a_region_and_no_switch(statutes):
    assert "NO" in statutes.codes
    assert statutes.law("NO").name == "Norway"
    assert statutes.lineage("NO") == ("NO", "eu")


def test_every_fact_has_a_source_and_a_known_tier(statutes):
    facts = [fact for code in statutes.codes for fact in statutes.own(code)]
    assert len(facts) > 1000
    assert {fact.tier for fact in facts} <= TIERS
    assert [fact.path for fact in facts if not fact.source] == []
    assert [fact.path for fact in facts if fact.verified and fact.tier in {"law-citation", "none"}] == []


def test_no_fact_speaks_for_a_day_that_nobody_can_read(statutes):
    days = [as_of(fact) for code in statutes.codes for fact in statutes.own(code)]
    assert all(dt.date(2000, 1, 1) < day for day in days)


def test_lengths_and_amounts_are_typed(statutes):
    assert statutes.law("DE").value("withdrawal.window") == Duration(14, "calendar days")
    assert statutes.law("DE").value("privacy.answer_within") == Duration(1, "months")
    assert statutes.law("MX").value("withdrawal.window") == Duration(5, "business days")
    assert statutes.law("IL").value("withdrawal.cancellation_fee")["cap"] == Money(100, "ILS")


def test_half_a_year_is_six_months_and_null_is_not_zero(statutes):
    assert statutes.law("SG").value("warranty.period") == Duration(6, "months")
    nothing = statutes.law("AU").get("warranty.period")
    assert nothing is not None
    assert nothing.value is None


def test_a_member_state_inherits_what_it_does_not_say_itself(statutes):
    germany = statutes.law("DE")
    assert germany.get("withdrawal.window").region == "eu"
    assert germany.get("warranty.period").region == "DE"
    assert germany.cited("withdrawal").startswith("BGB")


def test_duties_add_up(statutes):
    duties = {path for path in statutes.law("DE").facts if path.startswith("duties.")}
    assert {"duties.impressum", "duties.contact-details", "duties.odr-link-removed"} <= duties


def test_norway_takes_neither_customs_nor_the_eu_notices(statutes):
    norway = statutes.law("NO")
    assert norway.get("duties.withdrawal-function") is None
    assert norway.get("duties.guarantee-notice") is None
    assert norway.get("shipping.national_handling_fees") is None
    assert norway.get("shipping.import_scheme").region == "NO"
    assert norway.get("withdrawal.starts").region == "eu"


def test_california_starts_from_the_united_states(statutes):
    assert statutes.law("US-CA").get("withdrawal.right_exists").region == "US"
    assert statutes.law("US-CA").get("privacy.opt_out_link").region == "US-CA"


def test_notes_for_writers_are_not_inherited(statutes):
    inherited = [fact for fact in statutes.law("US-CA").facts.values() if fact.section == "culture"]
    assert {fact.region for fact in inherited} <= {"US-CA"}


def test_a_law_holds_from_its_day_on(statutes):
    function = statutes.law("FR").get("withdrawal.online_withdrawal_function")
    assert not function.holds(dt.date(2026, 6, 18))
    assert function.holds(dt.date(2026, 6, 19))
    flat = statutes.law("FR").get("shipping.de_minimis_duty")
    assert not flat.holds(dt.date(2028, 7, 2))


def test_an_unknown_region_is_a_message(statutes):
    with pytest.raises(RegionError) as caught:
        statutes.law("US-CX")
    assert "did you mean 'US-CA'?" in str(caught.value)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024", dt.date(2024, 12, 31)),
        ("2024-02", dt.date(2024, 2, 29)),
        ("2024-02-03", dt.date(2024, 2, 3)),
        ("2026", RESEARCHED),
        ("2026-11", RESEARCHED),
        ("", RESEARCHED),
    ],
)
def test_a_fact_speaks_for_the_end_of_its_date(written, day):
    assert as_of(fact(written)) == day


def test_a_fact_is_due_on_the_day_after_its_time():
    two_years = Duration(24, "months")
    old = fact("2024-11-20")
    assert due([old], dt.date(2026, 11, 20), two_years) == ()
    assert due([old], dt.date(2026, 11, 21), two_years) == (old,)
    assert due([old], dt.date(2026, 11, 21), Duration(3, "years")) == ()
    assert due([old], dt.date(2024, 12, 21), Duration(30, "calendar days")) == (old,)


def test_the_31st_counts_to_the_last_day_of_a_short_month():
    old = fact("2024-08-31")
    assert due([old], dt.date(2025, 2, 28), Duration(6, "months")) == ()
    assert due([old], dt.date(2025, 3, 1), Duration(6, "months")) == (old,)


def test_the_oldest_comes_first_and_notes_for_writers_are_never_due():
    facts = [fact("2020-05"), fact("2019"), fact("2001", section="culture")]
    assert [one.as_of for one in due(facts, RESEARCHED, Duration(1, "years"))] == ["2019", "2020-05"]
