import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.errors import RegionError
from polyhelp.model import Duration, Locale, Money
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.filters.words import load_words

FSI, PDI, RLM = "\u2068", "\u2069", "\u200f"
NB, NNB = "\u00a0", "\u202f"


def formats(tag, region=""):
    return Formats(Locale(tag), region)


MONEY = {
    ("en", "US"): "$6.95 €1,299.50 ¥980 SEK~59.00 THB~120 R$49.90 NT$60 CN¥35.00",
    ("en", "GB"): "US$6.95 €1,299.50 JP¥980 SEK~59.00 THB~120 R$49.90 NT$60 CN¥35.00",
    ("sv", "SE"): "6,95~US$ 1~299,50~€ 980~JPY 59,00~kr 120~THB 49,90~BR$ 60~TWD 35,00~CNY",
    ("de", "DE"): "6,95~$ 1.299,50~€ 980~¥ 59,00~SEK 120~฿ 49,90~R$ 60~NT$ 35,00~CN¥",
    ("de", "CH"): "$~6.95 EUR~1’299.50 ¥~980 SEK~59.00 ฿~120 R$~49.90 NT$~60 CN¥~35.00",
    ("de", "JP"): "6,95~$ 1.299,50~€ 980~¥ 59,00~SEK 120~฿ 49,90~R$ 60~NT$ 35,00~CN¥",
    ("fr", "FR"): f"6,95~$US 1{NNB}299,50~€ 980~JPY 59,00~SEK 120~THB 49,90~R$ 60~TWD 35,00~CNY",
    ("ja", "JP"): "$6.95 €1,299.50 ￥980 SEK~59.00 THB~120 R$49.90 NT$60 元~35.00",
    ("th", "TH"): "US$6.95 €1,299.50 ¥980 SEK~59.00 ฿120 R$49.90 NT$60 CN¥35.00",
    ("zh-TW", "TW"): "US$6.95 €1,299.50 ¥980 SEK~59.00 THB~120 R$49.90 $60 CN¥35.00",
    ("zh-CN", "CN"): "US$6.95 €1,299.50 JP¥980 SEK~59.00 THB~120 R$49.90 NT$60 ¥35.00",
    ("pt-BR", "BR"): "US$~6,95 €~1.299,50 JP¥~980 SEK~59,00 ฿~120 R$~49,90 NT$~60 CN¥~35,00",
}


@pytest.mark.parametrize(("tag", "region"), MONEY)
def test_money_in_every_currency_of_the_demo(tag, region):
    amounts = ["6.95 USD", "1299.50 EUR", "980 JPY", "59.00 SEK", "120 THB", "49.90 BRL", "60 TWD", "35.00 CNY"]
    written = " ".join(formats(tag, region).money(amount) for amount in amounts)
    assert written == MONEY[tag, region].replace("~", NB)


def test_money_in_switzerland_is_swiss_in_german():
    assert formats("de", "CH").money("1299.50 CHF") == f"CHF{NB}1’299.50"
    assert formats("de-AT", "CH").money("1299.50 CHF") == f"CHF{NB}1.299,50"  # the reader's own region wins


def test_decimals_come_from_the_currency_unless_the_writer_left_them_out():
    german = formats("de")
    assert german.money(Money(Decimal("5"), "EUR")) == f"5{NB}€"
    assert german.money(Money(Decimal("5.00"), "EUR")) == f"5,00{NB}€"
    assert german.money(Money(Decimal("4.9"), "EUR")) == f"4,90{NB}€"
    assert german.money(Money(Decimal("980"), "JPY")) == f"980{NB}¥"


def test_a_script_never_changes_on_the_way_to_the_region():
    assert "工作日" in formats("zh-Hans", "TW").duration("5 business days")
    assert formats("zh-Hans", "TW").region_name("DE") == "德国"
    assert formats("zh-Hant", "CN").region_name("DE") == "德國"
    assert formats("zh", "TW").region_name("DE") == "德国"


