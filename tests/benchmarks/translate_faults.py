"""Many segments through DeepL's library to a stand-in that fails: what is lost, paid for twice, or mixed up.

The stand-in runs here; the gateway, with its journal, in a process of its own that says how it went. Each text is
there once, so what the stand-in bills twice has been paid for twice. Whether it was to be avoided is told apart:

- Refused, or hung up before anything was billed: the text must be billed once.
- Billed, and then the answer is lost: nobody but the service knows. It is billed again, and must be in the ledger.
- Killed (kill -9): what was on its way is lost in the same manner, and nothing else.
"""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import deepl_stub as stub
import translate_engines as engines
from help_center_sentences import SENTENCES

from polyhelp.engines.base import Request
from polyhelp.engines.caps import Caps
from polyhelp.engines.gateway import Job, Wanted
from polyhelp.engines.journal import Journal
from polyhelp.engines.sending import Purse
from polyhelp.model import Locale

TO_GERMAN = Request(Locale("en"), Locale("de"))
PER_JOB = 40
SHARE = 0.05  # of the requests that meet a fault
UNBILLED = (stub.BUSY.after(0), stub.BUSY.after(0.05), stub.BROKEN, stub.DOWN.after(0), stub.OVERLOADED, stub.DROP)
LOST = (stub.DROP_BILLED, stub.CUT, stub.SHORT, stub.MISSING)
_SECONDS = 0.02  # before an answer, so that several requests are on their way at one time
_PLAIN = str.maketrans("áéíóú", "aeiou")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Till(stub.DeeplStub):
    """The stand-in; ``lost`` counts what it billed and gave no whole answer to, ``once`` has each text's characters."""

    def __init__(self) -> None:
        super().__init__()
        self.keeps_bodies = False
        self.characters_left = 10**12
        self.lost: Counter[str] = Counter()
        self.once: dict[str, int] = {}
        self._now = threading.local()

    def next_fault(self, path: str) -> stub.Fault:
        return replace(super().next_fault(path), seconds=_SECONDS)

    def serve_with(self, fault: stub.Fault, handler: Any, body: bytes) -> None:
        self._now.fault = fault
        super().serve_with(fault, handler, body)

    def translate(self, asked: dict[str, Any]) -> dict[str, object]:
        answer = super().translate(asked)
        amounts = [one["billed_characters"] for one in answer["translations"]]
        with self._lock:
            self.once.update(zip(asked["text"], amounts, strict=True))
            if replace(self._now.fault, seconds=0.0) in LOST:
                self.lost.update(asked["text"])
        return answer

    @property
    def twice(self) -> int:
        """How many texts were billed more than once, each time but the first."""
        return sum(self.billed.values()) - len(self.billed)


@dataclass
class Client:
    """What the process with the gateway found: answers by how they are, and its memory in MB over time."""

    answers: int = 0
    repeated: int = 0
    of_another_text: int = 0
    without_text: int = 0
    errors: list[str] = field(default_factory=list)
    ahead: int = 0
    memory: list[float] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0
    on_disk: float = 0.0


@dataclass
class Found:
    """One run as both sides saw it. Characters are those of the stand-in and of the ledger.

    ``once`` is what all texts have when each is counted once: what the ledger may have as paid for sure.
    """

    name: str
    client: Client
    texts: int
    lost: int
    twice: int
    avoidable: int
    requests: int
    at_once: int
    billed: int
    once: int
    ledger: int
    unsure: int
    kills: int = 0


def texts(count: int) -> Iterator[str]:
    """So many texts of a help center, no two alike."""
    return (f"{SENTENCES[number % len(SENTENCES)]} Case {number}." for number in range(count))


def jobs(count: int, begun: list[int]) -> Iterator[Job]:
    """Jobs of 40 texts, made when they are asked for; ``begun`` says how many were."""
    some = texts(count)
    for at in range(0, count, PER_JOB):
        begun[0] += 1
        yield Job(TO_GERMAN, tuple(Wanted(next(some)) for _ in range(min(PER_JOB, count - at))))


