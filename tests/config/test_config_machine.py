"""What mkdocs.yml says about machine translation: what is read, and what a person is told about mistakes."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Literal

import pytest

from polyhelp import plugins
from polyhelp.config import FILE, Route, load
from polyhelp.engines.base import Options
from polyhelp.engines.caps import Caps
from polyhelp.engines.privacy import find
from polyhelp.errors import ConfigError
from polyhelp.model import Locale

DE, TH, JA, PT_BR, ZH_TW = map(Locale, ("de", "th", "ja", "pt-BR", "zh-TW"))
BLOCK = """
plugins:
  - polyhelp:
{lines}
  - i18n:
      docs_structure: folder
      languages:
        - {{locale: en, default: true}}
        - {{locale: de}}
        - {{locale: th}}
        - {{locale: ja}}
        - {{locale: pt-BR}}
        - {{locale: zh-TW}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineOptions(Options):
    model: str = ""
    temperature: float | None = None
    tier: Literal["fast", "good"] = "fast"
    glossaries: dict[str, str] = field(default_factory=dict)


class Machine:
    options_class = MachineOptions
    key_variable = "MACHINE_KEY"

    def __init__(self, options):
        for tag in options.glossaries:
            Locale.parse(tag)


def _broken():
    raise ImportError("no module named 'machinery'")


@pytest.fixture(autouse=True)
def engines(monkeypatch):
    loads = {"machine": lambda: Machine, "google": lambda: Machine, "deepl": lambda: Machine, "broken": _broken}
    points = {name: SimpleNamespace(load=loaded) for name, loaded in sorted(loads.items())}
    monkeypatch.setattr(plugins, "_points", lambda group: points if group == plugins.ENGINES else {})


@pytest.fixture
def read(tmp_path):
    (tmp_path / "content" / "regions").mkdir(parents=True)

    def put(text):
        lines = "\n".join(f"      {line}" for line in text.splitlines())
        (tmp_path / FILE).write_text(BLOCK.format(lines=lines).removeprefix("\n"), encoding="utf-8")
        return load(tmp_path)

    return put


@pytest.fixture
def told(read):
    """Every mistake of a block whose first line is line 3, without what all of them begin with."""

    def mistakes(text):
        with pytest.raises(ConfigError) as caught:
            read(text)
        return [mistake.removeprefix("plugins.polyhelp.") for mistake in caught.value.mistakes]

    return mistakes


# ------------------------------------------------------------ engine and routes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("engine: auto", ("auto",)),
        ("engine: none", ("none",)),
        ("engine: deepl", ("deepl",)),
        ("engine: [deepl, machine]", ("deepl", "machine")),
        ("engine: [google, auto]", ("google", "auto")),
    ],
)
def test_engines_to_try_in_order(read, text, names):
    assert read(text).engines_for(DE, "a.md") == names


ROUTES = """
engine: [machine, auto]
routes:
  - {paths: policies/returns.md, locales: [th], engine: none}
  - {paths: [policies/**, legal/*.md], engine: deepl}
  - {locales: [th, pt], engine: [google, deepl]}
"""


@pytest.mark.parametrize(
    ("locale", "path", "names"),
    [
        (TH, "policies/returns.md", ("none",)),
        (DE, "policies/returns.md", ("deepl",)),
        (TH, "policies/de/a.md", ("deepl",)),
        (DE, "legal/a.md", ("deepl",)),
        (DE, "legal/b/a.md", ("machine", "auto")),
        (TH, "faq.md", ("google", "deepl")),
        (PT_BR, "faq.md", ("google", "deepl")),
        (JA, "faq.md", ("machine", "auto")),
    ],
)
def test_the_first_route_that_fits_counts(read, locale, path, names):
    assert read(ROUTES.strip()).engines_for(locale, path) == names


