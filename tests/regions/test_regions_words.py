import pytest

from polyhelp.errors import RegionError
from polyhelp.model import Locale
from polyhelp.regions.formats import Formats
from polyhelp.regions.words import load_words

LOCALES = (
    "en", "sv", "de", "fr", "ja", "th", "zh-TW", "zh-CN", "pt-BR", "ar", "es", "it",
    "nl", "pl", "da", "nb", "fi", "pt", "pt-PT", "ko", "de-AT", "zh-Hant-HK", "es-MX",
)  # fmt: skip
SERVICES = ("standard", "express", "pickup_point")


@pytest.mark.parametrize("tag", LOCALES)
def test_every_locale_has_words_for_services_and_business_days(tag):
    formats = Formats(Locale(tag))
    labels = {formats.label(service) for service in SERVICES}
    assert len(labels) == 3
    for length in ("1 business day", "2 business days", "5 business days", "21 business days"):
        text = formats.duration(length)
        assert text
        assert "{" not in text
        assert tag.startswith("en") or "business" not in text


def test_children_use_their_parents_words_but_scripts_stay_apart():
    words = load_words()
    assert words.label("express", Locale("de-AT")) == "Expressversand"
    assert words.label("standard", Locale("zh-TW")) == "標準配送"
    assert words.label("standard", Locale("zh-Hans-CN")) == "标准配送"
    assert words.label("pickup_point", Locale("pt-BR")) == "Ponto de retirada"
    assert words.label("pickup_point", Locale("pt-PT")) == "Ponto de recolha"


def test_a_missing_label_names_word_locale_and_way_out():
    with pytest.raises(RegionError) as caught:
        load_words().label("express", Locale("cs"))
    assert "'express' in the locale 'cs'" in caught.value.message
    assert "labels: {express: {cs: ...}}" in caught.value.hint


def test_a_mistyped_label_gets_a_guess():
    with pytest.raises(RegionError) as caught:
        load_words().label("expres", Locale("de"))
    assert caught.value.hint == "did you mean 'express'?"


def test_words_may_be_passed_in():
    words = load_words(
        {
            "labels": {"express": {"cs": "Expresní doručení"}, "locker": {"en": "Locker"}},
            "durations": {
                "plain": {"business days": {"cs": {"one": "{0} pracovní den", "other": "{0} pracovních dnů"}}},
                "genitive": {"calendar days": {"pl": {"one": "{0} dnia", "other": "{0} dni"}}},
            },
        }
    )
    czech = Formats(Locale("cs"), "CZ", words)
    assert czech.label("express") == "Expresní doručení"
    assert czech.duration("5 business days") == "5 pracovních dnů"
    assert Formats(Locale("pl"), "PL", words).duration("14 calendar days", case="genitive") == "14 dni"
    assert Formats(Locale("en"), "", words).label("locker") == "Locker"
    assert load_words().labels["express"].get("cs") is None


@pytest.mark.parametrize(
    ("overrides", "part"),
    [
        ({"label": {}}, "no group 'label'"),
        ({"labels": {"express": "fast"}}, "'labels.express' must be a mapping"),
        ({"labels": {"express": {"cs": 1}}}, "no text at 'labels.express.cs'"),
        ({"labels": "x"}, "'labels' must be a mapping"),
        ({"durations": {"plain": {"business days": {"cs": {"one": "{0} den"}}}}}, "lacks the plural category 'other'"),
    ],
)
def test_words_of_the_wrong_shape_are_refused(overrides, part):
    with pytest.raises(RegionError, match=part):
        load_words(overrides)