DURATIONS = {
    "en": "1 day|30 days|1 month|2 years|72 hours|1 business day|5 business days|2–4 business days",
    "sv": "1 dag|30 dagar|1 månad|2 år|72 timmar|1 arbetsdag|5 arbetsdagar|2–4 arbetsdagar",
    "de": "1 Tag|30 Tage|1 Monat|2 Jahre|72 Stunden|1 Werktag|5 Werktage|2–4 Werktage",
    "fr": "1~jour|30~jours|1~mois|2 ans|72~heures|1 jour ouvré|5 jours ouvrés|2–4 jours ouvrés",
    "ja": "1 日|30 日|1 か月|2 年|72 時間|1 営業日|5 営業日|2–4 営業日",
    "th": "1 วัน|30 วัน|1 เดือน|2 ปี|72 ชั่วโมง|1 วันทำการ|5 วันทำการ|2–4 วันทำการ",
    "zh-TW": "1 天|30 天|1 個月|2 年|72 小時|1 個工作天|5 個工作天|2–4 個工作天",
    "zh-CN": "1天|30天|1个月|2年|72小时|1个工作日|5个工作日|2–4个工作日",
    "pt-BR": "1 dia|30 dias|1 mês|2 anos|72 horas|1 dia útil|5 dias úteis|2–4 dias úteis",
    "ar": "يوم|(30 يومًا)|شهر|سنتان|(72 ساعة)|يوم عمل واحد|(5 أيام عمل)|(2–4 أيام عمل)",
    "pl": "1 dzień|30 dni|1 miesiąc|2 lata|72 godziny|1 dzień roboczy|5 dni roboczych|2–4 dni robocze",
}


@pytest.mark.parametrize("tag", DURATIONS)
def test_durations_with_plurals_and_ranges(tag):
    lengths = (
        "1 calendar day", "30 calendar days", "1 month", "2 years", "72 hours",
        "1 business day", "5 business days", "2-4 business days",
    )  # fmt: skip
    written = "|".join(formats(tag).duration(length) for length in lengths)
    assert written == DURATIONS[tag].replace("~", NB).replace("(", FSI).replace(")", PDI)


def test_a_dual_does_not_swallow_a_range():
    assert formats("ar").duration("1-2 business days") == f"{FSI}1–2 أيام عمل{PDI}"
    assert formats("ar").duration("1-2 calendar days") == f"{FSI}1–2 أيام{PDI}"


@pytest.mark.parametrize(
    ("length", "text"),
    [
        ("30 calendar days", "30 Tagen"),
        ("5 business days", "5 Werktagen"),
        ("1 business day", "1 Werktag"),
        ("2-4 business days", "2–4 Werktagen"),
        ("1 month", "1 Monat"),
        ("2 years", "2 Jahren"),
        ("72 hours", "72 Stunden"),
    ],
)
def test_german_dative(length, text):
    assert formats("de", "DE").duration(length, case="dative") == text
    assert formats("de-CH").duration(length, case="dative") == text


def test_a_case_that_a_locale_has_no_words_for():
    with pytest.raises(RegionError, match="'months' in the form 'dative' in the locale 'sv'"):
        formats("sv").duration("1 month", case="dative")
    with pytest.raises(RegionError) as caught:
        formats("de").duration("1 month", case="dativ")
    assert caught.value.hint == "did you mean 'dative'?"


def test_business_days_in_a_locale_without_words():
    with pytest.raises(RegionError) as caught:
        formats("sw").duration("5 business days")
    assert "'business days' in the locale 'sw'" in caught.value.message
    assert "durations: {plain: {business days: {sw:" in caught.value.hint
    with pytest.raises(RegionError) as caught:
        formats("sw").within("14 calendar days")
    assert caught.value.message == "there is no phrase 'within' in the locale 'sw'"
    assert caught.value.hint == "add it to the words: 'phrases: {within: {sw: \"... {plain} ...\"}}'"


@pytest.mark.parametrize(
    ("tag", "region", "date", "opens", "closes"),
    [
        ("en", "US", "November 1, 2026", f"9:00{NNB}AM", f"5:30{NNB}PM"),
        ("en", "GB", "1 November 2026", "09:00", "17:30"),
        ("sv", "SE", "1 november 2026", "09:00", "17:30"),
        ("de", "DE", "1. November 2026", "09:00", "17:30"),
        ("fr", "FR", "1 novembre 2026", "09:00", "17:30"),
        ("ja", "JP", "2026年11月1日", "9:00", "17:30"),
        ("th", "TH", "1 พฤศจิกายน 2569", "09:00", "17:30"),
        ("zh-TW", "TW", "2026年11月1日", "上午9:00", "下午5:30"),
        ("zh-CN", "CN", "2026年11月1日", "09:00", "17:30"),
        ("pt-BR", "BR", "1 de novembro de 2026", "09:00", "17:30"),
        ("ar", "", f"{FSI}1 نوفمبر 2026{PDI}", f"{FSI}9:00 ص{PDI}", f"{FSI}5:30 م{PDI}"),
    ],
)
def test_dates_and_times(tag, region, date, opens, closes):
    here = formats(tag, region)
    assert here.date(dt.date(2026, 11, 1)) == date
    assert [here.time("09:00").replace(NB, " "), here.time("17:30").replace(NB, " ")] == [opens, closes]


