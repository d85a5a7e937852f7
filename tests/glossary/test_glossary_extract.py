"""Terms proposed from the articles: what people would put into a term base comes first."""

import time

import pytest

from polyhelp.glossary.extract import Text, candidates
from polyhelp.glossary.match import TermBase
from polyhelp.model import Concept, Locale, PartOfSpeech

EN = Locale("en")
HELP = [
    "Use a promo code when you pay. A promo code is on the gift card. Enter the promo code.",
    "Your **gift card** never expires. You can pay with gift cards and with a [gift\ncard](x.md) from SizeMate.",
    "A refund goes to the gift card. The refund takes a week. Ask SizeMate for your `refund`. Refunds are free.",
    "The week after, ask SizeMate again. We answer every day of the week, and any day is fine.",
]


def proposed(texts, terms=(), source=EN, minimum=3):
    found = candidates([Text(f"{at}.md", 1, text) for at, text in enumerate(texts)], TermBase(terms), source, minimum)
    return {one.term: one for one in found}


def test_terms_come_with_counts_and_examples():
    found = proposed(HELP)
    assert next(iter(found)) == "gift card"
    assert set(list(found)[:4]) == {"gift card", "promo code", "SizeMate", "refund"}
    card = found["gift card"]
    assert (card.count, card.articles) == (5, 3)
    assert [(one.path, one.line) for one in card.examples] == [("0.md", 1), ("1.md", 1), ("1.md", 1)]


def test_a_word_that_only_stands_in_a_longer_term_is_none():
    assert not {"gift", "card", "promo", "code", "the gift card"} & set(proposed(HELP))


def test_plurals_count_as_their_singular_and_code_does_not_count():
    found = proposed(HELP)
    assert found["refund"].count == 3
    assert "gift cards" not in found


def test_names_and_verbs_are_told_from_nouns():
    found = proposed([*HELP, "Select the box.", "Select a size.", "You can select it."])
    assert found["SizeMate"].part is PartOfSpeech.NAME
    assert found["refund"].part is PartOfSpeech.NOUN
    assert found["select"].part is PartOfSpeech.VERB
    assert "Refunds" not in found


def test_what_the_term_base_has_is_not_proposed():
    found = proposed(HELP, [Concept("g", "gift card"), Concept("s", "SizeMate")])
    assert not {"gift card", "gift", "card", "SizeMate"} & set(found)
    assert "promo code" in found


def test_no_term_runs_over_punctuation_or_the_end_of_a_sentence():
    assert not [term for term in proposed(["Open the box. Label it, parcel."] * 5) if " " in term]


def test_everyday_words_come_after_terms():
    found = list(proposed(HELP))
    assert "week" not in found[:4]
    assert not {"every", "and", "you", "any day"} & set(found)


@pytest.mark.parametrize("minimum", [2, 4])
def test_rare_words_are_left_out(minimum):
    assert ("parcel" in proposed(["A parcel.", "The parcel.", "This parcel!"], minimum=minimum)) is (minimum == 2)


def test_other_source_languages_go_by_frequency():
    found = proposed(["Die Rückerstattung dauert. Die Rückerstattung kommt."] * 2, source=Locale("de"))
    assert found["Rückerstattung"].count == 4


def test_nothing_and_hostile_text():
    assert proposed([]) == {}
    assert proposed(["", "`x`", "🥷 … 返金", "\u0000"]) == {}


def test_a_megabyte_takes_seconds():
    text = "reset the parcel label again and " * 30_000
    begun = time.process_time()
    assert "parcel label" in " ".join(proposed([text]))
    assert time.process_time() - begun < 30
