import json
import threading
import time
from collections import Counter
from decimal import Decimal

import pytest
from engine_fakes import DE, EN, PT_BR, FakeEngine, answers, gateway, job, steps
from help_center_sentences import SENTENCES
from hypothesis import given, settings
from hypothesis import strategies as st

from polyhelp.engines.base import Context, Limits, Markup, Options, Price, Request, Traits
from polyhelp.engines.caps import Caps
from polyhelp.engines.gateway import Answer, Outcome, Plan, Section, Wanted
from polyhelp.engines.journal import Journal
from polyhelp.engines.privacy import Privacy
from polyhelp.engines.pseudo import PseudoEngine, pseudo
from polyhelp.engines.sending import Purse
from polyhelp.errors import EngineError, LimitError, WriteError
from polyhelp.model import Locale, Style

AT, CH = Locale("de-AT"), Locale("de-CH")


def limited(**limits):
    return Traits(Limits(**limits))


def remote(texts=0, requests=1, **more):
    return Traits(Limits(texts=texts), remote=True, requests=requests, price=Price(Decimal(20), "EUR"), **more)


@pytest.fixture
def purse(tmp_path):
    journal = Journal(tmp_path)
    yield Purse(Caps(), journal)
    journal.close()


# ---------------------------------------------------------------- requests


def test_every_text_is_answered_once_and_equal_texts_are_sent_once():
    engine = FakeEngine(str.upper)
    assert [answer.text for answer in answers(engine, ["save", "5 %", "send", "save"])] == [
        "SAVE",
        "5 %",
        "SEND",
        "SAVE",
    ]
    assert engine.requests == [("save", "send")]


def test_texts_with_nothing_to_translate_are_answered_first_and_unasked():
    engine = FakeEngine(str.upper)
    first, last = steps(engine, [job("5 %", "save")])
    assert first.answers == ((0, Answer("5 %", outcome=Outcome.UNASKED)),)
    assert not first.done
    assert last.done
    (only,) = steps(engine, [job("5 %")])
    assert only.done


def test_requests_are_as_large_as_the_engine_takes():
    engine = FakeEngine(traits=limited(texts=2))
    assert len(answers(engine, [f"text {number}" for number in range(5)])) == 5
    assert [len(texts) for texts in engine.requests] == [2, 2, 1]


def test_what_may_be_slow_to_look_up_is_asked_for_once():
    class Slow(FakeEngine):
        looks = 0

        @property
        def fingerprint(self):
            self.looks += 1
            return "models"

        def ability(self, source, target):
            self.looks += 1
            return super().ability(source, target)

    engine = Slow(str.upper)
    steps(engine, [job(f"save {number}", "send") for number in range(20)])
    assert engine.looks == 2


def test_characters_of_a_request_are_limited():
    engine = FakeEngine(traits=limited(characters=12))
    answers(engine, ["five a", "six bc", "seven", "x" * 12])
    assert [sum(map(len, texts)) for texts in engine.requests] == [12, 5, 12]


def test_requests_keep_to_the_bytes_of_their_json():
    engine = FakeEngine(traits=Traits(Limits(texts=50, request_bytes=20_000), by_section=True))
    section = Section(("Home",), ("before " * 2_000,))
    texts = [Wanted(f"{number} " + "退款" * 100, section=section) for number in range(40)]
    assert len(answers(engine, texts)) == 40
    for sent, request in zip(engine.requests, engine.seen, strict=True):
        assert len(json.dumps({"text": sent, "context": request.context.text})) < 20_000
        assert request.context.text.startswith("before before")
        assert request.context.text.endswith("before")
    assert len(engine.requests) > 3


def test_a_text_too_long_for_a_request_is_left_out_and_the_others_go_on():
    engine = FakeEngine(str.upper, traits=limited(request_bytes=4_000))
    one, two, three = answers(engine, ["a", "b" * 5_000, "c"])
    assert two == Answer(None, "the text is too long for one request to the engine 'fake'", Outcome.SILENT)
    assert (one.text, three.text) == ("A", "C")


