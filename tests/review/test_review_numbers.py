"""Numbers that changed in a source."""

import pytest

from polyhelp.checks.number_words import number_words
from polyhelp.review.numbers import changed


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Within 14 days.", "Within 30 days.", "14 → 30"),
        ("Within 14 days.", "Within 14 days of delivery.", ""),
        ("It costs €4.90.", "It costs €5.90.", "4.90 → 5.90"),
        ("From 9:00 to 17:00.", "From 9:00 to 18:00.", "17:00 → 18:00"),
        ("Wait 2 days, then 2 more.", "Wait 2 days.", "2 → none"),
        ("Wait.", "Wait 5 days.", "none → 5"),
        ("See [refunds](refunds-14.md).", "See [refunds](refunds-30.md).", ""),
        ("Within two days.", "Within three days.", "2 → 3"),
        ("Within two days.", "Within 2 days.", ""),
        ("One of us answers.", "We answer.", ""),
    ],
)
def test_numbers_that_came_and_went(before, after, expected):
    assert changed(before, after, number_words("en").said) == expected
