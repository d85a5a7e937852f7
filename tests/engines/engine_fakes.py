"""Engines for tests: they do what a function says, and remember what they were asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from polyhelp.engines.base import Limits, Markup, Request
from polyhelp.model import Locale

EN, DE, TH, PT_BR = Locale("en"), Locale("de"), Locale("th"), Locale("pt-BR")
TO_GERMAN = Request(EN, DE)
NO_LIMITS = Limits()


class FakeEngine:
    name = "fake"

    def __init__(
        self,
        say: Callable[[str], str] = lambda text: text,
        markup: Markup = Markup.XML,
        limits: Limits = NO_LIMITS,
    ) -> None:
        self.say = say
        self.markup = markup
        self.limits = limits
        self.requests: list[tuple[str, ...]] = []
        self.contexts: list[str] = []

    def markup_for(self, target: Locale) -> Markup:  # noqa: ARG002
        return self.markup

    def obstacle(self, source: Locale, target: Locale) -> str:  # noqa: ARG002
        return ""

    def translate(self, texts: Sequence[str], request: Request) -> list[str]:
        self.requests.append(tuple(texts))
        self.contexts.append(request.context)
        return [self.say(text) for text in texts]


def phrasebook(words: dict[str, str]) -> Callable[[str], str]:
    """An engine that knows these texts by heart and gives anything else back in capitals."""
    return lambda text: words.get(text, text.upper())
