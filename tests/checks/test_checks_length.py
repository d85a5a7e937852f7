"""Texts that are too long for the place where they stand."""

import pytest

from polyhelp.checks.base import Setting
from polyhelp.checks.length import CHECK
from polyhelp.model import Lengths, Locale, Place, Severity, Style, Unit

NARROW = Lengths(title=20, description=40, heading=30, interface=10)


def run(source, target, kind, limits=None):
    setting = Setting(Locale("de"), Place("x.po", 1), style=Style(length=limits or Lengths()))
    found = list(CHECK.look(Unit(source, target, notes=(kind,)), setting))
    assert all(one.severity is Severity.WARNING for one in found)
    return [one.message for one in found]


@pytest.mark.parametrize(
    ("source", "target", "kind", "limit"),
    [
        ("Returns", "x" * 21, "front matter", 20),
        ("A description of the page", "x" * 41, "front matter", 40),
        ("Returns", "x" * 31, "heading", 30),
        ("Returns", "x" * 11, "interface", 10),
        ("Returns", "返" * 16, "heading", 30),
        ("Returns", "[" + "返" * 16 + "](a.md)", "heading", 30),
    ],
)
def test_longer_than_the_style_guide_allows(source, target, kind, limit):
    (message,) = run(source, target, kind, NARROW)
    assert message.endswith(f"and the style guide allows {limit}.")


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        ("Returns", "返" * 15, "heading"),
        ("Returns", "ก\u0e34\u0e48" * 30, "heading"),  # marks above a letter take no room
        ("Returns", "[" + "x" * 30 + "](very-long-address-of-a-page.md)", "heading"),
        ("x" * 45, "y" * 45, "front matter"),  # as long as its source
        ("Returns", "x" * 500, "paragraph"),
        ("Returns", "x" * 500, ""),
    ],
)
def test_short_enough(source, target, kind):
    assert run(source, target, kind, NARROW) == []


def test_a_limit_of_one_kind_says_nothing_of_another():
    assert run("Returns", "x" * 60, "heading", Lengths(interface=10)) == []


@pytest.mark.parametrize(
    ("source", "target", "kind", "hits"),
    [
        ("Returns", "x" * 61, "heading", 1),
        ("Returns", "x" * 60, "heading", 0),
        ("Returns", "x" * 26, "interface", 1),
        ("Track your order", "x" * 39, "interface", 0),
        ("x" * 30, "y" * 75, "title", 0),
        ("x" * 30, "y" * 76, "title", 1),
    ],
)
def test_without_a_limit_only_what_is_much_longer_than_its_source(source, target, kind, hits):
    assert len(run(source, target, kind)) == hits
