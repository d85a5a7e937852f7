import pytest
from engine_strategies import segments
from help_center_sentences import SENTENCES
from hypothesis import given, settings

from polyhelp.engines.nodes import Pair, grow, markdown, walk
from polyhelp.engines.wire import Damage
from polyhelp.engines.wire_blanks import from_blanks, to_blanks
from polyhelp.engines.wire_words import CodeWords
from polyhelp.text.inline import tokenize

WORDS = CodeWords("XQ")


def tree(text):
    return grow(tokenize(text))


def read(answer, text):
    found = from_blanks(answer, tree(text), WORDS)
    return found if isinstance(found, Damage) else markdown(found)


def test_pairs_are_blanks_and_voids_are_words():
    assert to_blanks(tree("Press **Save** to keep {count} of [*your* items](a.md)."), WORDS) == (
        "Press [[t:g:1]]Save[[/]] to keep XQ2X of [[t:g:3; t:g:4]]your[[/]] [[t:g:3]]items[[/]]."
    )


def test_signs_with_a_meaning_are_escaped_both_ways():
    text = "5 < 6 @ $7 / [x] back\\\\slash {a b} ^*"
    assert to_blanks(("5 < 6 @ $7 / [x] \\ {a b}",), WORDS) == "5 \\< 6 \\@ \\$7 \\/ \\[x\\] \\\\ \\{a b\\}"
    assert read(to_blanks(tree(text), WORDS), text) == text


def test_spaces_at_the_edges_of_a_pair_stand_outside_of_its_blank():
    source = tree("see [ the shop ](a.md) now")
    assert to_blanks(source, WORDS) == "see  [[t:g:1]]the shop[[/]]  now"


@settings(deadline=None, max_examples=200)
@given(segments)
def test_what_comes_back_as_it_went_is_the_same_text_and_codes(text):
    source = tree(text)
    words = CodeWords.for_text(text)
    found = from_blanks(to_blanks(source, words), source, words)
    assert not isinstance(found, Damage)
    assert "".join(markdown(found).split()) == "".join(text.split())


@pytest.mark.parametrize("sentence", SENTENCES)
def test_help_center_sentences_survive(sentence):
    words = CodeWords.for_text(sentence)
    assert markdown(from_blanks(to_blanks(tree(sentence), words), tree(sentence), words)) == sentence


def test_neighbouring_words_of_a_pair_are_one_pair():
    source = "Select **Start a return** now."
    answer = "Selecciona [[t:g:1]]Inicio[[/]] [[t:g:1]]un[[/]] [[t:g:1]]regreso[[/]] ahora."
    assert read(answer, source) == "Selecciona **Inicio un regreso** ahora."
    assert read("[[t:g:1]]Importante[[/]][[t:g:1]]:[[/]] ven", "**Important:** come") == "**Importante:** ven"


def test_scattered_words_of_a_pair_are_pieces_of_it():
    source = tree("Read our [refund policy](a.md) now")
    found = from_blanks("Lee [[t:g:1]]póliza[[/]] de [[t:g:1]]reembolso[[/]]", source, WORDS)
    assert [node.id for node, _ in walk(found) if isinstance(node, Pair)] == [1, 1]


def test_words_in_pairs_inside_pairs_find_their_places():
    source = "Read our [big **refund** policy](a.md)."
    answer = "Lee [[t:g:1]]póliza[[/]] [[t:g:2; t:g:1]]reembolso[[/]] [[t:g:1]]grande[[/]]."
    assert read(answer, source) == "Lee [póliza **reembolso** grande](a.md)."
    # some versions name only the innermost
    assert read("Lee [[t:g:2]]reembolso[[/]].", source) == "Lee [**reembolso**](a.md)."


@pytest.mark.parametrize(
    "answer",
    [
        "a [[t:g:1]]b",
        "a b[[/]]",
        "a [[t:g:9]]b[[/]]",
        "a [[t:g:1; t:g:3]]b[[/]] [[t:g:3]]d[[/]]",
        "[[t:g:1]]b[[/]] XQ9X",
        "[[t:g:1]]b[[/]] XQ 2X",
        "[[t:x:1]]b[[/]]",
        "[b]",
    ],
)
def test_what_cannot_be_read_is_told(answer):
    assert isinstance(read(answer, "a **b** {count} *d*"), Damage)
