"""The lines of a page, and where their content starts inside the containers entered so far."""

from __future__ import annotations

import re

_SPACE = re.compile(r"[ \t]*")


def column(text: str) -> int:
    """The width of ``text`` in columns; a tab reaches to the next multiple of four."""
    return len(text.expandtabs(4)) if "\t" in text else len(text)


class Lines:
    """The lines of ``text`` from ``offset`` on, by number. All values are offsets into the text.

    ``begin`` is where a line begins, ``stop`` where it ends (line end excluded), ``start`` where its content starts
    inside the containers entered so far, and ``ink`` its first character after ``start`` that is no white space.
    """

    __slots__ = ("_first", "begin", "ink", "start", "stop", "text")

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.begin: list[int] = []
        self.stop: list[int] = []
        at = offset
        for line in text[offset:].split("\n"):
            self.begin.append(at)
            end = at + len(line)
            self.stop.append(end - 1 if line.endswith("\r") else end)
            at = end + 1
        if self.begin and self.begin[-1] == len(text):
            self.begin.pop()
            self.stop.pop()
        self.start = self.begin[:]
        self.ink = [self._inked(start, stop) for start, stop in zip(self.start, self.stop, strict=True)]
        self._first = self.ink[:]

    def __len__(self) -> int:
        return len(self.begin)

    def _inked(self, start: int, stop: int) -> int:
        if start < stop and self.text[start] not in " \t":
            return start
        found = _SPACE.match(self.text, start, stop)
        return found.end() if found else start

    def blank(self, i: int) -> bool:
        """Whether there is nothing but white space on line ``i``, inside its containers."""
        return self.ink[i] >= self.stop[i]

    def end(self, i: int) -> int:
        """Where line ``i`` ends without the white space at its end."""
        return self.ink[i] + len(self.text[self.ink[i] : self.stop[i]].rstrip(" \t"))

    def content(self, i: int) -> str:
        """Line ``i`` without its indentation."""
        return self.text[self.ink[i] : self.stop[i]]

    def indent(self, i: int) -> int:
        """Columns of white space before the content of line ``i``, inside its containers."""
        start, ink = self.start[i], self.ink[i]
        return ink - start if ink == start else column(self.text[start:ink])

    def depth(self, i: int) -> int:
        """Columns before the content of line ``i`` on the page; 99 where there is more than white space."""
        return 99 if self.ink[i] > self._first[i] else column(self.text[self.begin[i] : self.ink[i]])

    def outdent(self, i: int) -> None:
        """Take four columns of indentation off line ``i``."""
        at, width = self.start[i], 0
        while width < 4 and at < self.ink[i]:
            width += 4 - width % 4 if self.text[at] == "\t" else 1
            at += 1
        self.start[i] = at

    def enter(self, i: int, at: int) -> None:
        """Let the content of line ``i`` start at offset ``at``."""
        self.start[i] = at
        self.ink[i] = self._inked(at, self.stop[i])
