import pytest

from polyhelp.text.language import another

TEXTS = {
    "en": "Returning an item is free, and we pay the money back within three days.",
    "sv": "Det är gratis att skicka tillbaka en vara, och du får pengarna inom tre dagar.",
    "no": "Det er gratis å sende tilbake en vare, og du får pengene igjen innen tre dager.",
    "da": "Det er gratis at sende en vare tilbage, og du får pengene igen inden for tre dage.",
    "de": "Die Rückgabe eines Artikels ist kostenlos, und wir erstatten das Geld binnen drei Tagen.",
    "nl": "Een artikel terugsturen is gratis, en u krijgt uw geld binnen drie dagen terug.",
    "fr": "Le retour d'un article est gratuit, et nous vous remboursons sous trois jours.",
    "es": "Devolver un artículo es gratis y le devolvemos el dinero en un plazo de tres días.",
    "pt": "A devolução de um artigo é gratuita, e devolvemos o dinheiro no prazo de três dias.",
    "ja": "商品の返品は無料です。代金は三日以内にお返しいたしますので、少々お待ちください。",
    "th": "การส่งคืนสินค้าไม่มีค่าใช้จ่าย และเราจะคืนเงินให้ภายในสามวัน",
    "zh": "退货是免费的，我们会在三天之内把钱退还给您，请您耐心等待一下，谢谢您的理解与支持。",
    "ar": "إعادة المنتج مجانية، ونعيد إليك المبلغ في غضون ثلاثة أيام من استلامه.",
    "ru": "Возврат товара бесплатный, и мы вернём вам деньги в течение трёх дней.",
    "uk": "Повернення товару безкоштовне, і ми повернемо вам гроші протягом трьох днів.",
    "ko": "상품 반품은 무료이며 사흘 안에 돈을 돌려 드립니다. 조금만 기다려 주세요.",
}


@pytest.mark.parametrize("language", [one for one in TEXTS if one != "en"])
def test_a_text_in_its_own_language_is_in_no_other(language):
    assert another(TEXTS[language], language, "en") == ""


@pytest.mark.parametrize("language", [one for one in TEXTS if one != "en"])
def test_english_is_seen_in_every_locale(language):
    assert another(TEXTS["en"], language, "en") == "en"


@pytest.mark.parametrize(
    ("written", "expected"), [("pt", "es"), ("es", "pt"), ("no", "sv"), ("sv", "da"), ("nl", "de"), ("uk", "ru")]
)
def test_so_is_a_language_that_is_easily_taken_for_it(written, expected):
    assert another(TEXTS[written], expected, "en") == written


def test_short_texts_and_unknown_languages_are_left_alone():
    assert another("Return an item", "de", "en") == ""
    assert another(TEXTS["en"], "tlh", "en") == ""
    assert another(TEXTS["de"], "en", "en") == ""
    assert another("12345 67890 " * 10, "de", "en") == ""


def test_bokmal_is_norwegian():
    assert another(TEXTS["no"], "nb", "en") == ""
