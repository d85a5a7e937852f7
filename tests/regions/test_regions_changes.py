import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Dated, Duration, Locale, Money, Region
from polyhelp.regions import Formats, load
from polyhelp.regions.changelog.differences import IDENTITY, Change, ChangeKind, differences, steps, upcoming
from polyhelp.regions.changelog.telling import Telling, english, for_customers, internal
from polyhelp.regions.kinds import BOOL, Many, Records
from polyhelp.regions.schema import SCHEMA

DAY = dt.date(2026, 11, 22)
MARCH = dt.date(2027, 3, 1)
APRIL = dt.date(2027, 4, 1)


def days(amount):
    return Duration(amount, "calendar days")


def region(text, code="DE", day=DAY, folder=None):
    """A region from the text of its file."""
    (folder / f"{code}.yml").write_text(text, encoding="utf-8")
    return load(folder, folder, None, day)


@pytest.fixture
def diff(tmp_path):
    """``diff(old, new)``: the changes between two texts of one region's file."""

    def compare(old, new, day=DAY):
        return differences(region(old, folder=tmp_path, day=day), region(new, folder=tmp_path, day=day), day)

    return compare


def told(changes, locale="en", code="DE", said=None):
    return [Telling(Formats(Locale(locale), code), said or {}).sentence(change) for change in changes]


WINDOW = "returns: {window: %s}"
DATED = "returns: {window: [{value: %s, valid_until: 2027-02-28}, {value: %s, valid_from: 2027-03-01}]}"


# ---------------------------------------------------------------- what is different


def test_a_value_that_is_another_is_one_change_without_a_day(diff):
    (change,) = diff(WINDOW % "14 calendar days", WINDOW % "30 calendar days")
    assert change == Change("DE", "returns.window", ChangeKind.CHANGED, days(14), days(30))
    assert told([change]) == ["Return window: 14 days → 30 days"]


def test_a_value_prepared_for_a_later_day_is_a_change_from_that_day(diff):
    (change,) = diff(WINDOW % "14 calendar days", DATED % ("14 calendar days", "30 calendar days"))
    assert change == Change("DE", "returns.window", ChangeKind.CHANGED, days(14), days(30), MARCH)
    assert told([change]) == ["Return window: 14 days → 30 days, from 1 March 2027"]


def test_a_dated_value_that_holds_already_tells_its_day(diff):
    new = DATED % ("14 calendar days", "30 calendar days")
    (change,) = diff(WINDOW % "14 calendar days", new, day=APRIL)
    assert change.since == MARCH
    assert diff(new, WINDOW % "30 calendar days", day=APRIL) == ()  # tidied up: nothing changes for anybody


def test_what_was_announced_and_does_not_come_is_withdrawn(diff):
    (change,) = diff(DATED % ("14 calendar days", "30 calendar days"), WINDOW % "14 calendar days")
    assert change.withdrawn
    assert told([change]) == ["Return window: 14 days → 30 days, announced for 1 March 2027, but withdrawn"]


def test_what_is_put_off_is_told_for_both_days(diff):
    later = (
        "returns: {window: [{value: 14 calendar days, valid_until: 2027-03-31},"
        " {value: 30 calendar days, valid_from: 2027-04-01}]}"
    )
    changes = diff(DATED % ("14 calendar days", "30 calendar days"), later)
    assert [(change.since, change.withdrawn) for change in changes] == [(APRIL, False), (MARCH, True)]


def test_what_comes_earlier_than_announced_is_not_withdrawn(diff):
    changes = diff(DATED % ("14 calendar days", "30 calendar days"), WINDOW % "30 calendar days")
    assert told(changes) == ["Return window: 14 days → 30 days"]


def test_another_value_for_the_same_day_is_told_once(diff):
    changes = diff(DATED % ("14 calendar days", "30 calendar days"), DATED % ("14 calendar days", "60 calendar days"))
    assert told(changes) == ["Return window: 14 days → 60 days, from 1 March 2027"]


def test_a_price_of_one_way_of_delivery_is_one_change(diff):
    options = (
        "shipping: {options: [{service: standard, carrier: DHL, price: 4.90 EUR, time: 2-4 business days},"
        " {service: express, carrier: DHL Express, price: %s EUR, time: 1-2 business days}]}"
    )
    (change,) = diff(options % "16.90", options % "14.90")
    assert change.key == "shipping.options[express, DHL Express].price"
    assert told([change]) == ["Delivery: Express delivery · DHL Express: price 16,90\xa0€ → 14,90\xa0€"]


def test_items_that_come_and_go_are_told_by_name(diff):
    old = "payments: {methods: [{brand: Visa, credit: false}, {brand: Giropay, credit: false}], currencies: [EUR]}"
    new = (
        "payments: {methods: [{brand: PayPal, credit: false}, {brand: Visa, credit: false}, {brand: Klarna, "
        "credit: true}], currencies: [EUR, CHF]}"
    )
    assert told(diff(old, new)) == [
        "Currencies: CHF (new)",
        "Payment methods: Giropay (no longer)",
        "Payment methods: PayPal (new)",
        "Payment methods: Klarna (new) · on credit yes",
    ]


