"""Which checks run where, and how severe their findings are."""

from types import SimpleNamespace

import pytest

from polyhelp import plugins
from polyhelp.checks.base import Check
from polyhelp.config import FILE, OWN, SeverityRule, load
from polyhelp.errors import ConfigError
from polyhelp.model import Locale, Severity

BLOCK = """
plugins:
  - polyhelp:
      checks:
{lines}
  - i18n:
      docs_structure: folder
      languages:
        - {{locale: en, default: true}}
        - {{locale: de}}
        - {{locale: th}}
        - {{locale: pt-BR}}
"""
DE, TH, PT_BR = map(Locale, ("de", "th", "pt-BR"))


@pytest.fixture(autouse=True)
def checks(monkeypatch):
    points = {
        name: SimpleNamespace(load=lambda name=name: Check("other", "About it.", fixed=name == "locked"))
        for name in ("links", "locked", "numbers", "spelling")
    }
    monkeypatch.setattr(plugins, "_points", lambda group: points if group == plugins.CHECKS else {})


@pytest.fixture
def read(tmp_path):
    (tmp_path / "content").mkdir()

    def put(text):
        lines = "\n".join(f"        {line}" for line in text.splitlines())
        (tmp_path / FILE).write_text(BLOCK.format(lines=lines).removeprefix("\n"), encoding="utf-8")
        return load(tmp_path)

    return put


@pytest.fixture
def told(read):
    def mistakes(text):
        with pytest.raises(ConfigError) as caught:
            read(text)
        return [mistake.removeprefix("plugins.polyhelp.checks") for mistake in caught.value.mistakes]

    return mistakes


def test_a_word_holds_everywhere(read):
    found = read("links: warning\nnumbers: off")
    assert found.severity("links", "a.md", DE) is Severity.WARNING
    assert found.severity("numbers", "policies/a.md", TH) is None
    assert found.severity("spelling", "a.md", DE) == OWN


def test_of_several_rules_the_first_that_fits_counts(read):
    found = read(
        "numbers:\n  - {paths: policies/**, severity: error}\n  - {locales: [th, pt], severity: off}\n"
        "  - {paths: [faq.md, help/*], locales: de, severity: info}"
    )
    policy = "policies/de/a.md"
    assert [found.severity("numbers", policy, locale) for locale in (DE, TH)] == [Severity.ERROR] * 2
    assert found.severity("numbers", "a.md", TH) is None
    assert found.severity("numbers", "a.md", PT_BR) is None  # a child of pt
    assert found.severity("numbers", "help/a.md", DE) is Severity.INFO
    assert found.severity("numbers", "help/deep/a.md", DE) == OWN


def test_one_rule_needs_no_list_and_the_last_may_hold_everywhere(read):
    found = read("links: {locales: th, severity: off}\nnumbers:\n- {paths: a.md, severity: off}\n- severity: error")
    assert found.severities["links"] == (SeverityRule(None, (), (TH,)),)
    assert found.severities["numbers"] == (SeverityRule(None, ("a.md",)), SeverityRule(Severity.ERROR))


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("links: eror", [".links (line 4): 'eror' must be 'error', 'warning', 'info' or 'off'; did you mean 'error'?"]),
        ("links: [error]", [".links[0] (line 4): must be a mapping of settings, not 'error'"]),
        ("links: []", [".links (line 4): is empty"]),
        ("links:", [".links (line 4): None must be 'error', 'warning', 'info' or 'off'"]),
        ("links: {paths: a.md}", [".links.severity (line 4): is missing"]),
        (
            "links:\n  - severity: off\n    path: a.md",
            [".links[0].path (line 6): unknown key; did you mean 'paths'?"],
        ),
        (
            "links: {severty: off}",
            [
                ".links.severity (line 4): is missing",
                ".links.severty (line 4): unknown key; did you mean 'severity'?",
            ],
        ),
        (
            "numbers:\n  - {locales: [th, pt-R], severity: off}",
            [".numbers[0].locales (line 5): unknown locale 'pt-R'; did you mean 'pt-BR'?"],
        ),
        (
            "links: {locales: [xx], severity: off}",
            [".links.locales (line 4): unknown locale 'xx'; known are: de, pt, pt-BR, th"],
        ),
        (
            "links:\n- severity: off\n- {paths: a.md, severity: error}",
            [".links[1] (line 6): is never reached: links[0] takes all of it, and the first that fits counts"],
        ),
        (
            "links:\n- {locales: pt, severity: off}\n- {paths: a.md, locales: pt-BR, severity: error}",
            [".links[1] (line 6): is never reached: links[0] takes all of it, and the first that fits counts"],
        ),
        ("lnks: {severity: off}", [".lnks (line 4): unknown check 'lnks'; did you mean 'links'?"]),
    ],
)
def test_a_mistake_is_told_with_key_path_line_and_intention(told, text, mistakes):
    assert told(text) == mistakes


def test_what_is_fixed_can_be_neither_switched_off_nor_made_milder(read):
    with pytest.raises(ConfigError, match="cannot be switched off or made milder"):
        read("locked: off")
