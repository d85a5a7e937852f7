import random

import pytest

from polyhelp.checks.base import Setting
from polyhelp.checks.omission import CHECK, together
from polyhelp.model import Locale, Place, Severity, Unit

SETTING = Setting(Locale("de"), Place("a.md"))
WORDS = ["der", "Artikel", "wird", "kostenlos", "zurück", "geschickt", "und", "bezahlt", "bis", "wir", "ihn", "haben"]


def sentence(rng, words):
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def catalog(count=120, seed=1):
    """Units whose targets are as long as their sources, give or take a tenth."""
    rng = random.Random(seed)  # noqa: S311
    units = []
    for _ in range(count):
        source = [sentence(rng, rng.randint(6, 14)) for _ in range(rng.randint(1, 4))]
        target = [one + " ja" * rng.randint(0, max(1, len(one) // 30)) for one in source]
        units.append(Unit(" ".join(source), " ".join(one.replace(". ja", " ja.") for one in target)))
    return units


def found(units):
    return dict(together([(unit, SETTING) for unit in units]))


def test_whole_translations_are_left_alone():
    assert len(found(catalog(400))) <= 1


def test_a_lost_sentence_is_named():
    units = catalog()
    source = "Schick den Artikel in der Schachtel zurück. Wir bezahlen das Geld innerhalb von drei Tagen."
    units.append(Unit(source, "Schick den Artikel in der Schachtel zurück."))
    finding = found(units)[len(units) - 1]
    assert finding.severity is Severity.WARNING
    assert "has 2 sentences and the translation 1" in finding.message
    assert "Wir bezahlen" in finding.message


def test_two_sentences_may_become_one():
    units = catalog()
    source = "Schick den Artikel in der Schachtel zurück. Wir bezahlen das Geld innerhalb von drei Tagen."
    units.append(Unit(source, source.replace(". Wir", ", und wir")))
    assert len(units) - 1 not in found(units)


def test_a_text_cut_short_without_a_stop():
    units = catalog()
    source = "Schick den Artikel in der Schachtel zurück, damit wir das Geld innerhalb von drei Tagen bezahlen."
    units.append(Unit(source, source[: len(source) // 4]))
    assert len(units) - 1 in found(units)


def test_a_language_that_is_always_short_is_no_omission():
    units = [Unit("x" * length + ".", "短" * (length // 3) + "。") for length in range(60, 160)]
    assert found(units) == {}


def test_short_sources_and_few_units():
    assert found([Unit("Save it now.", "S")]) == {}
    assert found([]) == {}
    two = "Schick den Artikel in der Schachtel zurück. Wir bezahlen das Geld innerhalb von drei Tagen."
    assert list(found([Unit(two, "Schick den Artikel zurück.")])) == [0]


@pytest.mark.parametrize("language", ["ja", "zh-Hans"])
def test_a_colon_ends_a_sentence_where_that_is_custom(language):
    setting = Setting(Locale.parse(language), Place("a.md"))
    units = [
        Unit(f"{'x' * length}. {'y' * length}.", f"{'短' * (length // 3)}。{'短' * (length // 3)}。")
        for length in range(30, 90)
    ]
    whole, cut = "短" * 14 + "：" + "短" * 10 + "。", "短" * 10 + "。"
    source = f"{'x' * 40}. {'y' * 45}."
    looked_at = [*units, Unit(source, whole), Unit(source, cut)]
    assert [at for at, _ in together([(unit, setting) for unit in looked_at])] == [61]


def test_where_nothing_marks_a_sentence_only_a_clear_loss_counts():
    setting = Setting(Locale("th"), Place("a.md"))
    rng = random.Random(2)  # noqa: S311
    units = [
        Unit(f"{'x' * size}. {'y' * size}.", "ก" * round(2 * size * rng.uniform(0.8, 1))) for size in range(30, 110)
    ]
    source = f"{'x' * 60}. {'y' * 60}."
    looked_at = [*units, Unit(source, "ก" * 98), Unit(source, "ก" * 50)]
    assert [at for at, _ in together([(unit, setting) for unit in looked_at])] == [81]


def test_a_terse_short_text_is_no_loss():
    rng = random.Random(3)  # noqa: S311
    units = [Unit("x" * size + ".", "y" * round(size * rng.uniform(1.1, 1.35)) + ".") for size in range(60, 200)]
    units += [Unit("My return does not arrive at the warehouse.", "Mon retour n’arrive pas à l’entrepôt.")]
    assert found(units) == {}


def test_it_is_explained():
    assert CHECK.its == "omission"
