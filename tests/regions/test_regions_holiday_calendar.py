"""Holidays: which days, and what they are called for whom."""

import datetime as dt
import subprocess
import sys

import pytest

from polyhelp.model import Locale
from polyhelp.regions.support.holiday_calendar import days_off, holidays, known_name, obstacle


def year(code, tag, of=2026):
    found = holidays(code, dt.date(of, 1, 1), dt.date(of, 12, 31), Locale(tag))
    return {one.date.isoformat()[5:]: (one.name, one.locale.tag) for one in found}


@pytest.mark.parametrize(
    ("code", "tag", "name"),
    [
        ("SE", "sv", "Juldagen"),
        ("SE", "de", "Erster Weihnachtstag"),
        ("SE", "ja", "クリスマス"),
        ("SE", "en", "Christmas Day"),
        ("GB", "en-US", "Christmas Day"),
        ("NO", "nb", "Første juledag"),
        ("PT", "pt-PT", "Dia de Natal"),
        ("BR", "pt-BR", "Natal"),
        ("IT", "it", "Natale"),
        ("DE", "zh-TW", "聖誕節"),
        ("DE", "zh-CN", "圣诞节"),
        ("NZ", "fr", "Noël"),
        ("US", "ar", "عيد الميلاد"),
    ],
)
def test_a_holiday_is_named_in_the_readers_language(code, tag, name):
    assert year(code, tag)["12-25"] == (name, tag)


def test_scripts_of_chinese_are_not_mixed():
    assert year("TW", "zh-TW")["10-10"] == ("國慶日", "zh-TW")
    assert year("TW", "zh-CN")["10-10"][0] == "国庆日"
    assert year("CN", "zh-TW", 2024)["10-01"][0] == "國慶節"


def test_english_stands_in_where_nobody_knows_a_name_and_says_so():
    assert year("DE", "sv")["10-03"] == ("German Unity Day", "en")
    assert year("JP", "fi")["02-11"] == ("Foundation Day", "en")
    assert year("NZ", "fi")["02-06"] == ("Waitangi Day", "en")


def test_a_substitute_goes_by_the_name_of_the_day_it_stands_for():
    assert year("GB", "de")["12-28"] == ("Zweiter Weihnachtstag", "de")


def test_a_part_of_a_region_has_its_own_holidays():
    span = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    epiphany = dt.date(2026, 1, 6)
    assert epiphany in days_off("DE-BY", *span)
    assert epiphany not in days_off("DE", *span)


def test_both_ends_of_a_span_count_and_it_may_pass_the_end_of_a_year():
    found = holidays("SE", dt.date(2026, 12, 25), dt.date(2027, 1, 1), Locale("sv"))
    assert [one.date.isoformat() for one in found] == ["2026-12-25", "2026-12-26", "2027-01-01"]


def test_common_names_are_known_for_a_locales_children_too():
    assert known_name("Good Friday", Locale("pt-BR")) == "Sexta-feira Santa"
    assert known_name("Good Friday", Locale("zh-HK")) == "耶穌受難日"
    assert known_name("Inventory", Locale("de")) == ""


def test_an_unknown_calendar_is_refused_with_a_way_out():
    assert obstacle("SE") == obstacle("US-CA") == ("", "")
    assert obstacle("IC")[0] == "there is no calendar of holidays for 'IC'"
    message, hint = obstacle("GB-XX")
    assert message == "there is no calendar of holidays for 'GB-XX'"
    assert hint == "write 'GB', or add one of: ENG, NIR, SCT, WLS"


def test_the_package_is_imported_only_when_a_calendar_is_asked_for():
    code = "import sys, polyhelp.regions.support.values; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
