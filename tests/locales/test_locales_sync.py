"""Catalogs brought up to date with their documents, row by row of the table in the module's docstring."""

import time
from dataclasses import replace

import pytest

from polyhelp.locales import sync
from polyhelp.model import Catalog, Document, Kind, Locale, Origin, Segment, State, Unit

DE = Locale("de")
PATH = "returns/refunds.md"


def page(*sources, context=""):
    return Document(PATH, tuple(Segment(one, one, Kind.PARAGRAPH, 1, context=context) for one in sources))


def catalog(*units):
    return Catalog(DE, PATH, units)


def human(source, target, **more):
    return Unit(source, target, notes=("paragraph",), **more)


def machine(source, target, **more):
    return human(source, target, origin=Origin.of("mt/deepl", "2026-11-21", target), fuzzy=True, **more)


def reviewed(unit, data=""):
    return unit.accepted("Anna Berg", "2026-11-22", data)


OPEN = reviewed(human("Open the box.", "Öffne den Karton."))
BACK = human("Send it back.", "Schick es zurück.")
RULE = human("Old rule.", "Alte Regel.")


# ------------------------------------------------------------ the table


@pytest.mark.parametrize("unit", [OPEN, BACK, machine("Open.", "Öffne."), Unit("New.", notes=("paragraph",))])
def test_a_source_that_is_still_there_keeps_its_unit(unit):
    assert sync(page(unit.source), catalog(unit)).units == (unit,)


def test_a_changed_source_keeps_the_target_as_fuzzy():
    (unit,) = sync(page("Send it to us."), catalog(BACK)).units
    assert unit == replace(BACK, source="Send it to us.", fuzzy=True, previous="Send it back.")


def test_a_target_without_source_is_kept_as_obsolete():
    assert sync(page(), catalog(RULE, OPEN)).units == (replace(RULE, obsolete=True), replace(OPEN, obsolete=True))


@pytest.mark.parametrize("unit", [RULE, OPEN, human("Old rule.", "Alte Regel.", fuzzy=True), machine("Old.", "Alt.")])
def test_a_source_that_comes_back_gets_its_unit_back_as_it_was(unit):
    gone = sync(page(), catalog(unit))
    assert gone.units == (replace(unit, obsolete=True),)
    assert sync(page(unit.source), gone).units == (unit,)


def test_a_new_source_is_an_empty_unit():
    assert sync(page("New rule."), catalog()).units == (Unit("New rule.", notes=("paragraph",)),)


# ------------------------------------------------------------ sources that change and come back


def test_a_source_that_is_changed_back_is_what_it_was():
    changed = sync(page("Open the big box."), catalog(OPEN))
    assert changed.units[0].state() is State.INITIAL
    assert sync(page("Open the box."), changed).units == (OPEN,)


def test_a_source_that_changes_twice_remembers_what_its_target_was_made_from():
    once = sync(page("Send it to us."), catalog(BACK))
    (unit,) = sync(page("Send it to us all."), once).units
    assert (unit.source, unit.previous) == ("Send it to us all.", "Send it back.")
    assert sync(page("Send it back."), catalog(unit)).units == (BACK,)


def test_a_source_that_comes_back_beside_its_successor_takes_its_target_too():
    changed = sync(page("Send it to us."), catalog(BACK))
    both = sync(page("Send it to us.", "Send it back."), changed)
    assert both.units == (changed.units[0], BACK)


def test_a_source_comes_back_also_when_its_successor_is_gone():
    changed = sync(page("Send it to us."), catalog(BACK))
    gone = sync(page(), changed)
    assert sync(page("Send it back."), gone).units == (BACK,)


def test_a_fuzzy_unit_that_comes_back_is_still_fuzzy():
    """Its target was made from another source: it must not come back as a translation of this one."""
    (changed,) = sync(page("Send it to us."), catalog(BACK)).units
    gone = sync(page(), catalog(changed))
    (again,) = sync(page("Send it to us."), gone).units
    assert again == changed


def test_a_finished_unit_does_not_pass_for_a_translation_of_its_former_source():
    finished = human("Send it to us.", "Schick es uns.", previous="Send it back.")  # as msgattrib leaves it
    assert sync(page("Send it back."), catalog(finished)).units[0].fuzzy


def test_machine_output_comes_back_fuzzy_unless_a_person_has_reviewed_it():
    unit = machine("Open the box.", "Öffne die Box.")
    changed = sync(page("Open the big box."), catalog(unit))
    assert sync(page("Open the box."), changed).units == (unit,)
    calm = replace(unit, fuzzy=False)
    assert sync(page(unit.source), sync(page(), catalog(calm))).units == (unit,)
    seen = reviewed(unit)
    assert sync(page(unit.source), sync(page(), catalog(seen))).units == (seen,)