def test_a_text_that_asks_again_is_finished_before_new_ones_are_begun():
    damaged = FakeEngine(
        lambda text: text.replace("<", "&lt;", 1) if len(damaged.requests) == 1 else text, traits=limited(texts=1)
    )
    answers(damaged, ["use `a` now", "use `b` now"])
    assert [request[0] for request in damaged.requests] == ['use <x id="1">a</x> now'] * 2 + ['use <x id="1">b</x> now']


def test_each_section_travels_alone_where_the_context_is_for_all_texts():
    one, two = Section(("Returns",), ("Send it back", "In 30 days")), Section(("Refunds", "Money"), ("Wait",))
    texts = [Wanted("Send it back", section=one), Wanted("In 30 days", section=one), Wanted("Wait", section=two)]
    request = Request(EN, DE, Context("Help **now**"))
    engine = FakeEngine(traits=Traits(by_section=True))
    answers(engine, texts, request)
    assert engine.requests == [("Send it back", "In 30 days"), ("Wait",)]
    assert [seen.context for seen in engine.seen] == [
        Context("Help now", ("Returns",), "Send it back\nIn 30 days"),
        Context("Help now", ("Refunds", "Money"), "Wait"),
    ]
    engine = FakeEngine(traits=Traits(hears=True))
    answers(engine, texts[1:], request)
    assert engine.requests == [("In 30 days", "Wait")]
    assert engine.seen[0].context == Context("Help now", (), "Send it back")
    assert [ask.headings for ask in engine.asks] == [("Returns",), ("Refunds", "Money")]


def test_what_is_around_holds_no_address_and_no_private_data():
    section = Section(("Call +49 30 901820",), ("See [our page](https://a.example/secret).", "Save"))
    engine = FakeEngine(traits=remote(by_section=True))
    answers(engine, [Wanted("Save", section=section)], Request(EN, DE, Context("me@a.example: **Help**")))
    context = engine.seen[0].context
    assert context.text == "See our page.\nSave"
    assert context.headings == ("Call [phone number]",)
    assert context.title == ": Help"


# ---------------------------------------------------------------- answers that do not come


def test_what_an_engine_leaves_out_is_asked_for_again_in_smaller_requests():
    left_out = Counter()

    def say(text):
        left_out[text] += 1
        return None if text.endswith("7") and left_out[text] < 3 else text.upper()

    engine = FakeEngine(say)
    found = answers(engine, [f"text {number}" for number in range(20)])
    assert [answer.text for answer in found] == [f"TEXT {number}" for number in range(20)]
    assert [len(request) for request in engine.requests] == [20, 2, 1, 1]
    assert all(count == (3 if text.endswith("7") else 1) for text, count in left_out.items())


def test_three_times_at_most():
    engine = FakeEngine(lambda text: None if text == "mute" else text)
    mute, other = answers(engine, ["mute", "other"])
    assert mute == Answer(None, "the engine 'fake' gave no answer to this text", Outcome.SILENT)
    assert other.text == "other"
    assert sum(request.count("mute") for request in engine.requests) == 3


def test_an_engine_that_answers_nothing_is_not_paid_for_ever():
    engine = FakeEngine(lambda _: None, traits=remote(texts=1))
    found = steps(engine, [job(*(f"text {number}" for number in range(100)))])
    assert sum(len(step.answers) for step in found) <= 6
    assert "answers nothing that can be used" in found[-1].error.message
    assert len(engine.requests) <= 3 * 6


def test_a_request_that_is_too_large_is_halved():
    def translate(asks, request):
        if len(asks) > 3:
            raise EngineError.too_large("too large")
        return original(asks, request)

    engine = FakeEngine(str.upper)
    original, engine.translate = engine.translate, translate
    found = answers(engine, [f"text {number}" for number in range(10)])
    assert [answer.text for answer in found] == [f"TEXT {number}" for number in range(10)]
    assert max(map(len, engine.requests)) <= 3


def failing(errors, say=str.upper):
    remaining = list(errors)

    def answer(text):
        if remaining:
            raise remaining.pop(0)
        return say(text)

    return answer


