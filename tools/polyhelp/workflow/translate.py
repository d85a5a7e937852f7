"""Memory, then engine, for what has no target.

A plan exists before the first call; every paid reply is in the journal before it is used.

1. What wants a target: units without one; units whose source changed under a machine's target; and, where there is an
   engine, approximate matches and drafts that nobody has touched. A target that a person wrote is never sent and never
   overwritten. One that a machine wrote and a person accepted gives way to the answer to the text as it is now, and
   stays in the catalog as an obsolete unit, accepted as it was: it comes back when its source does.
2. An equal text is not sent again. The memory is asked first: a target for exactly this text, in this locale and
   under the same context; one from between the same neighbours before others, a reviewed one before a person's, a
   person's before a machine's. A parent locale's machine target serves too where the engine would answer the same.
   What a machine made that the page's route does not name, and nobody has accepted, does not come into the page.
3. Such a target stands as what it is. A person's, or one that somebody accepted, is no fuzzy one and comes from
   ``tm/100``; its review was for the other place and stays there. A machine's that nobody has looked at keeps its
   origin and its fuzzy mark. Where a check finds an error in it, it is fuzzy too.
4. A target that was rejected at a unit does not come back to it, wherever it is found; the engine is asked anew.
5. What is left goes to the engine of its route. Nothing approximate takes its place: a machine's answer to today's
   text, marked as such, is nearer to the truth than a person's answer to another text.
6. Without an engine the best approximate match (75 of 100 or better) is put in for a person to work on: fuzzy, with
   the source it was made for as the previous one, and the origin ``tm/NN``. So are equal texts whose target was made
   for a parent locale, under another context, or needed a look itself (``tm/99``). Customers never see these.
7. Text whose answer from the same engine was kept out before is not sent again: a note at its unit says why.
8. Without the memory (its file is locked or cannot be written) equal texts are still found in the catalogs.
"""

from __future__ import annotations

import errno
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from polyhelp.engines.base import Engine
from polyhelp.engines.choose import NONE, Engines
from polyhelp.engines.gateway import Gateway, Job, Outcome, Step
from polyhelp.engines.journal import Journal
from polyhelp.engines.sending import Purse, Sender, StoppedError
from polyhelp.engines.workers import Workers
from polyhelp.errors import EngineError, LimitError, PolyhelpError, WriteError
from polyhelp.model import Locale
from polyhelp.workflow.filling import Filling
from polyhelp.workflow.memory import Memory
from polyhelp.workflow.orders import order
from polyhelp.workflow.project import Project
from polyhelp.workflow.supply import Supply
from polyhelp.workflow.usage import open_journal
from polyhelp.workflow.work import Part, parts

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Failure:
    """A segment that stays untranslated: its answers were damaged, or it may not be sent."""

    locale: Locale
    path: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A segment whose private data did not leave the machine: of which kinds."""

    locale: Locale
    path: str
    source: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What one engine billed in a run: characters, and their price where somebody knows it."""

    engine: str
    characters: int
    cost: Decimal | None
    currency: str


