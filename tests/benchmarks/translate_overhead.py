"""What the gateway costs on top of the engine: the same requests, once through it and once without it.

The gateway runs with all it has: marks for inline codes, the search for private data, verification, and for engines of
others a journal on the disk. Its requests are noted and then put to the engine again, by as many threads, in the same
process. Stand-ins are served by another process. No text comes twice, so nothing is remembered.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import translate_engines as engines

from polyhelp.engines.base import Ask, Engine, Reply, Request
from polyhelp.engines.gateway import Job, Wanted
from polyhelp.model import Locale

TARGETS = {"offline": Locale("pt-BR"), "apertium": Locale("es")}
EN, DE = Locale("en"), Locale("de")
PER_JOB = 40
ROUNDS = 4

Call = tuple[tuple[Ask, ...], Request]


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and of this process's processor time."""

    wall: float = 0.0
    processor: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.processor + other.processor)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.wall - other.wall, self.processor - other.processor)


@dataclass
class Cost:
    """What a number of segments cost, and in how many requests and texts they went to the engine."""

    engine: str
    segments: int = 0
    requests: int = 0
    texts: int = 0
    gateway: Spent = field(default_factory=Spent)
    bare: Spent = field(default_factory=Spent)


def measured(name: str, sources: Sequence[str]) -> Cost:
    """The cost of ``sources`` at an engine, a part of them at a time."""
    cost = Cost(name, len(sources))
    asked = engines.engine(name)
    target = TARGETS.get(name, DE)
    _through(asked, ["Save it."], target, [])  # what is imported and loaded once
    for at in range(ROUNDS):
        calls: list[Call] = []
        cost.gateway += _timed(lambda at=at, calls=calls: _through(asked, sources[at::ROUNDS], target, calls))
        asked.close()
        cost.bare += _timed(lambda calls=calls: _without(asked, calls))
        asked.close()
        cost.requests += len(calls)
        cost.texts += sum(len(asks) for asks, _ in calls)
    return cost


def _timed(work: Callable[[], None]) -> Spent:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - processor)


def _through(asked: Engine, sources: Sequence[str], target: Locale, calls: list[Call]) -> None:
    """Through the gateway; what it puts to the engine is added to ``calls``."""
    translate = asked.translate

    def noting(asks: Sequence[Ask], request: Request) -> list[Reply | None]:
        calls.append((tuple(asks), request))
        return translate(asks, request)

    jobs = [
        Job(Request(EN, target), tuple(map(Wanted, sources[at : at + PER_JOB])))
        for at in range(0, len(sources), PER_JOB)
    ]
    asked.translate = noting
    try:
        with engines.purse(asked) as purse:
            for step in engines.gateway(asked, purse).run(jobs):
                if step.error:
                    raise step.error
    finally:
        del asked.translate


def _without(asked: Engine, calls: Sequence[Call]) -> None:
    with ThreadPoolExecutor(asked.traits.requests) as pool:
        list(pool.map(lambda call: asked.translate(*call), calls))
