"""Check: no character that is invisible, broken, or of another script than its word.

More about them: Unicode's UAX 9 (directional controls) and UTS 39 (mixed scripts). Which ones are reported here is a
choice of ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.checks.han import wrong_forms
from polyhelp.model import Locale, Severity, Unit
from polyhelp.text.inline import masked

_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2061-\u2064"
    "\u2066-\u206f\u3164\ufeff\ufff9-\ufffd\uffa0\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_NAMES = {
    "\xad": "soft hyphen", "\u200b": "zero-width space", "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner", "\ufeff": "byte order mark",
}  # fmt: skip
_JOINERS = "\u200c\u200d"
_MARKS = "\u200e\u200f\u061c"
_OPENING = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_OVERRIDES = "\u202d\u202e"
_DIRECTION = frozenset({*_MARKS, *_OPENING, *_OPENING.values(), *_OVERRIDES})
_WITHOUT_JOINERS = re.compile("[A-Za-z\u00c0-\u052f\u0370-\u03ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e01-\u0e5b]")
_BREAKS = frozenset({"th", "lo", "km", "my"})  # whose writers mark where a line may break
_MISREAD = re.compile("[\u00c2\u00c3\u00c5][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
                      "\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|\u00e2\u20ac[^\\s\\w]")  # fmt: skip
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_SCRIPTS = {"Cyrillic": "\u0400-\u052f", "Greek": "\u0370-\u03ff\u1f00-\u1fff"}
_OTHER = "".join(_SCRIPTS.values())
_WORD = re.compile(f"[{_LATIN}{_OTHER}]+")
_HAS_OTHER, _HAS_LATIN = re.compile(f"[{_OTHER}]"), re.compile(f"[{_LATIN}]")
_STRETCHES = {name: re.compile(f"[{letters}]+") for name, letters in {"Latin": _LATIN, **_SCRIPTS}.items()}
_SYMBOL = re.compile(f"(?:[A-Za-z]{{1,3}}[{_SCRIPTS['Greek']}]|[{_SCRIPTS['Greek']}][A-Za-z]{{1,3}})")  # kΩ, Δt
_ENDING = re.compile("[A-Z]{2,}s?[\u0400-\u052f]{1,4}")  # an abbreviation with its case: PDFа
_HAN = re.compile("[\u3400-\u9fff]")


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """An error for what breaks a page or a search, a warning for what a reader does not see or stumbles over.

    What the source has is right in the target too.
    """
    found = set(_SUSPECT.findall(unit.target))
    if found:
        yield from _unseen(unit, found - set(unit.source), setting.locale)
        yield from _directions(unit, setting.locale)
    misread = _MISREAD.search(unit.target)
    if misread and not _MISREAD.search(unit.source):
        yield Finding(Severity.ERROR, f"'{misread[0]}' {_read_wrong(misread[0])}", misread[0])
    yield from _mixed(unit)
    yield from _wrong_han(unit, setting.locale)


def _unseen(unit: Unit, found: set[str], locale: Locale) -> Iterator[Finding]:
    for character in sorted(found - _DIRECTION):
        if _has_use(character, unit.target, locale):
            continue
        mark = _around(unit.target, character)
        if character == "\ufffd":
            text = "A character was lost here: '\ufffd' stands where it was. Write it again."
            yield Finding(Severity.ERROR, text, mark)
        elif unicodedata.category(character) in {"Cc", "Cn"} or "\ufff9" <= character <= "\ufffb":
            yield Finding(Severity.ERROR, f"A control character that no page can show: {_named(character)}.", mark)
        elif unicodedata.category(character) == "Co":
            text = f"{_named(character)} has a form only in some fonts; readers see an empty box."
            yield Finding(Severity.ERROR, text, mark)
        else:
            text = f"An invisible character: {_named(character)}. Searches do not find the word with it; delete it."
            yield Finding(Severity.WARNING, text, mark)


def _has_use(character: str, text: str, locale: Locale) -> bool:
    if character == "\u200b":
        return locale.language in _BREAKS
    if character in _JOINERS:  # Persian and Indian scripts and emoji need them
        places = (match.start() for match in re.finditer(character, text))
        return not any(_WITHOUT_JOINERS.match(text, at - 1) for at in places if at)
    return False


def _directions(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Directional controls have a use in text from right to left, around values; overrides hide what stands there."""
    there = [character for character in unit.target if character in _DIRECTION]
    if not there or there == [character for character in unit.source if character in _DIRECTION]:
        return
    override = next((character for character in there if character in _OVERRIDES), "")
    if override:
        text = f"{_named(override)} turns the letters around that follow, so that readers see another text; delete it."
        yield Finding(Severity.ERROR, text, _around(unit.target, override))
    elif not locale.right_to_left:
        text = f"An invisible character that changes the direction of text: {_named(there[0])}. Delete it."
        yield Finding(Severity.WARNING, text, _around(unit.target, there[0]))
    elif open_ := _unclosed(there):
        text = f"A change of direction has no end or no beginning, and runs on over the page: {_named(open_)}."
        yield Finding(Severity.ERROR, text, _around(unit.target, open_))


