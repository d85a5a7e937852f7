"""Take a page's body apart into blocks, as Python-Markdown and Material's extensions read it.

The scanner works on line numbers and offsets into the page and never copies text: taking the indentation off a
container's lines moves their ``start``, nothing else. So what it finds are stretches of the page itself.

The rules:

1.  Indentation counts in fours, a tab to the next four. What is indented by four or more after a blank line or a
    finished block is code, and code is not prose.
2.  A list item's children are indented by four; a marker indented by less is a sibling. Text that follows without a
    blank line belongs to the item.
3.  A paragraph ends at a blank line, or where a line starts a heading, a fence, a quote, a rule, an admonition, a
    tab, a block mark, raw HTML or a definition. Wrapped lines are one segment. A list cannot start inside a
    paragraph, but a line that looks like an item starts a new segment, so that both readings of it keep their shape.
4.  Fences, mathematics, ``::: name`` with its options, includes, template tags alone on a line, ``[TOC]``,
    attribute lists alone on a line, and the definitions of links are not prose.
5.  Admonitions, details, content tabs and block marks (``/// note | Title``) give their title and their body, fences
    their title if it is no file name.
6.  A table gives one segment per cell.
7.  A line before ``:   text`` is a term, one per line. Footnotes and definitions have bodies like list items.
8.  A paragraph that is nothing but an image gives its alternative text and its title.
9.  A block of raw HTML reaches to its closing tag; ``markdown`` on the tag makes its content Markdown again. It can
    start only where at most three spaces stand before it on the page; elsewhere tags are part of the text.
10. ``<!-- l10n:skip -->`` leaves out the next block, ``l10n:note`` and ``l10n:context`` speak of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from polyhelp.content import attributes, fences, html, tables
from polyhelp.content.labels import normal
from polyhelp.content.lines import Lines
from polyhelp.content.spans import Found, Heading, Span
from polyhelp.content.titles import is_known
from polyhelp.model import DefaultTitle, Kind, Slot
from polyhelp.text.inline import Code, Role, has_prose, masked, tokenize
from polyhelp.text.seek import Seek

_DEEPEST = 40  # containers inside containers; deeper is literal: nobody writes it, and recursion must end

_HEADING = re.compile(r"#{1,6}[ \t]*(?=[^ \t#])")
_RULE = re.compile(r"(?=(?P<rule>(?:-+[ ]{0,2}){3,}|(?:_+[ ]{0,2}){3,}|(?:\*+[ ]{0,2}){3,}))(?P=rule)[ ]*$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
_ITEM = re.compile(r"(?:[*+-]|\d+\.)[ \t]+")
_ITEM_LOOK = re.compile(r"(?:[*+-]|\d{1,9}[.)])[ \t]+")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_TITLED = {
    "!": re.compile(r'!!! ?[\w-]+(?: +[\w-]+)*(?: +"(?P<title>.*)")?$'),
    "?": re.compile(r'\?{3}\+? ?(?:(?:[\w-]+(?: +[\w-]+)*)?(?: +"(?P<title>.*)")|[\w-]+(?: +[\w-]+)*)$'),
    "=": re.compile(r'={3}(?:\+!|!\+|\+|!)? +"(?P<title>.*)"$'),
}
_MARK = re.compile(r"/{3,}[ ]*(?:(?P<name>[\w-]+)[ ]*)?(?:\|[ ]*(?P<title>.*))?$")
_TYPE = re.compile(r"[\w-]+")
_TYPE_OPTION = re.compile(r"type:[ ]+(?P<name>[\w-]+)")
_TYPED_MARKS = frozenset({"admonition", "details"})
_MARKS_WITHOUT_TITLE = frozenset({"html", "caption", "figure-caption", "table-caption"})
_REFERENCE = re.compile(
    r"""\[(?P<label>[^\[\]^][^\[\]]*)\]:[ ]*(?:\r?\n[ ]*)?(?=(?P<url>\S+))(?P=url)[ ]*"""
    r"""(?:(?:\r?\n[ ]*)?(?:"(?P<double>.*)"|'(?P<single>.*)'|\((?P<round>.*)\))[ ]*)?\r?$""",
    re.MULTILINE,
)
_FOOTNOTE = re.compile(r"\[\^[^\]]*\]:[ \t]*")
_ABBREVIATION = re.compile(r"\*\[[^\\\n]*?\][ ]?:[ ]*(?P<title>.*)$")
_DEFINITION = re.compile(r":(?:[ ]{1,3}|\t)")
_LITERAL = re.compile(
    r"\[TOC\]$|;?-+8<-+|\{\*.*\*\}$|\{!.*!\}$|(?:(?:\{%(?:[^%]|%(?!\}))*%\}|\{#(?:[^#]|#(?!\}))*#\})[ \t]*)+$"
    r"|\[![A-Za-z]+\][+-]?$"
)
_ATTRIBUTES = re.compile(r"\{(?:(?=[: ])[: ][ ]*[.#\w]|(?=[.#]|[^{}\n]*=))[^{}\n]*\}$")  # "{name}" is a placeholder
_FORMULA = re.compile(r"\$\$|\\\[|\\begin\{(?P<name>[a-z]+\*?)\}")
_ENDING = re.compile(r"\\end\{[a-z]+\*?\}")
_API = re.compile(r":::[ ]?\S")
_DIRECTIVE = re.compile(r"l10n:(?P<word>skip|note|context)\b(?P<text>.*)", re.DOTALL)


class Scanner:
    """Scans a page from ``offset`` on. Call :meth:`scan` once; the result is in :attr:`found`."""

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.found = Found()
        self.lines = Lines(text, offset)
        self.fences = fences.find(text, self.lines.begin, offset)
        self.fence_starts = sorted(self.lines.begin[line] for line in self.fences)
        self.unfinished = -1  # the line that goes on with a paragraph, although a block of its own is before it
        self.tagged = range(
            0
        )  # the row of template tags that was looked at last, and whether the text goes on below it
        self.continued = False
        self.torn: set[int] = set()  # lines that some containers read as the paragraph before them, others as a new one
        self.attached: set[int] = set()  # lines that follow an item's text: only an item can start there
        self.extents: dict[str, dict[int, int]] = {}  # of raw elements, by name and by where they start
        self.seek = Seek(text)
        self.resumed = False  # a line goes on behind a tag or a comment
        self.depth = 0
        self.skips = False  # the next block is to be left out
        self.note = ""
        self.context = ""
        self.starters: dict[str, Callable[[int, int], int]] = {
            "#": self._heading, ">": self._quote, "!": self._titled, "?": self._titled, "=": self._titled,
            "/": self._mark, ":": self._colon, "<": self._html, "[": self._bracket, "{": self._literal,
            ";": self._literal, "-": self._dash, "*": self._star, "+": self._item, "_": self._rule, "$": self._math,
            "\\": self._math, **dict.fromkeys("0123456789", self._item),
        }  # fmt: skip

    @cached_property
    def endings(self) -> frozenset[str]:
        """The closing marks of environments that the page has: what is not among them is not looked for."""
        return frozenset(match.group() for match in _ENDING.finditer(self.text))

    def scan(self) -> Found:
        """Find the prose of the whole body."""
        self._blocks(0, len(self.lines), Kind.PARAGRAPH)
        return self.found

    def is_taken(self, i: int) -> bool:
        """Whether line ``i`` starts anything but a paragraph. Leaves the scanner spent."""
        starter = None if self.lines.blank(i) else self.starters.get(self.text[self.lines.ink[i]])
        return starter is not None and (starter(i, i + 1) > i or self.resumed)

    # ------------------------------------------------------------ blocks

    def _blocks(self, low: int, high: int, kind: Kind) -> None:
        """Scan lines ``low`` to ``high``; the first paragraph is of ``kind``."""
        if self.depth > _DEEPEST:
            return
        self.depth += 1
        self.unfinished = -1
        i = low
        while i < high:
            if self.lines.blank(i):
                i += 1
                continue
            skips = self.skips and not self.text.startswith("<!--", self.lines.ink[i])
            self.skips = self.skips and not skips
            is_list = skips and self._is_item(i)
            spans = len(self.found.spans)
            i = self._block(i, high, kind)
            kind = Kind.PARAGRAPH
            if skips:
                del self.found.spans[spans:]
                self.skips = is_list and self._goes_on_with_item(i, high)
        self.skips = False
        self.depth -= 1

    def _goes_on_with_item(self, i: int, high: int) -> bool:
        while i < high and self.lines.blank(i):
            i += 1
        return i < high and self._is_item(i)

    def _block(self, i: int, high: int, kind: Kind) -> int:
        """Scan the block that starts at line ``i``; the line after it."""
        if self.lines.indent(i) >= 4 and self.unfinished != i:
            return self._code(i, high)
        if i in self.fences:
            return self._fence(i, high)
        if i + 1 < high and self._is_table(i):
            return self._table(i, high)
        starter = self.starters.get(self.text[self.lines.ink[i]])
        is_item = self._is_item(i)
        if starter and i in self.attached and not is_item:
            starter = self._literal
        elif is_item and self.unfinished == i and i not in self.attached:
            self.lines.enter(i, self._item_text(i, self.lines.ink[i]))
            return self._paragraph(i, high, kind)
        if starter:
            after = starter(i, high)
            if after > i or self._is_resumed():
                return after
        return self._paragraph(i, high, kind)

    def _is_resumed(self) -> bool:
        resumed, self.resumed = self.resumed, False
        return resumed

    def _code(self, i: int, high: int) -> int:
        while i < high and (self.lines.blank(i) or self.lines.indent(i) >= 4):
            i += 1
        return i

    def _body(self, i: int, high: int) -> int:
        """Take the indentation off the body that starts at line ``i``; the line after it."""
        end = i
        while i < high and (self.lines.blank(i) or self.lines.indent(i) >= 4 or self._goes_on(i, high)):
            if self.lines.indent(i) >= 4 and not self.lines.blank(i):
                self.lines.outdent(i)
                end = i + 1
            i += 1
        return end

    def _goes_on(self, i: int, high: int) -> bool:
        """Whether template tags stand here, alone on their lines, and then more of the indented text above.

        They are gone when the page is read as Markdown, and what they hold is part of the block above them.
        """
        if not self._is_tags(i):
            return False
        if i not in self.tagged:  # a long row of tags is read once
            j = i
            while j < high and self._is_tags(j):
                j += 1
            self.tagged = range(i, j)
            self.continued = j < high and not self.lines.blank(j) and self.lines.indent(j) >= 4
        return self.continued

    def _is_tags(self, i: int) -> bool:
        content = self.lines.content(i).rstrip()
        return content.startswith(("{%", "{# ")) and bool(_LITERAL.match(content))

    def _heading(self, i: int, high: int) -> int:  # noqa: ARG002 (all starters have one shape)
        if self.lines.indent(i):
            return i
        match = _HEADING.match(self.text, self.lines.ink[i], self.lines.stop[i])
        if match:
            text = self.text[match.end() : self.lines.stop[i]].rstrip(" \t")
            title = text.rstrip("#")
            title += "#" if len(title) < len(text) and title.endswith("\\") else ""
            self._add_heading(match.end(), match.end() + len(title.rstrip(" \t")), Slot.LABEL)
        return i + 1

    def _add_heading(self, start: int, end: int, slot: Slot) -> None:
        given, pin_at = "", end
        found = attributes.trailing(self.text, start, end)
        if found:
            given, pin_at = attributes.given_id(found.text), found.inside
            self._add_prose_of(found.start, end)
            end = found.start
        self.found.headings.append(Heading(start, end, given, pin_at, in_list=found is not None))
        self._add(Span(start, end, Kind.HEADING, slot))

    def _fence(self, i: int, high: int) -> int:
        after = min(self.fences[i], high)
        title = fences.title(self.text, self.lines.ink[i], self.lines.stop[i])
        if title:
            self._add(Span(*title, Kind.TITLE, Slot.FENCE))
        self.unfinished = after
        return after

    def _math(self, i: int, high: int) -> int:
        opener = _FORMULA.match(self.text, self.lines.ink[i], self.lines.stop[i])
        if not opener:
            return i
        closer = {"$$": "$$", "\\[": "\\]"}.get(opener.group()) or f"\\end{{{opener['name']}}}"
        if opener["name"] and closer not in self.endings:
            return i
        at = self._find(closer, opener.end(), self.lines.stop[high - 1])
        if at < 0:
            return i
        j = i
        while self.lines.stop[j] < at:
            j += 1
        return i if self.text[at + len(closer) : self.lines.stop[j]].strip() else j + 1

    def _rule(self, i: int, high: int) -> int:  # noqa: ARG002
        return i + 1 if _RULE.match(self.text, self.lines.ink[i], self.lines.stop[i]) else i

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

    # ------------------------------------------------------------ containers

    def _quote(self, i: int, high: int) -> int:
        j = i
        while j < high and not self.lines.blank(j):
            if self.text[self.lines.ink[j]] == ">":
                at = self.lines.ink[j] + 1
                self.lines.enter(j, at + 1 if self.text[at : at + 1] == " " else at)
            elif self._interrupts(j):
                break
            j += 1
        self._blocks(i, j, Kind.PARAGRAPH)
        self.unfinished = -1
        return j

    def _item(self, i: int, high: int) -> int:
        is_item = self._is_item(i)
        return self._hanging(i, high, self._item_text(i, self.lines.ink[i]), Kind.LIST_ITEM) if is_item else i

    def _item_text(self, i: int, at: int) -> int:
        """Where the text of an item begins whose marker is at ``at``."""
        for pattern in (_ITEM_LOOK, _TASK):
            match = pattern.match(self.text, at, self.lines.stop[i])
            at = match.end() if match else at
        return at

    def _hanging(self, i: int, high: int, at: int, kind: Kind) -> int:
        """Scan a block whose text starts at offset ``at`` and whose further lines are indented, or follow on."""
        self.lines.enter(i, at)
        j, gap, loose = i + 1, False, False
        while j < high:
            if self.lines.blank(j):
                gap = loose = True
            elif self.lines.indent(j) >= 4:
                if kind is Kind.LIST_ITEM and not loose:
                    self.attached.add(j)
                self.lines.outdent(j)
                gap = False
            elif self._goes_on(j, high):
                self.lines.start[j] = self.lines.ink[j]
            elif gap or (self._interrupts(j) and not self._is_list(j)) or (kind is Kind.LIST_ITEM and self._is_item(j)):
                break
            else:
                if kind is Kind.LIST_ITEM and self.lines.indent(j):
                    self.attached.add(j)
                if loose:
                    self.torn.add(j)
                self.lines.start[j] = self.lines.ink[j]
            j += 1
        self._blocks(i, j, kind)
        self.unfinished = -1
        return j

    def _is_list(self, i: int) -> bool:
        """Whether line ``i`` is an attribute list, which belongs to the block above it."""
        return bool(_ATTRIBUTES.match(self.lines.content(i).rstrip()))

    def _is_item(self, i: int) -> bool:
        return bool(_ITEM.match(self.text, self.lines.ink[i], self.lines.stop[i]))

    def _titled(self, i: int, high: int) -> int:
        """An admonition, details or a content tab: a title, and a body that is indented."""
        if self.lines.indent(i):
            return i
        pattern = _TITLED[self.text[self.lines.ink[i]]]
        match = pattern.match(self.text, self.lines.ink[i], self.lines.end(i))
        if not match:
            return i
        self._add_title(match)
        if match["title"] is None and (name := _TYPE.search(match.group())):
            self.found.titles[match.end()] = DefaultTitle(name.group().lower(), ' "', '"')
        end = self._body(i + 1, high)
        self._blocks(i + 1, end, Kind.PARAGRAPH)
        return max(end, i + 1)

    def _add_title(self, match: re.Match[str], slot: Slot = Slot.QUOTED) -> None:
        if match["title"]:
            start, end = match.span("title")
            raw = self.text[start:end]
            self._add(Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()), Kind.TITLE, slot))

    def _mark(self, i: int, high: int) -> int:
        match = _MARK.match(self.text, self.lines.ink[i], self.lines.end(i))
        if not match:
            return i
        if (match["name"] or "").lower() not in _MARKS_WITHOUT_TITLE:
            self._add_title(match, Slot.LABEL)
        name = (match["name"] or "").lower()
        i += 1
        while match["name"] and i < high and not self.lines.blank(i) and self.lines.indent(i) >= 4:  # options
            option = _TYPE_OPTION.match(self.text, self.lines.ink[i], self.lines.end(i))
            name = option["name"].lower() if option and name in _TYPED_MARKS else name
            i += 1
        if match["title"] is None and is_known(name):
            self.found.titles[match.end()] = DefaultTitle(name, " | ", "")
        return i

    def _colon(self, i: int, high: int) -> int:
        if _API.match(self.text, self.lines.ink[i], self.lines.stop[i]):
            return self._code(i + 1, high)
        match = _DEFINITION.match(self.text, self.lines.ink[i], self.lines.end(i))
        return self._hanging(i, high, match.end(), Kind.DEFINITION) if match else i

    # ------------------------------------------------------------ definitions and literal lines

    def _bracket(self, i: int, high: int) -> int:
        footnote = _FOOTNOTE.match(self.text, self.lines.ink[i], self.lines.stop[i])
        if footnote:
            return self._hanging(i, high, footnote.end(), Kind.FOOTNOTE)
        reference = _REFERENCE.match(self.text, self.lines.ink[i], self.lines.stop[high - 1])
        if not reference:
            return self._literal(i, high)
        self.found.labels.add(normal(reference["label"]))
        for name in ("double", "single", "round"):
            if reference[name]:
                self._add(Span(*reference.span(name), Kind.TITLE, Slot.ATTRIBUTE))
        while self.lines.stop[i] < reference.end() - 1:
            i += 1
        return i + 1

    def _abbreviation(self, i: int, high: int) -> int:  # noqa: ARG002
        match = _ABBREVIATION.match(self.text, self.lines.ink[i], self.lines.stop[i])
        if not match:
            return i
        if match["title"].strip():
            start = match.start("title")
            self._add(Span(start, start + len(match["title"].rstrip()), Kind.ABBREVIATION))
        return i + 1

    def _literal(self, i: int, high: int) -> int:  # noqa: ARG002
        content = self.lines.content(i).rstrip()
        is_list = _ATTRIBUTES.match(content)
        if not is_list and not _LITERAL.match(content):
            return i
        if is_list:
            self.found.ids.add(attributes.given_id(content.strip("{}: ")))
            self._add_prose_of(self.lines.ink[i], self.lines.stop[i])
        if not content.startswith(("{%", "{#")):  # those are gone when the page is read as Markdown
            self.unfinished = i + 1
        return i + 1

    # ------------------------------------------------------------ raw HTML

    def _html(self, i: int, high: int) -> int:
        start, end = self.lines.ink[i], self.lines.stop[high - 1]
        if self.text.startswith("<!--", start):
            return self._comment(i, high)
        tag = html.opening(self.text, start, end)
        if not tag or not html.is_block(tag["name"]):
            return i
        raw = self.lines.depth(i) < 4 and not html.holds_markdown(tag)
        if raw and not tag["close"]:
            return self._raw(i, high, tag)
        self._add_prose_of(tag.start(), tag.end())
        if not raw and (found := html.given_id(tag)):
            self.found.ids.add(found)
        return self._resume(i, high, html.opaque_end(self.seek, tag, end) or tag.end())

    def _raw(self, i: int, high: int, tag: re.Match[str]) -> int:
        """A block of raw HTML that starts with ``tag``, to the end of the line where it is closed."""
        end = self.lines.stop[high - 1]
        j = i
        following: re.Match[str] | None = tag
        while following:
            stop = self._extent(following)
            if not 0 < stop <= end:  # nothing closes it: the block ends at the first blank line
                while j + 1 < high and not self.lines.blank(j + 1):
                    j += 1
                break
            while self.lines.stop[j] < stop:
                j += 1
            rest = re.compile(r"[ \t]*").match(self.text, stop, self.lines.stop[j])
            following = html.opening(self.text, rest.end() if rest else stop, end)
            if following and (following["close"] or not html.is_block(following["name"])):
                following = None
        start = self.lines.ink[i]
        for n in range(i, j + 1):
            if n in self.fences:
                self._add_raw(start, self.lines.begin[n])
                start = self.lines.begin[self.fences[n]] if self.fences[n] < len(self.lines) else len(self.text)
        self._add_raw(start, self.lines.stop[j])
        return j + 1

    def _extent(self, tag: re.Match[str]) -> int:
        """The offset after the tag that closes ``tag``, or 0."""
        name = tag["name"].lower()
        if name not in self.extents:
            self.extents[name] = html.extents(self.text, name, self._fence_end)
        return self.extents[name].get(tag.start(), 0)

    def _find(self, closer: str, start: int, end: int) -> int:
        """Where ``closer`` next stands between two offsets, or -1."""
        found = self.seek.find(closer, start)
        return found if 0 <= found <= end - len(closer) else -1

    def _add_raw(self, start: int, end: int) -> None:
        for span in html.prose(self.text, start, end):
            self._add(span)

    def _fence_end(self, at: int) -> int:
        """The end of the fence in which offset ``at`` lies, or 0."""
        n = bisect_right(self.fence_starts, at) - 1
        if n < 0:
            return 0
        after = self.fences[bisect_right(self.lines.begin, self.fence_starts[n]) - 1]
        end = self.lines.begin[after] if after < len(self.lines) else len(self.text)
        return end if at < end else 0

    def _resume(self, i: int, high: int, at: int) -> int:
        """Go on behind offset ``at``, on the line where it stands: the line to scan next."""
        while self.lines.stop[i] < at:
            i += 1
        self.lines.enter(i, at)
        if self.lines.blank(i):
            return i + 1
        if self.text[self.lines.ink[i]] == "<":
            self.resumed = True
            return i
        return self._paragraph(i, high, Kind.PARAGRAPH)

    def _comment(self, i: int, high: int) -> int:
        close = self._find("-->", self.lines.ink[i] + 4, self.lines.stop[high - 1])
        if close < 0:
            return i
        j = i
        while self.lines.stop[j] < close + 3:
            j += 1
        if self.text[close + 3 : self.lines.stop[j]].strip():
            return self._resume(j, high, close + 3) if self.lines.depth(i) < 4 else i
        directive = _DIRECTIVE.match(self.text[self.lines.ink[i] + 4 : close].strip())
        word = directive["word"] if directive else None
        self.skips = self.skips or word == "skip"
        if word == "note" and directive:
            self.note = " ".join(directive["text"].split())
        elif word == "context" and directive:
            self.context = " ".join(directive["text"].split())
        return j + 1

    # ------------------------------------------------------------ tables

    def _is_table(self, i: int) -> bool:
        at = self.lines.ink[i + 1]
        if at >= self.lines.stop[i + 1] or self.text[at] not in "|:-" or self.unfinished == i:
            return False
        below = self.text[at : self.lines.stop[i + 1]].rstrip()
        return tables.is_table(self.lines.content(i).rstrip(), below)

    def _table(self, i: int, high: int) -> int:
        header = self.lines.content(i).rstrip()
        bordered = header.startswith("|") or header.endswith("|")
        self._cells(i, bordered=bordered)
        i += 2
        tagged = False  # a template tag stands above, and may have begun something else
        while i < high and not self.lines.blank(i):
            content = self.lines.content(i).rstrip()
            if _LITERAL.match(content):
                tagged = True
            elif tagged and "|" not in content:
                break
            else:
                self._cells(i, bordered=bordered)
            i += 1
        return i

    def _cells(self, i: int, *, bordered: bool) -> None:
        at = self.lines.ink[i]
        for start, end in tables.cells(self.lines.content(i).rstrip(), bordered=bordered):
            if start < end:
                self._add_listed(at + start, at + end, Kind.CELL, Slot.CELL)

    # ------------------------------------------------------------ paragraphs

    def _interrupts(self, i: int) -> bool:  # noqa: PLR0911 (one return for each rule)
        """Whether line ``i`` starts a block of its own in the middle of a paragraph."""
        if i in self.fences:
            return True
        first = self.text[self.lines.ink[i]]
        if first.isalpha() or first not in self.starters:
            return False
        if i in self.attached:
            content = self.lines.content(i).rstrip()
            return bool(_LITERAL.match(content) or _ATTRIBUTES.match(content))
        if first == "<":
            tag = html.opening(self.text, self.lines.ink[i], self.lines.stop[-1])
            if tag:
                return html.is_block(tag["name"])
            return self.lines.depth(i) < 4 and self.text.startswith("<!--", self.lines.ink[i])
        rules = _INTERRUPTING.get(first)
        if not rules or (first in "#!?=" and self.lines.indent(i)):
            return False
        content = self.lines.content(i).rstrip()
        return any(rule.match(content) for rule in rules)

    def _paragraph(self, i: int, high: int, kind: Kind) -> int:
        lines = self.lines
        j = i + 1
        while j < high and not lines.blank(j):
            underline = j == i + 1 and lines.indent(j) == 0 and _UNDERLINE.match(lines.content(j))
            if underline and self.unfinished != i:
                self._add_heading(lines.ink[i], lines.ink[i] + len(lines.content(i).rstrip()), Slot.LINES)
                return j + 1
            if self._interrupts(j):
                break
            item = _ITEM_LOOK.match(self.text, lines.ink[j], lines.stop[j])
            if item and kind is Kind.LIST_ITEM and lines.indent(j) < 4:
                break
            if j in self.torn:
                self._add_paragraph(i, j, kind)
                i, kind = j, Kind.PARAGRAPH
            elif item:
                self._add_paragraph(i, j, kind)
                lines.enter(j, self._item_text(j, lines.ink[j]))
                i, kind = j, Kind.PARAGRAPH
            j += 1
        if self._defines(j, high):
            for k in range(i, j):
                self._add_listed(lines.ink[k], lines.ink[k] + len(lines.content(k).rstrip()), Kind.TERM, Slot.LINES)
            return j
        if j < len(lines) and j - i > 1 and _UNDERLINE.match(lines.content(j)):
            self._add_paragraph(i, j - 1, kind)  # on one line, it would be underlined: a heading
            i = j - 1
        self._add_paragraph(i, j, kind)
        self.unfinished = j
        return j

    def _defines(self, i: int, high: int) -> bool:
        """Whether a definition follows, so that the paragraph before line ``i`` is its terms."""
        while i < high and self.lines.blank(i):
            i += 1
        return i < high and self.lines.indent(i) < 4 and bool(_DEFINITION.match(self.lines.content(i)))

    def _add_paragraph(self, i: int, j: int, kind: Kind) -> None:
        lines = self.lines
        start, end = lines.ink[i], lines.ink[j - 1] + len(lines.content(j - 1).rstrip())
        image = _lone_image(self.text[start:end])
        if image:
            for left, right, slot in image:
                self._add(Span(start + left, start + right, Kind.ALT, slot))
            return
        lead = self.text[lines.begin[i + 1] : lines.start[i + 1]] if j > i + 1 else ""
        self._add_runs(start, end, Span(start, end, kind, Slot.LINES, lead))

    def _add_listed(self, start: int, end: int, kind: Kind, slot: Slot) -> None:
        """A cell or a term: an attribute list at its end is the element's."""
        found = attributes.trailing(self.text, start, end)
        stop = found.start if found and found.is_plain else end
        self._add_runs(start, stop, Span(start, stop, kind, slot))
        self._add_prose_of(stop, end)

    def _add_runs(self, start: int, end: int, span: Span) -> None:
        """The text from ``start`` to ``end`` in stretches like ``span``, cut at block-level tags."""
        text = self.text[start:end]
        if "<" not in text:
            self._add(span)
            return
        for left, right in html.runs(text):
            self._add(replace(span, start=start + left, end=start + right))

    def _add_prose_of(self, start: int, end: int) -> None:
        """What a reader sees of the attribute list from ``start`` to ``end``."""
        for span in html.attributes(self.text, start, end):
            self._add(span)

    def _add(self, span: Span) -> None:
        if self.note or self.context:
            span = replace(span, note=self.note, context=self.context)
            self.note = self.context = ""
        if span.end > span.start and has_prose(self.text[span.start : span.end]):
            self.found.spans.append(span)