def test_a_record_with_days_of_its_own_comes_on_its_day(diff):
    old = "payments: {methods: [{brand: Visa, credit: false}]}"
    new = "payments: {methods: [{brand: Visa, credit: false}, {brand: PayPal, credit: false, valid_from: 2027-03-01}]}"
    assert told(diff(old, new)) == ["Payment methods: PayPal (new), from 1 March 2027"]


def test_a_word_that_the_shop_made_up_is_told_as_it_stands(diff):
    changes = diff("returns: {exceptions: []}", "returns: {exceptions: [hygiene, live plants]}")
    assert told(changes) == [
        "Items that cannot be returned: opened hygiene items (new)",
        "Items that cannot be returned: live plants (new)",
    ]


def test_another_order_is_no_change(diff):
    assert diff("payments: {currencies: [EUR, CHF]}", "payments: {currencies: [CHF, EUR]}") == ()


def test_records_that_their_names_do_not_tell_apart_are_compared_whole(diff):
    hours = (
        'support: {promise: [{days: mon-fri, opens: "09:00", closes: "12:00"}, {days: mon-fri, opens: "13:00", %s}]}'
    )
    changes = diff(hours % 'closes: "17:00"', hours % 'closes: "18:00"')
    assert [change.kind for change in changes] == [ChangeKind.REMOVED, ChangeKind.ADDED]
    assert [change.item[2] for change in changes] == ["17:00", "18:00"]


def test_null_is_told_in_the_words_of_its_field(diff):
    assert told(diff("returns: {fee: 4.90 EUR}", "returns: {fee: null}")) == ["Return fee: 4,90\xa0€ → no fee"]


def test_missing_and_null_are_two_things(diff):
    (change,) = diff("currency: EUR", "currency: EUR\nreturns: {fee: null}")
    assert change.kind is ChangeKind.ADDED
    assert told([change]) == ["Return fee: no fee (new)"]


def test_facts_and_duties_are_told_under_their_key_path_and_not_to_customers(diff):
    changes = diff("facts: {depot: Köln}", "facts: {depot: Bonn}\nduties: {imprint: imprint.md}")
    assert told(changes) == ["duties.imprint: imprint.md (new)", "facts.depot: Köln → Bonn"]
    assert not any(map(for_customers, changes))


def test_a_fact_that_becomes_a_list_is_one_change(diff):
    assert told(diff("facts: {depot: Köln}", "facts: {depot: [Köln, Bonn]}")) == ["facts.depot: Köln → Köln · Bonn"]


def test_regions_come_and_go():
    changes = differences({"DE": Region("DE", {})}, {"FR": Region("FR", {})}, DAY)
    assert [(change.region, change.kind) for change in changes] == [
        ("DE", ChangeKind.REGION_GONE),
        ("FR", ChangeKind.REGION_ADDED),
    ]
    assert told(changes) == ["no longer a region", "new region"]


def test_upcoming_are_the_steps_after_the_day(tmp_path):
    regions = region(DATED % ("14 calendar days", "30 calendar days"), folder=tmp_path)
    assert told(upcoming(regions, DAY)) == ["Return window: 14 days → 30 days, from 1 March 2027"]
    assert upcoming(regions, MARCH) == ()
    assert len(steps(regions["DE"])) == 1


# ---------------------------------------------------------------- laws

SCALARS = {
    "returns.window": st.one_of(st.none(), st.builds(days, st.integers(1, 99))),
    "returns.fee": st.one_of(st.none(), st.builds(Money, st.decimals(0, 99, places=2), st.just("EUR"))),
    "returns.rollover": st.booleans(),
    "currency": st.sampled_from(["EUR", "SEK"]),
}
DATA = st.fixed_dictionaries({}, optional=SCALARS)


def made(flat, dated=()):
    data = {"returns": {}}
    for key, value in flat.items():
        section, _, name = key.rpartition(".")
        (data[section] if section else data)[name] = value
    return {"DE": Region("DE", data, dict(dated))}


@given(DATA, DATA)
def test_the_changes_make_the_new_of_the_old(old, new):
    flat = dict(old)
    for change in differences(made(old), made(new), DAY):
        if change.kind is ChangeKind.REMOVED:
            del flat[change.field]
        else:
            assert flat.get(change.field) == change.old
            flat[change.field] = change.new
    assert flat == new


STARTS = st.lists(st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)), min_size=1, max_size=4, unique=True).map(sorted)


