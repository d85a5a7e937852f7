"""Inline codes: what a target must keep, and what it must not bring in."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.checks.base import Setting
from polyhelp.checks.markup import look as check
from polyhelp.model import Locale, Place, Severity, Unit

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741


def run(source, target, tag="de"):
    return [(one.severity, one.message) for one in check(Unit(source, target), Setting(Locale(tag), Place("x.po", 1)))]


@pytest.mark.parametrize(
    ("tag", "source", "target"),
    [
        ("de", "Enter `TRAIL10` at {step}.", "Geben Sie bei {step} `TRAIL10` ein."),
        ("ja", "Use `a` before `b`.", "`b`の前に`a`を使います。"),
        ("ar", "Wait {{ returns.days }} days.", "انتظر {{ returns.days }} أيام."),
        ("sv", "**Refunds** take *time*.", "*Återbetalningar* tar **tid**."),
        ("th", "Press ++ctrl+p++ :material-printer:", "กด :material-printer: ++ctrl+p++"),
        ("fr", "A note[^1] and<br>a line", "Une note[^1] et<br />une ligne"),
        ("zh-TW", 'See <abbr title="Value added tax">VAT</abbr>.', '參閱 <abbr title="加值稅">VAT</abbr>。'),
        ("pt-BR", "Tom &amp; Ana \\* 3", "Tom & Ana * 3"),
        ("zh-CN", "[Orders](o.md){ .md-button }", "[订单](o.md){ .md-button }"),
        ("de", "``a`b``", "`` a`b ``"),
        ("de", "{% if express %}Fast{% else %}Slow{% endif %}", "{% if express %}Schnell{% else %}Langsam{% endif %}"),
        ("de", "5 < 6 and a <b", "5 < 6 und a <b"),
        ("de", "<!-- a note --> Text", "Text"),
    ],
)
def test_codes_may_move_and_prose_may_change(tag, source, target):
    assert run(source, target, tag) == []


def test_lost_code_is_an_error():
    assert run("Enter `TRAIL10`.", "Geben Sie den Code ein.") == [
        (E, "The code 'TRAIL10' is missing in the translation.")
    ]


def test_changed_code_is_one_error_and_marked():
    (found,) = check(Unit("Enter `TRAIL10`.", "Geben Sie `WEG10` ein."), Setting(Locale("de"), Place("x.po", 1)))
    assert found.message == "The code 'TRAIL10' of the source must stay as it is. The translation has 'WEG10'."
    assert (found.severity, found.mark) == (E, "WEG10")


def test_code_said_once_instead_of_twice_is_for_information():
    assert run("Add `x`, save `x`.", "Fügen Sie `x` hinzu und speichern Sie.") == [
        (I, "The code 'x' stands once in the translation and 2 times in the source.")
    ]


def test_code_that_comes_in_is_a_warning_unless_the_source_says_it():
    assert run("Wait.", "`Warten`.") == [(W, "The translation has the code 'Warten', which is not in the source.")]
    assert run("Dependencies with yield", "Abhängigkeiten mit `yield`") == []
    assert run("Add `x`, save it.", "`x` hinzufügen, `x` speichern.") == []


@pytest.mark.parametrize(
    ("source", "target", "name", "literal"),
    [
        ("{{ a }} to {{ b }}", "{{ a }}", "placeholder", "{{ b }}"),
        ("%s items", "Artikel", "placeholder", "%s"),
        ("Done :material-check:", "Fertig", "icon", ":material-check:"),
        ("Text[^1]", "Text", "footnote reference", "[^1]"),
        ("Press ++esc++", "Esc drücken", "key", "++esc++"),
        ("H<sub>2</sub>O", "H2O", "HTML tag", "<sub>"),
        ("[a](b){ .md-button }", "[a](b)", "attribute", ".md-button"),
        ('<span class="a">x</span>', "<span>x</span>", "attribute", 'class="a"'),
        ("<b>x</b>", "x", "HTML tag", "</b>"),
    ],
)
def test_a_lost_code_of_any_kind_is_an_error(source, target, name, literal):
    assert (E, f"The {name} '{literal}' is missing in the translation.") in run(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Hello", "Hallo <script>alert(1)</script>"),
        ("<b>Hello</b>", '<b onclick="x()">Hallo</b>'),
        ("Hello", "Hallo {% include 'x' %}"),
        ("{{ order.number }}", "{{ order.number|safe }}"),
        ('<a href="a.md">x</a>', '<a href="b.md">x</a>'),
    ],
)
def test_what_the_checks_safety_and_links_report_is_not_said_twice(source, target):
    assert run(source, target) == []


def test_a_changed_placeholder_is_one_error():
    assert run("Hi {name}", "Hallo {Name}") == [
        (E, "The placeholder '{name}' of the source must stay as it is. The translation has '{Name}'.")
    ]


def test_a_value_that_comes_in_is_an_error():
    assert run("Hello", "Hallo {{ customer.name }}") == [
        (E, "The translation has the placeholder '{{ customer.name }}', which is not in the source.")
    ]
    assert run("{{ a }}", "{{ a }} {{ a }}") == [
        (E, "The placeholder '{{ a }}' stands 2 times in the translation and once in the source.")
    ]


def test_a_tag_of_the_targets_own_is_closed():
    assert run("the member", '<abbr title="Mitglied">Member') == [(E, "'<abbr>' and '</abbr>' must come in pairs.")]


def test_one_more_of_the_same_tag_is_an_error_too():
    assert run("a<br>b", "a<br>b<br>") == [
        (E, "The HTML tag '<br>' stands 2 times in the translation and once in the source.")
    ]


def test_template_tags_stay_in_order():
    assert run("{% if a %}A{% endif %}", "{% endif %}A{% if a %}") == [
        (E, "The template tags {% … %} must stay in the order of the source.")
    ]


@pytest.mark.parametrize("text", ["`a` ", "<b ", "{a} ", "{{", "<abbr>", "`", "{ .a } ", "\\("])
def test_the_work_grows_with_the_length_of_the_text(text):
    text = text * (50_000 // len(text))
    started = time.process_time()
    run(text, f"{text} `x` <b>")
    assert time.process_time() - started < 5


@given(st.text(alphabet="ab `*_{}[]()<>/%s!&;:\\^=\"'|#+-.1\n", max_size=60))
def test_a_copy_of_the_source_has_no_issue(text):
    assert run(text, text) == []