def _unclosed(controls: list[str]) -> str:
    """A control of a pair that stands alone, or ``""``."""
    stack: list[str] = []
    for control in controls:
        if control in _OPENING:
            stack.append(control)
        elif control not in _MARKS and (not stack or _OPENING[stack.pop()] != control):
            return control
    return stack[-1] if stack else ""


def _read_wrong(text: str) -> str:
    try:
        meant = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        meant = ""
    probably = f" and probably was '{meant}'" if meant.isprintable() and meant else ""
    return f"comes from a file that was read in the wrong encoding{probably}."


def _mixed(unit: Unit) -> Iterator[Finding]:
    if not (_HAS_OTHER.search(unit.target) and _HAS_LATIN.search(unit.target)):
        return
    for word in dict.fromkeys(_WORD.findall(masked(unit.target))):
        if not (_HAS_OTHER.search(word) and _HAS_LATIN.search(word)) or word in unit.source:
            continue
        if not _SYMBOL.fullmatch(word) and not _ENDING.fullmatch(word):
            yield Finding(Severity.WARNING, _mixture(word), word)


def _mixture(word: str) -> str:
    """Which letters of a word are of which script, the fewest first: those are the mistake."""
    parts = {name: "".join(stretch.findall(word)) for name, stretch in _STRETCHES.items()}
    (fewest, letters), *others = sorted(
        ((name, found) for name, found in parts.items() if found), key=lambda part: len(part[1])
    )
    rest = " and ".join(name for name, _ in others)
    verb = "is" if len(letters) == 1 else "are"
    return f"In '{word}', '{letters}' {verb} {fewest} and the rest {rest}: they only look alike. Write the word again."


def _wrong_han(unit: Unit, locale: Locale) -> Iterator[Finding]:
    wrong = wrong_forms(locale)
    if not wrong:
        return
    found = dict.fromkeys(one for one in _HAN.findall(masked(unit.target)) if one in wrong and one not in unit.source)
    if not found:
        return
    script = "Traditional" if locale.language == "zh" and locale.script != "Hant" else "Simplified"
    shown = ", ".join(f"'{one}' (expected {_either(wrong[one])})" for one in list(found)[:5])
    kind = "Japanese does not have" if locale.language == "ja" else f"{locale} does not use"
    text = f"{script} Chinese {'characters' if len(found) > 1 else 'character'}, which {kind}: {shown}."
    yield Finding(Severity.WARNING, text, next(iter(found)))


def _either(forms: str) -> str:
    return " or ".join(f"'{form}'" for form in forms)


def _around(text: str, character: str) -> str:
    """The word that an invisible character stands in, so that the place can be found."""
    at = text.index(character)
    left = max(text.rfind(" ", 0, at) + 1, at - 20)
    right = text.find(" ", at)
    return text[left : min(right if right >= 0 else len(text), at + 20)]


def _named(character: str) -> str:
    name = _NAMES.get(character) or unicodedata.name(character, "").lower()
    return f"{name} (U+{ord(character):04X})" if name else f"U+{ord(character):04X}"


CHECK = Check(
    its="characters",
    about="""\
Finds characters that a reader cannot see, that no page can show, or that belong to another script than their word.

- **Invisible characters**: a zero-width space, a soft hyphen, a byte order mark. They come in when text is copied from
  a web page or a word processor, and nobody finds the word any more by searching for it. Where a script needs them
  (joiners in Persian and Hindi, line breaks in Thai), they are left alone.
- **Directional controls** in text that runs from left to right, overrides anywhere, and pairs that are not closed.
- **Broken characters**: `\ufffd`, control characters, and text such as `Ã¤` that was read in the wrong encoding.
- **Mixed scripts in one word**: a Latin `a` in a Russian word looks right and is not.
- **The other Chinese script**: a Simplified character in Traditional Chinese, or the reverse; and Simplified
  characters that Japanese does not have.

Delete the character, or write the word again by hand. What the source has may stand in the translation too.
If a character is meant, waive the finding at the unit with a line `# waive: characters REASON`.
""",
    look=look,
)