def starts_block(line: str) -> bool:
    """Whether ``line`` at the start of a block, on some page, would be read as something else than a paragraph."""
    if _STARTS_SOMEWHERE.match(line):
        return True
    scanner = Scanner(line, 0)
    return bool(len(scanner.lines)) and scanner.is_taken(0)


_STARTS_SOMEWHERE = re.compile(
    r"`{3}|~{3}|\$\$|\\\[|\\begin\{|<!--|:::|\[[^\]]+\]:|[ ]{4}|\t"
)  # what else is on the page decides
_INTERRUPTING: dict[str, tuple[re.Pattern[str], ...]] = {
    "#": (re.compile(r"#{1,6}[^#]"),),
    ">": (re.compile(r">"),),
    "!": (_TITLED["!"],),
    "?": (_TITLED["?"],),
    "=": (_TITLED["="],),
    "/": (_MARK,),
    ":": (_DEFINITION, _API),
    "[": (_FOOTNOTE, _REFERENCE, _LITERAL),
    "{": (_LITERAL, _ATTRIBUTES),
    ";": (_LITERAL,),
    "-": (_RULE, _LITERAL),
    "*": (_RULE, _ABBREVIATION),
    "_": (_RULE,),
}


def _lone_image(text: str) -> list[tuple[int, int, Slot]]:
    """Where the prose is in a paragraph that is nothing but one image: alternative text and title."""
    if not text.startswith("!["):
        return []
    tokens = tokenize(text)
    first, last = tokens[0], tokens[-1]
    if not (isinstance(first, Code) and isinstance(last, Code) and last.role is Role.CLOSE and first.id == last.id):
        return []
    inner = "".join(token if isinstance(token, str) else token.text for token in tokens[1:-1])
    at = len(first.text)
    found = [(at, at + len(inner), Slot.LABEL)]
    at += len(inner)
    for n, part in enumerate(last.parts):
        if n % 2:
            found.append((at, at + len(part), Slot.ATTRIBUTE))
        at += len(part)
    return [(left, right, slot) for left, right, slot in found if masked(text[left:right]).strip()]
