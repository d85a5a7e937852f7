"""What waits, as a comment of a pull request."""

import re

import pytest
from review_cards import card

from polyhelp.review.comment import LARGEST, MOST, markdown, quiet
from polyhelp.review.report import Earlier


def test_a_unit_is_a_row_with_its_differences_and_reasons():
    one = card("Within 30 days.", "Binnen 30 Tagen.", issues=[("A number is missing.", "30")],
               earlier=Earlier("Within 14 days.", "Binnen 14 Tagen."))  # fmt: skip
    text = markdown([one])
    assert text.startswith("1 unit, 3 source words to read.\n")
    row = text.splitlines()[-1]
    assert f"`{one.row.id}`" in row
    assert "Within <del>14</del><ins>30</ins> days." in row
    assert "Binnen <del>14</del><ins>30</ins> Tagen." in row
    assert "machine<br>error&#58; A number is missing." in row


@pytest.mark.parametrize(
    "text",
    [
        "@everyone look", "closes #1", "[x](https://evil.example)", "![x](https://evil.example/p.png)", "a | b",
        "<img src=x>", "`code`", "https://evil.example", "www.evil.example", "a@b.example", "**x** __y__ ~~z~~",
        "line\n\n# heading", "<!-- hidden -->", "\\| \\`", "$x$", ":shipit:", "| a |\n| --- |", "&lt;b&gt;",
    ],
)  # fmt: skip
def test_nothing_of_a_text_acts_in_markdown(text):
    said = quiet(text)
    bare = re.sub(r"&#\d+;|<code>|</code>", "", said)
    assert not re.search(r"[<>`*_\[\]|~\\&@#$:!{}^]", bare)
    assert not re.search(r"\.\w", bare)
    assert "\n" not in said
    assert "@" not in said


def test_mentions_stand_in_an_element_of_their_own():
    assert quiet("ask @anna about #12") == "ask <code>&#64;</code>anna about <code>&#35;</code>12"


def test_hidden_characters_are_named_and_a_text_keeps_its_direction():
    row = markdown([card("Pay.", "abc\u202edef")]).splitlines()[-1]
    assert "abc‹RLO›def" in row
    assert "\u2068abc" in row


def test_a_comment_is_never_longer_than_the_forge_takes():
    many = [card(f"Send it back {at}. " + "*" * 500, "|" * 500) for at in range(MOST + 20)]
    text = markdown(many)
    assert len(text) < LARGEST
    assert "more units in the report." in text.splitlines()[-1]
    assert markdown([card(f"Send {at}.") for at in range(MOST + 20)]).endswith("\n20 more units in the report.\n")


def test_nothing_to_read():
    assert markdown([]) == "Nothing waits for a reviewer.\n"
