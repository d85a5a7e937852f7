"""Every kind of value in many pairs of locale and region, as CLDR writes them there."""

import datetime as dt
from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision

from polyhelp.model import WEEKDAYS, Locale, Money
from polyhelp.regions.filters.formats import FILTERS, Formats

RLM = "\u200f"
PRINTED = str.maketrans({"\u00a0": "~", "\u202f": "^", "\u2068": "(", "\u2069": ")"})

# number | money | percent | date | time | 24:00 | duration | within | and | or | weekdays;
# ~ is a no-break space, ^ a narrow one, and brackets around a whole value are isolates
WRITTEN = {
    ("en", "US", "USD"): (
        "1,234,567 | $1,299.50 | 2.5% | November 1, 2026 | 5:30^PM | 12:00^midnight | "
        "2–4 business days | within 14 days | A, B, and C | A, B, or C | Sunday–Friday"
    ),
    ("en", "GB", "GBP"): (
        "1,234,567 | £1,299.50 | 2.5% | 1 November 2026 | 17:30 | 24:00 | "
        "2–4 business days | within 14 days | A, B, and C | A, B, or C | Sunday–Friday"
    ),
    ("en", "IN", "INR"): (
        "12,34,567 | ₹1,299.50 | 2.5% | 1 November 2026 | 5:30^pm | 12:00^midnight | "
        "2–4 business days | within 14 days | A, B, and C | A, B, or C | Sunday–Friday"
    ),
    ("en", "ZA", "ZAR"): (
        "1~234~567 | R1~299,50 | 2,5% | 01 November 2026 | 17:30 | 24:00 | "
        "2–4 business days | within 14 days | A, B, and C | A, B, or C | Sunday–Friday"
    ),
    ("en", "CA", "CAD"): (
        "1,234,567 | $1,299.50 | 2.5% | November 1, 2026 | 5:30^p.m. | 12:00^midnight | "
        "2–4 business days | within 14 days | A, B, and C | A, B, or C | Sunday–Friday"
    ),
    ("en", "AU", "AUD"): (
        "1,234,567 | $1,299.50 | 2.5% | 1 November 2026 | 5:30^pm | 12:00^midnight | "
        "2–4 business days | within 14 days | A, B, and C | A, B, or C | Sunday–Friday"
    ),
    ("en", "TH", "THB"): (
        "1,234,567 | THB~1,299.50 | 2.5% | November 1, 2026 | 5:30^PM | 12:00^midnight | "
        "2–4 business days | within 14 days | A, B, and C | A, B, or C | Sunday–Friday"
    ),
    ("sv", "SE", "SEK"): (
        "1~234~567 | 1~299,50~kr | 2,5~% | 1 november 2026 | 17:30 | 24:00 | "
        "2–4 arbetsdagar | inom 14 dagar | A, B och C | A, B eller C | söndag–fredag"
    ),
    ("de", "DE", "EUR"): (
        "1.234.567 | 1.299,50~€ | 2,5~% | 1. November 2026 | 17:30 | 24:00 | "
        "2–4 Werktage | innerhalb von 14 Tagen | A, B und C | A, B oder C | Sonntag bis Freitag"
    ),
    ("de", "CH", "CHF"): (
        "1’234’567 | CHF~1’299.50 | 2.5% | 1. November 2026 | 17:30 | 24:00 | "
        "2–4 Werktage | innerhalb von 14 Tagen | A, B und C | A, B oder C | Sonntag bis Freitag"
    ),
    ("fr", "FR", "EUR"): (
        "1^234^567 | 1^299,50~€ | 2,5~% | 1 novembre 2026 | 17:30 | 24:00 | "
        "2–4 jours ouvrés | dans un délai de 14~jours | A, B et C | A, B ou C | du dimanche au vendredi"
    ),
    ("fr", "CA", "CAD"): (
        "1~234~567 | 1~299,50~$ | 2,5~% | 1 novembre 2026 | 17 h 30 | 24 h 00 | "
        "2–4 jours ouvrés | dans un délai de 14~jours | A, B et C | A, B ou C | du dimanche au vendredi"
    ),
    ("fr", "CH", "CHF"): (
        "1^234^567 | 1^299.50~CHF | 2,5% | 1 novembre 2026 | 17:30 | 24:00 | "
        "2–4 jours ouvrés | dans un délai de 14~jours | A, B et C | A, B ou C | du dimanche au vendredi"
    ),
    ("it", "CH", "CHF"): (
        "1’234’567 | CHF~1299.50 | 2.5% | 1 novembre 2026 | 17:30 | 24:00 | "
        "2–4 giorni lavorativi | entro 14 giorni | A, B e C | A, B o C | da domenica a venerdì"
    ),
    ("es", "ES", "EUR"): (
        "1.234.567 | 1299,50~€ | 2,5~% | 1 de noviembre de 2026 | 17:30 | 24:00 | "
        "2–4 días laborables | en un plazo de 14 días | A, B y C | A, B o C | domingo a viernes"
    ),
    ("es-419", "MX", "MXN"): (
        "1,234,567 | $1,299.50 | 2.5% | 1 de noviembre de 2026 | 5:30^p.m. | 12:00^a.m. | "
        "2–4 días hábiles | en un plazo de 14 días | A, B y C | A, B o C | domingo a viernes"
    ),
    ("es", "CL", "CLP"): (
        "1.234.567 | $1.299 | 2,5% | 1 de noviembre de 2026 | 5:30^p.^m. | 12:00^a.^m. | "
        "2–4 días laborables | en un plazo de 14 días | A, B y C | A, B o C | domingo a viernes"
    ),
    ("pt-BR", "BR", "BRL"): (
        "1.234.567 | R$~1.299,50 | 2,5% | 1 de novembro de 2026 | 17:30 | 24:00 | "
        "2–4 dias úteis | no prazo de 14 dias | A, B e C | A, B ou C | domingo a sexta-feira"
    ),
    ("pt-PT", "PT", "EUR"): (
        "1~234~567 | 1299,50~€ | 2,5% | 1 de novembro de 2026 | 17:30 | 24:00 | "
        "2–4 dias úteis | no prazo de 14 dias | A, B e C | A, B ou C | domingo a sexta-feira"
    ),
    ("ja", "JP", "JPY"): (
        "1,234,567 | ￥1,299 | 2.5% | 2026年11月1日 | 17:30 | 24:00 | "
        "2–4 営業日 | 14 日以内 | A、B、C | A、B、またはC | 日曜日～金曜日"
    ),
    ("ko", "KR", "KRW"): (
        "1,234,567 | ₩1,299 | 2.5% | 2026년 11월 1일 | 오후 5:30 | 자정 12:00 | "
        "2–4영업일 | 14일 이내 | A, B 및 C | A, B 또는 C | 일요일~금요일"
    ),
    ("th", "TH", "THB"): (
        "1,234,567 | ฿1,299.50 | 2.5% | 1 พฤศจิกายน 2569 | 17:30 | 24:00 | "
        "2–4 วันทำการ | ภายใน 14 วัน | A B และC | A, B หรือ C | วันอาทิตย์–วันศุกร์"
    ),
    ("zh-TW", "TW", "TWD"): (
        "1,234,567 | $1,299.50 | 2.5% | 2026年11月1日 | 下午5:30 | 午夜12:00 | "
        "2–4 個工作天 | 14 天內 | A、B和C | A、B或C | 星期日至星期五"
    ),
    ("zh-CN", "CN", "CNY"): (
        "1,234,567 | ¥1,299.50 | 2.5% | 2026年11月1日 | 17:30 | 24:00 | "
        "2–4个工作日 | 14天内 | A、B和C | A、B或C | 星期日至星期五"
    ),
    ("ar", "SA", "SAR"): (
        f"(1,234,567) | ({RLM}1,299.50~ر.س.{RLM}) | (2.5%) | (1 نوفمبر 2026) | (5:30 م) | (12:00 ص) | "
        "(2–4 أيام عمل) | (خلال 14 يومًا) | (A) و(B) و(C) | (A) أو (B) أو (C) | من الأحد إلى الجمعة"
    ),
    ("ar", "AE", "AED"): (
        f"(1,234,567) | ({RLM}1,299.50~د.إ.{RLM}) | (2.5%) | (1 نوفمبر 2026) | (5:30 م) | (12:00 ص) | "
        "(2–4 أيام عمل) | (خلال 14 يومًا) | (A) و(B) و(C) | (A) أو (B) أو (C) | من الأحد إلى الجمعة"
    ),
    ("he", "IL", "ILS"): (
        f"(1,234,567) | ({RLM}1,299.50~{RLM}₪) | (2.5%) | (1 בנובמבר 2026) | (17:30) | (24:00) | "
        "(2–4 ימי עסקים) | (תוך 14 ימים) | (A), (B) ו-(C) | (A), (B) או (C) | יום ראשון – יום שישי"
    ),
    ("hi", "IN", "INR"): (
        "12,34,567 | ₹1,299.50 | 2.5% | 1 नवंबर 2026 | 5:30 pm | 12:00 मध्यरात्रि | "
        "2–4 कार्य दिवस | 14 दिनों के भीतर | A, B, और C | A, B या C | रविवार से शुक्रवार"
    ),
    ("pl", "PL", "PLN"): (
        "1~234~567 | 1299,50~zł | 2,5% | 1 listopada 2026 | 17:30 | 24:00 | "
        "2–4 dni robocze | w ciągu 14 dni | A, B i C | A, B lub C | niedziela–piątek"
    ),
    ("tr", "TR", "TRY"): (
        "1.234.567 | ₺1.299,50 | %2,5 | 1 Kasım 2026 | 17:30 | 24:00 | "
        "2–4 iş günü | 14 gün içinde | A, B ve C | A, B veya C | Pazar–Cuma"
    ),
    ("vi", "VN", "VND"): (
        "1.234.567 | 1.299~₫ | 2,5% | 1 tháng 11, 2026 | 17:30 | 24:00 | "
        "2–4 ngày làm việc | trong vòng 14 ngày | A, B và C | A, B hoặc C | Chủ Nhật – Thứ Sáu"
    ),
    ("ru", "UA", "UAH"): (
        "1~234~567 | 1~299,50~₴ | 2,5~% | 1 ноября 2026^г. | 17:30 | 24:00 | "
        "2–4 рабочих дня | в течение 14 дней | A, B и C | A, B или C | воскресенье – пятница"
    ),
    ("fi", "FI", "EUR"): (
        "1~234~567 | 1~299,50~€ | 2,5~% | 1. marraskuuta 2026 | 17.30 | 24.00 | "
        "2–4 arkipäivää | 14 päivän kuluessa | A, B ja C | A, B tai C | sunnuntai–perjantai"
    ),
    ("da", "DK", "DKK"): (
        "1.234.567 | 1.299,50~kr. | 2,5~% | 1. november 2026 | 17.30 | 24.00 | "
        "2–4 hverdage | inden for 14 dage | A, B og C | A, B eller C | søndag–fredag"
    ),
    ("nb", "NO", "NOK"): (
        "1~234~567 | 1~299,50~kr | 2,5~% | 1. november 2026 | 17:30 | 24:00 | "
        "2–4 virkedager | innen 14 dager | A, B og C | A, B eller C | søndag–fredag"
    ),
    ("cs", "CZ", "CZK"): (
        "1~234~567 | 1~299,50~Kč | 2,5~% | 1. listopadu 2026 | 17:30 | 24:00 | "
        "2–4 pracovní dny | do 14 dnů | A, B a~C | A, B nebo C | neděle–pátek"
    ),
    ("hu", "HU", "HUF"): (
        "1~234~567 | 1299,50~Ft | 2,5% | 2026. november 1. | 17:30 | 24:00 | "
        "2–4 munkanap | 14 napon belül | A, B és C | A, B vagy C | vasárnap–péntek"
    ),
    ("el", "GR", "EUR"): (
        "1.234.567 | 1.299,50~€ | 2,5% | 1 Νοεμβρίου 2026 | 5:30^μ.μ. | 12:00^π.μ. | "
        "2–4 εργάσιμες ημέρες | εντός 14 ημερών | A, B και C | A, B ή C | Κυριακή–Παρασκευή"
    ),
    ("id", "ID", "IDR"): (
        "1.234.567 | Rp1.299,50 | 2,5% | 1 November 2026 | 17.30 | 24.00 | "
        "2–4 hari kerja | dalam waktu 14 hari | A, B, dan C | A, B, atau C | Minggu–Jumat"
    ),
    ("uk", "UA", "UAH"): (
        "1~234~567 | 1~299,50~₴ | 2,5% | 1 листопада 2026^р. | 17:30 | 24:00 | "
        "2–4 робочі дні | протягом 14 днів | A, B і C | A, B або C | неділя – пʼятниця"
    ),
    ("nl", "NL", "EUR"): (
        "1.234.567 | €~1.299,50 | 2,5% | 1 november 2026 | 17:30 | 24:00 | "
        "2–4 werkdagen | binnen 14 dagen | A, B en C | A, B of C | zondag t/m vrijdag"
    ),
    ("ro", "RO", "RON"): (
        "1.234.567 | 1.299,50~RON | 2,5~% | 1 noiembrie 2026 | 17:30 | 24:00 | "
        "2–4 zile lucrătoare | în termen de 14 zile | A, B și C | A, B sau C | duminică–vineri"
    ),
    ("ms", "MY", "MYR"): (
        "1,234,567 | RM1,299.50 | 2.5% | 1 November 2026 | 5:30^PTG | 12:00^PG | "
        "2–4 hari bekerja | dalam tempoh 14 hari | A, B dan C | A, B, atau C | Ahad–Jumaat"
    ),
    ("fil", "PH", "PHP"): (
        "1,234,567 | ₱1,299.50 | 2.5% | Nobyembre 1, 2026 | 5:30^PM | 12:00^hatinggabi | "
        "2–4 na araw ng trabaho | sa loob ng 14 na araw | A, B, at C | A, B, o C | Linggo–Biyernes"
    ),
}


