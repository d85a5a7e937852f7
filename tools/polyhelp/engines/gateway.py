"""Many texts through one engine: requests of the size it takes, several at one time, each text once.

Each text is a generator (:mod:`polyhelp.engines.attempt`) that asks for translations and ends with an answer. The
gateway puts what they ask for into requests and hands these to threads, which send them
(:mod:`polyhelp.engines.sending`); all else happens in the caller's thread.

1. Jobs are taken one by one, as fast as they are done: however many there are, few are in memory.
2. What is asked for twice is sent once: at one time by two jobs, or in an earlier run (the journal knows it). Equal
   means equal for the engine: two locales for which it has one code share an answer.
3. A text that the engine left out is asked for again, in a request half as large; three times at most.
4. An error ends the jobs of its locale. When the engine is down, or has left out five texts in a row for good, that
   ends all jobs: none of them waits for it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from polyhelp.engines.attempt import Answer, Manner, Outcome, asking
from polyhelp.engines.base import Ability, Ask, Engine, Reply, Request
from polyhelp.engines.journal import Journal, key_of
from polyhelp.engines.parcels import Job, Opened, Parcel, Task, Wanted
from polyhelp.engines.privacy import Privacy, find, masked
from polyhelp.engines.sending import Sender, StoppedError, characters
from polyhelp.engines.surroundings import Section, context_of, readable
from polyhelp.engines.workers import Workers
from polyhelp.errors import EngineError, LimitError, PolyhelpError, WriteError

__all__ = ["Answer", "Gateway", "Job", "Outcome", "Plan", "Section", "Step", "Wanted"]

_MOST_ASKED = 3  # times that a text is asked for which the engine leaves out
_MOST_SILENT = 5  # texts in a row without an answer: the engine is of no use, and costs money
_EVERYWHERE = ""  # in the place of a locale's tag


@dataclass(frozen=True, slots=True)
class Step:
    """News of a job: answers by their position in it; whether that was all of it; the error that ended it early.

    ``masked`` names, by position, the kinds of private data that were kept on the machine.
    """

    job: Job
    answers: tuple[tuple[int, Answer], ...] = ()
    done: bool = False
    error: PolyhelpError | None = None
    masked: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be sent at first for a job: texts, requests, and characters as engines bill them (without tags).

    ``kept`` counts texts that are sent for another job or whose reply is in the journal, ``masked`` texts with
    private data. Texts that ask again, for example after a damaged answer, come on top.
    """

    texts: int = 0
    requests: int = 0
    characters: int = 0
    kept: int = 0
    masked: int = 0


@dataclass(frozen=True, slots=True)
class _Batch:
    parcels: tuple[Parcel, ...]
    request: Request


