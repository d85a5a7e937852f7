"""How a text addresses its reader."""

import time

import pytest
from correct_sentences import INFORMAL, cases

from polyhelp.checks.base import Setting
from polyhelp.checks.formality import CHECK
from polyhelp.model import Locale, Place, Severity, Style, Unit


def run(target, tag, formality="formal", kind="paragraph", source="Choose it."):
    setting = Setting(Locale.parse(tag), Place("x.po", 1), style=Style(formality))
    found = list(CHECK.look(Unit(source, target, notes=(kind,) if kind else ()), setting))
    assert all(one.severity is Severity.WARNING for one in found)
    assert all(one.mark in target for one in found)
    return [one.mark for one in found]


@pytest.mark.parametrize(("tag", "sentence"), cases())
def test_correct_sentences(tag, sentence):
    assert run(sentence, tag, "informal" if tag in INFORMAL else "formal", source="Soupe du jour") == []
    assert run(sentence, tag, "") == []


@pytest.mark.parametrize(
    ("tag", "target", "mark"),
    [
        ("de", "Sie sehen deine Bestellung und dir hilft das.", "deine"),
        ("de", "Öffne die App.", "Öffne"),
        ("de-AT", "Hast DU das?  Nimm du es.", "du"),
        ("fr", "Vérifiez ta commande.", "ta"),
        ("fr", "Connecte-toi ici.", "toi"),
        ("fr", "Cela va dans ton panier.", "dans ton"),
        ("es-MX", "Puedes cambiar su pedido.", "Puedes"),
        ("it", "Il tuo pacco è qui.", "tuo"),
        ("nl", "Controleer je bestelling.", "je"),
        ("pl", "Sprawdź swoje zamówienie, które możesz zmienić.", "możesz"),
        ("pt-BR", "Confira o teu pedido.", "teu"),
        ("ru", "Здесь ты найдёшь заказ.", "ты"),
        ("ru", "Нажми «Готово».", "Нажми"),
        ("uk", "Тут твоє замовлення.", "твоє"),
        ("tr", "Bu senin siparişin.", "senin"),
        ("ja", "返金には5日かかる。", "は5日かかる。"),
        ("ja", "これは見本だ。", "これは見本だ。"),
        ("ja", "商品を発送した。ご確認ください。", "品を発送した。"),
        ("ja", "返品はできない。", "品はできない。"),
        ("ko", "환불에는 5일이 걸린다.", "일이 걸린다."),
        ("zh-TW", "請輸入你的帳號。", "你"),
        ("zh-CN", "你可以退货。", "你"),
    ],
)
def test_informal_where_formal_is_asked_for(tag, target, mark):
    assert run(target, tag) == [mark]


@pytest.mark.parametrize(
    ("tag", "target", "mark"),
    [
        ("de", "Wählen Sie Ihre Größe.", "Sie"),
        ("fr", "Cliquez ici.", "Cliquez"),
        ("fr", "C’est à vous.", "vous"),
        ("es", "Seleccione una talla.", "Seleccione"),
        ("es", "Lo que usted quiera.", "usted"),
        ("it", "Per Lei è gratis.", "Lei"),
        ("nl", "Uw bestelling is er.", "Uw"),
        ("pl", "Gdy otrzyma Pan paczkę.", "Pan"),
        ("pt-PT", "Como você quiser.", "você"),
        ("pt-BR", "Como o senhor quiser.", "o senhor"),
        ("ru", "Это ваш заказ.", "ваш"),
        ("uk", "Це ваше замовлення.", "ваше"),
        ("ja", "発送しました。", "発送しました。"),
        ("ko", "환불됩니다.", "환불됩니다."),
        ("zh-CN", "您的订单。", "您"),
    ],
)
def test_formal_where_informal_is_asked_for(tag, target, mark):
    assert run(target, tag, "informal") == [mark]


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        ("de", "Sie ist da. Ihr Paket auch: Ihre Karte liegt bei. (Sie ist neu.)"),  # she, her
        ("sv", "Ni kan välja."),  # Swedish has one address
        ("zh-TW", "你"),
    ],
)
def test_nothing_to_find_for_informal(tag, target):
    assert run(target, tag, "informal") == []


def test_headings_and_steps_may_end_in_the_plain_form():
    assert run("注文を変更する。", "ja", kind="heading") == run("注文を変更する。", "ja", kind="list item") == []
    assert run("注文を変更する。確認する。", "ja", kind="list item") == ["文を変更する。"]
    assert run("注文を変更する", "ja") == []


def test_quotations_code_and_names_are_left_alone():
    assert run("Schreiben Sie „du bist“ oder `du` oder [Mehr](du.md).", "de") == []
    assert run("Die Marke Cirque du Soleil", "de", source="The brand Cirque du Soleil") == []
    assert run("Die Marke Cirque du Soleil und du", "de", source="The brand Cirque du Soleil") == ["du"]


def test_the_message_names_both_forms():
    setting = Setting(Locale("de"), Place("x.po", 1), style=Style("formal"))
    (found,) = CHECK.look(Unit("Your order", "Deine Bestellung"), setting)
    assert found.message == "'Deine' is informal (du), but the style guide asks for formal address (Sie)."


@pytest.mark.parametrize("text", ["du", "du ", "„", "„du", "a. ", "Sie. ", "だ。", "「", "（", '"'])
@pytest.mark.parametrize("tag", ["de", "ja"])
def test_hostile_text_takes_no_longer_than_its_length(text, tag):
    start = time.process_time()
    run(text * (200_000 // len(text)) + " du", tag)
    assert time.process_time() - start < 5
