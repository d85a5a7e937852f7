import pytest

from polyhelp.checks.base import Setting
from polyhelp.checks.punctuation import CHECK, look
from polyhelp.model import Locale, Place, Unit


def messages(source, target, locale):
    return [found.message for found in look(Unit(source, target), Setting(Locale(locale), Place("a.md")))]


@pytest.mark.parametrize(
    ("source", "target", "locale"),
    [
        ("Save it.", "Speichern Sie es.", "de"),
        ("Save it.", "保存してください。", "ja"),
        ("Save it?", "保存しますか？", "ja"),
        ("Save it?", "要保存吗？", "zh-CN"),
        ("Note:", "备注：", "zh-CN"),
        ("Save it?", "هل تريد الحفظ؟", "ar"),
        ("Save it.", "บันทึก", "th"),
        ("Save it!", "บันทึก", "th"),
        ("In Aug.", "ใน ส.ค.", "th"),
        ("Did you pay?", "คุณชำระเงินแล้วหรือยัง", "th"),
        ("Did you pay?", "คุณชำระเงินแล้วหรือยัง?", "th"),
        ("Save it?", "Το αποθηκεύετε;", "el"),
        ("Save it?", "¿Lo guarda?", "es"),
        ("Save it now!", "Guárdelo ahora.", "es"),
        ("Use `save`.", "`save` verwenden.", "de"),
        ("Use **this**.", "Das **hier**.", "de"),
        ("Use **this.**", "Das **hier.**", "de"),
        ('He said "yes."', "Er sagte „ja.“", "de"),
        ("Return (free).", "Rückgabe (frei).", "de"),
        ("Return", "Rückgabe", "de"),
        ("Wait...", "Bitte warten …", "de"),
        ("See https://a.example.", "Siehe https://a.example.", "de"),
        ("Read [this](a.md).", "[Dies](a.md) lesen.", "de"),
        ("Loading…", "読み込み中…", "ja"),
        ("", "", "de"),
    ],
)
def test_what_is_right(source, target, locale):
    assert messages(source, target, locale) == []


@pytest.mark.parametrize(
    ("source", "target", "locale", "message"),
    [
        ("Save it.", "Speichern Sie es", "de", "The source ends with a full stop, the translation does not."),
        ("Save it", "Speichern Sie es.", "de", "The translation ends with a full stop, the source does not."),
        (
            "Save it?",
            "Speichern Sie es.",
            "de",
            "The source ends with a question mark, the translation with a full stop.",
        ),
        ("Wait…", "Warten", "de", "The source ends with an ellipsis, the translation does not."),
        ("Note:", "Hinweis", "de", "The source ends with a colon, the translation does not."),
        ("Save it?", "要保存吗?", "zh-CN", "The question mark is '？' in this language, not '?'."),
        ("Save it.", "保存してください.", "ja", "The full stop is '。' in this language, not '.'."),
        ("Save it?", "هل تريد الحفظ?", "ar", "The question mark is '؟' in this language, not '?'."),
        ("Save it.", "บันทึกไหม?", "th", "The translation ends with a question mark, the source does not."),
        ("Save it.", "บันทึกการเปลี่ยนแปลง.", "th", "Thai sentences end without a full stop."),
        ("Save it?", "Lo guarda?", "es", "'¿' is missing before: 'Lo guarda?'"),
        ("Wow! Free!", "¡Vaya! Gratis!", "es", "'¡' is missing before: 'Gratis!'"),
        ("Done. Save it?", "Listo. Lo guarda?", "es-MX", "'¿' is missing before: 'Lo guarda?'"),
    ],
)
def test_what_is_wrong(source, target, locale, message):
    assert messages(source, target, locale) == [message]


def test_it_is_explained():
    assert CHECK.its == "typographical"
