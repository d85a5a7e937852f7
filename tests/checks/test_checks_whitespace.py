"""Doubled spaces, spaces at the edges, empty lines."""

import time

import pytest
from correct_sentences import cases

from polyhelp.checks.base import Setting
from polyhelp.checks.whitespace import CHECK
from polyhelp.model import Locale, Place, Unit


def run(source, target, tag="de"):
    return list(CHECK.look(Unit(source, target), Setting(Locale.parse(tag), Place("x.po", 1))))


@pytest.mark.parametrize(("tag", "sentence"), cases())
def test_correct_sentences(tag, sentence):
    assert run("Choose it.", sentence, tag) == []


@pytest.mark.parametrize(
    ("tag", "target", "mark"),
    [
        ("de", "Ihre  Bestellung", "Ihre  Bestellung"),
        ("fr", "Votre commande\u00a0 : ici", "Votre commande\u00a0 : ici"),
        ("sv", "Se `kod`  här", "Se `kod`  här"),
        ("ja", "注文　　履歴", "注文　　履歴"),
        ("th", "เลือก  ขนาด", "เลือก  ขนาด"),
        ("ar", "رقم  الطلب", "رقم  الطلب"),
        ("zh-TW", "訂單  號碼", "訂單  號碼"),
    ],
)
def test_doubled_spaces(tag, target, mark):
    (found,) = run("Your order `kod`", target, tag)
    assert found.mark == mark
    assert found.message.startswith("Two spaces stand in a row in '")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("One.  Two.", "Eins.  Zwei."),  # the source does it too
        ("Use `a  b`.", "`a  b` verwenden."),  # inside code
        ("One  \ntwo", "Eins  \nzwei"),  # a line break of Markdown
        ("One\ntwo", "Eins\nzwei"),
        (" One", " Eins"),
        ("One\n\ntwo", "Eins\n\nzwei"),
    ],
)
def test_spaces_with_a_meaning(source, target):
    assert run(source, target) == []


@pytest.mark.parametrize("target", [" Eins", "Eins ", "Eins\n", "\u00a0Eins", "\u3000Eins"])
def test_edges(target):
    assert ["beginning or the end" in found.message for found in run("One", target)] == [True]


def test_empty_line():
    assert ["empty line inside" in found.message for found in run("One two", "Eins\n \nzwei")] == [True]


@pytest.mark.parametrize("text", [" ", "a ", "a  ", "\n ", " \u00a0", "`  "])
def test_hostile_text_takes_no_longer_than_its_length(text):
    start = time.process_time()
    run("x", text * (200_000 // len(text)) + "x")
    assert time.process_time() - start < 5
