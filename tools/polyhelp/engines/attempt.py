"""One segment's way to an engine and back, as a generator: it yields the texts to translate and is sent the answers.

So a segment can ask again, or ask for several texts at once, without knowing how requests are put together
(:mod:`polyhelp.engines.gateway`). Nothing comes out that :mod:`polyhelp.engines.verify` has not passed.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz

from polyhelp.engines.base import Engine, Markup, Request
from polyhelp.engines.mend import has_spaces, mended, spread, stripped
from polyhelp.engines.nodes import (
    Node,
    Nodes,
    Pair,
    Void,
    grow,
    has_letters,
    joined,
    markdown,
    plain,
    prose_inside,
    reworded,
    too_deep,
    walk,
    with_names,
)
from polyhelp.engines.project import Projection
from polyhelp.engines.verify import fault, markdown_fault
from polyhelp.engines.wire import CodeWords, Damage, from_xml, to_xml
from polyhelp.model import Locale
from polyhelp.text.inline import has_prose, tokenize

Result = TypeVar("Result")
Asking = Generator[tuple[str, ...], tuple[str, ...], Result]
"""Yields texts, is sent their translations in the same order, returns a result."""

_SILENT = frozenset({"attributes", "break", "comment", "footnote", "html", "icon", "image"})
_LIKE_UNMARKED = 80  # of 100: below, the marks have made the engine say something else


@dataclass(frozen=True, slots=True)
class Answer:
    """An engine's answer to one text: the target, or None and the reason in words for a translator."""

    text: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How texts travel to one engine into one locale. ``names`` are do-not-translate terms."""

    markup: Markup
    target: Locale
    names: frozenset[str]

    @classmethod
    def of(cls, engine: Engine, request: Request) -> Manner:
        """The manner of an engine for a request."""
        names = frozenset(source for source, target in request.terms if source and source == target)
        return cls(engine.markup_for(request.target), request.target, names)


def asking(text: str, manner: Manner) -> Asking[Answer]:
    """Translate one segment's Markdown. A text without letters outside codes comes back as it is, unasked."""
    body = text.strip()
    if not has_prose(body):
        return Answer(text)
    if too_deep(tokenize(body)):
        return Answer(None, "the markup of this text is nested too deeply")
    source = grow(tokenize(body))
    inside = prose_inside(source)
    parts = yield from together([asking(part, manner) for part in inside])
    for part in parts:
        if part.text is None:
            return part
    target = yield from _pieces(source, manner)
    if isinstance(target, Damage):
        return Answer(None, target.reason)
    table = {part: answer.text for part, answer in zip(inside, parts, strict=True) if answer.text is not None}
    made = markdown(reworded(target, table))
    if wrong := markdown_fault(made, body):
        return Answer(None, f"the engine {wrong}")
    lead = text[: len(text) - len(text.lstrip())]
    return Answer(lead + made + text[len(lead) + len(body) :])


def together(tasks: Sequence[Asking[Result]]) -> Asking[list[Result]]:
    """Run several askings side by side: what they ask for at one time goes into one round."""
    results: dict[int, Result] = {}
    asked: dict[int, tuple[str, ...]] = {}

    def proceed(at: int, answers: tuple[str, ...] | None) -> None:
        try:
            asked[at] = next(tasks[at]) if answers is None else tasks[at].send(answers)
        except StopIteration as stop:
            asked.pop(at, None)
            results[at] = stop.value

    for at in range(len(tasks)):
        proceed(at, None)
    while asked:
        waiting = dict(asked)
        answers = iter((yield tuple(text for texts in waiting.values() for text in texts)))
        for at, texts in waiting.items():
            proceed(at, tuple(next(answers) for _ in texts))
    return [results[at] for at in range(len(tasks))]


# ---------------------------------------------------------------- pieces


def _pieces(source: Nodes, manner: Manner) -> Asking[Nodes | Damage]:
    """Translate a tree: line by line, each without what stands at its edges and is no part of a sentence."""
    if manner.markup is Markup.PLAIN:
        return (yield from _plain(source, manner))
    lines = _lines(source)
    results = yield from together([_line(line, manner) for line in lines])
    out: list[Node] = []
    for result in results:
        if isinstance(result, Damage):
            return result
        out += result
    return joined(out)


def _lines(source: Nodes) -> list[Nodes]:
    """The tree cut at its line breaks, which are pieces of their own."""
    lines: list[list[Node]] = [[]]
    for node in source:
        if isinstance(node, Void) and (node.kind == "break" or re.match(r"<br\b", node.text, re.IGNORECASE)):
            lines += [[node], []]
        elif isinstance(node, str) and "\n" in node:
            first, *rest = re.split(r"(\s*\n\s*)", node)
            lines[-1].append(first)
            lines += [[part] for part in rest]
        else:
            lines[-1].append(node)
    return [joined(line) for line in lines if line]


def _line(line: Nodes, manner: Manner) -> Asking[Nodes | Damage]:
    low, high = 0, len(line)
    while low < high and _is_silent(line[low]):
        low += 1
    while high > low and _is_silent(line[high - 1]):
        high -= 1
    lead, core, trail = stripped(line[low:high])
    if not has_letters(core) or _is_name(core, manner):
        return line
    only = core[0]
    if len(core) == 1 and isinstance(only, Pair):
        inside = yield from _pieces(only.inside, manner)
        result: Nodes | Damage = inside if isinstance(inside, Damage) else (only.around(inside),)
    else:
        way = _by_tags if manner.markup is Markup.XML else _by_words
        result = yield from way(core, manner)
    if isinstance(result, Damage):
        return result
    return joined([*line[:low], lead, *result, trail, *line[high:]])


