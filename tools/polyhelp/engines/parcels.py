"""What is on its way to an engine: texts that ask, parcels that carry what they ask for, jobs they belong to."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from polyhelp.engines.attempt import Answer, Asking
from polyhelp.engines.base import Ask, Limits, Pairs, Request
from polyhelp.engines.surroundings import Section

_TEXTS = 32  # a request to an engine without a limit
_OVERHEAD = 2_048  # bytes of a request beside texts and context: options, punctuation
_FOR_CONTEXT = 4  # of this many parts of a request, its context may be one


@dataclass(frozen=True, slots=True)
class Wanted:
    """A segment's source that wants a target.

    ``terms`` occur in it, ``section`` is around it. ``turn`` counts the answers to it that a person has rejected.
    ``polish`` puts right in the words of a target what is safe to, and ``examine`` says what is wrong with the rest;
    ``""`` for nothing.
    """

    source: str
    terms: Pairs = ()
    section: Section = field(default_factory=Section)
    turn: int = 0
    polish: Callable[[str], str] = lambda target: target
    examine: Callable[[str], str] = lambda _: ""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """The texts of one article in one locale; ``request`` says what holds for all of them."""

    request: Request
    wanted: tuple[Wanted, ...]


@dataclass(eq=False, slots=True)
class Task:
    """One text on its way. ``got`` holds the replies to what it asked for last; ``kinds`` are those of private data."""

    opened: Opened
    at: int
    steps: Asking[Answer]
    kinds: set[str]
    asked: tuple[Ask, ...] = ()
    got: dict[int, str] = field(default_factory=dict)
    answer: Answer | None = None

    @property
    def wanted(self) -> Wanted:
        """What it is about."""
        return self.opened.job.wanted[self.at]

    def advance(self) -> None:
        """Go on with what was got, to the next question or to the answer."""
        try:
            if self.asked:
                self.asked = self.steps.send(tuple(self.got[n] for n in range(len(self.asked))))
            else:
                self.asked = next(self.steps)
            while not self.asked:
                self.asked = self.steps.send(())
        except StopIteration as stop:
            self.end(stop.value)
        self.got = {}

    def take(self, n: int, text: str) -> None:
        """Note the reply to what it asked for in place ``n``; it goes on when all are there."""
        if self.answer is None:
            self.got[n] = text
            if len(self.got) == len(self.asked):
                self.advance()
                self.opened.fresh.append(self)

    def end(self, answer: Answer) -> None:
        """Ask for nothing more."""
        self.asked = ()
        self.answer = answer


@dataclass(eq=False, slots=True)
class Parcel:
    """One thing to ask for, and who waits for it, in which place. ``most`` (0: any) go into one request with it."""

    key: str
    ask: Ask
    waiting: list[tuple[Task, int]]
    tries: int = 0
    most: int = 0

    @property
    def section(self) -> Section:
        """Where the text is from."""
        return self.waiting[0][0].wanted.section

    def deliver(self, text: str) -> None:
        """Give the reply to everybody who waits for it."""
        for task, n in self.waiting:
            task.take(n, text)

    def give_up(self, answer: Answer) -> None:
        """There will be no reply."""
        for task, _ in self.waiting:
            if task.answer is None:
                task.end(answer)
                task.opened.fresh.append(task)


@dataclass(eq=False, slots=True)
class Opened:
    """A job that is being worked on: parcels to send, texts with news, and how many texts have no answer yet.

    ``shared_key`` is what the keys of all its replies have in common.
    """

    job: Job
    left: int
    shared_key: tuple[str, ...]
    queue: deque[Parcel] = field(default_factory=deque)
    fresh: list[Task] = field(default_factory=list)

    def batch(self, limits: Limits, *, by_section: bool) -> tuple[Parcel, ...]:
        """Take from the queue what fits into one request; nothing when its first text alone does not fit."""
        most = limits.texts or _TEXTS
        room = (limits.request_bytes - _OVERHEAD) * (_FOR_CONTEXT - 1) // _FOR_CONTEXT
        characters = limits.characters
        batch: list[Parcel] = []
        while self.queue and len(batch) < most:
            parcel = self.queue[0]
            if by_section and batch and parcel.section != batch[0].section:
                break
            most = min(most, parcel.most or most)
            room -= _size(parcel.ask)
            characters -= len(parcel.ask.text)
            if len(batch) >= most or (limits.request_bytes and room < 0) or (limits.characters and characters < 0):
                break
            batch.append(self.queue.popleft())
        return tuple(batch)


def _size(ask: Ask) -> int:
    """The bytes of a text in a JSON body that is pure ASCII, as HTTP clients write it (é takes six)."""
    return len(json.dumps(ask.text)) + len(", ")
