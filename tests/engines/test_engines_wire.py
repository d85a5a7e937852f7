import time

import pytest
from engine_strategies import segments
from hypothesis import given, settings
from hypothesis import strategies as st

from polyhelp.engines.mend import mended
from polyhelp.engines.nodes import Void, grow, has_letters, markdown, prose_inside, reworded, walk, with_names
from polyhelp.engines.wire import Damage
from polyhelp.engines.wire_tags import from_html, from_xml, to_html, to_xml
from polyhelp.engines.wire_words import FAMILIES, CodeWords
from polyhelp.model import Locale
from polyhelp.text.inline import tokenize

DE = Locale("de")
TEXT = 'Use `SAVE20` for {count} items, see [our *new* shop](https://kestrelpine.example "Shop") & more.'


def tree(text):
    return grow(tokenize(text))


def test_an_engine_sees_words_and_numbers_never_addresses():
    xml = to_xml(tree(TEXT))
    assert xml == (
        'Use <x id="1">SAVE20</x> for <x id="2">count</x> items, see '
        '<g id="3">our <g id="4">new</g> shop</g> &amp; more.'
    )
    assert to_html(tree(TEXT)) == (
        'Use <span id="1" translate="no">SAVE20</span> for <span id="2" translate="no">count</span> items, see '
        '<span id="3">our <span id="4">new</span> shop</span> &amp; more.'
    )
    assert "kestrelpine" not in CodeWords("XQ").marked(tree(TEXT))


@settings(deadline=None)
@given(segments)
def test_xml_comes_back_as_it_went(text):
    source = tree(text)
    assert from_xml(to_xml(source), source) == source


@settings(deadline=None)
@given(segments)
def test_html_comes_back_as_it_went(text):
    source = tree(text)
    assert from_html(to_html(source), source) == source


@settings(deadline=None)
@given(segments, st.text(max_size=20), st.integers(0, 200), st.integers(0, 20))
def test_html_that_was_changed_is_read_or_damage_and_has_no_codes_of_its_own(text, written, at, gone):
    source = tree(text)
    sent = to_html(source)
    read = from_html(sent[:at] + written + sent[at + gone :], source)
    if not isinstance(read, Damage):
        assert {node.id for node, _ in walk(read)} <= {node.id for node, _ in walk(source)}


@settings(deadline=None)
@given(segments)
def test_code_words_come_back_as_they_went(text):
    source = tree(text)
    words = CodeWords.for_text(text)
    assert mended(words.read(words.marked(source), source), source, DE) == mended(source, source, DE)


@pytest.mark.parametrize(
    "answer",
    [
        '<g id="3">a',
        "a</g>",
        '<g id="9">a</g>',
        '<x id="3"/>',
        '<g id="1">a</g>',
        "<script>alert(1)</script>",
        "2 < 3",
        '<x id="1">never closed',
        '</x><x id="1"/>',
        '<g id="3"><g id="4"></g>',
    ],
)
def test_tags_that_do_not_belong_together_are_damage(answer):
    assert isinstance(from_xml(answer, tree(TEXT)), Damage)


@pytest.mark.parametrize(
    "answer",
    [
        '<span id="3">a',
        "a</span>",
        '<span id="9">a</span>',
        "<span>a</span>",
        '<span data-id="3">a</span>',
        '<span id="33333333">a</span>',
        '<span id="1" translate="no">never closed',
        '<span id="1" translate="no"><span id="2" translate="no">a</span></span>',
        '<span id="3">a <b>b</b></span>',
        "<script>alert(1)</script>",
        "2 < 3",
        '<spanner id="3">a</spanner>',
        '</span><span id="3">',
    ],
)
def test_spans_that_do_not_belong_together_are_damage(answer):
    assert isinstance(from_html(answer, tree(TEXT)), Damage)


