import subprocess
import sys

import deepl
import pytest
from deepl_stub import DROP, KEY, DeeplStub
from engine_fakes import DE, EN, TH, TO_GERMAN
from help_center_sentences import SENTENCES

from polyhelp.engines.base import Markup, Request
from polyhelp.engines.deepl import DeeplEngine, source_code, target_code
from polyhelp.engines.gateway import translate
from polyhelp.engines.verify import shape
from polyhelp.errors import EngineError
from polyhelp.model import Locale

TEXT = 'Use `SAVE20` for **all boots & tents** in [our shop](https://a.example/b "The shop").'
PAUSES: list[float] = []


@pytest.fixture
def stub(monkeypatch):
    with DeeplStub() as stub:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        monkeypatch.setenv("DEEPL_SERVER_URL", stub.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        PAUSES.clear()
        yield stub


def answers(texts, request=TO_GERMAN):
    found = dict(translate(DeeplEngine(), texts, request, sleep=PAUSES.append))
    return [found[at] for at in range(len(texts))]


def failure(texts=("Save",), request=TO_GERMAN):
    with pytest.raises(EngineError) as caught:
        answers(texts, request)
    assert KEY not in str(caught.value)
    return caught.value


@pytest.mark.usefixtures("stub")
def test_a_sentence_comes_back_with_its_markup():
    (answer,) = answers([TEXT])
    assert answer.text == 'Usé `SAVE20` fór **áll bóóts & ténts** ín [óúr shóp](https://a.example/b "Thé shóp").'


def test_what_is_sent(stub):
    answers([TEXT, "Save"], Request(EN, DE, context="A page about boots."))
    title, body = stub.bodies
    assert title["text"] == ["The shop", "Save"]
    assert body["text"] == [
        'Use <x id="1">SAVE20</x> for <g id="2">all boots &amp; tents</g> in <g id="3">our shop</g>.'
    ]
    del body["text"]
    assert body == {
        "source_lang": "EN",
        "target_lang": "DE",
        "context": "A page about boots.",
        "preserve_formatting": True,
        "tag_handling": "xml",
        "tag_handling_version": "v2",
        "outline_detection": False,
        "ignore_tags": ["x"],
        "show_billed_characters": True,
    }
    assert "polyhelp/" in stub.agents[0]


@pytest.mark.usefixtures("stub")
def test_every_sentence_of_a_help_center_survives():
    for sentence, answer in zip(SENTENCES, answers(SENTENCES), strict=True):
        assert answer.text is not None
        assert shape(answer.text) == shape(sentence)


def test_fifty_texts_a_request_and_128_kib(stub):
    answers([f"Text {number}" for number in range(120)])
    assert [len(body["text"]) for body in stub.bodies] == [50, 50, 20]
    stub.bodies.clear()
    long = [f"{number} " + "退款" * 2_000 for number in range(12)]  # 24 kB of JSON each
    assert all(answer.text for answer in answers(long))
    assert len(stub.bodies) > 2


def test_thai_goes_without_tags(stub):
    engine = DeeplEngine()
    assert engine.markup_for(DE) is Markup.XML
    assert engine.markup_for(TH) is Markup.WORDS
    assert engine.markup_for(Locale("no")) is Markup.XML
    (answer,) = answers(["Use `SAVE20` in [our shop](a.md) now."], Request(EN, TH))
    assert answer.text == "Usé `SAVE20` ín [óúr shóp](a.md) nów."
    assert all("tag_handling" not in body for body in stub.bodies)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("drop", "the engine lost the code `SAVE20`"),
        ("empty", "the engine emptied the bold text **…**"),
        ("crossed", "the engine's answer has tags that do not belong together"),
        ("new tag", "the engine's answer has tags that do not belong together"),
        ("new markup", "the engine made the bold text **…** that the source does not have"),
    ],
)
def test_damage_is_tried_again_once_and_then_kept_out(stub, damage, reason):
    text = "Use `SAVE20` for **all boots** now."
    stub.damage.append(damage)
    assert answers([text])[0].text == "Usé `SAVE20` fór **áll bóóts** nów."
    assert len(stub.bodies) == 2
    stub.always = damage
    assert answers([text])[0].text is None
    assert answers([text])[0].reason == reason


