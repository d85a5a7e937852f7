"""Values that hold on some days only, sections with parents of their own, sub-regions, and lists that add."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.errors import RegionError
from polyhelp.model import Dated, Duration
from polyhelp.regions.data import load
from polyhelp.regions.timeline import on, overlap, timeline

BEFORE, SWITCH = dt.date(2027, 2, 28), dt.date(2027, 3, 1)
FOURTEEN, THIRTY = Duration(14, "calendar days"), Duration(30, "calendar days")
SWITCHING = """
returns:
  window:
    - {value: 14 calendar days, valid_until: 2027-02-28}
    - {value: 30 calendar days, valid_from: 2027-03-01}
"""


@pytest.fixture
def shop(tmp_path):
    """``shop(day, DE="…")`` writes region files and loads them as of ``day``."""

    def made(day=BEFORE, **files):
        for name, text in files.items():
            (tmp_path / f"{name.replace('__', '-')}.yml").write_text(text, encoding="utf-8")
        return load(tmp_path, tmp_path, day=day)

    return made


def mistakes(shop, **files):
    with pytest.raises(RegionError) as caught:
        shop(**files)
    return str(caught.value)


@pytest.mark.parametrize(("day", "window"), [(BEFORE, FOURTEEN), (SWITCH, THIRTY)])
def test_a_value_changes_on_its_day(shop, day, window):
    region = shop(day, DE=SWITCHING)["DE"]
    assert region.at("returns.window") == window
    assert region.dated == {"returns.window": (Dated(FOURTEEN, None, BEFORE), Dated(THIRTY, SWITCH, None))}
    assert str(region.places["returns.window"]) == "DE.yml:3"


def test_one_value_may_have_an_end(shop):
    text = "returns: {fee: {value: 4.90 EUR, valid_until: 2027-02-28}}"
    assert shop(BEFORE, DE=text)["DE"].at("returns.fee") is not None
    assert shop(SWITCH, DE=text)["DE"].at("returns.fee", "gone") == "gone"


def test_days_without_a_value_have_the_inherited_one(shop):
    default = "returns: {window: 14 calendar days}"
    german = "returns: {window: {value: 30 calendar days, valid_from: 2027-03-01}}"
    assert shop(BEFORE, _default=default, DE=german)["DE"].at("returns.window") == FOURTEEN
    later = shop(SWITCH, _default=default, DE=german)["DE"]
    assert later.at("returns.window") == THIRTY
    assert later.dated["returns.window"] == (Dated(FOURTEEN, None, BEFORE), Dated(THIRTY, SWITCH, None))


def test_what_the_parent_prepares_reaches_its_children(shop):
    regions = shop(SWITCH, _default="currency: EUR", eu=SWITCHING, DE="inherits: eu", FR="inherits: eu\ncurrency: EUR")
    assert {region.at("returns.window") for region in regions.values()} == {THIRTY}


def test_records_of_a_list_have_days_of_their_own(shop):
    text = """
payments:
  methods:
    - {brand: Visa, credit: false}
    - {brand: Wero, credit: false, valid_from: 2027-03-01}
    - {brand: Giropay, credit: false, valid_until: 2027-02-28}
