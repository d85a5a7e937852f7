"""Why a unit waits for a person."""

from dataclasses import replace

import pytest

from polyhelp.model import Level, Locale, Origin, Place, QualityIssue, Severity, Unit
from polyhelp.review import Cause, Facts, reasons, unit_id
from polyhelp.review.feedback import Votes

DE = Locale("de")
HUMAN = Unit("Open the box.", "Öffne den Karton.")
MACHINE = replace(HUMAN, origin=Origin.of("mt/deepl", "2026-11-21", HUMAN.target), fuzzy=True)
DRAFT = replace(HUMAN, origin=Origin.of("draft/apertium", "2026-11-21", HUMAN.target), fuzzy=True)
REVIEWED = HUMAN.accepted("Anna Berg", "2026-11-22")
POLICY = "nothing of this page is published without review"
EXPIRED = "review expired: the text or the region data changed"
BAD, GOOD, FEW = Votes(10, 40), Votes(40, 10), Votes(0, 3)


def told(unit, **facts):
    return tuple(map(str, reasons(unit, Facts(**facts))))


def causes(unit, **facts):
    return [reason.cause for reason in reasons(unit, Facts(**facts))]


def issue(check="markup", severity=Severity.ERROR):
    return QualityIssue(check, severity, "Something.", Place("contact.md"), DE)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (Unit("Open the box."), ()),
        (HUMAN, ()),
        (REVIEWED, ()),
        (MACHINE.accepted("Anna Berg", "2026-11-22"), ()),
        (MACHINE, ("machine translation",)),
        (DRAFT, ("a machine's draft",)),
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
    assert told(unit, level=Level.MACHINE) == expected
    assert told(unit, level=Level.TRANSLATED) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (Unit("Open the box."), ()),
        (REVIEWED, ()),
        (HUMAN, (POLICY,)),
        (MACHINE, (POLICY, "machine translation")),
        (replace(REVIEWED, target="Öffne die Schachtel."), (EXPIRED, POLICY)),
    ],
)
def test_where_everything_is_reviewed_every_target_waits(unit, expected):
    assert told(unit, level=Level.REVIEWED) == expected


def test_a_review_is_for_the_region_data_it_was_made_with():
    unit = HUMAN.accepted("Anna Berg", "2026-11-22", "14 days")
    assert told(unit, level=Level.REVIEWED, data="14 days") == ()
    assert told(unit, level=Level.REVIEWED, data="30 days") == (EXPIRED, POLICY)


def test_where_two_must_accept_one_is_not_enough():
    def two(people):
        return len(people) > 1

    (reason,) = reasons(REVIEWED, Facts(enough=two))
    assert (reason.cause, reason.text) == (
        Cause.POLICY,
        "accepted by Anna Berg: a second person must accept it, too",
    )
    assert told(REVIEWED.seconded("Bo Ek", "2026-11-23"), enough=two) == ()


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
    assert told(unit) == ('another branch has "Aufmachen."',)


def test_what_an_engine_has_failed_at_waits_for_a_person():
    unit = Unit("Open.", comments=("kept out: mt/deepl 2026-11-21 0123456789abcdef",))
    assert causes(unit) == [Cause.DAMAGED]


# ---------------------------------------------------------------- checks


def test_an_error_makes_any_target_wait_and_a_warning_is_told_of_one_that_waits():
    assert told(HUMAN, issues=(issue(), issue("links"), issue())) == ("failed check: markup, links",)
    assert told(HUMAN, issues=(issue(severity=Severity.WARNING),)) == ()
    assert told(MACHINE, issues=(issue(severity=Severity.WARNING),)) == (
        "machine translation",
        "failed check: markup",
    )
    assert told(MACHINE, issues=(issue(severity=Severity.INFO),)) == ("machine translation",)


def test_what_a_person_has_accepted_does_not_wait_for_a_check():
    assert told(REVIEWED, issues=(issue(),), level=Level.REVIEWED) == ()


