"""Characters that nobody sees, that no page can show, or that are of another script."""

import time

import pytest
from correct_sentences import cases

from polyhelp.checks.base import Setting
from polyhelp.checks.characters import CHECK
from polyhelp.model import Locale, Place, Severity, Unit


def run(source, target, tag="de"):
    return list(CHECK.look(Unit(source, target), Setting(Locale.parse(tag), Place("x.po", 1))))


@pytest.mark.parametrize(("tag", "sentence"), cases())
def test_correct_sentences(tag, sentence):
    assert run("Choose it.", sentence, tag) == []


@pytest.mark.parametrize(
    ("tag", "target", "mark", "said"),
    [
        ("de", "Ihre Bestel\u200blung ist da.", "Bestel\u200blung", "zero-width space (U+200B)"),
        ("sv", "Din be\xadställning.", "be\xadställning.", "soft hyphen (U+00AD)"),
        ("fr", "\ufeffVotre commande", "\ufeffVotre", "byte order mark (U+FEFF)"),
        ("ja", "注文\u200bを", "注文\u200bを", "zero-width space"),
        ("zh-TW", "訂單\u200d", "訂單\u200d", "zero-width joiner"),
        ("pt-BR", "O pe\u200cdido", "pe\u200cdido", "zero-width non-joiner"),
        ("de", "Ihr\u200e Paket", "Ihr\u200e", "left-to-right mark (U+200E)"),
        ("th", "ขนาด\u3164ใหญ่", "ขนาด\u3164ใหญ่", "hangul filler"),
    ],
)
def test_invisible(tag, target, mark, said):
    (found,) = run("Your order", target, tag)
    assert found.severity is Severity.WARNING
    assert found.mark == mark
    assert said in found.message


@pytest.mark.parametrize(
    ("tag", "target", "said"),
    [
        ("de", "Gr\ufffd\ufffde", "was lost"),
        ("fr", "Votre\x07 commande", "U+0007"),
        ("es", "Tu \ue012 pedido", "only in some fonts"),
        ("de", "GrÃ¶ÃŸe", "probably was 'ö'"),
        ("fr", "l\u00e2\u20ac\u2122adresse", "probably was '’'"),
        ("ar", "الطلب \u202eKP-12", "turns the letters around"),
        ("ar", "الطلب \u2068KP-12", "no end or no beginning"),
        ("ar", "الطلب KP-12\u2069", "no end or no beginning"),
        ("ar", "الطلب \u2068KP\u202c-12", "no end or no beginning"),
    ],
)
def test_broken(tag, target, said):
    (found,) = run("Your order KP-12", target, tag)
    assert found.severity is Severity.ERROR
    assert said in found.message


@pytest.mark.parametrize(
    ("tag", "target", "mark", "said"),
    [
        ("ru", "Ваш зaказ", "зaказ", "'a' is Latin and the rest Cyrillic"),
        ("uk", "прикладi", "прикладi", "'i' is Latin"),
        ("de", "Ihre Веstellung", "Веstellung", "'Ве' are Cyrillic and the rest Latin"),
        ("el", "Η παραγγελίa", "παραγγελίa", "'a' is Latin and the rest Greek"),
    ],
)
def test_mixed_scripts(tag, target, mark, said):
    (found,) = run("Your order", target, tag)
    assert found.mark == mark
    assert said in found.message


@pytest.mark.parametrize(
    ("tag", "target", "mark", "said"),
    [
        ("zh-TW", "您的订单", "订", "expected '訂'"),
        ("zh-Hant", "发票", "发", "expected '發' or '髮'"),
        ("zh-HK", "账户", "账", "expected '賬'"),
        ("zh-CN", "您的訂單", "訂", "expected '订'"),
        ("zh", "三天後", "後", "expected '后'"),
        ("ja", "ご注文の货物", "货", "Japanese does not have"),
    ],
)
def test_the_other_chinese_script(tag, target, mark, said):
    (found,) = run("Your order", target, tag)
    assert found.severity is Severity.WARNING
    assert found.mark == mark
    assert said in found.message


def test_what_the_source_has_is_right():
    assert run("soft\xadhyphen", "weich\xadtrennen") == []
    assert run("The word зaказ", "Das Wort зaказ") == []
    assert run("发 and 發", "发与發", "zh-CN") == []
    assert run("\u2068x", "\u2068x", "ar") == []


def test_characters_in_code_are_found_where_they_do_harm_and_scripts_are_not():
    assert len(run("Run `a b`", "`a\u200b b` ausführen")) == 1
    assert run("Run `x`", "Запустите `xзaк`", "ru") == []


@pytest.mark.parametrize(
    "text", ["\u200b", "\u2068", "\u2068\u2069", "аa", "аa ", "Ã¤", "\u00e2\u20ac", "訂", "\u200c"]
)
@pytest.mark.parametrize("tag", ["de", "ar", "zh-CN"])
def test_hostile_text_takes_no_longer_than_its_length(text, tag):
    start = time.process_time()
    run("x", text * (300_000 // len(text)), tag)
    assert time.process_time() - start < 5
