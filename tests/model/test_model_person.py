"""Names in records: whether two are the same person's, and that a name is one line and all visible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import folded, one_line


@pytest.mark.parametrize(
    "other",
    ["anna berg", "ANNA BERG", " Anna  Berg ", "Anna\u00a0Berg", "Anna\tBerg", "Anna\u200b Berg", "\u202eAnna Berg",
     "Ａｎｎａ Berg"],
)  # fmt: skip
def test_another_way_to_write_a_name_is_the_same_person(other):
    assert folded(other) == folded("Anna Berg")


@pytest.mark.parametrize("other", ["Anna Bergs", "AnnaBerg", "@anna", "Аnna Berg", ""])  # the last but one is Cyrillic
def test_another_name_is_another_person(other):
    assert folded(other) != folded("Anna Berg")


def test_a_name_cannot_bring_a_second_record_with_it():
    assert one_line("Anna\nseconded: Bo 2026-11-23 0123456789abcdef") == (
        "Anna seconded: Bo 2026-11-23 0123456789abcdef"
    )
    assert one_line("Anna\u2028\x85\x1b[31m\u202eBerg\x00") == "Anna [31mBerg"


@given(st.text())
def test_a_name_that_is_written_down_stays_itself(text):
    name = one_line(text)
    assert one_line(name) == name
    assert folded(name) == folded(text) == folded(folded(text))
    assert len(name.splitlines()) <= 1
