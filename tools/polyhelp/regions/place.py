"""Puts values into a page so that they cannot break it: what to escape depends on where in the page they stand.

The page is followed as it is written, so the place of a value is known exactly, in loops and branches too:
front matter, running Markdown, a URL, or code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from polyhelp.errors import RegionError

MAX_OUTPUT = 1_000_000
"""The longest page that is rendered, in characters."""

_LONG_LINE = 1000
_LONG_FRONT_LINE = 10_000
_FENCE = re.compile(r"[ >]*(`{3,}|~{3,})")
_URL_OPENS = r"(?:\]\(<?|^ {0,3}\[(?!\^)[^\]]+\]:\s*<?|\b(?:href|src|action)=[\"']?|<)"
_URL_MARKS = ("](", "]:", "<", "=")  # a quick look before the thorough one
_URL = re.compile(rf"{_URL_OPENS}[^\s\"'<>]*$")
_URL_START = re.compile(rf"{_URL_OPENS}$")
_FOR_SCRIPTS = re.compile(
    r"<[A-Za-z][^<>]*\b(?:data-[\w-]+|id|class|lang|name|value|datetime)=(?:\"[^\"<>]*|'[^'<>]*)$"
)
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_LINE_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_INVISIBLE = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLOCK_START = re.compile(r"[\s>*+#.)\d-]*$")
_OPENS_BLOCK = re.compile(r"(\d*)([#+.):=-])")
_UNQUOTED = re.compile(r"\w[\w .,()’/&+-]*")
_INSIDE_WORD = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_SYNTAX = re.compile(r":(?=[\w+-]+:)|\+\+|==")  # icons, keys and marked text of Material's extensions
_ENTITIES = str.maketrans({
    character: f"&#{ord(character)};" for character in "\\`*[]{}|~^'"
} | {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})  # fmt: skip


@dataclass(slots=True)
class Page:
    """A page while it is written. ``isolated`` fences off values in right-to-left text."""

    isolated: Callable[[str], str]
    _parts: list[str] = field(default_factory=list)
    _size: int = 0
    _line: str = ""
    _lines: int = 0
    _front: bool = False
    _fence: str = ""

    def write(self, text: str) -> None:
        """Add ``text`` as it is. Raises RegionError when the page grows beyond :data:`MAX_OUTPUT`."""
        self._size += len(text)
        if self._size > MAX_OUTPUT:
            raise RegionError(f"the page grows beyond {MAX_OUTPUT} characters", hint="shorten the loops in it")
        self._parts.append(text)
        *done, last = (self._line + text).split("\n")
        for line in done:
            self._end_line(line.rstrip("\r"))
        self._line = self._shortened(last)

    @property
    def text(self) -> str:
        """The page so far."""
        return "".join(self._parts)

    def escaped(self, value: str) -> str:
        """``value``, made safe for the place where the page now stands.

        Raises RegionError where no safe form exists: an unquoted YAML value, a link that would run a script.
        """
        value = _LINE_BREAKS.sub(" ", value)
        if self._front:
            return self._in_yaml(self.isolated(value))
        if self._fence or self._line.count("`") % 2:
            return value.replace("`", "'")
        if any(mark in self._line for mark in _URL_MARKS) and _URL.search(self._line):
            return self._in_url(value)
        if "=" in self._line and _FOR_SCRIPTS.search(self._line):
            return value.translate(_ENTITIES)  # no invisible marks: nobody reads it
        return self._in_markdown(value)

    def _shortened(self, line: str) -> str:
        """The end of a long line, which is all that decides about the next value; keeps work linear."""
        if len(line) <= (_LONG_FRONT_LINE if self._front else _LONG_LINE):
            return line
        if self._front:
            raise RegionError(f"a line of the front matter is longer than {_LONG_FRONT_LINE} characters")
        cut, rest = line[: -_LONG_LINE // 2], line[-_LONG_LINE // 2 :]
        return ("`" if cut.count("`") % 2 else "x") + rest

    def _end_line(self, line: str) -> None:
        self._lines += 1
        if self._lines == 1 and line.lstrip("\ufeff").rstrip() == "---":
            self._front = True
        elif self._front:
            self._front = line.rstrip() not in {"---", "..."}
        elif marker := _FENCE.match(line):
            if not self._fence:
                self._fence = marker[1]
            elif marker[1].startswith(self._fence):
                self._fence = ""

    def _in_markdown(self, value: str) -> str:
        text = _INSIDE_WORD.sub("&#95;", value.translate(_ENTITIES))
        text = _SYNTAX.sub(lambda marks: "".join(f"&#{ord(mark)};" for mark in marks[0]), text)
        opens = _OPENS_BLOCK.match(text) if _BLOCK_START.match(self._line) else None
        if opens:
            text = f"{opens[1]}&#{ord(opens[2])};{text[opens.end() :]}"
        return self.isolated(text)

    def _in_url(self, value: str) -> str:
        scheme = _SCHEME.match(value)
        if scheme and _URL_START.search(self._line) and scheme[1].lower() not in _SAFE_SCHEMES:
            raise RegionError(f"'{value}' is no safe link", hint=f"use one of: {', '.join(sorted(_SAFE_SCHEMES))}")
        return quote(_INVISIBLE.sub("", value), safe="/:@?&=#%+,;!$~-._")

    def _in_yaml(self, value: str) -> str:
        before = self._line.partition(":")[2].lstrip() or self._line.lstrip(" -")
        if before.startswith('"'):
            return value.replace("\\", "\\\\").replace('"', '\\"')
        if before.startswith("'"):
            return value.replace("'", "''")
        if _UNQUOTED.fullmatch(_INVISIBLE.sub("", value)):
            return value
        raise RegionError(
            f"'{value}' cannot stand in the front matter without quotes",
            hint='put the whole line\'s value in quotes, such as title: "Returns in {{ region.name }}"',
        )
