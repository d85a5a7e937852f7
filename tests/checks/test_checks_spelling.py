"""Words that a dictionary does not know. The dictionary is written here."""

import pytest

from polyhelp.checks import dictionaries
from polyhelp.checks.base import Setting
from polyhelp.checks.spelling import CHECK
from polyhelp.model import Locale, Place, Severity, Unit

WORDS = ["Bestellung/N", "wählen", "Ihre", "Größe", "aujourd'hui", "adresse", "votre", "commande"]
AFFIXES = "SET UTF-8\nWORDCHARS '\nSFX N Y 1\nSFX N 0 en .\n"


@pytest.fixture
def found(tmp_path, monkeypatch):
    """Find words in texts of a locale: (position, word)."""
    pytest.importorskip("hunspell")
    for name in ("de_DE", "fr_FR"):
        (tmp_path / f"{name}.dic").write_text("\n".join([str(len(WORDS)), *WORDS]), encoding="utf-8")
        (tmp_path / f"{name}.aff").write_text(AFFIXES, encoding="utf-8")
    (tmp_path / "sv_SE.dic").write_text("1\nett\n", encoding="utf-8")  # without its .aff
    monkeypatch.setenv("DICPATH", str(tmp_path))

    def find(targets, tag="de", source="Choose it."):
        setting = Setting(Locale.parse(tag), Place("x.po"))
        result = list(CHECK.together([(Unit(source, target), setting) for target in targets]))
        assert all(one.severity is Severity.INFO and one.mark in one.message for _, one in result)
        return [(at, one.mark) for at, one in result]

    return find


def test_unknown_words(found):
    assert found(["Ihre Bestellungen wählen", "Ihre Bestelung wählen", "Grösse Größe"]) == [
        (1, "Bestelung"),
        (2, "Grösse"),
    ]


def test_sentence_starts_and_apostrophes(found):
    assert found(["Wählen Ihre Größe", "WÄHLEN"]) == []
    assert found(["Aujourd’hui, l’adresse", "l’adrese"], "fr") == [(1, "l’adrese")]


def test_names_usual_words_code_and_abbreviations_are_right(found):
    assert found(["Trailkarte wählen"], source="The Trailkarte") == []
    assert found(["Fjellbo", "Fjellbos", "Fjellbo", "fjellbo"]) == [(1, "Fjellbos")]
    assert found(["`bestelung`, https://kestrelpine.example/bestelung, KPXQ, SizeMate, abc, a1bcd, bestelung.md"]) == []


def test_a_regional_locale_takes_the_dictionary_of_its_language(found):
    assert found(["Bestelung"], "de-AT") == [(0, "Bestelung")]


@pytest.mark.parametrize("tag", ["sv", "ar", "tr", "ja", "zh-TW", "th", "tlh"])
def test_silent_without_a_dictionary_or_where_none_is_good_enough(found, tag, tmp_path):
    for end in ("dic", "aff"):
        (tmp_path / f"tr_TR.{end}").write_text(AFFIXES if end == "aff" else "1\nbir\n", encoding="utf-8")
    assert found(["Bestelung"], tag) == []


def test_silent_without_hunspell(monkeypatch):
    monkeypatch.setattr(dictionaries, "find_spec", lambda _: None)
    assert list(CHECK.together([(Unit("x", "Bestelung"), Setting(Locale("de"), Place("x.po")))])) == []
    assert not CHECK.on
