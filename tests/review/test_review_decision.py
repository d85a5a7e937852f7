from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.errors import InputError
from polyhelp.model import Locale, Unit
from polyhelp.review import decision
from polyhelp.review.decision import Decision, Decisions, Verdict, dump, load, plain, seen

DE = Locale("de")
ACCEPT = Decision(DE, "contact.md", "b46cc13fb3", "0123456789abcdef", Verdict.ACCEPT)
EDIT = replace(ACCEPT, id="6828c249da", verdict=Verdict.EDIT, target="Wir antworten in zwei Tagen.\nImmer.")
REJECT = replace(ACCEPT, id="0000000000", verdict=Verdict.REJECT, reason="wrong tone")
ANNA = Decisions("Anna Berg", "2026-11-22", (ACCEPT, EDIT, REJECT))


def changed(**changes: object) -> str:
    """The file of one acceptance, with other values; None takes a key away."""
    data = json.loads(dump(replace(ANNA, decisions=(ACCEPT,))))
    where = {"reviewer": data, "made": data, "format": data, "decisions": data}
    for key, value in changes.items():
        where.get(key, data["decisions"][0])[key] = value
    return json.dumps(data)


def test_what_is_written_is_read_again():
    assert load(dump(ANNA), "decisions.json") == ANNA


TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)


@given(TEXT, st.sampled_from(["de", "pt-BR", "zh-Hant-TW"]))
def test_any_text_of_an_edit_survives(target, tag):
    one = replace(EDIT, locale=Locale(tag), target=target)
    assert load(dump(Decisions("Ø", "2026-01-31", (one,))), "x").decisions == (one,)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=9).map(json.dumps))
def test_any_file_is_read_or_refused(text):
    with pytest.raises(InputError):
        load(text, "x.json")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "x.json:1: this is no JSON"),
        ('{\n "format": \n', "x.json:3: this is no JSON"),
        ('{"format": "polyh', "x.json:1: this is no JSON: Unterminated string\n"),
        ("[" * 100_000, "too deep"),
        ('{"a": NaN}', "NaN is no JSON"),
        ('{"format": 1, "format": 2}', "the same key twice"),
        ("9" * 5000, "no file of decisions"),
        (changed(format="polyhelp decisions 2"), 'does not begin with "format": "polyhelp decisions 1"'),
        (changed(decisions={}), "decisions: expected a list"),
        (changed(decisions=[1]), "decisions[0]: expected an object"),
        (changed(reviewer=" \u200b"), "reviewer: who has decided?"),
        (changed(reviewer="x" * 101), "reviewer: expected a text of at most 100 characters"),
        (changed(made="22.11.2026"), "made: '22.11.2026' is no day"),
        (changed(made="2026-02-30"), "made: '2026-02-30' is no day"),
        (changed(locale="../de"), "decisions[0].locale: "),
        (changed(id="b46cc13fbZ"), "decisions[0].id: 'b46cc13fbZ' is no such fingerprint"),
        (changed(id=None), "decisions[0].id: expected a text"),
        (changed(seen=""), "decisions[0].seen: '' is no such fingerprint"),
        (changed(verdict="approve"), "decisions[0].verdict: 'approve' is none of accept, edit, reject"),
        (changed(verdict="edit"), "decisions[0].target: an edit has one"),
        (changed(verdict="edit", target=" \n"), "decisions[0].target: an edit has one"),
        (changed(target="Nanu"), "decisions[0].target: an edit has one"),
        (changed(verdict="edit", target="a\x00b"), "U+0000"),
        (changed(verdict="edit", target="a\ud800b"), "U+D800"),
        (changed(verdict="edit", target="x" * 100_001), "at most 100,000 characters"),
        (changed(verdict="reject", reason="bad\x1b[2Jnews"), "decisions[0].reason: the character U+001B"),
        (changed(verdict="reject", reason="\u202egnp.exe"), "decisions[0].reason: the character U+202E"),
        (changed(path="contact\x07.md"), "decisions[0].path: the character U+0007"),
        (changed(who="me"), "'who' is no key of a decision"),
        (dump(replace(ANNA, decisions=(ACCEPT, ACCEPT))), "b46cc13fb3 de contact.md is decided twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, told):
    with pytest.raises(InputError) as caught:
        load(text, "x.json")
    assert told in str(caught.value)
    assert "x.json" in str(caught.value)


def test_too_much_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(decision, "LARGEST", 100)
    with pytest.raises(InputError, match="characters are too many"):
        load(dump(ANNA), "x")
    monkeypatch.undo()
    monkeypatch.setattr(decision, "MOST", 2)
    with pytest.raises(InputError, match="a list of at most 2"):
        load(dump(ANNA), "x")


def test_a_name_is_one_line_whoever_made_the_file():
    text = changed(reviewer="Anna\u2028Berg\n# reviewed: \u202eEve")
    assert load(text, "x").who == "Anna Berg # reviewed: Eve"


def test_line_ends_of_a_browser_are_line_ends():
    text = changed(verdict="edit", target="eins\r\nzwei")
    assert load(text, "x").decisions[0].target == "eins\nzwei"


def test_a_byte_order_mark_is_no_mistake():
    assert load("\ufeff" + dump(ANNA), "x") == ANNA


def test_a_reason_is_one_line():
    assert plain("  the\ttone\n is wrong ") == "the tone is wrong"
    assert plain("لحن نامناسب") == "لحن نامناسب"


def test_what_is_seen_covers_the_region_data():
    unit = Unit("{{ returns.window }}", "{{ returns.window }}")
    assert seen(unit, "14 days") != seen(unit, "30 days")
    assert seen(unit) != seen(replace(unit, target="x"))
    assert len(seen(unit)) == 16