"""
    brands = lambda day: [one["brand"] for one in shop(day, DE=text)["DE"].at("payments.methods")]  # noqa: E731
    assert brands(BEFORE) == ["Visa", "Giropay"]
    assert brands(SWITCH) == ["Visa", "Wero"]


def test_a_list_may_add_to_the_inherited_one(shop):
    regions = shop(
        _default="returns: {exceptions: [personalised]}",
        eu="returns: {exceptions: {add: [hygiene]}}",
        DE="inherits: eu\nreturns: {exceptions: {add: [gift_cards]}}",
        FR="inherits: eu\nreturns: {exceptions: []}",
    )
    assert regions["DE"].at("returns.exceptions") == ("personalised", "hygiene", "gift_cards")
    assert regions["FR"].at("returns.exceptions") == ()


def test_a_sub_region_starts_from_its_country(shop):
    regions = shop(
        _default="currency: EUR", US="currency: USD", US__CA="privacy: {law: CCPA}", CA__QC="privacy: {law: Law 25}"
    )
    assert regions["US-CA"].at("currency") == "USD"
    assert regions["US-CA"].files == ("US-CA", "US", "_default")
    assert regions["CA-QC"].at("currency") == "EUR"  # there is no CA.yml


def test_a_section_may_have_a_parent_of_its_own(shop):
    norway = shop(
        _default="shipping: {duties: customer}\nreturns: {window: 14 calendar days}",
        eu="shipping: {duties: none}\nreturns: {window: 30 calendar days}",
        NO="inherits: eu\nshipping: {inherits: _default}",
    )["NO"]
    assert norway.code == "NO"
    assert (norway.at("shipping.duties"), norway.at("returns.window")) == ("customer", THIRTY)


def test_no_is_norway_and_never_a_switch(shop):
    regions = shop(NO="shipping:\n  ships_from: NO\n  serves: [NO, SE]\nduties: {no: yes}")
    assert regions["NO"].at("shipping.ships_from") == "NO"
    assert regions["NO"].at("shipping.serves") == ("NO", "SE")
    assert regions["NO"].at("duties.no") == "yes"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("returns: {window: [{value: 14 calendar days}, {value: 30 calendar days, valid_from: 2027-03-01}]}",
         "DE.yml:1: returns.window: two values hold on 2027-03-01; end the first with 'valid_until'"),
        ("returns: {window: {value: 14 calendar days, valid_from: 2027-03-01, valid_until: 2027-02-28}}",
         "returns.window.valid_until: 2027-02-28 is before 2027-03-01"),
        ("returns: {window: {value: 14 calendar days, valid_form: 2027-03-01}}", "did you mean 'valid_from'?"),
        ("returns: {window: [{value: 14 calendar days, valid_until: 2027-02-28}, {valid_from: 2027-03-01}]}",
         "returns.window[2]: 'value' is missing"),
        ("returns: {window: {value: 14 calendar days, valid_from: 2027-02-30}}", "there is no day 2027-02-30"),
        ("returns: {window: {value: 2 weeks}}",
         "returns.window.value: '2 weeks' is not a duration; write '14 calendar days'"),
        ("returns: {exceptions: {add: hygiene}}", "returns.exceptions.add: this must be a list"),
        ("returns: {exceptions: {add: [hygiene], remove: [x]}}", "returns.exceptions.remove: there is no such key"),
        ("shipping: {inherits: _defalt}",
         "shipping.inherits: there is no file '_defalt.yml' here; did you mean '_default'?"),
        ("payments: {methods: {value: [{brand: Visa, credit: false, valid_from: 2027-03-01}], valid_from: 2027-03-01}}",
         "days stand inside of days"),
        ("duties: {Impressum: https://shop.example}", "a duty's id has small letters, digits and -"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_line_key_and_intention(shop, text, said):
    assert said in mistakes(shop, DE=text, eu="currency: EUR", _default="currency: EUR")


def test_files_of_the_folder_that_are_no_regions_are_left_alone(shop):
    assert list(shop(DE="currency: EUR", _teams="anything: [", _waivers="-", _changes="")) == ["DE"]


def test_sections_inherit_in_circles(shop):
    told = mistakes(shop, eu="shipping: {inherits: efta}", efta="shipping: {inherits: eu}", NO="inherits: eu")
    assert "circle: efta -> eu -> efta" in told


# ---------------------------------------------------------------- laws

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
PARTS = st.lists(
    st.builds(lambda value, a, b: Dated(value, min(a, b), max(a, b)), st.integers(0, 3), DAYS, DAYS), max_size=5
)


@given(PARTS, DAYS)
def test_a_timeline_says_what_holds_on_every_day(parts, day):
    def value(day):
        found = [part.value for part in parts if part.holds(day)]
        if not found:
            raise LookupError
        return found

    whole = timeline(parts, value)
    here = on(whole, day)
    assert (here.value if here else []) == [part.value for part in parts if part.holds(day)]
    assert overlap(whole) is None
    assert all(one.value != two.value or one.until + dt.timedelta(days=1) != two.since
               for one, two in pairwise(whole) if one.until)  # fmt: skip
