"""Word-level differences between two texts."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.review.wording import Change, runs, words

SIGNS = {Change.KEPT: "", Change.REMOVED: "-", Change.ADDED: "+"}


def told(old, new):
    return [SIGNS[run.change] + run.text for run in runs(old, new)]


def test_a_changed_word_is_the_only_difference():
    assert told("Send it to us.", "Send it back to us.") == ["Send it ", "+back ", "to us."]
    assert told("You have 14 days.", "You have 30 days.") == ["You have ", "-14", "+30", " days."]


def test_equal_texts_have_no_difference_and_a_first_text_is_all_new():
    assert told("Same.", "Same.") == ["Same."]
    assert told("", "") == []
    assert told("", "New.") == ["+New."]
    assert told("Old.", "") == ["-Old."]


def test_words_that_are_replaced_are_one_change_and_not_a_patchwork_of_blanks():
    assert told("one two three", "four five six") == ["-one two three", "+four five six"]
    assert told("We pay, then send.", "They wait, then send.") == ["-We pay", "+They wait", ", then send."]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("您有14天时间退货。", "您有30天时间退货。", ["您有", "-14", "+30", "天时间退货。"]),
        ("เปิดกล่อง", "เปิดซอง", ["เปิด", "-กล่", "+ซ", "อง"]),
        ("चौदह दिन के भीतर", "तीस दिन के भीतर", ["-चौदह", "+तीस", " दिन के भीतर"]),
        ("يمكنك إرجاع الطلب", "يمكنك إلغاء الطلب", ["يمكنك ", "-إرجاع", "+إلغاء", " الطلب"]),
        ("4.90 € or more", "5.90 € or more", ["-4.90", "+5.90", " € or more"]),
    ],
)
def test_what_a_word_is_depends_on_the_script(old, new, expected):
    assert told(old, new) == expected


def test_markup_changes_as_a_whole():
    old, new = "Within {{ returns.window | duration }}.", "Within {{ returns.limit | duration }}."
    assert told(old, new) == ["Within ", "-{{ returns.window | duration }}", "+{{ returns.limit | duration }}", "."]
    assert "](../a/b.md)" in words("See [all](../a/b.md).")


@given(st.text(), st.text())
def test_nothing_is_lost_or_added(old, new):
    found = runs(old, new)
    assert "".join(run.text for run in found if run.change is not Change.ADDED) == old
    assert "".join(run.text for run in found if run.change is not Change.REMOVED) == new
    assert all(run.text for run in found)


ALIKE = st.lists(st.sampled_from(["a", "b", " ", "字", ".", "{{ x }}"]))


@given(ALIKE, ALIKE)
def test_neither_is_anything_of_like_texts(old, new):
    old, new = "".join(old), "".join(new)
    found = runs(old, new)
    assert "".join(run.text for run in found if run.change is not Change.ADDED) == old
    assert "".join(run.text for run in found if run.change is not Change.REMOVED) == new


def test_a_text_that_nobody_can_read_is_compared_soon():
    old, new = "a b " * 50_000, "b c " * 50_000
    began = time.perf_counter()
    assert told(old, new) == [f"-{old}", f"+{new}"]
    assert time.perf_counter() - began < 5