def test_what_cannot_pass_ends_the_job_and_earlier_answers_stay():
    refused = FakeEngine(failing([], lambda text: 1 / 0 if text == "no" else text), traits=limited(texts=1))

    def translate(asks, request):
        if asks[0].text == "no":
            raise EngineError("refused")
        return original(asks, request)

    original, refused.translate = refused.translate, translate
    found = steps(refused, [job("save", "no", "never"), job("hello", request=Request(EN, PT_BR))])
    assert [(step.answers and step.answers[0][1].text, str(step.error or "")) for step in found] == [
        ("save", ""),
        ((), "refused"),
        ("hello", ""),
    ]


def test_an_engine_that_is_down_is_not_waited_for_again():
    engine = FakeEngine(failing([EngineError.passing("down")] * 99))
    found = steps(engine, [job("save"), job("send", request=Request(EN, PT_BR)), job("again")])
    assert [step.error.message for step in found] == ["down"] * 3
    assert len(engine.requests) == 5


def test_an_engine_that_loses_an_answer_is_not_trusted():
    engine = FakeEngine()
    engine.translate = lambda asks, _: [None] * (len(asks) - 1)
    with pytest.raises(EngineError, match="gave 1 answers to 2 texts"):
        answers(engine, ["save", "send"])


def test_our_own_bugs_are_not_hidden():
    with pytest.raises(ZeroDivisionError):
        answers(FakeEngine(lambda _: 1 / 0), ["save"])


# ---------------------------------------------------------------- many jobs


def test_jobs_are_taken_as_they_are_needed():
    taken = []

    def jobs():
        for number in range(1_000):
            taken.append(number)
            yield job(f"text {number}")

    run = gateway(FakeEngine()).run(jobs())
    next(run)
    assert len(taken) < 6
    assert sum(1 for _ in run) == 999


def test_requests_travel_at_one_time():
    together = threading.Barrier(3, timeout=5)
    engine = FakeEngine(lambda text: (together.wait(), text)[1], traits=Traits(requests=3))
    assert len(steps(engine, [job(f"text {number}") for number in range(6)])) == 6


def test_a_text_that_two_jobs_want_is_sent_once_also_at_one_time(purse):
    engine = FakeEngine(lambda text: (time.sleep(0.01), text.upper())[1], traits=remote(requests=4))
    found = steps(engine, [job("same", f"own {number}") for number in range(8)], purse=purse)
    assert sum(text == "same" for request in engine.requests for text in request) == 1
    assert sum(dict(step.answers).get(0, Answer("")).text == "SAME" for step in found) == 8


def test_locales_for_which_the_engine_has_one_code_share_an_answer():
    engine = FakeEngine(lambda text: (time.sleep(0.01), text.upper())[1], traits=Traits(requests=4))
    engine.codes = {"de-AT": "DE", "de-CH": "DE", "de": "DE"}
    jobs = [job("same", request=Request(EN, locale)) for locale in (DE, AT, CH, PT_BR)]
    assert all(step.answers[0][1].text == "SAME" for step in steps(engine, jobs))
    assert sum(len(request) for request in engine.requests) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Request(EN, DE), Request(EN, DE, style=Style(instructions=("Be short.",)))),
        (Request(EN, DE), Request(EN, PT_BR)),
    ],
)
def test_what_decides_the_answer_differs(one, other):
    engine = FakeEngine()
    steps(engine, [job("same", request=one), job("same", request=other)])
    assert sum(len(request) for request in engine.requests) == 2


def test_other_terms_make_another_question():
    engine = FakeEngine()
    answers(engine, [Wanted("a refund", terms=(("refund", name),)) for name in ("Erstattung", "Gutschrift")])
    assert sum(len(request) for request in engine.requests) == 2


# ---------------------------------------------------------------- money


def test_what_was_paid_for_is_not_paid_for_again(purse):
    texts = ["Use **it** now", "Save", "Wait `a`"]
    first = answers(FakeEngine(str.upper, Markup.PLAIN, remote()), texts, purse=purse)
    later = FakeEngine(lambda _: 1 / 0, Markup.PLAIN, remote())
    assert answers(later, texts, purse=purse) == first
    assert purse.journal.spent()[0].texts == 5  # the words between the codes are texts of their own


def test_a_rejected_answer_is_asked_for_anew(purse):
    answers(FakeEngine(str.upper, traits=remote()), ["Save"], purse=purse)
    (answer,) = answers(FakeEngine(str.lower, traits=remote()), [Wanted("Save", turn=1)], purse=purse)
    assert answer.text == "save"


