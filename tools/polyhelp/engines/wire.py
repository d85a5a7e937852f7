"""Inline codes on the wire: what an engine gets instead of Markdown, and back.

Ids travel, never addresses: an engine sees ``<g id="1">``, not the link's target. There is one neutral form, the
nodes of :mod:`polyhelp.engines.nodes`, and one encoder for each way of marking them up:

- :mod:`polyhelp.engines.wire_tags`: numbered tags, XML or HTML.
- :mod:`polyhelp.engines.wire_words`: words of letters and digits.
- :mod:`polyhelp.engines.wire_blanks`: Apertium's word-bound blanks.

Each reads answers with a :class:`Tree`, as they stand: neither repaired nor verified.
"""

from __future__ import annotations

from dataclasses import dataclass

from polyhelp.engines.nodes import DEEPEST, Node, Nodes, Pair, Void, joined, walk

LONGEST_SHOWN = 80
"""Characters of a code's own text that an engine is shown, where it is shown any."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Why an answer cannot be used, in words that a translator understands."""

    reason: str


UNREADABLE = Damage("the engine's answer has tags that do not belong together")


class Tree:
    """Grows a tree from what an answer holds, using the nodes of the source."""

    def __init__(self, source: Nodes) -> None:
        self._known = {node.id: node for node, _ in walk(source)}
        self._levels: list[list[Node]] = [[]]
        self._open: list[Pair] = []
        self._sound = True

    def fail(self) -> None:
        """Note that the answer cannot be read."""
        self._sound = False

    def text(self, text: str, raw: str = "") -> None:
        """Put text here. ``raw`` is how it stood in the answer, where a ``<`` would be a tag that nobody knows."""
        self._sound &= "<" not in raw
        self._levels[-1].append(text)

    def void(self, number: int) -> None:
        """Put the void with this id here."""
        self._sound &= isinstance(self._known.get(number), Void)
        self.whole(number)

    def whole(self, number: int) -> None:
        """Put the void or the pair with this id here, a pair with what it held in the source."""
        if node := self._known.get(number):
            self._levels[-1].append(node)
        else:
            self.fail()

    def open(self, number: int) -> None:
        """Begin the pair with this id."""
        node = self._known.get(number)
        if isinstance(node, Pair) and len(self._open) < DEEPEST:
            self._open.append(node)
            self._levels.append([])
        else:
            self.fail()

    def close(self, number: int = 0) -> None:
        """End the innermost pair, which must have this id when one is given."""
        if not self._open or number not in {0, self._open[-1].id}:
            self.fail()
            return
        inside = joined(self._levels.pop())
        self._levels[-1].append(self._open.pop().around(inside))

    def done(self) -> Nodes | Damage:
        """The tree, or why there is none."""
        if not self._sound or self._open:
            return UNREADABLE
        return joined(self._levels[0])