@pytest.mark.parametrize(
    ("damage", "target"),
    [
        ("duplicate", "Usé `SAVE20` fór **áll dé bóóts** nów."),
        ("space inside", "Usé `SAVE20` fór **áll bóóts** nów."),
        ("lost space", "Usé `SAVE20` fór **áll bóóts** nów."),
        ("void first", "`SAVE20` Usé fór **áll bóóts** nów."),
    ],
)
def test_harmless_damage_is_repaired(stub, damage, target):
    stub.always = damage
    assert answers(["Use `SAVE20` for **all boots** now."])[0].text == target
    assert len(stub.bodies) == 1


@pytest.mark.parametrize("fault", [429, 503, 500, DROP])
def test_what_passes_is_tried_again(stub, fault):
    stub.script.extend([fault, fault])
    assert answers(["Save"])[0].text == "Sávé"
    assert PAUSES == [1, 2]
    assert stub.calls == 3


@pytest.mark.parametrize(
    ("fault", "message", "hint"),
    [
        (429, "DeepL gets too many requests", "try again later"),
        (503, "DeepL is down (HTTP 503)", "try again later"),
        (DROP, "127.0.0.1 cannot be reached", "check the network connection and DEEPL_SERVER_URL"),
    ],
)
def test_what_does_not_pass_is_told(stub, fault, message, hint):
    stub.script.extend([fault] * 5)
    error = failure()
    assert (error.message, error.hint) == (message, hint)
    assert stub.calls == 5


def test_a_wrong_key_is_told_without_the_key(stub, monkeypatch):
    monkeypatch.setenv("DEEPL_AUTH_KEY", "wrong-" + KEY)
    error = failure()
    assert error.message == "DeepL refuses the key"
    assert "DEEPL_AUTH_KEY" in error.hint
    assert stub.calls == 1


def test_an_empty_account_is_told(stub):
    stub.characters_left = 10
    assert failure(["A text that is too long"]).message == "the DeepL account has used up its characters"
    assert stub.calls == 1


def test_a_request_refused_for_its_size_is_told(stub):
    stub.script.append(413)
    assert failure().message == "DeepL finds the request too large"


def test_a_language_that_deepl_lacks_is_told(stub):
    error = failure(request=Request(EN, Locale("tlh")))
    assert "Value for 'target_lang' not supported" in error.message
    stub.script.append(400)
    assert not failure().retry


def test_another_server_is_told(stub):
    stub.without_billing = True
    assert failure().message == "127.0.0.1 does not answer as DeepL does"


@pytest.mark.usefixtures("stub")
def test_nobody_listening_is_told(monkeypatch):
    monkeypatch.setenv("DEEPL_SERVER_URL", "http://user:secret@127.0.0.1:9")
    error = failure()
    assert error.message == "127.0.0.1 cannot be reached"
    assert "secret" not in str(error)


def test_without_a_key_there_is_an_obstacle(monkeypatch):
    monkeypatch.delenv("DEEPL_AUTH_KEY", raising=False)
    assert DeeplEngine().obstacle(EN, DE) == "there is no key for DeepL: set DEEPL_AUTH_KEY"
    with pytest.raises(EngineError, match="no key"):
        DeeplEngine().translate(["Save"], TO_GERMAN)
    monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
    assert DeeplEngine().obstacle(EN, DE) == ""


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de", "DE"), ("de-AT", "DE"), ("en", "EN-US"), ("en-GB", "EN-GB"), ("en-AU", "EN-GB"), ("pt", "PT-BR"),
        ("pt-BR", "PT-BR"), ("pt-PT", "PT-PT"), ("pt-AO", "PT-PT"), ("es", "ES"), ("es-ES", "ES"),
        ("es-419", "ES-419"), ("es-MX", "ES-419"), ("zh", "ZH-HANS"), ("zh-CN", "ZH-HANS"), ("zh-TW", "ZH-HANT"),
        ("zh-Hant-HK", "ZH-HANT"), ("no", "NB"), ("nb", "NB"), ("iw", "HE"), ("he", "HE"), ("in", "ID"), ("sv", "SV"),
    ],
)  # fmt: skip
def test_target_codes(tag, code):
    assert target_code(Locale.parse(tag)) == code
    assert code in {str(value).upper() for value in vars(deepl.Language).values()}


def test_source_codes_have_no_variants():
    assert [source_code(Locale(tag)) for tag in ("en-US", "pt-BR", "zh-TW", "no")] == ["EN", "PT", "ZH", "NB"]


def test_the_library_is_not_imported_before_it_is_needed():
    code = (
        "import sys, polyhelp.engines.deepl as d; d.DeeplEngine().obstacle(None, None); print('deepl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
