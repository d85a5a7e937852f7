"""Translators come as strangers in pull requests: template code in a target reaches no page."""

from __future__ import annotations

from dataclasses import replace

import pytest

PAGE = "policies/returns.md"
WINDOW = "You can return an item within {{ returns.window | duration }}."
KEPT = "{{ returns.window | duration }}"
CODE = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ returns | attr('__class__') }}",
    "{% include 'index.md' %}",
    "{% import 'os' as os %}",
    "{% for i in range(1000000000) %}x{% endfor %}",
    "{% for i in returns %}x{% endfor %}",
    "{% macro a() %}{{ a() }}{% endmacro %}",
    "{% set x = 1 %}",
    "{% if false %}",
    "{% raw %}",
    "{% trans n=1 %}a{% pluralize %}b{% endtrans %}",
    "{{ 'a' * 10**9 }}",
    "{{ 9**9**9 }}",
    "{{ " + "(" * 3_000 + " }}",
    "{% if a %}" * 2_000,
    '<script src="https://evil.example/x.js"></script>',
    "{% endif %}",
    "{# x",
    "{{ " * 2_000,
]


def translate(shop, code):
    """Translate the policy into German, with ``code`` in one text; all else stays as it is in the source."""
    shop.polyhelp("sync")
    target = f"Binnen {KEPT}. {code}"
    shop.change("de", PAGE, lambda unit: replace(unit, target=target if unit.source == WINDOW else unit.source))


@pytest.mark.parametrize("code", CODE, ids=lambda code: code[:40])
def test_code_in_a_target_is_found_and_shown_to_nobody(shop, code):
    translate(shop, code)
    shop.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {publish: translated}")
    checked = shop.polyhelp("check", "--locale", "de")
    assert checked.status == 1
    line = next(n for n, text in enumerate(shop.read(f"locales/de/{PAGE[:-2]}po").splitlines(), 1) if "Binnen" in text)
    lines = range(line - 3, line + 1)
    assert any(f"locales/de/policies/returns.po:{at}" in checked.text for at in lines), checked.text[:800]
    rendered = shop.polyhelp("render", "--json")
    assert rendered.status == 0, rendered.text
    for region in ("de", "us"):
        page = shop.read(f"build/docs/de/policies/{region}/returns.md")
        assert "Binnen" not in page
        assert "You can return an item within" in page


def test_a_translation_that_breaks_the_template_leaves_the_source_text_and_is_named(shop):
    translate(shop, "{{ shop }}")
    shop.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {publish: translated}")
    rendered = shop.polyhelp("render", "--json")
    assert rendered.status == 2
    (problem,) = rendered.json["problems"]
    assert problem["path"] == "locales/de/policies/returns.po"
    assert shop.read(problem["path"]).splitlines()[problem["line"] - 1].startswith('msgstr "Binnen')
    assert "'shop' is a section" in problem["message"]
    assert "until then customers read the source text" in problem["hint"]
    assert shop.pages()["de", "policies/de/returns.md"]["original"]
    assert "You can return an item within 30 days." in shop.read("build/docs/de/policies/de/returns.md")


@pytest.mark.parametrize("code", ["{{ support.email }}", "{{ shop }}", "{{ returns.fee.amount.x }}"])
def test_a_field_that_the_source_does_not_read_is_found(shop, code):
    translate(shop, code)
    checked = shop.polyhelp("check", "--locale", "de")
    assert checked.status == 1
    assert "which is not in the source" in checked.text


@pytest.mark.parametrize("code", ["{% include 'index.md' %}", "{{ ''.__class__ }}", "{% if a %}" * 2_000])
def test_a_draft_with_code_is_a_message_and_not_a_page(shop, code):
    translate(shop, code)
    rendered = shop.polyhelp("render", "--draft", "--json")
    assert rendered.status == 2
    assert {problem["path"] for problem in rendered.json["problems"]} == {"locales/de/policies/returns.po"}
    assert all(problem["line"] for problem in rendered.json["problems"])
    assert shop.pages()["de", "policies/de/returns.md"]["original"]