@pytest.mark.parametrize(
    "answer",
    [
        '<span id="1" translate="no">A</span> <span id="2">n &amp; u</span>.',
        "<SPAN ID='1' translate='no'>Ä</SPAN> <SPAN ID='2'>n &#38; u</SPAN>.",
        '< span id = "1" translate = "no" > A < / span > <span id=2>n &#x26; u</ span>.',
        '<span translate="no" class="x" id="1"/> <span id="2" onclick="x()">n &amp; u</span>.',
        '<span id="1" translate="no"><b>A</b></span> <span id="2">n & u</span>.',
    ],
)
def test_spans_may_be_written_in_another_way(answer):
    assert markdown(from_html(answer, tree("`A` **now**"))) == "`A` **n & u**."


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("Don&#39;t &quot;go&quot;", 'Don\'t "go"'),
        ("a&nbsp;b &eacute;&#xe9;", "a\xa0b éé"),
        ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
    ],
)
def test_entities_are_read_once(answer, text):
    assert from_html(answer, tree("text")) == (text,)


@pytest.mark.parametrize("answer", ["<span" + " " * 60_000, "<" * 60_000, "< " * 30_000, '<span id="3">' * 9_000])
@pytest.mark.parametrize("read", [from_html, from_xml])
def test_no_answer_takes_long_to_read(answer, read):
    start = time.process_time()
    assert isinstance(read(answer, tree(TEXT)), Damage)
    assert time.process_time() - start < 1.0


def test_tags_may_be_written_in_another_way():
    source = tree("Use `A` **now**.")
    answer = from_xml("Jetzt <g id='2'>n &amp; u</g> <x id='1' ></x>.", source)
    assert markdown(answer) == "Jetzt **n & u** `A`."


def test_what_the_engine_writes_into_a_void_is_thrown_away():
    source = tree("Use `SAVE20` now.")
    assert markdown(from_xml('Nutzen Sie <x id="1">SPAREN20</x>.', source)) == "Nutzen Sie `SAVE20`."


def test_code_words_use_a_prefix_that_the_text_lacks():
    assert CodeWords.for_text("Plain `code`").prefix == "XQ"
    assert CodeWords.for_text("Model XQ1X is here").prefix == "ZQX"
    assert CodeWords.for_text("Plain", family=1).prefix == "ZQX"
    everything = " ".join(FAMILIES) + " XQJJ"
    assert CodeWords.for_text(everything).prefix not in everything


def test_a_broken_code_word_is_damage():
    source = tree("Use `A` now.")
    for answer in ("Nutze XQ jetzt.", "Nutze XQ1 X jetzt", "Nutze XQ7X.", "Nutze xqAX XQ1X."):
        assert isinstance(CodeWords("XQ").read(answer, source), Damage)
    assert markdown(CodeWords("XQ").read("Nutze xq1x jetzt.", source)) == "Nutze `A` jetzt."


def test_titles_and_image_texts_are_texts_of_their_own():
    text = '![Our *logo*](a.svg "The logo") [Shop](b.md "To the shop") <img src="x.png" alt="A tent"> ![](c.svg "5")'
    source = tree(text)
    assert prose_inside(source) == ("The logo", "Our *logo*", "To the shop", "A tent")
    table = {"The logo": 'Das „Logo"', "Our *logo*": "Unser *Logo*", "A tent": 'Ein "Zelt"'}
    assert markdown(reworded(source, table)) == (
        '![Unser *Logo*](a.svg "Das „Logo”") [Shop](b.md "To the shop") '
        '<img src="x.png" alt="Ein ”Zelt”"> ![](c.svg "5")'
    )


def test_names_become_codes_longest_first():
    source = with_names(tree("Pine Points by Pine and **Pine** Pineapple"), {"Pine", "Pine Points"})
    names = [node.text for node, _ in walk(source) if isinstance(node, Void)]
    assert names == ["Pine Points", "Pine", "Pine"]
    assert len({node.id for node, _ in walk(source)}) == 4
    assert markdown(source) == "Pine Points by Pine and **Pine** Pineapple"


def test_an_empty_pair_is_one_code():
    source = tree('Read <a id="here"></a>this.')
    assert isinstance(source[1], Void)
    assert has_letters(source)
    assert not has_letters(tree("`code` {count} 5 %"))
