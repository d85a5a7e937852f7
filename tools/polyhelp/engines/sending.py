"""One request to an engine, sent until it is answered or cannot be: limits, journal, patience.

Runs in several threads at once. What is told apart: a request that was never sent (it costs nothing), one that was
answered (it is in the journal before anybody uses it), and one of which nobody knows (it counts as billed).
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from polyhelp.engines.base import Ask, Engine, Markup, Reply, Request
from polyhelp.engines.caps import Caps
from polyhelp.engines.journal import Entry, Journal
from polyhelp.errors import EngineError, LimitError, WriteError
from polyhelp.model import Locale

PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each new try, give or take a fifth, unless the service names its own."""
LONGEST_PAUSE = 120.0
"""Seconds: a service that asks for a longer pause is not waited for."""
_TAG = re.compile(r"<[^<>]*>")
Result = TypeVar("Result")


class StoppedError(Exception):
    """The user wants to stop: the request was not sent, or not sent again."""


def characters(asks: Sequence[Ask], markup: Markup) -> int:
    """What engines count of encoded texts: code points, without tags where the markup is XML."""
    return sum(len(_TAG.sub("", ask.text) if markup is Markup.XML else ask.text) for ask in asks)


class Purse:
    """What may still be sent in this run and this month, and what has been. One for all engines of a run."""

    def __init__(self, caps: Caps, journal: Journal | None) -> None:
        self.caps = caps
        self.journal = journal
        self._month = journal.this_month() if journal else {}
        self._run = 0
        self._lock = threading.Lock()

    def take(self, locale: Locale, amount: int) -> None:
        """Set ``amount`` characters aside for a request. Raises LimitError when that would pass a limit."""
        caps = self.caps
        with self._lock:
            limits = (
                ("run", caps.run, self._run, ""),
                ("month", caps.month, sum(self._month.values()), ""),
                ("locale", caps.of(locale), self._month.get(locale.tag, 0), locale.tag),
            )
            for name, limit, used, tag in limits:
                if limit and used + amount > limit:
                    raise _passed(name, limit, used, tag)
            self._add(locale, amount)

    def give_back(self, locale: Locale, amount: int) -> None:
        """Correct what was set aside: a positive ``amount`` was not needed, a negative one was needed on top."""
        with self._lock:
            self._add(locale, -amount)

    def _add(self, locale: Locale, amount: int) -> None:
        self._run += amount
        self._month[locale.tag] = self._month.get(locale.tag, 0) + amount


def _passed(name: str, limit: int, used: int, locale: str) -> LimitError:
    of = f" for {locale}" if locale else ""
    error = LimitError(
        f"max_characters.{name} is {limit:,}{of}, and {used:,} characters have been sent",
        hint="raise it in mkdocs.yml, or go on " + ("in another run" if name == "run" else "next month"),
    )
    error.locale = locale
    return error


@dataclass
class Sender:
    """Sends requests to one engine. ``purse`` is None for an engine that costs nothing and stays on the machine."""

    engine: Engine
    purse: Purse | None
    stop: threading.Event
    pauses: Sequence[float] = PAUSES
    billed: int = 0
    _quiet_until: float = 0.0
    _broken: WriteError | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def learn(self) -> None:
        """Let the engine ask what it can do, as patiently. Raises EngineError, StoppedError."""
        self._patiently(self.engine.learn)

    def send(self, asks: Sequence[Ask], keys: Sequence[str], request: Request) -> list[Reply | None]:
        """One reply per ask, in order; None where the engine left one out.

        A failure that may pass is tried again after 1, 2, 4 and 8 seconds, or as the service says. Raises
        EngineError, LimitError (nothing was sent), WriteError (nothing was sent: it could not be kept), StoppedError.
        """
        return self._patiently(lambda: self._once(asks, keys, request))

    def _patiently(self, work: Callable[[], Result]) -> Result:
        for pause in (*self.pauses, None):
            self._wait()
            try:
                return work()
            except EngineError as error:
                if error.smaller or not error.retry or pause is None or error.after > LONGEST_PAUSE:
                    raise
                self._be_quiet(max(error.after, pause * random.uniform(0.8, 1.2)))  # noqa: S311 (no secret)
        raise AssertionError  # the last try returns or raises

    def _once(self, asks: Sequence[Ask], keys: Sequence[str], request: Request) -> list[Reply | None]:
        if self.purse is None or self.purse.journal is None:
            return self._replies(asks, request)
        if self._broken:
            raise self._broken
        purse, journal, locale = self.purse, self.purse.journal, request.target
        amount = characters(asks, self.engine.ability(request.source, request.target).markup)
        purse.take(locale, amount)
        try:
            number = journal.sending(Entry(self.engine.name, locale.tag, len(asks), amount, self.engine.traits.price))
        except WriteError:
            purse.give_back(locale, amount)
            raise
        try:
            replies = self._replies(asks, request)
        except BaseException as error:
            unsure = error.unsure if isinstance(error, EngineError) else True
            journal.failed(number, unsure=unsure)
            if not unsure:
                purse.give_back(locale, amount)
            raise
        billed = _billed(replies, amount)
        purse.give_back(locale, amount - billed)
        with self._lock:
            self.billed += billed
        try:
            journal.paid(number, billed, {key: reply for key, reply in zip(keys, replies, strict=True) if reply})
        except WriteError as error:  # paid for: it must not be lost as well; but it is the last
            self._broken = error
        return replies

    def _replies(self, asks: Sequence[Ask], request: Request) -> list[Reply | None]:
        replies = self.engine.translate(asks, request)
        if len(replies) != len(asks):
            raise EngineError.passing(
                f"the engine '{self.engine.name}' gave {len(replies)} answers to {len(asks)} texts", unsure=True
            )
        return replies

    def _be_quiet(self, seconds: float) -> None:
        """Nobody sends for so long: a service that is busy is busy for all threads."""
        with self._lock:
            self._quiet_until = max(self._quiet_until, time.monotonic() + seconds)

    def _wait(self) -> None:
        while True:
            left = self._quiet_until - time.monotonic()
            if self.stop.is_set() or (left > 0 and self.stop.wait(left)):
                raise StoppedError
            if left <= 0:
                return


def _billed(replies: Sequence[Reply | None], amount: int) -> int:
    """What the engine says it billed; our own count where it does not say it for every text."""
    said = [reply.billed if reply else None for reply in replies]
    return sum(filter(None, said)) if None not in said else amount
