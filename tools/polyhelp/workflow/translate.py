"""Memory, then engine, for what has no target.

A plan exists before the first call; every answer is in its catalog before the next.

1. What wants a target: units without one; units whose source changed under a machine's target; and, where there is an
   engine, approximate matches that nobody has touched (rule 6). A target that a person wrote is never sent and never
   overwritten.
2. An equal text is not sent again. The memory is asked first: a target for exactly this text, in this locale and
   under the same context; one from between the same neighbours before others, a reviewed one before a person's, a
   person's before a machine's.
3. Such a target stands as what it is. A person's, or one that somebody accepted, is no fuzzy one and comes from
   ``tm/100``; its review was for the other place and stays there. A machine's that nobody has looked at keeps its
   origin and its fuzzy mark. Where a check finds an error in it, it is fuzzy too.
4. A target that was rejected at a unit does not come back to it, wherever it is found.
5. What is left goes to the engine. Nothing approximate takes its place: a machine's answer to today's text, marked as
   such, is nearer to the truth than a person's answer to another text.
6. Without an engine the best approximate match (75 of 100 or better) is put in for a person to work on: fuzzy, with
   the source it was made for as the previous one, and the origin ``tm/NN``. So are equal texts whose target was made
   for a parent locale, under another context, or needed a look itself (``tm/99``). Customers never see these.
7. Text whose answer from the same engine was kept out before is not sent again: a note at its unit says why.
8. Without the memory (its file is locked or cannot be written) equal texts are still found in the catalogs.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from polyhelp.engines import gateway
from polyhelp.engines.base import Engine, Request
from polyhelp.engines.choose import choose, obstacles
from polyhelp.errors import EngineError, WriteError
from polyhelp.locales.layout import SITE
from polyhelp.memory import Match, Standing
from polyhelp.model import Catalog, Key, Locale, Origin, Unit, digest
from polyhelp.workflow.check import faultless
from polyhelp.workflow.memory import Memory, neighbors, query
from polyhelp.workflow.project import Project

Progress = Callable[[int], None]
NEAR = 75
"""Similarity (0 to 100) from which a match is worth a person's look (rule 6)."""


@dataclass(frozen=True, slots=True)
class Line:
    """What would be sent for one locale: by which engine (``""`` for none), and why nothing can be.

    ``reused`` counts equal texts (rule 2), ``matched`` approximate ones (rule 6).
    """

    locale: Locale
    engine: str
    segments: int
    reused: int
    characters: int
    requests: int
    obstacle: str = ""
    matched: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A segment whose answers were all damaged: it stays untranslated."""

    locale: Locale
    path: str
    source: str
    reason: str


@dataclass(slots=True)
class TranslateResult:
    """What was translated, reused, matched approximately and kept out, in numbers of segments."""

    translated: int = 0
    reused: int = 0
    matched: int = 0
    catalogs: int = 0
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Work:
    """One locale's work: catalogs with what wants a target in each, the memory, and what the catalogs already say."""

    locale: Locale
    engine: Engine | None
    catalogs: tuple[tuple[Catalog, tuple[Key, ...]], ...]
    known: dict[Key, Unit]
    memory: Memory


def plan(project: Project, targets: Iterable[Locale], engine: str = "") -> tuple[Line, ...]:
    """What :func:`translate` would do, as data; nothing is sent. Raises UsageError for an unknown engine."""
    targets = tuple(targets)
    with Memory(project, targets) as memory:
        return tuple(_line(project, work) for work in _all_work(project, targets, engine, memory))


def translate(
    project: Project, targets: Iterable[Locale], engine: str = "", progress: Progress | None = None
) -> TranslateResult:
    """Fill the catalogs of ``targets``. A locale whose engine fails is noted; what was paid for is in its catalogs.

    ``progress`` is called with the number of segments just finished.
    """
    targets = tuple(targets)
    with Memory(project, targets) as memory:
        return _translate(project, _all_work(project, targets, engine, memory), progress)


def _translate(project: Project, all_work: Iterable[_Work], progress: Progress | None) -> TranslateResult:
    result = TranslateResult()
    failed: dict[str, tuple[EngineError, list[str]]] = {}
    down: dict[str, str] = {}  # engine -> the message it went down with: no other locale waits for it again
    for work in all_work:
        name = work.engine.name if work.engine else ""
        if name in down:
            failed[down[name]][1].append(work.locale.tag)
            continue
        try:
            for catalog, keys in work.catalogs:
                _fill(_Filling(project, work, catalog, result), keys)
                if progress:
                    progress(len(keys))
        except EngineError as error:
            failed.setdefault(error.message, (error, []))[1].append(work.locale.tag)
            if error.retry:
                down[name] = error.message
        except WriteError as error:  # what cannot be kept is not paid for
            project.note(error)
            break
    for last, tags in failed.values():
        project.note(EngineError(f"{', '.join(tags)}: {last.message}", last.place, last.hint, retry=last.retry))
    return result


