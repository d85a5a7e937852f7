"""Engine for what has no target. A plan exists before the first call; every answer is in its catalog before the next.

What is sent: units without a target, and units whose source changed under a machine's target. A target that a person
wrote is never sent and never overwritten. Text that another page of the locale already has is not sent again.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from polyhelp.engines import gateway
from polyhelp.engines.base import Engine, Request
from polyhelp.engines.choose import choose, obstacles
from polyhelp.errors import EngineError
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
    known: dict[str, Unit]


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
    for work in _all_work(project, targets, engine):
        try:
            for catalog, keys in work.catalogs:
                _fill(project, work, catalog, keys, result)
                if progress:
                    progress(len(keys))
        except EngineError as error:
            project.note(EngineError(f"{work.locale}: {error.message}", error.place, error.hint, retry=error.retry))
    return result


def _all_work(project: Project, targets: Iterable[Locale], engine: str) -> Iterator[_Work]:
    for locale in targets:
        try:
            chosen = choose(engine or project.settings.engine, project.settings.source, locale)
        except EngineError as error:
            project.note(error)
            continue
        catalogs = tuple(project.catalogs(locale))
        known = {unit.source: unit for catalog in catalogs for unit in catalog.current if unit.target and _whole(unit)}
        todo = tuple((catalog, keys) for catalog in catalogs if (keys := _todo(catalog)))
        yield _Work(locale, chosen, todo, known)


def _whole(unit: Unit) -> bool:
    """Whether a target was made for exactly this source and may serve another page with the same text."""
    return not unit.previous and (not unit.fuzzy or unit.by_machine)


def _todo(catalog: Catalog) -> tuple[Key, ...]:
    return tuple(
        unit.key for unit in catalog.current if not unit.target or (unit.fuzzy and unit.previous and unit.by_machine)
    )


def _line(project: Project, work: _Work) -> Line:
    keys = [key for _, some in work.catalogs for key in some]
    texts = list(dict.fromkeys(key.source for key in keys if key.source not in work.known))
    reused = sum(1 for key in keys if key.source in work.known)
    if work.engine is None:
        missing = obstacles(project.settings.source, work.locale) if project.settings.engine != "none" else ()
        reason = "; ".join(f"{name}: {obstacle}" for name, obstacle in missing)
        return Line(work.locale, "", len(texts), reused, 0, 0, reason)
    planned = gateway.plan(work.engine, texts, Request(project.settings.source, work.locale))
    return Line(work.locale, work.engine.name, len(texts), reused, planned.characters, planned.requests)


def _fill(project: Project, work: _Work, catalog: Catalog, keys: tuple[Key, ...], result: TranslateResult) -> None:
    """Translate ``keys`` of one catalog and save it, also when the engine fails halfway."""
    units = {unit.key: unit for unit in catalog.current}
    done: dict[Key, Unit] = {
        key: _reused(units[key], work.known[key.source]) for key in keys if key.source in work.known
    }
    result.reused += len(done)
    sent = [key for key in keys if key not in done]
    try:
        if work.engine is not None and sent:
            for at, answer in _answers(project, work, catalog, sent):
                unit = units[sent[at]]
                if answer.text is None or _rejected(unit, answer.text):
                    reason = answer.reason or "a reviewer rejected this answer before"
                    result.failures.append(Failure(work.locale, catalog.path, unit.source, reason))
                    continue
                done[unit.key] = _machine_made(unit, answer.text, work.engine.name)
                result.translated += 1
    finally:
        if done:
            new = tuple(unit if unit.obsolete else done.get(unit.key, unit) for unit in catalog.units)
            result.catalogs += project.save(replace(catalog, units=new))
            work.known.update({unit.source: unit for unit in done.values()})


def _answers(project: Project, work: _Work, catalog: Catalog, sent: list[Key]) -> Iterator[tuple[int, gateway.Answer]]:
    assert work.engine is not None  # noqa: S101 (the caller asked)
    texts = [key.source for key in sent]
    terms = dict(pair for text in texts for pair in project.terms.for_engine(text, work.locale, catalog.path))
    document = project.documents[catalog.path]
    title = next((segment.source for segment in document.segments), "") if catalog.path != SITE else ""
    request = Request(project.settings.source, work.locale, title, tuple(terms.items()))
    return gateway.translate(work.engine, texts, request)


def _machine_made(unit: Unit, target: str, engine: str) -> Unit:
    origin = Origin.of(f"mt/{engine}", today(), target)
    return replace(unit, target=target, origin=origin, review=None, previous="", fuzzy=True)


def _reused(unit: Unit, other: Unit) -> Unit:
    """The same text on another page: its target, and where that came from; its review was for the other page."""
    origin = Origin.of(other.maker if other.by_machine else "tm/100", today(), other.target)
    return replace(unit, target=other.target, origin=origin, review=None, previous="", fuzzy=other.fuzzy)


def _rejected(unit: Unit, answer: str) -> bool:
    return any(comment.startswith("rejected: ") and digest(answer) in comment.split() for comment in unit.comments)


def today() -> str:
    """Today in UTC (ISO 8601), or the day of SOURCE_DATE_EPOCH where a build is to be reproduced."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch.isdigit() else dt.datetime.now(dt.UTC)
    return now.date().isoformat()
