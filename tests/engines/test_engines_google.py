import json
import subprocess
import sys
import threading

import pytest
from google_stub import LANGUAGES, PROJECT, GoogleStub
from help_center_sentences import SENTENCES
from http_stub import CUT, DROP, says, status
from stub_words import DAMAGES

from polyhelp.engines import google_login
from polyhelp.engines.base import Ask, Engine, Limits, Markup, Request
from polyhelp.engines.google import GoogleEngine, GoogleOptions
from polyhelp.engines.mend import mended
from polyhelp.engines.nodes import grow, markdown
from polyhelp.engines.verify import fault
from polyhelp.engines.wire import Damage
from polyhelp.engines.wire_tags import from_html, to_html
from polyhelp.errors import EngineError
from polyhelp.model import Locale
from polyhelp.text.inline import tokenize

EN, DE, PT_BR = Locale("en"), Locale("de"), Locale("pt-BR")
TO_GERMAN = Request(EN, DE)
GLOSSARY = f"projects/{PROJECT}/locations/us-central1/glossaries/shop"


@pytest.fixture
def stub(monkeypatch, tmp_path):
    with GoogleStub() as stub:
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(stub.credentials(tmp_path / "key.json")))
        monkeypatch.setenv("GOOGLE_TRANSLATE_SERVER_URL", stub.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("NO_GCE_CHECK", "true")
        monkeypatch.delenv("GOOGLE_CLOUD_PROJECT", raising=False)
        yield stub


@pytest.fixture
def engine(stub):  # noqa: ARG001 (its address)
    with_defaults = GoogleEngine(GoogleOptions())
    yield with_defaults
    with_defaults.close()


def ask(engine, *texts, request=TO_GERMAN):
    return engine.translate([Ask(text) for text in texts], request)


def failure(engine, *texts, request=TO_GERMAN):
    with pytest.raises(EngineError) as caught:
        ask(engine, *(texts or ["Save"]), request=request)
    return caught.value


def tree(text):
    return grow(tokenize(text))


# ---------------------------------------------------------------- what is sent, what comes back


def test_a_request_says_everything_that_google_would_guess(stub, engine):
    replies = ask(engine, '<span id="1">Save</span> &amp; <span id="2" translate="no">SAVE20</span>', "Don't")
    assert [reply.text for reply in replies] == [
        '<span id="1">Sávé</span> &amp; <span id="2" translate="no">SAVE20</span>',
        "Dón&#39;t",
    ]
    assert stub.bodies() == [
        {
            "contents": ['<span id="1">Save</span> &amp; <span id="2" translate="no">SAVE20</span>', "Don't"],
            "mimeType": "text/html",
            "sourceLanguageCode": "en",
            "targetLanguageCode": "de",
        }
    ]
    assert stub.asked[-1].path == f"/v3/projects/{PROJECT}/locations/global:translateText"


def test_billed_is_every_code_point_tags_and_entities_included(stub, engine):
    text = '<span id="1">Tent 🏕</span> &amp; more'
    (reply,) = ask(engine, text)
    assert reply.billed == len(text) == 37
    assert stub.billed == {text: 1}


def test_sentences_keep_their_markup(engine):
    sources = [tree(sentence) for sentence in SENTENCES]
    replies = ask(engine, *(to_html(source) for source in sources))
    for sentence, source, reply in zip(SENTENCES, sources, replies, strict=True):
        target = mended(from_html(reply.text, source), source, DE)
        assert fault(target, source) == ""
        assert markdown(target).translate(str.maketrans("áéíóú", "aeiou")) == sentence


def test_what_is_no_html_is_damaged_by_google_and_noticed(engine):
    source = tree("The **cheaper** tent costs < 100.")
    (reply,) = ask(engine, 'The <span id="1">cheaper tent costs < 100.')
    assert reply.text == 'Thé <span id="1">chéápér tént cósts &lt; 100.</span>'
    assert fault(from_html(reply.text, source), source) == ""  # closed at another place, as a browser does
    (reply,) = ask(engine, "if a<b and c>d then")
    assert reply.text == "íf á<b and c>d thén</b>"
    assert isinstance(from_html(reply.text, tree("if a<b and c>d then")), Damage)


NOTICED = {"drop", "new tag", "new markup", "crossed", "other id", "empty"}


@pytest.mark.parametrize("damage", sorted(DAMAGES))
def test_damage_is_noticed_or_mended(stub, engine, damage):
    source = tree("Use `SAVE20` for **all our boots** now.")
    stub.damage.append(damage)
    (reply,) = ask(engine, to_html(source))
    read = from_html(reply.text, source)
    broken = isinstance(read, Damage) or bool(fault(mended(read, source, DE), source))
    assert broken == (damage in NOTICED)


def test_more_than_google_takes_is_refused_and_can_be_asked_in_parts(stub, engine):
    assert engine.traits.limits == Limits(texts=1024, characters=30_000)
    assert len(ask(engine, *["Save"] * 1024)) == 1024
    assert failure(engine, *["Save"] * 1025).retry is False
    assert len(ask(engine, "x" * 30_000)[0].text) == 30_000
    error = failure(engine, "x" * 31_000)
    assert error.smaller
    assert not error.retry
    assert sum(stub.billed.values()) == 1025


def test_an_answer_that_lacks_texts_belongs_to_nobody(stub, engine):
    stub.short = 1
    error = failure(engine, "Save", "Buy", "Send")
    assert (error.retry, error.unsure) == (True, True)
    assert error.message == "Google answered 2 of 3 texts"


@pytest.mark.parametrize(
    "body", ["[]", "null", '{"translations": 5}', '{"translations": ["Sávé"]}', '{"translations": {"0": "Sávé"}}']
)
def test_another_server_is_told(stub, engine, body):
    engine.learn()
    stub.script.append(says(body))
    error = failure(engine)
    assert error.message == "the server does not answer as Google does"
    assert not error.retry


@pytest.mark.parametrize("text", ["{}", '{"translatedText": 5}', '{"translatedText": "\\ud83c"}'])
def test_a_text_that_is_none_is_left_out(stub, engine, text):
    engine.learn()
    stub.script.append(says(f'{{"translations": [{{"translatedText": "Ein"}}, {text}]}}'))
    first, second = ask(engine, "One", "Two")
    assert first.text == "Ein"
    assert second is None


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de", "de"), ("de-AT", "de"), ("pt-BR", "pt"), ("pt-PT", "pt-PT"), ("zh", "zh-CN"), ("zh-Hant-TW", "zh-TW"),
        ("zh-HK", "zh-TW"), ("nb", "no"), ("he", "iw"), ("fr-CA", "fr-CA"), ("es-MX", "es"), ("th", "th"),
    ],
)  # fmt: skip
def test_codes_are_those_that_google_has(engine, tag, code):
    engine.learn()
    ability = engine.ability(EN, Locale(tag))
    assert (ability.code, ability.markup) == (code, Markup.HTML)
    assert not ability.formality
    assert not ability.glossary


