"""What stand-ins for translation services do to a text, well or badly. Tags are any ``<…>``.

``translated`` gives vowels accents, leaves tags, entities and what is inside an untranslatable element alone.
``DAMAGES`` are ways in which services are known to damage tags, as functions on an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_KEPT = re.compile(r'(<x\b[^>]*[^/]>.*?</x>|<span\b[^>]*translate="no"[^>]*>.*?</span>|<[^>]*>|&\w+;|&#\w+;)')
_VOID = re.compile(r'<x\b[^>]*/>|<x\b[^>]*>[^<]*</x>|<span\b[^>]*translate="no"[^>]*>[^<]*</span>')
_PAIR = re.compile(r'<(?P<name>g|span)(?P<rest>(?![^>]*translate="no")[^>]*)>(?P<inside>[^<]*)</(?P=name)>')
_VOWELS = str.maketrans("aeiou", "áéíóú")


def translated(text: str, terms: dict[str, str] | None = None) -> str:
    """The text in the stub's language; ``terms`` come out as they say."""
    pieces = _KEPT.split(text)
    return "".join(piece if at % 2 else _words(piece, terms or {}) for at, piece in enumerate(pieces))


def _words(text: str, terms: dict[str, str]) -> str:
    if not terms:
        return text.translate(_VOWELS)
    pieces = re.split(rf"\b({'|'.join(map(re.escape, terms))})\b", text)
    return "".join(terms[piece] if at % 2 else piece.translate(_VOWELS) for at, piece in enumerate(pieces))


def _drop(text: str) -> str:
    if _VOID.search(text):
        return _VOID.sub("", text, count=1)
    return _PAIR.sub(r"\g<inside>", text, count=1)


def _duplicate(text: str) -> str:
    def twice(pair: re.Match[str]) -> str:
        first, _, rest = pair["inside"].partition(" ")
        opening, closing = f"<{pair['name']}{pair['rest']}>", f"</{pair['name']}>"
        return f"{opening}{first}{closing} dé {opening}{rest}{closing}"

    return _PAIR.sub(twice, text, count=1)


def _void_first(text: str) -> str:
    found = _VOID.search(text)
    return found.group() + _VOID.sub("", text, count=1) if found else text


def _around(before: str, after: str) -> Callable[[str], str]:
    return lambda text: _PAIR.sub(rf"<\g<name>\g<rest>>{before}\g<inside>{after}</\g<name>>", text, count=1)


DAMAGES: dict[str, Callable[[str], str]] = {
    "": lambda text: text,
    "drop": _drop,
    "duplicate": _duplicate,
    "empty": lambda text: _PAIR.sub(r"<\g<name>\g<rest>></\g<name>>\g<inside>", text, count=1),
    "void first": _void_first,
    "lost space": lambda text: re.sub(r" (<(?:[gx]|span)\b)", r"\1", text, count=1),
    "space inside": _around(" ", " "),
    "new tag": lambda text: text + "<script>alert(1)</script>",
    "new markup": lambda text: text + " **féttér**",
    "crossed": lambda text: re.sub(r"</(?:g|span)>", "", text, count=1),
    "other id": lambda text: re.sub(r'id="\d+"', 'id="99"', text, count=1),
}
