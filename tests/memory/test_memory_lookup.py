"""What the memory answers, and what it never answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_strategies import LOCALES, pairs, queries

from polyhelp.memory import EDGE, MatchKind, Pair, Query, Standing, Store, lookup, similarity
from polyhelp.memory.forms import form
from polyhelp.model import Locale, digest

DE = Locale("de")
ONE, TWO = digest("one"), digest("two")
OPEN = "Open the box and take the label out."


@pytest.fixture
def ask(tmp_path):
    """``ask(pairs, query, ...)`` looks up in a store that holds ``pairs``."""
    with Store(tmp_path / "memory.sqlite", "memory") as store:

        def asked(held, query, *more, **options):
            with store.writing():
                store.put("book", "hash", held)
            return lookup(store, query, *more, **options)

        yield asked


def targets(matches):
    return [match.target for match in matches]


def test_in_context_comes_before_better_standing(ask):
    held = [
        Pair(OPEN, "reviewed", DE, standing=Standing.REVIEWED, before=TWO, after=ONE),
        Pair(OPEN, "here", DE, standing=Standing.PERSON, before=ONE, after=TWO),
    ]
    found = ask(held, Query(OPEN, DE, before=ONE, after=TWO))
    assert [(match.target, match.kind, match.similarity) for match in found] == [
        ("here", MatchKind.IN_CONTEXT, 100),
        ("reviewed", MatchKind.EXACT, 100),
    ]


def test_same_context_on_the_same_page_is_in_context(ask):
    held = [Pair(OPEN, "T", DE, context="store", path="a.md", before=ONE, after=ONE)]
    (match,) = ask(held, Query(OPEN, DE, "store", "a.md", TWO, TWO))
    assert match.kind is MatchKind.IN_CONTEXT
    (match,) = ask(held, Query(OPEN, DE, "store", "b.md", TWO, TWO))
    assert (match.kind, match.similarity) == (MatchKind.EXACT, 100)


def test_two_pages_of_one_unit_each_are_no_common_context(ask):
    (match,) = ask([Pair(OPEN, "T", DE, before=EDGE, after=EDGE)], Query(OPEN, DE, before=EDGE, after=EDGE))
    assert match.kind is MatchKind.EXACT


def test_reviewed_before_person_before_machine_and_the_newest_among_equals(ask):
    held = [
        Pair(OPEN, "machine", DE, standing=Standing.MACHINE, maker="mt/x", date="2026-12-01"),
        Pair(OPEN, "old", DE, date="2026-01-01"),
        Pair(OPEN, "new", DE, date="2026-11-01"),
        Pair(OPEN, "accepted", DE, standing=Standing.ACCEPTED_MACHINE, maker="mt/x", date="2026-12-01"),
        Pair(OPEN, "reviewed", DE, standing=Standing.REVIEWED, date="2025-01-01"),
    ]
    assert targets(ask(held, Query(OPEN, DE))) == ["reviewed", "new", "old", "accepted", "machine"]


def test_what_needs_a_look_is_never_a_hundred(ask):
    for pair in (
        Pair(OPEN, "T", DE, standing=Standing.UNSURE),
        Pair(OPEN, "T", DE, context="other"),
    ):
        (match,) = ask([pair], Query(OPEN, DE))
        assert match.similarity == 99
    (match,) = ask([Pair(OPEN, "T", Locale("es"), standing=Standing.REVIEWED)], Query(OPEN, Locale("es-MX")))
    assert match.similarity == 99


def test_a_machines_word_is_for_its_own_source_only(ask):
    held = [Pair(OPEN, "T", Locale("es"), standing=Standing.MACHINE, maker="mt/x")]
    assert targets(ask(held, Query(OPEN, Locale("es")))) == ["T"]
    assert ask(held, Query(OPEN, Locale("es"), context="store")) == ()
    assert ask(held, Query(OPEN, Locale("es-MX"))) == ()
    assert ask(held, Query(OPEN.replace("box", "bag"), Locale("es"))) == ()


def test_siblings_only_when_they_are_asked_for(ask):
    held = [Pair(OPEN, "T", Locale("pt-BR"), standing=Standing.REVIEWED)]
    assert ask(held, Query(OPEN, Locale("pt-PT"))) == ()
    (match,) = ask(held, Query(OPEN, Locale("pt-PT")), also=[Locale("pt-BR")])
    assert (match.target, match.similarity) == ("T", 99)


def test_a_changed_link_alone_brings_the_target_with_the_new_link(ask):
    held = [Pair("See [returns](a.md) first.", "Siehe zuerst [Rückgaben](a.md).", DE)]
    (match,) = ask(held, Query("See [returns](b.md) first.", DE))
    assert (match.target, match.similarity, match.kind) == ("Siehe zuerst [Rückgaben](b.md).", 99, MatchKind.FUZZY)


def test_a_changed_number_keeps_the_old_target_for_a_person(ask):
    (match,) = ask([Pair("Wait 14 days.", "Warte 14 Tage.", DE)], Query("Wait 30 days.", DE))
    assert (match.target, match.similarity) == ("Warte 14 Tage.", 98)


def test_the_most_similar_comes_first_among_many(ask):
    held = [Pair(f"You can return item {word} within two weeks.", word, DE) for word in "abcdefghijklmnopqrstuvwxyz"]
    held += [Pair("You can return a gift card within two months.", "best", DE)]
    found = ask(held, Query("You can return a gift card within two weeks.", DE))
    assert found[0].target == "best"
    assert len(found) == 5
    assert list(found) == sorted(found, key=lambda match: -match.similarity)


def test_an_exact_match_is_found_among_a_thousand_pages_with_the_same_text(ask):
    held = [Pair("Note", f"T{number}", DE, before=ONE, after=digest(str(number))) for number in range(1000)]
    (first, *_) = ask(held, Query("Note", DE, before=ONE, after=digest("17")))
    assert (first.target, first.kind) == ("T17", MatchKind.IN_CONTEXT)


def test_common_words_alone_still_find_something(ask, monkeypatch):
    monkeypatch.setattr("polyhelp.memory.store.LONGEST", 8)
    held = [Pair(f"The order and the parcel {'x' * number}", str(number), DE) for number in range(100)]
    assert ask(held, Query("The order and the parcels", DE), 50)


@given(st.lists(pairs(), max_size=12), queries, st.integers(50, 100))
def test_no_answer_is_of_another_language_or_claims_more_than_it_is(tmp_path_factory, held, query, minimum):
    with Store(tmp_path_factory.mktemp("law") / "memory.sqlite", "memory") as store:
        with store.writing():
            store.put("book", "hash", held)
        found = lookup(store, query, minimum)
    for match in found:
        pair = match.pair
        assert pair in held
        assert pair.locale in query.locale.lineage
        assert minimum <= match.similarity <= 100
        if match.similarity == 100:
            assert (pair.source, pair.locale, pair.context) == (query.source, query.locale, query.context)
            assert pair.standing > Standing.UNSURE
        if match.kind is MatchKind.FUZZY:
            assert pair.source != query.source
            assert pair.standing is not Standing.MACHINE
            assert match.similarity in {similarity(pair.source, query.source), 99}
        if match.target != pair.target:
            assert form(pair.source) == form(query.source)
    sure = {pair for pair in held if (pair.source, pair.locale, pair.context) == (
        query.source, query.locale, query.context) and pair.standing > Standing.UNSURE}  # fmt: skip
    assert bool(sure) == any(match.similarity == 100 for match in found)
    if sure:
        assert found[0].pair.standing == max(pair.standing for pair in sure) or found[0].kind is MatchKind.IN_CONTEXT


@given(st.lists(pairs(), max_size=8), queries, st.randoms())
def test_the_order_of_storing_does_not_matter(tmp_path_factory, held, query, random):
    answers = []
    for _ in range(2):
        with Store(tmp_path_factory.mktemp("order") / "memory.sqlite", "memory") as store:
            with store.writing():
                for at, pair in enumerate(held):
                    store.put(f"book {at}", "hash", [pair])
            answers.append([replace(match, pair=Pair("", "", DE)) for match in lookup(store, query)])
            random.shuffle(held)
    assert answers[0] == answers[1]


def test_every_locale_of_the_strategies_has_a_stranger():
    assert any(one not in other.lineage for one in LOCALES for other in LOCALES)