def test_before_google_was_asked_its_documentation_counts(stub):
    engine = GoogleEngine(GoogleOptions())
    assert engine.ability(EN, Locale("zh-TW")).code == "zh-TW"
    assert engine.ability(EN, Locale("he")).code in {"he", "iw"}
    assert engine.ability(EN, Locale("tlh")).code == "tlh"
    assert stub.calls == 0


def test_a_pair_that_google_lacks_is_told(stub, engine):
    engine.learn()
    for source, target in ((EN, Locale("tlh")), (Locale("tlh"), DE), (EN, Locale("en-GB"))):
        with pytest.raises(EngineError, match=f"Google does not translate {source} to {target}"):
            engine.ability(source, target)
    stub.languages = ("en", "sv")
    engine.learn()
    with pytest.raises(EngineError, match="does not translate en to de"):
        engine.ability(EN, DE)


@pytest.mark.parametrize("body", ["[]", "{}", '{"languages": []}', '{"languages": [{"languageCode": 5}]}'])
def test_a_server_without_languages_is_not_googles(stub, engine, body):
    ask(engine, "Save")
    stub.script.append(says(body))
    with pytest.raises(EngineError, match="does not answer as Google does"):
        engine.learn()


# ---------------------------------------------------------------- options


def test_a_glossarys_answers_are_in_another_field(stub):
    stub.glossaries[GLOSSARY] = ("en", "de", {"order": "Bestellung"})
    engine = GoogleEngine(GoogleOptions(location="us-central1", glossaries={"de": "shop", "fr": GLOSSARY}))
    assert engine.obstacle(EN, DE) == ""
    (reply,) = ask(engine, "Your order now")
    assert reply.text == "Yóúr Bestellung nów"
    assert stub.bodies()[0]["glossaryConfig"] == {"glossary": GLOSSARY}
    austrian, german, swedish = (engine.ability(EN, Locale(tag)) for tag in ("de-AT", "de", "sv"))
    assert austrian == german
    assert german.glossary
    assert german.code != engine.ability(EN, Locale("fr")).code
    assert not swedish.glossary
    assert failure(engine, request=Request(EN, Locale("fr"))).message.startswith("Google cannot translate this")
    engine.close()


