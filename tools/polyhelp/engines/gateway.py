"""Many texts through one engine: requests of the size it takes, each text once, answers as soon as they are there.

Each text is a generator (:mod:`polyhelp.engines.attempt`) that asks for translations and ends with an answer. The
gateway puts what they ask for into requests, in the order of the texts; a text that asks again comes next, so that
the first texts are finished first and the caller can save them before the next request is paid.
"""

from __future__ import annotations

import json
import re
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from polyhelp.engines.attempt import Answer, Asking, Manner, asking
from polyhelp.engines.base import Engine, Request
from polyhelp.errors import EngineError

__all__ = ["Answer", "Plan", "plan", "translate"]

_TEXTS = 32  # a request to an engine without a limit: small enough to save often
_OVERHEAD = 2_048  # bytes of a request beside texts and context: options, punctuation
_PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds before each new try

Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be sent at first: different texts, requests, and characters as engines bill them (without tags).

    Texts that ask again, for example after a damaged answer, come on top.
    """

    texts: int
    requests: int
    characters: int


@dataclass(slots=True)
class _Task:
    """One text on its way."""

    text: str
    steps: Asking[Answer]
    asked: tuple[str, ...] = ()
    got: dict[str, str] = field(default_factory=dict)
    answer: Answer | None = None

    def start(self) -> None:
        self._advance(None)

    def take(self, sent: str, received: str) -> bool:
        """Note an answer; True when the text went on because everything it asked for is there."""
        self.got[sent] = received
        if any(text not in self.got for text in self.asked):
            return False
        self._advance(tuple(self.got[text] for text in self.asked))
        return True

    def _advance(self, answers: tuple[str, ...] | None) -> None:
        self.got = {}
        try:
            self.asked = next(self.steps) if answers is None else self.steps.send(answers)
            while not self.asked:
                self.asked = self.steps.send(())
        except StopIteration as stop:
            self.asked = ()
            self.answer = stop.value


def translate(
    engine: Engine, texts: Sequence[str], request: Request, *, sleep: Sleep = time.sleep
) -> Iterator[tuple[int, Answer]]:
    """Translate segments (Markdown), yielding each one's position in ``texts`` and its answer, once each.

    Answers come request by request, not in order. An answer without a text has a reason: the engine damaged the
    markup twice, or the text is too long for one request. An EngineError with ``retry`` is tried again after 1, 2,
    4 and 8 seconds (``sleep``) and then raised, as is any other EngineError; answers yielded before stay valid.
    """
    request = _with_context_that_fits(engine, request)
    places: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        places.setdefault(text, []).append(at)
    waiting: deque[tuple[_Task, str]] = deque()
    for task in _tasks(engine, places, request):
        yield from _answered(task, places)
        waiting.extend((task, text) for text in task.asked)
    while waiting:
        batch = _batch(waiting, engine, request)
        if not batch:
            task, _ = waiting.popleft()
            task.asked = ()
            task.answer = Answer(None, f"the text is too long for one request to the engine '{engine.name}'")
            waiting = deque(item for item in waiting if item[0] is not task)
            yield from _answered(task, places)
            continue
        sent = tuple(dict.fromkeys(text for _, text in batch))
        received = dict(zip(sent, _call(engine, sent, request, sleep), strict=True))
        again: list[tuple[_Task, str]] = []
        for task, text in batch:
            if task.take(text, received[text]):
                yield from _answered(task, places)
                again.extend((task, text) for text in dict.fromkeys(task.asked))
        waiting.extendleft(reversed(again))


def plan(engine: Engine, texts: Sequence[str], request: Request) -> Plan:
    """What :func:`translate` would send first, without sending it."""
    request = _with_context_that_fits(engine, request)
    tasks = list(_tasks(engine, dict.fromkeys(texts), request))
    waiting = deque((task, text) for task in tasks for text in task.asked)
    requests = characters = 0
    while waiting:
        batch = _batch(waiting, engine, request)
        if not batch:
            waiting.popleft()
            continue
        requests += 1
        characters += sum(len(re.sub(r"<[^<>]*>", "", text)) for text in {text for _, text in batch})
    return Plan(sum(1 for task in tasks if task.asked), requests, characters)


def _tasks(engine: Engine, texts: dict[str, list[int]] | dict[str, None], request: Request) -> Iterator[_Task]:
    manner = Manner.of(engine, request)
    for text in texts:
        task = _Task(text, asking(text, manner))
        task.start()
        yield task


def _answered(task: _Task, places: dict[str, list[int]]) -> Iterator[tuple[int, Answer]]:
    if task.answer is not None:
        for at in places[task.text]:
            yield at, task.answer


def _batch(waiting: deque[tuple[_Task, str]], engine: Engine, request: Request) -> list[tuple[_Task, str]]:
    """Take what fits into the next request from the front of ``waiting``; nothing when its first text is too long."""
    most = engine.limits.texts or _TEXTS
    room = engine.limits.request_bytes - _OVERHEAD - _size(request.context)
    batch: list[tuple[_Task, str]] = []
    sent: set[str] = set()
    while waiting:
        text = waiting[0][1]
        if text not in sent:
            room -= _size(text)
            if len(sent) == most or (engine.limits.request_bytes and room < 0):
                break
            sent.add(text)
        batch.append(waiting.popleft())
    return batch


def _size(text: str) -> int:
    """The bytes of a text in a JSON body that is pure ASCII, as HTTP clients write it (é takes six)."""
    return len(json.dumps(text)) + len(", ")


def _with_context_that_fits(engine: Engine, request: Request) -> Request:
    """Context is worth less than texts: it gets a quarter of a request at most, cut at a word."""
    most = engine.limits.request_bytes // 4
    if not most or _size(request.context) <= most:
        return request
    context = request.context
    while context and _size(context) > most:
        context = context[: len(context) * 3 // 4]
    return replace(request, context=context.rpartition(" ")[0])


def _call(engine: Engine, texts: tuple[str, ...], request: Request, sleep: Sleep) -> list[str]:
    for pause in (*_PAUSES, None):
        try:
            answers = engine.translate(texts, request)
        except EngineError as error:
            if not error.retry or pause is None:
                raise
            sleep(pause)
            continue
        if len(answers) != len(texts):
            raise EngineError(
                f"the engine '{engine.name}' gave {len(answers)} answers to {len(texts)} texts, so none can be used"
            )
        return answers
    raise AssertionError  # the last try returns or raises
