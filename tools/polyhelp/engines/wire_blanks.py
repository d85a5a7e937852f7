"""Codes for Apertium: pairs as word-bound blanks, voids as code words.

``[[t:g:1]]refund policy[[/]]`` binds a mark to the words inside it. Each word carries its mark through the transfer
rules, so a pair comes back word by word, wherever the words now stand: ``[[t:g:1]]póliza[[/]] de
[[t:g:1]]reembolso[[/]]``. Words in a pair inside a pair carry both marks: ``[[t:g:1; t:g:2]]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from polyhelp.engines.nodes import Nodes, Pair, plain, walk
from polyhelp.engines.wire import UNREADABLE, Damage, Tree
from polyhelp.engines.wire_words import CodeWords

_SPECIAL = re.compile(r"[\\\[\]{}$/@<>]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BOUND = re.compile(r"\[\[(?P<ids>t:g:\d{1,6}(?:; ?t:g:\d{1,6})*)\]\](?P<text>(?:\\.|[^\\\[])*)\[\[/\]\]", re.DOTALL)
_UNBOUND = re.compile(r"(?<!\\)(?:\\\\)*\[")


@dataclass(frozen=True, slots=True)
class _Run:
    """Text in Apertium's stream format, with the ids of the pairs that it is in, the outermost first."""

    text: str
    path: tuple[int, ...]


def to_blanks(nodes: Nodes, words: CodeWords) -> str:
    """The tree in Apertium's stream format."""
    out: list[str] = []
    for path, runs in groupby(_runs(nodes, words, ()), key=lambda run: run.path):
        text = "".join(run.text for run in runs)
        bare = text.strip()
        if path and bare:
            start = text.index(bare)
            ids = "; ".join(f"t:g:{number}" for number in path)
            out.append(f"{text[:start]}[[{ids}]]{bare}[[/]]{text[start + len(bare) :]}")
        else:
            out.append(text)
    return "".join(out)


def _runs(nodes: Nodes, words: CodeWords, path: tuple[int, ...]) -> Iterator[_Run]:
    for node in nodes:
        if isinstance(node, str):
            yield _Run(_SPECIAL.sub(r"\\\g<0>", node), path)
        elif isinstance(node, Pair):
            yield from _runs(node.inside, words, (*path, node.id))
        else:
            yield _Run(words.word(node), path)


def from_blanks(answer: str, source: Nodes, words: CodeWords) -> Nodes | Damage:
    """The tree that Apertium's answer to ``to_blanks(source)`` means: neither repaired nor verified.

    Neighbouring words of a pair are one pair; a pair whose words no longer stand together comes in pieces.
    """
    parents = {node.id: parent for node, parent in walk(source)}
    runs: list[_Run] = []
    end = 0
    for bound in _BOUND.finditer(answer):
        path = _path([int(number) for number in re.findall(r"\d+", bound["ids"])], parents)
        if path is None:
            return UNREADABLE
        runs += [_Run(answer[end : bound.start()], ()), _Run(bound["text"], path)]
        end = bound.end()
    runs.append(_Run(answer[end:], ()))
    if any(_UNBOUND.search(run.text) for run in runs):
        return UNREADABLE
    return _read(_spanning(runs), source, words)


def _path(ids: Sequence[int], parents: dict[int, int]) -> tuple[int, ...] | None:
    """The ids from the outermost pair to the innermost, or None when they are not inside one another."""
    wanted = set(ids)
    for innermost in ids:
        path = [innermost]
        while parent := parents.get(path[-1], 0):
            path.append(parent)
        if wanted <= set(path) and innermost in parents:
            return tuple(reversed(path))
    return None


def _spanning(runs: list[_Run]) -> list[_Run]:
    """The same runs, with the space between two words of a pair in the pair."""
    out: list[_Run] = []
    for at, run in enumerate(runs):
        if 0 < at < len(runs) - 1 and not run.path and not run.text.strip():
            out.append(_Run(run.text, _shared(runs[at - 1].path, runs[at + 1].path)))
        else:
            out.append(run)
    return [run for run in out if run.text]


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return one[:length]


def _read(runs: list[_Run], source: Nodes, words: CodeWords) -> Nodes | Damage:
    tree = Tree(source)
    now: tuple[int, ...] = ()
    for run in [*runs, _Run("", ())]:
        shared = _shared(now, run.path)
        for number in reversed(now[len(shared) :]):
            tree.close(number)
        for number in run.path[len(shared) :]:
            tree.open(number)
        now = run.path
        _put(_ESCAPED.sub(r"\1", run.text), tree, words)
    read = tree.done()
    if not isinstance(read, Damage) and words.left_in(plain(read)):
        return Damage("the engine broke the marks that stand for markup")
    return read


def _put(text: str, tree: Tree, words: CodeWords) -> None:
    end = 0
    for word in words.pattern.finditer(text):
        tree.text(text[end : word.start()])
        tree.void(int(word[1]))
        end = word.end()
    tree.text(text[end:])
