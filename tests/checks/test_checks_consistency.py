"""One source, two targets."""

from polyhelp.checks.base import Setting
from polyhelp.checks.consistency import CHECK, PROSE
from polyhelp.model import Locale, Place, Severity, Unit


def found(units, check=CHECK):
    """Findings of (source, target, kind, path[, context]), as (position, message)."""
    pairs = [
        (Unit(source, target, notes=(kind,), context=(*more, "")[0]), Setting(Locale("de"), Place(path), path=path))
        for source, target, kind, path, *more in units
    ]
    result = list(check.together(pairs))
    assert all(one.severity is Severity.INFO for _, one in result)
    return [(at, one.message) for at, one in result]


def test_the_rarer_wording_is_reported_with_the_place_of_the_usual_one():
    assert found(
        [
            ("Track your order", "Sendung verfolgen", "heading", "a.md"),
            ("Track your order", "Bestellung verfolgen", "heading", "b.md"),
            ("Track your order.", "Bestellung  verfolgen", "heading", "c.md"),
            ("TRACK your  order", "bestellung verfolgen!", "heading", "d.md"),
        ]
    ) == [
        (
            0,
            "The same source is translated 'Bestellung verfolgen' in b.md and 2 more times. Choose one wording.",
        )
    ]


def test_each_group_is_reported_once():
    assert found(
        [("One two three", word, "heading", f"{word}.md") for word in ("eins", "zwei", "drei")]
        + [("Four five six", word, "heading", f"{word}.md") for word in ("vier", "vier", "fünf")]
    ) == [
        (1, "The same source is translated 'eins' in eins.md. There is one more wording. Choose one wording."),
        (5, "The same source is translated 'vier' in vier.md and once more. Choose one wording."),
    ]


def test_names_count_however_short_and_headings_do_not():
    for kind, number in {"interface": 1, "table cell": 1, "term": 1, "heading": 0}.items():
        assert len(found([("Home", "Start", kind, "a"), ("Home", "Startseite", kind, "b")])) == number


def test_other_kinds_and_contexts_are_other_texts():
    assert found([("Your own order", "A", "heading", "a"), ("Your own order", "B", "title", "b")]) == []
    assert found([("Your own order", "A", "heading", "a"), ("Your own order", "B", "heading", "b", "verb")]) == []


def test_sentences_belong_to_the_other_check_which_is_off():
    sentences = [
        ("You get a mail.", "Sie bekommen Post.", "paragraph", "a"),
        ("You get a mail.", "B", "paragraph", "b"),
    ]
    assert found(sentences) == []
    assert [at for at, _ in found(sentences, PROSE)] == [1]
    assert found([("Your own order", "A", "heading", "a"), ("Your own order", "B", "heading", "b")], PROSE) == []
    assert CHECK.on
    assert not PROSE.on


def test_many_units_take_no_longer_than_their_number():
    assert len(found([("One two three", f"x{n}", "heading", "a") for n in range(20_000)])) == 1
