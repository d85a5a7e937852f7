import logging
import socket
import threading
import traceback
from collections import Counter

import pytest
from deepl_stub import (
    BROKEN,
    BUSY,
    CUT,
    DOWN,
    DROP,
    DROP_BILLED,
    KEY,
    KEY_REFUSED,
    MISSING,
    NO_QUOTA,
    OVERLOADED,
    SHORT,
    TOO_LARGE,
    DeeplStub,
    Fault,
    random_faults,
    slow,
)

import polyhelp.engines.deepl as module
from polyhelp.engines.base import Ask, Request
from polyhelp.engines.deepl import DeeplEngine, DeeplOptions
from polyhelp.errors import EngineError
from polyhelp.model import Locale

EN, DE = Locale("en"), Locale("de")
TO_GERMAN = Request(EN, DE)


@pytest.fixture
def stub(monkeypatch):
    with DeeplStub() as stub:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        monkeypatch.setenv("DEEPL_SERVER_URL", stub.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield stub


def failure(request=TO_GERMAN, engine=None):
    """The error of one call, which shows nobody the key: not in its text, not in the traceback."""
    engine = engine or DeeplEngine(DeeplOptions())
    with pytest.raises(EngineError) as caught:
        engine.translate([Ask("Save"), Ask("Load")], request)
    engine.close()
    error = caught.value
    shown = f"{error} {error!r} {engine!r} {vars(engine)!r} {''.join(traceback.format_exception(error))}"
    assert KEY not in shown
    assert KEY[:8] not in shown
    return error


@pytest.mark.parametrize(
    ("fault", "message", "retry", "after", "unsure", "billed"),
    [
        (KEY_REFUSED, "DeepL refuses the key", False, 0, False, 0),
        (TOO_LARGE, "DeepL finds the request too large", False, 0, False, 0),
        (NO_QUOTA, "the DeepL account has used up its characters", False, 0, False, 0),
        (BUSY, "DeepL gets too many requests", True, 0, False, 0),
        (BUSY.after(17), "DeepL gets too many requests", True, 17, False, 0),
        (BROKEN, "HTTP 500", True, 0, False, 0),
        (DOWN.after(5), "HTTP 503", True, 5, False, 0),
        (OVERLOADED, "HTTP 529", True, 0, False, 0),
        (DROP, "hung up before it had answered", True, 0, True, 0),
        (DROP_BILLED, "hung up before it had answered", True, 0, True, 8),
        (CUT, "is cut short or is no JSON", True, 0, True, 8),
        (SHORT, "hung up before it had answered", True, 0, True, 8),
        (MISSING, "gave 1 answers to 2 texts", True, 0, True, 8),
    ],
)
def test_faults(stub, fault, message, retry, after, unsure, billed):
    stub.faults.append(fault)
    error = failure()
    assert message in error.message
    assert (error.retry, error.after, error.unsure) == (retry, after, unsure)
    assert error.smaller is (fault is TOO_LARGE)
    assert stub.billed_characters == billed
    assert stub.calls == 1


def test_retry_after_as_a_date(stub):
    stub.faults.append(BUSY.after("Wed, 21 Oct 2015 07:28:00 GMT"))
    assert failure().after == 0
    stub.faults.append(BUSY.after("soon"))
    assert failure().after == 0


def test_an_answer_that_takes_too_long_may_have_been_billed(stub, monkeypatch):
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.05)
    stub.faults.append(slow(0.3))
    error = failure()
    assert error.message == "DeepL (127.0.0.1) gave no answer within 0.05 seconds"
    assert (error.retry, error.unsure) == (True, True)


def test_a_wrong_key_is_told_without_the_key(stub, monkeypatch):
    monkeypatch.setenv("DEEPL_AUTH_KEY", "wrong-" + KEY)
    error = failure()
    assert error.message.startswith("DeepL refuses the key")
    assert "DEEPL_AUTH_KEY" in error.hint
    assert stub.calls == 1


@pytest.mark.parametrize("key", ["schlüssel-123456", "two\nlines-123456", "a\x00b-123456"])
def test_a_key_that_cannot_be_one_is_told_before_anything_is_sent(stub, monkeypatch, key):
    monkeypatch.setattr(module, "_key", lambda: key)
    error = failure()
    assert "characters that no key has" in error.message
    assert key not in str(error)
    assert stub.calls == 0


def test_an_empty_account_is_told(stub):
    stub.characters_left = 7
    assert failure().message.startswith("the DeepL account has used up its characters")
    assert stub.characters_left == 7