def _all_work(project: Project, targets: Iterable[Locale], engine: str, memory: Memory) -> Iterator[_Work]:
    for locale in targets:
        try:
            chosen = choose(engine or project.settings.engine, project.settings.source, locale)
        except EngineError as error:
            project.note(error)
            continue
        catalogs = tuple(project.catalogs(locale))
        whole = [unit for catalog in catalogs for unit in catalog.current if unit.target and _whole(unit)]
        known = {unit.key: unit for unit in sorted(whole, key=lambda unit: not unit.by_machine)}  # a person's word wins
        name = chosen.name if chosen else ""
        todo = tuple((catalog, keys) for catalog in catalogs if (keys := _todo(catalog, name)))
        yield _Work(locale, chosen, todo, known, memory)


def _whole(unit: Unit) -> bool:
    """Whether a target was made for exactly this source and may serve another page with the same text."""
    return not unit.previous and (not unit.fuzzy or unit.by_machine)


def _todo(catalog: Catalog, engine: str) -> tuple[Key, ...]:
    return tuple(
        unit.key
        for unit in catalog.current
        if (_kept_out(unit, engine) not in unit.comments and (not unit.target or (engine and _approximate(unit))))
        or (unit.fuzzy and unit.previous and unit.by_machine)
    )


def _approximate(unit: Unit) -> bool:
    """Whether the target is an approximate match as the memory gave it (rule 6)."""
    return unit.fuzzy and unit.maker.startswith("tm/") and unit.maker != "tm/100"


def _chosen(catalog: Catalog, keys: Iterable[Key]) -> Iterator[Unit]:
    wanted = set(keys)
    return (unit for unit in catalog.current if unit.key in wanted)


def _kept_out(unit: Unit, engine: str) -> str:
    """The note at a unit whose answer from ``engine`` was kept out; it holds for this source only."""
    return f"kept out: {engine} {digest(unit.source)}"


def _line(project: Project, work: _Work) -> Line:
    texts: dict[str, None] = {}
    reused = matched = 0
    for catalog, keys in work.catalogs:
        recall = _Recall(project, work, catalog)
        for unit in _chosen(catalog, keys):
            if recall.equal(unit) is not None:
                reused += 1
            elif recall.near(unit) is not None:
                matched += 1
            else:
                texts[unit.source] = None
    if work.engine is None:
        missing = obstacles(project.settings.source, work.locale) if project.settings.engine != "none" else ()
        reason = "; ".join(f"{name}: {obstacle}" for name, obstacle in missing)
        return Line(work.locale, "", len(texts), reused, 0, 0, reason, matched)
    planned = gateway.plan(work.engine, list(texts), Request(project.settings.source, work.locale))
    return Line(work.locale, work.engine.name, len(texts), reused, planned.characters, planned.requests)


@dataclass(slots=True)
class _Filling:
    """One catalog while it is filled. Answers are in its file before the next request is sent and paid."""

    project: Project
    work: _Work
    catalog: Catalog
    result: TranslateResult
    new: dict[Key, Unit] = field(default_factory=dict)
    changed: bool = False

    def save(self) -> None:
        """Write what is new. A unit that somebody has edited since the work began stays as it is. Raises WriteError."""
        if not self.new:
            return
        new, self.new = self.new, {}
        self.work.known.update({unit.key: unit for unit in new.values() if unit.target and _whole(unit)})
        begun = set(self.catalog.current)
        latest = self.project.attempt(lambda: self.project.latest(self.work.locale, self.catalog.path))
        if latest is not None:
            units = tuple(new.get(unit.key, unit) if unit in begun else unit for unit in latest.units)
            changed = self.project.save(replace(latest, units=units))
            self.result.catalogs += changed and not self.changed
            self.changed |= changed


class _SavingFirst:
    """An engine that saves what it has answered before it is asked again."""

    def __init__(self, engine: Engine, save: Callable[[], None]) -> None:
        self.name, self.limits = engine.name, engine.limits
        self.markup_for, self.obstacle = engine.markup_for, engine.obstacle
        self._engine, self._save = engine, save

    def translate(self, texts: Sequence[str], request: Request) -> list[str]:
        self._save()
        return self._engine.translate(texts, request)


