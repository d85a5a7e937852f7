"""One segment's way to an engine and back, as a generator: it yields what to ask for and is sent the answers.

So a segment can ask again, or ask for several texts at once, without knowing how requests are put together
(:mod:`polyhelp.engines.gateway`). Nothing comes out that :mod:`polyhelp.engines.verify` has not passed.

1. What must not leave the machine, and do-not-translate terms, travel as codes.
2. A damaged answer is asked for once more, with the reason where the engine can take one; so is a sound one that
   breaks the term base, where the engine can.
3. After that the text between the codes is asked for, piece by piece: the markup is right, the sentence may read
   badly, and the answer says so.
4. After that there is no answer but a reason.
5. Of a text with plural forms each form is asked for by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from rapidfuzz import fuzz

from polyhelp.engines.base import Ask, Markup, Pairs
from polyhelp.engines.mend import has_spaces, mended, spread, stripped
from polyhelp.engines.nodes import (
    Find,
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
    with_private,
)
from polyhelp.engines.plural import asked, composed
from polyhelp.engines.project import Projection
from polyhelp.engines.verify import fault, markdown_fault
from polyhelp.engines.wire import Damage
from polyhelp.engines.wire_blanks import from_blanks, to_blanks
from polyhelp.engines.wire_tags import from_html, from_xml, to_html, to_xml
from polyhelp.engines.wire_words import CodeWords, made_up
from polyhelp.model import Locale
from polyhelp.text.inline import has_prose, tokenize
from polyhelp.text.plural import Plural

Result = TypeVar("Result")
Asking = Generator[tuple[Ask, ...], tuple[str, ...], Result]
"""Yields what to ask for, is sent the translations in the same order, returns a result."""

_SILENT = frozenset({"attributes", "break", "comment", "footnote", "html", "icon", "image"})
_LIKE_UNMARKED = 80  # of 100: below, the marks have made the engine say something else


class Outcome(StrEnum):
    """How an answer came about, from best to worst. UNASKED: there was nothing to translate.

    CLEAN: as the engine gave it. REPAIRED: spaces or pieces of markup were put right. AGAIN: asked for twice.
    IN_PIECES: put together from the texts between the codes. KEPT_OUT: damaged; there is no target. SILENT: the
    engine never answered it, or the text is too long for it. PRIVATE: it was not sent.
    """

    UNASKED = "unasked"
    CLEAN = "clean"
    REPAIRED = "repaired"
    AGAIN = "again"
    IN_PIECES = "in pieces"
    KEPT_OUT = "kept out"
    SILENT = "silent"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Answer:
    """An engine's answer to one text: the target, or None and the reason in words for a translator.

    With a target that was put together from pieces, ``reason`` says why it had to be.
    """

    text: str | None
    reason: str = ""
    outcome: Outcome = Outcome.CLEAN


@dataclass(slots=True)
class _Trace:
    """The worst that happened to one text on its way, and why."""

    worst: Outcome = Outcome.UNASKED
    reason: str = ""

    def note(self, outcome: Outcome) -> None:
        order = list(Outcome)
        self.worst = max(self.worst, outcome, key=order.index)


def _as_it_is(target: str) -> str:
    return target


def _nothing_wrong(_: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How one text travels to an engine into one locale.

    ``terms`` are those that occur in it; ``headings`` lead to its place. ``private`` finds what must not be sent,
    ``polish`` puts right in a target's words what is safe to, and ``examine`` says what is wrong with the rest.
    ``hears`` tells that the engine takes reasons. ``reason`` and ``turn`` are as in
    :class:`~polyhelp.engines.base.Ask`.
    """

    markup: Markup
    target: Locale
    terms: Pairs = ()
    headings: tuple[str, ...] = ()
    private: Find | None = None
    polish: Callable[[str], str] = _as_it_is
    examine: Callable[[str], str] = _nothing_wrong
    hears: bool = False
    reason: str = ""
    turn: int = 0
    trace: _Trace = field(default_factory=_Trace)

    @property
    def names(self) -> frozenset[str]:
        """The do-not-translate terms among its terms."""
        return frozenset(source for source, target in self.terms if source and source == target)

    def again(self, reason: str) -> Manner:
        """The manner of asking once more because of ``reason``."""
        self.trace.note(Outcome.AGAIN)
        return replace(self, reason=reason if self.hears else "", turn=self.turn + 1)

    def ask(self, text: str) -> Ask:
        """One encoded text to be asked for."""
        return Ask(text, self.terms, self.headings, self.reason, self.turn)