def test_a_refusal_is_told_in_deepls_words(stub):
    error = failure(Request(EN, Locale("tlh")))
    assert "Value for 'target_lang' not supported" in error.message
    assert (error.retry, error.unsure) == (False, False)
    assert stub.calls == 1


def test_a_style_rule_that_is_not_there_is_told(stub):
    error = failure(engine=DeeplEngine(DeeplOptions(style_rules={"de": "gone"})))
    assert "Style rule list not found" in error.message
    assert stub.calls == 1


def test_another_server_is_told(stub):
    stub.without_billing = True
    error = failure()
    assert error.message == "DeepL (127.0.0.1) does not answer as DeepL does"
    assert (error.retry, error.unsure) == (False, True)


@pytest.mark.usefixtures("stub")
def test_nobody_listening_is_told_and_nothing_was_billed(monkeypatch):
    monkeypatch.setenv("DEEPL_SERVER_URL", "http://user:secret@127.0.0.1:9")
    error = failure()
    assert error.message == "DeepL (127.0.0.1) cannot be reached"
    assert (error.retry, error.unsure) == (True, False)
    assert "secret" not in str(error)


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize("address", ["no address", "http://", "http://[::1", "ftp://127.0.0.1/"])
def test_an_address_that_is_none_is_told(monkeypatch, address):
    monkeypatch.setenv("DEEPL_SERVER_URL", address)
    error = failure()
    assert not error.unsure
    assert "DeepL" in error.message


def served_once(answer):
    """A server that gives every request this answer; its address, and what it was sent."""
    listening = socket.create_server(("127.0.0.1", 0))
    seen = []

    def serve():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                seen.append(connection.recv(65536))
                connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return listening, f"http://127.0.0.1:{listening.getsockname()[1]}", seen


@pytest.mark.parametrize(
    ("answer", "message", "retry"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>no</html>", "answers with a web page", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull", "gave 0 answers to 2 texts", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", "gave 0 answers to 2 texts", True),
        (b'HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{"translations": [1, 2]}', "does not answer as", False),
        (b"HTTP/1.1 502 Bad\r\nContent-Length: 13\r\n\r\n<h1>down</h1>", "HTTP 502", True),
        (b"no HTTP at all", "hung up before it had answered", True),
        (b"HTTP/1.1 302 F\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n", "another address", False),
    ],
)
@pytest.mark.usefixtures("stub")
def test_answers_of_other_servers_are_told(monkeypatch, answer, message, retry):
    listening, address, seen = served_once(answer)
    monkeypatch.setenv("DEEPL_SERVER_URL", address)
    error = failure()
    listening.close()
    assert message in error.message
    assert error.retry is retry
    assert len(seen) == 1


def test_a_server_below_a_path_is_asked_there(monkeypatch, stub):
    monkeypatch.setenv("DEEPL_SERVER_URL", f"{stub.url}/proxy/deepl")
    assert "no such endpoint here" in failure().message


def test_texts_that_are_no_text_are_asked_for_again(stub, monkeypatch):
    plain = stub.translation
    monkeypatch.setattr(stub, "translation", lambda text, *rest: {**plain(text, *rest), **BAD.get(text, {})})
    engine = DeeplEngine(DeeplOptions())
    replies = engine.translate([Ask("Save"), Ask("Load"), Ask("All")], TO_GERMAN)
    engine.close()
    assert [reply and reply.text for reply in replies] == [None, None, "All"]


BAD = {"Sávé": {"text": None}, "Lóád": {"text": "\ud800"}}


def test_in_a_storm_only_what_the_engine_is_unsure_of_is_billed_again(stub):
    stub.storm = random_faults(0.3, seed=5)
    engine = DeeplEngine(DeeplOptions())
    unsure = Counter()
    for number in range(150):
        ask = Ask(f"Save {number}")
        replies = None
        while replies is None:
            try:
                replies = engine.translate([ask], TO_GERMAN)
            except EngineError as error:
                if not error.retry:
                    raise
                unsure[ask.text] += error.unsure
        assert replies[0].text == f"Sávé {number}"
    engine.close()
    assert sum(unsure.values()) > 10
    assert all(1 <= stub.billed[text] <= 1 + times for text, times in unsure.items())
    assert sum(stub.billed.values()) <= 150 + sum(unsure.values())


def test_nothing_is_logged_that_shows_the_key(stub, caplog):
    caplog.set_level(logging.DEBUG)
    stub.faults.extend([BUSY, Fault(403), DROP])
    for _ in range(3):
        failure()
    assert KEY not in caplog.text
