"""A segment as a tree: text, codes that stand alone, and pairs around more of the same.

An image is one node here although :mod:`polyhelp.text.inline` sees a pair: its alternative text is no part of the
sentence around it and is translated as a text of its own, like a link's title. A pair around nothing is one node too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from polyhelp.text.inline import Code, Role, Token, has_prose, serialize, tokenize

NAME = "name"
"""The kind of a code that stands for a do-not-translate term."""
PRIVATE = "private"
"""The kind of a code that stands for what must not leave the machine."""

DEEPEST = 50
"""Pairs inside pairs: more is nobody's writing, and would only exhaust the stack."""

_MARKUP_CHARACTERS = re.compile(r"^[`*_{<(\[+:$]+|[`*_}>)\]+:$]+$")
_ANOTHER_QUOTE = {'"': "”", "'": "’"}


@dataclass(frozen=True, slots=True)
class Void:
    """A code that stands alone; or two codes with what is between them, for an image or an empty pair."""

    id: int
    tokens: tuple[Token, ...]
    hidden: bool = False

    @property
    def kind(self) -> str:
        """The kind of its code."""
        return next((token.kind for token in self.tokens if isinstance(token, Code)), "")

    @property
    def text(self) -> str:
        """The code as it is written in Markdown."""
        return serialize(self.tokens)

    @property
    def shown(self) -> str:
        """What a reader sees of it, roughly: ``SAVE20`` for a code span.

        ``""`` when it is no word of the sentence, or is ``hidden`` from engines.
        """
        if self.hidden or self.kind not in {"code", "placeholder", "keys", "math", NAME}:
            return ""
        return self.text if self.kind == NAME else _MARKUP_CHARACTERS.sub("", self.text.strip())


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codes and what is between them."""

    opening: Code
    closing: Code
    inside: Nodes

    @property
    def id(self) -> int:
        """The id that both codes share."""
        return self.opening.id

    def around(self, inside: Nodes) -> Pair:
        """The same codes around other nodes."""
        return replace(self, inside=inside)


Node = str | Void | Pair
Nodes = tuple[Node, ...]


def too_deep(tokens: Sequence[Token]) -> bool:
    """Whether pairs are nested deeper than trees are grown."""
    deep = 0
    for token in tokens:
        if isinstance(token, Code):
            deep += {Role.OPEN: 1, Role.CLOSE: -1, Role.VOID: 0}[token.role]
            if deep > DEEPEST:
                return True
    return False


def grow(tokens: Sequence[Token]) -> Nodes:
    """The tree of a flat list of tokens."""
    levels: list[list[Node]] = [[]]
    open_codes: list[tuple[Code, int]] = []
    for at, token in enumerate(tokens):
        if isinstance(token, str) or token.role is Role.VOID:
            levels[-1].append(token if isinstance(token, str) else Void(token.id, (token,)))
        elif token.role is Role.OPEN:
            open_codes.append((token, at))
            levels.append([])
        else:
            opening, start = open_codes.pop()
            inside = tuple(levels.pop())
            if opening.kind == "image" or not _filled(inside):
                levels[-1].append(Void(opening.id, tuple(tokens[start : at + 1])))
            else:
                levels[-1].append(Pair(opening, token, inside))
    return tuple(levels[0])


def _filled(nodes: Nodes) -> bool:
    return any(not isinstance(node, str) or node.strip() for node in nodes)


def tokens_of(nodes: Nodes) -> Iterator[Token]:
    """The tokens of a tree, in order."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Void):
            yield from node.tokens
        else:
            yield node.opening
            yield from tokens_of(node.inside)
            yield node.closing


def markdown(nodes: Nodes) -> str:
    """The tree as Markdown."""
    return serialize(tokens_of(nodes))


def walk(nodes: Nodes, parent: int = 0) -> Iterator[tuple[Void | Pair, int]]:
    """Every void and pair with the id of the pair it is in (0 at the top), in order."""
    for node in nodes:
        if isinstance(node, str):
            continue
        yield node, parent
        if isinstance(node, Pair):
            yield from walk(node.inside, node.id)


def joined(nodes: Sequence[Node]) -> Nodes:
    """The same nodes with neighbouring texts joined and empty texts gone."""
    out: list[Node] = []
    for node in nodes:
        if node == "":
            continue
        if isinstance(node, str) and out and isinstance(last := out[-1], str):
            out[-1] = last + node
        else:
            out.append(node)
    return tuple(out)


