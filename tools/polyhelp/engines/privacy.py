"""Private data in a text: what must not leave the machine as it is.

1. E-mail addresses; phone numbers, with a country code or as the given regions write them (Google's libphonenumber
   decides what is one); IBANs (ISO 13616, checksum) and card numbers (ISO/IEC 7812, issuer and checksum).
2. Patterns of the project's own: order numbers, customer numbers.

Versions, prices, dates, ISBNs and opening hours are not private. A text that has neither a digit nor an ``@`` costs
next to nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

EMAIL = "e-mail address"
PHONE = "phone number"
IBAN = "IBAN"
CARD = "card number"
WINDOW = 1_000
"""Characters in which the project's own patterns are looked for at a time: what keeps a slow one bearable."""
_OVERLAP = 200  # no private value is longer

_WITHIN = re.compile(r"[\d@]")
_LETTER = "A-Za-zÀ-ɏͰ-ӿ"  # of scripts with spaces between words: what touches an address in others is no part of it
_EMAIL = re.compile(
    rf"(?<![{_LETTER}0-9])[{_LETTER}0-9][{_LETTER}0-9_.%+'-]{{0,63}}@"
    rf"[{_LETTER}0-9](?:[{_LETTER}0-9-]{{0,62}}\.){{1,8}}[{_LETTER}]{{2,24}}(?![{_LETTER}0-9])"
)
_BANK = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d\d(?=[ -]?[A-Za-z0-9])")
_IBAN_LENGTHS = range(15, 35)
_DIGITS = re.compile(r"(?<![A-Za-z0-9_])(?<!\d[.,])(?<![A-Za-z]-)\d(?:[ -]?\d){12,}(?![A-Za-z0-9_]|[.,]\d|-[A-Za-z])")
_GROUP = re.compile(r"\d+")
_GROUPS_OF_A_CARD = 5  # 4-4-4-4-3, 4-6-5 and the like
_FIRST_GROUP_OF_A_CARD = 4
_CARD_LENGTHS = range(13, 20)
_ISSUED = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[0-8]|2[2-7])\d{14}|3[47]\d{13}|35\d{14}|3[0689]\d{12,17}|6\d{13,18}"
)
_NO_PHONE = re.compile(  # an ISBN-13, a date (ISO 8601), an IPv4 address
    r"97[89](?:[ -]?\d){10}|\d{4}-\d\d-\d\d|(?!\d\d(?:\.\d\d){3}$)\d{1,3}(?:\.\d{1,3}){3}"
)
_BOOK = re.compile(r"ISBN(?:-1[03])?:? ?$", re.IGNORECASE)
_DIGITS_IN_A_PHONE_NUMBER = 6
_ASCII = {ord(sign): "-" for sign in "‐‑‒–−"} | {ord(sign): " " for sign in "\u00a0\u2007\u2009\u202f"}


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is private here, and what happens with it.

    ``block``: a text with private data is not sent at all; else the data is masked. ``patterns``: what it is, in
    words, with how it looks. ``regions`` (ISO 3166-1) whose phone numbers are known without a country code.
    """

    block: bool = False
    patterns: tuple[tuple[str, re.Pattern[str]], ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Private:
    """One private value: where it stands in the text, and what it is, in words."""

    start: int
    end: int
    kind: str


def find(text: str, privacy: Privacy) -> tuple[Private, ...]:
    """The private values in ``text``, in order; what overlaps is one, and called as the longest of it."""
    found = list(_own(text, privacy))
    if _WITHIN.search(text):
        plain = _plain(text)
        if "@" in plain:
            found += (Private(*match.span(), EMAIL) for match in _EMAIL.finditer(plain))
        if sum(map(str.isdigit, plain)) >= _DIGITS_IN_A_PHONE_NUMBER:
            found += (*_bank_accounts(plain), *_cards(plain), *_phones(plain, privacy.regions))
    return _apart(found)


def masked(text: str, privacy: Privacy) -> str:
    """``text`` with what each private value is in its place: ``Write to [e-mail address] today``."""
    at, pieces = 0, []
    for one in find(text, privacy):
        pieces += [text[at : one.start], f"[{one.kind}]"]
        at = one.end
    return "".join([*pieces, text[at:]])


def _plain(text: str) -> str:
    """The same text, as long, with ASCII digits, hyphens and spaces for others."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text.translate(_ASCII))


def _apart(found: list[Private]) -> tuple[Private, ...]:
    apart: list[Private] = []
    longest = 0  # of those in the last one
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        length = one.end - one.start
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
            longest = length
        elif one.end > apart[-1].end:
            kind = one.kind if length > longest else apart[-1].kind
            apart[-1] = Private(apart[-1].start, one.end, kind)
            longest = max(longest, length)
    return tuple(apart)


def _own(text: str, privacy: Privacy) -> Iterator[Private]:
    for kind, pattern in privacy.patterns:
        for start in range(0, max(len(text) - _OVERLAP, 1), WINDOW - _OVERLAP):
            for match in pattern.finditer(text, start, start + WINDOW):
                if match.end() > match.start():
                    yield Private(*match.span(), kind)


def _bank_accounts(text: str) -> Iterator[Private]:
    for match in _BANK.finditer(text):
        if end := _end_of_iban(text, match.start()):
            yield Private(match.start(), end, IBAN)


def _end_of_iban(text: str, start: int) -> int:
    """Where the IBAN that begins at ``start`` ends; 0 when there is none. It may be written in groups."""
    from stdnum import iban  # noqa: PLC0415 (rarely needed)

    number, end = "", 0
    for at in range(start, len(text)):
        if _is_ascii_word(text[at]):
            number += text[at]
        elif text[at] not in " -" or text[at - 1] in " -":
            break
        else:
            continue
        whole = not _is_ascii_word(text[at + 1 : at + 2])
        if whole and len(number) in _IBAN_LENGTHS and iban.is_valid(number, check_country=False):
            end = at + 1
        if len(number) == _IBAN_LENGTHS[-1]:
            break
    return end


def _is_ascii_word(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _cards(text: str) -> Iterator[Private]:
    """Card numbers, also where other numbers stand beside them: a count before, a date or a security code after."""
    for match in _DIGITS.finditer(text):
        groups = list(_GROUP.finditer(text, *match.span()))
        for at, first in enumerate(groups):
            number = ""
            for group in groups[at : at + _GROUPS_OF_A_CARD] if len(first[0]) >= _FIRST_GROUP_OF_A_CARD else ():
                number += group[0]
                if _is_card(number):
                    yield Private(first.start(), group.end(), CARD)


def _is_card(number: str) -> bool:
    from stdnum import luhn  # noqa: PLC0415

    return len(number) in _CARD_LENGTHS and bool(_ISSUED.fullmatch(number)) and luhn.is_valid(number)


def _phones(text: str, regions: tuple[str, ...]) -> Iterator[Private]:
    wanted = (*([None] if "+" in text or "＋" in text else []), *regions)
    if not wanted:
        return
    from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415 (its tables are large)

    for region in wanted:
        for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
            number, start = match.raw_string, match.start
            if _NO_PHONE.fullmatch(number) or _BOOK.search(text[max(start - 10, 0) : start]):
                continue
            outside = number[0] == "(" and ")" not in number  # it stands in parentheses with other words
            yield Private(start + outside, match.end, PHONE)
