"""What clients of DeepL have reported about its answers, as functions on the text of one. Tags are ours: g and x."""

from __future__ import annotations

import re

FIRST_VOID = re.compile(r"<x [^>]*/>|<x [^>]*>[^<]*</x>")
FIRST_PAIR = re.compile(r"<g ([^>]*)>([^<]*)</g>")
LETTER_BEFORE = re.compile(r"(\w)( ?)(<g [^>]*>)")


def drop(text: str) -> str:
    if FIRST_VOID.search(text):
        return FIRST_VOID.sub("", text, count=1)
    return FIRST_PAIR.sub(r"\2", text, count=1)


def duplicate(text: str) -> str:
    return FIRST_PAIR.sub(
        lambda m: f"<g {m[1]}>{m[2].split()[0]}</g> dé <g {m[1]}>{' '.join(m[2].split()[1:])}</g>", text, 1
    )


def void_first(text: str) -> str:
    found = FIRST_VOID.search(text)
    return found.group() + FIRST_VOID.sub("", text, count=1) if found else text


DAMAGES = {
    "": lambda text: text,
    "drop": drop,
    "duplicate": duplicate,  # deepl-php #47
    "empty": lambda text: FIRST_PAIR.sub(r"<g \1></g>\2", text, count=1),  # deepl-node #30
    "void first": void_first,  # deepl-python #93
    "lost space": lambda text: re.sub(r" (<[gx])", r"\1", text, count=1),  # deepl-node #48
    "letter in": lambda text: LETTER_BEFORE.sub(r"\2\3\1", text, count=1),  # deepl-python #142
    "space inside": lambda text: FIRST_PAIR.sub(r"<g \1> \2 </g>", text, count=1),
    "crossed": lambda text: text.replace("</g>", "", 1),
    "new tag": lambda text: text + "<script>alert(1)</script>",
    "new markup": lambda text: text + " **féttér**",
    "new html": lambda text: text + " &lt;img src=x onerror=alert(1)&gt;",
    "new link": lambda text: text + " [hére](https://evil.example/)",
    "nothing": lambda text: text[:0],
    "copy": lambda text: text.translate(str.maketrans("áéíóú", "aeiou")),
}
