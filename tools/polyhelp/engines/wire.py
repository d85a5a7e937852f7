"""Inline codes on the wire: what an engine gets instead of Markdown, and back.

Ids travel, never addresses: an engine sees ``<g id="1">``, not the link's target.

1. XML: a pair is ``<g id="1">…</g>``; a void is ``<x id="2"/>``, or ``<x id="2">SAVE20</x>`` where a reader sees a
   word of the sentence. The content of ``x`` is thrown away on the way back. ``& < >`` are escaped.
2. Words: a void is a code word such as ``XQ2X``, a pair stands between ``XQ1A`` and ``XQ1B`` or is not sent at all
   (:mod:`polyhelp.engines.project`). Of the styles of mark in use (braces, brackets, tags, symbols, words), only
   words of letters and digits come back whole from both rule-based and neural engines.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from polyhelp.engines.nodes import DEEPEST, Node, Nodes, Pair, Void, joined, plain, walk

_LONGEST_SHOWN = 80
_TAG = re.compile(r"""<(?P<slash>/?)(?P<name>[gx])(?:\s+id\s*=\s*["'](?P<id>\d{1,6})["'])?\s*(?P<void>/?)>""")


@dataclass(frozen=True, slots=True)
class Damage:
    """Why an answer cannot be used, in words that a translator understands."""

    reason: str


UNREADABLE = Damage("the engine's answer has tags that do not belong together")

# ---------------------------------------------------------------- XML


def to_xml(nodes: Nodes) -> str:
    """The tree as XML text with numbered tags."""
    out: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            out.append(_escaped(node))
        elif isinstance(node, Pair):
            out.append(f'<g id="{node.id}">{to_xml(node.inside)}</g>')
        elif shown := _escaped(node.shown[:_LONGEST_SHOWN]):
            out.append(f'<x id="{node.id}">{shown}</x>')
        else:
            out.append(f'<x id="{node.id}"/>')
    return "".join(out)


def from_xml(answer: str, source: Nodes) -> Nodes | Damage:
    """The tree that an engine's answer to ``to_xml(source)`` means, as it stands: neither repaired nor verified."""
    tree = _Tree(source)
    end = 0
    for tag in _tags(answer):
        tree.text(html.unescape(answer[end : tag.start()]), raw=answer[end : tag.start()])
        end = tag.end()
        number = int(tag["id"] or 0)
        if tag["slash"]:
            tree.close() if tag["name"] == "g" else tree.fail()
        elif tag["name"] == "g":
            tree.open(number)
            if tag["void"]:
                tree.close()
        else:
            tree.void(number)
            if not tag["void"]:
                closing = answer.find("</x>", end)
                end = closing + len("</x>")
                if closing < 0:
                    return UNREADABLE
    tree.text(html.unescape(answer[end:]), raw=answer[end:])
    return tree.done()


def _tags(answer: str) -> Iterator[re.Match[str]]:
    """The tags of an answer; what stands inside ``<x>…</x>`` is passed over."""
    at = 0
    while tag := _TAG.search(answer, at):
        yield tag
        at = tag.end()
        if tag["name"] == "x" and not tag["slash"] and not tag["void"]:
            closing = answer.find("</x>", at)
            at = closing + len("</x>") if closing >= 0 else at


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# ---------------------------------------------------------------- words

FAMILIES = ("XQ", "ZQX", "XKQ", "QXV", "XZJ")
"""Beginnings of code words. The first two that do not occur in a text are used for it."""


@dataclass(frozen=True, slots=True)
class CodeWords:
    """One family of code words, ``XQ1X`` for a void and ``XQ1A … XQ1B`` for a pair."""

    prefix: str

    @classmethod
    def for_text(cls, text: str, family: int = 0) -> CodeWords:
        """The family number ``family`` (from 0) of those whose prefix does not occur in ``text``."""
        free = [prefix for prefix in FAMILIES if prefix not in text.upper()]
        if free:
            return cls(free[family % len(free)])
        return cls(FAMILIES[0] + "J" * (1 + max(map(len, re.findall("J*", text.upper())))))

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches a code word: group 1 is the id, group 2 its role (``X``, ``A`` or ``B``)."""
        return re.compile(rf"{self.prefix}(\d{{1,6}})([XAB])", re.IGNORECASE)

    def left_in(self, text: str) -> bool:
        """Whether something of this family is in ``text``, whole or in pieces."""
        return self.prefix.casefold() in text.casefold()

    def flat(self, nodes: Nodes) -> str:
        """The text without its pairs, code words for the voids."""
        return "".join(self._flat(node) for node in nodes)

    def _flat(self, node: Node) -> str:
        if isinstance(node, str):
            return node
        return self.flat(node.inside) if isinstance(node, Pair) else self.word(node)

    def word(self, node: Void | Pair) -> str:
        """The code word that stands for a node as a whole."""
        return f"{self.prefix}{node.id}X"

    def marked(self, nodes: Nodes) -> str:
        """The text with code words for the voids and around the pairs."""
        out: list[str] = []
        for node in nodes:
            if isinstance(node, Pair):
                name = f"{self.prefix}{node.id}"
                out.append(f"{name}A {self.marked(node.inside).strip()} {name}B")
            else:
                out.append(self._flat(node))
        return "".join(out)

    def whole(self, nodes: Nodes) -> str:
        """The text with a code word for every void and every pair."""
        return "".join(node if isinstance(node, str) else self.word(node) for node in nodes)

    def read(self, answer: str, source: Nodes) -> Nodes | Damage:
        """The tree that an answer to ``flat``, ``marked`` or ``whole`` means: neither repaired nor verified.

        After ``whole`` a pair comes back as it was sent, with the source's words inside.
        """
        tree = _Tree(source)
        end = 0
        for word in self.pattern.finditer(answer):
            tree.text(answer[end : word.start()])
            end = word.end()
            number, role = int(word[1]), word[2].upper()
            if role == "X":
                tree.whole(number)
            elif role == "A":
                tree.open(number)
            else:
                tree.close(number)
        tree.text(answer[end:])
        read = tree.done()
        if not isinstance(read, Damage) and self.left_in(plain(read)):
            return Damage("the engine broke the marks that stand for markup")
        return read


# ---------------------------------------------------------------- reading


class _Tree:
    """Grows a tree from what an answer holds, using the nodes of the source."""

    def __init__(self, source: Nodes) -> None:
        self._known = {node.id: node for node, _ in walk(source)}
        self._levels: list[list[Node]] = [[]]
        self._open: list[Pair] = []
        self._sound = True

    def fail(self) -> None:
        self._sound = False

    def text(self, text: str, raw: str = "") -> None:
        self._sound &= "<" not in raw
        self._levels[-1].append(text)

    def void(self, number: int) -> None:
        self._sound &= isinstance(self._known.get(number), Void)
        self.whole(number)

    def whole(self, number: int) -> None:
        if node := self._known.get(number):
            self._levels[-1].append(node)
        else:
            self.fail()

    def open(self, number: int) -> None:
        node = self._known.get(number)
        if isinstance(node, Pair) and len(self._open) < DEEPEST:
            self._open.append(node)
            self._levels.append([])
        else:
            self.fail()

    def close(self, number: int = 0) -> None:
        if not self._open or number not in {0, self._open[-1].id}:
            self.fail()
            return
        inside = joined(self._levels.pop())
        self._levels[-1].append(self._open.pop().around(inside))

    def done(self) -> Nodes | Damage:
        if not self._sound or self._open:
            return UNREADABLE
        return joined(self._levels[0])
