"""Text that was left in the source language."""

import time

import pytest

from polyhelp.checks.base import Setting
from polyhelp.checks.untranslated import look as check
from polyhelp.model import Locale, Place, Severity, Unit

SAME = "The text is the same as the source: it has not been translated."


def run(source, target, tag="de", origin="en"):
    setting = Setting(Locale(tag), Place("x.po", 1), origin=Locale(origin))
    found = list(check(Unit(source, target), setting))
    assert all(one.severity is Severity.WARNING for one in found)
    return [one.message for one in found]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Track your order", "Track your order"),
        ("See [your orders](a.md) again.", "See [your orders](b.md) again!"),
        ("We send **your refund** now.", "We send your refund now."),
    ],
)
def test_the_same_prose_is_found_whatever_its_markup(source, target):
    assert run(source, target) == [SAME]


@pytest.mark.parametrize(
    "text",
    [
        "Kestrel & Pine",
        "TrailCard and Pine Points",
        "PDF",
        "Newsletter",
        "`pip install all the things`",
        "https://www.kestrelpine.example/a-b-c",
        "{{ returns.days }}",
        "KP-204518",
        "Kestrel & Pine AB, Bergslagsgatan 4, 703 61 Örebro",
        "",
        "返品",
        "pytest.mark.anyio",
        "include_yaml: data/sponsors.yml",
    ],
)
def test_names_code_and_single_words_may_stay(text):
    assert run(text, text) == []


@pytest.mark.parametrize(
    ("tag", "target", "left"),
    [
        ("ja", "返金は within three business days に届きます。", "within three business days"),
        ("th", "เราจะส่ง the refund to your card ให้คุณ", "the refund to your card"),
        ("ar", "سنرسل the refund to your card قريبًا", "the refund to your card"),
        ("zh-TW", "退款 within three business days 送達", "within three business days"),
        ("de", "Wir senden the refund to your card sofort.", "the refund to your card"),
    ],
)
def test_part_of_a_sentence_left_over_is_quoted(tag, target, left):
    source = "We send the refund to your card within three business days."
    assert run(source, target, tag) == [f"A part has not been translated: '{left}'."]


@pytest.mark.parametrize(
    ("tag", "source", "target"),
    [
        ("ja", "Use Kestrel and Pine Repair Service today", "Kestrel and Pine Repair Service をご利用ください"),
        ("ja", "Tap **Track my order**.", "**Track my order**をタップします。"),
        ("zh-CN", "Open `a b c d e f`", "打开 `a b c d e f`"),
        ("de", "Use your TrailCard", "Nutzen Sie Ihre TrailCard"),
        ("de", "Compare with Daphne, uWSGI, etc. now", "Vergleichen Sie mit Daphne, uWSGI, etc. jetzt"),
        ("fr", "Restaurants: service, client, date", "Restaurants : service, client, date limite"),
    ],
)
def test_names_and_short_quotations_may_stay(tag, source, target):
    assert run(source, target, tag) == []


def test_a_locale_of_the_source_language_is_exempt():
    assert run("Track your order", "Track your order", "en-GB") == []
    assert run("Spåra din beställning", "Spåra din beställning", "sv-FI", "sv") == []
    assert run("Spåra din beställning", "Spåra din beställning", "en", "sv") == [SAME]


def test_what_is_left_over_is_marked():
    setting = Setting(Locale("de"), Place("x.po", 1))
    (found,) = check(Unit("We send the refund to you.", "Wir: the refund to you, ja."), setting)
    assert found.mark == "the refund to you"


@pytest.mark.parametrize(
    ("tag", "origin", "text"),
    [
        ("de", "ja", "返品は十四日以内にお願いします。"),
        ("ja", "th", "เราจะส่งเงินคืนให้คุณ"),
        ("en", "ar", "سنرسل المبلغ إلى بطاقتك قريبًا"),
        ("en", "hi", "हम आपको पैसे वापस भेजेंगे।"),
        ("en", "de", "Wir senden das Geld sofort zurück"),
    ],
)
def test_sources_may_be_in_any_language_and_script(tag, origin, text):
    assert run(text, text, tag, origin) == [SAME]


def test_part_of_a_source_without_spaces_is_quoted():
    assert run("返品は十四日以内にお願いします。", "Bitte: 十四日以内にお願いします。", "de", "ja") == [
        "A part has not been translated: '十四日以内にお願いします'."
    ]
    assert run("東京の店で受け取る", "Abholung in 東京の店", "de", "ja") == []


@pytest.mark.parametrize("text", ["word ", "x. ", "返", "a-", "'", "` ", "a"])
def test_the_work_grows_with_the_length_of_the_text(text):
    text = text * (100_000 // len(text))
    started = time.process_time()
    run(text, text)
    run(text, f"{text}1 X")
    run(f"a b {text}1", f"{text}1 a b")
    assert time.process_time() - started < 5