def test_locales_of_one_code_with_different_glossaries_get_different_translations():
    engine = GoogleEngine(GoogleOptions(location="us-central1", glossaries={"de": "shop", "de-CH": "swiss"}))
    assert engine.ability(EN, DE).code != engine.ability(EN, Locale("de-CH")).code


def test_a_glossary_cannot_be_everywhere(stub):
    engine = GoogleEngine(GoogleOptions(glossaries={"de": "shop"}))
    assert "set the option location" in engine.obstacle(EN, DE)
    assert engine.obstacle(EN, Locale("sv")) == ""
    assert stub.calls == 0


def test_a_glossary_that_is_not_there_is_told(stub):
    engine = GoogleEngine(GoogleOptions(location="us-central1", glossaries={"de": "lost"}))
    error = failure(engine)
    assert error.message == "Google does not find this: Glossary not found."
    assert not error.retry
    assert stub.billed.total() == 0
    engine.close()


def test_a_model_is_named_in_whole_and_decides_the_output(stub):
    engine = GoogleEngine(GoogleOptions(model="general/translation-llm"))
    engine.learn()
    ask(engine, "Save")
    name = f"projects/{PROJECT}/locations/global/models/general/translation-llm"
    assert stub.bodies()[0]["model"] == name
    assert stub.asked[1].path.endswith("/supportedLanguages?model=" + name.replace("/", "%2F"))
    assert engine.fingerprint != GoogleEngine(GoogleOptions()).fingerprint
    engine.close()


def test_the_list_price_and_ones_own():
    assert GoogleEngine(GoogleOptions()).traits.price.of(50_000) == 1
    assert GoogleEngine(GoogleOptions(price="18.50 EUR")).traits.price.currency == "EUR"
    assert GoogleEngine(GoogleOptions()).traits.requests == 4
    assert GoogleEngine(GoogleOptions(requests=9)).traits.requests == 9


@pytest.mark.parametrize(
    ("option", "variable", "project"),
    [
        ("", "", PROJECT),
        ("", "from-env", "from-env"),
        ("mine", "from-env", "mine"),
        ("example.com:mine", "", "example.com:mine"),
    ],
)
def test_who_pays(stub, monkeypatch, option, variable, project):
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", variable)
    engine = GoogleEngine(GoogleOptions(project=option))
    if project == PROJECT:
        engine.learn()
    else:
        assert "permission" in failure(engine).message
    assert stub.asked[-1].path.startswith(f"/v3/projects/{project}/locations/global")
    engine.close()