@pytest.mark.parametrize(("tag", "region", "currency"), WRITTEN)
def test_values_as_a_reader_writes_them(tag, region, currency):
    here = Formats(Locale(tag), region)
    price = Decimal("1299.50") if get_currency_precision(currency) else Decimal(1299)
    values = (
        here.number(1234567), here.money(Money(price, currency)), here.percent(Decimal("2.5")),
        here.date(dt.date(2026, 11, 1)), here.time("17:30"), here.time("24:00"),
        here.duration("2-4 business days"), here.within("14 calendar days"),
        here.listed(("A", "B", "C")), here.listed(("A", "B", "C"), "or"),
        here.weekdays(("mon", "tue", "wed", "thu", "fri", "sun")),
    )  # fmt: skip
    assert " | ".join(values).translate(PRINTED) == WRITTEN[tag, region, currency]


VALUES = {
    "date": dt.date(2026, 11, 1), "duration": "14 calendar days", "first_weekday": "DE", "label": "express",
    "language_name": "pt-BR", "money": "49.90 USD", "number": 1299, "percent": Decimal("2.5"),
    "phone": "+46 19 555 01 42", "region_name": "US-TX", "time": "09:00", "weekday": "mon", "weekdays": WEEKDAYS,
    "within": "5 business days", "zone_name": "Europe/Berlin",
}  # fmt: skip


