from pathlib import Path

import pytest
from babel import Locale as CldrLocale
from ruamel.yaml import YAML

from polyhelp.errors import RegionError
from polyhelp.model import Locale
from polyhelp.regions.filters import words as words_module
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.filters.words import FORM, load_words

LOCALES = (
    "en", "ar", "bg", "cs", "da", "de", "el", "es", "es-419", "et", "fi", "fil", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "pl", "pt", "pt-PT", "ro", "ru", "sk", "sl", "sv", "th", "tr",
    "uk", "vi", "zh", "zh-Hant", "zh-TW", "zh-CN", "zh-Hant-HK", "pt-BR", "de-AT", "es-MX",
)  # fmt: skip
SERVICES = ("standard", "express", "pickup_point")
UNITS = ("hours", "calendar days", "business days", "months", "years")


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


@pytest.mark.parametrize("tag", LOCALES)
def test_every_locale_says_within(tag):
    formats = Formats(Locale(tag))
    for unit in UNITS:
        for length in (f"{amount} {unit}" for amount in ("1", "2", "3", "5", "11", "14", "21", "101", "2-4")):
            text = formats.within(length)
            assert "{" not in text
            assert tag.startswith(("en", "fil")) or "with" not in text
            assert any(character.isdigit() for character in text) or length[0] in "12"  # Arabic and Hebrew have words


@pytest.mark.parametrize(
    ("tag", "texts"),
    [
        ("en", "within 1 day|within 2 days|within 5 business days|within 1 month|within 2–4 business days"),
        ("de", ("innerhalb von 1 Tag|innerhalb von 2 Tagen|innerhalb von 5 Werktagen|innerhalb von 1 Monat|"
               "innerhalb von 2–4 Werktagen")),
        ("pl", "w ciągu 1 dnia|w ciągu 2 dni|w ciągu 5 dni roboczych|w ciągu 1 miesiąca|w ciągu 2–4 dni roboczych"),
        ("cs", "do 1 dne|do 2 dnů|do 5 pracovních dnů|do 1 měsíce|do 2–4 pracovních dnů"),
        ("ru", ("в течение 1 дня|в течение 2 дней|в течение 5 рабочих дней|в течение 1 месяца|"
               "в течение 2–4 рабочих дней")),
        ("fi", ("1 päivän kuluessa|2 päivän kuluessa|5 arkipäivän kuluessa|1 kuukauden kuluessa|"
               "2–4 arkipäivän kuluessa")),
        ("hu", "1 napon belül|2 napon belül|5 munkanapon belül|1 hónapon belül|2–4 munkanapon belül"),
        ("tr", "1 gün içinde|2 gün içinde|5 iş günü içinde|1 ay içinde|2–4 iş günü içinde"),
        ("lt", "per 1 dieną|per 2 dienas|per 5 darbo dienas|per 1 mėnesį|per 2–4 darbo dienas"),
        ("sl", "v 1 dnevu|v 2 dneh|v 5 delovnih dneh|v 1 mesecu|v 2–4 delovnih dneh"),
        ("ja", "1 日以内|2 日以内|5 営業日以内|1 か月以内|2–4 営業日以内"),
        ("th", "ภายใน 1 วัน|ภายใน 2 วัน|ภายใน 5 วันทำการ|ภายใน 1 เดือน|ภายใน 2–4 วันทำการ"),
        ("ar", "خلال يوم واحد|خلال يومين|(خلال 5 أيام عمل)|خلال شهر واحد|(خلال 2–4 أيام عمل)"),
    ],
)  # fmt: skip
def test_within_takes_the_form_that_its_language_needs(tag, texts):
    lengths = ("1 calendar day", "2 calendar days", "5 business days", "1 month", "2-4 business days")
    written = "|".join(Formats(Locale(tag)).within(length) for length in lengths)
    assert written.replace("\u2068", "(").replace("\u2069", ")") == texts


def test_plural_categories_are_those_of_cldr():
    for form, units in load_words().durations.items():
        for unit, locales in units.items():
            assert unit in UNITS
            for tag, patterns in locales.items():
                known = set(CldrLocale.parse(tag, sep="-").plural_form.tags) | {"other"}
                assert set(patterns) <= known, (form, unit, tag)
                assert "other" in patterns
                assert "{0}" in patterns["other"]
                for category, pattern in patterns.items():
                    # only a word for exactly one or two may stand without its number
                    assert "{0}" in pattern or (category in {"one", "two"} and tag in {"ar", "he"}), (form, unit, tag)


