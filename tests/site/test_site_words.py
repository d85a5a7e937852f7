"""Which language the site speaks to its readers in each locale."""

import pytest

from polyhelp.model import Locale
from polyhelp.site import words


def said(tag):
    """All words of a locale."""
    return [words.own(name, Locale(tag)) for name in words.names()]


@pytest.mark.parametrize(
    ("tag", "same"),
    [
        ("es-419", "es"), ("es-MX", "es"), ("en-GB", "en"), ("de-AT", "de"), ("fr-CA", "fr"),
        ("zh-HK", "zh-TW"), ("zh-MO", "zh-TW"), ("zh-Hant", "zh-TW"), ("zh-Hant-HK", "zh-TW"),
        ("zh", "zh-CN"), ("zh-Hans", "zh-CN"), ("zh-SG", "zh-CN"), ("zh-Hans-CN", "zh-CN"),
        ("pt-PT", "pt"), ("pt-AO", "pt"), ("no", "nb"), ("ar-EG", "ar"),
    ],
)  # fmt: skip
def test_a_locale_without_words_of_its_own_has_those_of_its_language_and_script(tag, same):
    assert said(tag) == said(same)
    assert all(said(tag))


def test_the_two_scripts_of_chinese_and_the_two_kinds_of_portuguese_stay_apart():
    assert said("zh-HK") != said("zh-CN")
    assert said("pt-PT") != said("pt-BR")


@pytest.mark.parametrize("tag", ["fil", "sw", "pa"])
def test_a_language_that_is_not_brought_has_no_words(tag):
    assert not any(said(tag))  # its catalog has them
