import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from deepl_stub import BUSY, DOWN, DROP, KEY, NO_QUOTA, DeeplStub, Fault, slow
from deepl_stub_glossaries import RefusedError
from hypothesis import given, settings
from hypothesis import strategies as st

from polyhelp.engines.base import Ask, Request
from polyhelp.engines.deepl import DeeplEngine, DeeplOptions
from polyhelp.engines.deepl_glossary import glossary_of
from polyhelp.errors import EngineError
from polyhelp.model import Locale

EN, DE, TH, PT_BR, PT_PT = (Locale(tag) for tag in ("en", "de", "th", "pt-BR", "pt-PT"))
REFUND = ("refund", "Erstattung")
TERMS = (REFUND, ("Acme", "Acme"), ("return label", "Rücksendeetikett"))
TO_GERMAN = Request(EN, DE, glossary=TERMS, owner="Kestrel & Pine Help")
ELSEWHERE = replace(TO_GERMAN, owner="Another shop")
ASK = Ask("Your refund", (REFUND,))
DAY = dt.timedelta(days=1)


@pytest.fixture
def stub(monkeypatch):
    with DeeplStub() as stub:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        monkeypatch.setenv("DEEPL_SERVER_URL", stub.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield stub


@pytest.fixture
def make(stub):  # noqa: ARG001 (the engines find it through the environment)
    """A new engine, as another run or another machine has it."""
    made = []

    def new(**options):
        made.append(DeeplEngine(DeeplOptions(**options)))
        return made[-1]

    yield new
    for engine in made:
        engine.close()


def names(stub):
    return sorted(glossary.name for glossary in stub.shelf.glossaries.values())


def age(stub, days):
    for glossary in stub.shelf.glossaries.values():
        glossary.created -= days * DAY


def test_terms_become_a_glossary_that_is_heeded(stub, make):
    (reply,) = make().translate([ASK], TO_GERMAN)
    assert reply.text == "Yóúr Erstattung"
    (glossary,) = stub.shelf.glossaries.values()
    assert glossary.dictionaries == {("EN", "DE"): {"refund": "Erstattung", "return label": "Rücksendeetikett"}}
    assert stub.bodies[0]["glossary_id"] == glossary.id


def test_it_is_only_sent_where_one_of_its_terms_occurs(stub, make):
    engine = make()
    engine.translate([Ask("Save"), Ask("Acme", (("Acme", "Acme"),))], TO_GERMAN)
    engine.translate([Ask("A refund", (("refund", "Rückzahlung"),))], TO_GERMAN)
    assert stub.shelf.lists == 0
    engine.translate([Ask("Save"), ASK], TO_GERMAN)
    assert ["glossary_id" in body for body in stub.bodies] == [False, False, True]


def test_none_is_sent_to_a_language_without_or_when_switched_off(stub, make):
    asks = [Ask("Your refund", (("refund", "คืนเงิน"),))]
    make().translate(asks, Request(EN, TH, glossary=(("refund", "คืนเงิน"),)))
    make(glossaries=False).translate([ASK], TO_GERMAN)
    assert not any("glossary_id" in body for body in stub.bodies)
    assert not stub.shelf.writes


def test_the_same_terms_are_not_kept_twice(stub, make):
    engine = make()
    for _ in range(3):
        engine.translate([ASK], TO_GERMAN)
    make().translate([ASK], replace(TO_GERMAN, glossary=TERMS[::-1]))
    assert stub.shelf.writes == ["POST /v3/glossaries"]
    assert stub.shelf.lists == 2


def test_changed_terms_are_another_glossary_and_a_fresh_one_stays(stub, make):
    make().translate([ASK], TO_GERMAN)
    make().translate([ASK], replace(TO_GERMAN, glossary=(REFUND,)))
    make().translate([ASK], TO_GERMAN)  # the other branch
    assert stub.shelf.writes == ["POST /v3/glossaries"] * 2
    assert stub.bodies[0]["glossary_id"] == stub.bodies[2]["glossary_id"] != stub.bodies[1]["glossary_id"]


def test_the_old_one_is_deleted_after_a_week_and_never_the_one_in_use(stub, make):
    make().translate([ASK], TO_GERMAN)
    (old,) = stub.shelf.glossaries
    age(stub, 6.9)
    make().translate([ASK], replace(TO_GERMAN, glossary=(REFUND,)))
    assert len(stub.shelf.glossaries) == 2
    age(stub, 8)
    make().translate([ASK], replace(TO_GERMAN, glossary=(REFUND,)))
    assert stub.shelf.writes[2:] == [f"DELETE /v3/glossaries/{old}"]
    assert stub.bodies[-1]["glossary_id"] in stub.shelf.glossaries


def test_what_others_made_is_never_deleted(stub, make):
    make().translate([ASK], ELSEWHERE)
    make().translate(
        [Ask("refund", (("refund", "reembolso"),))], Request(EN, PT_BR, glossary=(("refund", "reembolso"),))
    )
    stub.shelf.create({
        "name": "polyhelp, by hand",
        "dictionaries": [
            {"source_lang": "en", "target_lang": "de", "entries": "refund\tGeld", "entries_format": "tsv"}
        ],
    })  # fmt: skip
    there = set(stub.shelf.glossaries)
    age(stub, 100)
    make().translate([ASK], TO_GERMAN)
    assert there < set(stub.shelf.glossaries)


def test_two_runs_that_do_not_know_of_each_other_delete_nothing_in_use(stub, make):
    here, there = make(), make()
    here.translate([ASK], TO_GERMAN)
    age(stub, 8)
    there.translate([ASK], replace(TO_GERMAN, glossary=(REFUND,)))  # deletes what ``here`` uses: a week old
    assert len(stub.shelf.glossaries) == 1
    (reply,) = here.translate([ASK], TO_GERMAN)
    assert reply.text == "Yóúr Erstattung"
    assert len(stub.shelf.glossaries) == 2


def test_variants_have_glossaries_of_their_own(stub, make):
    engine = make()
    for locale, word in [(PT_BR, "estorno"), (PT_PT, "reembolso")]:
        (reply,) = engine.translate(
            [Ask("refund", (("refund", word),))], Request(EN, locale, glossary=(("refund", word),))
        )
        assert reply.text == word
    assert [name.split()[2] for name in names(stub)] == ["PT-BR", "PT-PT"]
    assert {pair for one in stub.shelf.glossaries.values() for pair in one.dictionaries} == {("EN", "PT")}


def test_one_that_is_gone_is_made_anew_and_nothing_is_billed_twice(stub, make):
    engine = make()
    engine.translate([ASK], TO_GERMAN)
    stub.shelf.glossaries.clear()
    (reply,) = engine.translate([ASK], TO_GERMAN)
    assert reply.text == "Yóúr Erstattung"
    assert len(stub.shelf.glossaries) == 1
    assert stub.billed["Your refund"] == 2  # once for each call


def test_one_that_is_gone_again_and_again_is_given_up(stub, make):
    def entries(*_):
        raise RefusedError(404, "Glossary not found")

    stub.shelf.entries = entries
    with pytest.raises(EngineError, match="DeepL has lost the glossary") as caught:
        make().translate([ASK], TO_GERMAN)
    assert (caught.value.retry, caught.value.unsure) == (True, False)
    assert len(stub.shelf.glossaries) == 1


def test_a_refused_glossary_is_told_in_deepls_words(stub, make):
    stub.other_faults.extend([slow(0), Fault(400)])
    with pytest.raises(EngineError, match="DeepL cannot translate this: Bad request") as caught:
        make().translate([ASK], TO_GERMAN)
    assert not caught.value.retry


def test_one_that_people_changed_is_not_used(stub, make):
    make().translate([ASK], TO_GERMAN)
    (old,) = stub.shelf.glossaries.values()
    del old.dictionaries["EN", "DE"]["refund"]
    (reply,) = make().translate([ASK], TO_GERMAN)
    assert reply.text == "Yóúr Erstattung"


def test_four_threads_make_it_once(stub, make):
    engine = make()
    start = threading.Barrier(4)
    stub.other_faults.append(slow(0.05))

    def work(_):
        start.wait()
        return engine.translate([ASK], TO_GERMAN)[0].text

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(4))) == ["Yóúr Erstattung"] * 4
    assert stub.shelf.writes == ["POST /v3/glossaries"]
    assert stub.shelf.lists == 1


