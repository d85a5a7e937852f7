import pytest
from engine_strategies import segments
from hypothesis import given, settings

from polyhelp.engines.mend import mended
from polyhelp.engines.nodes import Void, grow, has_letters, markdown, prose_inside, reworded, walk, with_names
from polyhelp.engines.wire import FAMILIES, CodeWords, Damage, from_xml, to_xml
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
    assert "kestrelpine" not in CodeWords("XQ").marked(tree(TEXT))


@settings(deadline=None)
@given(segments)
def test_xml_comes_back_as_it_went(text):
    source = tree(text)
    assert from_xml(to_xml(source), source) == source


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
