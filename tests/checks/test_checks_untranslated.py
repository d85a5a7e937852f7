"""Text that was left in the source language."""

import pytest

from polyhelp.checks.base import Setting
from polyhelp.checks.untranslated import look as check
from polyhelp.model import Locale, Place, Severity, Unit

SAME = "The text is the same as the source: it has not been translated."


def run(source, target, tag="de"):
    found = list(check(Unit(source, target), Setting(Locale(tag), Place("x.po", 1))))
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
