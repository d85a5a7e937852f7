"""Language codes of translation services: which one serves a locale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.engines.codes import modern, nearest
from polyhelp.model import Locale

DEEPL = [
    "AR",
    "BG",
    "CS",
    "DA",
    "DE",
    "EL",
    "EN-GB",
    "EN-US",
    "ES",
    "ES-419",
    "ET",
    "FI",
    "FR",
    "HE",
    "HU",
    "ID",
    "IT",
    "JA",
    "KO",
    "LT",
    "LV",
    "NB",
    "NL",
    "PL",
    "PT-BR",
    "PT-PT",
    "RO",
    "RU",
    "SK",
    "SL",
    "SV",
    "TH",
    "TR",
    "UK",
    "VI",
    "ZH",
    "ZH-HANS",
    "ZH-HANT",
]
GOOGLE = [
    "ar",
    "de",
    "en",
    "es",
    "fr",
    "iw",
    "id",
    "ja",
    "jw",
    "fil",
    "no",
    "pt",
    "pt-PT",
    "sr",
    "sv",
    "th",
    "tl",
    "zh",
    "zh-CN",
    "zh-TW",
]
LIBRE = ["ar", "de", "en", "es", "fr", "ja", "nb", "pb", "pt", "th", "tl", "zh", "zt"]
APERTIUM = ["eng", "spa", "cat", "glg", "por", "por_BR", "nob", "hbs"]


@pytest.mark.parametrize(
    ("tag", "codes", "code"),
    [
        ("zh-TW", DEEPL, "ZH-HANT"),
        ("zh-HK", DEEPL, "ZH-HANT"),
        ("zh-CN", DEEPL, "ZH"),
        ("zh-Hans", DEEPL, "ZH-HANS"),
        ("pt-BR", DEEPL, "PT-BR"),
        ("pt", DEEPL, "PT-BR"),
        ("pt-PT", DEEPL, "PT-PT"),
        ("pt-AO", DEEPL, "PT-PT"),
        ("es-MX", DEEPL, "ES-419"),
        ("es-ES", DEEPL, "ES"),
        ("en", DEEPL, "EN-US"),
        ("en-AU", DEEPL, "EN-GB"),
        ("en-CA", DEEPL, "EN-US"),
        ("no", DEEPL, "NB"),
        ("nb-NO", DEEPL, "NB"),
        ("iw", DEEPL, "HE"),
        ("in", DEEPL, "ID"),
        ("de-AT", DEEPL, "DE"),
        ("hi", DEEPL, ""),
        ("nn", DEEPL, ""),
        ("he", GOOGLE, "iw"),
        ("nb", GOOGLE, "no"),
        ("fil", GOOGLE, "fil"),
        ("jv", GOOGLE, "jw"),
        ("zh-CN", GOOGLE, "zh-CN"),
        ("zh-TW", GOOGLE, "zh-TW"),
        ("zh-HK", GOOGLE, "zh-TW"),
        ("pt-BR", GOOGLE, "pt"),
        ("es-MX", GOOGLE, "es"),
        ("sr", GOOGLE, "sr"),
        ("sr-Latn", GOOGLE, ""),
        ("zh-TW", LIBRE, "zt"),
        ("zh-CN", LIBRE, "zh"),
        ("pt-BR", LIBRE, "pb"),
        ("pt-PT", LIBRE, "pt"),
        ("fil", LIBRE, "tl"),
        ("es", APERTIUM, "spa"),
        ("pt-BR", APERTIUM, "por_BR"),
        ("no", APERTIUM, "nob"),
        ("sr-Latn", APERTIUM, "hbs"),
    ],
)
def test_the_code_that_serves_a_locale_best(tag, codes, code):
    assert nearest(Locale(tag), codes) == code
    assert nearest(Locale(tag), reversed(codes)) == code


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-TW", "zh"),
        ("zh-TW", "ZH-HANS"),
        ("zh-Hant", "zh-CN"),
        ("zh-CN", "zh-Hant"),
        ("zh", "zt"),
        ("pt-PT", "pt-BR"),
        ("pt-AO", "pt-BR"),
        ("pt-BR", "pt-PT"),
        ("sr-Latn", "sr"),
        ("sr", "sr-Latn"),
        ("hi-Latn", "hi"),
        ("de", "auto"),
        ("be", "be-tarask"),
        ("de", ""),
    ],
)
def test_a_code_that_does_not_serve(tag, code):
    assert nearest(Locale(tag), [code]) == ""


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt-PT", "pt"),
        ("pt", "pt-BR"),
        ("zh", "zh_CN"),
        ("zh-Hant-TW", "zh-TW"),
        ("de-AT", "de-DE"),
        ("es-AR", "es_MX"),
        ("zh-HK", "zh-cht"),
        ("sr-ME", "sr-Latn"),
        ("fr-CA", "FRA"),
    ],
)
def test_a_code_that_serves_for_want_of_a_nearer_one(tag, code):
    assert nearest(Locale(tag), ["xx", code, "auto"]) == code


def test_without_codes_there_is_none():
    assert nearest(Locale("de"), []) == ""


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("iw", "he"),
        ("in", "id"),
        ("no", "nb"),
        ("no-NO", "nb-NO"),
        ("zt", "zh-Hant"),
        ("PT_br", "pt-BR"),
        ("sh", "sr-Latn"),
        ("tl", "fil"),
        ("zh_hant", "zh-Hant"),
        ("eng", "en"),
        ("de", "de"),
        ("auto", ""),
        ("be-tarask", ""),
        ("", ""),
    ],
)
def test_a_code_as_it_is_written_today(code, tag):
    assert modern(code) == tag


@given(
    st.sampled_from(
        [
            "zh",
            "zh-TW",
            "zh-CN",
            "zh-HK",
            "pt",
            "pt-BR",
            "pt-PT",
            "es",
            "es-MX",
            "en",
            "sr",
            "sr-Latn",
            "nb",
            "he",
            "fil",
        ]
    ),
    st.lists(st.sampled_from([*DEEPL, *GOOGLE, *LIBRE, *APERTIUM]), max_size=6),
)
def test_the_answer_is_one_of_the_codes_and_an_exact_one_wins(tag, codes):
    found = nearest(Locale(tag), codes)
    assert found in {*codes, ""}
    assert modern(nearest(Locale(tag), [*codes, tag])) == modern(tag)
