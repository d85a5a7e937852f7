"""What of a machine's answer is repaired, and what is left to people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.glossary.match import TermBase
from polyhelp.glossary.repair import repaired
from polyhelp.model import Concept, Locale, PartOfSpeech, TermTarget
from polyhelp.text.inline import codes


def name(source, case_sensitive=True, **targets):
    return Concept(
        id=source,
        source=source,
        part=PartOfSpeech.NAME,
        do_not_translate=True,
        case_sensitive=case_sensitive,
        targets={Locale(tag.replace("_", "-")): TermTarget(source, forbidden=forms) for tag, forms in targets.items()},
    )


CARD, POINTS, SHOP = name("TrailCard"), name("Pine Points"), name("Kestrel & Pine")


def repair(concept, source, target, tag):
    text, left = repaired(TermBase([concept]), source, target, Locale(tag))
    return text, [one.forbidden or "missing" for one in left]


@pytest.mark.parametrize(
    ("concept", "tag", "target", "expected"),
    [
        (CARD, "de", "Ihre Trailcard ist da.", "Ihre TrailCard ist da."),
        (CARD, "de", "Ihre Trail Card ist da.", "Ihre TrailCard ist da."),
        (CARD, "de", "Ihre trail-card", "Ihre TrailCard"),
        (CARD, "de", "Das Trailcard-Guthaben", "Das TrailCard-Guthaben"),
        (CARD, "de", "Ihre Trailcards", "Ihre TrailCards"),
        (CARD, "sv", "Trailcardet gäller", "TrailCardet gäller"),
        (CARD, "fr", "La **TRAILCARD** est là.", "La **TrailCard** est là."),
        (CARD, "ja", "Ｔｒａｉｌ　Ｃａｒｄの残高", "Ｔｒａｉｌ　Ｃａｒｄの残高"),
        (CARD, "ja", "ＴｒａｉｌＣａｒｄの残高", "TrailCardの残高"),
        (CARD, "th", "ยอดtrailcardของคุณ", "ยอดTrailCardของคุณ"),
        (CARD, "zh-TW", "您的trailcard餘額", "您的TrailCard餘額"),
        (CARD, "ar", "رصيد وTrailcard", "رصيد وTrailCard"),
        (CARD, "tr", "Trailcard'ınız", "TrailCard'ınız"),
        (CARD, "fi", "Trailcardilla", "TrailCardilla"),
        (CARD, "pt-BR", "[Seu Trailcard](../trailcard.md)", "[Seu TrailCard](../trailcard.md)"),
        (POINTS, "fr", "Vos pine-points", "Vos Pine Points"),
        (POINTS, "de", "Ihre PinePoints", "Ihre Pine Points"),
        (SHOP, "sv", "Hos KESTREL & PINE", "Hos Kestrel & Pine"),
        (name("check-in", case_sensitive=False), "de", "Check in ist ab 15 Uhr.", "Check-in ist ab 15 Uhr."),
    ],
)
def test_a_name_gets_its_spelling_back(concept, tag, target, expected):
    text, left = repair(concept, f"Your {concept.source}", target, tag)
    assert text == expected
    assert left == ([] if text != target else ["missing"])


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        ("de", "Ihre Geschenkkarte"),
        ("ja", "トレイルカードの残高"),
        ("de", "Siehe `trailcard`"),
        ("de", "Siehe [hier](https://example.com/trailcard) und {trailcard}."),
        ("de", "[Karte](karte.md){ .trailcard title='trailcard' }"),
        ("de", "Ihre **Trail**card"),
        ("de", "Ihre Trailcardinale"),
        ("de", "Ihre Trailcard und die trailcard"),
    ],
)
def test_what_is_not_clearly_the_name_in_prose_stays(tag, target):
    assert repair(CARD, "Your TrailCard", target, tag) == (target, ["missing"])


def test_a_second_use_of_a_name_is_repaired_too():
    assert repair(CARD, "TrailCard or TrailCard", "TrailCard oder Trailcard", "de") == ("TrailCard oder TrailCard", [])


def test_a_hyphenated_compound_is_good_german_and_stays():
    assert repair(POINTS, "Your Pine Points account", "Ihr Pine-Points-Konto", "de") == ("Ihr Pine-Points-Konto", [])


def test_a_name_that_need_not_have_its_capitals_keeps_those_of_the_sentence():
    cookie = name("cookie", case_sensitive=False)
    assert repair(cookie, "the cookie", "das Cookie", "de") == ("das Cookie", [])


def refund(tag, allowed, *forbidden, source="refund"):
    names = TermTarget(allowed, deprecated=forbidden[1:], forbidden=forbidden[:1])
    return Concept(id="x", source=source, targets={Locale(tag): names})


@pytest.mark.parametrize(
    ("tag", "allowed", "forbidden", "target", "expected"),
    [
        ("ja", "返金", "リファンド", "リファンドの手続き", "返金の手続き"),
        ("ja", "返金", "リファンド", "リファンドします。", "返金します。"),
        ("zh-CN", "退款", "退錢", "我们会**退錢**给您，退錢很快。", "我们会**退款**给您，退款很快。"),
        ("zh-TW", "電子郵件", "電郵", "寄電郵給您", "寄電子郵件給您"),
        ("th", "คูปอง", "เวาเชอร์", "ใช้เวาเชอร์ได้", "ใช้คูปองได้"),
        ("vi", "hoàn tiền", "trả tiền", "Trả tiền trong 14 ngày", "Hoàn tiền trong 14 ngày"),
    ],
)
def test_a_known_form_is_replaced_where_words_do_not_inflect(tag, allowed, forbidden, target, expected):
    assert repair(refund(tag, allowed, forbidden), "refund", target, tag) == (expected, [])


def test_a_deprecated_form_is_replaced_as_well():
    concept = refund("ja", "返金", "リファンド", "払戻金")
    assert repair(concept, "refund", "払戻金の額", "ja") == ("返金の額", [])


@pytest.mark.parametrize(
    ("tag", "allowed", "forbidden", "target"),
    [
        ("de", "Erstattung", "Refundierung", "Die Refundierung kommt."),
        ("fr", "colis", "paquet", "Le paquet arrive."),
        ("ko", "환불", "리펀드", "리펀드를 받다"),
        ("ja", "払い戻す", "返す", "お金を返す"),
        ("ja", "返金", "払い戻し", "払い戻しの額"),
        ("zh-CN", "退款", "退錢", "退錢（退款）"),
        ("zh-CN", "退款", "退錢", "见 `退錢`，退 錢"),
    ],
)
def test_where_grammar_could_suffer_nothing_is_replaced(tag, allowed, forbidden, target):
    text, left = repair(refund(tag, allowed, forbidden), "refund", target, tag)
    assert text == target
    assert left == [forbidden]


def test_part_of_an_allowed_form_is_not_replaced():
    ja = Locale("ja")
    shipping = Concept(id="s", source="shipping", targets={ja: TermTarget("配送料", forbidden=("送料",))})
    back = Concept(id="r", source="return shipping", targets={ja: TermTarget("返品送料")})
    text, left = repaired(TermBase([shipping, back]), "shipping and return shipping", "送料と返品送料", ja)
    assert (text, left) == ("配送料と返品送料", ())


def test_a_listed_translation_of_a_name_is_replaced():
    assert repair(name("TrailCard", ja=("トレイルカード",)), "Your TrailCard", "トレイルカードの残高", "ja") == (
        "TrailCardの残高",
        [],
    )


def test_what_cannot_be_repaired_is_told():
    (one,) = repaired(TermBase([CARD]), "Your TrailCard", "Ihre Karte", Locale("de"))[1]
    assert one.hit.text == "TrailCard"
    assert one.target.preferred == "TrailCard"


MARKDOWN = st.lists(
    st.sampled_from(
        ["Trailcard", "trail card", "`trailcard`", "**", "_", "[", "](trailcard.md)", "{trailcard}", "<b>", "</b>", " ",
         "\n", "リファンド", "返金", "\\", "&amp;", "{ .trailcard }", "x"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(MARKDOWN, st.sampled_from(["de", "ja", "fi", "ar", "vi", "xx"]))
def test_the_markup_is_never_touched_and_a_second_repair_changes_nothing(target, tag):
    base = TermBase([CARD, refund(tag, "返金", "リファンド")])
    source = "TrailCard TrailCard refund"
    text, left = repaired(base, source, target, Locale(tag))
    assert codes(text) == codes(target)
    assert repaired(base, source, text, Locale(tag)) == (text, left)
    assert left == base.violations(source, text, Locale(tag))
