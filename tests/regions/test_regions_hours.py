"""Hours through every change of the clocks, against a second count that goes minute by minute."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import WEEKDAYS, Locale, Region
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.support.hours import by_day, days_off, on_duty, rows, union, weekly, weeks, without
from polyhelp.regions.support.teams import Shift, Team
from polyhelp.regions.support.values import duty_data, hours_values

WORKDAYS = WEEKDAYS[:5]
CHANGES = {  # zone: days on which its clocks change
    "Europe/Stockholm": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "America/Sao_Paulo": ("2018-11-04", "2019-02-17"),  # at midnight: the day begins at 01:00, or has 23:xx twice
    "Asia/Kolkata": ("2026-03-29", "2026-10-25"),  # never
    "Africa/Casablanca": ("2026-02-15", "2026-03-22"),
}


def team(zone, *hours, **more):
    return Team(zone.rpartition("/")[2].lower(), zone, zone, hours, (Locale("en"),), **more)


def day(text):
    return dt.date.fromisoformat(text)


def by_the_clock(one, since, until):
    """Every minute, in UTC, at which the zone's clocks show a time within the team's hours."""
    clocks = ZoneInfo(one.zone)
    here = dt.datetime.combine(since, dt.time(), dt.UTC) - dt.timedelta(days=1)
    last = dt.datetime.combine(until, dt.time(), dt.UTC) + dt.timedelta(days=2)
    found = set()
    while here < last:
        local = here.astimezone(clocks)
        minute = local.hour * 60 + local.minute
        closed = local.date() in dict(one.closed)
        if since <= local.date() <= until and not closed:
            for shift in one.hours:
                if WEEKDAYS[local.weekday()] in shift.days and shift.opens <= minute < shift.closes:
                    found.add(here)
        here += dt.timedelta(minutes=1)
    return found


def minutes_of(spans):
    found = set()
    for start, end in spans:
        length = int((end - start).total_seconds()) // 60
        found |= {start + dt.timedelta(minutes=number) for number in range(length)}
    return found


SHIFTS = st.builds(
    lambda days, opens, length: Shift(tuple(sorted(days, key=WEEKDAYS.index)), opens, min(opens + length, 1440)),
    st.sets(st.sampled_from(WEEKDAYS), min_size=1),
    st.integers(0, 1439),
    st.integers(1, 1440),
)


@given(
    zone=st.sampled_from(sorted(CHANGES)),
    which=st.integers(0, 1),
    hours=st.lists(SHIFTS, min_size=1, max_size=3),
    off=st.integers(-1, 1),
)
def test_somebody_is_on_duty_at_every_minute_that_the_clocks_show_and_at_no_other(zone, which, hours, off):
    change = day(CHANGES[zone][which])
    one = team(zone, *hours, closed=((change + dt.timedelta(days=off), "stocktaking"),))
    since, until = change - dt.timedelta(days=1), change + dt.timedelta(days=1)
    spans = on_duty(one, since, until)
    assert minutes_of(spans) == by_the_clock(one, since, until)
    assert all(first[1] < second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("zone", "date", "opens", "closes", "hours"),
    [
        ("Europe/Stockholm", "2026-03-28", 0, 1440, 24),
        ("Europe/Stockholm", "2026-03-29", 0, 1440, 23),
        ("Europe/Stockholm", "2026-10-25", 0, 1440, 25),
        ("Europe/Stockholm", "2026-03-29", 120, 180, 0),  # the hour that is not there
        ("Europe/Stockholm", "2026-10-25", 120, 180, 2),  # the hour that comes twice
        ("America/New_York", "2026-03-08", 0, 1440, 23),
        ("America/New_York", "2026-11-01", 0, 1440, 25),
        ("Asia/Kolkata", "2026-03-29", 0, 1440, 24),
        ("Australia/Lord_Howe", "2026-10-04", 0, 1440, 23.5),
        ("Australia/Lord_Howe", "2026-04-05", 0, 1440, 24.5),
        ("America/Sao_Paulo", "2018-11-04", 0, 120, 1),  # midnight was not there
        ("America/Sao_Paulo", "2026-11-01", 0, 1440, 24),  # since 2019 there is no daylight saving time
    ],
)
def test_a_day_has_the_hours_that_its_clocks_give_it(zone, date, opens, closes, hours):
    spans = on_duty(team(zone, Shift(WEEKDAYS, opens, closes)), day(date), day(date))
    assert sum((end - start).total_seconds() for start, end in spans) == hours * 3600


def test_holidays_and_closed_days_are_taken_out_and_told_only_when_they_fall_on_a_working_day():
    stockholm = team("Europe/Stockholm", Shift(WORKDAYS, 480, 1020), holidays="SE", closed=((day("2026-12-24"), "x"),))
    span = day("2026-12-21"), day("2027-01-03")
    open_days = [start.date().isoformat() for start, _ in on_duty(stockholm, *span)]
    assert open_days == ["2026-12-21", "2026-12-22", "2026-12-23", *(f"2026-12-{d}" for d in (28, 29, 30, 31))]
    assert len(on_duty(stockholm, *span, holidays=False)) == 10
    assert [one.isoformat() for one in days_off(stockholm, *span)] == ["2026-12-24", "2026-12-25", "2027-01-01"]


TIMES = st.integers(0, 500).map(lambda n: dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=n))
SPANS = st.lists(st.tuples(TIMES, TIMES).map(sorted).map(tuple).filter(lambda span: span[0] < span[1]), max_size=6)


@given(SPANS, SPANS)
def test_what_is_left_and_what_was_taken_make_up_the_whole(spans, others):
    assert minutes_of(union(spans)) == minutes_of(spans)
    assert minutes_of(without(spans, others)) == minutes_of(spans) - minutes_of(others)


def test_one_absence_can_cover_several_shifts():
    at = [dt.datetime(2026, 1, 1, hour, tzinfo=dt.UTC) for hour in range(8)]
    shifts = [(at[1], at[2]), (at[3], at[4]), (at[5], at[7])]
    assert without(shifts, [(at[0], at[6])]) == ((at[6], at[7]),)


# ---------------------------------------------------------------- tables of a week


def shown(table):
    return [("-".join([row["days"][0], row["days"][-1]]), row["opens"], row["closes"]) for row in rows(table)]


def test_hours_move_when_either_side_changes_its_clocks():
    found = weeks((team("America/New_York", Shift(WORKDAYS, 540, 1020)),), "Europe/Stockholm", day("2026-11-22"))
    assert [(week.since, week.until, shown(week.table)) for week in found] == [
        (None, day("2027-03-14"), [("mon-fri", "15:00", "23:00")]),
        (day("2027-03-15"), day("2027-03-28"), [("mon-fri", "14:00", "22:00")]),
        (day("2027-03-29"), day("2027-10-31"), [("mon-fri", "15:00", "23:00")]),
    ]


def test_a_team_in_its_own_zone_has_one_table_and_half_hours_are_kept():
    stockholm = team("Europe/Stockholm", Shift(WORKDAYS, 480, 1020))
    (week,) = weeks((stockholm,), "Europe/Stockholm", day("2026-11-22"))
    assert (week.since, week.until, shown(week.table)) == (None, None, [("mon-fri", "08:00", "17:00")])
    india = weeks((stockholm,), "Asia/Kolkata", day("2026-11-22"))
    assert [shown(week.table) for week in india] == [[("mon-fri", "12:30", "21:30")], [("mon-fri", "11:30", "20:30")]]


def test_hours_over_midnight_stay_in_one_piece_on_the_day_they_begin():
    (week, *_) = weeks((team("Europe/Stockholm", Shift(WORKDAYS, 480, 1020)),), "Asia/Tokyo", day("2026-11-22"))
    assert rows(week.table) == (
        {"days": WORKDAYS, "opens": "16:00", "closes": "01:00", "overnight": True, "all_day": False},
    )


def test_hours_that_end_at_midnight_end_on_their_day():
    (week, *_) = weeks((team("Europe/Stockholm", Shift(WORKDAYS, 480, 960)),), "Asia/Tokyo", day("2026-11-22"))
    assert rows(week.table) == (
        {"days": WORKDAYS, "opens": "16:00", "closes": "24:00", "overnight": False, "all_day": False},
    )


def test_follow_the_sun_is_cut_at_midnight_and_so_is_always():
    always = team("UTC", Shift(WEEKDAYS, 0, 1440))
    (week,) = weeks((always,), "Asia/Kolkata", day("2026-11-22"))
    assert rows(week.table) == (
        {"days": WEEKDAYS, "opens": "00:00", "closes": "24:00", "overnight": False, "all_day": True},
    )
    sun = tuple(team(zone, Shift(WORKDAYS, 480, 1020)) for zone in ("Asia/Tokyo", "Europe/Stockholm", "America/Denver"))
    (week, *_) = weeks(sun, "Europe/Stockholm", day("2026-11-22"))
    assert shown(week.table) == [("mon-fri", "00:00", "24:00"), ("sat-sat", "00:00", "01:00")]


def test_a_table_holds_on_each_of_its_days():
    """The tables say the same as the intervals they are made of, on every day of a year with changes."""
    teams = (team("America/New_York", Shift(WEEKDAYS, 0, 300)), team("Australia/Lord_Howe", Shift(WORKDAYS, 540, 1020)))
    since, until = day("2026-03-01"), day("2027-03-01")
    spans = union(
        span
        for one in teams
        for span in on_duty(one, since - dt.timedelta(days=3), until + dt.timedelta(days=3), holidays=False)
    )
    true = by_day(spans, "Europe/Stockholm")
    here = since
    for week in weekly(spans, "Europe/Stockholm", since, until):
        while here <= (week.until or until):
            assert week.table[WEEKDAYS[here.weekday()]] == true.get(here, ())
            here += dt.timedelta(days=1)
    assert here == until + dt.timedelta(days=1)


# ---------------------------------------------------------------- what pages get

STOCKHOLM = team("Europe/Stockholm", Shift(WORKDAYS, 480, 1020), holidays="SE")
NEW_YORK = team("America/New_York", Shift(WORKDAYS, 540, 1020), closed=((day("2026-11-27"), "Inventory"),))
TEAMS = {"stockholm": STOCKHOLM, "new_york": NEW_YORK}


def region(code, zone, *names):
    support = {"teams": names, "languages": ("en", "sv"), "channels": ("email",)} | ({"timezone": zone} if zone else {})
    return Region(code, {"support": support})


def test_templates_see_zone_weeks_holidays_languages_teams_and_channels():
    here = region("SE", "Europe/Stockholm", "stockholm", "new_york")
    values = hours_values(here, TEAMS, day("2026-11-22"), Formats(Locale("de"), "SE"))
    assert values["zone"] == "Europe/Stockholm"
    assert (values["languages"], values["channels"]) == (("en", "sv"), ("email",))
    assert values["weeks"][0]["until"] == day("2027-03-14")
    assert [one["name"] for one in values["teams"]] == ["Europe/Stockholm", "America/New_York"]
    assert len(values["holidays"]) == 5
    assert values["holidays"][0] == {
        "date": day("2026-11-27"), "name": "Inventory", "language": "und", "translated": False, "whole": False,
    }  # fmt: skip
    assert values["holidays"][1]["name"] == "Erster Weihnachtstag"


def test_a_day_off_stands_on_the_day_whose_hours_fall_away_for_the_customer():
    one = team("America/New_York", Shift(WORKDAYS, 540, 1020), closed=((day("2026-11-26"), "Thanksgiving Day"),))
    values = hours_values(region("JP", "Asia/Tokyo", "a"), {"a": one}, day("2026-11-22"), Formats(Locale("ja"), "JP"))
    (first,) = values["holidays"]
    assert first == {
        "date": day("2026-11-26"), "name": "感謝祭", "language": "ja", "translated": True, "whole": True,
    }  # fmt: skip


def test_a_region_without_teams_has_no_hours():
    values = hours_values(Region("SE", {}), TEAMS, day("2026-11-22"), Formats(Locale("en"), "SE"))
    assert values["holidays"] == values["teams"] == ()
    assert values["weeks"][0]["rows"] == ()
    assert duty_data(Region("SE", {}), TEAMS, day("2026-11-22")) is None


def test_static_data_depend_on_the_day_only_and_hold_for_the_coming_year():
    data = duty_data(region("SE", "", "stockholm"), TEAMS, day("2026-11-22"))
    assert data["until"] == "2027-12-27"
    (one,) = data["teams"]
    assert one["zone"] == "Europe/Stockholm"
    assert one["hours"] == [[weekday, 480, 1020] for weekday in range(5)]
    assert one["off"][:3] == ["2026-12-25", "2027-01-01", "2027-01-06"]