@st.composite
def timelines(draw):
    """A field's values, one after the other; also such that begin late or end."""
    starts = draw(STARTS)
    ends = [after - dt.timedelta(days=1) for after in starts[1:]] + [draw(st.sampled_from([None, dt.date(2028, 1, 1)]))]
    first = draw(st.booleans())
    values = [draw(st.integers(1, 3)) for _ in starts]
    pairs = zip(starts, ends, values, strict=True)
    line = [Dated(days(value), since, until) for since, until, value in pairs]
    return (Dated(days(9), None, starts[0] - dt.timedelta(days=1)), *line) if first else tuple(line)


def with_days(line, day=DAY):
    now = next((one.value for one in line if one.holds(day)), None)
    return made({"returns.window": now} if now else {}, {"returns.window": line})


@given(timelines(), timelines(), st.dates(DAY, dt.date(2028, 2, 1)))
def test_the_changes_lead_to_what_holds_on_any_later_day(old, new, day):
    value = next((one.value for one in old if one.holds(DAY)), None)
    first = [one for one in differences(with_days(old), with_days(new), DAY) if (one.since or DAY) <= DAY]
    for change in (*first, *(step for step in upcoming(with_days(new), DAY) if step.since <= day)):
        assert change.old == value
        value = change.new
    assert value == next((one.value for one in new if one.holds(day)), None)


@given(timelines(), timelines())
def test_the_steps_that_only_the_new_state_has_are_changes(old, new):
    changes = differences(with_days(old), with_days(new), DAY)
    coming = [one for one in changes if one.since and one.since > DAY and not one.withdrawn]
    known = upcoming(with_days(old), DAY)
    assert coming == [step for step in upcoming(with_days(new), DAY) if step not in known]
    assert all(replace(one, withdrawn=False) in known for one in changes if one.withdrawn)


@given(timelines())
def test_nothing_is_different_from_itself(line):
    assert differences(with_days(line), with_days(line), DAY) == ()


# ---------------------------------------------------------------- words


def test_every_field_of_the_schema_has_a_label_or_is_internal():
    labelled = {name.removeprefix("polyhelp field ") for name in english() if name.startswith("polyhelp field ")}
    inner = {f"{field}.{name}" for field, kind in SCHEMA.items() if isinstance(kind, Records) for name in kind.fields}
    assert labelled | internal() == SCHEMA.keys() | inner
    assert not labelled & internal()


def test_every_list_of_records_says_how_they_are_told_apart():
    records = {field: kind for field, kind in SCHEMA.items() if isinstance(kind, Records)}
    assert records.keys() == IDENTITY.keys()
    assert all(set(IDENTITY[field]) <= kind.fields.keys() for field, kind in records.items())


def words_of_the_schema():
    for field, kind in SCHEMA.items():
        pairs = (
            kind.fields.items() if isinstance(kind, Records) else [("", kind.item if isinstance(kind, Many) else kind)]
        )
        for name, inner in pairs:
            if " or " in inner.name and inner.read is not BOOL.read and field not in internal():
                yield from ((f"{field}.{name}".rstrip("."), word) for word in inner.name.split(" or "))


@pytest.mark.parametrize(("path", "word"), [*words_of_the_schema()])
def test_every_word_of_the_data_has_an_english_text(path, word):
    text = Telling(Formats(Locale("en"))).value(path, word)
    assert "_" not in text
    assert text != word or word in {"all", "none"}


def test_a_locale_uses_its_own_words_and_english_for_what_it_lacks(diff):
    changes = diff(
        "returns: {window: 14 calendar days, fee: 4.90 EUR}", "returns: {window: 30 calendar days, fee: null}"
    )
    said = {"polyhelp field returns.window": "Rückgabefrist", "polyhelp null returns.fee": "kostenlos"}
    telling = Telling(Formats(Locale("de"), "DE"), said)
    assert [telling.line(change) for change in changes] == [
        "Rückgabefrist: 14 Tage → 30 Tage",
        "Return fee: 4,90\xa0€ → kostenlos",
    ]
    assert telling.used >= said.keys() | {"polyhelp field returns.fee"}


def test_the_arrow_points_where_the_text_runs(diff):
    changes = diff(WINDOW % "14 calendar days", WINDOW % "30 calendar days")
    (line,) = told(changes, "ar")
    assert line.startswith("\u2068Return window\u2069: \u2068")  # English among Arabic turns nothing around
    assert "←" in line


def test_a_translation_that_lost_the_place_of_the_day_still_tells_it(diff):
    changes = diff(WINDOW % "14 calendar days", DATED % ("14 calendar days", "30 calendar days"))
    said = {"polyhelp changes since": "ab dem"}
    assert told(changes, "de", said=said)[0].endswith("ab dem 1. März 2027")


@pytest.mark.parametrize(
    ("path", "value"),
    [("support.promise.closes", "24:00"), ("support.phone", "+49 30 1234567"), ("support.timezone", "Europe/Berlin"),
     ("support.promise.days", ("mon", "fri")), ("support.languages", "tlh"), ("shipping.serves", "US-CA")],
)  # fmt: skip
def test_odd_values_are_told_all_the_same(path, value):
    assert Telling(Formats(Locale("de"), "DE")).value(path, value)
