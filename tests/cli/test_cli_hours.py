"""``polyhelp hours``: what customers see, and hours that a region promises and nobody keeps."""

from xml.etree import ElementTree as ET

import pytest

TEAMS = """\
hamburg:
  name: Hamburg
  timezone: Europe/Berlin
  hours: [{days: mon-fri, opens: "08:00", closes: "17:00"}]
  languages: [de, en]
  channels: [email, phone]
  holidays: DE-HH
  closed: [{date: 2026-12-24, reason: Christmas Eve}]
denver:
  name: Denver
  timezone: America/Denver
  hours: [{days: mon-fri, opens: "08:00", closes: "16:00"}]
  languages: [en]
  channels: [email, chat]
"""
GERMANY = """\
support:
  teams: [hamburg]
  timezone: Europe/Berlin
  languages: [de, en]
  channels: [email, phone]
  promise: [{days: mon-fri, opens: "09:00", closes: "17:00"}]
"""
AMERICA = """\
support:
  teams: [denver, hamburg]
  timezone: America/New_York
  languages: [en]
  channels: [email, form]
  promise: [{days: mon-fri, opens: "04:00", closes: "17:00"}]
"""


@pytest.fixture
def shop(shop, monkeypatch):
    """Germany, open at the hours it promises; America, served by Hamburg in the morning, then by Denver."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # Sunday, 22 November 2026
    shop.write("content/regions/_teams.yml", TEAMS)
    for code, more in (("DE", GERMANY), ("US", AMERICA)):
        shop.write(f"content/regions/{code}.yml", shop.read(f"content/regions/{code}.yml") + more)
    return shop


def gaps(shop, *arguments, severity="error"):
    found = shop.polyhelp("hours", "check", "--json", *arguments).json["gaps"]
    return [gap for gap in found if gap["severity"] == severity]


def test_promises_that_are_kept_make_the_answer_yes(shop):
    done = shop.polyhelp("hours", "check")
    assert (done.status, gaps(shop)) == (0, [])
    assert done.out.splitlines()[-1].startswith("2 regions: 0 promises not kept, 0 gaps without a promise, ")


def test_an_hour_that_nobody_keeps_is_an_error_for_every_language_it_concerns(shop):
    shop.edit("content/regions/DE.yml", 'closes: "17:00"', 'closes: "17:30"')
    done = shop.polyhelp("hours", "check", "--region", "de")
    assert done.status == 1
    assert "17:30" in done.out
    assert "every week" in done.out
    found = gaps(shop)
    assert [(gap["region"], gap["locale"], gap["channels"]) for gap in found] == [
        ("DE", "de", ["phone", "email"]), ("DE", "en", ["phone", "email"]),
    ]  # fmt: skip
    assert found[0]["hours"] == [
        {
            "days": ["mon", "tue", "wed", "thu", "fri"],
            "opens": "17:00",
            "closes": "17:30",
            "overnight": False,
            "all_day": False,
        }
    ]
    assert (found[0]["since"], found[0]["until"]) == (None, None)
    assert shop.polyhelp("hours", "check", "--region", "US").status == 0


def test_a_gap_of_two_weeks_in_spring_is_found_with_its_days(shop):
    # 08:00 in Hamburg is 02:00 in New York, but 03:00 while only America has changed its clocks
    shop.edit("content/regions/US.yml", 'opens: "04:00"', 'opens: "02:00"')
    spring, autumn = gaps(shop, "--region", "US")
    assert (spring["since"], spring["until"]) == ("2027-03-15", "2027-03-28")
    assert (autumn["since"], autumn["until"]) == ("2027-11-01", "2027-11-07")
    assert {(gap["hours"][0]["opens"], gap["hours"][0]["closes"]) for gap in (spring, autumn)} == {("02:00", "03:00")}


def test_one_week_can_be_asked_for(shop):
    shop.edit("content/regions/US.yml", 'opens: "04:00"', 'opens: "02:00"')
    assert gaps(shop, "--region", "US", "--week", "2026-11-25") == []
    (gap,) = gaps(shop, "--region", "US", "--week", "2027-03-17")
    assert gap["hours"][0]["opens"] == "02:00"


def test_a_language_that_no_team_speaks_is_a_broken_promise(shop):
    shop.edit("content/regions/DE.yml", "languages: [de, en]", "languages: [de, en, tr]")
    done = shop.polyhelp("hours", "check")
    assert done.status == 1
    assert "no team of the region does" in done.out
    (gap,) = gaps(shop)
    assert (gap["locale"], gap["hours"]) == ("tr", [])


def test_a_region_that_names_no_language_still_wants_somebody_there(shop):
    shop.edit("content/regions/DE.yml", "  languages: [de, en]\n", "")
    assert gaps(shop, "--region", "DE") == []
    shop.edit("content/regions/DE.yml", "teams: [hamburg]", "teams: []")
    done = shop.polyhelp("hours", "check", "--region", "DE", "--format", "github", "--image", "x.svg")
    assert done.status == 1
    assert "DE: nobody answers by phone, email: no team of the region does" in done.out
    assert (gaps(shop, "--region", "DE")[0]["locale"], "DE · any" in shop.read("x.svg")) == (None, True)


def test_a_channel_counts_only_where_the_team_has_it(shop):
    shop.edit("content/regions/US.yml", "channels: [email, form]", "channels: [email, chat]")
    found = gaps(shop)
    assert {tuple(gap["channels"]) for gap in found} == {("chat",)}
    assert found[0]["hours"][0]["opens"] == "04:00"


def test_without_promised_hours_gaps_are_warnings(shop):
    shop.edit("content/regions/US.yml", '  promise: [{days: mon-fri, opens: "04:00", closes: "17:00"}]\n', "")
    shop.edit("content/regions/US.yml", "languages: [en]", "languages: [en, de]")
    done = shop.polyhelp("hours", "check", "--region", "US")
    assert done.status == 0
    assert {gap["locale"] for gap in gaps(shop, "--region", "US", severity="warning")} == {"de"}


def test_holidays_of_the_next_90_days_are_remarks(shop):
    found = gaps(shop, "--region", "DE", severity="info")
    assert [(gap["since"], gap["holiday"]) for gap in found if gap["locale"] == "de"] == [
        ("2026-12-24", "Christmas Eve"), ("2026-12-25", "Christmas Day"), ("2027-01-01", "New Year's Day"),
    ]  # fmt: skip
    later = gaps(shop, "--region", "DE", "--date", "2027-02-01", severity="info")
    assert "2027-03-26" in [gap["since"] for gap in later]


def test_people_see_one_line_per_holiday(shop):
    lines = [line for line in shop.polyhelp("hours", "check").out.splitlines() if line.startswith("2026-12-25")]
    assert len(lines) == 1
    assert lines[0].startswith("2026-12-25 Christmas Day")
    assert lines[0].rstrip().endswith("  DE (de en), US (en)")


def test_annotations_stand_at_the_promise(shop):
    shop.edit("content/regions/DE.yml", 'closes: "17:00"', 'closes: "18:00"')
    done = shop.polyhelp("hours", "check", "--format", "github", "--region", "DE")
    line = shop.read("content/regions/DE.yml").splitlines().index(
        '  promise: [{days: mon-fri, opens: "09:00", closes: "18:00"}]'
    ) + 1  # fmt: skip
    first = done.out.splitlines()[0]
    assert first.startswith(
        f"::error file=content/regions/DE.yml,line={line}::DE: nobody answers in de by phone, email"
    )
    assert "mon-fri 17:00-18:00 (Europe/Berlin), every week" in first
    assert "::notice" in done.out


def test_the_week_is_drawn(shop):
    shop.edit("content/regions/DE.yml", 'closes: "17:00"', 'closes: "18:00"')
    done = shop.polyhelp("hours", "check", "--image", "week.svg", "--week", "2026-11-25")
    assert done.out.endswith("week.svg written\n")
    root = ET.fromstring(shop.read("week.svg"))  # noqa: S314 (our own picture)
    titles = [node.text for node in root.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[0] == "Support hours, 2026-11-23 to 2026-11-29"
    assert "Friday 17:00 – Friday 18:00: nobody on duty for DE in de" in titles
    assert "Monday 10:00 – Monday 11:00: 2 on duty" in titles


def test_customers_see_their_hours_in_their_language(shop):
    done = shop.polyhelp("hours", "show", "us", "--locale", "de")
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0] == "Vereinigte Staaten (America/New_York)"
    assert "02:00 – 18:00" in done.out
    assert "14. März 2027" in done.out
    assert any("Erster Weihnachtstag" in line for line in lines)
    assert shop.polyhelp("hours", "show", "DE").out.splitlines()[0] == "Germany (Europe/Berlin)"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("content/regions/DE.yml", "teams: [hamburg]", "teams: [hamburgh]", "did you mean 'hamburg'?"),
        ("content/regions/DE.yml", 'closes: "17:00"', 'closes: "08:00"', "end before they begin"),
        ("content/regions/_teams.yml", "DE-HH", "DE-XX", "no calendar of holidays for 'DE-XX'"),
    ],
)
def test_what_is_wrong_in_the_data_is_told_with_its_place(shop, file, old, new, message):
    shop.edit(file, old, new)
    done = shop.polyhelp("hours", "check")
    assert done.status == 2
    assert file in done.err
    assert message in done.err


def test_an_unknown_region_is_refused(shop):
    done = shop.polyhelp("hours", "check", "--region", "DD")
    assert done.status == 2
    assert "there is no region 'DD'" in done.err
    assert shop.polyhelp("hours", "show", "UK").status == 2


def test_a_help_center_without_teams_has_nothing_to_keep(shop):
    shop.file("content/regions/_teams.yml").unlink()
    for code in ("DE", "US"):
        text = shop.read(f"content/regions/{code}.yml")
        shop.write(f"content/regions/{code}.yml", text[: text.index("support:")])
    assert shop.polyhelp("hours", "check").status == 0
    assert shop.polyhelp("hours", "show", "DE").status == 0
