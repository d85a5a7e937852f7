"""Which engine translates, and what a person is told when none does."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from polyhelp import plugins
from polyhelp.engines.base import Options, Traits
from polyhelp.engines.choose import AUTOMATIC, Engines, create
from polyhelp.errors import EngineError, UsageError
from polyhelp.model import Locale

EN, DE, PT_BR = Locale("en"), Locale("de"), Locale("pt-BR")
USABLE = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeOptions(Options):
    project: str = ""


class FakeEngine:
    name = "fake"
    options_class = FakeOptions
    traits = Traits()

    def __init__(self, options):
        self.options = options
        self.closed = False

    def obstacle(self, source, target):  # noqa: ARG002
        return "" if self.name in USABLE or f"{self.name}:{target}" in USABLE else f"no key for {self.name}"

    def close(self):
        self.closed = True


def fake(name):
    """An entry point of an engine with this name."""
    return SimpleNamespace(load=lambda: type(name, (FakeEngine,), {"name": name}))


@pytest.fixture(autouse=True)
def fakes(monkeypatch):
    points = {name: fake(name) for name in (*AUTOMATIC, "openai", "apertium", "pseudo")}
    monkeypatch.setattr(plugins, "_points", lambda group: points)  # noqa: ARG005
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    USABLE.clear()


def name_of(engine):
    return engine.name if engine else None


@pytest.mark.parametrize(
    ("usable", "chosen"),
    [
        (set(), None),
        ({"offline"}, "offline"),
        ({"offline:de"}, "offline"),
        ({"offline:pt-BR"}, None),
        ({"offline", "libretranslate"}, "libretranslate"),
        ({"offline", "deepl", "libretranslate"}, "deepl"),
        ({"openai", "apertium", "pseudo"}, None),
    ],
)
def test_auto_takes_the_first_that_is_usable(usable, chosen):
    USABLE.update(usable)
    assert name_of(Engines().choose(["auto"], EN, DE)) == chosen


def test_auto_takes_google_only_where_it_is_set_up_for_this(monkeypatch):
    USABLE.update({"google", "offline"})
    assert name_of(Engines().choose(["auto"], EN, DE)) == "offline"
    assert name_of(Engines({"google": FakeOptions()}).choose(["auto"], EN, DE)) == "offline"
    assert name_of(Engines({"google": FakeOptions(project="shop")}).choose(["auto"], EN, DE)) == "google"
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "key.json")
    assert name_of(Engines().choose(["auto"], EN, DE)) == "google"


@pytest.mark.parametrize("names", [[], ["none"], ["none", "pseudo"]])
def test_none_is_no_engine(names):
    USABLE.add("pseudo")
    assert Engines().choose(names, EN, DE) is None


def test_the_first_usable_of_several_names():
    engines = Engines()
    USABLE.update({"openai", "offline"})
    assert name_of(engines.choose(["deepl", "openai", "offline"], EN, DE)) == "openai"
    assert name_of(engines.choose(["deepl", "auto"], EN, DE)) == "offline"
    USABLE.clear()
    assert engines.choose(["deepl", "auto"], EN, DE) is None


def test_a_named_engine_must_be_usable():
    with pytest.raises(EngineError, match="the engine 'deepl' cannot translate en to de") as caught:
        Engines().choose(["deepl"], EN, DE)
    assert caught.value.hint == "no key for deepl"


def test_one_of_several_named_engines_must_be_usable():
    with pytest.raises(EngineError, match="none of deepl, openai can translate en to de") as caught:
        Engines().choose(["deepl", "openai"], EN, DE)
    assert caught.value.hint == "no key for deepl\n  no key for openai"


def test_when_nothing_is_found_it_is_told_why():
    USABLE.add("offline")
    assert Engines().obstacles(["openai", "auto", "none"], EN, DE) == (
        ("openai", "no key for openai"),
        ("deepl", "no key for deepl"),
        ("google", "no key for google"),
        ("libretranslate", "no key for libretranslate"),
    )


def test_an_unknown_engine_is_a_mistake_of_the_command_line():
    with pytest.raises(UsageError, match="there is no engine 'deppl'") as caught:
        Engines().choose(["deppl"], EN, DE)
    assert caught.value.hint == "did you mean 'deepl'?"


def test_an_engine_is_made_once_with_its_options_and_closed():
    options = FakeOptions(requests=3)
    engines = Engines({"openai": options})
    openai, pseudo = engines.get("openai"), engines.get("pseudo")
    assert engines.get("openai") is openai
    assert openai.options is options
    assert pseudo.options == FakeOptions() == create("pseudo").options
    engines.close()
    assert openai.closed
    assert pseudo.closed
