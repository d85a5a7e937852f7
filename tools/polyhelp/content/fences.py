"""Fenced code, found before anything else: what is in a fence is code wherever the fence stands.

The rules of pymdownx.superfences, which Material asks for:

1.  Before the opening fence there may be white space and ``>``. The closing fence has the same number of the same mark,
    and nothing but white space behind it.
2.  Every line until then has at least the opening fence's indentation, and the closing one has it exactly; a line that
    has less makes it no fence. In a quote only the depth of quoting counts.
3.  A fence that nothing closes is text.

Unlike there, unknown words after the language do not make it text: a plugin may know them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from polyhelp.content.lines import column

_OPENING = re.compile(r"(?:^|(?<=\ufeff))(?P<lead>[> \t]*)(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE)
_TITLE = re.compile(r"""\stitle=(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)')""")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAME = re.compile(r"[\w.-]*[./\\_]\w[\w./\\-]*|\S+\(\)")


def find(text: str, begin: Sequence[int], offset: int) -> dict[int, int]:
    """The fences of a page: the number of the opening line, and of the line after the closing one.

    ``begin`` says where each line begins.
    """
    found: dict[int, int] = {}
    opening = _OPENING.search(text, offset)
    line = 0
    while opening:
        while line + 1 < len(begin) and begin[line + 1] <= opening.start():
            line += 1
        after, closed = _end(text, begin, line, opening)
        if closed:
            found[line] = after
        if after >= len(begin):
            break
        opening = _OPENING.search(text, begin[after])
    return found


def _end(text: str, begin: Sequence[int], line: int, opening: re.Match[str]) -> tuple[int, bool]:
    """The line after the fence that opens at ``line``, and whether something closes it."""
    depth, width = opening["lead"].count(">"), column(opening["lead"])
    closing = re.compile(rf"{opening['fence']}[ \t\r]*$", re.MULTILINE)
    for j in range(line + 1, len(begin)):
        end = begin[j + 1] - 1 if j + 1 < len(begin) else len(text)
        at = _inside(text, begin[j], end, width)
        if at == end or text.startswith("\r", at) or not (depth or text[at:end].strip()):
            continue
        lead = text[begin[j] : at]
        if lead.count(">") != depth or column(lead) < width:
            return j + 1, False
        if closing.match(text, at, end):
            return j + 1, True
    return len(begin), False


def _inside(text: str, start: int, end: int, width: int) -> int:
    """Where the line's content begins when at most ``width`` columns are its lead."""
    at, columns = start, 0
    while at < end and columns < width and text[at] in "> \t":
        columns += 4 - columns % 4 if text[at] == "\t" else 1
        at += 1
    return at


def title(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the title stands in the opening line from ``start`` to ``end``, if it is prose and not a file name."""
    match = _TITLE.search(text, start, end)
    if not match:
        return None
    name = "double" if match["double"] is not None else "single"
    words = match[name].split()
    is_prose = any(_WORD.search(word) and not _NAME.fullmatch(word) for word in words)
    return match.span(name) if is_prose and (len(words) > 1 or words[0][0].isupper()) else None
