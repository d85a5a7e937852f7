import datetime as dt
import textwrap
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.errors import RegionError
from polyhelp.model import Dated, Duration, Money, Region
from polyhelp.regions.changelog.differences import Change, ChangeKind
from polyhelp.regions.changelog.log import read_log
from polyhelp.regions.changelog.told import Told, history, news
from polyhelp.regions.changelog.writing import appended

DAY = dt.date(2026, 11, 22)
MARCH = dt.date(2027, 3, 1)
CHANGED, ADDED, REMOVED = ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.REMOVED


def days(amount):
    return Duration(amount, "calendar days")


def window(old, new, since=None, **more):
    return Change("DE", "returns.window", CHANGED, days(old), days(new), since, **more)


def euros(text):
    return Money(Decimal(text), "EUR")


EXPRESS = {
    "service": "express",
    "carrier": "DHL Express",
    "price": euros("9.90"),
    "time": Duration(2, "business days", 1),
}
CHANGES = (
    window(14, 30, MARCH),
    Change("NO", "returns.fee", CHANGED, euros("4.90"), None),
    Change("DE", "shop.register", ADDED, new="null"),
    Change("DE", "returns.rollover", REMOVED, old=False),
    Change("DE", "returns.cancellation_percent", CHANGED, Decimal("2.5"), Decimal(3)),
    Change("DE", "shipping.serves", ADDED, new="NO", item=("NO",)),
    Change("DE", "returns.exceptions", REMOVED, old="24", item=("24",)),
    Change("DE", "shipping.options", ADDED, new=EXPRESS, item=("express", "DHL Express")),
    Change("DE", "shipping.options", CHANGED, euros("9.90"), euros("8.90"), item=("express", "DHL Express"),
           part="price"),
    Change("DE", "shipping.import_limits", CHANGED, None, euros("150"), item=("CN",), part="tax_from"),
    Change("DE", "support.promise", REMOVED, old={"days": ("mon", "fri"), "opens": "09:00", "closes": "24:00"},
           item=(("mon", "fri"),)),
    Change("DE", "support.promise", ADDED, new={"days": ("mon",), "opens": "09:00", "closes": "12:00"},
           item=(("mon",), "09:00", "12:00")),
    window(14, 30, MARCH, withdrawn=True),
)  # fmt: skip


@pytest.fixture
def log(tmp_path):
    """``log(text)``: what is read from a log with this text."""

    def read(text):
        (tmp_path / "_changes.yml").write_text(text, encoding="utf-8")
        return read_log(tmp_path / "_changes.yml", "content/regions/_changes.yml")

    return read


def test_what_is_written_is_read_again(log):
    text = appended("", CHANGES, DAY, "x")
    assert [one.change for one in log(text)] == list(CHANGES)
    assert {one.recorded for one in log(text)} == {DAY}


TEXTS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1).filter(str.strip)


@given(TEXTS, TEXTS)
def test_any_text_survives(tmp_path_factory, old, new):
    changes = [
        Change("DE", "shop.name", CHANGED, old, new),
        Change("DE", "payments.methods", ADDED, new={"brand": new, "credit": True}, item=(new,)),
    ]
    file = tmp_path_factory.getbasetemp() / "_changes.yml"
    file.write_text(appended("", changes, DAY, "x"), encoding="utf-8")
    assert [one.change for one in read_log(file, "x")] == changes


@pytest.mark.parametrize("indent", ["", "  ", "    "])
def test_new_changes_go_to_the_end_and_nothing_else_moves(log, indent):
    lines = (
        "# the great reform\n- region: DE # Germany\n  field: returns.window\n"
        "  old: 14 calendar days\n  new: '30 calendar days'\n  recorded: 2026-01-02\n"
    )
    before = f"# our log\nchanges:\n{textwrap.indent(lines, indent)}# end\n"
    after = appended(before, [window(30, 60)], DAY, "x")
    assert after.startswith(before)
    assert [one.change.new for one in log(after)] == [days(30), days(60)]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "changes:\n", "changes: []\n", "changes: null # none\n"])
def test_an_empty_log_can_grow(log, text):
    assert [one.change for one in log(appended(text, CHANGES[:2], DAY, "x"))] == list(CHANGES[:2])


