"""Locales: tags, parents, direction. The oracle is CLDR, as Babel brings it along."""

import babel
import pytest
from babel.core import get_global
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Locale


def chain(tag):
    here, found = Locale(tag), []
    while here := here.parent:
        found.append(here.tag)
    return found


@pytest.mark.parametrize(
    ("text", "tag", "parts"),
    [
        ("de", "de", ("de", "", "")),
        ("DE_at", "de-AT", ("de", "", "AT")),
        ("pt_br", "pt-BR", ("pt", "", "BR")),
        ("es-419", "es-419", ("es", "", "419")),
        ("ZH-HANT-tw", "zh-Hant-TW", ("zh", "Hant", "TW")),
        ("zh_TW", "zh-TW", ("zh", "Hant", "TW")),
        ("zh", "zh", ("zh", "Hans", "")),
        ("zh-SG", "zh-SG", ("zh", "Hans", "SG")),
        ("sr-latn", "sr-Latn", ("sr", "Latn", "")),
        ("fil", "fil", ("fil", "", "")),
    ],
)
def test_a_tag_is_read_in_any_case_and_written_in_one(text, tag, parts):
    locale = Locale.parse(text)
    assert (locale.tag, str(locale)) == (tag, tag)
    assert (locale.language, locale.script, locale.region) == parts
    assert Locale.parse(tag) == locale


@pytest.mark.parametrize(
    "text",
    ["", "d", "deutsch", "de-", "-de", "de DE", "de--AT", "de-AT-1901", "de\n", "*", "ſv", "de-٤١٩", "es-41", "i-x"],
)
def test_what_is_no_tag_is_told(text):
    with pytest.raises(ValueError, match="is not a language tag such as 'de', 'pt-BR' or 'zh-Hant-TW'"):
        Locale.parse(text)


@given(st.text(max_size=12))
def test_any_text_is_a_canonical_tag_or_a_value_error(text):
    try:
        locale = Locale.parse(text)
    except ValueError:
        return
    assert Locale.parse(locale.tag) == locale
    assert locale.tag.isascii()


@pytest.mark.parametrize(
    ("tag", "parents"),
    [
        ("de", []),
        ("de-AT", ["de"]),
        ("es-MX", ["es-419", "es"]),
        ("es-US", ["es-419", "es"]),
        ("es-ES", ["es"]),
        ("en-GB", ["en-001", "en"]),
        ("en-US", ["en"]),
        ("pt-BR", ["pt"]),
        ("pt-PT", []),  # plain "pt" is Brazilian
        ("pt-AO", ["pt-PT"]),
        ("zh-CN", ["zh"]),
        ("zh-TW", ["zh-Hant"]),
        ("zh-Hant-TW", ["zh-Hant"]),
        ("zh-MO", ["zh-HK", "zh-Hant"]),
        ("zh-Hant-MO", ["zh-Hant-HK", "zh-Hant"]),
        ("sr-Latn-RS", ["sr-Latn", "sr"]),
    ],
)
def test_where_to_look_next(tag, parents):
    assert chain(tag) == parents


def test_parents_are_those_of_cldr():
    parents = {
        child.replace("_", "-"): parent.replace("_", "-") for child, parent in get_global("parent_exceptions").items()
    }
    ours = {tag: parent for tag, parent in parents.items() if tag[:3] in {"en-", "es-", "pt-", "zh-"}}
    assert len(ours) > 100
    assert {tag: Locale(tag).parent.tag for tag in ours} == ours


@given(st.sampled_from(sorted(locale_identifiers())))
def test_every_chain_of_parents_ends(identifier):
    try:
        tag = Locale.parse(identifier).tag
    except ValueError:
        return  # a variant such as ca-ES-VALENCIA
    assert len(chain(tag)) < 5


@pytest.mark.parametrize("tag", ["zh-TW", "zh-HK", "zh-MO", "zh-Hant", "zh-Hant-TW", "zh-Hant-MO"])
def test_traditional_chinese_never_falls_to_simplified(tag):
    assert "zh" not in chain(tag)
    assert {Locale(parent).script for parent in chain(tag)} <= {"Hant"}


def test_the_direction_is_that_of_cldr():
    wrong = []
    for identifier in locale_identifiers():
        try:
            locale = Locale.parse(identifier)
        except ValueError:
            continue
        if locale.region:
            continue  # has its language's direction
        if locale.right_to_left != (babel.Locale.parse(identifier).character_order == "right-to-left"):
            wrong.append(identifier)
    assert wrong == []


@pytest.mark.parametrize(("tag", "rtl"), [("he", True), ("ar-EG", True), ("uz-Arab", True), ("ks-Deva", False)])
def test_a_script_decides_where_one_is_given(tag, rtl):
    assert Locale(tag).right_to_left is rtl
