"""Numbers: the same value however it is written; never another value."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.checks.base import Setting
from polyhelp.checks.numbers import look as check
from polyhelp.checks.numbers import western
from polyhelp.model import Locale, Place, Severity, Unit


def run(source, target, tag="de"):
    found = list(check(Unit(source, target), Setting(Locale(tag), Place("x.po", 1))))
    assert all(one.severity is Severity.ERROR for one in found)
    return [one.message for one in found]


@pytest.mark.parametrize(
    ("tag", "source", "target"),
    [
        ("de", "It weighs 1.5 kg.", "Es wiegt 1,5 kg."),
        ("de", "10,000 points", "10.000 Punkte"),
        ("fr", "10,000 points", "10 000 points"),
        ("fr", "10,000 points", "10\u202f000 points"),
        ("sv", "10,000 points", "10\u00a0000 poäng"),
        ("de", "1,234,567.89", "1.234.567,89"),
        ("pt-BR", "10,000 points", "10 mil pontos"),
        ("ja", "10,000 points", "1万ポイント"),
        ("zh-TW", "15,000 points", "1萬5000點"),
        ("zh-CN", "within 14 days", "十四天内"),
        ("ja", "within 30 days", "３０日以内"),
        ("ar", "within 14 days", "خلال ١٤ يومًا"),
        ("ar", "1.5 kg", "١٫٥ كجم"),
        ("th", "within 14 days", "ภายใน ๑๔ วัน"),
        ("hi", "within 14 days", "१४ दिनों के भीतर"),
        ("de", "Wait 2 days.", "Warten Sie zwei Tage."),
        ("sv", "two items", "2 artiklar"),
        ("fr", "2 items in two days", "deux articles en 2 jours"),
        ("de", "from 9 a.m. to 5 p.m.", "von 9 bis 17 Uhr"),
        ("fr", "until 5:30 PM", "jusqu'à 17 h 30"),
        ("ja", "until 12 a.m.", "24時まで"),
        ("de", "Use `v2.14` and 3 files", "3 Dateien mit `v2.15`"),
        ("de", "[Help](page-404.md)", "[Hilfe](page-505.md)"),
        ("de", "{{ days_30 }} days", "Tage"),
        ("de", "Order KP-204518", "Bestellung KP-204518"),
        ("de", "03/04/2024", "3.4.2024"),
        ("fr", "20% off", "20 % de remise"),
        ("tr", "20% off", "%20 indirim"),
        ("de", "x²", "x"),
        ("sv", "Use it within 2 of 5 days", "Använd inom två av fem dagar"),
        ("de", "&#39;x&#39;", "x"),
    ],
)
def test_another_way_to_write_a_number_is_fine(tag, source, target):
    assert run(source, target, tag) == []


@pytest.mark.parametrize(
    ("tag", "source", "target", "number"),
    [
        ("de", "within 14 days", "innerhalb von 30 Tagen", "14"),
        ("ja", "within 14 days", "４１日以内", "14"),
        ("ar", "within 30 days", "خلال ٣ أيام", "30"),
        ("th", "within 14 days", "ภายใน ๑๕ วัน", "14"),
        ("fr", "10,000 points", "1 000 points", "10,000"),
        ("pt-BR", "10,000 points", "10 pontos", "10,000"),
        ("zh-CN", "10,000 points", "10万点", "10,000"),
        ("sv", "20% off", "rabatt", "20"),
        ("de", "Wait 5 days.", "Warten Sie 7 Tage.", "5"),
        ("de", "It weighs 1.5 kg.", "Es wiegt 15,5 kg.", "1.5"),
        ("zh-TW", "Order KP-204518", "訂單 KP-204581", "204518"),
    ],
)
def test_another_value_is_an_error(tag, source, target, number):
    (message,) = run(source, target, tag)
    assert re.search(rf"number {re.escape(number)}\b", message)


def test_the_number_that_stands_there_instead_is_named_and_marked():
    (found,) = check(Unit("within 14 days", "innerhalb von 30 Tagen"), Setting(Locale("de"), Place("x.po")))
    assert (found.message, found.mark) == ("The source has the number 14, the translation has 30.", "30")


@pytest.mark.parametrize(
    ("tag", "source", "target"),
    [
        ("de", "each of the 8 stores", "jeder der Läden"),
        ("es", "2 items", "artículos"),
        ("ja", "3 items", "商品"),
        ("de", "Python 3.10", "Python 3.1"),
        ("de", "since 0.128.0 and 0.119.0", "seit 0.128.5 und 0.119.0"),
        ("de", "5 GB", "0.5.0 GB"),
        ("de", "4 workers, so 4 GB", "9 Worker, also 4 GB"),
    ],
)
def test_lost_and_changed_numbers_are_found(tag, source, target):
    assert len(run(source, target, tag)) == 1


@pytest.mark.parametrize(
    ("tag", "word"),
    [
        ("de", "zweimal"), ("fr", "deuxième"), ("es", "segundos"), ("pt-BR", "duas"), ("sv", "andra"), ("ja", "二つ"),
        ("zh-CN", "两"), ("th", "สอง"), ("ar", "يومين"), ("uk", "двох"), ("ru", "двумя"), ("cs", "dvě"),
        ("pl", "dwóch"), ("fi", "kahden"), ("tr", "iki"), ("ko", "두"), ("el", "δύο"), ("sw", "mbili"),
    ],
)  # fmt: skip
def test_number_words_are_known_inflected(tag, word):
    assert run("2 of them", f"x {word} x", tag) == []


def policy(source, target, tag="de", origin="en"):
    setting = Setting(Locale(tag), Place("x.po"), policy=True, origin=Locale(origin))
    return [one.message for one in check(Unit(source, target), setting)]


@pytest.mark.parametrize(
    ("tag", "source", "target"),
    [
        ("de", "within two weeks, at noon", "innerhalb von 2 Wochen, um 12 Uhr"),
        ("ja", "on May 1, 2024, only a single one", "2024年5月1日、1つだけ"),
        ("ja", "15,000 yen", "1万5000円"),
        ("pt-BR", "10,000 points", "10 mil pontos"),
        ("de", "until 5:30 p.m.", "bis 17:30 Uhr"),
        ("de", "fifteen or twenty days", "15 oder 20 Tage"),
        ("fr", "{{ returns.days }} days", "{{ returns.days }} jours"),
    ],
)
def test_a_policy_may_write_the_same_numbers_otherwise(tag, source, target):
    assert policy(source, target, tag) == []


def test_a_policy_may_not_promise_another_number():
    assert policy("You may return it.", "Innerhalb von 14 Tagen.") == [
        "The translation has the number 14, which is not in the source."
    ]
    assert run("You may return it.", "Innerhalb von 14 Tagen.") == []


def test_number_words_of_the_source_are_read_in_its_language():
    assert policy("inom fjorton dagar", "innerhalb von 14 Tagen", origin="sv") == []
    assert len(policy("inom fjorton dagar", "innerhalb von 14 Tagen", origin="da")) == 1


def test_a_24_hour_source_may_get_a_12_hour_target():
    assert run("öppet till 17:30", "open until 5:30 p.m.", "en") == []


def test_every_missing_number_is_named_once():
    assert run("14 or 14 or 30", "keine Zahl") == [
        "The number 14 is not in the translation.",
        "The number 30 is not in the translation.",
    ]


def test_digits_of_all_scripts_are_equal():
    assert western("٠١٢ ๓๔ ५६ ７８ ۹") == "012 34 56 78 9"


@given(st.text(max_size=40) | st.text(alphabet="0123456789.,' 万十pm:٣", max_size=30))
def test_a_copy_of_the_source_has_no_issue(text):
    assert run(text, text) == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_checked(source, target):
    run(source, target)


def test_a_number_of_any_length_is_read():
    assert run("9" * 5000, "9" * 5000) == []
    assert len(run("9" * 5000, "x")) == 1


@pytest.mark.parametrize("text", ["1 p ", "1万", "1,", "十", "9 ", "1.", "zwei", "1 12:", "x"])
def test_the_work_grows_with_the_length_of_the_text(text):
    text = text * (50_000 // len(text))
    started = time.process_time()
    assert policy(text, text + " 77")
    assert time.process_time() - started < 5
