"""Take a page's body apart into blocks, as Python-Markdown and Material's extensions read it.

The scanner works on line numbers and offsets into the page and never copies text: taking the indentation off a
container's lines moves their ``start``, nothing else. So what it finds are stretches of the page itself.

The rules:

1.  Indentation counts in fours, a tab to the next four. What is indented by four or more after a finished block is
    code, and code is not prose.
2.  A list item's children are indented by four; a marker indented by less is a sibling. Text that follows without a
    blank line belongs to the item.
3.  A paragraph ends at a blank line, or where a line starts a heading, a fence, a quote, a rule, an admonition, a
    tab, a block mark, raw HTML, a definition or a list item. Wrapped lines are one segment; a line that looks like a
    list item starts a new one, so that both readings of it keep their shape.
4.  Fences, mathematics, ``::: name`` with its options, includes, template tags alone on a line, ``[TOC]``,
    attribute lists alone on a line, and the definitions of links are not prose. A fence that nothing closes is text.
5.  Admonitions, details, content tabs and block marks (``/// note | Title``) give their title and their body.
6.  A table gives one segment per cell. Pipes in code and in template tags do not divide cells.
7.  A line before ``:   text`` is a term, one per line. Footnotes and definitions have bodies like list items.
8.  A paragraph that is nothing but an image gives its alternative text and its title.
9.  A block of raw HTML reaches to its closing tag; ``markdown`` on the tag makes its content Markdown again.
10. ``<!-- l10n:skip -->`` leaves out the next block, ``l10n:note`` and ``l10n:context`` speak of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from polyhelp.content import html
from polyhelp.content.spans import Found, Heading, Span
from polyhelp.model import Kind, Slot
from polyhelp.text.inline import Code, Role, has_prose, masked, tokenize

_DEEPEST = 120  # containers inside containers; deeper is literal: nobody writes it, and recursion must end

_FENCE = re.compile(r"(`{3,}(?=[^`\n]*$)|~{3,})")
_HEADING = re.compile(r"(#{1,6})[ \t]*(.*?)[ \t]*(#*)[ \t]*$")
_RULE = re.compile(r"(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})[ ]*$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
_ITEM = re.compile(r"(?:[*+-]|\d{1,9}[.)])(?:[ \t]+|$)")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_ADMONITION = re.compile(r'(?:!!! ?|\?\?\?\+? ?)(?:[\w-]+(?: +[\w-]+)*)?(?: +)?(?:"(?P<title>.*)")?[ ]*$')
_TAB = re.compile(r'===(?:\+!|!\+|\+|!)? +"(?P<title>.*)"[ ]*$')
_MARK = re.compile(r"/{3,}[ ]*(?P<name>[\w-]+)?[ ]*(?:\|[ ]*(?P<title>.*?))?[ ]*$")
_REFERENCE = re.compile(
    r"""\[(?P<label>[^\[\]^][^\[\]]*)\]:[ ]*(?P<url>\S+)"""
    r"""(?:[ ]+(?:"(?P<double>.*)"|'(?P<single>.*)'|\((?P<round>.*)\)))?[ ]*$"""
)
_FOOTNOTE = re.compile(r"\[\^[^\]]*\]:[ \t]*")
_ABBREVIATION = re.compile(r"\*\[[^\\\n]*?\][ ]?:[ ]*(?P<title>.*)$")
_DEFINITION = re.compile(r":[ ]{1,3}(?=\S)|:[ ]*$|:\t")
_LITERAL = re.compile(
    r"\[TOC\]$|;?-+8<-+|\{\*.*\*\}$|\{!.*!\}$|(?:\{%.*?%\}[ \t]*)+$|\{#.*#\}$"
    r"|\{:?[ ]*[.#\w][^{}\n]*\}$|\[![A-Za-z]+\][+-]?$"
)
_API = re.compile(r":::[ ]?\S")
_DELIMITER = re.compile(r"\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_COMMENT = re.compile(
    r"<!--[ \t]*(?:l10n:(?P<word>skip|note|context)\b[ \t]*(?P<text>.*?))?[ \t]*-->[ \t]*$", re.DOTALL
)
_TRAILING_LIST = re.compile(r"[ \t]+\{:?[ ]*(?P<list>[^{}\n]*)\}$")
_GIVEN_ID = re.compile(r"(?:^|\s)#([^\s.#={}]+)")
_WIDTHS = re.compile(r"[ \t]*")


class Scanner:
    """Scans the lines of one page from ``offset`` on. Call :meth:`scan` once; the result is in :attr:`found`."""

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.found = Found([], [])
        self.begin: list[int] = []  # where each line begins
        self.start: list[int] = []  # where its content starts inside the containers entered so far
        self.stop: list[int] = []  # where it ends, line end excluded
        at = offset
        while at < len(text):
            newline = text.find("\n", at)
            end = len(text) if newline < 0 else newline
            self.begin.append(at)
            self.start.append(at)
            self.stop.append(end - 1 if end > at and text[end - 1] == "\r" else end)
            at = len(text) if newline < 0 else newline + 1
        self.ink = [self._skip_space(i, start) for i, start in enumerate(self.start)]
        self.unclosed: dict[str, int] = {}  # fences that nothing closes from this line on
        self.depth = 0
        self.note = ""
        self.context = ""
        self.starters: dict[str, Callable[[int, int], int]] = {
            "#": self._heading, "`": self._fence, "~": self._fence, ">": self._quote, "!": self._admonition,
            "?": self._admonition, "=": self._tab, "/": self._mark, ":": self._colon, "<": self._html,
            "[": self._bracket, "{": self._literal, ";": self._literal, "-": self._dash, "*": self._star,
            "+": self._item, "_": self._rule, "$": self._math, "|": self._table, "\\": self._math,
            **dict.fromkeys("0123456789", self._item),
        }  # fmt: skip

    def scan(self) -> Found:
        """Find the prose of the whole body."""
        self._blocks(0, len(self.begin), Kind.PARAGRAPH)
        return self.found

    # ------------------------------------------------------------ lines

    def _skip_space(self, i: int, at: int) -> int:
        found = _WIDTHS.match(self.text, at, self.stop[i])
        return found.end() if found else at

    def _blank(self, i: int) -> bool:
        return self.ink[i] >= self.stop[i]

    def _content(self, i: int) -> str:
        return self.text[self.ink[i] : self.stop[i]]

    def _indent(self, i: int) -> int:
        """Columns of white space before the content of line ``i``, inside its containers."""
        start, ink = self.start[i], self.ink[i]
        if "\t" not in self.text[start:ink]:
            return ink - start
        column = 0
        for character in self.text[start:ink]:
            column += 4 - column % 4 if character == "\t" else 1
        return column

    def _outdent(self, i: int) -> None:
        """Take four columns of indentation off line ``i``."""
        at, column = self.start[i], 0
        while column < 4 and at < self.ink[i]:
            column += 4 - column % 4 if self.text[at] == "\t" else 1
            at += 1
        self.start[i] = at

    def _enter(self, i: int, at: int) -> None:
        """Let the content of line ``i`` start at offset ``at``."""
        self.start[i] = at
        self.ink[i] = self._skip_space(i, at)

    # ------------------------------------------------------------ blocks

    def _blocks(self, low: int, high: int, kind: Kind) -> None:
        """Scan lines ``low`` to ``high``; the first paragraph is of ``kind``."""
        if self.depth > _DEEPEST:
            return
        self.depth += 1
        i = low
        while i < high:
            if self._blank(i):
                i += 1
                continue
            i = self._block(i, high, kind)
            kind = Kind.PARAGRAPH
        self.depth -= 1

    def _block(self, i: int, high: int, kind: Kind) -> int:
        """Scan the block that starts at line ``i``; the line after it."""
        if self._indent(i) >= 4:
            return self._code(i, high)
        starter = self.starters.get(self.text[self.ink[i]])
        if starter:
            after = starter(i, high)
            if after > i:
                return after
        if i + 1 < high and self._is_table(i):
            return self._table(i, high)
        return self._paragraph(i, high, kind)

    def _code(self, i: int, high: int) -> int:
        while i < high and (self._blank(i) or self._indent(i) >= 4):
            i += 1
        return i

    def _body(self, i: int, high: int) -> int:
        """Take the indentation off the body that starts at line ``i``; the line after it."""
        end = i
        while i < high and (self._blank(i) or self._indent(i) >= 4):
            if not self._blank(i):
                self._outdent(i)
                end = i + 1
            i += 1
        return end

    def _heading(self, i: int, high: int) -> int:  # noqa: ARG002 (all starters have one shape)
        if self._indent(i):
            return i
        match = _HEADING.match(self.text, self.ink[i], self.stop[i])
        if match and match[2]:
            self._add_heading(match.start(2), match.end(2))
        return i + 1

    def _add_heading(self, start: int, end: int) -> None:
        given, pin_at, in_list = "", end, False
        attributes = _TRAILING_LIST.search(self.text[start:end])
        if attributes and not attributes["list"].strip().startswith("%"):
            found = _GIVEN_ID.search(attributes["list"])
            given = found[1] if found else ""
            pin_at, in_list = start + attributes.start("list"), True
            end = start + attributes.start()
        self.found.headings.append(Heading(start, end, given, pin_at, in_list))
        self._add(Span(start, end, Kind.HEADING))

    def _fence(self, i: int, high: int) -> int:
        match = _FENCE.match(self.text, self.ink[i], self.stop[i])
        if not match:
            return i
        fence = match[1]
        if self.unclosed.get(fence, high) <= i:
            return i
        for j in range(i + 1, high):
            if self.text.startswith(fence, self.ink[j]) and self._content(j).rstrip() == fence:
                return j + 1
        if high == len(self.begin):
            self.unclosed[fence] = i
        return i

    def _math(self, i: int, high: int) -> int:
        content = self._content(i)
        closer = "$$" if content.startswith("$$") else "\\]" if content.startswith("\\[") else ""
        if not closer:
            return i
        at = self.text.find(closer, self.ink[i] + 2)
        if at < 0:
            return i
        j = i
        while j < high and self.stop[j] < at:
            j += 1
        at_end = j < high and not self.text[at + 2 : self.stop[j]].strip()
        return j + 1 if at_end else i

    def _rule(self, i: int, high: int) -> int:  # noqa: ARG002
        return i + 1 if _RULE.match(self.text, self.ink[i], self.stop[i]) else i

    def _dash(self, i: int, high: int) -> int:
        return self._first(i, high, (self._rule, self._literal, self._item))

    def _star(self, i: int, high: int) -> int:
        return self._first(i, high, (self._rule, self._abbreviation, self._item))

    def _first(self, i: int, high: int, rules: tuple[Callable[[int, int], int], ...]) -> int:
        for rule in rules:
            after = rule(i, high)
            if after > i:
                return after
        return i

    def _quote(self, i: int, high: int) -> int:
        j = i
        while j < high and not self._blank(j):
            if self.text[self.ink[j]] == ">":
                at = self.ink[j] + 1
                self._enter(j, at + 1 if self.text[at : at + 1] == " " else at)
            elif self._interrupts(j, high):
                break
            j += 1
        self._blocks(i, j, Kind.PARAGRAPH)
        return j

    def _item(self, i: int, high: int) -> int:
        match = _ITEM.match(self.text, self.ink[i], self.stop[i])
        if not match:
            return i
        task = _TASK.match(self.text, match.end(), self.stop[i])
        return self._hanging(i, high, (task or match).end(), Kind.LIST_ITEM)

    def _hanging(self, i: int, high: int, at: int, kind: Kind) -> int:
        """Scan a block whose text starts at offset ``at`` and whose further lines are indented, or follow on."""
        self._enter(i, at)
        j, gap = i + 1, False
        while j < high:
            if self._blank(j):
                gap = True
            elif self._indent(j) >= 4:
                self._outdent(j)
                gap = False
            elif gap or self._interrupts(j, high):
                break
            else:
                self.start[j] = self.ink[j]
            j += 1
        self._blocks(i, j, kind)
        return j

    def _admonition(self, i: int, high: int) -> int:
        match = _ADMONITION.match(self.text, self.ink[i], self.stop[i])
        return self._titled(match, i, high)

    def _tab(self, i: int, high: int) -> int:
        return self._titled(_TAB.match(self.text, self.ink[i], self.stop[i]), i, high)

    def _titled(self, match: re.Match[str] | None, i: int, high: int) -> int:
        if not match or self._indent(i):
            return i
        self._add_title(match)
        end = self._body(i + 1, high)
        self._blocks(i + 1, end, Kind.PARAGRAPH)
        return end

    def _add_title(self, match: re.Match[str], slot: Slot = Slot.QUOTED) -> None:
        if match["title"]:
            start, end = match.span("title")
            raw = self.text[start:end]
            self._add(Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()), Kind.TITLE, slot))

    def _mark(self, i: int, high: int) -> int:
        match = _MARK.match(self.text, self.ink[i], self.stop[i])
        if not match:
            return i
        self._add_title(match, Slot.LABEL)
        i += 1
        while match["name"] and i < high and not self._blank(i) and self._indent(i) >= 4:  # options
            i += 1
        return i

    def _colon(self, i: int, high: int) -> int:
        if _API.match(self.text, self.ink[i], self.stop[i]):
            i += 1
            while i < high and (self._blank(i) or self._indent(i) >= 4):
                i += 1
            return i
        match = _DEFINITION.match(self.text, self.ink[i], self.stop[i])
        return self._hanging(i, high, match.end(), Kind.DEFINITION) if match else i

    def _bracket(self, i: int, high: int) -> int:
        footnote = _FOOTNOTE.match(self.text, self.ink[i], self.stop[i])
        if footnote:
            return self._hanging(i, high, footnote.end(), Kind.FOOTNOTE)
        reference = _REFERENCE.match(self.text, self.ink[i], self.stop[i])
        if not reference:
            return self._literal(i, high)
        for name in ("double", "single", "round"):
            if reference[name]:
                self._add(Span(*reference.span(name), Kind.TITLE, Slot.ATTRIBUTE))
        return i + 1

    def _abbreviation(self, i: int, high: int) -> int:  # noqa: ARG002
        match = _ABBREVIATION.match(self.text, self.ink[i], self.stop[i])
        if not match:
            return i
        if match["title"].strip():
            start = match.start("title")
            self._add(Span(start, start + len(match["title"].rstrip()), Kind.ABBREVIATION))
        return i + 1

    def _literal(self, i: int, high: int) -> int:  # noqa: ARG002
        return i + 1 if _LITERAL.match(self._content(i).rstrip()) else i

    # ------------------------------------------------------------ raw HTML

    def _html(self, i: int, high: int) -> int:
        start, end = self.ink[i], self.stop[high - 1]
        if self.text.startswith("<!--", start):
            return self._comment(i, high)
        tag = html.opening(self.text, start, end)
        if not tag or not html.is_block(tag["name"]):
            return i
        if html.holds_markdown(tag) or tag["close"]:
            for span in html.attributes(self.text, tag.start(), tag.end()):
                self._add(span)
            return self._resume(i, tag.end())
        stop = html.extent(self.text, tag, end)
        j = i
        if stop < 0:  # nothing closes it: the block ends at the first blank line
            while j + 1 < high and not self._blank(j + 1):
                j += 1
            stop = self.stop[j]
        while self.stop[j] < stop:
            j += 1
        for span in html.prose(self.text, start, self.stop[j]):
            self._add(span)
        return j + 1

    def _resume(self, i: int, at: int) -> int:
        """Go on behind offset ``at``, on the line where it stands."""
        while self.stop[i] < at:
            i += 1
        self._enter(i, at)
        if self._blank(i):
            return i + 1
        if self.text[self.ink[i]] == "<":
            return self._block(i, i + 1, Kind.PARAGRAPH)
        return self._paragraph(i, i + 1, Kind.PARAGRAPH)

    def _comment(self, i: int, high: int) -> int:
        close = self.text.find("-->", self.ink[i] + 4, self.stop[high - 1])
        if close < 0:
            return i
        j = i
        while self.stop[j] < close + 3:
            j += 1
        if self.text[close + 3 : self.stop[j]].strip():
            return i if j == i else self._resume(j, close + 3)
        directive = _COMMENT.match(self.text, self.ink[i], self.stop[j])
        word = directive["word"] if directive else None
        if word == "skip":
            return self._skip_next(j + 1, high)
        if word == "note" and directive:
            self.note = " ".join(directive["text"].split())
        elif word == "context" and directive:
            self.context = " ".join(directive["text"].split())
        return j + 1

    def _skip_next(self, i: int, high: int) -> int:
        while i < high and self._blank(i):
            i += 1
        if i >= high:
            return i
        spans = len(self.found.spans)
        after = self._block(i, high, Kind.PARAGRAPH)
        del self.found.spans[spans:]
        return after

    # ------------------------------------------------------------ tables

    def _is_table(self, i: int) -> bool:
        return (
            "|" in self._content(i)
            and self._indent(i + 1) < 4
            and bool(_DELIMITER.match(self.text, self.ink[i + 1], self.stop[i + 1]))
            and "-" in self._content(i + 1)
        )

    def _table(self, i: int, high: int) -> int:
        if i + 1 >= high or not self._is_table(i):
            return i
        self._cells(i)
        i += 2
        while i < high and not self._blank(i):
            if not _LITERAL.match(self._content(i).rstrip()):
                self._cells(i)
            i += 1
        return i

    def _cells(self, i: int) -> None:
        start, end = self.ink[i], self.stop[i]
        row = self.text[start:end]
        blotted = _opaque(row)
        at = 0
        for cut in [match.start() for match in re.finditer(r"(?<!\\)\|", blotted)] + [len(row)]:
            cell = row[at:cut]
            if cell.strip():
                left = start + at + len(cell) - len(cell.lstrip())
                self._add(Span(left, start + at + len(cell.rstrip()), Kind.CELL, Slot.CELL))
            at = cut + 1

    # ------------------------------------------------------------ paragraphs

    def _interrupts(self, i: int, high: int) -> bool:
        """Whether line ``i`` starts a block of its own in the middle of a paragraph."""
        first = self.text[self.ink[i]]
        if first.isalpha() or first not in self.starters:
            return False
        content = self._content(i)
        if first in "`~":
            return self._fence(i, high) > i
        if first == "<":
            tag = html.opening(self.text, self.ink[i], self.stop[high - 1])
            return bool(tag) and html.is_block(tag["name"]) if tag else bool(_COMMENT.match(content))
        if first == "[":
            return bool(_FOOTNOTE.match(content) or _REFERENCE.match(content) or _LITERAL.match(content.rstrip()))
        pattern = _INTERRUPTING.get(first)
        flush = self._indent(i) == 0 or first not in "#!?="
        return flush and any(one.match(content) for one in pattern or ())

    def _paragraph(self, i: int, high: int, kind: Kind) -> int:
        j = i + 1
        while j < high and not self._blank(j):
            underline = j == i + 1 and self._indent(j) == 0 and _UNDERLINE.match(self._content(j))
            if underline and kind is Kind.PARAGRAPH:
                raw = self._content(i).rstrip()
                self._add_heading(self.ink[i], self.ink[i] + len(raw))
                return j + 1
            if self._interrupts(j, high):
                break
            j += 1
        if j < high and not self._blank(j) and _DEFINITION.match(self._content(j)):
            for k in range(i, j):
                self._add(Span(self.ink[k], self.ink[k] + len(self._content(k).rstrip()), Kind.TERM))
            return j
        self._add_paragraph(i, j, kind)
        return j

    def _add_paragraph(self, i: int, j: int, kind: Kind) -> None:
        last = j - 1
        start, end = self.ink[i], self.ink[last] + len(self._content(last).rstrip())
        image = _lone_image(self.text[start:end])
        if image:
            for left, right in image:
                self._add(Span(start + left, start + right, Kind.ALT, Slot.LABEL))
            return
        lead = self.text[self.begin[i + 1] : self.start[i + 1]] if j > i + 1 else ""
        self._add(Span(start, end, kind, Slot.LINES, lead))

    def _add(self, span: Span) -> None:
        if self.note or self.context:
            span = replace(span, note=self.note, context=self.context)
            self.note = self.context = ""
        if span.end > span.start and has_prose(self.text[span.start : span.end]):
            self.found.spans.append(span)


_INTERRUPTING: dict[str, tuple[re.Pattern[str], ...]] = {
    "#": (re.compile(r"#{1,6}[^#]"),),
    ">": (re.compile(r">"),),
    "!": (re.compile(r"!!! ?[\w-]"),),
    "?": (re.compile(r"\?\?\?\+? ?[\w-]"),),
    "=": (_TAB,),
    "/": (_MARK,),
    ":": (_DEFINITION, _API),
    "{": (_LITERAL,),
    ";": (_LITERAL,),
    "-": (_RULE, _ITEM, _LITERAL),
    "*": (_RULE, _ITEM, _ABBREVIATION),
    "+": (_ITEM,),
    "_": (_RULE,),
    **dict.fromkeys("0123456789", (re.compile(r"\d{1,3}[.)][ \t]"),)),
}


def _opaque(row: str) -> str:
    """A table row in which code, mathematics and template tags are blotted out, so that their pipes do not count."""
    if "`" not in row and "{" not in row and "$" not in row:
        return row
    out = [
        "x" * len(token.text) if isinstance(token, Code) and token.kind in {"code", "placeholder"} else
        token if isinstance(token, str) else token.text
        for token in tokenize(row)
    ]  # fmt: skip
    return "".join(out)


def _lone_image(text: str) -> list[tuple[int, int]]:
    """Where the prose is in a paragraph that is nothing but one image: alternative text and title."""
    if not text.startswith("!["):
        return []
    tokens = tokenize(text)
    first, last = tokens[0], tokens[-1]
    if not (isinstance(first, Code) and isinstance(last, Code) and last.role is Role.CLOSE and first.id == last.id):
        return []
    inner = "".join(token if isinstance(token, str) else token.text for token in tokens[1:-1])
    at = len(first.text)
    found = [(at, at + len(inner))]
    at += len(inner)
    for n, part in enumerate(last.parts):
        if n % 2:
            found.append((at, at + len(part)))
        at += len(part)
    return [(left, right) for left, right in found if masked(text[left:right]).strip()]
