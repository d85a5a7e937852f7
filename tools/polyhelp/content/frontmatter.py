"""Front matter: the YAML block at the top of a page. Values of prose keys are segments; all else stays.

1. Only top-level keys are looked at, and only those that the configuration names (title, description, summary).
2. A value is a segment, plain or in quotes, on the key's line or on indented lines below it. What YAML reads as a
   number, a date, a truth value or nothing is none.
3. A block scalar (``|`` or ``>``) is one segment.
4. An entry of a list under such a key is a segment: ``- text`` on a line of its own, or in ``[one, 'two']``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from polyhelp.content.spans import Span
from polyhelp.model import Kind, Slot

BLOCK = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<body>(?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w-]*):(?P<gap>[ \t]+|(?=\r?$))(?P<value>.*)$", re.MULTILINE)
_ENTRY = re.compile(r"^(?P<gap>[ \t]*-[ \t]+)(?P<value>.*)$", re.MULTILINE)
_INDENTED = re.compile(r"(?:(?:[ \t]+.*|[ \t]*)(?:\r?\n|\Z))+?(?=[^ \t\r\n]|\Z)")
_MORE = re.compile(r"(?:\r?\n[ \t]+(?!- )[^\s#][^\n]*)*")
_BELOW = re.compile(r"[ \t]*\r?\n[ \t]+(?!- |[\w-]+:(?:\s|\Z))(?=[^\s#\[{&*!|>%@`?-])")
_IN_BRACKETS = re.compile(r"""\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'|[^\s,\[\]{}\"'][^,\[\]{}\n]*""")
_NO_TEXT = re.compile(
    r"~|null|true|false|yes|no|on|off|[-+.\d][-+.,:_\d]*(?:e[-+]?\d+)?|\d{4}-\d\d-\d\d.*", re.IGNORECASE
)
_PLAIN = re.compile(r"[^\W\d_](?:(?!: |:$| #)[^\n,\"'{}\[\]|>&*!%@`\\])*(?<! )", re.DOTALL)
_NOT_PRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(?:x(?P<two>[0-9a-fA-F]{2})|u(?P<four>[0-9a-fA-F]{4})|U(?P<eight>[0-9a-fA-F]{8})|(?P<one>.))")
_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "0": "\0",
    "_": "\xa0",
    "N": "\x85",
    "L": "\u2028",
    "P": "\u2029",
    "e": "\x1b",
}
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_COMMENT = re.compile(r"(?<=[ \t])#")


def end_of(text: str) -> int:
    """The offset after the front matter, 0 when there is none."""
    match = BLOCK.match(text)
    return match.end() if match else 0


def without_front_matter(text: str) -> str:
    """The page's body."""
    return text[end_of(text) :]


def metadata(text: str) -> Mapping[str, Any]:
    """The front matter's values; none when there is no front matter or it is not YAML."""
    from ruamel.yaml import YAML  # noqa: PLC0415 (most work on Markdown needs no YAML)
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415

    block = BLOCK.match(text)
    try:
        data = YAML(typ="safe", pure=True).load(block["body"]) if block else None
    except YAMLError:
        return {}
    return data if isinstance(data, Mapping) else {}


def spans(text: str, keys: frozenset[str]) -> Iterator[Span]:
    """The prose values in the front matter of ``text``."""
    block = BLOCK.match(text)
    if not block:
        return
    start, end = block.span("body")
    for match in _KEY.finditer(text, start, end):
        if match["key"] not in keys:
            continue
        value = match["value"].rstrip(" \t\r")
        if re.fullmatch(r"[|>][+-]?\d?", value):
            yield from _block(text, match.end(), end)
        elif value[:1] == "[":
            yield from _bracketed(match.start("value"), value)
        elif value:
            yield from _scalar(text, match.start("value"), value)
        elif below := _BELOW.match(text, match.end("gap"), end):
            line = text[below.end() : end].partition("\n")[0]
            yield from _scalar(text, below.end(), line.rstrip(" \t\r"))
        else:
            yield from _entries(text, match.end(), end)


def value_of(raw: str) -> str:
    """What the scalar ``raw`` says."""
    if "\n" in raw:
        raw = " ".join(line.strip(" \t\r") for line in raw.split("\n"))
    if raw[:1] == '"':
        return _ESCAPE.sub(_unescaped, raw[1:-1])
    return raw[1:-1].replace("''", "'") if raw[:1] == "'" else raw


def _unescaped(match: re.Match[str]) -> str:
    number = match["two"] or match["four"] or match["eight"]
    if number:
        return chr(int(number, 16)) if int(number, 16) < 0x110000 else match[0]
    return _ESCAPES.get(match["one"], match["one"])


def written(raw: str, value: str) -> str:
    """A scalar that says ``value``, quoted like ``raw`` where that is possible."""
    if _NOT_PRINTED.search(value):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + _NOT_PRINTED.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped) + '"'
    if raw[:1] == "'":
        return "'" + value.replace("'", "''") + "'"
    if raw[:1] != '"' and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _scalar(text: str, start: int, value: str) -> Iterator[Span]:
    """A value that starts with the line's rest ``value`` and may go on below."""
    if value[0] in "\"'":
        more = _MORE.match(text, start + len(value.rstrip()))
        whole = text[start : more.end()] if more else value
        close = (value if value.rfind(value[0]) else whole).rfind(value[0])
        if close > 0 and whole[1:close].strip():
            yield Span(start, start + close + 1, Kind.FRONT_MATTER, Slot.YAML)
    elif value[0] not in "[{&*!|>%@`#":
        comment = _COMMENT.search(value)
        stop = start + (len(value[: comment.start()].rstrip()) if comment else len(value))
        more = None if comment else _MORE.match(text, stop)
        if more and more.group():
            stop = more.start() + len(more.group().rstrip())
        if not _NO_TEXT.fullmatch(text[start:stop]):
            yield Span(start, stop, Kind.FRONT_MATTER, Slot.YAML)


def _bracketed(start: int, value: str) -> Iterator[Span]:
    """The entries of a list in brackets that ends on its line."""
    for match in _IN_BRACKETS.finditer(value, 1, value.find("]")) if "]" in value else ():
        entry = match.group().rstrip()
        if not _NO_TEXT.fullmatch(entry):
            yield Span(start + match.start(), start + match.start() + len(entry), Kind.FRONT_MATTER, Slot.YAML)


def _block(text: str, after: int, end: int) -> Iterator[Span]:
    newline = text.find("\n", after, end)
    found = _INDENTED.match(text, newline + 1, end) if newline >= 0 else None
    if found and found.group().strip():
        body = found.group()
        lead = body[: len(body) - len(body.lstrip(" \t\r\n"))].rpartition("\n")[2]
        first = found.start() + len(body) - len(body.lstrip())
        yield Span(first, found.start() + len(body.rstrip()), Kind.FRONT_MATTER, Slot.YAML_BLOCK, lead)


def _entries(text: str, after: int, end: int) -> Iterator[Span]:
    newline = text.find("\n", after, end)
    at = newline + 1 if newline >= 0 else end
    while at < end and (match := _ENTRY.match(text, at, end)):
        if value := match["value"].rstrip(" \t\r"):
            yield from _scalar(text, match.start("value"), value)
        newline = text.find("\n", match.end(), end)
        at = newline + 1 if newline >= 0 else end
