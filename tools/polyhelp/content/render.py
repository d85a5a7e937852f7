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
_BRACE = re.compile(r"(?<=[^#\s])[ ]+(?=\{)")
_YAML_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def render(document: Document, targets: Mapping[Key, str]) -> str:
    """The page with ``targets`` in place. With no targets it is the page as it was read, character for character."""
    out: list[str] = []
    pins: list[tuple[int, str]] = []
    changed = False
    for part in document.parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, Pin):
            pins.append((len(out), part.text))
            out.append("")
        else:
            target = targets.get(part.key, "") if targets else ""
            applies = target not in ("", part.source)
            changed = changed or applies
            out.append(placed(part, target) if applies else part.raw)
    if changed:
        for at, pin in pins:
            out[at] = pin
            if at and pin.startswith(" "):
                out[at - 1] = _one_list(out[at - 1])
    return "".join(out)


def _one_list(before: str) -> str:
    """The heading before a pin, such that the pin is its only attribute list: a list starts at the first `` {``.

    Braces in code start none.
    """
    start = before.rfind("\n") + 1
    if not _BRACE.search(before, start):
        return before
    tokens = [token if isinstance(token, str) else token.text for token in tokenize(before[start:])]
    hidden = [_is_code(token) for token in tokenize(before[start:])]
    shape = "".join("\0" if hide else text for text, hide in zip(tokens, hidden, strict=True))
    kept = iter([text for text, hide in zip(tokens, hidden, strict=True) if hide])
    return before[:start] + re.sub("\0", lambda _: next(kept), _BRACE.sub("&#32;", shape))


def _is_code(token: str | Code) -> bool:
    return isinstance(token, Code) and token.kind in {"code", "math"}


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
