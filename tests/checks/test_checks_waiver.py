"""Waivers: how they are written, stamped, and lost."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp import plugins
from polyhelp.checks.base import Check, Setting
from polyhelp.checks.waiver import CHECK, Waiver, silenced, stamped, waivers
from polyhelp.model import Locale, Place, Severity, Unit

SETTING = Setting(Locale("de"), Place("locales/de/a.po"))
UNIT = Unit("Call 7-Eleven.", "Ruf Seven Eleven an.", comments=("looks odd", "waive: numbers it is a name"))


@pytest.fixture(autouse=True)
def _checks(monkeypatch):
    points = {
        name: SimpleNamespace(load=lambda name=name: Check("other", "About it.", fixed=name == "locked"))
        for name in ("links", "locked", "numbers", "waiver")
    }
    monkeypatch.setattr(plugins, "_points", lambda group: points if group == plugins.CHECKS else {})


def said(*comments):
    return [finding.message for finding in CHECK.look(replace(UNIT, comments=comments), SETTING)]


def test_a_waiver_silences_one_check():
    assert silenced(UNIT) == {"numbers"}
    assert silenced(replace(UNIT, comments=("waive: numbers one", "waive: links two"))) == {"numbers", "links"}


@pytest.mark.parametrize("comment", ["looks odd", "waived: numbers x", "please waive: numbers x", "rejected: x"])
def test_other_comments_are_none(comment):
    assert Waiver.parse(comment) is None
    assert said(comment) == []


def test_a_stamp_keeps_the_reason_and_the_other_comments():
    unit = stamped(UNIT)
    assert unit.comments[0] == "looks odd"
    assert unit.comments[1].startswith("waive: numbers [")
    assert unit.comments[1].endswith("] it is a name")
    assert silenced(unit) == {"numbers"}
    assert stamped(unit) is unit


@pytest.mark.parametrize("field", ["source", "target", "context"])
def test_a_stamped_waiver_expires_when_its_unit_changes(field):
    unit = replace(stamped(UNIT), **{field: "Another text."})
    assert silenced(unit) == frozenset()
    assert [waiver.fits(unit) for waiver in waivers(unit)] == [False]
    assert stamped(unit) is unit  # nothing renews it by itself


def test_what_does_not_concern_the_words_does_not_end_a_waiver():
    unit = replace(stamped(UNIT), fuzzy=True, notes=("paragraph",), previous="Call 8-Eleven.")
    assert silenced(unit) == {"numbers"}


def test_without_brackets_it_is_for_the_unit_as_it_is():
    unit = replace(stamped(UNIT), target="Ruf 8 an.")
    renewed = stamped(replace(unit, comments=("waive: numbers it is a name",)))
    assert silenced(renewed) == {"numbers"}


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("waive: numbers", "The waiver has no reason: write 'waive: numbers REASON', so that others can judge it."),
        ("waive:numbers  ", "The waiver has no reason: write 'waive: numbers REASON', so that others can judge it."),
        ("waive: numbrs a name", "The waiver names the check 'numbrs', which there is not; did you mean 'numbers'?"),
        (
            "waive: it is fine",
            "The waiver names the check 'it', which there is not; there are: links, locked, numbers, waiver.",
        ),
        ("waive:", "The waiver names no check: write 'waive: CHECK REASON'."),
    ],
)
def test_one_that_can_silence_nothing_is_an_issue(comment, message):
    unit = replace(UNIT, comments=(comment,))
    assert said(comment) == [message]
    assert [finding.severity for finding in CHECK.look(unit, SETTING)] == [Severity.WARNING]
    assert silenced(unit) == frozenset()
    assert stamped(unit) is unit


def test_a_well_written_one_is_no_issue():
    assert said("waive: numbers [see the style guide] it is a name") == []
    assert said(*stamped(UNIT).comments) == []


@given(st.text(max_size=40))
def test_any_comment_is_read_and_what_is_stamped_is_read_again(text):
    unit = replace(UNIT, comments=(f"waive: {text}",))
    list(CHECK.look(unit, SETTING))
    again = stamped(unit)
    assert silenced(again) == silenced(unit)
    assert [(one.check, one.reason) for one in waivers(again)] == [(one.check, one.reason) for one in waivers(unit)]


def test_what_is_fixed_cannot_be_waived():
    unit = replace(UNIT, comments=("waive: locked I know better",))
    assert silenced(unit) == frozenset()
    assert said(*unit.comments) == [
        "The check 'locked' cannot be waived: take out what it found, or put it into the source."
    ]
