"""Where a segment stands: title, headings, section."""

import pytest

from polyhelp import content
from polyhelp.content import Dialect
from polyhelp.locales.layout import SITE
from polyhelp.model import Document, Key, Kind, Segment
from polyhelp.workflow.sections import sections, title


def document(text):
    return content.parse(text.encode(), "page.md", Dialect())


def place(text, source):
    return sections(document(text))[Key(source, "")]


PAGE = "# A\n\na\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n"


def test_the_title_is_the_first_segment():
    assert title(document(PAGE)) == "A"
    assert title(document("---\ntitle: First\n---\n\n# Second\n")) == "First"
    assert title(document("")) == ""


@pytest.mark.parametrize(
    ("source", "headings", "sources"),
    [
        ("a", ("A",), ("A", "a")),
        ("b", ("A", "B"), ("B", "b")),
        ("c", ("A", "B", "C"), ("C", "c")),
        ("d", ("A", "D"), ("D", "d")),
    ],
)
def test_headings_lead_to_a_section_and_end_it(source, headings, sources):
    found = place(PAGE, source)
    assert (found.headings, found.sources) == (headings, sources)


def test_a_heading_stands_in_its_own_section():
    assert place(PAGE, "B").headings == ("A", "B")


def test_levels_may_be_skipped_and_come_back():
    text = "#### Deep\n\na\n\n# Top\n\nb\n\n### Third\n\nc\n\n## Second\n\nd\n"
    assert place(text, "a").headings == ("Deep",)
    assert place(text, "b").headings == ("Top",)
    assert place(text, "c").headings == ("Top", "Third")
    assert place(text, "d").headings == ("Top", "Second")


def test_headings_with_lines_below_them():
    text = "Top\n===\n\na\n\nSecond\n---\n\nb\n\nOther top\n=========\n\nc\n"
    assert place(text, "a").headings == ("Top",)
    assert place(text, "b").headings == ("Top", "Second")
    assert place(text, "c").headings == ("Other top",)


def test_headings_with_attributes_and_closing_hashes():
    text = "# Top {#top}\n\na\n\n## Second ##\n\nb\n"
    assert place(text, "b").headings == ("Top", "Second")


def test_before_the_first_heading_there_is_none():
    found = place("---\ntitle: T\n---\n\nIntro.\n\n# Top\n\na\n", "Intro.")
    assert (found.headings, found.sources) == ((), ("T", "Intro."))


def test_text_that_stands_twice_is_where_it_stands_first():
    text = "# A\n\nsame\n\n# B\n\nsame\n\nsame\n"
    found = sections(document(text))
    assert found[Key("same", "")].headings == ("A",)
    assert found[Key("B", "")].sources == ("B", "same")


def test_words_of_the_interface_have_no_place():
    words = Document(SITE, (Segment("Home", "Home", Kind.INTERFACE, 0),))
    assert (title(words), dict(sections(words))) == ("", {})


def test_every_segment_of_a_page_has_a_place():
    page = document(PAGE + "\n| a | b |\n| --- | --- |\n| x | y |\n\n- one\n- two\n")
    assert set(sections(page)) == {segment.key for segment in page.segments}
