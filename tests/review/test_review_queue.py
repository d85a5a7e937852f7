"""Why a unit waits for a person."""

from dataclasses import replace

import pytest

from polyhelp.model import Level, Locale, Origin, Unit
from polyhelp.review import reasons, unit_id

DE = Locale("de")
HUMAN = Unit("Open the box.", "Öffne den Karton.")
MACHINE = replace(HUMAN, origin=Origin.of("mt/deepl", "2026-11-21", HUMAN.target), fuzzy=True)
REVIEWED = HUMAN.accepted("Anna Berg", "2026-11-22")
POLICY = "nothing of this page is published without review"
EXPIRED = "review expired: the text or the region data changed"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (Unit("Open the box."), ()),
        (HUMAN, ()),
        (REVIEWED, ()),
        (MACHINE.accepted("Anna Berg", "2026-11-22"), ()),
        (MACHINE, ("machine translation",)),
        (replace(HUMAN, fuzzy=True), ("marked as needing work",)),
        (replace(HUMAN, fuzzy=True, previous="Open it."), ("source changed",)),
        (replace(MACHINE, previous="Open it."), ("source changed", "machine translation")),
        (replace(REVIEWED, target="Öffne die Schachtel."), (EXPIRED,)),
        (replace(REVIEWED, source="Open the boxes."), (EXPIRED,)),
        (replace(REVIEWED, fuzzy=True), ("marked as needing work",)),
        (replace(REVIEWED, fuzzy=True, previous="Open it."), ("source changed",)),
        (replace(MACHINE, target="Öffne die Schachtel."), ("marked as needing work",)),
    ],
)
def test_reasons_are_facts(unit, expected):
    assert reasons(unit, Level.MACHINE, "") == expected
    assert reasons(unit, Level.TRANSLATED, "") == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (Unit("Open the box."), ()),
        (REVIEWED, ()),
        (HUMAN, (POLICY,)),
        (MACHINE, ("machine translation", POLICY)),
        (replace(REVIEWED, target="Öffne die Schachtel."), (EXPIRED, POLICY)),
    ],
)
def test_where_everything_is_reviewed_every_target_waits(unit, expected):
    assert reasons(unit, Level.REVIEWED, "") == expected


def test_a_review_is_for_the_region_data_it_was_made_with():
    unit = HUMAN.accepted("Anna Berg", "2026-11-22", "14 days")
    assert reasons(unit, Level.REVIEWED, "14 days") == ()
    assert reasons(unit, Level.REVIEWED, "30 days") == (EXPIRED, POLICY)


def test_an_id_tells_article_source_and_context_apart_and_nothing_else():
    ids = {
        unit_id(DE, "a.md", HUMAN),
        unit_id(DE, "b.md", HUMAN),
        unit_id(DE, "a.md", replace(HUMAN, context="verb")),
        unit_id(DE, "a.md", replace(HUMAN, source="Open it.")),
    }
    ids.add(unit_id(Locale("sv"), "a.md", HUMAN))
    assert len(ids) == 5
    assert unit_id(DE, "a.md", HUMAN) == unit_id(DE, "a.md", REVIEWED) == "7aeb958976"  # people write it into notes


def test_two_branches_that_differ_are_both_shown():
    unit = Unit("Open.", "Öffnen.", fuzzy=True, comments=('theirs: "Aufmachen."',))
    assert reasons(unit, Level.MACHINE, "") == ('another branch has "Aufmachen."',)