def _is_silent(node: Node) -> bool:
    return not node.strip() if isinstance(node, str) else isinstance(node, Void) and node.kind in _SILENT


def _is_name(nodes: Nodes, manner: Manner) -> bool:
    """Whether nothing is left to translate beside do-not-translate terms: ``Kestrel & Pine AB``."""
    rest = with_names(nodes, manner.names)
    return rest != nodes and not any(character.islower() for character in plain(rest))


def _checked(tree: Nodes | Damage, source: Nodes, manner: Manner) -> Nodes | Damage:
    """The tree repaired and verified, or why it cannot be used."""
    if isinstance(tree, Damage):
        return tree
    target = mended(tree, source, manner.target)
    if not (wrong := fault(target, source)):
        return target
    wider = spread(target)
    return wider if not fault(wider, source) else Damage(f"the engine {wrong}")


# ---------------------------------------------------------------- ways


def _plain(source: Nodes, manner: Manner) -> Asking[Nodes | Damage]:
    texts = [node for node in _strings(with_names(source, manner.names)) if any(map(str.isalpha, node))]
    answers = yield tuple(texts)
    made = iter(answers)

    def put(nodes: Nodes) -> Iterable[Node]:
        for node in nodes:
            if isinstance(node, Pair):
                yield node.around(tuple(put(node.inside)))
            elif isinstance(node, str) and any(map(str.isalpha, node)):
                yield next(made)
            else:
                yield node

    target = tuple(put(with_names(source, manner.names)))
    wrong = fault(target, with_names(source, manner.names))
    return Damage(f"the engine {wrong}") if wrong else target


def _strings(nodes: Nodes) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Pair):
            yield from _strings(node.inside)


def _by_tags(line: Nodes, manner: Manner) -> Asking[Nodes | Damage]:
    source = with_names(line, manner.names)
    result: Nodes | Damage = source
    for _ in range(2):
        (answer,) = yield (to_xml(source),)
        result = _checked(from_xml(answer, source), source, manner)
        if not isinstance(result, Damage):
            break
    return result


def _by_words(line: Nodes, manner: Manner) -> Asking[Nodes | Damage]:
    """First with do-not-translate terms as they are, then with other code words, for the terms as well."""
    first = yield from _by_family(line, manner, CodeWords.for_text(markdown(line)))
    if not isinstance(first, Damage) and not _lost_name(first, line, manner) and not _lost_bracket(first, line):
        return first
    words = CodeWords.for_text(markdown(line), family=1)
    second = yield from _by_family(with_names(line, manner.names), manner, words)
    if not isinstance(second, Damage) and _lost_bracket(second, line):
        return Damage("the engine left a bracket open")
    return second


def _lost_name(target: Nodes, source: Nodes, manner: Manner) -> bool:
    here, there = plain(target), plain(source)
    return any(here.count(name) < there.count(name) for name in manner.names)


def _lost_bracket(target: Nodes, source: Nodes) -> bool:
    """Small models, given a name or a fragment, begin a remark and stop: ``Kestrel & Pine AB (em``."""
    here, there = plain(target), plain(source)
    return here.count("(") != here.count(")") and there.count("(") == there.count(")")


def _by_family(source: Nodes, manner: Manner, words: CodeWords) -> Asking[Nodes | Damage]:
    """The ways of the code words, best text first: without pairs, then between code words, then apart."""
    spaces = has_spaces(manner.target)
    pairs = [node for node, _ in walk(source) if isinstance(node, Pair)]
    worded = [pair for pair in pairs if has_letters(pair.inside)]
    answer, *inner = yield (words.flat(source), *(words.flat(pair.inside).strip() for pair in worded))
    candidates: dict[int, list[str]] = {pair.id: [] for pair in pairs}
    for pair, text in zip(worded, inner, strict=True):
        candidates[pair.id].append(text)
    result = _checked(Projection(answer, words, candidates, spaces).tree(source), source, manner)
    if not pairs or not isinstance(result, Damage):
        return result
    (between,) = yield (words.marked(source),)
    marked = words.read(between, source)
    if not isinstance(marked, Damage):
        for node, _ in walk(marked):
            if isinstance(node, Pair):
                candidates[node.id].append(words.flat(node.inside).strip())
        result = _checked(Projection(answer, words, candidates, spaces).tree(source), source, manner)
        if isinstance(result, Damage) and fuzz.ratio(words.flat(marked), answer) >= _LIKE_UNMARKED:
            result = _checked(marked, source, manner)
        if not isinstance(result, Damage):
            return result
    return (yield from _apart(source, manner, words))


def _apart(source: Nodes, manner: Manner, words: CodeWords) -> Asking[Nodes | Damage]:
    """A code word for each pair, and the words inside it translated apart."""
    pairs = [node for node in source if isinstance(node, Pair)]
    (answer,) = yield (words.whole(source),)
    insides = yield from together([_pieces(pair.inside, manner) for pair in pairs])
    table: dict[int, Pair] = {}
    for pair, inside in zip(pairs, insides, strict=True):
        if isinstance(inside, Damage):
            return inside
        table[pair.id] = pair.around(inside)
    tree = words.read(answer, source)
    if isinstance(tree, Damage):
        return tree
    put_back = [table.get(node.id, node) if isinstance(node, Pair) else node for node in tree]
    return _checked(joined(put_back), source, manner)