class Gateway:
    """One engine, its sender, and what may leave the machine."""

    def __init__(self, engine: Engine, sender: Sender, privacy: Privacy) -> None:
        self._engine = engine
        self._sender = sender
        self._privacy = privacy
        self._fingerprint = engine.fingerprint  # asked for once: it may look at the disk, as may an ability
        self._abilities: dict[tuple[str, str], Ability] = {}
        self._parcels: dict[str, Parcel] = {}  # not answered yet, by key
        self._silent = 0  # texts in a row that it never answered
        self._open: list[Opened] = []
        self._ended: list[tuple[Opened, PolyhelpError]] = []  # by an error, and not told yet
        self._down: dict[str, PolyhelpError] = {}  # why nothing more is sent, by locale tag

    def run(self, jobs: Iterable[Job]) -> Iterator[Step]:
        """Work off jobs, with news as it comes. The last step of every job is ``done`` or has an ``error``.

        When the sender's ``stop`` is set, nothing more is sent, replies on their way are waited for 1.5 seconds, and
        the iteration ends early.
        """
        waiting = iter(jobs)
        stop = self._sender.stop
        with Workers(self._engine.traits.requests, self._send) as workers:
            while True:
                while not stop.is_set() and sum(bool(one.queue) for one in self._open) <= workers.idle:
                    job = next(waiting, None)
                    if job is None:
                        break
                    yield from self._begin(job)
                while not stop.is_set() and workers.idle and (batch := self._next_batch()):
                    workers.put(batch)
                yield from self._news()
                if not workers.busy and (stop.is_set() or not self._open):
                    return
                if workers.busy:
                    received = workers.get(stop)
                    if received is None:
                        return
                    self._received(*received)
                    yield from self._news()

    def plan(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Plan]]:
        """What :meth:`run` would send first for each job; nothing is sent. Raises EngineError."""
        traits = self._engine.traits
        for job in jobs:
            opened = self._opened(job)
            tasks = opened.fresh
            asking_ = [task for task in tasks if task.asked]
            self._enqueue(opened, asking_)
            parcels = tuple(opened.queue)
            requests = 0
            while opened.queue:
                requests += 1
                _ = opened.batch(traits.limits, by_section=traits.by_section) or opened.queue.popleft()
            texts = len({task.at for parcel in parcels for task, _ in parcel.waiting[:1]})
            yield (
                job,
                Plan(
                    texts=texts,
                    requests=requests,
                    characters=characters([parcel.ask for parcel in parcels], self._ability(job).markup),
                    kept=len(asking_) - texts,
                    masked=sum(bool(task.kinds) for task in tasks),
                ),
            )

    # ------------------------------------------------------------ jobs

    def _begin(self, job: Job) -> Iterator[Step]:
        if down := self._down.get(_EVERYWHERE) or self._down.get(job.request.target.tag):
            yield Step(job, error=down)
            return
        try:
            self._open.append(self._opened(job))
        except EngineError as error:  # it cannot do this pair
            yield Step(job, error=error)
        yield from self._news()

    def _opened(self, job: Job) -> Opened:
        """A job with its texts begun: they have asked for something, or are answered."""
        markup = self._ability(job).markup
        opened = Opened(job, len(job.wanted), self._shared_key(job))
        headings = {path: self._told(path) for path in {wanted.section.headings for wanted in job.wanted}}
        for at, wanted in enumerate(job.wanted):
            kinds: set[str] = set()
            manner = Manner(
                markup,
                job.request.target,
                wanted.terms,
                headings[wanted.section.headings],
                self._finder(kinds) if self._engine.traits.remote else None,
                wanted.polish,
                wanted.examine,
                self._engine.traits.hears,
                turn=wanted.turn,
            )
            task = Task(opened, at, asking(wanted.source, manner), kinds)
            task.advance()
            if task.asked and kinds and self._privacy.block:
                held = " and ".join(sorted(kinds))
                task.end(Answer(None, f"it holds private data ({held}), which is not sent", Outcome.PRIVATE))
            opened.fresh.append(task)
        return opened

    def _told(self, headings: tuple[str, ...]) -> tuple[str, ...]:
        """Headings as an engine is told of them: plain words, without private data."""
        return tuple(masked(readable(heading), self._privacy) for heading in headings)

    def _sayable(self, ask: Ask) -> Ask:
        """What is asked for, without private data in the reason, which may quote the whole text."""
        return replace(ask, reason=masked(ask.reason, self._privacy)) if ask.reason else ask

    def _finder(self, kinds: set[str]) -> Callable[[str], Sequence[tuple[int, int]]]:
        def spans(text: str) -> Sequence[tuple[int, int]]:
            found = find(text, self._privacy)
            kinds.update(one.kind for one in found)
            return [(one.start, one.end) for one in found]

        return spans

    def _ability(self, job: Job) -> Ability:
        source, target = job.request.source, job.request.target
        pair = source.tag, target.tag
        if pair not in self._abilities:
            self._abilities[pair] = self._engine.ability(source, target)
        return self._abilities[pair]

    def _news(self) -> Iterator[Step]:
        """What the texts have come to that have moved on; what they ask for now is put into their jobs' queues."""
        while self._ended:
            opened, error = self._ended.pop()
            yield _step(opened, [task for task in opened.fresh if task.answer], error)
        for opened in tuple(self._open):
            answered: list[Task] = []
            while opened.fresh:
                tasks, opened.fresh = opened.fresh, []
                answered += [task for task in tasks if task.answer]
                self._enqueue(opened, [task for task in tasks if not task.answer])
            opened.left -= len(answered)
            if not opened.left:
                self._open.remove(opened)
            if answered or not opened.left:
                yield _step(opened, answered)

    def _enqueue(self, opened: Opened, tasks: Sequence[Task]) -> None:
        """Put what texts ask for into the queue, but for what is on its way already or known from before.

        What is asked for again comes first, so that the first texts are finished first.
        """
        wanted = [(task, n, self._sayable(ask)) for task in tasks for n, ask in enumerate(task.asked)]
        asked = [(task, n, ask, _key(opened, ask)) for task, n, ask in wanted]
        kept = self._journal.known(key for *_, key in asked) if self._journal else {}
        new: list[Parcel] = []
        for task, n, ask, key in asked:
            if key in kept:
                task.take(n, kept[key])
            elif key in self._parcels:
                self._parcels[key].waiting.append((task, n))
            else:
                self._parcels[key] = parcel = Parcel(key, ask, [(task, n)])
                new.append(parcel)
        opened.queue.extendleft(reversed(new))

    @property
    def _journal(self) -> Journal | None:
        return self._sender.purse.journal if self._sender.purse else None

    def _shared_key(self, job: Job) -> tuple[str, ...]:
        """What decides the engine's replies to all texts of a job, as far as we know it: not the context, which helps.

        Two locales for which an engine has one code share their replies.
        """
        ability, style = self._ability(job), job.request.style
        return (
            self._engine.name,
            self._fingerprint,
            job.request.source.tag,
            ability.code,
            ability.rules,
            ability.markup,
            style.formality if ability.formality else "",
            "\n".join(style.instructions),
        )

    # ------------------------------------------------------------ requests

    def _next_batch(self) -> _Batch | None:
        traits = self._engine.traits
        for opened in self._open:
            while opened.queue:
                parcels = opened.batch(traits.limits, by_section=traits.by_section)
                if parcels:
                    return _Batch(parcels, self._request(opened.job, parcels))
                parcel = opened.queue.popleft()
                self._give_up(parcel, f"the text is too long for one request to the engine '{self._engine.name}'")
        return None

    def _request(self, job: Job, parcels: Sequence[Parcel]) -> Request:
        request, traits = job.request, self._engine.traits
        if not (traits.by_section or traits.hears):  # it would not look at it
            return request
        asked = () if traits.by_section else {task.wanted.source for parcel in parcels for task, _ in parcel.waiting}
        sections = [parcel.section for parcel in parcels]
        context = context_of(request.context.title, sections, asked, lambda text: masked(text, self._privacy))
        return replace(request, context=context)

    def _send(self, batch: _Batch) -> list[Reply | None]:
        asks = [parcel.ask for parcel in batch.parcels]
        return self._sender.send(asks, [parcel.key for parcel in batch.parcels], batch.request)

    def _received(self, batch: _Batch, result: list[Reply | None] | BaseException) -> None:
        if isinstance(result, EngineError) and (result.smaller or isinstance(result, LimitError)):
            if len(batch.parcels) > 1:
                self._again([one for one in batch.parcels if one.key in self._parcels], len(batch.parcels))
            elif isinstance(result, LimitError):
                self._fail(batch.parcels, result)
            elif batch.parcels[0].key in self._parcels:
                self._give_up(batch.parcels[0], result.message)
        elif isinstance(result, PolyhelpError):
            self._fail(batch.parcels, result)
        elif isinstance(result, BaseException):
            if not isinstance(result, StoppedError):
                raise result
        else:
            self._deliver(batch.parcels, result)

    def _deliver(self, parcels: Sequence[Parcel], replies: Sequence[Reply | None]) -> None:
        missing: list[Parcel] = []
        for parcel, reply in zip(parcels, replies, strict=True):
            if parcel.key not in self._parcels:  # its jobs have ended; the journal has the reply
                continue
            if reply is not None:
                del self._parcels[parcel.key]
                parcel.deliver(reply.text)
                self._silent = 0
                continue
            parcel.tries += 1
            if parcel.tries < _MOST_ASKED:
                missing.append(parcel)
            else:
                self._silent += 1
                self._give_up(parcel, f"the engine '{self._engine.name}' gave no answer to this text")
        self._again(missing, len(parcels))
        if self._silent >= _MOST_SILENT:  # each of them was paid for
            self._fail(
                parcels, EngineError.passing(f"the engine '{self._engine.name}' answers nothing that can be used")
            )

    def _again(self, parcels: Sequence[Parcel], together: int) -> None:
        """Ask once more, in a request half as large."""
        for parcel in reversed(parcels):
            parcel.most = max(1, together // 2)
            parcel.waiting[0][0].opened.queue.appendleft(parcel)

    def _give_up(self, parcel: Parcel, reason: str) -> None:
        del self._parcels[parcel.key]
        parcel.give_up(Answer(None, reason, Outcome.SILENT))

    def _fail(self, parcels: Sequence[Parcel], error: PolyhelpError) -> None:
        """End the jobs that an error is about: all, or those of the locales that wanted the batch."""
        tags = {task.opened.job.request.target.tag for parcel in parcels for task, _ in parcel.waiting}
        if isinstance(error, LimitError):
            tags = {error.locale}  # everywhere, or for one locale
        elif isinstance(error, WriteError) or (isinstance(error, EngineError) and error.retry):
            tags = {_EVERYWHERE}
        self._down.update(dict.fromkeys(tags, error))
        ended = [one for one in self._open if _EVERYWHERE in tags or one.job.request.target.tag in tags]
        for opened in ended:
            self._open.remove(opened)
            self._ended.append((opened, error))
        for parcel in tuple(self._parcels.values()):
            here = parcel.waiting[0][0].opened
            parcel.waiting = [(task, n) for task, n in parcel.waiting if task.opened not in ended]
            if not parcel.waiting:
                del self._parcels[parcel.key]
            elif here in ended and (parcel in here.queue or parcel in parcels):
                parcel.waiting[0][0].opened.queue.append(parcel)


def _key(opened: Opened, ask: Ask) -> str:
    """The key of the reply to one text."""
    terms = [word for pair in ask.terms for word in pair]
    return key_of(*opened.shared_key, ask.text, ask.reason, str(ask.turn), *terms)


def _step(opened: Opened, answered: Sequence[Task], error: PolyhelpError | None = None) -> Step:
    answers = tuple((task.at, task.answer) for task in answered if task.answer)
    hidden = tuple((task.at, tuple(sorted(task.kinds))) for task in answered if task.kinds)
    return Step(opened.job, answers, not opened.left, error, hidden)
