"""English surfaces: every form a writer uses is found, and no form of another word."""

import pytest

from polyhelp.glossary.inflect import plurals, surfaces, verb_forms
from polyhelp.model import PartOfSpeech


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("refund", ("refunds",)),
        ("delivery", ("deliveries",)),
        ("day", ("days",)),
        ("address", ("addresses",)),
        ("box", ("boxes",)),
        ("person", ("people",)),
        ("index", ("indices", "indexes")),
        ("basis", ("bases",)),
        ("SDK", ("SDKs",)),
        ("SMS", ("SMSes",)),
        ("Pine Points", ()),
        ("返品", ()),
    ],
)
def test_plurals(noun, plural):
    assert plurals(noun) == plural


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("return", {"returns", "returned", "returning"}),
        ("ship", {"ships", "shipped", "shipping"}),
        ("hope", {"hopes", "hoped", "hoping"}),
        ("apply", {"applies", "applied", "applying"}),
        ("pay", {"pays", "paid", "paying"}),
        ("agree", {"agrees", "agreed", "agreeing"}),
        ("set", {"sets", "setting"}),
        ("cancel", {"cancels", "canceled", "cancelled", "canceling", "cancelling"}),
    ],
)
def test_verb_forms(verb, forms):
    assert set(verb_forms(verb)) == forms


def test_the_head_of_a_noun_takes_the_plural():
    assert surfaces("proof of purchase", PartOfSpeech.NOUN) == ("proof of purchase", "proofs of purchase")
    assert surfaces("gift card", PartOfSpeech.NOUN) == ("gift card", "gift cards")
    assert surfaces("pick-up", PartOfSpeech.NOUN) == ("pick-up", "pick-ups")


def test_a_verb_with_a_particle_bends_at_its_first_word():
    assert "logged in" in surfaces("log in", PartOfSpeech.VERB)
    assert "log ins" not in surfaces("log in", PartOfSpeech.VERB)


def test_an_adjective_stays_as_it_is():
    assert surfaces("eligible", PartOfSpeech.ADJECTIVE) == ("eligible",)
