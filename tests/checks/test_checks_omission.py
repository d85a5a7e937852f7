import random

from polyhelp.checks.base import Setting
from polyhelp.checks.omission import CHECK, together
from polyhelp.model import Locale, Place, Severity, Unit

SETTING = Setting(Locale("de"), Place("a.md"))
WORDS = "der Artikel wird kostenlos zurück geschickt und bezahlt bis wir ihn haben".split()


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
    return {at: finding for at, finding in together([(unit, SETTING) for unit in units])}


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


def test_it_is_explained():
    assert CHECK.its == "omission"
