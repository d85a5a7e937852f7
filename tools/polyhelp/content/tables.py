"""Rows of a table, cut into cells as Python-Markdown's tables extension cuts them.

A pipe after a backslash is text, and so is one between two rows of backticks of the same length. Unlike there, a pipe
in a template tag is text too: the template engine reads the page first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyhelp.text.seek import Seek

_MARK = re.compile(r"\\\\|\\`+|`+|\\\||\||\{\{|\{%")
_TEMPLATE = {"{{": "}}", "{%": "%}"}
_END_BORDER = re.compile(r"(?<!\\)(?:\\\\)*\|$")


def is_table(header: str, delimiter: str) -> bool:
    """Whether two lines are the head of a table: a row, and below it dashes for as many columns."""
    if "|" not in header or "-" not in delimiter or delimiter.strip("|:- "):
        return False
    columns = sum(1 for _ in cells(header))
    has_border = header.startswith("|") or bool(_END_BORDER.search(header))
    return columns == sum(1 for _ in cells(delimiter, bordered=has_border)) and (columns > 1 or has_border)


def cells(row: str, *, bordered: bool | None = None) -> Iterator[tuple[int, int]]:
    """Where the cells of ``row`` stand, white space around them left out.

    ``bordered`` says whether a pipe at an end of the row is its border; without it the row itself tells.
    """
    start, stop = 0, len(row)
    if bordered is not False:
        start = 1 if row.startswith("|") else 0
        stop = stop - 1 if stop > start and _END_BORDER.search(row) else stop
    for cut in [*_pipes(row, start, stop), stop]:
        cell = row[start:cut]
        left = start + len(cell) - len(cell.lstrip())
        yield left, max(left, start + len(cell.rstrip()))
        start = cut + 1


def _pipes(row: str, start: int, stop: int) -> list[int]:
    """The pipes between the cells of ``row``."""
    marks = list(_MARK.finditer(row, start, stop))
    if not any(mark.group()[-1] in "`{%" for mark in marks):
        return [mark.start() for mark in marks if mark.group() == "|"]
    ahead: dict[int, list[int]] = {}  # positions in marks of the rows of backticks of one length, last first
    for n in range(len(marks) - 1, -1, -1):
        if marks[n].group()[-1] == "`":
            ahead.setdefault(len(marks[n].group().lstrip("\\")), []).append(n)
    pipes: list[int] = []
    seek = Seek(row)
    n = 0
    while n < len(marks):
        text = marks[n].group()
        if text == "|":
            pipes.append(marks[n].start())
        elif text[-1] == "`":
            same = ahead.get(len(text.lstrip("\\")) - text.startswith("\\"), [])
            while same and same[-1] <= n:
                same.pop()
            n = same.pop() if same else n
        elif text in _TEMPLATE:
            end = seek.find(_TEMPLATE[text], marks[n].end())
            while n + 1 < len(marks) and marks[n + 1].start() < end:
                n += 1
        n += 1
    return pipes
