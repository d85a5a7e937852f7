"""Waivers: signed, with a last day, and never silent when something is wrong with them."""

from __future__ import annotations

import datetime as dt

import pytest

from polyhelp.errors import Place, RegionError
from polyhelp.model import LegalIssue, Locale, Severity
from polyhelp.regions.law import load_waivers, split

DAY = dt.date(2026, 11, 22)
WAIVER = """waivers:
  - rule: returns-window
    region: "NO"
    reason: Counsel holds that a trial is no sale.
    signed: Jo Lindqvist, legal
    until: 2026-12-31
"""


@pytest.fixture
def read(tmp_path):
    def load(text):
        file = tmp_path / "_waivers.yml"
        file.write_text(text, encoding="utf-8")
        return load_waivers(file, "content/regions/_waivers.yml", ["returns-window", "language"], ["DE", "NO"])

    return load


def issue(rule="returns-window", region="NO", **more):
    return LegalIssue(rule, region, "", Place("x"), Severity.ERROR, "m", **more)


def test_without_a_file_nothing_is_waived(tmp_path):
    assert load_waivers(tmp_path / "_waivers.yml", "_waivers.yml", [], []) == ()


def test_a_waiver_says_what_where_why_who_and_until(read):
    (waiver,) = read(WAIVER)
    assert (waiver.rule, waiver.region, waiver.until) == ("returns-window", "NO", dt.date(2026, 12, 31))
    assert str(waiver.place) == "content/regions/_waivers.yml:2"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("returns-window", "return-window", 2, "did you mean 'returns-window'?"),
        ('"NO"', "DK", 3, "there is no region 'DK' here"),
        ("    signed: Jo Lindqvist, legal\n", "", 2, "'signed' is missing"),
        ("    reason: Counsel holds that a trial is no sale.\n", '    reason: ""\n', 4, "the text is empty"),
        ("2026-12-31", "next year", 6, "is not a date"),
        ("2026-12-31", "2026-02-30", 6, "there is no day 2026-02-30"),
        ("until", "untill", 6, "did you mean 'until'?"),
        ("waivers:", "waiver:", 1, "waivers stand in a list under 'waivers:'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(read, old, new, line, message):
    assert WAIVER.count(old) == 1
    with pytest.raises(RegionError) as caught:
        read(WAIVER.replace(old, new))
    assert f"content/regions/_waivers.yml:{line}" in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize("text", ["waivers: all", "waivers: [all]", "- rule: x", "waivers:\n  - *all\n", "\tx"])
def test_a_file_that_is_no_list_of_waivers_is_a_message(read, text):
    with pytest.raises(RegionError):
        read(text)


def test_a_waiver_silences_its_rule_in_its_region_until_its_day(read):
    waivers = read(WAIVER)
    counting, silenced = split([issue(), issue(region="DE"), issue("language")], waivers, DAY)
    assert [(one.rule, one.region) for one in silenced] == [("returns-window", "NO")]
    assert len(counting) == 2
    assert split([issue()], waivers, dt.date(2026, 12, 31))[0] == ()
    assert len(split([issue()], waivers, dt.date(2027, 1, 1))[0]) == 1


def test_an_issue_of_a_later_day_needs_a_waiver_for_that_day(read):
    later = issue(since=dt.date(2027, 3, 1))
    assert split([later], read(WAIVER), DAY)[0] == (later,)


def test_a_waiver_may_be_for_one_page_in_one_locale(read):
    (waiver,) = read(f"{WAIVER}    locale: de\n    page: content/policies/returns.md\n")
    here = issue(locale=Locale("de"), page="content/policies/returns.md")
    assert waiver.covers(here)
    assert not waiver.covers(issue(locale=Locale("fr"), page="content/policies/returns.md"))
    assert not waiver.covers(issue(locale=Locale("de"), page="content/policies/shipping.md"))
    assert not waiver.covers(issue())