def _fill(filling: _Filling, keys: tuple[Key, ...]) -> None:
    """Translate ``keys`` of one catalog and save it, also when the engine fails halfway."""
    work, catalog, result = filling.work, filling.catalog, filling.result
    units = {unit.key: unit for unit in _chosen(catalog, keys)}
    recall = _Recall(filling.project, work, catalog)
    reused = {key: found for key, unit in units.items() if (found := recall.equal(unit))}
    near = {key: found for key, unit in units.items() if key not in reused and (found := recall.near(unit))}
    filling.new.update(reused | near)
    result.reused += len(reused)
    result.matched += len(near)
    sent = [key for key in keys if key not in filling.new]
    try:
        if work.engine is not None and sent:
            for at, answer in _answers(filling, work.engine, sent):
                unit = units[sent[at]]
                if answer.text is None or _rejected(unit, answer.text):
                    reason = answer.reason or "a reviewer rejected this answer before"
                    result.failures.append(Failure(work.locale, catalog.path, unit.source, reason))
                    filling.new[unit.key] = _without(unit, work.engine.name)
                else:
                    filling.new[unit.key] = _machine_made(unit, answer.text, work.engine.name)
                    result.translated += 1
    finally:
        filling.save()


def _without(unit: Unit, engine: str) -> Unit:
    """The unit, empty, with a note that this engine's answer was kept out. A machine's old target is out of date."""
    comments = (*_own_comments(unit), _kept_out(unit, engine))
    return replace(unit, target="", fuzzy=False, previous="", origin=None, review=None, comments=comments)


def _own_comments(unit: Unit) -> tuple[str, ...]:
    return tuple(comment for comment in unit.comments if not comment.startswith("kept out: "))


def _answers(filling: _Filling, engine: Engine, sent: list[Key]) -> Iterator[tuple[int, gateway.Answer]]:
    project, locale, path = filling.project, filling.work.locale, filling.catalog.path
    texts = [key.source for key in sent]
    terms = dict(pair for text in texts for pair in project.terms.for_engine(text, locale, path))
    document = project.documents[path]
    title = next((segment.source for segment in document.segments), "") if path != SITE else ""
    request = Request(project.settings.source, locale, title, tuple(terms.items()))
    return gateway.translate(_SavingFirst(engine, filling.save), texts, request)


def _machine_made(unit: Unit, target: str, engine: str) -> Unit:
    origin = Origin.of(f"mt/{engine}", today(), target)
    comments = _own_comments(unit)
    return replace(unit, target=target, origin=origin, review=None, previous="", fuzzy=True, comments=comments)


class _Recall:
    """What the units of one catalog get without any engine."""

    def __init__(self, project: Project, work: _Work, catalog: Catalog) -> None:
        self._project, self._work, self._catalog = project, work, catalog
        self._places = neighbors(catalog)

    def equal(self, unit: Unit) -> Unit | None:
        """The unit with the target of an equal text (rules 2 to 4), if there is one."""
        for match in self._matches(unit, 100):
            return self._checked(_equal(unit, match))
        known = self._work.known.get(unit.key)
        return None if known is None or _rejected(unit, known.target) else self._checked(_reused(unit, known))

    def near(self, unit: Unit) -> Unit | None:
        """The unit with an approximate match (rule 6), if there is one and no engine."""
        if self._work.engine is not None:
            return None
        for match in self._matches(unit, NEAR):
            origin = Origin.of(f"tm/{match.similarity}", today(), match.target)
            previous = match.pair.source if match.pair.source != unit.source else ""
            return replace(unit, target=match.target, origin=origin, review=None, previous=previous, fuzzy=True)
        return None

    def _matches(self, unit: Unit, minimum: int) -> Iterator[Match]:
        found = self._work.memory.matches(query(self._catalog, unit, self._places), minimum)
        return (match for match in found if not _rejected(unit, match.target))

    def _checked(self, unit: Unit) -> Unit:
        if unit.fuzzy or self._faultless(unit):
            return unit
        return replace(unit, fuzzy=True)

    @cached_property
    def _faultless(self) -> Callable[[Unit], bool]:
        return faultless(self._project, self._catalog)


def _equal(unit: Unit, match: Match) -> Unit:
    pair = match.pair
    origin = Origin.of(pair.maker if pair.maker.startswith("mt/") else "tm/100", today(), match.target)
    fuzzy = pair.standing is Standing.MACHINE
    return replace(unit, target=match.target, origin=origin, review=None, previous="", fuzzy=fuzzy)


def _reused(unit: Unit, other: Unit) -> Unit:
    """What :func:`_equal` gives, from a catalog."""
    origin = Origin.of(other.maker if other.by_machine else "tm/100", today(), other.target)
    return replace(unit, target=other.target, origin=origin, review=None, previous="", fuzzy=other.fuzzy)


def _rejected(unit: Unit, answer: str) -> bool:
    return any(comment.startswith("rejected: ") and digest(answer) in comment.split() for comment in unit.comments)


def today() -> str:
    """Today in UTC (ISO 8601), or the day of SOURCE_DATE_EPOCH where a build is to be reproduced."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    given = epoch.isdecimal() and len(epoch) < 12
    now = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if given else dt.datetime.now(dt.UTC)
    return now.date().isoformat()
