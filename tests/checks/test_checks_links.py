"""Links: the text is the translator's, the target is not."""

import time

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


def test_a_changed_link_is_one_issue():
    (found,) = check(Unit("[a](a.md)", "[a](b.md)"), Setting(Locale("de"), Place("x.po")))
    assert found.message == "This link should lead to 'a.md', as in the source. It leads to 'b.md'."
    assert found.mark == "b.md"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("https://kestrelpine.example/help/", "https://kestrelpine.example/de/help/"),
        ("https://kestrelpine.example", "https://kestrelpine.example/de"),
        ("https://kestrelpine.example/en/a#b", "https://kestrelpine.example/de/a#b"),
        ("https://en.wikipedia.org/wiki/Tent", "https://de.wikipedia.org/wiki/Zelt"),
    ],
)
def test_the_same_page_in_the_right_language_is_welcome(source, target):
    assert run(f"[a]({source})", f"[a]({target})") == []


@pytest.mark.parametrize(
    "target", ["https://kestrelpine.example/fr/help/", "https://kestrelpine.example/de/other/", "/de/help/"]
)
def test_another_page_or_language_is_not(target):
    assert len(run("[a](https://kestrelpine.example/help/)", f"[a]({target})")) == 1


def test_a_link_that_is_there_twice_must_be_there_twice():
    assert run("[a](x.md) [b](x.md)", "[a](x.md)") == ["The link to 'x.md' is missing in the translation."]
    assert run("[a](x.md)", "[a](x.md) [b](x.md)") == ["The translation has more links to 'x.md' than the source."]


@pytest.mark.parametrize("address", ["https://evil.example/x", "javascript:alert(1)", "www.evil.example"])
def test_what_the_check_safety_reports_is_not_said_twice(address):
    assert run("[a](a.md)", f"[a]({address})") == []


def test_addresses_in_new_tags_are_not_said_twice():
    assert run("x", '<img src="a.png">') == []


def test_html_attributes_are_links_too():
    assert len(run('<a href="a.md">x</a>', "<a href='b.md'>x</a>")) == 1


def test_a_reference_is_compared_by_its_label():
    assert run("[a][one]", "[a][two]") == ["This link should lead to '[one]', as in the source. It leads to '[two]'."]


def test_a_broken_address_is_only_text():
    run("x", "[a](http://[::1)")


@pytest.mark.parametrize("text", ["[a](b) ", "](", "[", "<a href=", "www.", "a@b.c ", "[a](//", "\\("])
def test_the_work_grows_with_the_length_of_the_text(text):
    text = text * (50_000 // len(text))
    started = time.process_time()
    run(text, f"{text} [x](y.md)")
    assert time.process_time() - started < 5


@given(st.text(alphabet="ab[]()<>!:/.\"' \\{}@&;", max_size=50))
def test_a_copy_of_the_source_has_no_issue(text):
    assert run(text, text) == []
