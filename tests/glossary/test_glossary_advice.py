"""Remarks on entries that work badly: only where they do."""

import pytest

from polyhelp.glossary.advice import advice
from polyhelp.glossary.read import parse
from polyhelp.model import Locale


def told(text, source="en"):
    return [one.text for one in advice(parse({"t.yml": text}), Locale(source))]


@pytest.mark.parametrize(
    ("entry", "remark"),
    [
        (
            "source: gift cards",
            "the source 'gift cards' looks like a plural: write 'gift card', and its plural is found too",
        ),
        ("source: policies", "the source 'policies' looks like a plural: write 'policy', and its plural is found too"),
        ("source: boxes", "the source 'boxes' looks like a plural: write 'box', and its plural is found too"),
        ("source: the order", "the source 'the order' begins with an article: write 'order'"),
        (
            "source: Visa, targets: {de: {preferred: Visa}, fr: {preferred: Visa}}",
            "every target is 'Visa' itself: say 'do_not_translate: true' instead",
        ),
        (
            "source: b, targets: {ko: {preferred: 햄버거, forbidden: [버거]}}",
            "ko: the forbidden form '버거' is part of '햄버거', where it is not reported",
        ),
        (
            "source: b, targets: {fr: {preferred: x, admitted: [bon de retour], deprecated: [retour]}}",
            "fr: the deprecated form 'retour' is part of 'bon de retour', where it is not reported",
        ),
        (
            "source: b, targets: {es: {preferred: tarjeta regalo}, es-MX: {forbidden: [regalo]}}",
            "es-MX: the forbidden form 'regalo' is part of 'tarjeta regalo', where it is not reported",
        ),
    ],
)
def test_what_works_badly_is_told(entry, remark):
    assert told(f"- {{id: a, {entry}}}") == [remark]


@pytest.mark.parametrize(
    "entry",
    [
        "source: address",
        "source: status",
        "source: analysis",
        "source: customs",
        "source: bus",
        "source: Pine Points, pos: name",
        "source: The Guardian, pos: name",
        "source: sign ins, pos: verb",
        "source: newsletter, targets: {de: {preferred: newsletter}, fr: {preferred: lettre}}",
        "source: Visa, do_not_translate: true, targets: {de: {note: Card.}}",
        "source: b, targets: {de: {preferred: Gutschein, forbidden: [Schein]}}",
    ],
)
def test_what_is_as_it_should_be_is_not(entry):
    assert told(f"- {{id: a, {entry}}}") == []


def test_other_languages_have_other_plurals():
    assert told("- {id: a, source: maisons}", "fr") == []


def test_one_name_of_two_concepts():
    (remark,) = told("- {id: a, source: Order}\n- {id: b, source: parcel, variants: [order]}")
    assert remark == (
        "'order' is already a name of 'a' at t.yml:1; give one of them another scope, or make them one concept"
    )
    assert told("- {id: a, source: card, scope: [p/*]}\n- {id: b, source: card, scope: [p/cards.md]}")


@pytest.mark.parametrize(
    "text",
    [
        "- {id: a, source: return}\n- {id: b, source: return, pos: verb}",
        "- {id: a, source: card, scope: [payments/*]}\n- {id: b, source: card, scope: [account/*]}",
        "- {id: a, source: Points, case_sensitive: true, pos: name}\n- {id: b, source: points, pos: name}",
    ],
)
def test_what_can_be_told_apart_in_the_text_does_not_collide(text):
    assert told(text) == []