@pytest.mark.parametrize("way", [(), ("You have 14 days, always.",)], ids=["gone", "changed"])
def test_a_policy_that_was_reviewed_with_region_data_comes_back_reviewed(way):
    unit = reviewed(machine("You have 14 days.", "Du hast 14 Tage."), data="00ff")
    there = sync(page(*way), catalog(unit))
    (again,) = sync(page(unit.source), there).units
    assert again.state("00ff") is State.REVIEWED
    assert again.state("beef") is State.TRANSLATED


# ------------------------------------------------------------ which unit goes where


def test_the_most_similar_unit_is_taken_and_only_once():
    near, far = human("Open the red box.", "Rot."), human("Open the old boxes.", "Alt.")
    first, second, third = sync(
        page("Open the red box now.", "Open the red boxes", "Open the red box!"), catalog(far, near)
    ).units
    assert (third.target, third.previous) == ("Rot.", near.source)
    assert (second.target, second.previous) == ("Alt.", far.source)
    assert (first.target, first.fuzzy) == ("", False)


def test_a_different_source_takes_no_target():
    new, old = sync(page("Wait for our e-mail."), catalog(BACK)).units
    assert (new.target, old.target, old.obsolete) == ("", BACK.target, True)


def test_a_unit_without_target_leaves_nothing_behind():
    assert sync(page(), catalog(Unit("New rule."))).units == ()


def test_units_come_in_reading_order_each_source_once_and_the_obsolete_last():
    done = sync(page("b.", "a.", "b."), catalog(human("gone.", "Weg.", obsolete=True), human("a.", "A.")))
    assert [(unit.source, unit.obsolete) for unit in done.units] == [("b.", False), ("a.", False), ("gone.", True)]


def test_another_context_is_another_unit():
    plain, verb = human("Order", "Bestellung"), human("Order", "Bestellen", context="verb")
    both = Document(PATH, (*page("Order").parts, *page("Order", context="verb").parts))
    assert sync(both, catalog(plain, verb)).units == (plain, verb)


def test_a_new_context_wants_a_look():
    (unit,) = sync(page("Order", context="verb"), catalog(human("Order", "Bestellung"))).units
    assert (unit.context, unit.target, unit.fuzzy) == ("verb", "Bestellung", True)


def test_a_source_comes_back_into_its_own_context_only():
    changed = sync(page("Order now", context="verb"), catalog(human("Order", "Bestellen", context="verb")))
    (unit,) = sync(page("Order"), changed).units
    assert (unit.target, unit.fuzzy) == ("Bestellen", True)


def test_notes_follow_the_document():
    segment = Segment("a.", "a.", Kind.HEADING, 1, note="short")
    (unit,) = sync(Document(PATH, (segment,)), catalog(human("a.", "A."))).units
    assert unit.notes == ("heading", "note: short")


def test_headers_of_other_tools_stay():
    old = Catalog(DE, PATH, (RULE,), (("X-Generator", "Poedit 3.5"),))
    assert sync(page(), old).header == old.header


# ------------------------------------------------------------ catalogs that a merge by hand left behind


def test_no_words_are_lost_where_a_source_is_current_and_obsolete_at_once():
    former = human("Old rule.", "Frühere Regel.", obsolete=True)
    there = sync(page("Old rule."), catalog(RULE, former))
    assert there.units == (RULE, former)
    gone = sync(page(), there)
    assert {unit.target for unit in gone.units} == {"Alte Regel.", "Frühere Regel."}
    assert sync(page(), gone) == gone


def test_no_words_are_lost_where_a_source_is_obsolete_twice():
    first, second = (human("Old rule.", target, obsolete=True) for target in ("Frühere Regel.", "Alte Regel."))
    there = sync(page("Old rule."), catalog(first, second))
    assert there.units == (replace(second, obsolete=False), first)
    assert sync(page("Old rule."), there) == there


def test_the_same_words_are_kept_once():
    assert sync(page("Old rule."), catalog(RULE, replace(RULE, obsolete=True))).units == (RULE,)


# ------------------------------------------------------------ size


def test_a_page_that_is_rewritten_from_top_to_bottom_takes_a_moment():
    old = catalog(*(human(f"The customer number {n} opens box {n * 7} on day {n % 31}.", f"T{n}") for n in range(500)))
    began = time.process_time()
    done = sync(page(*(f"Customer number {n} opens the box {n * 7}, day {n % 31}." for n in range(500))), old)
    assert time.process_time() - began < 5  # 0.2 s on a laptop
    assert {unit.target for unit in done.units} >= {f"T{n}" for n in range(500)}
