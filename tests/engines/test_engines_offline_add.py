import json
import shutil

import pytest
from fxtranslate import discovery

from polyhelp.engines import offline_add
from polyhelp.engines.base import Ask, Reply, Request
from polyhelp.engines.offline import OfflineEngine, OfflineOptions
from polyhelp.engines.offline_add import add_from, download
from polyhelp.engines.offline_models import HASHES, find, hash_of, models
from polyhelp.errors import EngineError, UsageError, WriteError
from polyhelp.model import Locale

EN, DE, SV, PT_BR = Locale("en"), Locale("de"), Locale("sv"), Locale("pt-BR")
RECORDS = "FXTRANSLATE_RECORDS_URL"


@pytest.fixture(autouse=True)
def own_models(tmp_path, monkeypatch):
    place = tmp_path / "cache" / "models"
    monkeypatch.setenv("POLYHELP_MODELS", str(place))
    monkeypatch.setenv(RECORDS, "http://127.0.0.1:9/nothing-listens-here")
    return place


PACKAGED = find(EN, PT_BR).where  # speaks Portuguese, whatever it is called here


def hello(target):
    return OfflineEngine(OfflineOptions()).translate([Ask("Payment methods")], Request(EN, target))


def test_a_model_from_a_folder_is_tried_hashed_and_used(own_models):
    model = add_from(PACKAGED, EN, SV)
    assert (model.source, model.target, model.where, model.origin) == (EN, SV, own_models / "en-sv", "folder")
    assert hello(SV) == [Reply("Métodos de pagamento")]
    hashes = json.loads((model.where / HASHES).read_text())
    assert sorted(path.name for path in model.where.iterdir()) == sorted([HASHES, *hashes])
    assert all(hash_of((PACKAGED / name).read_bytes()) == value for name, value in hashes.items())
    assert [path.name for path in own_models.iterdir()] == ["en-sv"]


def test_a_script_and_a_region_are_kept():
    assert add_from(PACKAGED, Locale("en-US"), Locale("zh-Hant-TW")).target == Locale("zh-Hant-TW")
    assert find(EN, Locale("zh-TW")) is None or find(EN, Locale("zh-Hant-TW")).origin == "folder"


@pytest.mark.parametrize("which", ["model*.bin", "vocab*.spm", "lex*.bin"])
def test_a_file_that_was_changed_is_named_and_not_used(which):
    model = add_from(PACKAGED, EN, SV)
    path = next(model.where.glob(which))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(EngineError, match=f"the file '{path.name}' .* is not the one that was added") as caught:
        hello(SV)
    assert caught.value.hint == "remove the folder and add the model again"
    path.unlink()
    with pytest.raises(EngineError):
        hello(SV)


def test_hashes_that_cannot_be_read_stop_it():
    model = add_from(PACKAGED, EN, SV)
    (model.where / HASHES).write_text("{")
    with pytest.raises(EngineError, match=f"the file '{HASHES}'"):
        hello(SV)


def test_a_folder_without_a_model_is_told(tmp_path, own_models):
    with pytest.raises(UsageError, match="there is no model in"):
        add_from(tmp_path, EN, SV)
    assert not own_models.exists()


def test_files_that_are_no_model_leave_nothing_behind_and_keep_the_old_one(tmp_path, own_models):
    for name in ("model.bin", "vocab.spm"):
        (tmp_path / name).write_bytes(b"12345")
    with pytest.raises(EngineError, match="no model that works"):
        add_from(tmp_path, EN, SV)
    assert list(own_models.iterdir()) == []
    add_from(PACKAGED, EN, SV)
    with pytest.raises(EngineError):
        add_from(tmp_path, EN, SV)
    assert hello(SV) == [Reply("Métodos de pagamento")]
    assert [path.name for path in own_models.iterdir()] == ["en-sv"]


def test_a_model_takes_the_place_of_an_older_one(own_models):
    add_from(PACKAGED, EN, SV)
    (own_models / "en-sv" / "old").write_text("x")
    add_from(own_models / "en-sv", EN, SV)
    assert not (own_models / "en-sv" / "old").exists()
    assert hello(SV) == [Reply("Métodos de pagamento")]


def test_a_place_that_cannot_be_written_is_told(own_models):
    own_models.parent.mkdir()
    own_models.write_text("a file")
    with pytest.raises(WriteError, match="cannot be put into"):
        add_from(PACKAGED, EN, SV)


def test_without_a_network_nothing_is_left_and_the_way_out_is_named(own_models):
    with pytest.raises(EngineError, match="list of models cannot be had") as caught:
        download(EN, DE)
    assert "--from FOLDER" in caught.value.hint
    assert not own_models.exists()


@pytest.fixture
def mozilla(monkeypatch):
    """Mozilla's side as a stand-in: its list of pairs, and what a download puts where."""
    asked = []

    def add_models(source, target, cache, *, progress):
        asked.append((source, target, progress))
        if target == "fr":
            raise ValueError("error sending request")
        shutil.copytree(PACKAGED, f"{cache}/{source}-{target}")

    class Discovery:
        model_pairs = staticmethod(lambda body: body)
        fetch_records_body = staticmethod(lambda: [("en", "de"), ("en", "fr"), ("en", "zh_hant"), ("de", "en")])

    Discovery.add_models = staticmethod(add_models)
    for name in ("model_pairs", "fetch_records_body", "add_models"):
        assert hasattr(discovery, name)
    monkeypatch.setattr("fxtranslate.discovery", Discovery)
    return asked


def test_a_download_is_tried_hashed_and_used(mozilla, own_models):
    assert download(Locale("en-GB"), Locale("de-AT")).where == own_models / "en-de-AT"
    assert download(EN, Locale("zh-TW")).target == Locale("zh-TW")
    assert mozilla == [("en", "de", False), ("en", "zh_hant", False)]
    assert hello(Locale("de-AT")) == [Reply("Métodos de pagamento")]
    assert sorted(path.name for path in own_models.iterdir()) == ["en-de-AT", "en-zh-TW"]


def test_a_download_that_breaks_off_leaves_nothing(mozilla, own_models):
    with pytest.raises(EngineError, match="cannot be downloaded: error sending request") as caught:
        download(EN, Locale("fr"))
    assert caught.value.retry
    assert "--from FOLDER" in caught.value.hint
    assert list(own_models.iterdir()) == []
    assert len(mozilla) == 1


@pytest.mark.usefixtures("mozilla")
def test_a_pair_that_mozilla_does_not_have_is_told():
    for source, target in ((EN, Locale("th")), (Locale("sv"), EN), (Locale("de"), Locale("fr"))):
        with pytest.raises(EngineError, match=f"Mozilla has no model from {source} to {target}"):
            download(source, target)


def test_without_the_program_it_is_told(monkeypatch):
    monkeypatch.setattr(offline_add, "find_spec", lambda _: None)
    for add in (lambda: download(EN, DE), lambda: add_from(PACKAGED, EN, DE)):
        with pytest.raises(EngineError, match="the offline engine is not installed"):
            add()
    assert all(model.origin != "folder" for model in models())
