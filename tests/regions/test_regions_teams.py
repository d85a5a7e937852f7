"""Support teams from ``_teams.yml``: what is read, and what each mistake is answered with."""

import datetime as dt

import pytest

from polyhelp.errors import Place, RegionError
from polyhelp.model import Locale, Region
from polyhelp.regions.support.teams import Shift, Team, load, shifts, teams_of

OREBRO = """\
orebro:
  name: Örebro
  timezone: Europe/Stockholm
  hours:
    - {days: mon-fri, opens: "08:00", closes: "17:00"}
    - {days: "sat, sun", opens: "10:00", closes: "24:00"}
  languages: [sv, pt]
  channels: [email, phone]
  holidays: SE
  closed: [{date: 2026-12-24, reason: Christmas Eve}]
"""


@pytest.fixture
def read(tmp_path):
    def read(text):
        (tmp_path / "_teams.yml").write_text(text, encoding="utf-8")
        return load(tmp_path, tmp_path)

    return read


def test_a_team_is_read_with_everything_it_says(read):
    assert read(OREBRO) == {
        "orebro": Team(
            id="orebro",
            name="Örebro",
            zone="Europe/Stockholm",
            hours=(Shift(("mon", "tue", "wed", "thu", "fri"), 480, 1020), Shift(("sat", "sun"), 600, 1440)),
            languages=(Locale("sv"), Locale("pt")),
            channels=("email", "phone"),
            holidays="SE",
            closed=((dt.date(2026, 12, 24), "Christmas Eve"),),
        )
    }


def test_holidays_and_closed_days_may_be_left_out_and_no_file_means_no_teams(read, tmp_path):
    assert load(tmp_path / "elsewhere", tmp_path) == {}
    short = OREBRO[: OREBRO.index("  holidays")]
    assert read(short)["orebro"].holidays == ""
    assert read(short + "  holidays: null\n  closed: []\n")["orebro"].closed == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("timezone: Europe/Stockholm", "timezone: Europe/Stokholm", "_teams.yml:3: orebro.timezone: "),
        ('opens: "08:00"', 'opens: "8:00"', "_teams.yml:5: orebro.hours[1].opens: "),
        ('closes: "17:00"', 'closes: "07:00"', "_teams.yml:4: orebro.hours: hours from 08:00 to 07:00 end before"),
        ("days: mon-fri", "days: mon-fry", "_teams.yml:5: orebro.hours[1].days: "),
        ("holidays: SE", "holidays: DE-XX", "orebro.holidays: there is no calendar of holidays for 'DE-XX'"),
        ("holidays: SE", "holidays: IC", "no calendar of holidays for 'IC'; write null, and list the days under"),
        ("holidays: SE", "holidays: UK", "did you mean 'GB'?"),
        ("languages: [sv, pt]", "languages: sv", "_teams.yml:7: orebro.languages: this must be a list"),
        ("channels: [email, phone]", "channels: [email, phones]", "did you mean 'phone'?"),
        ("  name: Örebro\n", "", "_teams.yml:2: orebro: 'name' is missing"),
        ("languages:", "langauges:", "orebro.langauges: there is no such key; did you mean 'languages'?"),
        ("reason: Christmas Eve", "why: Christmas Eve", "orebro.closed[1]: 'reason' is missing"),
        ("- {days", "- [days", "this is not YAML"),
        ("orebro:", "Örebro!:", "a team's id has small letters"),
        ("closed: [{date: 2026-12-24, reason: Christmas Eve}]", "closed: [2026-12-24]", "this must have keys"),
        ("languages: [sv, pt]", "languages: [*sv]", "_teams.yml:"),
    ],
)
def test_every_mistake_is_placed_and_says_the_way_out(read, old, new, message):
    assert old in OREBRO
    with pytest.raises(RegionError) as caught:
        read(OREBRO.replace(old, new, 1))
    assert message in str(caught.value)


def test_all_mistakes_come_at_once(read):
    with pytest.raises(RegionError) as caught:
        read(OREBRO.replace("Europe/Stockholm", "Mars/Base").replace("SE", "QQ") + "tokyo: 3\n")
    lines = caught.value.message.splitlines()
    assert lines[0] == "the support teams have 3 mistakes:"
    assert [line.split(":")[1] for line in lines[1:]] == ["3", "9", "11"]


def test_a_region_names_its_teams_and_a_wrong_name_is_told_where_it_stands(read):
    teams = read(OREBRO)
    place = Place("content/regions/DE.yml", 7)
    region = Region("DE", {"support": {"teams": ("orebro", "orebro")}}, places={"support.teams": place})
    assert teams_of(region, teams) == (teams["orebro"],)
    assert teams_of(Region("DE", {}), teams) == ()
    with pytest.raises(RegionError) as caught:
        teams_of(Region("DE", {"support": {"teams": ("oerebro",)}}, places={"support.teams": place}), teams)
    assert caught.value.place == place
    assert caught.value.hint == "did you mean 'orebro'?"


@pytest.mark.parametrize(
    ("spoken", "asked", "answer"),
    [
        ("pt", "pt-BR", True),
        ("pt-BR", "pt", True),
        ("pt-BR", "pt-PT", False),
        ("zh-CN", "zh-TW", False),
        ("zh-Hant", "zh-TW", True),
        ("en", "de", False),
    ],
)
def test_a_team_speaks_a_language_in_the_forms_that_its_readers_share(spoken, asked, answer):
    team = Team("x", "X", "UTC", (), (Locale(spoken),))
    assert team.speaks(Locale(asked)) is answer


def test_hours_that_end_before_they_begin_are_no_shift():
    with pytest.raises(ValueError, match="from 22:00 to 06:00 end before they begin"):
        shifts(({"days": ("mon",), "opens": "22:00", "closes": "06:00"},))
    assert shifts(None) == ()