def test_every_filter_is_in_the_table():
    assert {*VALUES, "listed"} == set(FILTERS)


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("tag", ["ar", "he", "en", "ja"])
def test_a_value_is_fenced_off_once_in_right_to_left_text_and_never_elsewhere(name, tag):
    here = Formats(Locale(tag), "SE")
    text = str(here.filters[name](VALUES[name]))
    fences = [text.count("\u2068"), text.count("\u2069")]
    latin = any(character.isascii() and character.isalnum() for character in text)
    assert fences == ([1, 1] if latin and here.locale.right_to_left else [0, 0])
    if fences[0]:
        assert (text[0], text[-1]) == ("\u2068", "\u2069")
    assert here.isolated(text) == text  # printing it does not add another pair


def test_one_page_has_one_set_of_digits():
    for tag, region in (("ar", "SA"), ("ar", "EG"), ("ar", "AE"), ("fa", ""), ("bn", "BD"), ("mr", "IN")):
        here = Formats(Locale(tag), region)
        values = [here.number(1299), here.money("49.90 USD"), here.percent(25), here.date(dt.date(2026, 11, 1))]
        values += [here.time("09:00"), here.phone("+966 11 555 0142")]
        digits = {character for value in values for character in value if character.isdigit()}
        assert digits <= set("0123456789"), tag