def asking(text: str, manner: Manner) -> Asking[Answer]:
    """Translate one segment's Markdown. A text without letters outside codes comes back as it is, unasked."""
    plural = Plural.parse(text)
    return (yield from _forms(plural, manner) if plural else _whole(text, manner))


def _forms(plural: Plural, manner: Manner) -> Asking[Answer]:
    """Translate a text with plural forms: each form by itself, as no engine knows of the others."""
    alone = replace(manner, polish=_as_it_is, examine=_nothing_wrong)
    answers = yield from together([_whole(form, alone) for form in asked(plural, manner.target)])
    made: list[str] = []
    for answer in answers:
        if answer.text is None:
            return answer
        made.append(answer.text)
    target = composed(plural, made, manner.target)
    better = manner.polish(target)
    if better != target and not markdown_fault(better, str(plural)):
        manner.trace.note(Outcome.REPAIRED)
        target = better
    return Answer(target, manner.trace.reason, manner.trace.worst)


def _whole(text: str, manner: Manner) -> Asking[Answer]:
    """Translate a text without plural forms."""
    body = text.strip()
    if not has_prose(body):
        return Answer(text, outcome=Outcome.UNASKED)
    if too_deep(tokenize(body)):
        return Answer(None, "the markup of this text is nested too deeply", Outcome.KEPT_OUT)
    made = yield from _made(body, manner)
    if not isinstance(made, Damage) and manner.hears and (wrong := manner.examine(made)):
        better = yield from _made(body, manner.again(wrong))
        made = made if isinstance(better, Damage) else better
    if isinstance(made, Damage):
        return Answer(None, made.reason, Outcome.KEPT_OUT)
    lead = text[: len(text) - len(text.lstrip())]
    return Answer(lead + made + text[len(lead) + len(body) :], manner.trace.reason, manner.trace.worst)


def _made(body: str, manner: Manner) -> Asking[str | Damage]:
    """The Markdown of a translation that has been verified, or why there is none."""
    source = grow(tokenize(body))
    if manner.private:
        source = with_private(source, manner.private)
    inside = prose_inside(source)
    parts = yield from together([_made(part, manner) for part in inside])
    for part in parts:
        if isinstance(part, Damage):
            return part
    target = yield from _pieces(source, manner)
    if isinstance(target, Damage):
        return target
    table = {part: made for part, made in zip(inside, parts, strict=True) if isinstance(made, str)}
    made = markdown(reworded(target, table))
    if wrong := markdown_fault(made, body):
        return Damage(f"the engine {wrong}")
    better = manner.polish(made)
    if better == made or markdown_fault(better, body):
        return made
    manner.trace.note(Outcome.REPAIRED)
    return better


def together(tasks: Sequence[Asking[Result]]) -> Asking[list[Result]]:
    """Run several askings side by side: what they ask for at one time goes into one round."""
    results: dict[int, Result] = {}
    asked: dict[int, tuple[Ask, ...]] = {}

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
        answers = iter((yield tuple(ask for asks in waiting.values() for ask in asks)))
        for at, asks in waiting.items():
            proceed(at, tuple(next(answers) for _ in asks))
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
        way = _by_words if manner.markup is Markup.WORDS else _by_tags
        result = yield from way(core, manner)
        if isinstance(result, Damage) and any(not isinstance(node, str) for node in with_names(core, manner.names)):
            result = yield from _in_pieces(core, manner, result)
    if isinstance(result, Damage):
        return result
    return joined([*line[:low], lead, *result, trail, *line[high:]])


def _in_pieces(core: Nodes, manner: Manner, damage: Damage) -> Asking[Nodes | Damage]:
    """What is left when codes did not survive: the text between them. The first damage is the one to tell of."""
    pieces = yield from _plain(core, replace(manner, turn=manner.turn + 1))
    if isinstance(pieces, Damage) or _lost_bracket(pieces, core) or made_up(markdown(pieces), markdown(core)):
        return damage
    manner.trace.note(Outcome.IN_PIECES)
    manner.trace.reason = damage.reason
    return pieces


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
    if wrong := fault(target, source):
        target = spread(target)
        if fault(target, source):
            return Damage(f"the engine {wrong}")
    manner.trace.note(Outcome.CLEAN if markdown(target) == markdown(tree) else Outcome.REPAIRED)
    return target


