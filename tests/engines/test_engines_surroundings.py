from polyhelp.engines.base import Context
from polyhelp.engines.surroundings import Section, context_of, readable

SAME = str


def test_a_reader_sees_no_markup_and_no_address():
    assert (
        readable("Use **`SAVE20`** in [our *shop*](https://a.example/x) :truck: {count}")
        == "Use SAVE20 in our shop count"
    )
    assert readable("<b>" * 3_000) == ""


def test_headings_only_when_all_texts_have_them():
    one, two = Section(("A",), ("x", "y")), Section(("B",), ("z",))
    assert context_of("T", [one, one], (), SAME) == Context("T", ("A",), "x\ny")
    assert context_of("T", [one, two], ("y",), SAME) == Context("T", (), "x\nz")
    assert context_of("", [], (), SAME) == Context()


def test_a_long_section_is_cut_at_a_word():
    text = context_of("", [Section((), ("many words " * 2_000,))], (), SAME).text
    assert 3_500 < len(text) <= 4_000
    assert text.endswith(("many", "words"))


def test_everything_is_masked():
    assert context_of("a", [Section(("b",), ("c",))], (), str.upper) == Context("A", ("B",), "C")