@pytest.mark.parametrize(
    ("tag", "both", "either"),
    [
        ("en", "Visa, PayPal, and Pix", "Visa, PayPal, or Pix"),
        ("sv", "Visa, PayPal och Pix", "Visa, PayPal eller Pix"),
        ("de", "Visa, PayPal und Pix", "Visa, PayPal oder Pix"),
        ("fr", "Visa, PayPal et Pix", "Visa, PayPal ou Pix"),
        ("ja", "Visa、PayPal、Pix", "Visa、PayPal、またはPix"),
        ("th", "Visa PayPal และPix", "Visa, PayPal หรือ Pix"),
        ("zh-TW", "Visa、PayPal和Pix", "Visa、PayPal或Pix"),
        ("zh-CN", "Visa、PayPal和Pix", "Visa、PayPal或Pix"),
        ("pt-BR", "Visa, PayPal e Pix", "Visa, PayPal ou Pix"),
        ("ar", "(Visa) و(PayPal) و(Pix)", "(Visa) أو (PayPal) أو (Pix)"),
    ],
)
def test_lists(tag, both, either):
    brands = ("Visa", "PayPal", "Pix")
    here = formats(tag)
    assert here.listed(brands) == both.replace("(", FSI).replace(")", PDI)
    assert here.listed(brands, "or") == either.replace("(", FSI).replace(")", PDI)
    assert here.listed(tuple({"brand": brand} for brand in brands), of="brand") == here.listed(brands)
    assert here.listed(()) == ""


@pytest.mark.parametrize(
    ("tag", "texts", "both", "either"),
    [
        ("es", ("francés", "inglés"), "francés e inglés", "francés o inglés"),
        ("es-MX", ("sed", "hambre", "hielo"), "sed, hambre y hielo", "sed, hambre o hielo"),
        ("es", ("Visa", "hipoteca"), "Visa e hipoteca", "Visa o hipoteca"),
        ("es", ("Visa", "Oney"), "Visa y Oney", "Visa u Oney"),
        ("es", ("7", "8"), "7 y 8", "7 u 8"),
        ("es", ("10", "11"), "10 y 11", "10 u 11"),
        ("es", ("10", "110"), "10 y 110", "10 o 110"),
        ("es", ("y a y o", "i"), "y a y o e i", "y a y o o i"),
        ("it", ("francese", "inglese"), "francese e inglese", "francese o inglese"),
        ("he", ("ויזה", "ביט"), "ויזה וביט", "ויזה או ביט"),
        ("he", ("ביט", "Visa"), "ביט ו-(Visa)", "ביט או (Visa)"),
        ("es", ("inglés",), "inglés", "inglés"),
    ],
)
def test_the_last_item_changes_the_word_before_it(tag, texts, both, either):
    here = formats(tag)
    assert here.listed(texts).replace(FSI, "(").replace(PDI, ")") == both
    assert here.listed(texts, "or").replace(FSI, "(").replace(PDI, ")") == either


def test_four_digits_stay_together_where_cldr_says_so():
    written = {tag: formats(tag).number(1299) for tag in ("es", "es-MX", "pt", "pt-PT", "pl", "it", "de", "hu")}
    assert written == {
        "es": "1299", "es-MX": "1,299", "pt": "1.299", "pt-PT": "1299", "pl": "1299", "it": "1299", "de": "1.299",
        "hu": "1299",
    }  # fmt: skip
    assert formats("es").number(12999) == "12.999"
    assert formats("es").duration("1000 calendar days") == "1000 días"


def test_latin_america_is_written_as_its_countries_write():
    assert formats("es-419", "MX").money("1299.50 MXN") == "$1,299.50"
    assert formats("es-419", "AR").number(1299) == "1.299"
    assert formats("es-419", "ES").money("1299.50 EUR") == formats("es-419").money("1299.50 EUR")