def test_numbers_and_terms_are_causes_of_their_own():
    assert causes(HUMAN, issues=(issue("numbers"),)) == [Cause.CHANGED_NUMBER]
    warned = (issue("terminology", Severity.WARNING),)
    assert causes(MACHINE, issues=warned) == [Cause.MACHINE, Cause.DOUBTFUL_TERM]
    assert told(MACHINE, issues=warned, doubts=("the term 'box' is in doubt",))[1:] == ("the term 'box' is in doubt",)


def test_a_doubt_about_a_term_is_no_reason_to_read_a_persons_words():
    assert told(HUMAN, doubts=("the term 'box' is in doubt",)) == ()


def test_a_number_that_changed_in_the_source_is_said():
    unit = replace(HUMAN, fuzzy=True, previous="Open it within 14 days.")
    assert told(unit, numbers="14 → 30") == ("source changed", "a number of the source changed: 14 → 30")


# ---------------------------------------------------------------- readers


def test_where_visits_are_known_machine_text_that_nobody_reads_does_not_wait():
    assert told(MACHINE, only_visited=True) == ()
    assert told(MACHINE, only_visited=True, visits=1204) == ("machine translation on a page with 1,204 visits",)


@pytest.mark.parametrize(
    ("unit", "level"),
    [
        (MACHINE, Level.TRANSLATED),  # customers see it only when a person has looked at it
        (MACHINE, Level.REVIEWED),
        (DRAFT, Level.MACHINE),
        (replace(MACHINE, previous="Open it."), Level.MACHINE),
    ],
)
def test_what_customers_do_not_see_waits_without_visits(unit, level):
    assert Cause.MACHINE in causes(unit, level=level, only_visited=True)


def test_an_error_on_a_page_that_nobody_visits_waits():
    assert causes(MACHINE, only_visited=True, issues=(issue(),)) == [Cause.FAILED_CHECK]


def test_payments_are_looked_at_whoever_wrote_them():
    assert told(HUMAN, payment=True) == ("about payments",)
    assert told(REVIEWED, payment=True) == ()


def test_bad_votes_make_a_page_wait_and_few_votes_do_not():
    assert told(HUMAN, votes=BAD) == ("10 of 50 readers found the page helpful (11 % to 33 % with 95 % confidence)",)
    assert told(HUMAN, votes=FEW) == told(HUMAN, votes=GOOD) == ()


def test_what_was_accepted_waits_again_where_readers_were_not_helped_by_it():
    assert told(REVIEWED, votes=BAD) == ()  # nobody knows what they read
    assert told(REVIEWED, votes=replace(BAD, until="2026-11-22")) == ()
    assert told(REVIEWED, votes=replace(FEW, until="2026-12-31")) == ()
    (text,) = told(REVIEWED, votes=replace(BAD, until="2026-12-31"))
    assert text.endswith("after Anna Berg accepted it on 2026-11-22")
    anew = HUMAN.accepted("Bo Ek", "2026-12-31")
    assert told(anew, votes=replace(BAD, until="2026-12-31")) == ()
    assert told(REVIEWED.seconded("Bo Ek", "2026-11-23"), votes=replace(BAD, until="2026-12-31")) == ()


# ---------------------------------------------------------------- sample


def machine(number):
    unit = Unit(f"Sentence {number}.", f"Satz {number}.", fuzzy=True)
    return replace(unit, origin=Origin.of("mt/deepl", "2026-11-21", unit.target))


@pytest.mark.parametrize("percent", [0, 5, 50, 100])
def test_the_sample_has_its_share_and_is_the_same_in_every_run(percent):
    units = [machine(number) for number in range(4000)]
    found = [unit for unit in units if reasons(unit, Facts(only_visited=True, sample=percent))]
    assert abs(len(found) - 40 * percent) <= 60
    assert found == [unit for unit in reversed(units) if told(unit, only_visited=True, sample=percent)][::-1]
    assert {told(unit, only_visited=True, sample=percent) for unit in found} <= {(f"a sample of {percent} %",)}


def test_a_larger_sample_holds_the_smaller_one():
    units = [machine(number) for number in range(500)]
    small, large = (
        {unit for unit in units if reasons(unit, Facts(only_visited=True, sample=percent))} for percent in (5, 20)
    )
    assert small < large


def test_a_persons_words_are_no_sample():
    assert told(HUMAN, only_visited=True, sample=100) == ()
