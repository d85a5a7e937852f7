"""Places on a page: what a translator reads of one, and how a target is written into it.

1. What the place itself demands is not shown: the escape of a pipe in a table cell, quotes and escapes of YAML,
   character references in attributes, soft line breaks, attribute lists. It is written again with the target.
2. Code that is broken over two lines, or whose pipe is escaped, is written as it stands in the page.
3. A target never starts a block: a leading ``#``, ``-``, ``1.`` and their like are escaped, with a backslash where
   Python-Markdown knows that escape, else as a character reference.
4. A target with plural forms is written with ``{% translated %}`` for ``{% trans %}``: its forms are its locale's.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import replace

from polyhelp.content import frontmatter
from polyhelp.content.blocks import starts_block
from polyhelp.model import Kind, Segment, Slot
from polyhelp.text.inline import Code, codes, tokenize
from polyhelp.text.lists import with_lists, without_lists
from polyhelp.text.plural import Plural

_CHARACTERS = {"&quot;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">"}
_REFERENCE = re.compile("|".join(_CHARACTERS))
_FOLDED = frozenset({Slot.LINES, Slot.HTML})
NO_MARKDOWN = frozenset({Slot.HTML, Slot.ATTRIBUTE, Slot.FENCE, Slot.YAML, Slot.YAML_BLOCK, Slot.INSIDE})
"""Slots whose text is not read as Markdown."""
_ALONE = re.compile(r"\r(?!\n)")
_CAN_START = re.compile(r"[^\w\s]|\d|\s")
_BRACE = re.compile(r"(?<=\S)[ ]+(?=\{)")
_ESCAPABLE = frozenset("\\`*_{}[]()>#+-.!")
_NUMBER = re.compile(r"\d+(?=[.)])")
_TASK = re.compile(r"\[[ xX]\][ \t]")

Say = Callable[[str], str]  # prose in an attribute list -> what is written there


# ---------------------------------------------------------------- reading


def one_line_end(text: str) -> str:
    """``text`` with a line feed for every carriage return that stands alone: Python reads files so, and MkDocs, too."""
    return _ALONE.sub("\n", text) if "\r" in text else text


def read(raw: str, slot: Slot, lead: str) -> str:
    """What a translator reads of ``raw``."""
    text = unfolded(raw, slot, lead)
    return text if slot in NO_MARKDOWN else without_lists(text)


def unfolded(raw: str, slot: Slot, lead: str) -> str:
    """``raw`` without the escapes and line breaks that its place demands; attribute lists stay."""
    raw = one_line_end(raw)
    if slot is Slot.YAML:
        return frontmatter.value_of(raw)
    if slot is Slot.CELL:
        return raw.replace("\\|", "|")
    if slot is Slot.YAML_BLOCK:
        return " ".join(line.strip(" \t\r") for line in raw.split("\n") if not line.isspace() and line)
    if slot in {Slot.ATTRIBUTE, Slot.INSIDE}:
        return _REFERENCE.sub(lambda match: _CHARACTERS[match[0]], raw)
    return _on_one_line(raw, lead) if slot in _FOLDED and "\n" in raw else raw


def _on_one_line(raw: str, lead: str) -> str:
    """Fold soft line breaks to a space; a hard break stays as two spaces and a line end."""
    if lead.strip():  # a quote's further lines begin with ">"
        raw = re.sub(rf"\n{re.escape(lead.rstrip())}[ \t]?", "\n", raw)
    lines = raw.split("\n")
    out: list[str] = []
    for line in lines[:-1]:
        text = line.rstrip(" \t\r")
        is_hard = text.endswith("\\") or line.rstrip("\r").endswith("  ")
        out += [text.lstrip(" \t"), "" if text.endswith("\\") else "  " if is_hard else " ", "\n" if is_hard else ""]
    out[0] = lines[0].rstrip(" \t\r")
    return "".join([*out, lines[-1].lstrip(" \t")])


# ---------------------------------------------------------------- writing


def written(segment: Segment, target: str, say: Say) -> str:
    """``target`` as it must be written where ``segment`` stands; "" for what stands inside another segment."""
    if segment.slot is Slot.INSIDE:
        return ""
    marked = segment.slot not in NO_MARKDOWN
    forms = Plural.parse(target) if Plural.parse(segment.source) else None
    if forms:
        target = _with_forms(segment, forms, say if marked else None)
    elif marked:
        target = with_lists(target, unfolded(segment.raw, segment.slot, segment.lead), say)
    return _with_code(segment, target, _put(segment, target))


def _with_forms(segment: Segment, plural: Plural, say: Say | None) -> str:
    """A target with plural forms as a template has it: with attribute lists in each form."""
    target = str(plural)
    source = Plural.parse(unfolded(segment.raw, segment.slot, segment.lead))
    if source and say:
        forms = tuple(with_lists(form, source.forms[-1], say) for form in plural.forms)
        plural = replace(plural, forms=forms)
    return str(plural) if target == segment.source else str(plural).replace("{% trans ", "{% translated ", 1)


def _put(segment: Segment, target: str) -> str:
    if segment.slot is Slot.LINES:
        text = _lines(segment, target)
        return one_list(text) if segment.kind is Kind.HEADING and not _BRACE.search(segment.raw) else text
    target = " ".join(line.strip() for line in target.split("\n") if line.strip())
    if segment.kind is Kind.HEADING:
        return _heading(segment.raw, target)
    if segment.slot in _PLACES:
        return _PLACES[segment.slot](target)
    if segment.slot is Slot.YAML:
        return frontmatter.written(segment.raw, target)
    if segment.kind is Kind.ALT:
        return _bracketed(target)
    return _as_text(target, segment.raw) if segment.kind is Kind.TITLE else target


def _with_code(segment: Segment, target: str, text: str) -> str:
    """``text``, which says ``target``, with the code of the segment as the page has it, broken or escaped."""
    raw = segment.raw
    if "`" not in raw or not ("\n" in raw or (segment.slot is Slot.CELL and "\\|" in raw)):
        return text
    shown, stands = _spans_of_code(unfolded(raw, segment.slot, segment.lead)), _spans_of_code(raw)
    if shown == stands or len(shown) != len(stands):
        return text
    waiting: dict[str, deque[str]] = defaultdict(deque)
    for one, other in zip(shown, stands, strict=True):
        waiting[one].append(other)
    out: list[str] = []
    at = 0
    for code in _spans_of_code(target):
        found = text.find(code, at)
        if found < 0:
            break
        out += [text[at:found], waiting[code].popleft() if waiting[code] else code]
        at = found + len(code)
    return "".join([*out, text[at:]])


def _spans_of_code(text: str) -> list[str]:
    return [code.bare for code in codes(text) if code.kind == "code"]


def _lines(segment: Segment, target: str) -> str:
    """Lines that further lines of the same block may follow: none of them starts another block."""
    newline = "\r\n" if "\r\n" in segment.raw else "\n"
    lines: list[str] = []
    row: list[str] = []
    for written in target.strip().split("\n"):
        line = written.strip(" \t\r") + ("  " if written.endswith("  ") else "")
        row += [line] if line else []
        if row and (line.endswith("  ") or _ends_escaping(line)):
            lines.append(" ".join(row))
            row = []
    if row:
        lines.append(" ".join(row))
    if segment.kind is Kind.ABBREVIATION:
        return " ".join(line.strip() for line in lines)
    if _TASK.match(target) and not _TASK.match(segment.raw):
        lines[0] = "&#91;" + lines[0][1:]
    return f"{newline}{segment.lead}".join(_as_text(line, segment.raw) for line in lines).rstrip(" ")


def _ends_escaping(text: str) -> bool:
    """Whether a backslash at the end escapes what follows."""
    return bool((len(text) - len(text.rstrip("\\"))) % 2)


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
    return target if _BRACE.search(raw) else one_list(target)


def one_list(text: str) -> str:
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
    return text + "\\" if _ends_escaping(text) else text


def _attribute(target: str) -> str:
    return target.replace('"', "&quot;").replace("'", "&#39;").replace("<", "&lt;").replace(">", "&gt;")


def _fence(target: str) -> str:
    """The title of a code block: no quote of the line that opens it, and no escape for one is known there."""
    return target.replace('"', "”").replace("'", "’")


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
    Slot.FENCE: _fence,
    Slot.HTML: _html,
}
