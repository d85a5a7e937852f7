import pytest

from polyhelp.checks.base import Setting
from polyhelp.checks.language import CHECK, look
from polyhelp.model import Locale, Origin, Place, Severity, Unit


def findings(source, target, locale="de", origin="en"):
    setting = Setting(Locale(locale), Place("a.md"), origin=Locale(origin))
    return [(found.severity, found.mark) for found in look(Unit(source, target), setting)]


LONG = "Returning an item is free, and we pay the money back within three days."


@pytest.mark.parametrize("locale", ["de", "sv", "fr", "ja", "th", "zh-TW", "zh-CN", "pt-BR", "ar"])
def test_a_text_left_in_english_is_an_error(locale):
    assert findings(LONG, "Sending an item back costs nothing, and you get your money in three days.", locale) == [
        (Severity.ERROR, "")
    ]


def test_a_sentence_left_in_english_is_marked():
    target = "Die Rückgabe ist kostenlos und einfach zu machen. Please wait a little until your money arrives."
    assert findings(LONG, target) == [(Severity.WARNING, "Please wait a little until your money arrives.")]


@pytest.mark.parametrize(
    ("source", "target", "locale"),
    [
        (LONG, "Die Rückgabe ist kostenlos, und wir zahlen das Geld binnen drei Tagen zurück.", "de"),
        ("Kestrel & Pine TrailCard Terms", "Kestrel & Pine TrailCard Terms", "de"),
        (
            "Select **Start a Return Now Please** to go on.",
            "Wählen Sie **Start a Return Now Please**, um fortzufahren.",
            "de",
        ),
        ("Use `return the item to the shop now` here.", "Nutzen Sie `return the item to the shop now` hier.", "de"),
        (LONG, LONG, "en-GB"),
        ("Save", "Save", "de"),
        (LONG, "商品の返品は無料です。代金は三日以内にお返しいたしますので、TrailCard をご用意ください。", "ja"),
    ],
)
def test_what_is_right_is_left_alone(source, target, locale):
    assert findings(source, target, locale) == []


def test_the_sibling_in_the_wrong_catalog():
    target = "Devolver un artículo es gratis y le devolvemos el dinero en un plazo de tres días."
    assert findings(LONG, target, "pt-BR") == [(Severity.ERROR, "")]
    assert findings(LONG, target, "es-MX") == []


def test_the_source_need_not_be_english():
    german = "Die Rückgabe ist kostenlos, und wir zahlen das Geld binnen drei Tagen zurück."
    assert findings(german, german, "fr", origin="de") == [(Severity.ERROR, "")]


def test_it_is_explained():
    assert CHECK.its == "untranslated"
    assert "waive" in CHECK.about


def test_pseudo_translations_are_in_no_language():
    target = "Ŕéťûŕñîñĝ àñ îťéṁ îš ƒŕéé àñđ ťàķéš ťĥŕéé đàýš îñ àĺĺ ĉàšéš."
    unit = Unit(LONG, target, origin=Origin.of("mt/pseudo", "2026-11-22", target))
    assert list(look(unit, Setting(Locale("ar"), Place("a.md")))) == []
