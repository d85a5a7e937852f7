import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.errors import RegionError
from polyhelp.model import WEEKDAYS, Locale
from polyhelp.regions.filters.calendars import runs
from polyhelp.regions.filters.formats import Formats

DAY = dt.date(2026, 11, 1)


@pytest.mark.parametrize(
    ("style", "buddhist", "gregorian"),
    [
        ("full", "วันอาทิตย์ที่ 1 พฤศจิกายน พ.ศ. 2569", "วันอาทิตย์ที่ 1 พฤศจิกายน ค.ศ. 2026"),
        ("long", "1 พฤศจิกายน 2569", "1 พฤศจิกายน ค.ศ. 2026"),
        ("medium", "1 พ.ย. 2569", "1 พ.ย. 2026"),
        ("short", "1/11/69", "1/11/26"),
    ],
)
def test_thai_dates_count_by_the_buddhist_era_for_thailand_only(style, buddhist, gregorian):
    assert Formats(Locale("th"), "TH").date(DAY, style) == buddhist
    assert Formats(Locale("th"), "TH-10").date(DAY, style) == buddhist
    assert Formats(Locale("th")).date(DAY, style) == buddhist
    assert Formats(Locale("th"), "DE").date(DAY, style) == gregorian


def test_other_readers_of_thai_pages_have_the_common_era():
    assert Formats(Locale("en"), "TH").date(DAY) == "November 1, 2026"
    assert Formats(Locale("ja"), "TH").date(DAY) == "2026年11月1日"
    assert Formats(Locale("th"), "TH").date(dt.date(9999, 12, 31)) == "31 ธันวาคม 10542"


def test_lengths_of_a_date():
    german = Formats(Locale("de"), "DE")
    assert [german.date(DAY, style) for style in ("full", "long", "medium", "short")] == [
        "Sonntag, 1. November 2026", "1. November 2026", "01.11.2026", "01.11.26",
    ]  # fmt: skip
    with pytest.raises(RegionError) as caught:
        german.date(DAY, "tiny")
    assert caught.value.message == "date knows no 'tiny'"
    assert caught.value.hint.startswith("write date('full') or date('long')")


@pytest.mark.parametrize(
    ("tag", "region", "days", "text"),
    [
        ("en", "DE", "mon tue wed thu fri", "Monday–Friday"),
        ("en", "DE", "sat", "Saturday"),
        ("en", "DE", "sun sat", "Saturday and Sunday"),
        ("en", "DE", "fri mon wed", "Monday, Wednesday, and Friday"),
        ("en", "DE", "mon tue fri sat sun", "Friday–Tuesday"),
        ("en", "DE", "mon tue wed thu fri sat sun", "Monday–Sunday"),
        ("en", "US", "mon tue wed thu fri sat sun", "Sunday–Saturday"),
        ("en", "US", "wed sat sun", "Wednesday, Saturday, and Sunday"),
        ("en", "DE", "mon tue wed sat", "Monday–Wednesday and Saturday"),
        ("en", "US", "mon sun wed", "Sunday, Monday, and Wednesday"),
        ("de", "DE", "mon tue wed thu fri", "Montag bis Freitag"),
        ("sv", "SE", "mon tue wed sat", "måndag–onsdag och lördag"),
        ("fi", "FI", "mon", "maanantai"),
        ("fr", "FR", "mon tue wed thu fri", "du lundi au vendredi"),
        ("th", "TH", "mon tue wed thu fri", "วันจันทร์–วันศุกร์"),
        ("vi", "VN", "mon tue wed", "Thứ Hai – Thứ Tư"),
        ("ar", "SA", "sun mon tue wed thu", "من الأحد إلى الخميس"),
        ("zh-TW", "TW", "mon tue wed thu fri", "星期一至星期五"),
    ],
)
def test_days_of_a_week(tag, region, days, text):
    assert Formats(Locale(tag), region).weekdays(tuple(days.split())) == text


@given(st.sets(st.sampled_from(WEEKDAYS), min_size=1), st.sampled_from(WEEKDAYS))
def test_runs_have_every_day_once_and_never_touch(days, first):
    found = runs(days, first)
    flat = [day for run in found for day in run]
    assert sorted(flat) == sorted(days)
    after = {WEEKDAYS[index - 1]: day for index, day in enumerate(WEEKDAYS)}
    for run in found:
        assert [after[day] for day in run[:-1]] == list(run[1:])
        assert len(days) == 7 or after[run[-1]] not in days


@pytest.mark.parametrize(
    ("code", "name"),
    [("DE", "Monday"), ("US", "Sunday"), ("US-CA", "Sunday"), ("PT", "Sunday"), ("AE", "Monday"), ("SA", "Sunday"),
     ("EG", "Saturday"), ("MV", "Friday"), ("AQ", "Monday")],
)  # fmt: skip
def test_the_day_on_which_the_week_starts(code, name):
    assert Formats(Locale("en")).first_weekday(code) == name


def test_words_that_are_no_days():
    here = Formats(Locale("en"), "US")
    for days in ("mon-fri", (), None, ("mon", "monday"), ("mon", ["tue"]), ("mon", 2)):
        with pytest.raises(RegionError, match=r"weekdays? needs"):
            here.weekdays(days)
    for code in ("XX", "de", "", None, 1):
        with pytest.raises(RegionError, match="first_weekday needs a region code"):
            here.first_weekday(code)
