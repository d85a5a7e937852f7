"""Codes as words, for engines that know no tags.

A void is a code word such as ``XQ2X``, a pair stands between ``XQ1A`` and ``XQ1B`` or is not sent at all
(:mod:`polyhelp.engines.project`). Of the styles of mark in use (braces, brackets, tags, symbols, words), only words of
letters and digits come back whole from both rule-based and neural engines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from polyhelp.engines.nodes import Node, Nodes, Pair, Void, plain
from polyhelp.engines.wire import Damage, Tree

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
        tree = Tree(source)
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


def made_up(text: str, source: str) -> bool:
    """Whether a code word stands in ``text`` that nobody sent: an engine may remember them from other texts."""
    return any(prefix in text.upper() and prefix not in source.upper() for prefix in FAMILIES)
