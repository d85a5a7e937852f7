import threading
import time
from decimal import Decimal

import pytest
from engine_fakes import DE, PT_BR, TO_GERMAN, FakeEngine

from polyhelp.engines.base import Ask, Markup, Price, Reply, Traits
from polyhelp.engines.caps import Caps
from polyhelp.engines.journal import Journal
from polyhelp.engines.sending import Purse, Sender, StoppedError, characters
from polyhelp.errors import EngineError, LimitError, WriteError

REMOTE = Traits(remote=True, price=Price(Decimal(20), "EUR"))
ASKS = [Ask("eins"), Ask("zwei")]
KEYS = ["a", "b"]


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path)
    yield journal
    journal.close()


@pytest.fixture
def purse(journal):
    return Purse(Caps(), journal)


class Scripted(FakeEngine):
    """Does what its script says, call by call; then it answers."""

    def __init__(self, *script):
        super().__init__(str.upper, traits=REMOTE)
        self.script = list(script)
        self.times = []

    def translate(self, asks, request):
        self.times.append(time.monotonic())
        if self.script:
            step = self.script.pop(0)
            if isinstance(step, BaseException):
                raise step
            return step
        return super().translate(asks, request)


def sender(engine, purse=None, pauses=(0.0,) * 4):
    return Sender(engine, purse, threading.Event(), pauses)


def test_what_may_pass_is_tried_again(purse, journal):
    engine = Scripted(EngineError.passing("busy"), EngineError.passing("busy"))
    assert sender(engine, purse).send(ASKS, KEYS, TO_GERMAN) == [Reply("EINS"), Reply("ZWEI")]
    assert journal.this_month() == {"de": 8}
    assert journal.known(KEYS) == {"a": "EINS", "b": "ZWEI"}


def test_then_it_is_raised(purse, journal):
    engine = Scripted(*[EngineError.passing("busy")] * 9)
    with pytest.raises(EngineError, match="busy"):
        sender(engine, purse).send(ASKS, KEYS, TO_GERMAN)
    assert len(engine.times) == 5
    assert journal.this_month() == {}


def test_what_cannot_pass_is_raised_at_once(purse):
    engine = Scripted(EngineError("wrong key"))
    with pytest.raises(EngineError, match="wrong key"):
        sender(engine, purse).send(ASKS, KEYS, TO_GERMAN)
    assert len(engine.times) == 1


def test_a_service_says_itself_how_long_to_wait_and_all_threads_heed_it():
    engine = Scripted(EngineError.passing("busy", after=0.3))
    mail = sender(engine)
    threads = [threading.Thread(target=mail.send, args=(ASKS, KEYS, TO_GERMAN)) for _ in range(2)]
    threads[0].start()
    while not engine.times:
        time.sleep(0.005)
    time.sleep(0.05)
    threads[1].start()
    for thread in threads:
        thread.join()
    assert all(later - engine.times[0] >= 0.29 for later in engine.times[1:])


def test_pauses_grow():
    engine = Scripted(EngineError.passing("busy"), EngineError.passing("busy"))
    sender(engine, pauses=(0.05, 0.2)).send(ASKS, KEYS, TO_GERMAN)
    one, two, three = engine.times
    assert 0.03 < two - one < three - two


def test_nobody_waits_for_an_hour():
    with pytest.raises(EngineError, match="come back"):
        sender(Scripted(EngineError.passing("come back", after=3_600))).send(ASKS, KEYS, TO_GERMAN)


def test_a_stop_ends_the_waiting():
    mail = sender(Scripted(EngineError.passing("busy", after=60)))
    threading.Timer(0.05, mail.stop.set).start()
    began = time.monotonic()
    with pytest.raises(StoppedError):
        mail.send(ASKS, KEYS, TO_GERMAN)
    assert time.monotonic() - began < 15  # and not a minute


@pytest.mark.parametrize(("unsure", "counted"), [(True, {"de": 8}), (False, {})])
def test_what_may_have_been_billed_counts(purse, journal, unsure, counted):
    error = EngineError("gone")
    error.unsure = unsure
    with pytest.raises(EngineError):
        sender(Scripted(error), purse).send(ASKS, KEYS, TO_GERMAN)
    assert journal.this_month() == counted
    limit = Purse(Caps(month=9), journal)
    if unsure:
        with pytest.raises(LimitError):
            limit.take(DE, 2)
    else:
        limit.take(DE, 9)


def test_a_bug_in_an_engine_may_have_been_billed(purse, journal):
    with pytest.raises(ZeroDivisionError):
        sender(Scripted(ZeroDivisionError()), purse).send(ASKS, KEYS, TO_GERMAN)
    assert journal.spent()[0].unsure == 8


def test_what_the_engine_says_it_billed_counts(purse, journal):
    mail = sender(Scripted([Reply("EINS", 40), Reply("ZWEI", 2)]), purse)
    mail.send(ASKS, KEYS, TO_GERMAN)
    assert mail.billed == 42
    assert journal.this_month() == {"de": 42}
    mail = sender(Scripted([Reply("EINS", 40), None]), purse)
    mail.send(ASKS, KEYS, TO_GERMAN)
    assert mail.billed == 8
    assert journal.known(KEYS)["a"] == "EINS"


def test_a_paid_reply_is_used_even_if_it_cannot_be_kept_but_it_is_the_last(purse, journal, monkeypatch):
    def full(*_):
        raise WriteError("disk full")

    monkeypatch.setattr(journal, "paid", full)
    engine = Scripted()
    mail = sender(engine, purse)
    assert mail.send(ASKS, KEYS, TO_GERMAN) == [Reply("EINS"), Reply("ZWEI")]
    with pytest.raises(WriteError, match="disk full"):
        mail.send(ASKS, KEYS, TO_GERMAN)
    assert len(engine.times) == 1


def test_limits_hold_for_all_engines_of_a_run_and_for_each_locale(journal):
    purse = Purse(Caps(run=30, locale=20), journal)
    purse.take(DE, 20)
    with pytest.raises(LimitError) as caught:
        purse.take(DE, 1)
    assert caught.value.locale == "de"
    purse.give_back(DE, 5)
    purse.take(DE, 5)
    with pytest.raises(LimitError) as caught:
        purse.take(PT_BR, 11)
    assert caught.value.locale == ""
    assert "max_characters.run is 30, and 20 characters have been sent" in str(caught.value)
    purse.take(PT_BR, 10)


def test_learning_is_as_patient(purse):
    engine = Scripted()
    tries = []

    def learn():
        tries.append(1)
        if len(tries) < 3:
            raise EngineError.passing("busy")

    engine.learn = learn
    sender(engine, purse).learn()
    assert len(tries) == 3


def test_tags_are_not_counted_where_they_are_free():
    asks = [Ask('Use <x id="1">A</x> &amp; "<g id="2">b</g>"')]
    assert characters(asks, Markup.XML) == len('Use A &amp; "b"')
    assert characters(asks, Markup.HTML) == len(asks[0].text)
