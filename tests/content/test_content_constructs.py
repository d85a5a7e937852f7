"""What a translator is offered of each construct, and the laws that hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.content import parse, render
from polyhelp.errors import MarkdownError
from polyhelp.text.inline import Code, Role, serialize, tokenize

CASES = {
    "front matter": ("---\ntitle: Set up\nicon: x/y\ndescription: 'It''s'\n---\n", ["Set up", "It's"]),
    "heading with an id": ("## Install it { #install }\n", ["Install it"]),
    "wrapped paragraph": ("one\ntwo\n  three\n", ["one two three"]),
    "hard break": ("one  \ntwo\n", ["one  \ntwo"]),
    "nested list": ("- a\n\n    - b\n\n        c\n\n- [x] d\n", ["a", "b", "c", "d"]),
    "indented code is no prose": ("text\n\n    code here\n", ["text"]),
    "fence in a list": ("1. do\n\n    ```py\n    # no\n    ```\n2. then\n", ["do", "then"]),
    "table": (
        "| Key | What |\n|---|:--:|\n| `a|b` | x \\| y |\n",
        ["Key", "What", "x | y"],
    ),
    "template tags in a table": ("| A | B |\n|---|---|\n{% for x in y %}\n| {{ x.a | money }} | fast |\n{% endfor %}\n",
                                 ["A", "B", "fast"]),
    "admonition": ('!!! tip inline end "Good to know"\n    Text.\n\n    More.\n', ["Good to know", "Text.", "More."]),
    "untitled details": ("??? question\n    Why?\n", ["Why?"]),
    "block mark": ("/// details | More\n    type: warning\nText.\n///\n", ["More", "Text."]),
    "tabs": ('=== "Web"\n    Go.\n\n=== "App"\n    Tap.\n', ["Web", "Go.", "App", "Tap."]),
    "quote over two lines": ("> one\n> two\n", ["one two"]),
    "definition list": ("Term\n:   Meaning\n    goes on.\n", ["Term", "Meaning goes on."]),
    "footnote": ("Text[^a].\n\n[^a]: Note.\n\n    Second.\n", ["Text[^a].", "Note.", "Second."]),
    "abbreviation": ("*[VPN]: Virtual network\n", ["Virtual network"]),
    "lone image": ('![Map](a.png "The map"){ width=3 }\n', ["Map", "The map"]),
    "raw HTML": ('<figure><img src="a.png" alt="Map">\n<figcaption>The map</figcaption></figure>\n',
                 ["Map", "The map"]),
    "Markdown in HTML": ('<div class="grid" markdown>\n\n- **A** text\n\n</div>\n', ["**A** text"]),
    "defined shortcut": ("See [the page].\n\n[the page]: a.md\n", ["See [the page][the page]."]),
    "lines for machines": ("<!-- no -->\n\n--8<-- \"a.md\"\n\n{% if x %}\n\nYes.\n\n{% endif %}\n", ["Yes."]),
    "skipped block": ("<!-- l10n:skip -->\n\nNot this.\n\nThis.\n", ["This."]),
    "API reference": ("::: pkg.mod\n    options:\n      members: false\n\nText.\n", ["Text."]),
    "unclosed fence": ("```py\ntext after\n", ["text after"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_translator_is_offered_the_prose_and_nothing_else(name):
    text, expected = CASES[name]
    found = [segment.source for segment in parse(text, "a.md").segments]
    missing = [source for source in expected if not any(source in one for one in found)]
    assert not missing
    if name != "unclosed fence":
        assert found == expected


def test_notes_and_contexts_speak_of_the_next_segment():
    text = "<!-- l10n:note A button -->\n<!-- l10n:context verb -->\n\nOrder\n\nOrder\n"
    first, second = parse(text, "a.md").segments
    assert (first.note, first.context, second.note, second.context) == ("A button", "verb", "", "")


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_bytes_stay_what_they_are(end):
    data = f"\ufeff# A{end}{end}\tcode{end}{end}* b  {end}* c{end}".encode()
    document = parse(data, "a.md")
    assert render(document, {}).encode() == data


lines = st.sampled_from(
    [
        *(text for text, _ in CASES.values()),
        *(
            "",
            " ",
            "    ",
            "\t",
            "> ",
            "- ",
            "1. ",
            "```",
            "~~~",
            "$$",
            "<div>",
            "</div>",
            "<!--",
            "-->",
            "{{",
            "[a](b",
        ),
        *("![", "**", "`", "| a |", "|---|", "===", "---", "///", "!!! note", "\f", "\\"),
    ]
)


@given(st.lists(lines, max_size=12).map("\n".join) | st.text(max_size=200))
def test_a_page_put_together_without_targets_is_the_page(text):
    document = parse(text, "a.md")
    assert render(document, {}) == text
    assert render(document, {segment.key: segment.source for segment in document.segments}) == text


@given(st.text(alphabet="ab \\`*_{}[]()<>#+-.!:~=^|\"'&$%@/\n1é日", max_size=80))
def test_inline_markup_there_and_back(text):
    tokens = tokenize(text)
    assert serialize(tokens) == text
    depth = 0
    for token in tokens:
        if isinstance(token, Code):
            depth += {Role.OPEN: 1, Role.CLOSE: -1, Role.VOID: 0}[token.role]
            assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"ok\ncaf\xe9\n", 2, "byte 6 (0xe9) is not UTF-8"),
        (b"ok\n\0\n", 2, "byte 3 is a NUL"),
        (b"x" * (17 * 1024 * 1024), 0, "the limit is 16 MB"),
    ],
)
def test_what_is_no_page_is_refused_with_its_place(data, line, words):
    with pytest.raises(MarkdownError) as caught:
        parse(data, "a.md")
    assert words in caught.value.message
    assert caught.value.place.line == line


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000, "*a" * 20_000, "`a ``" * 10_000, "<a " * 20_000, "<!-- " * 10_000, "{{ " * 20_000,
        "- a\n" * 10_000, "> " * 200 + "a\n", "".join("    " * n + "- a\n" for n in range(200)), "| a " * 5_000 + "\n",
    ],
)  # fmt: skip
def test_hostile_pages_come_back_whole(text):
    document = parse(text, "a.md")
    assert render(document, {}) == text
