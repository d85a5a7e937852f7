"""Pages that are parts of other pages: ``--8<-- "delivery/note.md"`` (pymdownx.snippets).

1. The marker stands alone on its line, with the name in quotes; or names stand one per line between two bare markers.
   A ``;`` before the marker switches it off. A name in a code block is for the code block.
2. What is put in its place gets the marker's indentation on every line.
3. ``name.md:part`` is what stands between ``--8<-- [start:part]`` and ``--8<-- [end:part]``. Lines by number
   (``name.md:3:5``) are left to the extension: they mean nothing in another language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from polyhelp.content import fences
from polyhelp.content.lines import Lines

_ONE = re.compile(r"""(?P<space>[ \t]*)-+8<-+[ \t]+(?P<quote>["'])(?P<name>[^"'\n]+)(?P=quote)\r?$""")
_MARKER = re.compile(r"(?P<space>[ \t]*)-+8<-+[ \t]*\r?$")
_PART = re.compile(r"(?P<file>.+?):(?P<part>[A-Za-z][\w-]*)$")
_MARKED = re.compile(r"-+8<-+[ \t]+\[[ \t]*(?P<which>start|end)[ \t]*:[ \t]*(?P<part>[\w-]+)[ \t]*\]")

Load = Callable[[str], str | None]
"""The name of a file -> its text; None for one that is not a page."""


@dataclass(frozen=True, slots=True)
class _Include:
    """Lines ``first`` to ``last`` (from 0, ``last`` behind them), indented by ``space``, that stand for files."""

    first: int
    last: int
    space: str
    names: tuple[str, ...]


def included(text: str) -> tuple[str, ...]:
    """The names of the files that ``text`` takes in, without the parts of them."""
    return tuple(dict.fromkeys(_file(name)[0] for include in _includes(text) for name in include.names))


def expanded(text: str, load: Load) -> str:
    """``text`` with its includes replaced, as far as ``load`` knows every file that one names."""
    lines = text.split("\n")
    for include in reversed(list(_includes(text))):
        texts = [_part(load(_file(name)[0]), _file(name)[1]) for name in include.names]
        if texts and None not in texts:
            new = [line for one in texts if one is not None for line in one.rstrip("\n").split("\n")]
            lines[include.first : include.last] = [f"{include.space}{line}" if line.strip() else line for line in new]
    return "\n".join(lines)


def _includes(text: str) -> Iterator[_Include]:
    if "8<" not in text:
        return
    lines = text.split("\n")
    code = fences.find(text, Lines(text, 0).begin, 0)
    at = 0
    while at < len(lines):
        if at in code:
            at = code[at]
            continue
        if one := _ONE.match(lines[at]):
            yield _Include(at, at + 1, one["space"], (one["name"].strip(),))
        elif block := _MARKER.match(lines[at]):
            end = next((n for n in range(at + 1, len(lines)) if _MARKER.match(lines[n])), 0)
            if end:
                names = (line.strip() for line in lines[at + 1 : end])
                yield _Include(at, end + 1, block["space"], tuple(name for name in names if name and name[0] != ";"))
                at = end
        at += 1


def _file(name: str) -> tuple[str, str]:
    match = _PART.match(name)
    return (match["file"], match["part"]) if match else (name, "")


def _part(text: str | None, part: str) -> str | None:
    """The part of ``text`` between its marks; without any marks, and all of it when no part is asked for."""
    if text is None:
        return None
    inside, out = not part, []
    for line in text.split("\n"):
        mark = _MARKED.search(line)
        if mark is None:
            out += [line] if inside else []
        elif mark["part"] == part:
            inside = mark["which"] == "start"
    return "\n".join(out) if out else None
