"""Texts of strangers that are only looked at: in HTML, and in a comment of a pull request."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.review import harmless
from polyhelp.review.marking import About, Mark, find, marked
from polyhelp.review.preview import rendered, seen

ALLOWED = {"b", "bdi", "br", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong",
           "sub", "sup", "u"}  # fmt: skip
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</bdi></p><svg onload=alert(1)>",
    "[click](javascript:alert(1)){ onclick=alert(1) }",
    "![x](https://evil.example/pixel.png){ style=position:fixed }",
    "<b onmouseover=alert(1) style='position:fixed'>bold</b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--><script>alert(1)</script>-->",
    "<a href=javascript:alert(1)>x</a>",
    "<style>*{display:none}</style>",
    "`</code><script>alert(1)</script>`",
    "{{ '</p><script>alert(1)</script>' }}",
    "<kbd><script>alert(1)</script></kbd>",
    "**" * 500,
    "<b>" * 500,
    "<math><mi><mglyph><style><img src=x onerror=alert(1)>",
]


def elements(text):
    tree = html5lib.parseFragment(str(text), namespaceHTMLElements=False)
    return [one for one in tree.iter() if one.tag != "DOCUMENT_FRAGMENT"]


def check_inert(text):
    for one in elements(text):
        assert one.tag in ALLOWED
        assert set(one.attrib) <= {"class", "dir"}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_text_becomes_an_element_of_its_own(text):
    check_inert(rendered(text))
    check_inert(marked(text, find(text, [text[:9]], About.ISSUE)))
    assert len(elements(rendered(text))) < 3000


@given(st.text(st.sampled_from("<>\"'&*_[]()`{}|% \u202eabscript/=!\n-:"), max_size=60))
def test_neither_does_anything_of_any_text(text):
    check_inert(rendered(text))
    check_inert(marked(text, [Mark(1, 5, About.TERM), Mark(3, 9, About.ISSUE)]))


def test_the_preview_is_what_customers_see():
    said = str(rendered("Open **your** [orders](/o.md), press ++ctrl+c++ & <kbd>Enter</kbd>,<br>in {{ x.y }}."))
    assert "<strong>your</strong>" in said
    assert '<span class="link">orders</span>' in said
    assert "/o.md" not in said
    assert "<br>in" in said
    assert '<span class="code">{{ x.y }}</span>' in said
    forms = "{% trans n=a.b %}one day{% pluralize %}{{ n }} days{% endtrans %}"
    assert str(rendered(forms)) == 'one day<br><span class="code">{{ n }}</span> days'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("abc\u202edef", "abc‹RLO›def"),
        ("14\u2066 days\u2069", "14‹LRI› days‹PDI›"),
        ("sta\u200bff", "sta‹ZWSP›ff"),
        ("sta\u200dff", "sta‹ZWJ›ff"),
        ("a\u00adb", "a‹SHY›b"),
        ("a\U000e0041b", "a‹U+E0041›b"),
        ("nul\x00", "nul‹U+0000›"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("x\ufe0f", "x‹U+FE0F›"),
    ],
)
def test_characters_that_nobody_sees_have_a_name_but_where_writing_needs_them(text, shown):
    assert harmless.plain(text) == shown


def test_an_entity_hides_no_character():
    assert "RLO" in str(rendered("abc&#8238;def"))
    assert "\u202e" not in str(rendered("abc&#x202E;def"))


def test_marks_and_differences_stand_in_one_text():
    text = "Within 30 days."
    said = str(marked(text, find(text, ["30 days"], About.ISSUE), "Within 14 days."))
    assert said == (
        'Within <del>14</del><ins><mark class="issue">30</mark></ins><mark class="issue"> days</mark>.'
    )  # fmt: skip


def test_marks_that_overlap_are_both_seen():
    assert str(marked("abcdef", [Mark(0, 4, About.TERM), Mark(2, 6, About.ISSUE)])) == (
        '<mark class="term">ab</mark><mark class="term issue">cd</mark><mark class="issue">ef</mark>'
    )


def test_what_reads_from_left_to_right_stands_apart():
    said = str(marked("افتح [طلباتك](../account/orders.md) خلال {{ a.b }}", [Mark(14, 21, About.ISSUE)]))
    assert '<bdi dir="ltr"><mark class="issue">../acco</mark>unt/orders.md</bdi>)' in said
    assert '<bdi dir="ltr">{{ a.b }}</bdi>' in said


def test_words_are_found_whatever_their_case():
    assert find("Die Rückgabe", ["rückgabe", "", "gone"], About.TERM) == (Mark(4, 12, About.TERM),)
    assert find("İİ Rückgabe", ["Rückgabe"], About.TERM) == (Mark(3, 11, About.TERM),)


def test_lone_surrogates_can_be_written():
    assert str(seen("a\ud800b")).encode() == b'a<span class="odd">U+D800</span>b'