# ---------------------------------------------------------------- ways


def _plain(source: Nodes, manner: Manner) -> Asking[Nodes | Damage]:
    named = with_names(source, manner.names)
    texts = [node for node in _strings(named) if any(map(str.isalpha, node))]
    code = _code(manner, named)
    answers = yield tuple(manner.ask(code.write((text.strip(),))) for text in texts)
    read = [code.read(answer, ()) for answer in answers]
    for nodes in read:
        if isinstance(nodes, Damage):
            return nodes
        if not has_letters(nodes):
            return Damage("the engine gave no words back")
    made = iter(
        [_framed(plain(nodes), text) for nodes, text in zip(read, texts, strict=True) if isinstance(nodes, tuple)]
    )

    def put(nodes: Nodes) -> Iterable[Node]:
        for node in nodes:
            if isinstance(node, Pair):
                yield node.around(tuple(put(node.inside)))
            elif isinstance(node, str) and any(map(str.isalpha, node)):
                yield next(made)
            else:
                yield node

    target = tuple(put(named))
    if wrong := fault(target, named):
        return Damage(f"the engine {wrong}")
    manner.trace.note(Outcome.CLEAN)
    return target


def _framed(answer: str, text: str) -> str:
    """An answer with the space around it that its text had."""
    lead = text[: len(text) - len(text.lstrip())]
    bare = answer.strip() if "\n" in text else " ".join(answer.strip().splitlines())
    return lead + bare + text[len(text.rstrip()) :]


def _strings(nodes: Nodes) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Pair):
            yield from _strings(node.inside)


@dataclass(frozen=True, slots=True)
class _Code:
    """One way of writing codes down: to the engine, and from its answer to what was written."""

    write: Callable[[Nodes], str]
    read: Callable[[str, Nodes], Nodes | Damage]


_CODES = {
    Markup.XML: _Code(to_xml, from_xml),
    Markup.HTML: _Code(to_html, from_html),
    Markup.WORDS: _Code(plain, lambda answer, _: (answer,)),
    Markup.PLAIN: _Code(plain, lambda answer, _: (answer,)),
}


def _code(manner: Manner, source: Nodes) -> _Code:
    """How the engine is written to: with tags, with blanks, or as the text is where it knows neither."""
    if manner.markup is not Markup.BLANKS:
        return _CODES[manner.markup]
    words = CodeWords.for_text(markdown(source))
    return _Code(
        lambda nodes: to_blanks(nodes, words),
        lambda answer, nodes: from_blanks(answer, nodes, words),
    )


def _by_tags(line: Nodes, manner: Manner) -> Asking[Nodes | Damage]:
    source = with_names(line, manner.names)
    code = _code(manner, source)
    (answer,) = yield (manner.ask(code.write(source)),)
    result = _checked(code.read(answer, source), source, manner)
    if isinstance(result, Damage):
        (answer,) = yield (manner.again(result.reason).ask(code.write(source)),)
        result = _checked(code.read(answer, source), source, manner)
    return result


def _by_words(line: Nodes, manner: Manner) -> Asking[Nodes | Damage]:
    """First with do-not-translate terms as they are, then with other code words, for the terms as well."""
    first = yield from _by_family(line, manner, CodeWords.for_text(markdown(line)))
    if not isinstance(first, Damage) and not _lost_name(first, line, manner) and not _lost_bracket(first, line):
        return first
    manner = manner.again(first.reason if isinstance(first, Damage) else "")
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
    insides = (words.flat(pair.inside).strip() for pair in worded)
    answer, *inner = yield tuple(map(manner.ask, (words.flat(source), *insides)))
    candidates: dict[int, list[str]] = {pair.id: [] for pair in pairs}
    for pair, text in zip(worded, inner, strict=True):
        candidates[pair.id].append(text)
    result = _checked(Projection(answer, words, candidates, spaces).tree(source), source, manner)
    if not pairs or not isinstance(result, Damage):
        return result
    manner.trace.note(Outcome.AGAIN)
    (between,) = yield (manner.ask(words.marked(source)),)
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
    (answer,) = yield (manner.ask(words.whole(source)),)
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
