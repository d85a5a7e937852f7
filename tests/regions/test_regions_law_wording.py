"""What a page must not say, and the languages that it must be there in."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Locale, Severity
from polyhelp.regions.law import prose, wording

sys.path.append(str(Path(__file__).parent))
from law_cases import DAY, fact, found, law, page

AU = law(withdrawal__forbidden_statements=("no refunds",))
ODR = law(**{"duties__odr-link-removed": fact("duties", "odr-link-removed", "closed", since=DAY)})


def said(rule, known, text, locale="en", **more):
    return found(f"wording-{rule}", known, [page(text, locale, **more)])


@pytest.mark.parametrize(
    "text",
    [
        "No refunds on sale items.",
        "Sorry, **NO REFUNDS**!",
        "no&nbsp;refunds",
        "no\nrefunds",
        "No re\N{SOFT HYPHEN}funds.",
        "ＮＯ　ＲＥＦＵＮＤＳ",
        "| Sale | no refunds |",
        "[No refunds](refunds.md)",
        "This item is non-refundable.",
        "This item is non\N{NON-BREAKING HYPHEN}refundable.",
    ],
)
def test_no_refunds_is_found_however_it_is_written(text):
    (issue,) = said("no-refunds", AU, text)
    assert issue.severity is Severity.ERROR
    assert "content/policies/returns.md (en)" in issue.message
    assert (issue.page, issue.locale) == ("content/policies/returns.md", Locale("en"))


@pytest.mark.parametrize(
    "text",
    [
        "No refunds will be given if you have simply changed your mind.",
        "Can I wait? No. Refunds take five days.",
        "There are no\n\nRefunds come fast.",
        "See [our terms](no-refunds.md).",
        "<!-- no refunds --> Refunds come fast.",
        "We know refunds.",
        "- Fee: no\n- Refunds: yes",
    ],
)
def test_what_only_looks_like_it_is_not(text):
    assert said("no-refunds", AU, text) == []


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de", "Bei Sale-Artikeln gibt es keine Rückerstattungen."),
        ("de-CH", "Keine Rückgabe!"),
        ("fr", "Aucun remboursement sur les soldes."),
        ("pt-BR", "Não fazemos reembolsos."),
        ("ja", "セール品の返金はできません。"),
        ("zh-CN", "促销商品概不 退换。"),
        ("zh-TW", "特價商品概不退換。"),
        ("th", "สินค้าลดราคาไม่คืนเงิน"),
        ("ar", "البضاعةُ المباعة لا تُرد ولا تُستبدل"),
        ("ko", "할인 상품은 환불불가입니다."),
        ("tr", "İndirimli ürünlerde İADE YAPILMAZ."),
        ("pl", "Brak zwrotów."),
        ("fi", "Alennustuotteista ei palautuksia."),
    ],
)
def test_it_is_found_in_the_language_of_the_page(locale, text):
    assert len(said("no-refunds", AU, text, locale)) == 1


def test_traditional_and_simplified_chinese_are_two_languages():
    assert said("no-refunds", AU, "概不退換", "zh-CN") == []
    assert said("no-refunds", AU, "概不退换", "zh-TW") == []


def test_a_page_that_is_not_translated_is_read_in_the_source_language():
    assert said("no-refunds", AU, "No refunds.", "de") == []
    assert len(said("no-refunds", AU, "No refunds.", "de", original=True)) == 1
    assert len(said("no-refunds", AU, "No refunds.", "de", partial=True)) == 1


def test_a_law_without_the_fact_forbids_nothing():
    assert said("no-refunds", law(), "No refunds.") == []


@pytest.mark.parametrize(
    "text",
    [
        "<https://ec.europa.eu/consumers/odr>",
        "[here](https://EC.europa.eu/consumers/odr/main)",
        "Use the ODR platform.",
    ],
)
def test_the_dead_link_is_found_in_every_article(text):
    assert len(said("odr-link", ODR, text)) == 1
    assert len(said("odr-link", ODR, text, shared=True)) == 1


def test_articles_for_all_regions_are_not_held_against_one_regions_law():
    assert said("no-refunds", AU, "No refunds.", shared=True) == []


@pytest.mark.parametrize(
    ("rule", "known", "locale", "bad", "good"),
    [
        (
            "plus-tax",
            law(payments__price_display="tax_included"),
            "de",
            "Alle Preise zzgl. MwSt.",
            "Preise inkl. MwSt.",
        ),
        ("plus-tax", law(payments__price_display="tax_included"), "ja", "価格は税抜です", "価格は税込です"),
        (
            "right-claimed",
            law(withdrawal__right_exists=False),
            "de",
            "Sie haben das Recht, diesen Vertrag binnen 14 Tagen zu widerrufen.",
            "Sie haben kein gesetzliches Recht. Einen Vertrag zu widerrufen ist freiwillig.",
        ),
        (
            "right-claimed",
            law(withdrawal__right_exists=False),
            "en",
            "The law gives you the right to return it.",
            "It does not limit the rights that the law gives you.",
        ),
        (
            "packaging",
            law(withdrawal__sealed_box="no sealed box"),
            "pt-BR",
            "Devolva na embalagem original.",
            "Você não precisa da embalagem original.",
        ),
        (
            "restocking-fee",
            law(withdrawal__no_cost_to_consumer=True),
            "en",
            "A restocking fee of 10 % applies.",
            "We never charge a restocking fee.",
        ),
        (
            "final-sale",
            law(withdrawal__right_exists=True),
            "en",
            "All sales are final.",
            "Personalised items: no refunds.",
        ),
        ("hidden-fees", law(payments__mandatory_fees="all in"), "en", "10 EUR plus service fee", "All fees included"),
    ],
)
def test_statements_and_what_is_right_instead(rule, known, locale, bad, good):
    assert len(said(rule, known, bad, locale)) == 1
    assert said(rule, known, good, locale) == []


def test_every_phrase_finds_itself():
    for statement in wording.statements():
        for locale, phrases in statement.phrases.items():
            for phrase in phrases:
                text = prose.plain(phrase.replace("...", "this").replace("*", ""))
                spaced, close = prose.patterns((phrase,))
                hit = (spaced and spaced.search(text)) or (close and close.search(prose.squeezed(text)))
                assert hit, (statement.name, locale, phrase)


def test_every_language_has_every_grave_statement():
    by_name = {statement.name: statement.phrases for statement in wording.statements()}
    demo = {"en", "de", "fr", "sv", "ja", "th", "zh", "zh-Hant", "pt", "ar"}
    more = {"es", "it", "nl", "pl", "ko", "tr", "da", "nb", "fi"}
    for name in ("no-refunds", "odr-link", "plus-tax"):
        assert demo | more <= by_name[name].keys(), name


def test_phrases_are_texts_and_no_switches():
    phrases = [one for statement in wording.statements() for part in (statement.phrases, statement.unless)
               for many in part.values() for one in many]  # fmt: skip
    assert all(isinstance(phrase, str) and phrase.strip() for phrase in phrases)
    assert all(re.search(r"\w", phrase) for phrase in phrases)


@given(st.text())
def test_any_text_can_be_read(text):
    plain = prose.plain(text)
    assert plain == " ".join(plain.split())
    said("no-refunds", AU, text)


# ---------------------------------------------------------------- languages

FRENCH = law(duties__french=fact("duties", "french", ("fr",), kind="language"))


def test_a_region_without_its_language_is_an_error():
    (issue,) = found("language", FRENCH, languages=("en",))
    assert issue.severity is Severity.ERROR
    assert found("language", FRENCH, languages=("en", "fr-CA")) == []


def test_a_help_center_without_the_language_is_told():
    (issue,) = found("language", FRENCH, [page("Hello"), page("Hallo", "de")])
    assert "no locale in 'fr'" in issue.message


@pytest.mark.parametrize(("state", "fine"), [({}, True), ({"original": True}, False), ({"partial": True}, False)])
def test_the_page_is_really_there_in_the_language(state, fine):
    issues = found("language", FRENCH, [page("Hello"), page("Bonjour", "fr", **state)])
    assert bool(issues) is not fine
    if issues:
        assert "content/policies/returns.md (fr) is not translated in full" in issues[0].message
        assert "polyhelp status --locale fr" in issues[0].hint
