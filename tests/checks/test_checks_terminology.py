"""Violations of the term base, as a reviewer reads them."""

import pytest

from polyhelp.checks.base import Setting
from polyhelp.checks.terminology import look as check
from polyhelp.model import Concept, Locale, Place, Severity, TermHit, TermTarget, TermViolation, Unit


def run(enforce=Severity.ERROR, forbidden="", kept=False, target=None):
    concept = Concept(id="refund", source="refund", enforce=enforce, do_not_translate=kept)
    names = target or TermTarget("Erstattung", ("Rückerstattung",), ("Vergütung",), ("Rückgabe",))
    violation = TermViolation(TermHit(concept, 4, 11, "refunds"), names, forbidden)

    def finder(source, target):
        assert (source, target) == ("The refunds", "Das Geld")
        return (violation,)

    setting = Setting(Locale("de"), Place("x.po", 1), finder)
    return [(one.severity, one.message) for one in check(Unit("The refunds", "Das Geld"), setting)]


def test_a_missing_term_names_what_was_expected():
    message = "For 'refunds', expected 'Erstattung' (or 'Rückerstattung'), but it is not in the translation."
    assert run() == [(Severity.ERROR, message)]


def test_a_forbidden_form_is_named():
    message = "'Rückgabe' must not be used for 'refunds': expected 'Erstattung' (or 'Rückerstattung')."
    assert run(forbidden="Rückgabe") == [(Severity.ERROR, message)]


@pytest.mark.parametrize(
    ("enforce", "severity"),
    [
        (Severity.ERROR, Severity.WARNING),
        (Severity.WARNING, Severity.INFO),
        (Severity.INFO, Severity.INFO),
    ],
)
def test_a_deprecated_form_is_one_step_milder(enforce, severity):
    message = "'Vergütung' is no longer used for 'refunds': expected 'Erstattung' (or 'Rückerstattung')."
    assert run(enforce, "Vergütung") == [(severity, message)]


def test_a_kept_name_is_explained():
    message = "'refunds' stays as it is in every language: expected 'refund', but it is not in the translation."
    assert run(kept=True, target=TermTarget("refund")) == [(Severity.ERROR, message)]


def test_a_concept_that_is_only_for_reading_is_silent():
    assert run(enforce=None) == []


def test_a_project_without_terms_has_no_issues():
    assert list(check(Unit("The refund", "Geld"), Setting(Locale("de"), Place("x.po")))) == []


@pytest.mark.parametrize(
    ("forbidden", "target", "mark"),
    [
        ("Rückgabe", "Die rückgaben", "rückgabe"),
        ("退錢", "我們退 錢", ""),
        ("", "Das Geld", ""),
    ],
)
def test_the_forbidden_form_is_marked_as_the_target_has_it(forbidden, target, mark):
    names = TermTarget("Erstattung", forbidden=("Rückgabe", "退錢"))
    violation = TermViolation(TermHit(Concept(id="refund", source="refund"), 4, 11, "refunds"), names, forbidden)
    setting = Setting(Locale("de"), Place("x.po", 1), lambda *_: (violation,))
    (finding,) = check(Unit("The refunds", target), setting)
    assert finding.mark == mark


def test_a_name_in_other_capitals_is_marked():
    concept = Concept(id="trailcard", source="TrailCard", enforce=Severity.ERROR, do_not_translate=True)
    violation = TermViolation(TermHit(concept, 9, 18, "TrailCard"), TermTarget("TrailCard"))
    setting = Setting(Locale("de"), Place("x.po", 1), lambda *_: (violation,))
    (finding,) = check(Unit("Use your TrailCard.", "Nutzen Sie Ihre Trailcard."), setting)
    assert finding.mark == "Trailcard"
    assert finding.message == "'TrailCard' stays as it is in every language: expected 'TrailCard', not 'Trailcard'."
