"""Safety: what a target may not bring in, however it is hidden."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.checks.base import Setting
from polyhelp.checks.safety import look as check
from polyhelp.model import Locale, Place, Severity, Unit


def run(source, target, tag="de"):
    found = list(check(Unit(source, target), Setting(Locale(tag), Place("x.po", 1))))
    assert all(one.severity is Severity.ERROR for one in found)
    return [one.message for one in found]


@pytest.mark.parametrize(
    "target",
    [
        "Hallo <script>alert(1)</script>",
        "Hallo <SCRIPT SRC=a.js>",
        "Hallo <img src=x onerror=alert(1)>",
        "Hallo <img src=x onerror=alert(1) ",
        "Hallo <svg/onload=alert(1)>",
        "Hallo <?php x",
        "Hallo <details open ontoggle=x()>",
        "Hallo <!-- versteckt -->",
        "Hallo `<script>`",
        "Hallo \\<script>",
        '<abbr title="<script>alert(1)</script>">Hallo</abbr>',
        '<abbr title="x" onmouseover="x()">Hallo</abbr>',
        '<abbr " onmouseover=x() ">Hallo</abbr>',
        "<b:/onclick=x()>",
        "**Hallo**{ onclick='x()' }",
        "[a](b){: onclick=x() }",
        "Hallo {% include 'x' %}",
        "Hallo {{ '\\x3cscript>' }}",
        "Hallo {{ name|safe }}",
        "Hallo {{ ''.__class__ }}",
        "Hallo {! /etc/passwd !}",
        '--8<-- "/etc/passwd"',
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](java&#10;script:alert(1))",
        "[a](data:text/html,x)",
        "[a](vbscript:x)",
        "[a](file:///etc/passwd)",
        "[a](https://evil.example/x)",
        "[a](//evil.example)",
        "[a](/\\evil.example)",
        "[a](\\\\\\\\evil.example)",
        "[a](https:evil.example)",
        "[a](https:///evil.example)",
        "![a](//evil.example/p.png)",
        "Hallo www.evil.example",
        "https://evil.example",
        "Mail an help@evil.example",
        "Hallo\n\n[a]: //evil.example",
        "Hallo\n\n[a]: javascript:alert(1)",
    ],
)
def test_nothing_comes_in(target):
    assert len(run("Hello", target)) >= 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("<b>Hello</b>", '<b onclick="x()">Hallo</b>'),
        ('<span title="Hi">x</span>', '<span title="Hi" onmouseover="x()">x</span>'),
        ('<a href="a.md">x</a>', "<a href='https://evil.example/'>x</a>"),
        ('<a href="a.md">x</a>', "<a href='javascript:x()'>x</a>"),
        ('<button onclick="buy()">x</button>', '<button onclick="steal()">x</button>'),
        ('<p style="color:red">x</p>', '<p style="position:fixed">x</p>'),
        ("<script>a()</script>", "<script>b()</script>"),
        ("[a](https://kestrelpine.example/)", "[a](https://kestrelpine.example@evil.example/)"),
        ("[a](https://kestrelpine.example/)", "[a](https://kestrelpinе.example/)"),
        ("[a](https://en.com/)", "[a](https://de.com/)"),
        ("[a](https://en.co.uk/)", "[a](https://de.co.uk/)"),
        ("[a](https://en.wikipedia.org/)", "[a](https://fr.wikipedia.org/)"),
        ("help@kestrelpine.example", "help@evil.example"),
        ("{{ returns.days }}", "{{ returns.days.__class__() }}"),
    ],
)
def test_what_the_source_has_may_not_be_turned_round_and_is_said_once(source, target):
    assert len(run(source, target)) == 1


@pytest.mark.parametrize(
    ("tag", "source", "target"),
    [
        ("de", "the member", 'das <abbr title="Mitglied: ein Wert">Member</abbr>'),
        ("ja", "a cedar", "<ruby>杉<rp>(</rp><rt>すぎ</rt><rp>)</rp></ruby>"),
        ("ar", "Order KP-1", "الطلب <bdi>KP-1</bdi>"),
        ("fr", "the 1st", "le 1<sup>er</sup>"),
        ("de", "5 < 6", "5 < 6, und a <= b"),
        ("de", "<b>x</b> y", '<b lang="en">x</b> y'),
        ("de", "See https://kestrelpine.example/a.", "Siehe https://kestrelpine.example/a, bitte."),
        ("de", "Open [it](http://127.0.0.1:8000).", "Öffnen Sie http://127.0.0.1:8000."),
        ("ja", "See https://kestrelpine.example/a now", "https://kestrelpine.example/a を見る"),
        ("de", "[a](https://en.wikipedia.org/wiki/Tent)", "[a](https://de.wikipedia.org/wiki/Zelt)"),
        ("de", "[a](a.md)", "[a](b.md)"),
        ("de", "JavaScript is needed", "JavaScript: nötig"),
        ("de", "and or", "und//oder"),
        ("ru", "Wait {{ a }} days", 'Ждите {{ a(case="genitive") }}'),
        ("de", "**a**{ .b }", "**c**{ .b }"),
        ("de", "[call](tel:+4612345)", "[anrufen](tel:+4612345)"),
        ("de", "{{ order.number }}", "{{ order.nummer }}"),
        ("de", "<https://kestrelpine.example> <b@kestrelpine.example>", "<b@kestrelpine.example>"),
    ],
)
def test_what_a_language_needs_is_welcome(tag, source, target):
    assert run(source, target, tag) == []


def test_a_new_tag_is_one_issue_with_all_that_is_in_it():
    (found,) = check(Unit("x", '<img src="//evil.example/p.png" onerror="x()">'), Setting(Locale("de"), Place("x.po")))
    assert found.message == "The translation brings in the HTML tag '<img>', which the source does not have."
    assert found.mark == "<img"


def test_a_new_host_is_named_and_marked():
    setting = Setting(Locale("de"), Place("x.po"))
    (found,) = check(Unit("[a](a.md)", "[a](https://evil.example/x)"), setting)
    assert found.message == (
        "The translation leads to 'evil.example', where the source does not lead: 'https://evil.example/x'."
    )
    assert found.mark == "https://evil.example/x"


@given(st.text(alphabet="ab[]()<>!:/.\"' \\{}@&;%=-8#\n", max_size=60))
def test_a_copy_of_the_source_has_no_issue(text):
    assert run(text, text) == []


@given(st.text(alphabet="ab <>/=\"'", max_size=30))
def test_a_script_is_found_among_anything(text):
    assert run("x", f"{text} <script>{text}")


@pytest.mark.parametrize(
    "text",
    [
        "<",
        "<b ",
        '<b a="',
        "<b a='\" ",
        "{",
        "{a ",
        "{{",
        "{%",
        "-8<-",
        "www.",
        "//",
        "a:",
        "[a]: ",
        "<script",
        "a@b.c ",
        "</",
    ],
)
def test_the_work_grows_with_the_length_of_the_text(text):
    text = text * (50_000 // len(text))
    started = time.process_time()
    run("x", text)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("target", ["{{ a }} {{ b Tage", "{{ a }} {% 14 Tage", "{{ a }} {# 14 Tage", "{{ a }} {{"])
def test_template_code_that_does_not_end_is_found_where_templates_run(target):
    unit = Unit("Within {{ a }}", target)
    policy, article = (Setting(Locale("de"), Place("x.po", 1), policy=policy) for policy in (True, False))
    assert ["begins template code" in one.message for one in check(unit, policy)] == [True]
    assert list(check(unit, article)) == []
