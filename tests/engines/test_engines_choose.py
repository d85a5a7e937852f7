import pytest
from engine_fakes import DE, EN, PT_BR

from polyhelp.engines.choose import choose, obstacles
from polyhelp.engines.deepl import DeeplEngine
from polyhelp.engines.offline import OfflineEngine
from polyhelp.engines.pseudo import PseudoEngine
from polyhelp.errors import EngineError, UsageError


@pytest.fixture(autouse=True)
def without_keys_and_models(monkeypatch, tmp_path):
    monkeypatch.delenv("DEEPL_AUTH_KEY", raising=False)
    monkeypatch.setenv("POLYHELP_MODELS", str(tmp_path))


def test_auto_takes_the_first_that_is_usable(monkeypatch):
    assert choose("auto", EN, DE) is None
    assert isinstance(choose("auto", EN, PT_BR), OfflineEngine)
    monkeypatch.setenv("DEEPL_AUTH_KEY", "key")
    assert isinstance(choose("auto", EN, PT_BR), DeeplEngine)
    assert isinstance(choose("auto", EN, DE), DeeplEngine)


def test_when_auto_finds_nothing_it_is_told_why():
    (deepl, why), (offline, how) = obstacles(EN, DE)
    assert (deepl, offline) == ("deepl", "offline")
    assert "DEEPL_AUTH_KEY" in why
    assert "fxtranslate models add en de" in how
    assert [name for name, _ in obstacles(EN, PT_BR)] == ["deepl"]


def test_none_is_no_engine():
    assert choose("none", EN, DE) is None


def test_a_named_engine_must_be_usable():
    assert isinstance(choose("pseudo", EN, DE), PseudoEngine)
    assert isinstance(choose("offline", EN, PT_BR), OfflineEngine)
    with pytest.raises(EngineError, match="the engine 'deepl' cannot translate en to de") as caught:
        choose("deepl", EN, DE)
    assert "DEEPL_AUTH_KEY" in caught.value.hint


def test_an_unknown_engine_is_a_mistake_of_the_command_line():
    with pytest.raises(UsageError, match="there is no engine 'deppl'") as caught:
        choose("deppl", EN, DE)
    assert caught.value.hint == "did you mean 'deepl'?"