@pytest.mark.parametrize("fault", [BUSY.after(2), DOWN, DROP])
def test_a_service_that_is_down_while_looking_is_asked_again_and_nothing_was_billed(stub, make, fault):
    engine = make()
    stub.other_faults.append(fault)
    with pytest.raises(EngineError) as caught:
        engine.translate([ASK], TO_GERMAN)
    assert (caught.value.retry, caught.value.unsure) == (True, False)
    assert not stub.billed
    assert engine.translate([ASK], TO_GERMAN)[0].text == "Yóúr Erstattung"
    assert len(stub.shelf.glossaries) == 1


def test_no_room_for_another_glossary_is_told_with_the_way_out(stub, make):
    engine = make()
    stub.other_faults.extend([slow(0), NO_QUOTA])
    with pytest.raises(EngineError, match="the DeepL account holds no more glossaries") as caught:
        engine.translate([ASK], TO_GERMAN)
    assert "glossaries: false" in caught.value.hint
    assert not caught.value.retry


def test_one_that_cannot_be_deleted_does_no_harm(stub, make):
    make().translate([ASK], TO_GERMAN)
    age(stub, 8)
    stub.other_faults.extend([slow(0), slow(0), DOWN])
    engine = make()
    assert engine.translate([ASK], replace(TO_GERMAN, glossary=(REFUND,)))[0].text == "Yóúr Erstattung"
    assert not stub.other_faults
    assert len(stub.shelf.glossaries) == 2