@dataclass(slots=True)
class TranslateResult:
    """What was translated, reused, matched approximately and kept out, in numbers of segments.

    ``outcomes`` counts how answers came about, by engine. ``limits`` says which limits of characters ended the work
    early, ``stopped`` that the user did.
    """

    translated: int = 0
    reused: int = 0
    matched: int = 0
    failures: list[Failure] = field(default_factory=list)
    masked: list[Masked] = field(default_factory=list)
    outcomes: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    sent: list[Sent] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: ``progress`` is told how many segments are done, and what has been billed since the start.

    When ``stop`` is set, the work ends within two seconds; what was paid for is saved.
    """

    progress: Callable[[int, Sent | None], None] = lambda *_: None
    stop: threading.Event = field(default_factory=threading.Event)


def translate(
    project: Project, targets: Iterable[Locale], engine: str = "", watch: Watch | None = None
) -> TranslateResult:
    """Fill the catalogs of ``targets``, by the configured engines or by ``engine``.

    A locale whose engine fails is noted; what was paid for is in its catalogs. Raises UsageError for an unknown
    engine, and OutsideError, before anything is changed, when another process is sending.
    """
    targets = tuple(targets)
    with Memory(project, targets) as memory:
        run = _Run(project, memory, watch or Watch())
        try:
            run.all(targets, engine)
        finally:
            run.close()
        return run.result


# ---------------------------------------------------------------- one run


class _Run:
    def __init__(self, project: Project, memory: Memory, watch: Watch) -> None:
        self.result = TranslateResult()
        self._project, self._watch = project, watch
        self._supply = Supply(project, memory)
        self._engines = Engines(project.settings.engines)
        self._journal: Journal | None = None
        self._purse: Purse | None = None
        self._limits: dict[tuple[str, str], LimitError] = {}  # by locale and way out: those of a run and a month differ
        self._failed: dict[str, tuple[PolyhelpError, dict[str, None]]] = {}  # message -> error, locales

    def all(self, targets: Iterable[Locale], engine: str) -> None:
        """Do the work of each engine, one after the other."""
        by_engine: dict[str, list[Part]] = {}
        for part in parts(self._project, targets, self._engines, engine):
            by_engine.setdefault(part.engine.name if part.engine else NONE, []).append(part)
        for some in self._payable(by_engine):
            try:
                self._with_engine(some[0].engine, some)
            except WriteError as error:  # what cannot be kept is not paid for, by no engine
                self._project.note(error)
                break
        for problem, tags in self._failed.values():
            self._project.note(EngineError(f"{', '.join(tags)}: {problem.message}", problem.place, problem.hint))
        self.result.limits = [str(error) for error in self._limits.values()]
        self.result.stopped = self._watch.stop.is_set()

    def close(self) -> None:
        """Let go of engines and journal."""
        self._engines.close()
        if self._journal:
            self._journal.close()

    def _payable(self, by_engine: Mapping[str, Sequence[Part]]) -> list[Sequence[Part]]:
        """The work that can be done: none of engines that texts leave the machine for when there is no journal."""
        remote = [some for some in by_engine.values() if some[0].engine and some[0].engine.traits.remote]
        if remote:
            try:
                self._journal = open_journal(self._project)
                self._journal.lock()  # before anything is changed
                self._purse = Purse(self._project.settings.caps, self._journal)
            except WriteError as error:
                self._project.note(error)
                return [some for some in by_engine.values() if some not in remote]
        return list(by_engine.values())

    def _with_engine(self, engine: Engine | None, some: Iterable[Part]) -> None:
        fillings: dict[Job, Filling] = {}
        try:
            jobs = self._jobs(some, fillings)
            first = next(jobs, None)
            if first is not None and engine is not None:  # else memory had it all, or there is nobody to ask
                self._send(engine, chain([first], jobs), fillings)
        finally:
            for filling in fillings.values():
                self._save(filling)

    def _jobs(self, some: Iterable[Part], fillings: dict[Job, Filling]) -> Iterator[Job]:
        """What memory does not have, catalog by catalog; what it has is put in on the way."""
        for part in some:
            if self._watch.stop.is_set():
                return
            found = self._supply.find(part)
            filling = Filling(self._project, part, found.left, {**found.reused, **found.matched})
            self.result.reused += len(found.reused)
            self.result.matched += len(found.matched)
            self._watch.progress(len(filling.new), None)
            if part.engine is None or not found.left:
                self._save(filling)
                continue
            job = order(self._project, part, found.left)
            fillings[job] = filling
            yield job

    def _send(self, engine: Engine, jobs: Iterable[Job], fillings: dict[Job, Filling]) -> None:
        sender = Sender(engine, self._purse if engine.traits.remote else None, self._watch.stop)
        try:
            _learn(sender)
        except StoppedError:
            return
        except EngineError as error:
            for job in jobs:
                self._end(fillings.pop(job), error)
            return
        for step in Gateway(engine, sender, self._project.settings.privacy).run(jobs):
            self._take(step, fillings[step.job], engine)
            if step.done or step.error:
                self._end(fillings.pop(step.job), step.error)
            self._watch.progress(len(step.answers), _sent(sender))
        if sender.purse:
            self.result.sent.append(_sent(sender))

    def _take(self, step: Step, filling: Filling, engine: Engine) -> None:
        result, locale, path = self.result, filling.part.locale, filling.part.catalog.path
        for at, answer in step.answers:
            unit = filling.take(at, answer, engine)
            result.outcomes[engine.name, answer.outcome] += 1
            if unit.target:
                result.translated += 1
            else:
                reason = answer.reason or "a reviewer rejected this answer before"
                result.failures.append(Failure(locale, path, unit.source, reason))
        result.masked += [Masked(locale, path, filling.units[at].source, kinds) for at, kinds in step.masked]

    def _end(self, filling: Filling, error: PolyhelpError | None) -> None:
        if isinstance(error, LimitError):
            self._limits[error.locale, error.hint] = error  # the last one knows best how much was sent
        elif error is not None:
            self._failed.setdefault(error.message, (error, {}))[1][filling.part.locale.tag] = None
        self._save(filling)

    def _save(self, filling: Filling) -> None:
        """Save a catalog. One that cannot be written is noted, and the journal still has what was paid for it.

        Raises WriteError when the disk is full: no other could be written either.
        """
        try:
            self._supply.add(filling.part.locale, filling.save())
        except WriteError as error:
            if isinstance(error.__cause__, OSError) and error.__cause__.errno in _FULL:
                raise
            self._project.note(error)


def _learn(sender: Sender) -> None:
    """Let the engine ask what it can do, in a thread: a service that is silent holds up nobody who wants to stop."""
    with Workers[Sender, None](1, lambda one: one.learn()) as workers:
        workers.put(sender)
        received = workers.get(sender.stop)
    if received is None:
        raise StoppedError
    if isinstance(received[1], BaseException):
        raise received[1]


def _sent(sender: Sender) -> Sent:
    price = sender.engine.traits.price
    cost = price.of(sender.billed) if price else None
    return Sent(sender.engine.name, sender.billed, cost, price.currency if price else "")