def test_a_limit_stops_before_the_request_that_would_pass_it(tmp_path):
    journal = Journal(tmp_path)
    engine = FakeEngine(str.upper, traits=remote(texts=3))
    found = steps(engine, [job("12345 ab", "12345 cd", "12345 ef")], purse=Purse(Caps(run=20), journal))
    assert sum(len(step.answers) for step in found) == 2
    assert isinstance(found[-1].error, LimitError)
    assert journal.spent()[0].characters == 16
    found = steps(engine, [job("12345 gh")], purse=Purse(Caps(month=23), journal))
    assert found[0].error.message == "max_characters.month is 23, and 16 characters have been sent"
    journal.close()


def test_the_limit_of_one_locale_leaves_the_others_alone(tmp_path):
    journal = Journal(tmp_path)
    purse = Purse(Caps(locale=6, locales={PT_BR: 100}), journal)
    jobs = [job("too long for it"), job("too long for it", request=Request(EN, PT_BR))]
    german, brazilian = steps(FakeEngine(str.upper, traits=remote()), jobs, purse=purse)
    assert german.error.message == "max_characters.locale is 6 for de, and 0 characters have been sent"
    assert brazilian.answers[0][1].text == "TOO LONG FOR IT"
    journal.close()


def test_a_locale_that_may_not_go_on_does_not_take_its_sibling_with_it(tmp_path):
    journal = Journal(tmp_path)
    engine = FakeEngine(str.upper, traits=remote())
    engine.codes = {"de-AT": "DE", "de": "DE"}
    jobs = [job("shared text"), job("shared text", request=Request(EN, AT))]
    purse = Purse(Caps(locales={DE: 3, AT: 100}), journal)
    found = {step.job.request.target: step for step in steps(engine, jobs, purse=purse)}
    assert found[DE].error
    assert found[AT].answers[0][1].text == "SHARED TEXT"
    journal.close()


def test_what_cannot_be_written_down_is_not_sent(tmp_path):
    journal = Journal(tmp_path)
    journal._base.execute("DROP TABLE requests")  # noqa: SLF001 (a disk that is full, in effect)
    engine = FakeEngine(traits=remote())
    (step,) = steps(engine, [job("save")], purse=_purse_of(journal))
    assert isinstance(step.error, WriteError)
    assert engine.requests == []
    journal.close()


def _purse_of(journal):
    purse = Purse(Caps(), None)
    purse.journal = journal
    return purse


# ---------------------------------------------------------------- privacy


def test_private_data_stays_here_and_is_listed():
    text = "Write to help@shop.example or call +49 30 901820."
    engine = FakeEngine(lambda sent: sent.replace("Write", "Schreib"), traits=remote())
    (step,) = steps(engine, [job(text, "Save")])
    assert dict(step.answers)[0].text == text.replace("Write", "Schreib")
    assert step.masked == ((0, ("e-mail address", "phone number")),)
    assert not any("shop.example" in sent or "901820" in sent for request in engine.requests for sent in request)


def test_privacy_may_refuse_instead():
    engine = FakeEngine(str.upper, traits=remote())
    private, other = answers(engine, ["Write to help@shop.example", "Save"], privacy=Privacy(block=True))
    assert private == Answer(None, "it holds private data (e-mail address), which is not sent", Outcome.PRIVATE)
    assert other.text == "SAVE"
    assert engine.requests == [("Save",)]


def test_an_engine_on_this_machine_sees_everything():
    engine = FakeEngine(markup=Markup.PLAIN)
    answers(engine, ["Order KP-1 now"], privacy=Privacy(block=True))
    assert engine.requests == [("Order KP-1 now",)]


# ---------------------------------------------------------------- stop


def test_a_stop_waits_a_moment_for_what_is_on_its_way():
    engine = FakeEngine(lambda text: (time.sleep(0.2), text.upper())[1], traits=limited(texts=1))
    it = gateway(engine)
    run = it.run([job("one", "two", "three")])
    threading.Timer(0.05, it._sender.stop.set).start()  # noqa: SLF001
    found = list(run)
    assert [answer.text for step in found for _, answer in step.answers] == ["ONE"]
    assert len(engine.requests) == 1


