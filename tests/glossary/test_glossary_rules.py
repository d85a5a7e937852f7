"""The rules behind the languages: what each is for, in the languages that have it, and that they take linear time."""

import time

import pytest

from polyhelp.glossary.inflect import singulars, surfaces
from polyhelp.glossary.match import TermBase
from polyhelp.glossary.repair import repaired
from polyhelp.model import Concept, Locale, PartOfSpeech, TermTarget


def broken(tag, target, allowed, forbidden=()):
    locale = Locale(tag)
    terms = TermBase([Concept(id="x", source="refund", targets={locale: TermTarget(allowed, forbidden=forbidden)})])
    return [one.forbidden or "missing" for one in terms.violations("the refund", target, locale)]


KEPT = [
    # Korean: particles, honorifics, verbs with 하다
    ("ko", "환불", "환불이 완료되었습니다."),
    ("ko", "주문번호", "주문 번호를 입력하세요."),
    ("ko", "취소하다", "주문을 취소했습니다."),
    # Turkish, Finnish, Hungarian: chains of suffixes, with and without apostrophe
    ("tr", "sipariş", "siparişlerinizden"),
    ("tr", "hediye kartı", "hediye kartınızı kullanın"),
    ("fi", "tilaus", "tilauksesi"),
    ("fi", "lahjakortti", "lahjakorteilla"),
    ("fi", "palautus", "palautuslomake"),
    ("hu", "rendelés", "rendeléseid"),
    ("hu", "visszatérítés", "a visszatérítésről"),
    # Slavic: cases, aspect pairs and the nouns made of verbs
    ("ru", "отправить", "Мы отправляем посылки."),
    ("ru", "оплатить", "Вы оплачиваете доставку."),
    ("ru", "собрать", "Мы собираем заказ."),
    ("ru", "возврат", "о возвратах"),
    ("pl", "zamówienie", "w zamówieniach"),
    ("pl", "zwrócić", "Możesz zwracać produkty."),
    ("cs", "objednávka", "objednávek"),
    ("uk", "повернення", "поверненням"),
    # a compound and the phrase it is short for; the part that two compounds share
    ("de", "Lieferadresse", "die Adresse für die Lieferung"),
    ("de", "Rückgabekosten", "Rückgabe- und Versandkosten"),
    ("sv", "leveransadress", "leverans- och fakturaadress"),
    ("nl", "verzendkosten", "verzend- en retourkosten"),
    ("da", "ordrenummer", "ordrenummeret"),
    ("nb", "gavekort", "gavekortet"),
    # hyphens, in Russian two words of one
    ("ru", "HTTP-ответ", "в HTTP-ответах"),
    ("ru", "path-параметр", "path- и query-параметры"),
    # what we know nothing about: a common beginning
    ("sw", "marejesho", "Marejesho yako"),
    ("xx", "bonvolu", "bonvoluj"),
]


@pytest.mark.parametrize(("tag", "allowed", "target"), KEPT)
def test_a_rule_of_the_language_finds_the_term(tag, allowed, target):
    assert broken(tag, target, allowed) == []


BROKEN = [
    ("ko", "환불", "돈을 돌려드립니다."),
    ("tr", "sipariş", "alışveriş"),
    ("fi", "tilaus", "lasku"),
    ("hu", "rendelés", "szállítás"),
    ("ru", "отправить", "Мы отменим заказ."),
    ("ru", "отменить", "Вы отмечаете заказ."),
    ("ru", "HTTP-ответ", "в ответе нет HTTP-заголовка"),
    ("ru", "HTTP-ответ", "HTTP и код, нужный для ответа"),
    ("pl", "zamówienie", "zamknięcie"),
    ("de", "Lieferadresse", "die Adresse der Filiale"),
    ("de", "Versandkosten", "Rückgabe- und Lieferkosten"),
    ("xx", "bonvolu", "bonega"),
]


@pytest.mark.parametrize(("tag", "allowed", "target"), BROKEN)
def test_a_rule_of_the_language_lets_no_other_word_through(tag, allowed, target):
    assert broken(tag, target, allowed) == ["missing"]


@pytest.mark.parametrize(
    ("allowed", "forbidden", "target", "found"),
    [
        ("メール", "Eメール", "Eメールで送る", ["Eメール"]),
        ("햄버거", "버거", "햄버거", []),
    ],
)
def test_of_an_allowed_and_a_forbidden_form_the_longer_one_counts(allowed, forbidden, target, found):
    assert broken("ja", target, allowed, (forbidden,)) == found


# ---------------------------------------------------------------- the source side


def found(text, part=PartOfSpeech.NOUN, source="request"):
    return [hit.text for hit in TermBase([Concept(id="x", source=source, part=part)]).hits(text)]


@pytest.mark.parametrize(
    "text",
    ["The client requests an item.", "If a customer requests the invoice", "Requests is a library.", "a pre-request"],
)
def test_a_verb_or_a_name_is_not_the_noun(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    ["The requests a client sends", "All requests the shop has", "Requests are answered.", "of requests the shop got"],
)
def test_a_plural_before_an_article_may_be_the_noun(text):
    assert [hit.casefold() for hit in found(text)] == ["requests"]


def test_a_noun_entered_in_the_plural_is_found_in_the_singular():
    assert found("one header", source="headers") == ["header"]
    assert found("a delivery fee", source="delivery fees") == ["delivery fee"]
    assert "custom" not in surfaces("customs", PartOfSpeech.NOUN)
    assert singulars("batches") == ("batch",)
    assert singulars("address") == singulars("bus") == singulars("Größes") == ()


# ---------------------------------------------------------------- time

HOSTILE = ["a", "a ", "a-", "- ", "'", "\u0301", "zurück ", "und- ", "HTTP-ответ-", "bon de ", "Trail", "T r a i l ",
           "返", "Erstattun ", "[order ", "refund ", "`"]  # fmt: skip
FORMS = {
    "de": ("zurücksenden", "Versandkosten"),
    "fr": ("bon de retour", "payer"),
    "ru": ("HTTP-ответ", "вызвать"),
    "ja": ("払い戻す", "返金"),
    "ar": ("استرداد المبلغ", "طرد"),
    "fi": ("palautus", "lahjakortti"),
}


@pytest.mark.parametrize("tag", FORMS)
def test_the_time_grows_with_the_length_of_the_text(tag):
    locale = Locale(tag)
    concepts = [
        Concept(id=source, source=source, targets={locale: TermTarget(form, forbidden=("order fee",))})
        for source, form in zip(("refund", "order"), FORMS[tag], strict=True)
    ]
    name = Concept(id="n", source="TrailCard", part=PartOfSpeech.NAME, do_not_translate=True, case_sensitive=True)
    terms = TermBase([*concepts, name])
    began = time.process_time()
    for part in HOSTILE:
        text = part * (20_000 // len(part))
        repaired(terms, f"refund order TrailCard {text}", text, locale)
    assert time.process_time() - began < 15  # minutes where anything is quadratic


def test_a_term_of_which_nobody_says_what_it_is_is_a_noun_and_a_verb():
    base = TermBase([Concept("refund", "refund", PartOfSpeech.ANY)])
    found = [[hit.text for hit in base.hits(text)] for text in ("two refunds", "we refund it", "it was refunded")]
    assert found == [["refunds"], ["refund"], ["refunded"]]
    assert len(base.hits("a refund")) == 1
