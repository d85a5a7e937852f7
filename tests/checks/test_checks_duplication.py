"""Words that stand twice in a row."""

import time

import pytest
from correct_sentences import cases

from polyhelp.checks.base import Setting
from polyhelp.checks.duplication import CHECK
from polyhelp.model import Locale, Place, Unit


def run(source, target, tag="de"):
    return [found.mark for found in CHECK.look(Unit(source, target), Setting(Locale.parse(tag), Place("x.po", 1)))]


@pytest.mark.parametrize(("tag", "sentence"), cases())
def test_correct_sentences(tag, sentence):
    assert run("Choose it.", sentence, tag) == []


@pytest.mark.parametrize(
    ("tag", "target", "mark"),
    [
        ("de", "Wählen Sie Sie Ihre Größe.", "Sie Sie"),
        ("de", "Das steht in der der Rechnung.", "der der"),
        ("de", "Die Größe Größe-Tabelle", "Größe Größe"),
        ("sv", "Välj storlek storlek.", "storlek storlek"),
        ("fr", "Choisissez une une taille.", "une une"),
        ("fr", "Le Le retour", "Le Le"),
        ("pt-BR", "O pedido foi foi enviado.", "foi foi"),
        ("es", "Elige la la talla.", "la la"),
        ("it", "Scegli la la misura.", "la la"),
        ("ru", "Мы вернём вернём деньги.", "вернём вернём"),
        ("ja", "サイズをを選びます。", "をを"),
        ("ja", "FastAPI FastAPI を使います。", "FastAPI FastAPI"),
        ("zh-CN", "请选择 请选择", "请选择 请选择"),
        ("th", "เลือกขนาด เลือกขนาด", "เลือกขนาด เลือกขนาด"),
        ("ar", "اختر المقاس المقاس.", "المقاس المقاس"),
    ],
)
def test_doubled_words(tag, target, mark):
    assert run("Choose a size.", target, tag) == [mark]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Pago Pago", "Nach Pago Pago"),
        ("A word", "Ein Wort. Wort"),
        ("A word", "Wort `x` Wort"),
        ("A word", "Größe A A 3 3"),
    ],
)
def test_twice_for_a_reason(source, target):
    assert run(source, target) == []


@pytest.mark.parametrize("text", ["a", "ab ", "ab  ", "ab\n", "-ab", "を"])
def test_hostile_text_takes_no_longer_than_its_length(text):
    start = time.process_time()
    run("x", text * (300_000 // len(text)))
    assert time.process_time() - start < 8