def test_a_stop_does_not_wait_for_a_server_that_is_silent():
    silent = threading.Event()
    engine = FakeEngine(lambda text: (silent.wait(30), text)[1])
    it = gateway(engine)
    threading.Timer(0.05, it._sender.stop.set).start()  # noqa: SLF001
    began = time.monotonic()
    assert list(it.run([job("one"), job("two")])) == []
    assert time.monotonic() - began < 15  # and not the 30 seconds of the server
    silent.set()


# ---------------------------------------------------------------- the plan


def test_the_plan_counts_what_is_paid_for():
    engine = FakeEngine(traits=limited(texts=2))
    wanted = job("Use **it**", "Save", "Save", "5 %", "Send")
    assert dict(gateway(engine).plan([wanted]))[wanted] == Plan(texts=3, requests=2, characters=6 + 4 + 4, kept=1)
    assert engine.requests == []
    ((_, plan),) = gateway(FakeEngine(traits=limited(request_bytes=3_000))).plan([job("a" * 4_000)])
    assert plan.texts == 1


def test_the_plan_knows_what_other_jobs_and_earlier_runs_bring(purse):
    answers(FakeEngine(traits=remote()), ["Known"], purse=purse)
    engine = FakeEngine(traits=remote())
    plans = [plan for _, plan in gateway(engine, purse=purse).plan([job("Known", "New"), job("New", "me@a.example b")])]
    assert plans == [Plan(1, 1, 3, kept=1), Plan(1, 1, 2, kept=1, masked=1)]
    assert engine.requests == []


# ---------------------------------------------------------------- laws


def test_a_pseudo_translated_help_center_is_the_pseudo_translation_of_each_text():
    found = answers(PseudoEngine(Options()), SENTENCES)
    assert [answer.text for answer in found] == [pseudo(sentence) for sentence in SENTENCES]


@pytest.mark.parametrize("markup", [Markup.XML, Markup.WORDS, Markup.PLAIN])
def test_no_text_is_lost_whatever_the_markup(markup):
    engine = FakeEngine(markup=markup, traits=Traits(Limits(texts=7), requests=3))
    assert [answer.text for answer in answers(engine, SENTENCES)] == list(SENTENCES)
    assert max(map(len, engine.requests)) <= 7


FAULTS = st.sampled_from(["fine", "fine", "busy", "left out", "too large", "hung up"])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=8), max_size=8),
    st.lists(FAULTS, max_size=40),
    st.integers(1, 4),
    st.integers(1, 5),
)
def test_whatever_goes_wrong_on_the_way_every_text_gets_its_own_answer_once(numbers, faults, requests, size):
    script = iter(faults)
    lock = threading.Lock()
    billed = Counter()

    def translate(asks, request):
        with lock:
            fault = next(script, "fine")
        if fault == "busy":
            raise EngineError.passing("busy")
        if fault == "hung up":
            raise EngineError.passing("hung up", unsure=True)
        if fault == "too large" and len(asks) > 1:
            raise EngineError.too_large("too large")
        replies = original(asks, request)
        if fault == "left out":
            replies[0] = None
        with lock:
            billed.update(ask.text for ask, reply in zip(asks, replies, strict=True) if reply)
        return replies

    engine = FakeEngine(str.upper, traits=Traits(Limits(texts=size), requests=requests))
    original, engine.translate = engine.translate, translate
    jobs = [job(*(f"text {number}" for number in some)) for some in numbers]
    got = Counter()
    down = False
    for step in steps(engine, jobs, pauses=(0.0,) * 40):
        assert step.error is None
        for at, answer in step.answers:
            got[step.job, at] += 1
            down |= answer.outcome is Outcome.SILENT
            assert answer.text in {None, step.job.wanted[at].source.upper()}
    assert got == Counter({(one, at): 1 for one in jobs for at in range(len(one.wanted))})
    if not down:
        at_one_time_or_later = Counter(text for some in jobs for text in {wanted.source for wanted in some.wanted})
        assert all(billed[text] <= at_one_time_or_later[text] for text in billed)
