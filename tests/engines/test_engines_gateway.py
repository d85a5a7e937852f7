import json

import pytest
from engine_fakes import DE, EN, TO_GERMAN, FakeEngine
from help_center_sentences import SENTENCES

from polyhelp.engines.base import Limits, Markup, Request
from polyhelp.engines.gateway import Answer, Plan, plan, translate
from polyhelp.engines.pseudo import PseudoEngine, pseudo
from polyhelp.errors import EngineError


def never(seconds):
    raise AssertionError(f"slept {seconds} s")


def test_every_text_is_answered_once_and_equal_texts_are_sent_once():
    engine = FakeEngine(str.upper)
    answers = list(translate(engine, ["save", "5 %", "send", "save"], TO_GERMAN))
    assert sorted(answers) == [(0, Answer("SAVE")), (1, Answer("5 %")), (2, Answer("SEND")), (3, Answer("SAVE"))]
    assert engine.requests == [("save", "send")]


def test_answers_come_as_soon_as_their_request_is_back():
    engine = FakeEngine(limits=Limits(texts=2))
    answers = translate(engine, [f"text {number}" for number in range(5)], TO_GERMAN)
    assert [next(answers)[0] for _ in range(2)] == [0, 1]
    assert len(engine.requests) == 1
    assert [at for at, _ in answers] == [2, 3, 4]
    assert [len(texts) for texts in engine.requests] == [2, 2, 1]


def test_nothing_is_sent_before_the_first_answer_is_wanted():
    engine = FakeEngine()
    translate(engine, ["save"], TO_GERMAN)
    assert engine.requests == []


def test_a_text_that_asks_again_is_finished_before_new_ones_are_begun():
    engine = FakeEngine(
        lambda text: text.replace("<", "&lt;", 1) if len(engine.requests) == 1 else text, limits=Limits(texts=1)
    )
    texts = ["use `a` now", "use `b` now"]
    assert [at for at, _ in translate(engine, texts, TO_GERMAN)] == [0, 1]
    assert [request[0][-10:] for request in engine.requests] == ["a</x> now"[-10:].rjust(10, ">")] * 2 + [">b</x> now"]


def test_requests_keep_to_the_bytes_of_their_json():
    engine = FakeEngine(limits=Limits(texts=50, request_bytes=10_000))
    texts = [f"{number} " + "退款" * 100 for number in range(40)]
    assert len(list(translate(engine, texts, Request(EN, DE, context="before " * 2_000)))) == 40
    for sent, context in zip(engine.requests, engine.contexts, strict=True):
        assert len(json.dumps({"text": sent, "context": context})) < 10_000
        assert context.startswith("before before")
        assert context.endswith("before")
    assert len(engine.requests) > 5


def test_a_text_too_long_for_a_request_is_kept_out_and_the_others_go_on():
    engine = FakeEngine(str.upper, limits=Limits(request_bytes=4_000))
    answers = dict(translate(engine, ["a", "b" * 5_000, "c"], TO_GERMAN))
    assert answers[1] == Answer(None, "the text is too long for one request to the engine 'fake'")
    assert answers[0].text == "A"
    assert answers[2].text == "C"


def failing(errors, say=str.upper):
    remaining = list(errors)

    def answer(text):
        if remaining:
            raise remaining.pop(0)
        return say(text)

    return answer


def test_what_can_pass_is_tried_again_with_growing_pauses():
    busy = EngineError("busy", retry=True)
    pauses = []
    answers = list(translate(FakeEngine(failing([busy] * 3)), ["save"], TO_GERMAN, sleep=pauses.append))
    assert answers == [(0, Answer("SAVE"))]
    assert pauses == [1, 2, 4]


def test_then_it_is_raised():
    pauses = []
    engine = FakeEngine(failing([EngineError("busy", retry=True)] * 9))
    with pytest.raises(EngineError, match="busy"):
        list(translate(engine, ["save"], TO_GERMAN, sleep=pauses.append))
    assert pauses == [1, 2, 4, 8]
    assert len(engine.requests) == 5


def test_what_cannot_pass_is_raised_at_once_and_earlier_answers_stay():
    engine = FakeEngine(
        lambda text: failing([EngineError("refused")] if text == "send" else [])(text), limits=Limits(texts=1)
    )
    answers = translate(engine, ["save", "send"], TO_GERMAN, sleep=never)
    assert next(answers) == (0, Answer("SAVE"))
    with pytest.raises(EngineError, match="refused"):
        next(answers)


def test_an_engine_that_loses_an_answer_is_not_trusted():
    engine = FakeEngine()
    engine.translate = lambda texts, _: list(texts)[1:]
    with pytest.raises(EngineError, match="gave 1 answers to 2 texts"):
        list(translate(engine, ["save", "send"], TO_GERMAN))


def test_a_kept_out_text_has_a_reason():
    ((_, answer),) = translate(FakeEngine(lambda _: "lost"), ["use `a` now"], TO_GERMAN)
    assert answer == Answer(None, "the engine lost the code `a`")


def test_the_plan_counts_what_is_paid_for():
    engine = FakeEngine(limits=Limits(texts=2))
    assert plan(engine, ["Use **it**", "Save", "Save", "5 %", "Send"], TO_GERMAN) == Plan(3, 2, 6 + 4 + 4)
    assert engine.requests == []
    assert plan(FakeEngine(limits=Limits(request_bytes=3_000)), ["a" * 4_000], TO_GERMAN).requests == 0


def test_a_pseudo_translated_help_center_is_the_pseudo_translation_of_each_text():
    answers = dict(translate(PseudoEngine(), SENTENCES, TO_GERMAN))
    assert [answers[at].text for at in range(len(SENTENCES))] == [pseudo(sentence) for sentence in SENTENCES]


@pytest.mark.parametrize("markup", list(Markup))
def test_no_text_is_lost_whatever_the_markup(markup):
    engine = FakeEngine(markup=markup, limits=Limits(texts=7))
    answers = list(translate(engine, SENTENCES, TO_GERMAN))
    assert sorted(at for at, _ in answers) == list(range(len(SENTENCES)))
    assert [answer.text for _, answer in sorted(answers, key=lambda pair: pair[0])] == list(SENTENCES)
    assert max(map(len, engine.requests)) <= 7