def test_entries_that_deepl_refuses_are_left_out(stub, make):
    terms = (
        REFUND,
        ("refund", "Rückzahlung"),  # a source twice
        ("a" * 1025, "b"),
        ("ä" * 513, "b"),
        ("b", "ä" * 513),
        ("two\nlines", "c"),
        ("tab", "d\te"),
        ("c1", "d\x85"),
        ("line", "d\u2028"),
        ("half", "d\ud800"),
        (" space", "e"),
        ("space", "e\u00a0"),
        ("", "f"),
        ("empty", ""),
        ("same", "same"),
        ("ä" * 512, "g"),
    )
    make().translate([ASK], Request(EN, DE, glossary=terms))
    (glossary,) = stub.shelf.glossaries.values()
    assert glossary.dictionaries["EN", "DE"] == {"refund": "Erstattung", "ä" * 512: "g"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=8))
def test_any_term_base_is_taken(terms):
    with DeeplStub() as stub, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEEPL_AUTH_KEY", KEY)
        patch.setenv("DEEPL_SERVER_URL", stub.url)
        patch.setenv("NO_PROXY", "127.0.0.1")
        engine = DeeplEngine(DeeplOptions())
        engine.translate([Ask("Save", tuple(terms))], Request(EN, DE, glossary=tuple(terms)))
        engine.close()
        kept = glossary_of("EN", "DE", tuple(terms), "Help").entries
        assert [one.dictionaries["EN", "DE"] for one in stub.shelf.glossaries.values()] == ([kept] if kept else [])


def test_a_dictionary_has_at_most_ten_megabytes():
    terms = tuple((f"{number:06d}" + "a" * 1000, "b" * 1000) for number in range(6000))
    entries = glossary_of("EN", "DE", terms, "Help").entries
    assert sum(len(a) + len(b) + 2 for a, b in entries.items()) <= 10 * 1024 * 1024
    assert len(entries) > 5000
