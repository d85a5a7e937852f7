"""The term base is changed as a careful person would: what is not meant to change keeps every byte."""

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from glossary_strategies import concepts
from hypothesis import given, settings
from hypothesis import strategies as st

from polyhelp.errors import TermBaseError
from polyhelp.glossary.read import parse
from polyhelp.glossary.write import edited
from polyhelp.model import Concept, Locale, PartOfSpeech, Severity, TermTarget

DEMO = (Path(__file__).parents[2] / "glossary" / "terms.yml").read_bytes().decode()
DE = Locale("de")


def read(text):
    return {concept.id: concept for concept, _ in parse({"terms.yml": text})}


def only_changed(before, after):
    """The lines that differ, as (lines before, lines after)."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = min(len(old), len(new)) - start
    end = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return old[start : len(old) - end], new[start : len(new) - end]


def test_putting_what_is_there_changes_nothing():
    assert edited(DEMO, read(DEMO).values()) == DEMO
    assert edited(DEMO, []) == DEMO


def test_a_new_concept_comes_last():
    new = Concept("stamp", "stamp", targets={DE: TermTarget("Paket", ("Sendung",), note="Not a letter.")}, owner="Kim")
    text = edited(DEMO, [new])
    assert text.startswith(DEMO)
    assert text.removeprefix(DEMO) == dedent(
        """
        - id: stamp
          source: stamp
          pos: noun
          owner: Kim
          enforce: warning
          targets:
            de: {preferred: Paket, admitted: [Sendung], note: Not a letter.}
        """
    )


def test_one_changed_word_changes_one_line():
    refund = read(DEMO)["refund"]
    german = replace(refund.targets[DE], preferred="Rückerstattung", admitted=("Erstattung",))
    text = edited(DEMO, [replace(refund, targets={**refund.targets, DE: german})])
    assert only_changed(DEMO, text) == (
        ["    de: {preferred: Erstattung, admitted: [Rückerstattung, Rückzahlung, erstatten]}\n"],
        ["    de: {preferred: Rückerstattung, admitted: [Erstattung]}\n"],
    )


def test_a_concept_of_the_demo_can_change_alone():
    known = read(DEMO)
    for concept in [*known.values()][::20]:
        text = edited(DEMO, [replace(concept, definition="Another.", owner="Kim", enforce=None)])
        old, new = only_changed(DEMO, text)
        assert len(old) <= 6
        assert len(new) <= 7
        assert read(text) == {**known, concept.id: replace(concept, definition="Another.", owner="Kim", enforce=None)}


def test_a_concept_of_the_demo_can_be_taken_out():
    known = read(DEMO)
    for id_ in [*known][::20]:
        text = edited(DEMO, [], [id_])
        assert read(text) == {key: one for key, one in known.items() if key != id_}
        old, new = only_changed(DEMO, text)
        assert new == []
        assert not [line for line in old if line.startswith("#")]
        assert "\n\n\n" not in text


def test_comments_order_and_quotes_inside_a_changed_entry_stay():
    text = dedent(
        """\
        # top
        - source: "card"   # the plastic one
          id: card
          # who may use it
          definition: 'A card.'
          targets:
            # checked by Ana
            de:
              preferred: Karte  # never Kärtchen
              admitted:
                - "Plastikkarte"
            fr: {preferred: carte}
        # end
        """
    )
    card = read(text)["card"]
    assert edited(text, [replace(card, definition="The card.", enforce=Severity.ERROR)]) == text.replace(
        "'A card.'", "'The card.'\n  enforce: error"
    )
    german = replace(card.targets[DE], admitted=("Plastikkarte", "Kundenkarte"))
    assert edited(text, [replace(card, targets={**card.targets, DE: german})]) == text.replace(
        '- "Plastikkarte"', "- Plastikkarte\n        - Kundenkarte"
    )


def test_windows_line_ends_a_byte_order_mark_and_a_missing_last_line_end():
    text = "\ufeff- id: a\r\n  source: b\r\n\r\n- id: c\r\n  source: d"
    a = read(text.removeprefix("\ufeff"))["a"]
    done = edited(text, [replace(a, definition="x"), Concept("e", "f")])
    assert done == (
        "\ufeff- id: a\r\n  source: b\r\n  definition: x\r\n\r\n- id: c\r\n  source: d\r\n\r\n"
        "- id: e\r\n  source: f\r\n  pos: noun\r\n  enforce: warning\r\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "  - id: a\n    source: b\n  - id: c\n    source: d\n",
        "-\n  # which-one\n  id: a\n  source: b\n-   id: c\n    source: d\n",
        "- {id: a, source: b}\n- {id: c,\n   source: d}\n",
        "- id: a\n  source: >-\n    b\n\n\n- id: c\n  source: |\n    d\n",
        "- id: a\n  source: b\n  targets: {no: {preferred: 2}, de: {preferred: on}}\n- {id: c, source: d}",
        "---\n- id: a\n  source: b # - c\n- id: c\n  source: d\n...\n",
    ],
)
def test_every_way_to_write_a_list_can_be_changed(text):
    known = read(text)
    changed = {id_: replace(one, definition="New: 'x' #1", variants=("no", "- x")) for id_, one in known.items()}
    for id_ in known:
        done = edited(text, [changed[id_]])
        assert read(done) == {**known, id_: changed[id_]}
    assert read(edited(text, changed.values())) == changed
    if "..." not in text:
        assert [*read(edited(text, [Concept("z", "y")]))] == ["a", "c", "z"]
    assert [*read(edited(text, [], ["a"]))] == ["c"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "# nothing yet", "---\n"])
def test_a_file_without_concepts_gets_its_first(text):
    done = edited(text, [Concept("a", "b")])
    assert done.startswith(text)
    assert [*read(done)] == ["a"]


@pytest.mark.parametrize("text", ["[{id: a, source: b}]", "a: b"])
def test_a_file_that_cannot_be_changed_is_named(text):
    with pytest.raises(TermBaseError) as caught:
        edited(text, [Concept("c", "d")], path="glossary/terms.yml")
    assert str(caught.value).startswith("glossary/terms.yml:1: the file is no list with one '- ' for each concept")


def test_words_that_other_readers_take_for_more_are_quoted():
    concept = Concept(
        "no", "yes", part=PartOfSpeech.VERB, definition="12", variants=("true", "2024-01-01", "1e3", "null")
    )
    text = edited("", [concept])
    assert "id: 'no'\n" in text
    assert "variants: ['true', '2024-01-01', '1e3', 'null']" in text
    assert read(text) == {"no": concept}


def test_a_locale_that_says_less_than_its_parent():
    concept = Concept(
        "c",
        "computer",
        targets={
            Locale("es"): TermTarget("ordenador", ("equipo",)),
            Locale("es-MX"): TermTarget("computadora", cleared=frozenset({"admitted", "note"})),
        },
    )
    text = edited("", [concept])
    assert "es-MX: {preferred: computadora, admitted: [], note: ''}" in text
    assert read(text) == {"c": concept}
    german = {**concept.targets, Locale("es-MX"): TermTarget(note="x"), DE: TermTarget("Computer")}
    assert read(edited(text, [replace(concept, targets=german)]))["c"].targets == german


@settings(max_examples=30)
@given(concepts(), concepts(), st.data())
def test_what_is_written_is_what_is_read(first, second, data):
    text = edited("# mine\n", first)
    assert read(text) == {one.id: one for one in first}
    gone = data.draw(st.lists(st.sampled_from([one.id for one in first]), unique=True)) if first else []
    kept = [one.id for one in second]
    text = edited(text, second, [id_ for id_ in gone if id_ not in kept])
    wanted = {one.id: one for one in first if one.id not in gone or one.id in kept} | {one.id: one for one in second}
    assert read(text) == wanted
    assert text.startswith("# mine\n")
