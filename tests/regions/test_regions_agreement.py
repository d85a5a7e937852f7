"""What is printed is read back as a person reads it, and gives the value again; nothing else does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Duration, Locale, Money, Region
from polyhelp.regions.agreement import Reader
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.recorder import CLOSES, OPENS, Printed, Recorder, unmarked
from polyhelp.regions.render import region_values, render

TAGS = [
    *("en", "sv", "de", "de-AT", "fr", "ja", "th", "zh-TW", "zh-CN", "zh-Hant", "pt-BR", "pt-PT", "ar", "fa", "ur"),
    *("he", "hi", "bn", "ru", "pl", "cs", "sl", "hr", "ko", "tr", "vi", "fi", "nb", "nl", "es", "it"),
]
REGIONS = ("", "DE", "CH", "IN", "TH", "US-CA", "SA", "BR", "ZA", "EG", "JP")
UNITS = ("hours", "calendar days", "business days", "months", "years")
WORDED = ("en", "sv", "de", "fr", "ja", "th", "zh-TW", "zh-CN", "pt-BR", "ar")  # with words for business days

digits = st.integers(1, 9999)
cents, wholes = st.integers(1, 10**9), st.integers(1, 10**9)
money = st.one_of(
    st.builds(lambda amount, code: Money(Decimal(amount) / 100, code), cents, st.sampled_from(["EUR", "CHF", "SEK"])),
    st.builds(lambda amount, code: Money(Decimal(amount), code), wholes, st.sampled_from(["JPY", "INR", "AED"])),
)
values = st.one_of(
    st.tuples(st.just("money"), money),
    st.tuples(st.just("number"), st.integers(0, 10**9)),
    st.tuples(st.just("percent"), st.builds(lambda tenths: Decimal(tenths) / 10, st.integers(0, 1000))),
    st.tuples(st.just("date"), st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))),
    st.tuples(st.just("time"), st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))),
    st.tuples(st.just("duration"), st.builds(Duration, digits, st.sampled_from(UNITS[:2] + UNITS[3:]))),
)


def agrees(filter_, value, text, tag="en", region=""):
    return Reader(Locale(tag), region).agrees(Printed("x", filter_, value, text))


@given(values, st.sampled_from(TAGS), st.sampled_from(REGIONS))
def test_what_the_filters_write_reads_as_the_value(pair, tag, region):
    filter_, value = pair
    text = Formats(Locale(tag), region).filters[filter_](value)
    assert agrees(filter_, value, text, tag, region), text


@given(values, values, st.sampled_from(TAGS), st.sampled_from(REGIONS))
def test_no_other_value_reads_the_same(one, other, tag, region):
    filter_, value = one
    if filter_ != other[0] or value == other[1]:
        return
    text = Formats(Locale(tag), region).filters[filter_](other[1])
    assert not agrees(filter_, value, text, tag, region), text


@pytest.mark.parametrize("tag", WORDED)
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("amount", [1, 2, 3, 11, 30, 1299])
def test_durations_in_all_their_forms(tag, unit, amount):
    for length in (Duration(amount, unit), Duration(amount + 5, unit, amount)):
        text = Formats(Locale(tag)).duration(length)
        assert agrees("duration", length, text, tag), text
        assert not agrees("duration", Duration(amount + 1, unit), text, tag)


@pytest.mark.parametrize(
    ("filter_", "value", "text", "tag"),
    [
        ("duration", Duration(14, "calendar days"), "30 days", "en"),
        ("duration", Duration(14, "calendar days"), "14 months", "en"),
        ("duration", Duration(10, "business days"), "10 Tage", "de"),
        ("duration", Duration(14, "calendar days"), "vierzehn Tage", "de"),
        ("duration", Duration(3, "calendar days"), "يومان", "ar"),
        ("duration", Duration(4, "calendar days", 2), "4 days", "en"),
        ("duration", Duration(4, "calendar days", 2), "4–2 days", "en"),
        ("money", Money(Decimal("4.90"), "EUR"), "4.90 €", "de"),
        ("money", Money(Decimal("4.90"), "EUR"), "€49.0", "en"),
        ("money", Money(Decimal("4.90"), "EUR"), "$4.90", "en"),
        ("money", Money(Decimal("4.90"), "EUR"), "4.90", "en"),
        ("money", Money(Decimal(1299), "USD"), "$1,29.9", "en"),
        ("number", 1299, "1.299", "en"),
        ("number", 1299, "12,99", "en"),
        ("percent", Decimal("2.5"), "25%", "en"),
        ("percent", Decimal(25), "25", "en"),
        ("date", dt.date(2026, 3, 1), "1. Mai 2026", "de"),
        ("date", dt.date(2026, 3, 1), "1. März 2027", "de"),
        ("date", dt.date(2026, 3, 1), "1. März", "de"),
        ("date", dt.date(2026, 3, 1), "March 1, 2026 or 2", "en"),
        ("time", "17:30", "5:30 AM", "en"),
        ("time", "17:30", "5:30", "en"),
        ("time", "05:30", "5:30 PM", "en"),
        ("time", "09:00", "", "en"),
        ("phone", "+46 19 555 0142", "019-555 01 43", "sv"),
        ("region_name", "DE", "Germany 2", "en"),
        ("listed", ("Visa", "Klarna"), "Klarna and Visa", "en"),
        ("listed", ("Visa", "Klarna"), "Visa", "en"),
        ("listed", ("Visa",), "Visa and 3 more", "en"),
    ],
)
def test_what_says_something_else_is_found(filter_, value, text, tag):
    assert not agrees(filter_, value, text, tag)


@pytest.mark.parametrize(
    ("filter_", "value", "text", "tag", "region"),
    [
        ("duration", Duration(14, "calendar days"), "١٤ يومًا", "ar", ""),
        ("duration", Duration(2, "calendar days"), "يومان", "ar", "AE"),
        ("money", Money(Decimal("1299.50"), "CHF"), "CHF 1’299.50", "de", "CH"),
        ("money", Money(Decimal("1299.50"), "EUR"), "1 299,50 €", "fr", "FR"),
        ("money", Money(Decimal(12345678), "INR"), "₹1,23,45,678", "en", "IN"),
        ("date", dt.date(2026, 11, 1), "1 พฤศจิกายน 2569", "th", "TH"),
        ("date", dt.date(2026, 11, 1), "2026年11月1日", "ja", "JP"),
        ("time", "24:00", "24:00", "de", ""),
        ("time", "17:30", "下午5:30", "zh-TW", "TW"),
        ("time", "17:30", "17:30 (GMT+7)", "th", "TH"),
        ("phone", "+46 19 555 0142", "019-555 01 42", "sv", "SE"),
        ("within", Duration(14, "calendar days"), "innerhalb von 14 Tagen", "de", "DE"),
        ("listed", ("Visa", "3D Pay"), "Visa and 3D Pay", "en", ""),
    ],
)
def test_other_conventions_are_read_too(filter_, value, text, tag, region):
    assert agrees(filter_, value, text, tag, region)


def test_a_page_tells_what_it_printed():
    region = Region("DE", {"returns": {"window": Duration(14, "calendar days")}, "facts": {"tags": ("de", "en")}})
    formats = Formats(Locale("de"), "DE")
    seen = Recorder()
    start = "{% set w = returns.window | duration %}In {{ w }}: "
    text = start + "{{ facts.tags | language_name | listed }}, {{ region.code }}"
    page = render(text, "page.md", region_values(region, formats), formats, seen)
    assert [(one.path, one.filter, one.said, one.text) for one in seen.printed] == [
        ("w", "duration", "14 calendar days", "14 Tage"),
        ("facts.tags", "listed", "de, en", "Deutsch und Englisch"),
        ("region.code", "", "DE", "DE"),
    ]
    assert page.startswith(f"In {chr(OPENS)}14 Tage{CLOSES}: {chr(OPENS + 1)}Deutsch")
    assert unmarked(page) == "In 14 Tage: Deutsch und Englisch, DE"


def test_marks_in_the_data_are_no_marks():
    region = Region("DE", {"facts": {"x": f"a{CLOSES}{chr(OPENS + 7)}b"}})
    formats = Formats(Locale("en"), "DE")
    page = render("{{ facts.x }}", "page.md", region_values(region, formats), formats, Recorder())
    assert page == f"{chr(OPENS)}ab{CLOSES}"


def test_names_of_regions_may_differ_by_language_but_not_numbers():
    assert Printed("region.name", "", "Sweden", "Sweden").key == Printed("region.name", "", "Schweden", "Schweden").key
    assert Printed("facts.no", "", "order 5", "order 5").key != Printed("facts.no", "", "order 6", "order 6").key
