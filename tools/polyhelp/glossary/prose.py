"""What of a segment is prose: the view in which terms are looked for."""

from __future__ import annotations

import html
import re
import unicodedata

from polyhelp.text.inline import Code, Role, tokenize

THROUGH = "\ue000"
"""Stands for markup that a term may run across: the marks of emphasis, the brackets of a link."""
WALL = "\ufffc"
"""Stands for what no term runs across: a code span, a placeholder, an address."""

WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u0900-\u0963\u0966-\u0dff])*")
"""A word: letters and digits with the marks that belong to them (accents, vowel signs)."""

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def masked_source(text: str) -> str:
    """``text`` with its codes replaced, character for character, so that positions stay right."""
    tokens = tokenize(text)
    if len(tokens) == 1 and isinstance(tokens[0], str):
        return text
    return "".join([token if isinstance(token, str) else _masked(token) for token in tokens])


def _masked(code: Code) -> str:
    if code.kind in {"entity", "escape"}:
        return _character(code).ljust(len(code.text), THROUGH)[: len(code.text)]
    filler = WALL if code.role is Role.VOID else THROUGH
    # a title inside a link's closing code is prose of its own: no term runs from the link's text into it
    wall = WALL if len(code.parts) > 1 else filler
    return "".join(part if at % 2 else wall * len(part) for at, part in enumerate(code.parts))


def _character(code: Code) -> str:
    return html.unescape(code.text) if code.kind == "entity" else code.text[1:]


def target_prose(text: str, *, with_code_spans: bool = False) -> str:
    """The prose of a target as one NFC text without invisible characters; positions are not kept.

    ``with_code_spans`` keeps what stands in code spans and ``<kbd>``: a name that must stay may stand there too.
    """
    out: list[str] = []
    for token in tokenize(text):
        if isinstance(token, str):
            out.append(token)
        elif token.kind in {"entity", "escape"}:
            out.append(_character(token))
        elif with_code_spans and (token.kind == "code" or token.text.startswith(("<kbd", "<code", "<samp"))):
            out.append(f" {re.sub('<[^>]*>', ' ', token.text).strip('`')} ")
        elif token.role is Role.VOID or len(token.parts) > 1:
            out.append(f" {WALL} {f' {WALL} '.join(token.parts[1::2])} ")
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", "".join(out)))