def test_a_region_that_yaml_takes_for_a_switch_stands_in_quotes():
    assert 'region: "NO"' in appended("", CHANGES[1:2], DAY, "x")


def test_a_log_does_not_grow_beyond_what_can_be_read():
    long = [Change("DE", "shop.name", CHANGED, "x" * 600_000, "y" * 600_000)]
    with pytest.raises(RegionError, match="too large to be read") as caught:
        appended("", long, DAY, "content/regions/_changes.yml")
    assert caught.value.place.path == "content/regions/_changes.yml"


# ---------------------------------------------------------------- mistakes

ENTRY = (
    "changes:\n  - region: DE\n    field: returns.window\n    old: 14 calendar days\n    new: 30 calendar days\n"
    "    recorded: 2026-11-22\n"
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("field: returns.window", "field: returns.windw", "3: changes[1].field: there is no field 'returns.windw'"),
        ("30 calendar days", "30 days", "5: changes[1].new: '30 days' is not a duration; write '30 calendar days'"),
        ("region: DE", "region: UK", "2: changes[1].region: 'UK' is not a region code (ISO 3166); did you mean 'GB'?"),
        ("recorded: 2026-11-22", "recorded: 22.11.2026", "6: changes[1].recorded: '22.11.2026' is not a date"),
        ("    recorded: 2026-11-22\n", "", "2: changes[1]: 'recorded' is missing"),
        ("    recorded:", "    recordd: x\n    recorded:", "6: changes[1].recordd: there is no such key; did you"),
        ("    old: 14 calendar days\n    new: 30 calendar days\n", "", "2: changes[1]: neither 'old' nor 'new'"),
        ("recorded:", "from: soon\n    recorded:", "6: changes[1].from: 'soon' is not a date"),
        ("recorded:", "withdrawn: yes\n    recorded:", "6: changes[1].withdrawn: 'yes' is neither true nor false"),
        ("changes:\n", "others: 1\nchanges:\n", "1: others: there is no such key; everything stands under 'changes:'"),
        ("field: returns.window", "field: payments.currencies", "2: changes[1]: an item of a list is new or gone"),
        ("field: returns.window", "field: payments.methods", "2: changes[1].of: this must have keys"),
        (
            "field: returns.window", "field: payments.methods\n    of: {credit: true}",
            "2: changes[1].of: this does not name a record; write 'of: {brand: ...}'",
        ),
        (
            "field: returns.window", "field: payments.methods\n    of: {brand: Visa}",
            "2: changes[1].part: this is neither a whole record nor one field of it",
        ),
        (
            "field: returns.window", "field: payments.methods\n    of: {brand: Visa}\n    part: credits",
            "5: changes[1].part: there is no field 'credits'; did you mean 'credit'?",
        ),
        (
            "field: returns.window\n    old: 14 calendar days\n    new: 30 calendar days",
            "field: payments.methods\n    of: {brand: Visa}\n    new: {}",
            "5: changes[1].new: 'credit' is missing; write true or false",
        ),
    ],
)  # fmt: skip
def test_mistakes_name_line_and_key(log, old, new, said):
    assert old in ENTRY
    with pytest.raises(RegionError) as caught:
        log(ENTRY.replace(old, new, 1))
    assert f"content/regions/_changes.yml:{said}" in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "changes: soon\n", "- region: DE\n", "changes:\n  - DE\n", "changes: [\n", "changes:\n  - &a {region: *a}\n",
        "changes:\n  - !!python/object:os.system {}\n", "\x00", "changes:\n  - field: [x]\n    of: 1\n",
        "changes:\n  - {region: DE, field: shipping.options, of: {service: [x]}, part: {}, new: [], recorded: 1}\n",
    ],
)  # fmt: skip
def test_what_is_no_log_is_refused_in_words(log, text):
    with pytest.raises(RegionError, match=r"_changes\.yml"):
        log(text)


def test_all_mistakes_come_out_together(log):
    with pytest.raises(RegionError, match="has 2 mistakes"):
        log(ENTRY.replace("DE", "EL").replace("30 calendar", "30 solar"))


# ---------------------------------------------------------------- what is new


