import pytest

from polyhelp.errors import RegionError
from polyhelp.model import Locale
from polyhelp.regions.filters.formats import Formats

NNB = "\u202f"


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Europe/Berlin", "Central European Time"),
        ("America/New_York", "Eastern Time"),
        ("Europe/London", "United Kingdom Time"),  # its metazone has a name for winter only
        ("Asia/Dubai", "Gulf Standard Time"),  # no daylight saving time, no other name
        ("America/Phoenix", "Mountain Standard Time"),  # unlike Denver, all year round
        ("Australia/Brisbane", "Australian Eastern Standard Time"),
        ("Asia/Kolkata", "India Standard Time"),
        ("Asia/Calcutta", "India Standard Time"),
        ("America/Argentina/Buenos_Aires", "Argentina Standard Time"),
        ("Asia/Ho_Chi_Minh", "Indochina Time"),
        ("Europe/Kyiv", "Eastern European Time"),
        ("US/Pacific", "Pacific Time"),
        ("UTC", "Coordinated Universal Time"),
    ],
)
def test_a_zone_has_one_name_all_year_round(zone, name):
    assert Formats(Locale("en")).zone_name(zone) == name


@pytest.mark.parametrize(
    ("tag", "berlin", "london"),
    [
        ("sv", "centraleuropeisk tid", "Storbritannientid"),
        ("th", "เวลายุโรปกลาง", "เวลาสหราชอาณาจักร"),
        ("es", "hora de Europa central", "hora de Reino Unido"),
        ("es-MX", "hora de Europa central", "hora de Reino Unido"),  # where Babel has summer time
        ("ru", "Центральная Европа", "Великобритания"),
        ("bg", "Централноевропейско време", "Обединеното кралство"),
        ("hr", "srednjoeuropsko vrijeme", "Ujedinjeno Kraljevstvo"),
        ("en-CA", "Central European Time", "United Kingdom Time"),
    ],
)
def test_zones_in_the_readers_language_never_speak_of_summer(tag, berlin, london):
    here = Formats(Locale(tag))
    assert [here.zone_name("Europe/Berlin"), here.zone_name("Europe/London")] == [berlin, london]


@pytest.mark.parametrize(
    ("tag", "region", "text"),
    [
        ("en", "GB", "09:00 (Central European Time)"),
        ("de", "DE", "09:00 (Mitteleuropäische Zeit)"),
        ("ja", "JP", "9:00（中央ヨーロッパ時間）"),
        ("zh-CN", "CN", "09:00（中欧时间）"),
        ("ar", "AE", "\u20689:00\u00a0ص (توقيت وسط أوروبا)\u2069"),
    ],
)
def test_a_time_with_its_zone(tag, region, text):
    written = Formats(Locale(tag), region).time("09:00", zone="Europe/Berlin")
    assert written.replace("\u00a0", " ") == text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("tag", "region", "text"),
    [
        ("de", "DE", "24:00"), ("fi", "FI", "24.00"), ("ja", "JP", "24:00"), ("fr", "CA", "24 h 00"),
        ("en", "US", f"12:00{NNB}midnight"), ("zh-TW", "TW", "午夜12:00"), ("ko", "KR", "자정 12:00"),
        ("es-MX", "MX", f"12:00{NNB}a.m."),
    ],
)  # fmt: skip
def test_the_end_of_a_day(tag, region, text):
    written = Formats(Locale(tag), region).time("24:00")
    assert written.replace("\u00a0", " ") == text


def test_zones_that_have_no_name():
    here = Formats(Locale("en"))
    for zone in ("Europe/Berln", "Etc/GMT-3", "+02:00", "", None, 2, ("Europe/Berlin",)):
        with pytest.raises(RegionError, match="zone_name needs a time zone such as 'Europe/Berlin'"):
            here.zone_name(zone)
    for zone in ("Mars/Base", 2, ("Europe/Berlin",)):
        with pytest.raises(RegionError, match="time needs a time zone"):
            here.time("09:00", zone=zone)
    for clock in ("24:01", "9:00", "25:00", "٠٩:٠٠", 900, None):
        with pytest.raises(RegionError, match="time needs a time of day"):
            here.time(clock)