def test_french_prices_in_switzerland_have_a_point():
    assert formats("fr", "CH").money("4.90 CHF") == f"4.90{NB}CHF"
    assert formats("fr", "CH").number(Decimal("4.9")) == "4,9"


def test_no_decimal_is_lost():
    assert formats("en").number(Decimal("0.12345")) == "0.12345"
    assert formats("de").percent(Decimal("0.0625")) == f"0,0625{NB}%"
    with pytest.raises(RegionError, match=r"JPY has no decimals, and '9\.80 JPY' has more"):
        formats("ja").money(Money(Decimal("9.80"), "JPY"))
    with pytest.raises(RegionError, match="EUR has 2 decimals"):
        formats("ja").money(Money(Decimal("9.805"), "EUR"))


@pytest.mark.parametrize("tag", ["en", "ar", "th", "de"])
def test_values_beyond_all_measure_are_refused_at_once(tag):
    here = formats(tag, "TH")
    for huge in (10**400, -(10**400), 10**100_000, Decimal(10) ** 400, Decimal("1E+999999"), Decimal("1E-999999")):
        for attempt in (here.number, here.percent, lambda value: here.money(Money(value, "EUR"))):
            with pytest.raises(RegionError) as caught:
                attempt(huge)
            assert len(caught.value.message) < 200
    for odd in (Decimal("NaN"), Decimal("Infinity"), Decimal("sNaN")):
        with pytest.raises(RegionError):
            here.number(odd)
    for length in (Duration(10**400, "years"), Duration(2, "years", 10**400), Duration(10**100_000, "hours")):
        for attempt in (here.duration, here.within):
            with pytest.raises(RegionError) as caught:
                attempt(length)
            assert len(caught.value.message) < 200
    with pytest.raises(RegionError):
        here.duration("99999 years")
    with pytest.raises(RegionError) as caught:
        here.label("x" * 1_000_000)
    assert len(caught.value.message) < 200


def test_arguments_that_are_no_words():
    here = formats("en")
    attempts = (
        lambda: here.listed(("A",), ["and"]),
        lambda: here.listed(("A",), of=("brand",)),
        lambda: here.label("express", of=None),
        lambda: here.duration("1 month", case=3),
        lambda: here.date(dt.date(2026, 11, 1), ["long"]),
        lambda: here.phone("+46195550142", None),
    )
    for attempt in attempts:
        with pytest.raises(RegionError):
            attempt()


def test_a_word_that_means_one_thing_in_one_field_and_another_elsewhere():
    here = formats("en")
    assert here.label("none", of="duties") == "None"
    assert here.label("customer", of="shipping_paid_by") == "You pay"
    assert here.label("customer", of="duties") == "Paid by you"
    assert here.label(("email", "chat"), of="channels") == ("Email", "Chat")
    with pytest.raises(RegionError, match="there is no label for 'customer'"):
        here.label("customer")


def test_numbers_and_percent():
    assert formats("de").number(1299) == "1.299"
    assert formats("fr").number(Decimal("4.90")) == "4,9"
    assert formats("en", "IN").number(1234567) == "12,34,567"
    assert formats("de").percent(25) == f"25{NB}%"
    assert formats("en").percent(Decimal("2.5")) == "2.5%"
    assert formats("ar").number(12) == f"{FSI}12{PDI}"


def test_names():
    assert formats("sv").region_name("DE") == "Tyskland"
    assert formats("th").region_name(("JP", "TW")) == ("ญี่ปุ่น", "ไต้หวัน")
    assert formats("en").language_name("zh-Hant") == "Traditional Chinese"
    assert formats("de").language_name("pt-BR") == "Portugiesisch (Brasilien)"
    assert formats("en").language_name("zh-TW") == "Chinese (Traditional, Taiwan)"
    assert formats("fr").listed(formats("fr").language_name(("de", "en"))) == "allemand et anglais"


def test_subdivisions():
    assert formats("de").region_name("US-CA") == "Kalifornien"
    assert formats("zh-TW").region_name("CA-QC") == "魁北克省"
    assert formats("sw").region_name("US-CA") == "Marekani (US-CA)"
    assert formats("de").region_name("US-TX") == "Vereinigte Staaten (US-TX)"
    assert formats("ja").region_name("US-TX") == "アメリカ合衆国（US-TX）"
    assert formats("ar").region_name("US-TX") == f"{FSI}الولايات المتحدة (US-TX){PDI}"
    words = load_words({"labels": {"US-TX": {"de": "Texas"}}})
    assert Formats(Locale("de"), words=words).region_name(("US-TX", "US-CA")) == ("Texas", "Kalifornien")


