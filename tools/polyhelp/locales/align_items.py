"""What two pages in two languages have in common: items that can be compared without knowing either language.

A document becomes a sequence of items: its segments, the admonitions that have no title, and what stands between
segments (code, includes, closing marks). The marks of a segment are what a translator leaves alone: code, link and
image targets, addresses, numbers, footnotes, icons, and words of Latin letters.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from polyhelp.model import DefaultTitle, Document, Kind, Pin, Segment
from polyhelp.text.inline import Code, Role, tokenize

_ID = re.compile(r"""\{[^{}\n]*?(?:#|\bid=["']?)(?P<id>[^\s"'{}=]+)[^{}\n]*\}""")
_TITLED = re.compile(r"(?:/{3,}|!!!|\?\?\?\+?)[ \t]*(?P<type>[\w-]+)")
_NUMBER = re.compile(r"\d+(?:[.,:']\d+|[ ]\d{3}(?!\d))*")
_NAME = re.compile(r"(?<![^\W\u0600-\uffff])[A-Za-z][A-Za-z0-9_+#-]*[A-Za-z0-9+#](?![^\W\u0600-\uffff])")
_TARGET = re.compile(r"\]\(\s*<?(?P<target>[^\s<>()]*)")
_LINKED = re.compile(r"""(?:href|src)=["'](?P<target>[^"']+)["']""")
_BULLET = re.compile(r"(?:[-*+]|\d+[.)])(?=[ \t]|\Z)")
_AS_WRITTEN = frozenset({"placeholder", "footnote", "icon", "keys", "math"})
_PINNED = re.compile(r"""#(?P<short>[^\s}]+)|id="(?P<long>[^"]+)\"""")
_LEVEL = re.compile(r"#{1,6}")

TITLE = "admonition title"


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a page. ``form`` must be alike in both pages, ``segment`` is None for what is not translated.

    ``lead`` is what stands before the text on its line, ``id`` the heading's id (``given``: the author wrote it).
    ``marks`` are in order and may repeat; ``lines`` are those of untranslated text. ``size`` is in characters of
    prose, ``log`` its logarithm (of four more, so that one letter more or less in a short text is little).
    """

    form: str
    line: int
    segment: Segment | None = None
    lead: str = ""
    id: str = ""
    given: bool = False
    marks: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    lines: tuple[str, ...] = ()
    size: int = 0
    log: float = 0.0

    @property
    def level(self) -> int:
        """A heading's level, 0 for anything else."""
        found = _LEVEL.match(self.lead.lstrip())
        return len(found.group()) if found and self.form == Kind.HEADING else 0


def items(document: Document, infix: str = "") -> tuple[Item, ...]:
    """The items of a page. ``infix`` is what names of a locale's own files hold (``.de``): it is no difference."""
    reader = _Reader(infix)
    for part in document.parts:
        reader.read(part)
    return tuple(reader.items)


class _Reader:
    """Reads the parts of a page in order; ``lead`` is what stands on the line so far, ``last`` the item on it."""

    def __init__(self, infix: str) -> None:
        self.items: list[Item] = []
        self._infix = infix
        self._lead, self._line = "", 1
        self._open = False

    def read(self, part: str | Segment | Pin | DefaultTitle) -> None:
        """Add a part."""
        if isinstance(part, Segment):
            self._add(_of_segment(part, self._lead, self._infix))
            self._line += part.raw.count("\n")
        elif isinstance(part, DefaultTitle):
            self._add(Item(TITLE, self._line, lead=part.name))
        elif isinstance(part, Pin):
            found = _PINNED.search(part.text.replace("\\_", "_"))
            if found:
                self._give_id(found["short"] or found["long"], given=False)
        else:
            self._literal(part)

    def _add(self, item: Item) -> None:
        self.items.append(item)
        self._open = True

    def _give_id(self, name: str, *, given: bool) -> None:
        if self._open and self.items[-1].form == Kind.HEADING and not self.items[-1].given:
            self.items[-1] = replace(self.items[-1], id=name, given=given)

    def _literal(self, text: str) -> None:
        first, *middle = text.split("\n")
        if found := _ID.search(first):
            self._give_id(found["id"], given=True)
        if not middle:
            self._lead = first
            return
        self._lead = middle.pop()
        self._open = False
        shown = tuple(line.strip() for line in middle if line.strip())
        if shown:
            at = self._line + 1 + next(n for n, line in enumerate(middle) if line.strip())
            self.items.append(Item("", at, lines=shown))
        self._line += len(middle) + 1


def _of_segment(segment: Segment, lead: str, infix: str) -> Item:
    marks, names, size = [], [], 0
    for token in tokenize(segment.source):
        if isinstance(token, str):
            text = unicodedata.normalize("NFKC", token)
            marks += [_digits(number) for number in _NUMBER.findall(text)]
            names += _NAME.findall(text)
            size += len(token)
        else:
            marks += _marks(token, infix)
            size += sum(map(len, token.parts[1::2])) or (len(token.text) if token.kind == "code" else 0)
    form = segment.kind.value
    titled = _TITLED.match(lead.strip()) if segment.kind is Kind.TITLE else None
    if titled:
        form, lead = TITLE, titled["type"].lower()
    else:
        lead = _BULLET.sub("*", lead.expandtabs(4).rstrip(), count=1)
    return Item(
        form, segment.line, segment, lead, "", False, tuple(marks), frozenset(names), (), size, math.log(size + 4)
    )


def _digits(number: str) -> str:
    return "#" + re.sub(r"\D", "", number)


def _marks(code: Code, infix: str) -> Iterator[str]:
    text = code.text[: len(code.text) - code.tail] if code.tail else code.text
    if code.kind == "code":
        yield text
    elif code.kind in {"link", "image"}:
        if code.role is Role.CLOSE and (found := _TARGET.match(text)):
            yield f"({plain_target(found['target'], infix)}"
    elif code.kind == "url":
        yield f"({plain_target(text.strip('<>'), infix)}"
    elif code.kind == "html":
        yield from (f"({plain_target(target, infix)}" for target in _LINKED.findall(text))
    elif code.kind in _AS_WRITTEN:
        yield text


def plain_target(target: str, infix: str = "") -> str:
    """A link's target without ``infix``, and without its fragment when it has a path: fragments are translated, too."""
    path, _, _ = target.partition("#")
    path = path or target[:1]
    return path.replace(f"{infix}.", ".") if infix else path
