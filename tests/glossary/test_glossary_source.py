"""YAML of strangers as a tree: fast, in linear time, and never deeper than a person writes."""

import time

import pytest
import yaml
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from polyhelp.errors import TermBaseError
from polyhelp.glossary.read import parse
from polyhelp.glossary.yaml_tree import NULL, TooDeepError, tree

TEXT = """\
# über — 返金 🥷
- id: no   # a word
  w: {q: 'é', r: "\\u00e9", s: ~, t: , u: 'null'}
  x:
    - |
      two
      lines
    - >-
      one
      line
- &a [1, 2024-01-01]
"""


def told(node):
    if isinstance(node, ScalarNode):
        return None if node.tag == NULL else node.value
    if isinstance(node, SequenceNode):
        return [told(one) for one in node.value]
    assert isinstance(node, MappingNode)
    return {told(key): told(value) for key, value in node.value}


def test_every_scalar_is_text_or_nothing():
    assert told(tree(TEXT)) == [
        {"id": "no", "w": {"q": "é", "r": "é", "s": None, "t": None, "u": "null"}, "x": ["two\nlines\n", "one line"]},
        ["1", "2024-01-01"],
    ]


def test_places_are_counted_in_characters_and_lines():
    first, second = tree(TEXT).value
    word = first.value[1][1]
    assert TEXT[word.start_mark.index : word.end_mark.index] == TEXT[TEXT.index("{") : TEXT.index("}") + 1]
    assert (first.start_mark.line, word.start_mark.line, second.start_mark.line) == (1, 2, 10)
    assert TEXT[second.start_mark.index :].startswith("&a")


def test_it_is_the_tree_that_ruamel_makes():
    def shape(node):
        line = node.start_mark.line
        inside = [] if isinstance(node, ScalarNode) else [one for pair in node.value for one in
                                                          (pair if isinstance(pair, tuple) else (pair,))]  # fmt: skip
        return type(node).__name__, line, [shape(one) for one in inside]

    assert shape(tree(TEXT)) == shape(YAML(typ="rt", pure=True).compose(TEXT))


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_nothing_is_nothing(text):
    top = tree(text)
    assert top is None or top.tag == NULL


@pytest.mark.parametrize("piece", ["[", "- ", "{a: ", "? "])
def test_depth_is_bounded(piece):
    with pytest.raises(TooDeepError):
        tree(piece * 200_000)


@pytest.mark.parametrize("text", ["a: 1\n--- b\n", "*nobody", "a: [", "a\tb: c: d", "\x00", "&a [*a, *b]"])
def test_what_is_no_single_document_is_an_error(text):
    with pytest.raises(yaml.YAMLError):
        tree(text)


def test_an_alias_of_itself_ends():
    with pytest.raises(TermBaseError):
        parse({"t.yml": "&a [*a]"})
    with pytest.raises(TermBaseError, match="YAML alias"):
        parse({"t.yml": "- &c {id: a, source: b, targets: {de: &d {preferred: x, admitted: [*d]}}}\n- *c"})


def test_five_hundred_concepts_in_ten_locales_take_a_second():
    tags = ("sv", "de", "fr", "ja", "th", "zh-TW", "zh-CN", "pt-BR", "ar", "es")
    entries = [
        f"- id: term-{at}\n  source: term {at}\n  pos: noun\n  definition: A thing.\n  targets:\n"
        + "".join(f"    {tag}: {{preferred: wort {at}, admitted: [eins {at}, zwei {at}]}}\n" for tag in tags)
        for at in range(500)
    ]
    begun = time.process_time()
    assert len(parse({"t.yml": "\n".join(entries)})) == 500
    assert time.process_time() - begun < 4
