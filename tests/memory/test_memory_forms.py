"""How alike two sources are for a translator, and codes that move from one source to another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_strategies import sources, texts

from polyhelp.memory import similarity
from polyhelp.memory.features import BUCKETS, features
from polyhelp.memory.forms import form, with_codes_of


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Wait 14 days.", "Wait 14 days.", 100, 100),
        ("Wait 14 days.", "Wait 30 days.", 95, 98),
        ("Wait 14 days.", "Wait 1,400 days.", 95, 98),
        ("From 1 to 2.", "From 3 to 4.", 95, 96),
        ("See [returns](a.md).", "See [returns](b/c/d/e/f.md).", 95, 98),
        ("Press **Save**.", "Press *Save*.", 75, 98),
        ("Press **Save**.", "Press Save.", 75, 94),
        ("Your parcel is late.", "Your parcel is late!", 90, 97),
        ("Open the box.", "Close the account for ever.", 0, 60),
        ("退款将在7天内到账。", "退款将在9天内到账。", 95, 98),
        ("a\\*b", "a\\_b", 0, 90),
    ],
)
def test_similarity_is_what_translators_expect(one, other, least, most):
    assert least <= similarity(one, other) <= most


@given(sources, sources)
def test_only_equal_texts_are_a_hundred_and_both_ways_are_the_same(one, other):
    assert (similarity(one, other) == 100) == (one == other)
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 100


def test_many_numbers_cost_no_more_than_five():
    assert similarity("1 2 3 4 5 6 7 8 9", "9 8 7 6 5 4 3 2 0") >= 95


@pytest.mark.parametrize(
    ("query", "source", "target", "result"),
    [
        ("See [a](new.md).", "See [a](old.md).", "Siehe [b](old.md).", "Siehe [b](new.md)."),
        ("See <b>a</b>.", "See <i>a</i>.", "Siehe <i>b</i>.", "Siehe <b>b</b>."),
        ("Enter `x`.", "Enter `y`.", "Gib `y` ein.", "Gib `x` ein."),
        ("Enter `x`.", "Enter `y`.", "Gib das ein.", ""),  # the code is not in the target
        ("Enter `x`.", "Enter `y`.", "Gib `y` ein, ja `y`.", ""),  # twice in the target
        ("`x` or `z`", "`y` or `y`", "`y` oder `y`", ""),  # which goes where?
        ("`y` or `x`", "`x` or `y`", "`x` oder `y`", "`y` oder `x`"),
    ],
)
def test_codes_are_exchanged_where_that_is_simple(query, source, target, result):
    assert form(query) == form(source)
    assert with_codes_of(query, source, target) == result


@given(st.one_of(sources, texts))
def test_any_text_has_a_form_and_features(text):
    assert all(0 <= feature < BUCKETS for feature in features(form(text)))


def test_features_are_the_same_in_every_process():
    assert sorted(features("Print 2 labels"))[:3] == sorted(features("Print 99 labels"))[:3]
    assert features("Refunds") & features("refunded")
    assert features("退款") & features("退货")
