"""Check: a target ends as its source does, with its own language's marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Kind, Severity, Unit
from polyhelp.text.shown import sentences, shown

_CLOSERS = "\"'”’»“«›‹」』）)]}*_~\u200b\u200e\u200f "
_STOP, _QUESTION, _CALL, _COLON, _SEMICOLON, _MORE = (
    "full stop",
    "question mark",
    "exclamation mark",
    "colon",
    "semicolon",
    "ellipsis",
)
_MARKS = {
    ".": _STOP, "。": _STOP, "．": _STOP, "｡": _STOP, "।": _STOP, "۔": _STOP, "։": _STOP, "።": _STOP, "។": _STOP,
    "၊": _STOP, "။": _STOP, "?": _QUESTION, "？": _QUESTION, "؟": _QUESTION, "!": _CALL, "！": _CALL,
    ":": _COLON, "：": _COLON, ";": _SEMICOLON, "；": _SEMICOLON, "؛": _SEMICOLON, "…": _MORE,
}  # fmt: skip
_OWN = {  # what a language writes for a mark; a tuple's first is the usual one
    "ja": {_STOP: "。", _QUESTION: "？?", _CALL: "！!", _COLON: "：:", _SEMICOLON: "；;"},
    "zh": {_STOP: "。", _QUESTION: "？", _CALL: "！", _COLON: "：", _SEMICOLON: "；"},
    "ar": {_STOP: ".", _QUESTION: "؟", _CALL: "!", _COLON: ":", _SEMICOLON: "؛"},
    "fa": {_STOP: ".", _QUESTION: "؟", _SEMICOLON: "؛"},
    "ur": {_STOP: "۔", _QUESTION: "؟", _SEMICOLON: "؛"},
    "el": {_QUESTION: ";;", _SEMICOLON: "·"},
    "hi": {_STOP: "।."}, "hy": {_STOP: "։", _QUESTION: "՞"},
}  # fmt: skip
_WITHOUT_STOP = frozenset({"th", "lo", "my", "km"})
_OPENING = {"?": "¿", "!": "¡"}
_WITH_OPENING = frozenset({"es", "gl", "ast"})
_THAI_STOP = re.compile(r"[\u0e00-\u0e7f]{4,}\.\Z")
_JAPANESE_SENTENCE = re.compile(r"(?:[うくすつぬむるぐぶい]|[ただ]|ん|ません|でしょ|[よねか])。?\Z")
_JAPANESE_POLITE = re.compile(r"(?:ます|です|ません|ました|でした|ください|でしょう|ましょう)。?\Z")
_JAPANESE_OPEN = re.compile(r"(?:[をがはにへもや]|から|まで|より|って)\Z")  # a sentence goes on after these
_ELLIPSIS = re.compile(r"\.{2,}|…+|。{2,}")


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """A warning where the end of a target has another mark than its source's, or the mark of another language.

    A statement may become an exclamation and the other way round.
    """
    language = setting.locale.language
    source, target = _bare(unit.source), _bare(unit.target)
    if not source or not target:
        return
    before, after = _mark(source, setting.origin.language), _mark(target, language)
    if language in _WITHOUT_STOP:
        if _THAI_STOP.search(target) and language == "th":
            yield Finding(Severity.WARNING, "Thai sentences end without a full stop.", target[-1])
        before = "" if before in {_STOP, _CALL} else before
        after = "" if after in {_STOP, _CALL} else after
    if before != after and not _custom(before, after, unit, language):
        yield Finding(Severity.WARNING, _difference(before, after), target[-1] if after else "")
    elif after and _foreign(target, after, language):
        own = _OWN[language][after][0]
        yield Finding(Severity.WARNING, f"The {after} is '{own}' in this language, not '{target[-1]}'.", target[-1])
    if language in _WITH_OPENING:
        yield from _openings(unit.target)


def _custom(before: str, after: str, unit: Unit, language: str) -> bool:
    """Whether a difference is good style in the language.

    A statement may become an exclamation, and the other way round. Chinese and Japanese often end with a full stop what
    leads to an example with a colon in other languages. Thai and its neighbors ask by a word and need no mark. Japanese
    ends noun phrases, and plain words in a list, without a stop, and sentences with one.
    """
    both = {before, after}
    if both == {_STOP, _CALL}:
        return True
    if language in _WITHOUT_STOP and before == _QUESTION:
        return not after
    if language in {"ja", "zh", "ko"} and both == {_STOP, _COLON}:
        return True
    if language != "ja" or both != {_STOP, ""}:
        return False
    text = shown(unit.target).rstrip()
    listed = unit.notes[:1] == (Kind.LIST_ITEM.value,)
    if not after and _JAPANESE_OPEN.search(text):
        return False
    sentence = bool(_JAPANESE_POLITE.search(text) or (not listed and _JAPANESE_SENTENCE.search(text)))
    return sentence if after else not sentence


def _foreign(target: str, mark: str, language: str) -> bool:
    """Whether the last sign is another language's; after Latin letters and code that is custom."""
    own = _OWN.get(language, {}).get(mark)
    before = target[-2:-1]
    return own is not None and target[-1] not in own and before.isalpha() and not before.isascii()


def _bare(text: str) -> str:
    return _ELLIPSIS.sub("…", shown(text).strip()).rstrip(_CLOSERS)


def _mark(text: str, language: str) -> str:
    last = text[-1:]
    if language == "el" and last in ";\u037e":
        return _QUESTION
    if language == "el" and last in "·\u0387":
        return _SEMICOLON
    if language == "hy" and "՞" in text[-30:]:
        return _QUESTION
    return _MARKS.get(last, "")


def _difference(before: str, after: str) -> str:
    if not after:
        return f"The source ends with {_a(before)}, the translation does not."
    if not before:
        return f"The translation ends with {_a(after)}, the source does not."
    return f"The source ends with {_a(before)}, the translation with {_a(after)}."


def _a(mark: str) -> str:
    return f"an {mark}" if mark[0] in "aeiou" else f"a {mark}"


def _openings(text: str) -> Iterator[Finding]:
    for sentence in sentences(shown(text)):
        last = sentence.rstrip(_CLOSERS)[-1:]
        if last in _OPENING and not any(mark in sentence for mark in _OPENING.values()):
            yield Finding(Severity.WARNING, f"'{_OPENING[last]}' is missing before: '{sentence}'", sentence)


CHECK = Check(
    its="typographical",
    about="""The end of a translation differs from the end of its source: a full stop, question mark, exclamation
mark, colon or ellipsis is missing, was added, or is the mark of another language (`?` for `？` in Chinese, `?` for
`؟` in Arabic; a full stop after a Thai sentence). Spanish questions and exclamations also need `¿` and `¡`.

A list whose lines end with full stops in one language and without in the other looks careless, and a lost question
mark turns a question into a claim. A statement may become an exclamation, and a Thai question needs no mark.

Set the check `off` for a locale where your style differs, or waive one case: `# waive: punctuation heading style`.""",
    look=look,
)
