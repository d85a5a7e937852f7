"""Threads that do one thing, so that several requests can be on their way at one time.

They are daemons: a process that wants to stop does not wait for a server that does not answer.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Generic, TypeVar

_LOOK = 0.05  # seconds between two looks at whether to stop
GRACE = 1.5
"""Seconds that a stop waits for what is on its way."""

Work = TypeVar("Work")
Outcome = TypeVar("Outcome")


class Workers(Generic[Work, Outcome]):
    """At most ``count`` threads, started as they are needed, that turn work into outcomes."""

    def __init__(self, count: int, do: Callable[[Work], Outcome]) -> None:
        self._count = max(1, count)
        self._do = do
        self._work: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[Work, Outcome | BaseException]] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self.busy = 0

    def __enter__(self) -> Workers[Work, Outcome]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in self._threads:
            self._work.put(None)
        if not self.busy:
            for thread in self._threads:
                thread.join(GRACE)

    @property
    def idle(self) -> int:
        """How many more pieces of work can be begun at once."""
        return self._count - self.busy

    def put(self, work: Work) -> None:
        """Begin a piece of work."""
        if self.busy == len(self._threads) < self._count:
            thread = threading.Thread(target=self._run, daemon=True, name=f"engine-{len(self._threads)}")
            self._threads.append(thread)
            thread.start()
        self.busy += 1
        self._work.put(work)

    def get(self, stop: threading.Event) -> tuple[Work, Outcome | BaseException] | None:
        """The next outcome, or what was raised; None when ``stop`` is set and nothing comes for 1.5 seconds."""
        until = 0.0
        while True:
            try:
                work, outcome = self._done.get(timeout=_LOOK)
            except queue.Empty:
                if stop.is_set():
                    until = until or time.monotonic() + GRACE
                    if time.monotonic() >= until:
                        return None
                continue
            self.busy -= 1
            return work, outcome

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            outcome: Outcome | BaseException
            try:
                outcome = self._do(work)
            except BaseException as error:  # it is raised again where the outcome is used
                outcome = error
            self._done.put((work, outcome))
