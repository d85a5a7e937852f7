import pytest

from polyhelp.engines.nodes import grow, markdown
from polyhelp.engines.project import Projection
from polyhelp.engines.wire import Damage
from polyhelp.engines.wire_words import CodeWords
from polyhelp.text.inline import tokenize


def project(source, answer, candidates, spaces=True):
    tree = grow(tokenize(source))
    found = Projection(answer, CodeWords("XQ"), candidates, spaces).tree(tree)
    return None if isinstance(found, Damage) else markdown(found)


@pytest.mark.parametrize(
    ("source", "answer", "candidate", "target"),
    [
        ("Read the [size guide](a.md).", "Leia o guia.", "Guia.", "Leia o [guia](a.md)."),
        (
            "Read the [size guide](a.md).",
            "Leia o guia de tamanhos.",
            "guia tamanho",
            "Leia o [guia de tamanhos](a.md).",
        ),
        ("In your *spam folder*", "Na pasta de spam", "pasta spam", "Na *pasta de spam*"),
        ("Use [Pine](a.md)", "Nutze Pine", "Kiefer", "Nutze [Pine](a.md)"),
        ("Use [`A` now](a.md)", "Nutze jetzt XQ2X", "jetzt XQ2X", "Nutze [jetzt `A`](a.md)"),
        ("Use [now](a.md) `A`", "Jetzt XQ2X nutzen", "jetzt", "[Jetzt](a.md) `A` nutzen"),
    ],
)
def test_a_pair_goes_around_its_words(source, answer, candidate, target):
    assert project(source, answer, {1: [candidate]}) == target


@pytest.mark.parametrize(
    ("source", "answer", "candidate"),
    [
        ("Read the [size guide](a.md).", "Leia isto.", "guia"),
        ("Read the [guide](a.md).", "Leia o guia do guia.", "guia"),
        ("Read the [size guide](a.md).", "O guia de tamanho ou o guia de tamanhos", "guia tamanho"),
        ("Read it [on](a.md).", "Tonträger", "ton"),  # not inside a word
        ("Use [now](a.md) `A`", "Nutze XQ2X und XQ", "Nutze"),  # a code word left over
        ("Use [now](a.md)", "Nutze jetzt", ""),
    ],
)
def test_no_guess_where_the_place_is_not_clear(source, answer, candidate):
    assert project(source, answer, {1: [candidate]}) is None


def test_the_longer_words_go_first():
    source = "Open [order](a.md) or [order status](b.md)"
    candidates = {1: ["Bestellung"], 2: ["Status der Bestellung"]}
    found = project(source, "Öffne Status der Bestellung oder Bestellung", candidates)
    assert found == "Öffne [Status der Bestellung](b.md) oder [Bestellung](a.md)"
    found = project(source, "Öffne Bestellstatus oder Bestellung", {1: ["Bestellung"], 2: ["Bestellstatus"]})
    assert found == "Öffne [Bestellstatus](b.md) oder [Bestellung](a.md)"


def test_without_spaces_between_words_a_candidate_may_touch_others():
    assert project("Tap **Save** now", "แตะบันทึกตอนนี้", {1: ["บันทึก"]}, spaces=False) == "แตะ**บันทึก**ตอนนี้"
    assert project("Tap **Save** now", "แตะบันทึกตอนนี้", {1: ["บันทึก"]}) is None


def test_words_that_stand_twice_overlapping_have_no_one_place():
    source = grow(tokenize("refund **refund refund**"))
    assert isinstance(Projection("refund refund refund", CodeWords("XQ"), {1: []}, spaces=True).tree(source), Damage)
