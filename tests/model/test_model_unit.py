"""Units: state, publication, acceptance, makers and digests."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Catalog, Level, Locale, Origin, Review, Second, State, Unit, digest

NONE = Unit("Open the box.")
HUMAN = Unit("Open the box.", "Öffne den Karton.")
NEEDS_WORK = replace(HUMAN, fuzzy=True)
CHANGED = replace(HUMAN, fuzzy=True, previous="Open it.")
MACHINE = replace(HUMAN, fuzzy=True, origin=Origin.of("mt/deepl", "2026-11-21", HUMAN.target))
MACHINE_CHANGED = replace(MACHINE, previous="Open it.")
MEMORY = replace(HUMAN, origin=Origin.of("tm/100", "2026-11-21", HUMAN.target))
REVIEWED = HUMAN.accepted("Anna Berg", "2026-11-22")

page_texts = st.text(st.characters(exclude_characters="\0"))  # a page with a NUL is refused


def test_digests_are_stable():
    # They stand in every catalog: another digest would expire every review at once.
    assert digest() == "e3b0c44298fc1c14"
    assert digest("Open the box.", "Öffne den Karton.", "") == "e470b4cdeda69416"
    assert digest("Öffne den Karton.") == "f1e6554a2486a6c4"
    assert digest("\ud83d") == "075436385d03397d"  # half a surrogate pair, as some services answer


@given(one=st.lists(page_texts, max_size=3), other=st.lists(page_texts, max_size=3))
def test_digests_tell_texts_and_their_borders_apart(one, other):
    assert (digest(*one) == digest(*other)) == (one == other)


@pytest.mark.parametrize(
    ("unit", "state", "machine", "translated", "reviewed"),
    [
        (NONE, State.INITIAL, False, False, False),
        (HUMAN, State.TRANSLATED, True, True, False),
        (NEEDS_WORK, State.INITIAL, False, False, False),
        (CHANGED, State.INITIAL, False, False, False),
        (MACHINE, State.INITIAL, True, False, False),
        (MACHINE_CHANGED, State.INITIAL, False, False, False),
        (replace(MACHINE, fuzzy=False), State.TRANSLATED, True, True, False),
        (replace(MACHINE, target="Öffne die Schachtel."), State.INITIAL, False, False, False),
        (MEMORY, State.TRANSLATED, True, True, False),
        (replace(MEMORY, fuzzy=True), State.INITIAL, False, False, False),
        (REVIEWED, State.REVIEWED, True, True, True),
        (replace(REVIEWED, fuzzy=True), State.INITIAL, False, False, False),
    ],
)
def test_what_customers_may_see(unit, state, machine, translated, reviewed):
    assert unit.state() is state
    shown = {Level.MACHINE: machine, Level.TRANSLATED: translated, Level.REVIEWED: reviewed}
    assert {level: unit.fit_for(level) for level in Level} == shown


@pytest.mark.parametrize(
    ("unit", "maker"),
    [
        (NONE, ""),
        (replace(NONE, origin=Origin.of("mt/deepl", "2026-11-21", "")), ""),
        (HUMAN, "human"),
        (MACHINE, "mt/deepl"),
        (MEMORY, "tm/100"),
        (replace(MACHINE, target=HUMAN.target + "!"), "human"),
        (MACHINE.accepted("Anna Berg", "2026-11-22"), "mt/deepl"),
    ],
)
def test_who_made_a_target(unit, maker):
    assert unit.maker == maker
    assert unit.by_machine is maker.startswith("mt/")


@pytest.mark.parametrize("unit", [HUMAN, NEEDS_WORK, CHANGED, MACHINE, MACHINE_CHANGED, MEMORY])
@pytest.mark.parametrize("data", ["", "a1b2"])
def test_what_a_person_accepts_is_reviewed(unit, data):
    accepted = unit.accepted("Anna Berg", "2026-11-22", data)
    assert accepted.state(data) is State.REVIEWED
    assert all(accepted.fit_for(level, data) for level in Level)
    assert (accepted.source, accepted.target, accepted.origin) == (unit.source, unit.target, unit.origin)
    assert (accepted.fuzzy, accepted.previous) == (False, "")
    assert accepted.review == Review("Anna Berg", "2026-11-22", digest(unit.source, unit.target, data))


def test_nobody_can_accept_what_is_not_there():
    assert NONE.accepted("Anna Berg", "2026-11-22").state() is State.INITIAL


@pytest.mark.parametrize(
    ("change", "data"),
    [({"source": "Open the boxes."}, ""), ({"target": "Öffne die Schachtel."}, ""), ({}, "other data")],
)
def test_a_review_expires_by_itself(change, data):
    unit = replace(REVIEWED, **change)
    assert unit.state(data) is State.TRANSLATED
    assert not unit.fit_for(Level.REVIEWED, data)


def test_a_review_outlives_what_does_not_concern_it():
    unit = replace(REVIEWED, context="verb", notes=("heading",), comments=("nice",), origin=MACHINE.origin)
    assert unit.state() is State.REVIEWED


def test_a_catalog_tells_current_units_from_obsolete_ones():
    gone = replace(HUMAN, obsolete=True)
    assert Catalog(Locale("de"), "a.md", (HUMAN, gone)).current == (HUMAN,)


def test_a_second_yes_counts_beside_the_first_and_for_the_same_text_only():
    both = REVIEWED.seconded("Bo Ek", "2026-11-23")
    assert both.accepted_by() == ("Anna Berg", "Bo Ek")
    two = lambda people: len(people) > 1  # noqa: E731
    assert (REVIEWED.state(enough=two), both.state(enough=two)) == (State.TRANSLATED, State.REVIEWED)
    assert not REVIEWED.fit_for(Level.REVIEWED, enough=two)
    assert both.fit_for(Level.REVIEWED, enough=two)
    for changed in ({"source": "Open it."}, {"target": "Öffne es."}, {"fuzzy": True}, {"target": ""}):
        assert replace(both, **changed).accepted_by() == ()
    assert both.accepted_by("other data") == ()
    edited = replace(both, target="Öffne es.").accepted("Bo Ek", "2026-11-24")
    assert edited.accepted_by() == ("Bo Ek",)


@pytest.mark.parametrize("who", ["Anna Berg", "anna  berg", " ANNA BERG\u200b"])
def test_the_same_person_is_no_second(who):
    assert REVIEWED.seconded(who, "2026-11-23") == REVIEWED
    forged = replace(REVIEWED, review=replace(REVIEWED.review, second=Second(who, "2026-11-23", REVIEWED.review.hash)))
    assert forged.accepted_by() == ("Anna Berg",)


def test_nobody_seconds_what_nobody_has_accepted():
    assert HUMAN.seconded("Bo Ek", "2026-11-23") is None
    assert replace(REVIEWED, fuzzy=True).seconded("Bo Ek", "2026-11-23") is None
    assert REVIEWED.seconded("Bo Ek", "2026-11-23", "other data") is None


def test_a_second_record_for_another_text_does_not_count():
    second = Second("Bo Ek", "2026-11-23", "0" * 16)
    assert replace(REVIEWED, review=replace(REVIEWED.review, second=second)).accepted_by() == ("Anna Berg",)


def test_reviews_made_apart_are_united_where_they_are_of_the_same():
    anna, bo = REVIEWED.review, HUMAN.accepted("Bo Ek", "2026-11-20").review
    assert anna.united(bo) == bo.united(anna) == replace(bo, second=Second("Anna Berg", "2026-11-22", anna.hash))
    assert anna.united(anna) is None
    assert anna.united(HUMAN.accepted("Bo Ek", "2026-11-20", "data", ("DE",)).review) is None