def test_what_was_told_is_not_news():
    told = [Told(change, DAY) for change in CHANGES[:-1]]
    assert news(told, CHANGES[:-1], DAY) == ()


def test_what_went_back_and_comes_again_is_news():
    told = [Told(window(14, 30), DAY), Told(window(30, 14), DAY)]
    assert news(told, [window(14, 30)], DAY) == (window(14, 30),)


def test_a_step_that_was_announced_is_no_news_when_it_holds_and_its_dates_are_gone():
    told = [Told(window(14, 30, MARCH), DAY)]
    assert news(told, [window(14, 30)], MARCH) == ()
    assert news(told, [window(14, 30)], DAY) == (window(14, 30),)  # it came earlier


def test_a_withdrawal_is_news_once():
    told = [Told(window(14, 30, MARCH), DAY)]
    gone = window(14, 30, MARCH, withdrawn=True)
    assert news(told, [gone], DAY) == (gone,)
    assert news([*told, Told(gone, DAY)], [gone], DAY) == ()
    assert news([*told, Told(gone, DAY)], [window(14, 30, MARCH)], DAY) == (window(14, 30, MARCH),)


# ---------------------------------------------------------------- what has been

LONG_AGO = dt.date(2000, 1, 1)
LATER = dt.date(2028, 1, 1)


def germany(*values):
    """A region whose return window has these values, one after the other: (days, first day)."""
    starts = [since for _, since in values]
    ends = [since - dt.timedelta(days=1) for since in starts[1:]] + [None]
    line = tuple(Dated(days(of), since, end) for (of, since), end in zip(values, ends, strict=True))
    return Region("DE", {"returns": {"window": line[-1].value}}, {"returns.window": line} if len(line) > 1 else {})


def test_the_latest_comes_first_and_what_is_in_log_and_data_once():
    told = [Told(window(14, 30, MARCH), DAY), Told(window(10, 14), DAY), Told(CHANGES[3], DAY)]
    found = history(told, germany((14, None), (30, MARCH)), LONG_AGO, MARCH)
    assert [one.day for one in found] == [MARCH, DAY, DAY]
    assert [one.change for one in found] == [window(14, 30, MARCH), window(10, 14), CHANGES[3]]


def test_what_was_withdrawn_or_has_not_come_is_no_history():
    told = [Told(window(14, 30, MARCH), DAY), Told(window(14, 30, MARCH, withdrawn=True), DAY)]
    assert history(told, germany((30, None)), LONG_AGO, LATER) == ()
    assert history(told[:1], germany((30, None)), LONG_AGO, DAY) == ()


def test_what_was_announced_and_silently_dropped_is_no_history():
    told = [Told(window(14, 30, MARCH), DAY)]
    assert history(told, germany((14, None)), LONG_AGO, LATER) == ()
    assert len(history(told, germany((30, None)), LONG_AGO, LATER)) == 1


@pytest.mark.parametrize("change", [change for change in CHANGES if change.field.startswith("s") and change.new])
def test_what_lists_say_is_compared_item_by_item(change):
    section, _, name = change.field.partition(".")
    here = change.new
    if change.part:
        here = {**dict(zip(change.names, change.item, strict=True)), change.part: change.new}
    told = [Told(replace(change, since=MARCH), DAY)]
    value = (here,) if change.item else here
    assert len(history(told, Region("DE", {section: {name: value}}), LONG_AGO, LATER)) == 1
    assert history(told, Region("DE", {section: {}}), LONG_AGO, LATER) == ()


def test_what_came_earlier_than_announced_is_there_once():
    told = [Told(window(14, 30, MARCH), DAY), Told(window(14, 30), dt.date(2027, 1, 10))]
    (one,) = history(told, germany((30, None)), LONG_AGO, LATER)
    assert one.day == dt.date(2027, 1, 10)


def test_a_season_is_told_every_year():
    starts = [None, dt.date(2025, 11, 1), dt.date(2026, 2, 1), dt.date(2026, 11, 1)]
    season = germany(*zip((14, 30, 14, 30), starts, strict=True))
    assert len(history([], season, LONG_AGO, DAY)) == 3
    assert len(history([], season, dt.date(2026, 1, 1), DAY)) == 2
