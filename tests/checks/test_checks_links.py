"""Links: the text is the translator's, the target is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.checks.base import Setting
from polyhelp.checks.links import look as check
from polyhelp.model import Locale, Place, Severity, Unit


def run(source, target, tag="de"):
    found = list(check(Unit(source, target), Setting(Locale(tag), Place("x.po", 1))))
    assert all(one.severity is Severity.ERROR for one in found)
    return [one.message for one in found]


@pytest.mark.parametrize(
    ("tag", "source", "target"),
    [
        ("de", "See [your orders](../orders/track.md).", "Siehe [Ihre Bestellungen](../orders/track.md)."),
        ("ja", "[One](a.md) and [two](b.md)", "[二](b.md)と[一](a.md)"),
        ("fr", '[Open](a.md "The page")', '[Ouvrir](a.md "La page")'),
        ("ar", "![A label](label.svg){ width=300 }", "![ملصق](label.svg){ width=300 }"),
        ("th", "Mail support@kestrelpine.example.", "อีเมล support@kestrelpine.example"),
        ("zh-TW", "<https://www.kestrelpine.example/>", "<https://www.kestrelpine.example/>"),
        ("sv", "[a][ref] and [Ref][]", "[b][ref] och [Ref][]"),
        ("pt-BR", "[a](<my file.md>)", "[b](<my file.md>)"),
        ("zh-CN", "[a](x_(y).md)", "[b](x_(y).md)"),
        ("de", "[a]({{ urls.help }})", "[b]({{ urls.help }})"),
        ("de", "`[a](b)`", "`[c](d)`"),
    ],
)
def test_texts_change_and_targets_stay(tag, source, target):
    assert run(source, target, tag) == []


def test_a_lost_link_is_named():
    assert run("See [orders](../orders.md).", "Siehe Bestellungen.") == [
        "The link to '../orders.md' is missing in the translation."
    ]


def test_a_changed_link_is_lost_and_new():
    assert run("[a](a.md)", "[a](b.md)") == [
        "The link to 'a.md' is missing in the translation.",
        "The translation has a link that the source does not have: 'b.md'.",
    ]


def test_a_link_that_is_there_twice_must_be_there_twice():
    assert run("[a](x.md) [b](x.md)", "[a](x.md)") == ["The link to 'x.md' is missing in the translation."]
    assert run("[a](x.md)", "[a](x.md) [b](x.md)") == ["The translation has more links to 'x.md' than the source."]


def test_a_new_host_is_named():
    assert run("[a](https://www.kestrelpine.example/x)", "[a](https://evil.example/x)")[-1] == (
        "The translation leads to 'evil.example', where the source does not lead: 'https://evil.example/x'."
    )


def test_a_bare_address_is_a_link():
    assert run("Hello", "Hallo www.evil.example") == [
        "The translation leads to 'www.evil.example', where the source does not lead: 'www.evil.example'."
    ]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
    ],
)
def test_a_link_that_runs_code_is_named(address):
    assert run("[a](a.md)", f"[a](a.md) [b]({address})") == [
        f"The translation brings in a link that can run code: '{address}'."
    ]


def test_html_attributes_are_links_too():
    assert run('<a href="a.md">x</a>', "<a href='https://evil.example/'>x</a>")[-1].startswith(
        "The translation leads to 'evil.example'"
    )
    assert run("x", "<img src=//evil.example/p.png>")[-1].startswith("The translation leads to 'evil.example'")


def test_a_reference_is_compared_by_its_label():
    assert run("[a][one]", "[a][two]") == [
        "The link to '[one]' is missing in the translation.",
        "The translation has a link that the source does not have: '[two]'.",
    ]


def test_a_broken_address_is_only_text():
    assert run("x", "[a](http://[::1)")


@given(st.text(alphabet="ab[]()<>!:/.\"' \\{}@&;", max_size=50))
def test_a_copy_of_the_source_has_no_issue(text):
    assert run(text, text) == []
