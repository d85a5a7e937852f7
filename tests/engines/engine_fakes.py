"""Engines for tests: they do what a function says, and remember what they were asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from polyhelp.engines.base import Ability, Ask, Markup, Options, Reply, Request, Traits
from polyhelp.engines.gateway import Answer, Gateway, Job, Step, Wanted
from polyhelp.engines.privacy import Privacy
from polyhelp.engines.sending import Purse, Sender
from polyhelp.model import Locale

EN, DE, TH, PT_BR = Locale("en"), Locale("de"), Locale("th"), Locale("pt-BR")
TO_GERMAN = Request(EN, DE)
NO_PAUSES = (0.0, 0.0, 0.0, 0.0)
PLAIN_TRAITS, PRIVACY = Traits(), Privacy()
Say = Callable[[str], str | None]


class FakeEngine:
    name = "fake"
    options_class = Options
    fingerprint = ""

    def __init__(
        self, say: Say = lambda text: text, markup: Markup = Markup.XML, traits: Traits = PLAIN_TRAITS
    ) -> None:
        self.say = say
        self.markup = markup
        self.traits = traits
        self.requests: list[tuple[str, ...]] = []
        self.asks: list[Ask] = []
        self.seen: list[Request] = []
        self.codes: dict[str, str] = {}
        self.lock = threading.Lock()

    def obstacle(self, source: Locale, target: Locale) -> str:  # noqa: ARG002
        return ""

    def learn(self) -> None: ...

    def ability(self, source: Locale, target: Locale) -> Ability:  # noqa: ARG002
        return Ability(self.codes.get(target.tag, target.tag), self.markup)

    def translate(self, asks: Sequence[Ask], request: Request) -> list[Reply | None]:
        with self.lock:
            self.requests.append(tuple(ask.text for ask in asks))
            self.asks.extend(asks)
            self.seen.append(request)
        said = [self.say(ask.text) for ask in asks]
        return [None if text is None else Reply(text) for text in said]

    def close(self) -> None: ...


def gateway(engine, purse: Purse | None = None, privacy: Privacy = PRIVACY, pauses: Sequence[float] = NO_PAUSES):
    return Gateway(engine, Sender(engine, purse, threading.Event(), pauses), privacy)


def steps(engine, jobs: Sequence[Job], **how) -> list[Step]:
    return list(gateway(engine, **how).run(jobs))


def job(*texts: str | Wanted, request: Request = TO_GERMAN) -> Job:
    return Job(request, tuple(Wanted(text) if isinstance(text, str) else text for text in texts))


def answers(engine, texts: Sequence[str | Wanted], request: Request = TO_GERMAN, **how) -> list[Answer]:
    """The answers to ``texts``, in order. What ends the job early is raised."""
    found: dict[int, Answer] = {}
    for step in steps(engine, [job(*texts, request=request)], **how):
        if step.error:
            raise step.error
        found.update(step.answers)
    return [found[at] for at in range(len(texts))]


def phrasebook(words: dict[str, str]) -> Say:
    """An engine that knows these texts by heart and gives anything else back in capitals."""
    return lambda text: words.get(text, text.upper())