def test_nobody_pays(stub, engine, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")  # gcloud knows projects too
    credentials = json.loads((tmp_path / "key.json").read_text())
    del credentials["project_id"]
    (tmp_path / "key.json").write_text(json.dumps(credentials))
    error = failure(engine)
    assert str(error) == "Google needs a project that pays\n  set the option project, or GOOGLE_CLOUD_PROJECT"
    assert stub.billed.total() == 0


# ---------------------------------------------------------------- failures


@pytest.mark.parametrize(
    ("code", "message", "retry", "told"),
    [
        (429, "Quota exceeded for quota metric 'Characters' and limit 'per minute'.", True, "too many requests"),
        (403, "User Rate Limit Exceeded", True, "too many requests"),
        (403, "Quota exceeded for quota metric 'Characters' and limit 'per user'.", True, "too many requests"),
        (403, "Daily Limit Exceeded", False, "used up for today"),
        (429, "Quota exceeded for quota metric 'v3 characters' and limit 'characters per day'.", False, "for today"),
        (403, "Cloud Translation API has not been used in project 5 before or it is disabled.", False, "not allow"),
        (403, "This API method requires billing to be enabled.", False, "does not allow this"),
        (403, "Your application requires a quota project.", False, "does not allow this"),
        (401, "Invalid credentials", False, "refuses the credentials"),
        (404, "Model not found", False, "does not find this"),
        (500, "Internal", True, "HTTP 500"),
        (503, "The service is currently unavailable.", True, "HTTP 503"),
    ],
)  # fmt: skip
def test_what_google_says_no_to(stub, engine, code, message, retry, told):
    engine.learn()
    stub.script.append(status(code, "4", message))
    error = failure(engine)
    assert error.retry is retry
    assert error.after == (4.0 if retry else 0.0)
    assert told in error.message
    assert stub.billed.total() == 0


@pytest.mark.parametrize("fault", [DROP, CUT])
def test_lost_answers_may_have_been_billed(stub, engine, fault):
    engine.learn()
    stub.script.append(fault)
    error = failure(engine)
    assert (error.retry, error.unsure) == (True, True)


# ---------------------------------------------------------------- credentials


def test_one_token_serves_many_requests_and_threads(stub, engine):
    threads = [threading.Thread(target=ask, args=(engine, "Save")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stub.tokens) == 1
    assert stub.billed == {"Save": 6}


def test_a_token_that_runs_out_is_replaced_before_it_does(stub, engine):
    stub.token_seconds = 60  # google-auth gives a token up some minutes before its end
    ask(engine, "Save")
    ask(engine, "Save")
    assert len(stub.tokens) == 2


def test_the_login_server_out_of_order_passes(stub, engine, monkeypatch):
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda seconds: None)  # noqa: ARG005
    stub.token_faults += [503] * 9
    error = failure(engine)
    assert error.retry
    assert not error.unsure
    assert error.message == "Google's login server cannot be reached"


def test_a_key_that_was_taken_back_is_told(stub, engine):
    stub.token_faults += [400]
    error = failure(engine)
    assert not error.retry
    assert error.message == "Google does not accept the credentials"
    assert "gcloud auth application-default login" in error.hint


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"type": "service_account"}', '{"type": "martian"}'])
def test_a_file_that_holds_no_credentials_is_told(stub, engine, tmp_path, monkeypatch, content):
    (tmp_path / "broken.json").write_text(content)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "broken.json"))
    error = failure(engine)
    assert error.message == "there are no usable credentials for Google"
    assert stub.calls == 0


def test_a_private_key_that_is_none_is_told_and_not_shown(stub, engine, tmp_path, monkeypatch):
    data = json.loads((tmp_path / "key.json").read_text())
    data["private_key"] = "-----BEGIN PRIVATE KEY-----\ngeheim\n-----END PRIVATE KEY-----\n"
    (tmp_path / "broken.json").write_text(json.dumps(data))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "broken.json"))
    error = failure(engine)
    assert error.message == "there are no usable credentials for Google"
    assert error.__context__ is None
    assert "geheim" not in str(error)
    assert stub.calls == 0


def test_no_credentials_at_all(engine, tmp_path, monkeypatch):
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS")
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "nothing"))
    monkeypatch.setenv("PATH", "")
    assert engine.obstacle(EN, DE) == ""  # on Google's own machines they are in no file
    assert failure(engine).message == "there are no usable credentials for Google"


def test_no_token_is_ever_shown(stub, engine):
    ask(engine, "Save")
    stub.script.append(status(401, message=f"Bad token {stub.tokens[0]}"))
    error = failure(engine)
    assert "ya29" not in str(error) + repr(error) + repr(vars(engine))


def test_obstacles_say_the_way_out(monkeypatch, tmp_path):
    engine = GoogleEngine(GoogleOptions())
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "gone.json"))
    assert "GOOGLE_APPLICATION_CREDENTIALS names" in engine.obstacle(EN, DE)
    monkeypatch.setattr(google_login, "find_spec", lambda name: None)  # noqa: ARG005
    assert "pip install polyhelp[google]" in engine.obstacle(EN, DE)
    assert failure(engine).hint == "pip install polyhelp[google]"


def test_the_library_is_not_imported_before_it_is_needed():
    code = (
        "import sys; from polyhelp.engines.google import *; e = GoogleEngine(GoogleOptions());"
        "e.obstacle(Locale('en'), Locale('de')); print('google.auth' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_it_is_an_engine():
    engine: Engine = GoogleEngine(GoogleOptions())
    assert engine.name == "google"
    assert engine.traits.remote
    assert not engine.traits.draft
    assert set(LANGUAGES) >= {"de", "th"}
