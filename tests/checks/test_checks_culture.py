"""Words that a style guide avoids; the demo's style guides and catalogs."""

import time
from pathlib import Path

import pytest
from correct_sentences import cases

from polyhelp.checks.base import Setting
from polyhelp.checks.characters import CHECK as CHARACTERS
from polyhelp.checks.culture import CHECK
from polyhelp.checks.duplication import CHECK as DUPLICATION
from polyhelp.checks.formality import CHECK as FORMALITY
from polyhelp.checks.length import CHECK as LENGTH
from polyhelp.checks.whitespace import CHECK as WHITESPACE
from polyhelp.glossary.style import read_styles, style_for
from polyhelp.locales import po
from polyhelp.model import Avoided, Locale, Place, Severity, Style, Unit

DEMO = Path(__file__).parents[2]
STYLES = read_styles(DEMO / "glossary" / "styles", DEMO)
EMAIL = Avoided(("Email", "Vergütung*", "macht Sinn"), "Email is enamel", "E-Mail", ("Email-Schild",), Severity.ERROR)


def run(target, tag="de", style=None, source="Choose it."):
    locale = Locale.parse(tag)
    setting = Setting(locale, Place("x.po", 1), style=style or style_for(locale, STYLES))
    return list(CHECK.look(Unit(source, target), setting))


@pytest.mark.parametrize(("tag", "sentence"), cases())
def test_correct_sentences_under_the_demo_style_guides(tag, sentence):
    assert run(sentence, tag) == []


@pytest.mark.parametrize(
    ("tag", "target", "mark"),
    [
        ("ar", "قم بالضغط هنا", "قم بالضغط"),
        ("ar", "المنتج متواجد", "متواجد"),
        ("de", "Ihre Email-Adresse", "Email"),
        ("de", "Das macht Sinn.", "macht Sinn"),
        ("fr", "La carte digitale", "digitale"),
        ("ja", "あなたのアカウント", "あなた"),
        ("pt-BR", "Use o telemóvel.", "telemóvel"),
        ("sv", "Du erhåller ett mejl.", "erhåller"),
        ("th", "ท่านเปลี่ยนได้", "ท่าน"),
        ("zh-CN", "请登入", "登入"),
        ("zh-TW", "請登錄", "登錄"),
    ],
)
def test_words_that_the_demo_avoids(tag, target, mark):
    (found,) = run(target, tag)
    assert found.mark == mark


def test_the_reason_and_the_way_out_are_shown_with_the_severity_of_the_entry():
    (found,) = run("Eine EMAIL", style=Style(avoid=(EMAIL,)))
    assert found.message == "'EMAIL' is a word to avoid: Email is enamel. Write 'E-Mail'."
    assert found.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("target", "mark"),
    [("Vergütungen", "Vergütungen"), ("macht\u00a0 Sinn", "macht\u00a0 Sinn"), ("Verg\u0075\u0308tung", "Vergütung")],
)
def test_endings_and_spaces(target, mark):
    assert [found.mark for found in run(target, style=Style(avoid=(EMAIL,)))] == [mark]


@pytest.mark.parametrize(
    "target", ["Emaille", "Das Email-Schild", "`Email`", "a@email.de", "Rückvergütung", "unmacht Sinn"]
)
def test_other_words_phrases_and_code_are_right(target):
    assert run(target, style=Style(avoid=(EMAIL,))) == []


def test_arabic_words_with_what_is_written_in_one_with_them():
    style = Style(avoid=(Avoided(("ضمان",), "x"),))
    for target in ("الضمان", "والضمان", "بضمان", "للضمان"):
        assert [found.mark for found in run(target, "ar", style)] == [target]
    assert run("ضمانات", "ar", style) == []


def test_what_the_source_says_is_no_excuse():
    assert len(run("La carte digitale", "fr", source="The digitale card")) == 1


@pytest.mark.parametrize("tag", sorted({folder.name for folder in (DEMO / "locales").iterdir()}))
def test_the_demo_is_clean(tag):
    locale = Locale.parse(tag)
    checks = (CHARACTERS, WHITESPACE, DUPLICATION, FORMALITY, LENGTH, CHECK)
    for file in (DEMO / "locales" / tag).rglob("*.po"):
        setting = Setting(locale, Place(str(file)), style=style_for(locale, STYLES))
        current = po.read(file, locale, file.stem, str(file)).current
        units = [unit for unit in current if unit.target and unit.maker != "mt/offline"]  # `make site` puts those in
        assert [found for unit in units for check in checks for found in check.look(unit, setting)] == []


@pytest.mark.parametrize("text", ["macht ", "macht  ", "Email", "Vergütung", "ول", "قم "])
@pytest.mark.parametrize("tag", ["de", "ar"])
def test_hostile_text_takes_no_longer_than_its_length(text, tag):
    start = time.process_time()
    run(text * (300_000 // len(text)), tag)
    assert time.process_time() - start < 5
