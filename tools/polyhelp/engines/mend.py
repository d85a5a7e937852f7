"""Repairs that are safe: they move spaces and put the pieces of one pair together, and invent or delete no code.

1. Pieces of one pair that stand side by side, at most three words apart, become one pair again. An engine splits a
   pair when the translated words do not stand together.
2. A space at the inner edge of a pair moves out of it: ``** word **`` is not bold. At the ends of the text it goes.
3. A code that had a space (or nothing) beside it in the source gets one where its new neighbour is a letter.
4. An entity or an escaped character that touched its neighbour in the source touches it again.
5. A space between a code and a comma or full stop after it goes; one before ``: ; ! ?`` goes too, but not in French.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from polyhelp.engines.nodes import Node, Nodes, Pair, Void, joined, plain
from polyhelp.model import Locale

_GLUE_WORDS = 3
_SPACE_BEFORE_STOP = re.compile(r"\A +(?=[.,](?:\s|\Z))")
_SPACE_BEFORE_SIGN = re.compile(r"\A +(?=[.,;:!?](?:\s|\Z))")
_GLUED = frozenset({"entity", "escape"})
_WITHOUT_SPACES = frozenset({"bo", "dz", "ja", "km", "lo", "my", "th", "yue", "zh"})


def has_spaces(locale: Locale) -> bool:
    """Whether the locale's language puts spaces between words."""
    return locale.language not in _WITHOUT_SPACES


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stood left and right of a code in the source: a space (or nothing) there."""

    left: bool
    right: bool


def mended(nodes: Nodes, source: Nodes, target: Locale) -> Nodes:
    """The tree of an answer in the locale ``target``, repaired by the rules above."""
    beside: dict[int, _Beside] = {}
    _look(source, beside)
    return stripped(_mend(nodes, _Repair(beside, target)))[1]


@dataclass(frozen=True, slots=True)
class _Repair:
    beside: dict[int, _Beside]
    target: Locale

    @property
    def stop(self) -> re.Pattern[str]:
        """What rule 5 looks for after a code."""
        return _SPACE_BEFORE_STOP if self.target.language == "fr" else _SPACE_BEFORE_SIGN


def spread(nodes: Nodes) -> Nodes:
    """The tree with a space between every pair and a letter beside it: emphasis inside a word is no emphasis."""
    everywhere = {node.id: _Beside(left=True, right=True) for node in nodes if isinstance(node, Pair)}
    inside = [node.around(spread(node.inside)) if isinstance(node, Pair) else node for node in nodes]
    return _spaced(inside, everywhere, spaces=True)


def _look(nodes: Nodes, beside: dict[int, _Beside]) -> None:
    for at, node in enumerate(nodes):
        if isinstance(node, str):
            continue
        left, right = _character(nodes, at - 1, -1), _character(nodes, at + 1, 0)
        beside[node.id] = _Beside(left.isspace() or not left, right.isspace() or not right)
        if isinstance(node, Pair):
            _look(node.inside, beside)


def _character(nodes: Sequence[Node], at: int, which: int) -> str:
    """The character of a neighbour that touches: ``""`` at the edge, ``x`` for a code."""
    if not 0 <= at < len(nodes):
        return ""
    node = nodes[at]
    return node[which] if isinstance(node, str) else "x"


def _mend(nodes: Nodes, repair: _Repair) -> Nodes:
    out: list[Node] = []
    for node in _merged(nodes):
        if not isinstance(node, Pair):
            out.append(node)
            continue
        before, inside, after = stripped(_mend(node.inside, repair))
        out += [before, node.around(inside), after]
    tidy = [re.sub(r"\s*\n\s*| {2,}", " ", node) if isinstance(node, str) else node for node in joined(out)]
    for at, node in enumerate(tidy):
        if at and isinstance(node, str) and not isinstance(tidy[at - 1], str):
            tidy[at] = repair.stop.sub("", node)
    return _spaced(_glued(tidy, repair.beside), repair.beside, has_spaces(repair.target))


def stripped(nodes: Nodes) -> tuple[str, Nodes, str]:
    """The space at the left edge, the nodes without it, the space at the right edge."""
    out = list(nodes)
    before = after = ""
    if out and isinstance(first := out[0], str):
        before, out[0] = first[: len(first) - len(first.lstrip())], first.lstrip()
    if out and isinstance(last := out[-1], str):
        after, out[-1] = last[len(last.rstrip()) :], last.rstrip()
    return before, joined(out), after


def _merged(nodes: Nodes) -> list[Node]:
    """Pieces of one pair put together (rule 1)."""
    filled = {node.id for node in nodes if isinstance(node, Pair) and plain(node.inside).strip()}
    out: list[Node] = []
    for node in nodes:
        if isinstance(node, Pair) and node.id in filled and not node.inside:
            continue  # an empty piece beside a full one
        if isinstance(node, Pair):
            glue = out[-1] if out and isinstance(out[-1], str) else ""
            at = -2 if glue else -1
            piece = out[at] if len(out) >= -at else ""
            if isinstance(piece, Pair) and piece.id == node.id and len(str(glue).split()) <= _GLUE_WORDS:
                del out[at:]
                out.append(node.around(joined([*piece.inside, glue, *node.inside])))
                continue
        out.append(node)
    return list(joined(out))


def _glued(nodes: list[Node], beside: dict[int, _Beside]) -> list[Node]:
    out = list(nodes)
    for at, node in enumerate(out):
        if not isinstance(node, Void) or node.kind not in _GLUED:
            continue
        was = beside.get(node.id, _Beside(left=True, right=True))
        if at and not was.left and isinstance(left := out[at - 1], str):
            out[at - 1] = left.rstrip(" ")
        if at + 1 < len(out) and not was.right and isinstance(right := out[at + 1], str):
            out[at + 1] = right.lstrip(" ")
    return list(joined(out))


def _spaced(nodes: Sequence[Node], beside: dict[int, _Beside], spaces: bool) -> Nodes:
    out: list[Node] = []
    for at, node in enumerate(nodes):
        if isinstance(node, str) or node.id not in beside:
            out.append(node)
            continue
        always = spaces or (isinstance(node, Void) and node.kind == "url")
        was = beside[node.id]
        if was.left and _is_word(_character(nodes, at - 1, -1), always) and not _ends_in_space(out):
            out.append(" ")
        out.append(node)
        if was.right and _is_word(_character(nodes, at + 1, 0), always):
            out.append(" ")
    return joined(out)


def _is_word(character: str, spaces: bool) -> bool:
    return character.isalnum() and (spaces or character.isascii())


def _ends_in_space(nodes: list[Node]) -> bool:
    return bool(nodes) and isinstance(last := nodes[-1], str) and last.endswith(" ")
