import pytest
from libretranslate_stub import Stub

from polyhelp.engines.base import Ask, Limits, Markup, Reply, Request
from polyhelp.engines.libretranslate import LibreTranslateEngine, LibreTranslateOptions
from polyhelp.errors import EngineError
from polyhelp.model import Locale

EN, DE = Locale("en"), Locale("de")
TO_GERMAN = Request(EN, DE)
SAVE = [Ask("Save"), Ask("Send it & <b>go</b>")]


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch):
    monkeypatch.delenv("LIBRETRANSLATE_URL", raising=False)
    monkeypatch.delenv("LIBRETRANSLATE_API_KEY", raising=False)


@pytest.fixture
def stub():
    with Stub() as server:
        yield server


@pytest.fixture
def engine(stub):
    made = LibreTranslateEngine(LibreTranslateOptions(url=stub.url))
    yield made
    made.close()


def test_texts_travel_in_one_request_and_come_back_in_order(stub, engine):
    assert engine.translate(SAVE, TO_GERMAN) == [Reply("SAVE"), Reply("SEND IT & <B>GO</B>")]
    assert stub.bodies == [{"q": ["Save", "Send it & <b>go</b>"], "source": "en", "target": "de", "format": "text"}]


def test_what_it_is_before_anybody_was_asked(engine):
    assert engine.traits.remote
    assert not engine.traits.draft
    assert engine.traits.price.amount == 0
    assert engine.traits.requests == 2
    assert engine.traits.limits == Limits(texts=50)
    assert engine.ability(EN, Locale("es-MX")).code == "es"
    assert engine.ability(EN, Locale("zh-TW")).code == "zh-Hant"
    assert engine.ability(EN, DE).markup is Markup.WORDS
    with pytest.raises(EngineError, match="does not translate from en to is"):
        engine.ability(EN, Locale("is"))


def test_a_server_may_cost_and_may_be_asked_more_at_once(stub):
    engine = LibreTranslateEngine(LibreTranslateOptions(url=stub.url, price="2.5 EUR", requests=7))
    assert (str(engine.traits.price.amount), engine.traits.price.currency, engine.traits.requests) == ("2.5", "EUR", 7)


def test_the_server_says_what_it_can(stub, engine):
    engine.learn()
    assert stub.paths == ["/languages", "/frontend/settings"]
    assert engine.traits.limits == Limits(texts=50, characters=2000)
    assert engine.ability(Locale("en-GB"), Locale("pt-BR")).code == "pb"
    assert engine.ability(EN, Locale("zh-TW")).code == "zt"
    assert engine.ability(EN, Locale("zh-CN")).code == "zh"
    assert engine.ability(EN, Locale("de-AT")).code == "de"
    with pytest.raises(EngineError, match="does not translate from en to fr"):
        engine.ability(EN, Locale("fr"))
    with pytest.raises(EngineError, match="does not translate from de to es"):
        engine.translate(SAVE, Request(DE, Locale("es")))
    assert stub.bodies == []


def test_a_server_without_settings_and_one_without_a_limit(stub, engine):
    stub.settings = None
    engine.learn()
    assert engine.traits.limits.characters == 0
    stub.settings = {"charLimit": -1}
    engine.learn()
    assert engine.traits.limits.characters == 0


@pytest.mark.parametrize("languages", [[], {}, "nothing", [{"name": "English"}], [1]])
def test_what_is_no_libretranslate_server_is_told(stub, engine, languages):
    stub.languages = languages
    with pytest.raises(EngineError, match="names no languages"):
        engine.learn()


def test_a_key_goes_with_the_texts_and_into_no_message(stub, monkeypatch):
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", "right-key-0001")
    engine = LibreTranslateEngine(LibreTranslateOptions(url=stub.url))
    engine.translate(SAVE, TO_GERMAN)
    assert stub.bodies[0]["api_key"] == "right-key-0001"
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", "secret-key-0815")
    engine = LibreTranslateEngine(LibreTranslateOptions(url=stub.url))
    with pytest.raises(EngineError, match="refuses the key") as caught:
        engine.translate(SAVE, TO_GERMAN)
    assert "secret-key-0815" not in f"{caught.value} {caught.value!r} {engine!r} {engine.fingerprint}"
    assert caught.value.hint == "check LIBRETRANSLATE_API_KEY"
    assert not caught.value.retry


def test_a_missing_key_is_told_before_anything_is_sent(stub, engine):
    stub.settings = {"charLimit": 100, "keyRequired": True}
    with pytest.raises(EngineError, match="wants a key") as caught:
        engine.learn()
    assert "LIBRETRANSLATE_API_KEY" in caught.value.hint


def test_too_many_texts_make_smaller_requests(stub, engine):
    stub.batch_limit = 1
    with pytest.raises(EngineError, match="exceeds text limit") as caught:
        engine.translate(SAVE, TO_GERMAN)
    assert caught.value.smaller
    assert engine.translate(SAVE[:1], TO_GERMAN) == [Reply("SAVE")]


@pytest.mark.parametrize(
    ("fault", "retry", "after", "unsure"),
    [
        ((429, "Slowdown: 10 per 1 minute", {"Retry-After": "7"}), True, 7.0, False),
        ((500, "Cannot translate text", {}), True, 0.0, False),
        ((503, "busy", {}), True, 0.0, False),
        ((400, "Invalid request: missing q parameter", {}), False, 0.0, False),
        ("hang up", True, 0.0, True),
        ("short", True, 0.0, True),
        ("text", True, 0.0, True),
        ("list", True, 0.0, True),
    ],
)
def test_failures_are_told_apart(stub, engine, fault, retry, after, unsure):
    stub.faults = [fault]
    with pytest.raises(EngineError, match="LibreTranslate") as caught:
        engine.translate(SAVE, TO_GERMAN)
    assert (caught.value.retry, caught.value.after, caught.value.unsure) == (retry, after, unsure)
    assert engine.translate(SAVE[:1], TO_GERMAN) == [Reply("SAVE")]


def test_an_answer_that_is_no_text_is_asked_for_again(stub, engine):
    stub.faults = ["numbers"]
    assert engine.translate(SAVE, TO_GERMAN) == [None, Reply("Send it & <b>go</b>")]


def test_without_a_server_it_says_how_to_name_one(monkeypatch):
    assert LibreTranslateEngine(LibreTranslateOptions()).obstacle(EN, DE) == (
        "no LibreTranslate server is named: set LIBRETRANSLATE_URL or the option url, "
        "for example to http://localhost:5000"
    )
    for wrong in ("localhost:5000", "file:///etc/passwd", "http://"):
        engine = LibreTranslateEngine(LibreTranslateOptions(url=wrong))
        assert engine.obstacle(EN, DE).startswith(f"'{wrong}' is no address of a LibreTranslate server: ")
    monkeypatch.setenv("LIBRETRANSLATE_URL", "http://translate.example:5000")
    engine = LibreTranslateEngine(LibreTranslateOptions())
    assert engine.obstacle(EN, DE) == ""
    assert engine.fingerprint == "translate.example"


def test_a_server_that_is_not_there_may_come_back():
    with Stub() as gone:
        url = gone.url
    with pytest.raises(EngineError, match="cannot be reached") as caught:
        LibreTranslateEngine(LibreTranslateOptions(url=url)).learn()
    assert caught.value.retry
