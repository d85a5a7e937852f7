"""Texts whose form depends on a number: segments with whole sentences, and pages that stay as they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyhelp.content import parse, render, with_plurals
from polyhelp.errors import MarkdownError
from polyhelp.model import Kind
from polyhelp.text.plural import Plural

TRANS = "{% trans n=returns.window.amount %}one day{% pluralize %}{{ n }} days{% endtrans %}"
BLOCK = """\
{% trans n=a.b %}
You have **one** day.
{% pluralize %}
You have **{{ n }}** days.
{% endtrans %}

Next.
"""
NESTED = "{% trans n=a.b %}\n    One\n    day.\n    {% pluralize %}\n    More days.\n    {% endtrans %}"
PAGE = "content/policies/returns.md"


def document(text):
    return with_plurals(parse(text, PAGE))


def plurals(text):
    return [(one.kind, Plural.parse(one.source).forms) for one in document(text).segments if Plural.parse(one.source)]


def in_german(text, *forms):
    """The page with ``forms`` for its plurals."""
    page = document(text)
    targets = {
        one.key: str(Plural(Plural.parse(one.source).variables, forms))
        for one in page.segments
        if Plural.parse(one.source)
    }
    return render(page, targets)


@pytest.mark.parametrize(
    ("text", "kind", "one", "more"),
    [
        (f"Wait {TRANS}, not more.\n", Kind.PARAGRAPH, "Wait one day, not more.", "Wait {{ n }} days, not more."),
        (f"# Within {TRANS}\n", Kind.HEADING, "Within one day", "Within {{ n }} days"),
        (f"- Within {TRANS}.\n", Kind.LIST_ITEM, "Within one day.", "Within {{ n }} days."),
        (f"| a | b |\n|---|---|\n| In {TRANS} | **c** |\n", Kind.CELL, "In one day", "In {{ n }} days"),
        (f'---\ntitle: "Within {TRANS}"\n---\n', Kind.FRONT_MATTER, "Within one day", "Within {{ n }} days"),
        (f"> Within {TRANS}\n> or so.\n", Kind.PARAGRAPH, "Within one day or so.", "Within {{ n }} days or so."),
        (f"**In {TRANS}**, [go](a)\n", Kind.PARAGRAPH, "**In one day**, [go](a)", "**In {{ n }} days**, [go](a)"),
        (BLOCK, Kind.PARAGRAPH, "You have **one** day.", "You have **{{ n }}** days."),
        (f"- Item\n\n    {NESTED}\n", Kind.PARAGRAPH, "One day.", "More days."),
        (BLOCK.replace("\n", "\r\n"), Kind.PARAGRAPH, "You have **one** day.", "You have **{{ n }}** days."),
        ("{% trans n=a.b %}One\n{% pluralize %}\nMore.\n{% endtrans %}\n", Kind.PARAGRAPH, "One", "More."),
    ],
)  # fmt: skip
def test_a_plural_is_one_segment_with_whole_sentences(text, kind, one, more):
    assert plurals(text) == [(kind, (one, more))]
    assert render(document(text), {}) == text


def test_the_segment_knows_its_line_and_its_note():
    page = document(f"# Title\n\n<!-- l10n:note the window -->\n{BLOCK}\n{TRANS}.\n")
    _, first, _, second = page.segments
    assert (first.line, first.note, second.line) == (4, "the window", 12)


def test_targets_are_written_with_as_many_forms_as_they_have():
    assert in_german(f"Within {TRANS} it is.\n", "a", "b", "c") == (
        "{% translated n=returns.window.amount %}a{% pluralize %}b{% pluralize %}c{% endtrans %}\n"
    )
    assert in_german("x\n\n{% trans n=a.b %}\nA.\n{% pluralize %}\nB.\n{% endtrans %}\n\ny\n", "a") == (
        "x\n\n{% translated n=a.b %}a{% endtrans %}\n\ny\n"
    )


def test_pipes_and_attribute_lists_are_written_in_every_form():
    cell = in_german(f"| a |\n|---|\n| {TRANS} |\n", "a | b", "c | d")
    assert "| {% translated n=returns.window.amount %}a \\| b{% pluralize %}c \\| d{% endtrans %} |" in cell
    page = in_german(f"See [this](a.md){{ .button }} within {TRANS}.\n", "[A](a.md).", "[B](a.md).")
    assert page.count("](a.md){ .button }.") == 2


def test_what_counts_comes_first_in_the_source():
    text = "{% trans fee=returns.fee, n=a.b %}One for {{ fee }}.{% pluralize n %}More.{% endtrans %}\n"
    (segment,) = document(text).segments
    assert segment.source.startswith("{% trans n=a.b, fee=returns.fee %}One")
    assert "{% pluralize %}" in segment.source


def test_a_page_without_plurals_and_values_without_words_stay():
    page = parse("# {% if a %}b{% endif %}\n", PAGE)
    assert with_plurals(page) is page
    text = "Text.\n\n{% trans n=a.b %}{{ n }}{% pluralize %}{{ n }}{% endtrans %}\n"
    assert render(document(text), {}) == text


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("x\n\n{% trans n=a %}one{% pluralize %}more.\n", 3, "no {% endtrans %}"),
        ("x\n\none{% pluralize %}more{% endtrans %}.\n", 3, "{% pluralize %} has no {% trans %} before it"),
        ("{% trans n=a %}one{% endtrans %}.\n", 1, "no {% pluralize %}"),
        ("{% trans n=a %}a{% pluralize %}b{% pluralize %}c{% endtrans %}.\n", 1, "more than one {% pluralize %}"),
        ("{% trans n=a %}a{% trans m=b %}b{% pluralize %}c{% endtrans %}.\n", 1, "inside another"),
        (f"x\n\n{TRANS} and {TRANS}.\n", 3, "two {% trans %} stand in one text"),
        ("{% trans n=a %}\nA.\n\nAA.\n{% pluralize %}\nB.\n{% endtrans %}\n", 1, "more than one text"),
        ("x\n\n{% trans n=a %}\n- A.\n- AA.\n{% pluralize %}\nB.\n{% endtrans %}\n", 3, "more than one text"),
        ("{% trans n=a %}\n# A\n{% pluralize %}\n# B\n{% endtrans %}\n", 1, "more than one text"),
        ("{% trans n=a %}\n| A |\n|---|\n| a |\n{% pluralize %}\nB.\n{% endtrans %}\n", 1, "more than one text"),
        ("{% trans %}one{% pluralize %}more{% endtrans %}.\n", 1, "nothing counts"),
        ("{% trans n=a %}one{% pluralize m %}more{% endtrans %}.\n", 1, "'m', which is to count"),
        ("{% trans returns.window %}one{% pluralize %}more{% endtrans %}.\n", 1, "'returns.window' is no variable"),
        ("{%- trans n=a %}one{% pluralize %}more{% endtrans %}.\n", 1, "'-' and '+' have no meaning"),
        ("{% trans n=a %}one{% if b %}x{% endif %}{% pluralize %}more{% endtrans %}.\n", 1, "only words and values"),
        (f"{TRANS}\n\n{TRANS.replace('days', 'Days')}\n", 3, "the same first form"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_the_way_out(text, line, said):
    with pytest.raises(MarkdownError) as caught:
        document(text)
    assert said in caught.value.message
    assert (caught.value.place.path, caught.value.place.line) == (PAGE, line)
    assert caught.value.hint


WORDS = st.lists(
    st.sampled_from(["One", "day", "**day**", "{{ n }}", "`a|b`", "(1)", "items,"]), min_size=1, max_size=4
)
PLACES = [
    "{}\n", "# {}\n", "- {}\n", "1. {}\n\n    more text\n", "> {}\n", "| a | b |\n|---|---|\n| {} | c |\n",
    '!!! note "{}"\n    text\n', "Term\n:   {}\n", '---\ntitle: "{}"\n---\n\ntext\n', "text[^1]\n\n[^1]: {}\n",
]  # fmt: skip


@st.composite
def pages(draw):
    """A page with plurals in paragraphs, items, cells, headings and other places."""
    blocks = []
    for number, place in enumerate(draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=5))):
        one, more, before, after = (" ".join(draw(WORDS)).replace('"', "") for _ in range(4))
        text = f"word {before} {{% trans n=a.b{number} %}}{one}{{% pluralize %}}{more}{{% endtrans %}} {after}"
        blocks.append(place.format(text.replace("|", "\\|") if place.startswith("|") else text))
    front = [block for block in blocks if block.startswith("---")][:1]
    return "\n".join([*front, *(block for block in blocks if not block.startswith("---"))])


@given(text=pages(), end=st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=60, deadline=None)
def test_a_page_without_targets_or_with_its_own_texts_is_the_page(text, end):
    text = text.replace("\n", end)
    page = document(text)
    assert render(page, {}) == text
    assert render(page, {segment.key: segment.source for segment in page.segments}) == text
    found = [segment for segment in page.segments if Plural.parse(segment.source)]
    assert len(found) == text.count("{% trans")
    for segment in found:
        assert str(Plural.parse(segment.source)) == segment.source