def test_a_route_in_short_form(read):
    found = read("routes:\n  - {paths: a.md, locales: th, engine: google}")
    assert found.routes == (Route(("google",), ("a.md",), (TH,)),)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("engine: [deepl, gogle]", "engine[1] (line 3): unknown engine 'gogle'; did you mean 'google'?"),
        ("engine: [deepl, none]", "engine (line 3): 'none' stands alone: it is no engine at all"),
        ("engine: []", "engine (line 3): is empty"),
        ("engine: [7]", "engine[0] (line 3): input should be a valid string, not 7"),
        ("engine: {deepl: 1}", "engine (line 3): must be an engine's name or a list of names, not {'deepl': 1}"),
        ("routes: {engine: deepl}", "routes (line 3): input should be a valid list, not {'engine': 'deepl'}"),
        ("routes: [deepl]", "routes[0] (line 3): must be a mapping of settings, not 'deepl'"),
        ("routes:\n  - {paths: '**'}", "routes[0].engine (line 4): is missing"),
        (
            "routes:\n  - {engine: deepl}",
            "routes[0] (line 4): has neither paths nor locales: what holds for everything is the key 'engine' itself",
        ),
        ("routes:\n  - {paths: [], engine: deepl}", "routes[0].paths (line 4): is empty"),
        (
            "routes:\n  - {path: a.md, locales: th, engine: deepl}",
            "routes[0].path (line 4): unknown key; did you mean 'paths'?",
        ),
        (
            "routes:\n  - {locales: [th, jp], engine: deepl}",
            "routes[0].locales (line 4): unknown locale 'jp'; known are: de, ja, pt, pt-BR, th, zh-Hant, zh-TW",
        ),
        (
            "routes:\n  - {locales: zh_TW, engine: deepl}",
            "routes[0].locales (line 4): unknown locale 'zh_TW'; did you mean 'zh-TW'?",
        ),
        (
            "routes:\n  - {locales: th, engine: depl}",
            "routes[0].engine (line 4): unknown engine 'depl'; did you mean 'deepl'?",
        ),
    ],
)
def test_mistakes_in_engine_and_routes(told, text, mistake):
    assert told(text) == [mistake]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{paths: '**', engine: deepl}", "{paths: a.md, engine: none}"),
        ("{paths: policies/**, engine: deepl}", "{paths: policies/**, locales: th, engine: none}"),
        ("{paths: policies/**, engine: deepl}", "{paths: [policies/a.md, policies/de/**], engine: none}"),
        ("{locales: th, engine: deepl}", "{locales: th, paths: a.md, engine: none}"),
        ("{locales: [pt, th], engine: deepl}", "{locales: pt-BR, engine: none}"),
        ("{locales: [de, th, ja, pt, zh-TW], engine: deepl}", "{paths: a.md, engine: none}"),
    ],
)
def test_a_route_that_is_never_reached_is_told(told, first, second):
    assert told(f"routes:\n  - {first}\n  - {second}") == [
        "routes[1] (line 5): is never reached: routes[0] takes all of it, and the first that fits counts"
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{paths: policies/**, locales: th, engine: deepl}", "{paths: policies/**, engine: none}"),
        ("{paths: policies/*, engine: deepl}", "{paths: policies/**, engine: none}"),
        ("{paths: policies/**, engine: deepl}", "{paths: [policies/a.md, b.md], engine: none}"),
        ("{locales: pt-BR, engine: deepl}", "{locales: [pt, th], engine: none}"),
        ("{paths: a/**, engine: deepl}", "{locales: th, engine: none}"),
    ],
)
def test_a_route_that_may_be_reached_is_none(read, first, second):
    assert len(read(f"routes:\n  - {first}\n  - {second}").routes) == 2


# ------------------------------------------------------------ options of engines


def test_options_are_the_engines_own(read):
    found = read(
        "engines:\n  machine: {model: x, temperature: 1, tier: good, glossaries: {de: g1}, requests: 4, price: 25 USD}"
        "\n  deepl:"
    )
    assert found.engines == {
        "machine": MachineOptions(
            model="x", temperature=1.0, tier="good", glossaries={"de": "g1"}, requests=4, price="25 USD"
        ),
        "deepl": MachineOptions(),
    }


def test_without_options_there_are_none(read):
    assert read("engine: deepl").engines == {}


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("gogle: {}", "gogle (line 4): unknown engine 'gogle'; did you mean 'google'?"),
        ("machine: [x]", "machine (line 4): must be a mapping of options, not ['x']"),
        ("machine: {modle: x}", "machine.modle (line 4): unknown option; did you mean 'model'?"),
        (
            "machine: {xyz: x}",
            "machine.xyz (line 4): unknown option; known are: requests, price, model, temperature, tier, glossaries",
        ),
        ("machine: {model: 4}", "machine.model (line 4): input should be a valid string, not 4"),
        ("machine: {requests: -1}", "machine.requests (line 4): must be 0 or more, not -1"),
        ("machine: {price: cheap}", "machine.price (line 4): 'cheap' is not a price such as '25 USD'"),
        ("machine: {tier: goood}", "machine.tier (line 4): 'goood' must be 'fast' or 'good'; did you mean 'good'?"),
        ("machine: {glossaries: {de: 7}}", "machine.glossaries.de (line 4): input should be a valid string, not 7"),
        (
            "machine: {glossaries: {deutsch: g}}",
            "machine (line 4): 'deutsch' is not a language tag such as 'de', 'pt-BR' or 'zh-Hant-TW'",
        ),
        ("broken: {}", "broken (line 4): the engine 'broken' does not load: no module named 'machinery'"),
    ],
)
def test_mistakes_in_options(told, text, mistake):
    assert told(f"engines:\n  {text}") == [f"engines.{mistake}"]


@pytest.mark.parametrize("key", ["key", "api_key", "auth_key", "token", "API_KEY", "apikey"])
def test_a_key_in_the_file_is_told_off_and_not_shown(told, key):
    (mistake,) = told(f"engines:\n  machine: {{{key}: sk-0123456789}}")
    assert mistake == (
        f"engines.machine.{key} (line 4): a key never stands in a file that git keeps; it comes from the environment: "
        "set MACHINE_KEY"
    )


# ------------------------------------------------------------ caps


@pytest.mark.parametrize(
    ("text", "caps"),
    [
        ("engine: auto", Caps()),
        ("max_characters: 50000", Caps(run=50_000)),
        ("max_characters: 500_000", Caps(run=500_000)),
        ("max_characters: {run: 1, month: 2, locale: 3}", Caps(1, 2, 3)),
        ("max_characters: {locale: {ja: 7, pt: 8}}", Caps(locales={JA: 7, Locale("pt"): 8})),
    ],
)
def test_caps(read, text, caps):
    assert read(text).caps == caps


def test_the_cap_of_a_locale_is_its_own_or_its_parents_or_that_of_all():
    caps = Caps(locale=5, locales={JA: 7, Locale("pt"): 8})
    assert [caps.of(locale) for locale in (JA, PT_BR, DE)] == [7, 8, 5]
    assert Caps(locales={JA: 7}).of(DE) == 0


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("max_characters: 0", "max_characters (line 3): input should be greater than 0, not 0"),
        ("max_characters: [5]", "max_characters (line 3): must be a mapping of settings, not [5]"),
        ("max_characters: {day: 5}", "max_characters.day (line 3): unknown key; known are: run, month, locale"),
        ("max_characters: {mnth: 5}", "max_characters.mnth (line 3): unknown key; did you mean 'month'?"),
        ("max_characters: {locale: -1}", "max_characters.locale (line 3): input should be greater than 0, not -1"),
        (
            "max_characters: {locale: {ja: 0}}",
            "max_characters.locale.ja (line 3): input should be greater than 0, not 0",
        ),
        (
            "max_characters: {locale: {jp: 1}}",
            "max_characters.locale.jp (line 3): unknown locale 'jp'; known are: de, ja, pt, pt-BR, th, zh-Hant, zh-TW",
        ),
    ],
)
def test_mistakes_in_caps(told, text, mistake):
    assert told(text) == [mistake]


def test_a_cap_that_is_no_number(told):
    (mistake,) = told("max_characters: lots")
    assert mistake.startswith("max_characters (line 3): input should be a valid integer")
    assert mistake.endswith("not 'lots'")


# ------------------------------------------------------------ privacy


@pytest.mark.parametrize(
    ("text", "block"),
    [("engine: auto", False), ("privacy: mask", False), ("privacy: block", True), ("privacy: {mode: block}", True)],
)
def test_private_data_is_masked_or_blocks(read, text, block):
    assert read(text).privacy.block is block


def test_patterns_of_the_projects_own(read):
    found = read("privacy:\n  patterns:\n    order number: 'KP-\\d{6}'\n    customer number: '\\bC\\d{4}\\b'").privacy
    assert [one.kind for one in find("C1234 has KP-123456", found)] == ["customer number", "order number"]


def test_phone_numbers_are_known_where_the_shop_is(read, tmp_path):
    assert read("engine: auto").privacy.regions == ("BR", "TW")
    for name in ("SE.yml", "US.yml", "US-CA.yml", "_default.yml", "eu.yml"):
        (tmp_path / "content" / "regions" / name).touch()
    assert read("engine: auto").privacy.regions == ("BR", "SE", "TW", "US")
    assert read("privacy: {regions: [DE]}").privacy.regions == ("DE",)
    assert read("privacy: {regions: []}").privacy.regions == ()


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("off", " (line 3): 'off' must be 'mask' or 'block'"),
        ("blok", " (line 3): 'blok' must be 'mask' or 'block'; did you mean 'block'?"),
        ("[mask]", " (line 3): must be a mapping of settings, not ['mask']"),
        ("{modes: mask}", ".modes (line 3): unknown key; did you mean 'mode'?"),
        (
            "{regions: [de]}",
            ".regions[0] (line 3): 'de' is no region with phone numbers of its own, such as DE; did you ",
        ),
        ("{regions: [EU]}", ".regions[0] (line 3): 'EU' is no region with phone numbers of its own, such as DE"),
        ("{patterns: {order: 7}}", ".patterns.order (line 3): input should be a valid string, not 7"),
        ("{patterns: {order: 'KP-('}}", ".patterns.order (line 3): 'KP-(' is no regular expression: missing )"),
        ("{patterns: {order: 'x*'}}", ".patterns.order (line 3): 'x*' matches where nothing is"),
        ("{patterns: {'[x]': 'x'}}", ".patterns.[x] (line 3): '[x]' must be words that say what is private"),
    ],
)
def test_mistakes_in_privacy(told, text, mistake):
    (found,) = told(f"privacy: {text}")
    assert found.startswith(f"privacy{mistake}")


@pytest.mark.parametrize(
    "pattern", ["(a+)+", "(a|ab)*b", r"(?:\d+-?)+", "((a?)b){5}", r"(\w+\s?)*!", "(?P<x>a{1,9}){2,}", "([a)]*)+b"]
)
def test_a_pattern_that_can_take_for_ever(told, pattern):
    (mistake,) = told(f"privacy:\n  patterns: {{order: '{pattern}'}}")
    assert mistake.startswith(f"privacy.patterns.order (line 4): '{pattern}' can take for ever")


@pytest.mark.parametrize(
    "pattern",
    [r"KP-\d+", r"(?:\d{4}-){3}\d{4}", "(?:KP|XY)-[0-9]{6}", r"\d+(?:-\d+)?", "[(+)]+x", r"\(a+\)+", "(?i:ab)+"],
)
def test_a_pattern_that_cannot(read, pattern):
    assert read(f"privacy:\n  patterns: {{order: '{pattern}'}}").privacy.patterns[0][1].pattern == pattern


# ------------------------------------------------------------ everything at once


def test_every_mistake_is_told_at_once(told):
    mistakes = told(
        "engine: deeepl\nroutes:\n  - {paths: a.md}\nengines: {machine: {modle: x, key: y}}\n"
        "max_characters: -1\nprivacy: of"
    )
    assert [mistake.partition(" ")[0] for mistake in mistakes] == [
        "routes[0].engine",
        "max_characters",
        "privacy",
        "engine",
        "engines.machine.modle",
        "engines.machine.key",
    ]
