"""Inline codes: what a target must keep, and what it must not bring in."""

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


def test_changed_code_is_lost_and_new():
    assert run("Enter `TRAIL10`.", "Geben Sie `WEG10` ein.") == [
        (E, "The code 'TRAIL10' is missing in the translation."),
        (W, "The translation has the code 'WEG10', which is not in the source."),
    ]


def test_code_said_once_instead_of_twice_is_a_warning():
    assert run("Add `x`, save `x`.", "Fügen Sie `x` hinzu und speichern Sie.") == [
        (W, "The code 'x' stands 2 times in the source and 1 in the translation.")
    ]


@pytest.mark.parametrize(
    ("source", "target", "name", "literal"),
    [
        ("{{ a }} to {{ a }}", "{{ a }}", "placeholder", "{{ a }}"),
        ("Hi {name}", "Hallo {Name}", "placeholder", "{name}"),
        ("%s items", "Artikel", "placeholder", "%s"),
        ("Done :material-check:", "Fertig", "icon", ":material-check:"),
        ("Text[^1]", "Text", "footnote reference", "[^1]"),
        ("Press ++esc++", "Esc drücken", "key", "++esc++"),
        ("H<sub>2</sub>O", "H2O", "HTML tag", "<sub>"),
        ("[a](b){ .md-button }", "[a](b)", "attribute list", "{ .md-button }"),
    ],
)
def test_a_lost_code_of_any_kind_is_an_error(source, target, name, literal):
    assert (E, f"The {name} '{literal}' is missing in the translation.") in run(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Hello", "Hallo <script>alert(1)</script>"),
        ("Hello", "Hallo <img src=x onerror=alert(1)>"),
        ("<b>Hello</b>", '<b onclick="x()">Hallo</b>'),
        ('<span title="Hi">x</span>', '<span title="Hi" onmouseover="x()">x</span>'),
        ("Hello", "Hallo {{ config }}"),
        ("Hello", "Hallo {% include 'x' %}"),
        ("Hello", "Hallo <!-- versteckt -->"),
        ("**Hello**", '**Hallo**{ onclick="x()" }'),
        ("[a](b)", '[a](b){ onclick="x()" }'),
        ("Hello", "Hallo <img src=x onerror=alert(1) "),
        ("Hello", "Hallo <svg/onload=alert(1)>"),
        ("Hello", "Hallo <?php x"),
        ("Hello", "Hallo <details open ontoggle=x()>"),
    ],
)
def test_nothing_that_could_run_comes_in(source, target):
    assert E in [severity for severity, _ in run(source, target)]


def test_one_more_of_the_same_tag_is_an_error_too():
    assert run("a<br>b", "a<br>b<br>") == [
        (E, "The HTML tag '<br>' stands more often in the translation than in the source.")
    ]


def test_template_tags_stay_in_order():
    assert run("{% if a %}A{% endif %}", "{% endif %}A{% if a %}") == [
        (E, "The template tags {% … %} must stay in the order of the source.")
    ]


def test_lost_emphasis_is_for_information():
    assert run("**Important:** wait.", "Wichtig: warten.") == [
        (I, "Some text is bold in the source, but not in the translation.")
    ]


@given(st.text(alphabet="ab `*_{}[]()<>/%s!&;:\\^=\"'|#+-.1\n", max_size=60))
def test_a_copy_of_the_source_has_no_issue(text):
    assert run(text, text) == []