def client(folder: Path, count: int, requests: int, answer: Connection) -> None:
    """Put ``count`` texts to the engine, and send a :class:`Client` through ``answer``."""
    found, begun, done, seen = Client(), [0], 0, dict[Job, set[int]]()
    begin = time.perf_counter(), time.process_time()
    asked = engines.engine("deepl", requests)
    journal = Journal(folder)
    journal.lock()
    for step in engines.gateway(asked, Purse(Caps(), journal)).run(jobs(count, begun)):
        known = seen.setdefault(step.job, set())
        found.ahead = max(found.ahead, begun[0] - done)
        for at, one in step.answers:
            found.answers += at not in known
            found.repeated += at in known
            known.add(at)
            found.without_text += one.text is None
            found.of_another_text += (one.text or "").translate(_PLAIN) != step.job.wanted[at].source
        if step.error:
            found.errors.append(step.error.message)
        if step.done or step.error:
            del seen[step.job]
            done += 1
            if done % max(1, count // PER_JOB // 100) == 0:
                found.memory.append(_resident())
    asked.close()
    journal.close()
    found.seconds, found.processor = time.perf_counter() - begin[0], time.process_time() - begin[1]
    found.on_disk = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    answer.send(found)


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 1e6


def run(name: str, count: int, requests: int, faults: Sequence[stub.Fault] = (), kills: int = 0) -> Found:
    """One run; with ``kills``, the process is killed so often on its way and then started again."""
    with engines.served("deepl", Till) as till, TemporaryDirectory() as folder:
        if faults:
            till.storm = stub.random_faults(SHARE, faults)
        for number in range(kills):
            process, _ = _started(Path(folder), count, requests)
            _until(lambda number=number: len(till.billed) >= count * (number + 1) // (kills + 1))
            process.kill()
            process.join()
            _until(lambda: not till._at_once)  # noqa: SLF001 (what was on its way is billed)
        process, answer = _started(Path(folder), count, requests)
        said = answer.recv()
        process.join()
        journal = Journal(Path(folder))
        spent = journal.spent()
        journal.close()
        return Found(
            name=name,
            client=said,
            texts=len(till.billed),
            lost=sum(till.lost.values()),
            twice=till.twice,
            avoidable=sum(times - till.lost[text] - 1 for text, times in till.billed.items()),
            requests=till.calls,
            at_once=till.most_at_once,
            billed=till.billed_characters,
            once=sum(till.once.values()),
            ledger=sum(one.characters for one in spent),
            unsure=sum(one.unsure for one in spent),
            kills=kills,
        )


def _started(folder: Path, count: int, requests: int) -> tuple[Any, Connection]:
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=client, args=(folder, count, requests, sending))
    process.start()
    sending.close()  # here, so that its end is seen when the process dies
    return process, receiving


def _until(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.002)


def complaints(found: Found, count: int, requests: int) -> list[str]:
    """What is not as promised."""
    said = found.client
    most_in_flight = found.kills * requests * PER_JOB
    promises = {
        f"{count - said.answers} texts have no answer": said.answers == count,
        f"{said.repeated} answers came twice": not said.repeated,
        f"{said.of_another_text} answers belong to another text": not said.of_another_text,
        f"{said.without_text} answers have no text": not said.without_text,
        f"errors: {said.errors}": not said.errors,
        f"{found.avoidable} texts were billed twice without need": found.avoidable <= most_in_flight,
        f"{found.ledger - found.unsure - found.once} characters were paid for twice, and not in flight": (
            found.ledger - found.unsure == found.once
        ),
        f"the ledger lacks {found.billed - found.ledger} characters": found.ledger >= found.billed,
    }
    return [f"{found.name}: {text}" for text, kept in promises.items() if not kept]
