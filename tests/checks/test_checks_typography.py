import pytest

from polyhelp.checks.base import Setting
from polyhelp.checks.typography import CHECK, look
from polyhelp.model import Locale, Place, Style, Unit


def messages(target, locale, source="50% of 1.5 kg"):
    return [found.message for found in look(Unit(source, target), Setting(Locale(locale), Place("a.md")))]


@pytest.mark.parametrize(
    ("target", "locale"),
    [
        ("Attention\u00a0: lisez ceci\u202f!", "fr"),
        ("À 12:30, lisez https://a.example/b?c=d ou `a: b`.", "fr"),
        ("« Bonjour »", "fr"),
        ("Attention\u00a0: lisez ceci!", "fr-CA"),
        ("«Bonjour»: oui!", "fr-CH"),
        ("Sagen Sie „ja“: 50 % von 1,5 kg", "de"),
        ("返品、交換。はい！", "ja"),
        ("版本 3.10, 3.11", "zh-CN"),
        ("要保存吗?", "zh-CN"),  # the end of a text is the check punctuation's
        ("هل تريد الحفظ?", "ar"),
        ("نعم، هل تريد؟", "ar"),
        ("ช้า ๆ ได้", "th"),
        ("50% av", "th"),
        ("Version 3.10 och 1,5 kg", "sv"),
        ('Zoll: 5" und 6"', "de"),
        ("%50 indirim", "tr"),
    ],
)
def test_what_is_right(target, locale):
    assert messages(target, locale) == []


@pytest.mark.parametrize(
    ("target", "locale", "message"),
    [
        ("Attention: lisez.", "fr", "A no-break space is missing before ':'."),
        ("Vraiment?", "fr", "A no-break space is missing before '?'."),
        ("«Bonjour »", "fr", "A no-break space is missing after '«'."),
        ("Attention: lisez.", "fr-CA", "A no-break space is missing before ':'."),
        ('Sagen Sie "ja".', "de", "Straight quotes: „…“ is the custom here."),
        ("返品,交換", "ja", "',' is a half-width sign: '、' is expected here."),
        ("退货,换货", "zh-CN", "',' is a half-width sign: '，' is expected here."),
        ("هل تريد? نعم", "ar", "'?' is written '؟' in Arabic."),
        ("نعم, هل", "ar", "',' is written '،' in Arabic."),
        ("مـــرحبا", "ar", "The stretched line (kashida) is decoration and breaks search."),
        ("เร็วๆนี้", "th", "'ๆ' stands between spaces."),
        ("50% von", "de", "A percentage is written '50 %' here."),
        ("50% indirim", "tr", "A percentage is written '%50' here."),
        ("1.5 kg", "de", "The decimal sign is ',' here."),
        ("1,5 kg", "en-GB", "The decimal sign is '.' here."),
    ],
)
def test_what_is_wrong(target, locale, message):
    assert message in messages(target, locale)


def test_the_style_guide_decides():
    def said(target, locale, style):
        setting = Setting(Locale(locale), Place("a.md"), style=style)
        return [found.message for found in look(Unit("It says so", target), setting)]

    assert said('Sagen Sie "ja".', "de", Style(quotes="»«›‹")) == ["Straight quotes: »…« is the custom here."]
    assert said('Diga "sí".', "es", Style(quotes="«»“”")) == ["Straight quotes: «…» is the custom here."]
    assert said('Sagen Sie "ja".', "de", Style(quotes='""')) == []
    assert said("Vraiment?", "fr", Style(spaces="none")) == []


def test_it_is_explained():
    assert CHECK.its == "locale-violation"
