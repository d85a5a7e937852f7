import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Duration, Money
from polyhelp.regions import kinds
from polyhelp.regions.kinds import Scalar, Wrong, fact, one_of, parse_duration, parse_money, region_mistake


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("4.90 EUR", "4.90", "EUR"),
        ("980 JPY", "980", "JPY"),
        ("1299.5 CHF", "1299.5", "CHF"),
        ("0.125 KWD", "0.125", "KWD"),
    ],
)
def test_money_is_read_as_written(text, amount, currency):
    assert parse_money(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("4,90 EUR", "write '4.90 EUR'"),
        ("€4.90", "write '4.90 EUR'"),
        ("4.90€", "write '4.90 EUR'"),
        ("EUR 4.90", "write '4.90 EUR'"),
        ("4.90 eur", "write '4.90 EUR'"),
        ("1,299.50 USD", "write '1299.50 USD'"),
        ("1.299,50 EUR", "write '1299.50 EUR'"),
        ("1 299 SEK", "write '1299 SEK'"),
        ("10,000 JPY", "write '10000 JPY'"),
        ("4.90", "write '4.90 EUR'"),
        ("free", "write '4.90 EUR'"),
        ("-5 EUR", "write '5 EUR'"),
        ("4.90 EUX", "write an ISO 4217 code such as EUR"),
        ("4.905 EUR", "write '4.90 EUR'"),
        ("980.50 JPY", "write '980 JPY'"),
    ],
)
def test_money_that_is_not_names_the_intention(text, hint):
    wrong = parse_money(text)
    assert isinstance(wrong, Wrong)
    assert wrong.hint == hint


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("30 calendar days", Duration(30, "calendar days")),
        ("1 business day", Duration(1, "business days")),
        ("2-4 business days", Duration(4, "business days", 2)),
        ("1 month", Duration(1, "months")),
        ("2 years", Duration(2, "years")),
        ("72 hours", Duration(72, "hours")),
    ],
)
def test_duration_is_read(text, duration):
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("30", "write '30 calendar days'"),
        ("30 days", "write '30 calendar days'"),
        ("14d", "write '14 calendar days'"),
        ("1 calendar month", "write '1 month'"),
        ("2 weeks", "write '14 calendar days'"),
        ("5 working days", "write '5 business days'"),
        ("5 busines days", "write '5 business days'"),
        ("2–4 business days", "write '2-4 business days'"),
        ("2 to 4 business days", "write '2-4 business days'"),
        ("soon", "write '30 calendar days'"),
    ],
)
def test_duration_that_is_not_names_the_intention(text, hint):
    wrong = parse_duration(text)
    assert isinstance(wrong, Wrong)
    assert wrong.hint == hint


@pytest.mark.parametrize("text", ["0 calendar days", "4-2 business days", "3-3 business days", "0-2 business days"])
def test_duration_without_length_or_order_is_refused(text):
    assert isinstance(parse_duration(text), Wrong)


@given(st.text(max_size=40))
def test_every_text_is_read_or_explained(text):
    for parsed in (parse_money(text), parse_duration(text)):
        assert not isinstance(parsed, Wrong) or (parsed.message and parsed.hint)


@given(st.integers(1, 9999), st.sampled_from(["hours", "calendar days", "business days", "months", "years"]))
def test_durations_survive_being_written_and_read(amount, unit):
    assert parse_duration(str(Duration(amount, unit))) == Duration(amount, unit)


def value(kind, text, *, plain=True):
    return kind.value(Scalar(text, 1, plain))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (kinds.REGION, "NO", "NO"),
        (kinds.REGION, "US-CA", "US-CA"),
        (kinds.TEXT, "NO", "NO"),
        (kinds.TEXT, "on", "on"),
        (kinds.BOOL, "true", True),
        (kinds.BOOL, "false", False),
        (kinds.DATE, "2026-11-01", dt.date(2026, 11, 1)),
        (kinds.CLOCK, "09:30", "09:30"),
        (kinds.ZONE, "Asia/Kolkata", "Asia/Kolkata"),
        (kinds.ZONE, "Europe/Berlin", "Europe/Berlin"),
        (kinds.TAG, "zh-hant", "zh-Hant"),
        (kinds.CURRENCY, "THB", "THB"),
        (kinds.EMAIL, "support@shop.example", "support@shop.example"),
        (kinds.MONEY.or_null(), "null", None),
        (kinds.MONEY.or_null(), "", None),
    ],
)
def test_scalars_of_every_kind(kind, text, expected):
    assert value(kind, text) == expected


@pytest.mark.parametrize(
    ("kind", "text", "part"),
    [
        (kinds.BOOL, "no", "write false"),
        (kinds.BOOL, "yes", "write true"),
        (kinds.BOOL, "maybe", "true or false"),
        (kinds.TEXT, "true", 'in quotes: "true"'),
        (kinds.TEXT, "4711", 'in quotes: "4711"'),
        (kinds.DATE, "01.11.2026", "2026-11-01"),
        (kinds.DATE, "2026-02-30", "2026-11-01"),
        (kinds.CLOCK, "9:00", 'write "09:00"'),
        (kinds.CLOCK, "24:30", "24 hours"),
        (kinds.ZONE, "Europe/Berln", "did you mean 'Europe/Berlin'?"),
        (kinds.TAG, "english", "pt-BR"),
        (kinds.REGION, "UK", "did you mean 'GB'?"),
        (kinds.REGION, "de", "did you mean 'DE'?"),
        (kinds.REGION, "EU", "such as DE"),
        (kinds.CURRENCY, "Euro", "did you mean 'EUR'?"),
        (kinds.CURRENCY, "€", "did you mean 'EUR'?"),
        (kinds.EMAIL, "support", "support@shop.example"),
        (kinds.MONEY, "null", "write an amount"),
        (one_of("receipt_of_last_good", "receipt"), "receipt of last good", "did you mean 'receipt_of_last_good'?"),
        (one_of("shop", "customer"), "me", "shop, customer"),
    ],
)
def test_wrong_scalars_name_the_way_out(kind, text, part):
    wrong = value(kind, text)
    assert isinstance(wrong, Wrong)
    assert part in wrong.hint


def test_quotes_make_a_text_of_anything():
    assert value(kinds.TEXT, "4711", plain=False) == "4711"
    assert value(kinds.TEXT, "null", plain=False) == "null"
    assert isinstance(value(kinds.TEXT, " ", plain=False), Wrong)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("NO", "NO"), ("12", 12), ("true", True), ("2026-11-01", dt.date(2026, 11, 1)), ("4.90 EUR", "4.90 EUR")],
)
def test_facts_go_by_yaml_1_2(text, expected):
    assert fact(Scalar(text, 1)) == expected


@pytest.mark.parametrize("text", ["null", "1.5", "9" * 5000])
def test_facts_that_are_none_of_the_kinds(text):
    assert isinstance(fact(Scalar(text, 1)), Wrong)


def test_region_codes():
    assert region_mistake("NO") is None
    assert region_mistake("CA-QC") is None
    assert region_mistake("XX")
    assert region_mistake("Deutschland")