def plain(nodes: Nodes) -> str:
    """The text of a tree, with nothing for a void."""
    return "".join(
        node if isinstance(node, str) else plain(node.inside) if isinstance(node, Pair) else "" for node in nodes
    )


def has_letters(nodes: Nodes) -> bool:
    """Whether there is a letter outside codes."""
    return any(character.isalpha() for character in plain(nodes))


# ---------------------------------------------------------------- what is not translated

Find = Callable[[str], Sequence[tuple[int, int]]]
"""Where in a text something stands: spans in order that do not overlap."""


def with_names(nodes: Nodes, names: Collection[str]) -> Nodes:
    """The tree with every do-not-translate term in its text made a void of kind ``name``."""
    if not names:
        return nodes
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")
    return _cut(nodes, NAME, lambda text: [match.span() for match in pattern.finditer(text)])


def with_private(nodes: Nodes, find: Find) -> Nodes:
    """The tree with what ``find`` finds made voids that no engine sees: in its text, and in what codes show of theirs.

    A value that markup cuts in two is not found. An address written out (a bare ``me@shop.example``) is a void already
    and only found; what stands inside links' addresses is never sent, and not looked at.
    """
    return _cut(_hidden(nodes, find), PRIVATE, find)


def _hidden(nodes: Nodes, find: Find) -> Nodes:
    out: list[Node] = []
    for node in nodes:
        if isinstance(node, Pair):
            out.append(node.around(_hidden(node.inside, find)))
        elif isinstance(node, Void) and find(node.text if node.kind == "url" else node.shown):
            out.append(replace(node, hidden=True))
        else:
            out.append(node)
    return tuple(out)


def _cut(nodes: Nodes, kind: str, find: Find) -> Nodes:
    return _pieces(nodes, kind, find, count(1 + max((node.id for node, _ in walk(nodes)), default=0)))


def _pieces(nodes: Nodes, kind: str, find: Find, ids: Iterator[int]) -> Nodes:
    out: list[Node] = []
    for node in nodes:
        if isinstance(node, Pair):
            out.append(node.around(_pieces(node.inside, kind, find, ids)))
        elif isinstance(node, Void):
            out.append(node)
        else:
            end = 0
            for start, stop in find(node):
                number = next(ids)
                out += [node[end:start], Void(number, (Code(Role.VOID, kind, number, (node[start:stop],)),))]
                end = stop
            out.append(node[end:])
    return tuple(node for node in out if node != "")


# ---------------------------------------------------------------- prose inside codes


def prose_inside(nodes: Nodes) -> tuple[str, ...]:
    """The texts inside codes that are translated as texts of their own: titles, alternative texts."""
    found: dict[str, None] = {}
    for node, _ in walk(nodes):
        for code in _codes(node):
            found.update(dict.fromkeys(code.parts[1::2]))
        if isinstance(node, Void) and len(node.tokens) > 1:
            found[serialize(node.tokens[1:-1])] = None
    return tuple(text for text in found if has_prose(text))


def reworded(nodes: Nodes, table: Mapping[str, str]) -> Nodes:
    """The tree with the texts inside its codes replaced by ``table``; texts that it lacks stay."""
    if not table:
        return nodes
    out: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            out.append(node)
        elif isinstance(node, Pair):
            inside = reworded(node.inside, table)
            out.append(Pair(_reworded(node.opening, table), _reworded(node.closing, table), inside))
        else:
            first, *text = (_reworded(code, table) for code in _codes(node))
            alt = serialize(node.tokens[1:-1])
            out.append(Void(node.id, (first, *tokenize(table.get(alt, alt)), *text)))
    return tuple(out)


def _codes(node: Void | Pair) -> tuple[Code, ...]:
    """The node's own codes: one, or the two of a pair or an image."""
    if isinstance(node, Pair):
        return node.opening, node.closing
    ends = (node.tokens[0], node.tokens[-1]) if len(node.tokens) > 1 else node.tokens
    return tuple(token for token in ends if isinstance(token, Code))


def _reworded(code: Code, table: Mapping[str, str]) -> Code:
    parts = list(code.parts)
    for at in range(1, len(parts), 2):
        quote = parts[at - 1][-1:]
        text = table.get(parts[at], parts[at])
        if quote in _ANOTHER_QUOTE and quote not in parts[at]:  # it would end the title
            text = text.replace(quote, _ANOTHER_QUOTE[quote])
        parts[at] = text
    return replace(code, parts=tuple(parts))