def test_every_form_that_within_asks_for_has_all_units():
    words = load_words()
    for tag, pattern in words.phrases["within"].items():
        form = FORM.findall(pattern)[0]
        for unit in UNITS:
            assert form == "plain" or tag in words.durations[form][unit], (tag, form, unit)


def test_the_words_of_the_data_in_the_languages_of_policies():
    words = load_words()
    for word, texts in words.labels.items():
        for tag in ("en", "sv", "de", "fr", "ja", "th", "zh-TW", "zh-CN", "pt-BR", "ar"):
            assert words.named(word, Locale(tag)), (word, tag)
        english = texts["en"]
        assert [tag for tag in ("sv", "ja", "th", "zh", "zh-Hant", "ar") if texts.get(tag) == english] in (
            [], ["sv"],
        ), word  # fmt: skip
        if "-" in word or word in {*SERVICES, "email", "phone", "chat", "post", "form"}:
            assert all(words.named(word, Locale(tag)) for tag in LOCALES), word


def test_words_file_has_no_key_twice_and_no_stray_locale():
    text = Path(words_module.__file__).with_name("words.yml").read_text(encoding="utf-8")
    strict = YAML(typ="safe", pure=True).load(text)  # raises for a key that is there twice
    for name, texts in (strict["labels"] | strict["phrases"]).items():
        assert set(texts) <= {*LOCALES, "und"}, name


def test_children_use_their_parents_words_but_scripts_stay_apart():
    words = load_words()
    assert words.label("express", Locale("de-AT")) == "Expressversand"
    assert words.label("standard", Locale("zh-TW")) == "標準配送"
    assert words.label("standard", Locale("zh-Hans-CN")) == "标准配送"
    assert words.label("pickup_point", Locale("pt-BR")) == "Ponto de retirada"
    assert words.label("pickup_point", Locale("pt-PT")) == "Ponto de recolha"


def test_a_missing_label_names_word_locale_and_way_out():
    with pytest.raises(RegionError) as caught:
        load_words().label("express", Locale("sw"))
    assert "'express' in the locale 'sw'" in caught.value.message
    assert "labels: {express: {sw: ...}}" in caught.value.hint


def test_a_mistyped_label_gets_a_guess():
    with pytest.raises(RegionError) as caught:
        load_words().label("expres", Locale("de"))
    assert caught.value.hint == "did you mean 'express'?"


def test_words_may_be_passed_in():
    words = load_words(
        {
            "labels": {"express": {"sw": "Haraka"}, "locker": {"en": "Locker"}},
            "durations": {"plain": {"business days": {"sw": {"other": "siku {0} za kazi"}}}},
            "phrases": {"within": {"sw": "ndani ya {plain}"}},
        }
    )
    swahili = Formats(Locale("sw"), "KE", words)
    assert swahili.label("express") == "Haraka"
    assert swahili.duration("5 business days") == "siku 5 za kazi"
    assert swahili.within("5 business days") == "ndani ya siku 5 za kazi"
    assert Formats(Locale("pl"), "PL", words).duration("14 calendar days", case="genitive") == "14 dni"
    assert Formats(Locale("en"), "", words).label("locker") == "Locker"
    assert load_words().labels["express"].get("sw") is None


@pytest.mark.parametrize(
    ("overrides", "part"),
    [
        ({"label": {}}, "no group 'label'"),
        ({"labels": {"express": "fast"}}, "'labels.express' must be a mapping"),
        ({"labels": {"express": {"cs": 1}}}, "no text at 'labels.express.cs'"),
        ({"labels": "x"}, "'labels' must be a mapping"),
        ({"durations": {"plain": {"business days": {"sw": {"one": "siku {0}"}}}}}, "lacks the plural category 'other'"),
        ({"phrases": {"within": {"sw": "ndani ya {0}"}}}, "phrases.within.sw needs one place for a duration"),
        ({"phrases": {"within": {"sw": "{plain} {plain}"}}}, "phrases.within.sw needs one place for a duration"),
        ({"phrases": {"within": {"sw": "{datve}"}}}, "phrases.within.sw needs one place for a duration"),
        ({"phrases": {"days": {"sw": "{0} hadi"}}}, r"phrases.days.sw needs \{0\} and \{1\}"),
        ({"phrases": {"withn": {"sw": "ndani ya {plain}"}}}, "there is no phrase 'withn'"),
        ({"phrases": {"aside": {"sw": "{0} ({2})"}}}, r"phrases.aside.sw needs \{0\} and \{1\}"),
    ],
)
def test_words_of_the_wrong_shape_are_refused(overrides, part):
    with pytest.raises(RegionError, match=part):
        load_words(overrides)
