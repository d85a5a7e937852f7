"""Put targets back into a Document.

1. A segment without a target, or whose target equals its source, stays as it stands in the page.
2. A target is escaped as its place demands: pipes in a table cell, quotes in a title, YAML in front matter.
3. A target never starts a block that its source does not start: a leading ``#``, ``-``, ``1.`` and their like are
   escaped.
4. As soon as one target is put in, every heading without an id gets the source page's id pinned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from polyhelp.model import Document, Key, Pin, Segment, Slot
from polyhelp.text.inline import Code, tokenize

_BLOCK_START = re.compile(r"(?:#{1,6}|[*+-]|\d{1,9}[.)])(?=[ \t])|>|:(?=[ ])|={3}|!{3}|\?{3}|/{3}|~{3}|`{3}|\||\{[%:]")
_PLAIN_YAML = re.compile(r"[^\W\d_](?:(?!: |:$| #)[^\n\"'{}\[\]|>&*!%@`\\])*", re.DOTALL)
_YAML_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def render(document: Document, targets: Mapping[Key, str]) -> str:
    """The page with ``targets`` in place. With no targets it is the page as it was read, character for character."""
    applied = {
        part.key for part in document.segments if part.key in targets and targets[part.key] not in ("", part.source)
    }
    if not applied:
        return "".join(_as_read(part) for part in document.parts)
    out: list[str] = []
    for part in document.parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, Pin):
            out.append(part.text)
        elif part.key in applied:
            out.append(placed(part, targets[part.key]))
        else:
            out.append(part.raw)
    return "".join(out)


def _as_read(part: str | Segment | Pin) -> str:
    if isinstance(part, Segment):
        return part.raw
    return part if isinstance(part, str) else ""


def placed(segment: Segment, target: str) -> str:
    """``target`` as it must be written where ``segment`` stands."""
    if segment.slot is Slot.LINES:
        return _lines(segment, target)
    if segment.slot is Slot.YAML_BLOCK:
        return " ".join(target.split())
    target = re.sub(r"[ \t]*\n[ \t]*", " ", target)
    if segment.slot is Slot.YAML:
        return _yaml(segment.raw, target)
    if segment.slot is Slot.CELL:
        return _cell(target)
    if segment.slot is Slot.ATTRIBUTE:
        return target.replace('"', "&quot;").replace("<", "&lt;")
    return target


def _lines(segment: Segment, target: str) -> str:
    newline = "\r\n" if "\r\n" in segment.raw else "\n"
    lines = target.split("\n")
    if _BLOCK_START.match(target) and not _BLOCK_START.match(segment.raw):
        lines[0] = _escaped(lines[0])
    kept = [line if n == len(lines) - 1 or line.endswith(("  ", "\\")) else f"{line} " for n, line in enumerate(lines)]
    if all(line.endswith(("  ", "\\")) for line in kept[:-1]):
        return f"{newline}{segment.lead}".join(kept)
    return " ".join(line.strip() for line in lines)


def _escaped(line: str) -> str:
    number = re.match(r"\d{1,9}(?=[.)])", line)
    at = number.end() if number else 0
    return f"{line[:at]}\\{line[at:]}"


def _cell(target: str) -> str:
    """A pipe outside code would end the cell; a template tag's pipe is the template's."""
    out = [
        token if not isinstance(token, str) else re.sub(r"(?<!\\)\|", r"\\|", token)
        for token in tokenize(target)
    ]  # fmt: skip
    return "".join(piece.text if isinstance(piece, Code) else piece for piece in out)


def _yaml(raw: str, target: str) -> str:
    if raw[:1] == "'":
        return "'" + target.replace("'", "''") + "'"
    if raw[:1] != '"' and _PLAIN_YAML.fullmatch(target) and target.lower() not in _YAML_WORDS:
        return target
    return '"' + target.replace("\\", "\\\\").replace('"', '\\"') + '"'
