"""Put targets back into a Document.

1. A segment without a target, or whose target equals its source, stays as it stands in the page.
2. A target is escaped as its place demands: pipes in a table cell, quotes in a title, YAML in front matter.
3. A target never starts a block: a leading ``#``, ``-``, ``1.`` and their like are escaped, with a backslash where
   Python-Markdown knows that escape, else as a character reference.
4. As soon as one target is put in, every heading without an id gets the source page's id pinned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from polyhelp.content import frontmatter
from polyhelp.content.blocks import starts_block
from polyhelp.model import Document, Key, Kind, Pin, Segment, Slot
from polyhelp.text.inline import Code, tokenize

_CAN_START = re.compile(r"[^\w\s]|\d|\s")
_BRACE = re.compile(r"(?<=[^#\s])[ ]+(?=\{)")
_ESCAPABLE = frozenset("\\`*_{}[]()>#+-.!")
_NUMBER = re.compile(r"\d+(?=[.)])")
_TASK = re.compile(r"\[[ xX]\][ \t]")
_WRAP = re.compile(r"\s*\n\s*")
_HARD_BREAK = re.compile(r"(?:[ ]{2,}|(?<!\\)(?:\\\\)*\\)$")


def render(document: Document, targets: Mapping[Key, str], *, pinned: bool = False) -> str:
    """The page with ``targets`` in place. With no targets it is the page as it was read, character for character.

    ``pinned`` writes the heading ids into the source page as well: where a template fills in a heading's text, its id
    would else follow the value in the source language and not in the others.
    """
    out: list[str] = []
    pins: list[tuple[int, str]] = []
    changed = pinned
    for part in document.parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, Pin):
            pins.append((len(out), part.text))
            out.append("")
        else:
            target = targets.get(part.key, "") if targets else ""
            applies = target != part.source and bool(target.strip())
            changed = changed or applies
            out.append(placed(part, target) if applies else part.raw)
    if changed:
        for at, pin in pins:
            out[at] = pin
            if at and pin.startswith(" "):
                line = out[at - 1].rfind("\n") + 1
                out[at - 1] = out[at - 1][:line] + _one_list(out[at - 1][line:])
    return "".join(out)


def placed(segment: Segment, target: str) -> str:
    """``target`` as it must be written where ``segment`` stands."""
    if segment.slot is Slot.LINES:
        return _lines(segment, target)
    target = _WRAP.sub(" ", target.strip())
    if segment.kind is Kind.HEADING:
        return _heading(segment.raw, target)
    if segment.slot in _PLACES:
        return _PLACES[segment.slot](target)
    if segment.slot is Slot.YAML:
        return frontmatter.written(segment.raw, target)
    if segment.kind is Kind.ALT:
        return _bracketed(target)
    return target


# ---------------------------------------------------------------- places


def _lines(segment: Segment, target: str) -> str:
    """Lines that further lines of the same block may follow: none of them starts another block."""
    newline = "\r\n" if "\r\n" in segment.raw else "\n"
    lines: list[str] = []
    joined = ""
    for written in target.strip().split("\n"):
        line = written.strip(" \t\r") + ("  " if written.endswith("  ") else "")
        joined = f"{joined} {line}" if joined and line else joined or line
        if _HARD_BREAK.search(joined):
            lines.append(joined)
            joined = ""
    if joined:
        lines.append(joined)
    if segment.kind is Kind.ABBREVIATION:
        return " ".join(line.strip() for line in lines)
    if segment.kind is Kind.LIST_ITEM and _TASK.match(target) and not _TASK.match(segment.raw):
        lines[0] = "\\" + lines[0]
    return f"{newline}{segment.lead}".join(_as_text(line, segment.raw) for line in lines).rstrip(" ")


def _as_text(line: str, raw: str) -> str:
    """``line``, such that it starts no block."""
    if not _CAN_START.match(line) or not starts_block(line) or starts_block(raw.partition("\n")[0]):
        return line
    number = _NUMBER.match(line)
    at = number.end() if number else 0
    return line[:at] + ("\\" + line[at] if line[at] in _ESCAPABLE else f"&#{ord(line[at])};") + line[at + 1 :]


def _heading(raw: str, target: str) -> str:
    """A heading's text: its end is neither closing marks nor an attribute list."""
    if target.endswith("#") and not raw.endswith("#"):
        target = target[:-1] + "\\#"
    return target if _BRACE.search(raw) else _one_list(target)


def _one_list(text: str) -> str:
    """A heading's text, in which no attribute list starts: one starts at a space and a brace, but not in code."""
    if not _BRACE.search(text):
        return text
    tokens = tokenize(text)
    hidden = [token.text for token in tokens if isinstance(token, Code) and token.kind in {"code", "math"}]
    shape = "".join(
        token if isinstance(token, str) else "\0" if token.kind in {"code", "math"} else token.text for token in tokens
    )
    pieces = _BRACE.sub("&#32;", shape).split("\0")
    return "".join(piece + code for piece, code in zip(pieces, [*hidden, ""], strict=True))


def _cell(target: str) -> str:
    """A pipe outside code would end the cell; a template tag's pipe is the template's."""
    out = [
        token if not isinstance(token, str) else re.sub(r"(?<!\\)\|", r"\\|", token)
        for token in tokenize(target)
    ]  # fmt: skip
    text = "".join(piece.text if isinstance(piece, Code) else piece for piece in out)
    return text + "\\" if (len(text) - len(text.rstrip("\\"))) % 2 else text


def _attribute(target: str) -> str:
    return target.replace('"', "&quot;").replace("'", "&#39;").replace("<", "&lt;").replace(">", "&gt;")


def _html(target: str) -> str:
    """Text of raw HTML: an angle bracket that starts no tag is a character reference."""
    out = [token.replace("<", "&lt;") if isinstance(token, str) else token.text for token in tokenize(target)]
    return "".join(out)


def _bracketed(target: str) -> str:
    """An image's alternative text: brackets that no bracket answers would end it."""
    tokens = [token if isinstance(token, str) else token.text for token in tokenize(target)]
    text, depth = "".join(tokens), 0
    for mark in re.sub(r"\\.|[^\[\]]", "", text):
        depth += 1 if mark == "[" else -1
        if depth < 0:
            break
    return text if depth == 0 else re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)


def _block_scalar(target: str) -> str:
    return " ".join(target.split())


_PLACES = {
    Slot.YAML_BLOCK: _block_scalar,
    Slot.CELL: _cell,
    Slot.ATTRIBUTE: _attribute,
    Slot.HTML: _html,
}
