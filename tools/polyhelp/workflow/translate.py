"""Engine for what has no target. A plan exists before the first call; every answer is in its catalog before the next.

What is sent: units without a target, and units whose source changed under a machine's target. A target that a person
wrote is never sent and never overwritten. Text that another page of the locale already has is not sent again, and
neither is text whose answer from the same engine was kept out before: a note at its unit says why, for a person.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from polyhelp.engines import gateway
from polyhelp.engines.base import Engine, Request
from polyhelp.engines.choose import choose, obstacles
from polyhelp.errors import EngineError, WriteError
from polyhelp.model import Catalog, Key, Locale, Origin, Unit, digest
from polyhelp.workflow.project import SITE, Project

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Line:
    """What would be sent for one locale: by which engine (``""`` for none), and why nothing can be."""

    locale: Locale
    engine: str
    segments: int
    reused: int
    characters: int
    requests: int
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A segment whose answers were all damaged: it stays untranslated."""

    locale: Locale
    path: str
    source: str
    reason: str


@dataclass(slots=True)
class TranslateResult:
    """What was translated, reused and kept out, in numbers of segments, and the engines that failed."""

    translated: int = 0
    reused: int = 0
    catalogs: int = 0
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Work:
    """One locale's work: catalogs with what to send from each, and what other pages of the locale already say."""

    locale: Locale
    engine: Engine | None
    catalogs: tuple[tuple[Catalog, tuple[Key, ...]], ...]
    known: dict[Key, Unit]


def plan(project: Project, targets: Iterable[Locale], engine: str = "") -> tuple[Line, ...]:
    """What :func:`translate` would do, as data; nothing is sent. Raises UsageError for an unknown engine."""
    return tuple(_line(project, work) for work in _all_work(project, targets, engine))


def translate(
    project: Project, targets: Iterable[Locale], engine: str = "", progress: Progress | None = None
) -> TranslateResult:
    """Fill the catalogs of ``targets``. A locale whose engine fails is noted; what was paid for is in its catalogs.

    ``progress`` is called with the number of segments just finished.
    """
    result = TranslateResult()
    failed: dict[str, tuple[EngineError, list[str]]] = {}
    down: dict[str, str] = {}  # engine -> the message it went down with: no other locale waits for it again
    for work in _all_work(project, targets, engine):
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


def _all_work(project: Project, targets: Iterable[Locale], engine: str) -> Iterator[_Work]:
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
        yield _Work(locale, chosen, todo, known)


def _whole(unit: Unit) -> bool:
    """Whether a target was made for exactly this source and may serve another page with the same text."""
    return not unit.previous and (not unit.fuzzy or unit.by_machine)


def _todo(catalog: Catalog, engine: str) -> tuple[Key, ...]:
    return tuple(
        unit.key
        for unit in catalog.current
        if (not unit.target and _kept_out(unit, engine) not in unit.comments)
        or (unit.fuzzy and unit.previous and unit.by_machine)
    )


def _chosen(catalog: Catalog, keys: Iterable[Key]) -> Iterator[Unit]:
    wanted = set(keys)
    return (unit for unit in catalog.current if unit.key in wanted)


def _kept_out(unit: Unit, engine: str) -> str:
    """The note at a unit whose answer from ``engine`` was kept out; it holds for this source only."""
    return f"kept out: {engine} {digest(unit.source)}"


def _line(project: Project, work: _Work) -> Line:
    units = [unit for catalog, keys in work.catalogs for unit in _chosen(catalog, keys)]
    texts = list(dict.fromkeys(unit.source for unit in units if not _known(work, unit)))
    reused = sum(1 for unit in units if _known(work, unit))
    if work.engine is None:
        missing = obstacles(project.settings.source, work.locale) if project.settings.engine != "none" else ()
        reason = "; ".join(f"{name}: {obstacle}" for name, obstacle in missing)
        return Line(work.locale, "", len(texts), reused, 0, 0, reason)
    planned = gateway.plan(work.engine, texts, Request(project.settings.source, work.locale))
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
        self.work.known.update({unit.key: unit for unit in new.values() if unit.target})
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
    reused = {key: _reused(unit, known) for key, unit in units.items() if (known := _known(work, unit))}
    filling.new.update(reused)
    result.reused += len(reused)
    sent = [key for key in keys if key not in reused]
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


def _known(work: _Work, unit: Unit) -> Unit | None:
    """The unit of another page with the same text, unless a person has rejected its target here."""
    known = work.known.get(unit.key)
    return None if known is None or _rejected(unit, known.target) else known


def _reused(unit: Unit, other: Unit) -> Unit:
    """The same text on another page: its target, and where that came from; its review was for the other page."""
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
