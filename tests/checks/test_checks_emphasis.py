"""Emphasis: compared only where it is asked for."""

from polyhelp.checks.base import Setting
from polyhelp.checks.emphasis import CHECK
from polyhelp.model import Locale, Place, Severity, Unit


def run(source, target):
    found = list(CHECK.look(Unit(source, target), Setting(Locale("de"), Place("x.po", 1))))
    assert all(one.severity is Severity.INFO for one in found)
    return [one.message for one in found]


def test_lost_emphasis_is_for_information():
    assert run("**Important:** wait.", "Wichtig: warten.") == [
        "Some text is bold in the source, but not in the translation."
    ]
    assert run("*a* and *b*", "*a* und b") == ["Some text is in italics in the source, but not in the translation."]


def test_emphasis_may_move_and_come_in():
    assert run("**Refunds** take *time*.", "*Återbetalningar* tar **tid**, ~~ja~~.") == []


def test_it_is_off_until_it_is_asked_for():
    assert CHECK.on is False
