"""Check: quotes, spaces and signs as the locale writes them.

Sources: the Unicode CLDR (percent patterns, decimal signs) through Babel; for French spaces the "Lexique des règles
typographiques" of the Imprimerie nationale, and for Canada the "Banque de dépannage linguistique" (a space before the
colon only); for Thai the Royal Society's rules for ๆ; for Japanese and Chinese the W3C's requirements for text layout
(https://www.w3.org/TR/jlreq/, https://www.w3.org/TR/clreq/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Locale, Severity, Unit
from polyhelp.text.shown import THING, shown

_SPACES = " \u00a0\u202f\u2009"
_FRENCH = re.compile(rf"(?<=[^\W_]|[)»”]|{THING})([;:!?»])(?=\s|\Z|[)»”.,])")
_FRENCH_OPEN = re.compile(r"«(?=[^\s])")
_CANADIAN = re.compile(rf"(?<=[^\W_]|[)]|{THING})([:»])(?=\s|\Z)")
_STRAIGHT = re.compile(r'(?<![\d\w])"[^"\n]{1,200}"(?!\w)')
_QUOTES = {  # languages whose typographic quotes are settled beyond style
    "de": "„…“", "fr": "« … »", "ru": "«…»", "uk": "«…»", "sv": "”…”", "fi": "”…”", "pl": "„…”", "cs": "„…“",
    "ja": "「…」", "zh-Hans": "“…”", "zh-Hant": "「…」", "ar": "«…»",
}  # fmt: skip
_LATIN = frozenset({"de", "fr", "sv", "fi", "pl", "cs"})
_CJK = "\u3040-\u30ff\u3400-\u9fff"
_HALF_WIDTH = re.compile(rf"(?<=[{_CJK}」）])[,;!?](?=\s?[^\s,;!?\"'）」]|\Z)|[,;](?=\s?[{_CJK}])")
_HALF_WIDTH_ZH = re.compile(rf"(?<=[{_CJK}])[,;:!?](?=\s?[{_CJK}]|\Z)")
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_ARABIC = re.compile(r"(?<=[\u0620-\u064a])\s?([,;?])(?=\s|\Z)")
_ARABIC_OWN = {",": "،", ";": "؛", "?": "؟"}
_KASHIDA = re.compile(r"\u0640+")
_MAIYAMOK = re.compile(r"[\u0e00-\u0e7f](ๆ)|ๆ(?=[\u0e01-\u0e3a\u0e40-\u0e45])")
_PERCENT_IS_SETTLED = frozenset({"de", "sv", "da", "nb", "nn", "fi", "cs", "sk", "tr", "eu"})
_PERCENT = re.compile(rf"(?<![\w.,])(%[{_SPACES}]?)?(\d+(?:[.,]\d+)?)([{_SPACES}]?[%٪])?(?!\w)")
_UNITS = r"(?:kg|g|mg|km|m|cm|mm|l|ml|%|€|\$|£|kr|EUR|USD|SEK|CHF|°C)"
_DECIMAL = re.compile(rf"(?<![\d.,])\d{{1,4}}([.,])\d{{1,2}}(?=[{_SPACES}]?{_UNITS}(?![\w/]))")

_Rule = Callable[[str, Locale], Iterator[Finding]]


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """Warnings for what reads as a mistake, remarks for what is custom."""
    target = shown(unit.target)
    for rule in _RULES.get(setting.locale.language, ()):
        if not (rule is _french and setting.style.spaces == "none"):
            yield from rule(target, setting.locale)
    yield from _straight_quotes(target, shown(unit.source), setting)
    yield from _percent(target, setting.locale)
    yield from _decimals(target, setting.locale)


def _say(severity: Severity, message: str, match: re.Match[str]) -> Finding:
    return Finding(severity, message, match.group())


def _french(text: str, locale: Locale) -> Iterator[Finding]:
    if locale.region == "CH":  # Swiss printers set no spaces
        return
    pattern = _CANADIAN if locale.region == "CA" else _FRENCH
    for match in pattern.finditer(text):
        if not _in_a_word(text, match.start()):
            message = f"A no-break space is missing before '{match[1]}'."
            yield Finding(Severity.WARNING, message, text[max(0, match.start() - 10) : match.end()])
    for match in _FRENCH_OPEN.finditer(text):
        yield Finding(
            Severity.WARNING, "A no-break space is missing after '«'.", text[match.start() : match.end() + 10]
        )


def _in_a_word(text: str, at: int) -> bool:
    """Whether the mark is part of something that is no sentence: ``12:30``, ``:smile:``, ``http:``."""
    return text[at] == ":" and (text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit())


def _half_width(text: str, locale: Locale) -> Iterator[Finding]:
    for match in (_HALF_WIDTH_ZH if locale.language == "zh" else _HALF_WIDTH).finditer(text):
        if locale.language == "zh" and _is_last(match) and match[0] != ",":
            continue
        own = "、" if locale.language == "ja" and match[0] == "," else _FULL[match[0]]
        message = f"'{match[0]}' is a half-width sign: '{own}' is expected here."
        yield Finding(Severity.WARNING, message, text[max(0, match.start() - 5) : match.end() + 5])


def _is_last(match: re.Match[str]) -> bool:
    """Whether it is the mark that ends the text: the check `punctuation` says what is wrong with that one."""
    return match.end() == len(match.string.rstrip())


def _arabic(text: str, locale: Locale) -> Iterator[Finding]:  # noqa: ARG001 (a rule)
    for match in _ARABIC.finditer(text):
        if _is_last(match) and match[0] != "," and match[0] == match[1]:
            continue
        own = _ARABIC_OWN[match[1]]
        yield _say(Severity.WARNING, f"'{match[1]}' is written '{own}' in Arabic.", match)
    for match in _KASHIDA.finditer(text):
        yield _say(Severity.INFO, "The stretched line (kashida) is decoration and breaks search.", match)


def _thai(text: str, locale: Locale) -> Iterator[Finding]:  # noqa: ARG001 (a rule)
    for match in _MAIYAMOK.finditer(text):
        yield _say(Severity.INFO, "'ๆ' stands between spaces.", match)


_RULES: dict[str, tuple[_Rule, ...]] = {
    "fr": (_french,), "ja": (_half_width,), "zh": (_half_width,), "ar": (_arabic,), "th": (_thai,),
}  # fmt: skip


def _straight_quotes(text: str, source: str, setting: Setting) -> Iterator[Finding]:
    locale, style = setting.locale, setting.style.quotes
    key = f"zh-{locale.script}" if locale.language == "zh" else locale.language
    own = f"{style[0]}…{style[1]}" if len(style) > 1 else _QUOTES.get(key)
    if own is None or '"' in own:
        return
    for match in _STRAIGHT.finditer(text):
        if key not in _LATIN and match[0].strip('"') in source:  # a word of another script, in that script's quotes
            continue
        yield _say(Severity.INFO, f"Straight quotes: {own} is the custom here.", match)


def _percent(text: str, locale: Locale) -> Iterator[Finding]:
    if locale.language not in _PERCENT_IS_SETTLED:
        return
    front, space = _percent_pattern(locale.tag)
    for match in _PERCENT.finditer(text):
        before, number, after = match[1] or "", match[2], match[3] or ""
        if not (before or after):
            continue
        spaced = len((before or after).strip("%٪")) > 0
        if bool(before) != front or spaced != space:
            shown_as = f"%{number}" if front else f"{number}{' ' * space}%"
            yield _say(Severity.INFO, f"A percentage is written '{shown_as}' here.", match)


def _decimals(text: str, locale: Locale) -> Iterator[Finding]:
    own = _decimal_sign(locale.tag)
    for match in _DECIMAL.finditer(text):
        if own in ".," and match[1] != own:
            yield _say(Severity.WARNING, f"The decimal sign is '{own}' here.", match)


@lru_cache(maxsize=256)
def _percent_pattern(tag: str) -> tuple[bool, bool]:
    """Whether the sign stands in front, and whether a space stands between (CLDR)."""
    pattern = _babel(tag).percent_formats[None].pattern
    return pattern.startswith("%"), bool(re.search(rf"[{_SPACES}]", pattern))


@lru_cache(maxsize=256)
def _decimal_sign(tag: str) -> str:
    symbols = _babel(tag).number_symbols
    return str(symbols.get("latn", {}).get("decimal", "."))


def _babel(tag: str) -> Any:
    from babel import Locale as Data  # noqa: PLC0415 (slow to import)
    from babel import UnknownLocaleError  # noqa: PLC0415

    for one in Locale(tag).lineage:
        try:
            return Data.parse(one.tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Data("en")


CHECK = Check(
    its="locale-violation",
    about="""Signs are not written as the locale writes them: a missing space before `;` `:` `!` `?` and inside « » in
French (in Canada only before the colon and inside « »), half-width commas in Chinese and Japanese, Latin commas and
question marks in Arabic, `50%` for `50 %` in German, `1.5 kg` for `1,5 kg`, straight quotes.

Times, addresses, code and values are not looked at. Customs that differ between houses (quotes, percent signs) are
remarks, not warnings.

Set it `off` for a locale whose style differs, or waive one case: `# waive: typography quoted from the label`.""",
    look=look,
)
