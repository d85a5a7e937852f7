"""The target side: what satisfies the term base in each language, and what breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.glossary.families import family
from polyhelp.glossary.match import TermBase
from polyhelp.model import Concept, Locale, PartOfSpeech, Severity, TermTarget

S = "We send the refund."


def base(tag, *allowed, forbidden=(), deprecated=(), source="refund", part=PartOfSpeech.NOUN, **more):
    names = TermTarget(allowed[0], allowed[1:], tuple(deprecated), tuple(forbidden))
    return TermBase([Concept(id=source, source=source, part=part, targets={Locale(tag): names}, **more)])


def broken(terms, tag, target, source=S, path=""):
    return [one.forbidden or "missing" for one in terms.violations(source, target, Locale(tag), path)]


USES = [
    # German: inflection, compounds with and without hyphen, linking letters, separable verbs
    ("de", "Erstattung", "Wir veranlassen die Erstattungen."),
    ("de", "Erstattung", "Ihr Erstattungsbetrag ist unterwegs."),
    ("de", "Bestellnummer", "Ihre Bestell-Nummern stehen in der E-Mail."),
    ("de", "Pfad-Parameter", "des Pfadparameters"),
    ("de", "Defaultwert", "mit dem „Default“-Wert"),
    ("de", "Geschenkkarte", "Geschenkkarten"),
    ("de", "Rückgabeetikett", "des Rückgabeetiketts"),
    ("de", "zurücksenden", "Senden Sie den Artikel innerhalb der Frist zurück."),
    ("de", "zurücksenden", "um den Artikel zurückzusenden"),
    ("de", "zurücksenden", "Der Artikel wurde zurückgesendet."),
    ("de", "für Firmenkunden", "Firmenkunden"),
    # Swedish
    ("sv", "återbetalning", "Vi har skickat återbetalningen."),
    ("sv", "återbetalning", "Återbetalningarna kommer på fredag."),
    ("sv", "ordernummer", "Ordernumret står i mejlet."),
    ("sv", "returetikett", "Skriv ut returetiketterna."),
    ("sv", "leverans", "leveranstiden"),
    # French: elision, typographic apostrophe, articles that come and go, coordination
    ("fr", "remboursement", "Les remboursements sont versés."),
    ("fr", "bon de retour", "Imprimez vos bons de retour."),
    ("fr", "corps de la requête", "un corps de requête"),
    ("fr", "chemin d'accès", "les chemins d’accès"),
    ("fr", "paramètre de requête", "des paramètres de chemin et de requête"),
    ("fr", "numéro de commande", "le numéro de votre commande"),
    # Portuguese
    ("pt-BR", "devolução", "As devoluções são gratuitas."),
    ("pt-BR", "cartão-presente", "Seus cartões-presente"),
    ("pt-BR", "número do pedido", "os números dos pedidos"),
    # Spanish
    ("es", "devolución", "las devoluciones"),
    # Japanese: no spaces, inflected verbs, full-width letters
    ("ja", "返金", "返金いたします。"),
    ("ja", "払い戻す", "代金を払い戻します。"),
    ("ja", "返品する", "商品を返品してください。"),
    ("ja", "PDFファイル", "ＰＤＦファイルをご覧ください。"),
    ("ja", "サーバー", "サーバの設定"),
    ("ja", "注文番号", "ご注文 番号"),
    # Korean, Chinese, Thai
    ("ko", "환불", "환불은 5일 안에 됩니다."),
    ("ko", "반품하다", "상품을 반품할 수 있습니다."),
    ("zh-TW", "退款", "我們會為您辦理退款。"),
    ("zh-CN", "订单号", "请提供订单号。"),
    ("th", "การคืนเงิน", "เราจะดำเนินการคืนเงินให้คุณ"),
    # Arabic: article, clitics, vowel marks, broken plural
    ("ar", "استرداد", "سنقوم بالاسترداد قريبًا."),
    ("ar", "طلب", "رقم الطلبات"),
    ("ar", "طرد", "الطرود"),
    ("ar", "فاتورة", "وفاتورتك"),
    ("ar", "مُرتجَع", "المرتجع"),
    # others
    ("ru", "возврат средств", "возвратом ваших средств"),
    ("uk", "замовлення", "замовленням"),
    ("pl", "zwrot", "zwrotów"),
    ("tr", "iade", "iadeniz"),
    ("fi", "palautus", "palautuksesi"),
    ("hi", "धनवापसी", "आपकी धनवापसी"),
    ("el", "επιστροφή", "Οι επιστροφές"),
]


@pytest.mark.parametrize(("tag", "form", "target"), USES)
def test_an_inflected_use_satisfies_the_term_base(tag, form, target):
    assert broken(base(tag, form), tag, target) == []


MISSED = [
    ("de", "Erstattung", "Sie bekommen Ihr Geld zurück."),
    ("de", "ändern", "sollte nicht verändert werden"),
    ("sv", "återbetalning", "Du får pengarna tillbaka."),
    ("fr", "remboursement", "Nous renvoyons votre argent."),
    ("pt-BR", "reembolso", "Devolvemos o dinheiro."),
    ("ja", "返金", "代金をお返しします。"),
    ("th", "การคืนเงิน", "เราจะส่งเงินกลับให้คุณ"),
    ("zh-TW", "退款", "我們會退錢給您。"),
    ("zh-CN", "退款", "我们会把钱退给您。"),
    ("ar", "استرداد", "سنعيد إليك المال."),
    ("de", "Erstattung", "Siehe `Erstattung` und [hier](erstattung.md)."),
]


@pytest.mark.parametrize(("tag", "form", "target"), MISSED)
def test_another_word_is_a_violation(tag, form, target):
    assert broken(base(tag, form), tag, target) == ["missing"]


def test_an_admitted_form_is_as_good_as_the_preferred_one():
    assert broken(base("de", "Erstattung", "Rückzahlung"), "de", "Die Rückzahlung folgt.") == []


def test_a_segment_without_the_source_term_is_never_judged():
    assert broken(base("de", "Erstattung", forbidden=["Rückgabe"]), "de", "Die Rückgabe", source="Hello") == []


def test_one_use_is_enough_for_a_term_that_occurs_twice():
    terms = base("de", "Erstattung")
    assert (
        broken(terms, "de", "Die Erstattung kommt, sie dauert.", source="The refund comes, the refund takes time.")
        == []
    )
    assert broken(terms, "de", "Das Geld kommt.", source="The refund comes, the refund takes time.") == ["missing"]


@pytest.mark.parametrize(
    ("tag", "allowed", "forbidden", "target"),
    [
        ("de", "Erstattung", "Rückvergütung", "Die Rückvergütungen und Erstattungen"),
        ("de", "Workerprozess", "Arbeiterprozess", "des Arbeiter-Prozesses"),
        ("sv", "återbetalning", "refundering", "Refunderingen kommer."),
        ("fr", "remboursement", "restitution", "Les restitutions et remboursements"),
        ("pt-BR", "reembolso", "devolução", "As devoluções e reembolsos"),
        ("ja", "返金", "リファンド", "リファンドと返金"),
        ("zh-TW", "退款", "退钱", "退钱、退款"),
        ("th", "การคืนเงิน", "รีฟันด์", "รีฟันด์ การคืนเงิน"),
        ("ar", "استرداد", "تعويض", "والتعويض استرداد"),
        ("ko", "환불", "리펀드", "리펀드는 환불"),
    ],
)
def test_a_forbidden_form_is_found_beside_an_allowed_one(tag, allowed, forbidden, target):
    assert broken(base(tag, allowed, forbidden=[forbidden]), tag, target) == [forbidden]


@pytest.mark.parametrize(
    ("tag", "allowed", "forbidden", "target"),
    [
        ("es", "documentación", "documentos", "la documentación"),
        ("es", "import", "importación", "para importar el import"),
        ("ko", "햄버거", "버거", "햄버거 두 개"),
        ("de", "Gutschein", "Schein", "Gutscheine"),
        ("ja", "返品送料", "送料", "返品送料は無料です。"),
    ],
)
def test_a_forbidden_form_inside_an_allowed_one_or_of_another_word_does_not_count(tag, allowed, forbidden, target):
    assert broken(base(tag, allowed, forbidden=[forbidden]), tag, target) == []


def test_what_one_term_forbids_another_may_allow_in_the_same_segment():
    de = Locale("de")
    refund = Concept(id="refund", source="refund", targets={de: TermTarget("Erstattung", forbidden=("Rückgabe",))})
    back = Concept(id="return", source="return", targets={de: TermTarget("Rückgabe")})
    terms = TermBase([refund, back])
    source = "The refund follows the return."
    assert terms.violations(source, "Die Erstattung folgt auf die Rückgabe.", de) == ()
    assert broken(terms, "de", "Die Rückgabe", source="The refund") == ["Rückgabe"]


def test_a_forbidden_form_is_reported_instead_of_the_missing_one():
    assert broken(base("de", "Erstattung", forbidden=["Rückgabe"]), "de", "Die Rückgabe") == ["Rückgabe"]


def test_a_deprecated_form_is_reported_as_such():
    (one,) = base("de", "Erstattung", deprecated=["Vergütung"]).violations(S, "Die Vergütung", Locale("de"))
    assert one.forbidden == "Vergütung"
    assert one.forbidden in one.target.deprecated


def keep(source, case_sensitive=False, **targets):
    return TermBase(
        [
            Concept(
                id="x",
                source=source,
                part=PartOfSpeech.NAME,
                do_not_translate=True,
                case_sensitive=case_sensitive,
                targets={Locale(tag): TermTarget(source, forbidden=forms) for tag, forms in targets.items()},
            )
        ]
    )


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        ("de", "Ihre TrailCards sind da."),
        ("de", "Das TrailCard-Guthaben"),
        ("sv", "TrailCardet"),
        ("fr", "La TrailCard"),
        ("ja", "TrailCardの残高"),
        ("th", "ยอดคงเหลือTrailCardของคุณ"),
        ("ar", "رصيد وTrailCard"),
        ("tr", "TrailCard'ınız"),
        ("fi", "TrailCardilla"),
        ("zh-TW", "您的 TrailCard"),
        ("de", "Tippen Sie auf `TrailCard`."),
        ("de", "Drücken Sie <kbd>TrailCard</kbd>."),
        ("de", "Ihre **Trail**Card"),
    ],
)
def test_a_kept_name_is_found_with_what_the_language_attaches(tag, target):
    assert broken(keep("TrailCard"), tag, target, source="Your TrailCard") == []


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        ("de", "Ihre Geschenkkarte"),
        ("ja", "トレイルカードの残高"),
        ("de", "[Ihre Karte](../trailcard.md)"),
        ("es", "las TrailCardas"),
    ],
)
def test_a_translated_or_changed_name_is_a_violation(tag, target):
    assert broken(keep("TrailCard"), tag, target, source="Your TrailCard") == ["missing"]


def test_a_kept_word_of_english_is_not_taken_for_a_word_of_the_target_language():
    assert broken(keep("list"), "es", "una lista con listas", source="the list") == ["missing"]


def test_a_kept_name_may_forbid_translations():
    assert broken(keep("cookie", de=("Keks",)), "de", "Cookies sind klein.", source="Cookies") == []
    assert broken(keep("cookie", de=("Keks",)), "de", "Cookie, der Keks", source="Cookies") == ["Keks"]


def test_a_case_sensitive_name_wants_its_case():
    assert broken(keep("Pine Points", True), "de", "Ihre pine points", source="Pine Points") == ["missing"]
    assert broken(keep("Pine Points"), "de", "Ihre pine points", source="Pine Points") == []


def test_a_name_in_the_middle_of_the_sentence_may_stay():
    terms = base("de", "Anfrage", source="request")
    assert broken(terms, "de", "Öffnen Sie Request.", source="Open the page in Request.") == []
    assert broken(terms, "de", "Öffnen Sie die Bitte.", source="Open the request.") == ["missing"]


def test_homographs_are_satisfied_by_either():
    de = Locale("de")
    noun = Concept(id="n", source="return", targets={de: TermTarget("Retoure")})
    verb = Concept(id="v", source="return", part=PartOfSpeech.VERB, targets={de: TermTarget("zurücksenden")})
    terms = TermBase([noun, verb])
    assert terms.violations("Returns", "Zurücksenden", de) == ()
    assert terms.violations("Returns", "Retouren", de) == ()
    assert len(terms.violations("Returns", "Umtausch", de)) == 1


def test_terms_that_are_not_enforced_or_have_no_name_here_are_silent():
    assert broken(base("de", "Erstattung", enforce=None), "de", "Geld") == []
    assert broken(base("de", "Erstattung"), "fr", "argent") == []


def test_a_region_takes_the_names_of_its_parent_locale():
    assert broken(base("de", "Erstattung"), "de-AT", "Geld") == ["missing"]
    assert broken(base("zh-Hant", "退款"), "zh-TW", "退錢") == ["missing"]
    assert broken(base("zh-Hans", "退款"), "zh-TW", "退錢") == []


def test_the_finder_knows_its_locale_and_path():
    terms = base("de", "Erstattung", scope=("policies/*",))
    assert len(terms.finder(Locale("de"), "policies/returns.md")(S, "Geld")) == 1
    assert terms.finder(Locale("de"), "index.md")(S, "Geld") == ()


def test_a_violation_knows_the_place_in_the_source():
    (one,) = base("de", "Erstattung", enforce=Severity.ERROR).violations(S, "Geld", Locale("de"))
    assert (one.hit.start, one.hit.end) == (12, 18)
    assert one.hit.concept.enforce is Severity.ERROR
    assert one.target.preferred == "Erstattung"


TAGS = st.sampled_from(
    [
        "de",
        "sv",
        "fr",
        "pt-BR",
        "es",
        "it",
        "nl",
        "da",
        "ru",
        "pl",
        "uk",
        "ar",
        "he",
        "fa",
        "ja",
        "ko",
        "th",
        "zh-TW",
        "zh-CN",
        "vi",
        "tr",
        "fi",
        "hi",
        "el",
        "id",
        "xx",
    ]
)
FORMS = st.text(
    st.characters(categories=["Ll", "Lu", "Lo", "Nd"], exclude_characters="\0"), min_size=1, max_size=12
) | st.sampled_from(
    ["Erstattung", "bon de retour", "de la", "払い戻す", "การคืนเงิน", "C++", "E-Mail", "استرداد", "Straße"]
)


@given(TAGS, FORMS, st.lists(FORMS, max_size=3), st.booleans())
def test_a_copy_of_an_allowed_form_never_violates(tag, form, forbidden, kept):
    names = TermTarget(form, forbidden=tuple(forbidden))
    concept = Concept(id="x", source="refund", do_not_translate=kept, targets={Locale(tag): names})
    assert TermBase([concept]).violations("refund", form, Locale(tag)) == ()


@given(TAGS, st.text(max_size=30), st.text(max_size=30))
def test_any_target_can_be_judged(tag, target, form):
    names = TermTarget(form, forbidden=("x",))
    TermBase([Concept(id="x", source="refund", targets={Locale(tag): names})]).violations(S, target, Locale(tag))


def test_related_locales_share_their_rules():
    assert family(Locale("pt-PT")) is family(Locale("pt-BR"))
    assert family(Locale("nb")) is family(Locale("sv"))


def test_the_work_grows_with_the_length_of_the_text():
    text = "refund a " * 5000  # seconds if each hit is judged against all others
    names = TermTarget("Erstattung", forbidden=("Rückgabe",))
    terms = TermBase([Concept(id="x", source="refund", excluded=("refund b",), targets={Locale("de"): names})])
    assert len(terms.violations(text, text, Locale("de"))) == 1
