"""What is private in a text, and what is not."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.engines.privacy import CARD, EMAIL, IBAN, PHONE, WINDOW, Privacy, Private, find, masked

PLAIN = Privacy()
ORDERS = Privacy(patterns=(("order number", re.compile(r"KP-\d{6}")),))

PHONES = [  # the example numbers of libphonenumber, as they are written in 13 regions
    ("US", "+1 201-555-0123", "(201) 555-0123"),
    ("GB", "+44 7400 123456", "0121 234 5678"),
    ("DE", "+49 1512 3456789", "030 123456"),
    ("SE", "+46 8 12 34 56", "08-12 34 56"),
    ("FR", "+33 6 12 34 56 78", "01 23 45 67 89"),
    ("JP", "+81 3-1234-5678", "090-1234-5678"),
    ("TH", "+66 81 234 5678", "02 123 4567"),
    ("TW", "+886 2 2123 4567", "0912 345 678"),
    ("CN", "+86 131 2345 6789", "010 1234 5678"),
    ("BR", "+55 11 96123-4567", "(11) 2345-6789"),
    ("SA", "+966 11 234 5678", "051 234 5678"),
    ("IT", "+39 02 1234 5678", "312 345 6789"),
    ("AE", "+971 50 123 4567", "02 234 5678"),
]
IBANS = [  # the examples of the SWIFT IBAN registry
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "SE4550000000058398257466",
    "FR1420041010050500013M02606",
    "SA0380000000608010167519",
    "BR1800360305000010009795493C1",
    "NL91ABNA0417164300",
    "NO9386011117947",
    "CH9300762011623852957",
    "PL61109010140000071219812874",
    "ES9121000418450200051332",
    "MT84MALT011000012345MTLCAST001S",
]
CARDS = [  # the test numbers that payment services publish
    "4111111111111111",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "6011111111111117",
    "30569309025904",
    "3566002020360505",
    "6200000000000005",
    "4222222222222",
]
FRAMES = ["{}", "Write {}.", "Is it {}?", "({})", "**{}**, please", "“{}”", "号码是{}哦。", "رقم {}، ثم"]


def values(text, privacy=PLAIN):
    return [(one.kind, text[one.start : one.end]) for one in find(text, privacy)]


# ------------------------------------------------------------ what is private


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    "address",
    [
        "support@kestrelpine.example",
        "anna.svensson+returns@post.kestrel-pine.co.uk",
        "o'brien@example.ie",
        "kundtjänst@exempel.se",
        "поддержка@пример.рф",
        "a@b.de",
        "anna@xn--mller-kva.example",
    ],
)
def test_e_mail_addresses(address, frame):
    assert values(frame.format(address)) == [(EMAIL, address)]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("region", "international", "national"), PHONES)
def test_phone_numbers(region, international, national, frame):
    assert values(frame.format(international)) == [(PHONE, international)]
    assert values(frame.format(national), Privacy(regions=("ID", region))) == [(PHONE, national)]


def test_a_national_number_needs_its_region():
    assert values("Ring 08-12 34 56") == []
    assert values("Ring 08-12 34 56", Privacy(regions=("US",))) == []


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("number", IBANS)
def test_bank_accounts(number, frame):
    groups = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    for written in (number, groups, groups.replace(" ", "-"), groups.replace(" ", "\u00a0"), number.lower()):
        assert values(frame.format(written)) == [(IBAN, written)]


def test_a_bank_account_ends_where_its_number_ends():
    text = "DE89 3704 0044 0532 0130 00 and BIC COBADEFFXXX"
    assert values(text) == [(IBAN, "DE89 3704 0044 0532 0130 00")]


@pytest.mark.parametrize("number", CARDS)
def test_card_numbers(number):
    for written in (number, " ".join(re.findall("..?.?.?", number)), "-".join(re.findall("..?.?.?", number))):
        assert values(f"My card is {written}.") == [(CARD, written)]


@pytest.mark.parametrize(
    "text",
    [
        "{} 12/27 123",
        "{} 123",
        "Card 1 {}",
        "2 {} 4",
        "{}, {}",
        "{} {}",
        "No.{}",
    ],
)
def test_a_card_number_beside_other_numbers(text):
    card = "4111 1111 1111 1111"
    assert re.sub(r"\[card number\]", "{}", masked(text.format(card, card), PLAIN)) == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("٤١١١ ١١١١ ١١١١ ١١١١", CARD),
        ("4111\u202f1111\u202f1111\u202f1111", CARD),
        ("+46 8‑12 34 56", PHONE),
        ("+46 ８ １２ ３４ ５６", PHONE),
    ],
)
def test_digits_and_separators_of_other_scripts(text, kind):
    assert [found for found, _ in values(f"x {text} y")] == [kind]


def test_the_projects_own_patterns():
    text = "Say KP-123456 and KP-99."
    assert values(text, ORDERS) == [("order number", "KP-123456")]
    assert values(text) == []


def test_every_value_of_a_text_in_order():
    text = "KP-000001: a@b.de, +46 8 12 34 56, 4111 1111 1111 1111, DE89370400440532013000, c@d.se"
    assert [kind for kind, _ in values(text, ORDERS)] == ["order number", EMAIL, PHONE, CARD, IBAN, EMAIL]


def test_what_overlaps_is_one_value_called_as_the_longest_of_it():
    privacy = Privacy(patterns=(("customer", re.compile(r"KP-\w+")), ("order", re.compile(r"\d{6}"))))
    assert values("KP-123456 123456", privacy) == [("customer", "KP-123456"), ("order", "123456")]
    assert values("anna-KP-1@example.com", privacy) == [(EMAIL, "anna-KP-1@example.com")]
    privacy = Privacy(patterns=(("first", re.compile("ab+c")), ("second", re.compile("cd+e"))))
    assert values("abbbcde", privacy) == [("first", "abbbcde")]
    assert values("abcddde abc", privacy) == [("second", "abcddde"), ("first", "abc")]


def test_a_value_far_into_a_long_text():
    for at in (WINDOW - 105, WINDOW - 5, WINDOW, 3 * WINDOW + 7):
        text = "." * at + "KP-123456" + "." * WINDOW
        assert find(text, ORDERS) == (Private(at, at + 9, "order number"),)


def test_a_pattern_that_matches_nothing_finds_nothing():
    assert find("xay", Privacy(patterns=(("x", re.compile("(?=a)")),))) == ()


# ------------------------------------------------------------ what is not


@pytest.mark.parametrize(
    "text",
    [
        "Send it back within 14 days, 30 days for members.",
        "Version 3.11.4, build 20240115, of 2024-01-15 10:30:00",
        "On 15/01/2024, 01.02.2024 or 2024-01-15",
        "It costs USD 1,234,567.89, 1.234.567,89 € or 1 234 567 kr.",
        "Mon–Fri 09:00–17:30, Sat 10–16",
        "ISBN 978-3-16-148410-0, ISBN-13: 9780306406157, ISBN 0-306-40615-2",
        "The server at 192.168.99.100 answers on port 8080.",
        "Order {order} of {count} items, %(name)s, {{ tracking_number }}",
        "Size 36–38, EU 42, 250 g, 10 000 mAh, 1920x1080",
        "4111 1111 1111 1112 has a wrong checksum, and DE89370400440532013001 too.",
        "Item 4006381333931 (EAN) and 1700000000000 ms",
        "https://example.com/activity-6963242628536487936-trAp",
        "Ask @kestrelpine or install node@18.0.1 and mkdocs@latest.",
        "a @ b, 5@3, x@y, @@, me@localhost",
        "Pick 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
        "3.14159265358979323846",
        "",
    ],
)
def test_what_is_not_private(text):
    assert values(text, Privacy(regions=("US", "DE", "SE"))) == []


# ------------------------------------------------------------ laws


@given(
    st.lists(st.sampled_from(["a@b.de", "KP-123456", "+46 8 12 34 56", "4111111111111111", " ", "x", "@", "é", "7"]))
)
def test_values_lie_in_order_apart_and_inside_the_text(pieces):
    text = "".join(pieces)
    edges = [edge for one in find(text, ORDERS) for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(one.start < one.end <= len(text) for one in find(text, ORDERS))


def test_masked_says_what_was_there():
    text = "Order KP-123456: write to a@b.de or call +46 8 12 34 56."
    assert masked(text, ORDERS) == "Order [order number]: write to [e-mail address] or call [phone number]."
    assert masked("Nothing here.", ORDERS) == "Nothing here."


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "a." * 50_000 + "@", "1" * 50_000, "4 " * 50_000, "4111 " * 20_000, "DE89" * 10_000, "a@" * 30_000],
)
def test_long_texts_take_no_long_time(text):
    began = process_time()
    find(text, Privacy(regions=("US",), patterns=ORDERS.patterns))
    assert process_time() - began < 10