def test_money_in_arabic_is_fenced_off():
    assert formats("ar").money("49.90 BRL") == f"{FSI}{RLM}49.90{NB}R$\u200e{PDI}"  # or the browser shows "$R"
    assert formats("ar").money("49.90 SAR") == f"{FSI}{RLM}49.90{NB}ر.س.{RLM}{PDI}"
    assert formats("ar").money("49.90 SEK") == f"{FSI}{RLM}49.90{NB}SEK{PDI}"
    assert formats("he").money("49.90 BRL").startswith(FSI)
    assert formats("de").isolated("KP-204518") == "KP-204518"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("money", "4.90", "money needs an amount such as '4.90 EUR', got '4.90'"),
        ("money", None, "money needs an amount such as '4.90 EUR', got null"),
        ("money", True, "money needs an amount such as '4.90 EUR', got true"),
        ("money", Duration(1, "months"), "money needs an amount such as '4.90 EUR', got '1 month'"),
        ("number", "12", "number needs a number such as 1299, got '12'"),
        ("number", True, "number needs a number such as 1299, got true"),
        ("percent", "25 %", "percent needs a number of percent such as 25, got '25 %'"),
        ("date", "2026-11-01", "date needs a date such as 2026-11-01, got '2026-11-01'"),
        ("time", "9:00", "time needs a time of day such as '09:00', got '9:00'"),
        ("time", "25:00", "time needs a time of day such as '09:00', got '25:00'"),
        ("duration", 30, "duration needs a duration such as '30 calendar days', got '30'"),
        ("duration", {"a": 1}, "duration needs a duration such as '30 calendar days', got a section"),
        ("listed", "Visa", "listed needs a list of texts, got 'Visa'"),
        ("listed", ({"brand": "Visa"},), "listed(of='brand')"),
        ("region_name", "XX", "region_name needs a region code such as 'DE', got 'XX'"),
        ("region_name", 1, "region_name needs a region code such as 'DE', got '1'"),
        ("language_name", "english", "language_name needs a language tag such as 'pt-BR', got 'english'"),
        ("language_name", "xx", "language_name needs a language tag such as 'pt-BR', got 'xx'"),
        ("within", 14, "within needs a duration such as '30 calendar days', got '14'"),
        ("within", None, "within needs a duration such as '30 calendar days', got null"),
        ("zone_name", "Europe/Berln", "zone_name needs a time zone such as 'Europe/Berlin', got 'Europe/Berln'"),
        ("phone", "112", "phone needs an international number such as '+46 19 555 0142', got '112'"),
        ("weekday", "monday", "weekday needs one of mon, tue, wed, thu, fri, sat, sun, got 'monday'"),
        ("weekdays", "mon-fri", "weekdays needs a list of days such as mon-fri, got 'mon-fri'"),
        ("first_weekday", "UK", "first_weekday needs a region code such as 'DE', got 'UK'"),
        ("region_name", "XX-1", "region_name needs a region code such as 'DE', got 'XX-1'"),
        ("label", ("express", None), "label needs a word of the data such as 'express', got null"),
    ],
)
def test_filters_refuse_what_is_not_theirs(name, value, message):
    with pytest.raises(RegionError) as caught:
        formats("de", "DE").filters[name](value)
    assert message in caught.value.message


def test_a_locale_that_cldr_does_not_know():
    with pytest.raises(RegionError, match="CLDR has no data for the locale 'xx'"):
        formats("xx").money("4.90 EUR")


@given(
    st.decimals(0, 999_999, places=2),
    st.sampled_from(["en", "sv", "de", "fr", "ja", "th", "zh-TW", "zh-CN", "pt-BR", "ar"]),
    st.sampled_from(["US", "GB", "DE", "SE", "FR", "JP", "TW", "CN", "TH", "BR"]),
)
def test_money_keeps_every_digit(amount, tag, region):
    text = formats(tag, region).money(Money(amount, "EUR"))
    digits = "".join(character for character in text if character.isdigit())
    assert Decimal(digits) / 100 == amount
