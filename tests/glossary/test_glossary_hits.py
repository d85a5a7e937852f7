"""The source side: which terms stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.glossary.match import TermBase
from polyhelp.model import Concept, Locale, PartOfSpeech, Severity, TermTarget

DE = Locale("de")


def concept(source, part=PartOfSpeech.NOUN, **more):
    return Concept(id=source.replace(" ", "-"), source=source, part=part, **more)


def found(text, *concepts, path=""):
    return [hit.text for hit in TermBase(concepts).hits(text, path)]


ORDER = concept("order")
NUMBER = concept("order number")
CARD = concept("gift card")
RETURN_NOUN = concept("return")
RETURN_VERB = Concept(id="return-verb", source="return", part=PartOfSpeech.VERB)


def test_plurals_and_capitals_are_found_with_their_place():
    text = "Gift cards are sent by mail."
    (hit,) = TermBase([CARD]).hits(text)
    assert (hit.start, hit.end, hit.text) == (0, 10, "Gift cards")
    assert hit.concept is CARD


def test_the_longest_term_wins():
    assert found("Your order numbers and your orders", ORDER, NUMBER) == ["order numbers", "orders"]


def test_part_of_a_word_is_no_hit():
    assert found("The border is disordered.", ORDER) == []


def test_a_possessive_is_a_hit():
    assert found("the order’s total and the order's tax", ORDER) == ["order", "order"]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Use `order number` here", []),
        ("Open https://x.example/gift-card/order", []),
        ("See {{ order }} and {order}", []),
        ("Read [your **order**](../orders/order.md)", ["order"]),
        ("Open **your gift** card", ["gift** card"]),
        ("Open [gift](x.md) card", ["gift](x.md) card"]),
        ("A gift `x` card", []),
        ("A gift. Card it.", []),
        ('![Your order](order.png "An order number")', ["order", "order number"]),
    ],
)
def test_only_prose_counts(text, hits):
    assert found(text, ORDER, NUMBER, CARD) == hits


def test_positions_are_those_of_the_markdown_text():
    text = "See `x` and &amp; **[the order](o.md)**."
    (hit,) = TermBase([ORDER]).hits(text)
    assert text[hit.start : hit.end] == "order"


def test_a_name_with_a_mark_is_found_also_as_an_entity():
    shop = concept("Kestrel & Pine", PartOfSpeech.NAME)
    assert found("Welcome to Kestrel &amp; Pine.", shop) == ["Kestrel &amp; Pine"]
    assert found("Kestrel and Pine", shop) == []


def test_hyphen_and_space_are_equal_inside_a_term():
    assert found("at a pickup point or a pick-up point", concept("pick up point")) == ["pick-up point"]


def test_half_of_a_hyphenated_word_is_no_hit():
    assert found("a pre-order, an order-related mail", ORDER) == []


def test_excluded_phrases_hide_their_term_only():
    tax = concept("refund", excluded=("tax refund",))
    assert found("A tax refund is no refund. Tax refunds are not ours.", tax) == ["refund"]


def test_a_shorter_term_shows_again_where_the_longer_is_excluded():
    number = concept("order number", excluded=("old order number",))
    assert found("the old order number", ORDER, number) == ["order"]


def test_scope_is_a_path_pattern():
    policy = concept("period", scope=("policies/*",))
    assert found("the period", policy, path="policies/returns.md") == ["period"]
    assert found("the period", policy, path="articles/returns.md") == []


def test_scope_decides_before_length():
    longer = concept("order number", scope=("policies/*",))
    assert found("the order number", ORDER, longer, path="index.md") == ["order"]


def test_case_sensitive_terms_want_their_own_case():
    points = concept("Points", PartOfSpeech.NAME, case_sensitive=True)
    assert found("Points are points", points) == ["Points"]


def test_at_one_place_the_case_sensitive_concept_is_taken():
    names = TermBase([concept("card"), concept("Card", PartOfSpeech.NAME, case_sensitive=True)])
    assert [hit.concept.source for hit in names.hits("This Card or a card")] == ["Card", "card"]


def test_variants_are_inflected_too():
    assert found("two parcels or packages", concept("parcel", variants=("package",))) == ["parcels", "packages"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("You can return it", ["return-verb"]),
        ("To return an item", ["return-verb"]),
        ("Start a return", ["return"]),
        ("We don't return it", ["return-verb"]),
        ("your return label", ["return"]),
        ("She returned it", ["return-verb"]),
    ],
)
def test_a_neighbour_tells_noun_and_verb_apart(text, ids):
    assert [hit.concept.id for hit in TermBase([RETURN_NOUN, RETURN_VERB]).hits(text)] == ids


def test_an_empty_term_base_and_an_empty_text_have_no_hits():
    assert TermBase([]).hits("order") == ()
    assert TermBase([ORDER]).hits("") == ()


def test_for_engine_gives_each_enforced_term_once_in_reading_order():
    base = TermBase(
        [
            Concept(id="refund", source="refund", targets={DE: TermTarget("Erstattung")}),
            Concept(id="tc", source="TrailCard", part=PartOfSpeech.NAME, do_not_translate=True),
            Concept(id="item", source="item", enforce=None, targets={DE: TermTarget("Artikel")}),
            Concept(id="parcel", source="parcel", targets={Locale("fr"): TermTarget("colis")}),
        ]
    )
    text = "TrailCard refunds: one refund per item and parcel"
    assert base.for_engine(text, DE) == (("TrailCard", "TrailCard"), ("refund", "Erstattung"))
    assert base.for_engine(text, Locale("de-AT")) == base.for_engine(text, DE)
    assert base.for_engine("Nothing here", DE) == ()


WORDS = st.sampled_from(["gift", "card", "order", "number", "return", "label", "the", "a"])
SOURCES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=8, unique=True)
MARKUP = st.sampled_from([" ", " **", "** ", " [", "](x) ", " `", "-", ". ", "s ", "&amp;", "ed "])
TEXTS = st.lists(st.one_of(WORDS, MARKUP, st.text(max_size=3)), max_size=25).map("".join)


@given(SOURCES, TEXTS)
def test_hits_never_overlap_and_quote_the_text(sources, text):
    hits = TermBase(concept(source) for source in sources).hits(text)
    at = 0
    for hit in hits:
        assert at <= hit.start < hit.end
        assert text[hit.start : hit.end] == hit.text
        at = hit.end


def test_severity_off_still_lets_the_longest_term_win():
    base = TermBase(
        [
            Concept(id="card", source="card", targets={DE: TermTarget("Karte")}, enforce=Severity.ERROR),
            Concept(id="card-reader", source="card reader", enforce=None),
        ]
    )
    assert base.violations("the card reader", "das Lesegerät", DE) == ()
