"""What an engine is: a name, what it can do, and one call.

An engine gets encoded texts (:mod:`polyhelp.engines.wire`) and gives one reply per text, in order. It knows nothing
of Markdown, catalogs, money or review. The gateway puts texts into requests by the engine's declared limits, counts
and keeps what was paid, waits and tries again, decodes and verifies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from polyhelp.model import Locale, Style

Pairs = tuple[tuple[str, str], ...]
"""Source terms with their targets; where both are equal, the term is not translated."""


class Markup(StrEnum):
    """How inline codes travel to an engine and survive it.

    XML: as numbered tags. HTML: as ``span`` elements. WORDS: as code words such as ``XQ1X``, for engines that know no
    tags. BLANKS: as Apertium's word-bound blanks. PLAIN: not at all; the engine gets the text between the codes.
    """

    XML = "xml"
    HTML = "html"
    WORDS = "words"
    BLANKS = "blanks"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may hold; 0 for no limit.

    ``texts``; ``request_bytes`` of its JSON body; ``characters``, the code points of all its texts together.
    """

    texts: int = 0
    request_bytes: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Price:
    """What a million characters of source text cost, in a currency (ISO 4217)."""

    amount: Decimal
    currency: str

    def of(self, characters: int) -> Decimal:
        """The price of so many characters, exactly."""
        return self.amount * characters / 1_000_000


FREE = Price(Decimal(0), "EUR")


@dataclass(frozen=True, slots=True)
class Traits:
    """What holds for an engine whatever the locales.

    - ``remote``: texts leave the machine. They are masked before, counted, and their replies kept.
    - ``draft``: its output helps a translator, and is never shown to customers.
    - ``hears``: it can be told in words why its last answer could not be used.
    - ``price``: None where nobody knows it; an amount of 0 where there is none.
    - ``requests``: how many it takes at one time.
    - ``by_section``: it applies a request's context to every text alike, so that each section travels alone.
    """

    limits: Limits = field(default_factory=Limits)
    remote: bool = False
    draft: bool = False
    hears: bool = False
    price: Price | None = None
    requests: int = 1
    by_section: bool = False


@dataclass(frozen=True, slots=True)
class Ability:
    """What an engine can do for one pair of locales.

    ``code`` is its own name for the target, and ``rules`` what else its options say for this target: two locales with
    the same of both get the same translation. ``formality`` and ``glossary`` say that it heeds them for this target.
    """

    code: str
    markup: Markup
    formality: bool = False
    glossary: bool = False
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What is around the texts of a request, in the source language, and is not translated.

    The page's title, the headings that lead to the place, and the text of the section; the last two only when they
    hold for every text of the request.
    """

    title: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What holds for every text of one call.

    ``glossary`` is the target's whole term base, not only what occurs. ``owner`` tells the help center from others
    with the same account: its address or its name.
    """

    source: Locale
    target: Locale
    context: Context = field(default_factory=Context)
    style: Style = field(default_factory=Style)
    glossary: Pairs = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One encoded text.

    ``terms`` are those that occur in it, ``headings`` lead to its place. ``reason`` says what was wrong with the last
    answer; ``turn`` counts how often it was asked before, so that a kept answer does not serve again.
    """

    text: str
    terms: Pairs = ()
    headings: tuple[str, ...] = ()
    reason: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What an engine made of one text, and the characters it billed for it (None: it does not say)."""

    text: str
    billed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the configuration may say about every engine; an engine's own options inherit these.

    Each field's ``description`` metadata stands in the configuration reference.
    """

    requests: int = field(
        default=0, metadata={"description": "How many requests at one time; 0 for the engine's own default."}
    )
    price: str = field(
        default="",
        metadata={"description": "What a million characters cost you, such as `25 USD`; else the list price counts."},
    )


class Engine(Protocol):
    """A machine-translation engine.

    Its class is registered under the entry points ``polyhelp.engines``, has an ``Options`` dataclass of its own
    (a subclass of :class:`Options`) as the attribute ``options_class``, and is made with one such object. Making it
    touches neither network nor disk. ``translate`` is called from several threads at once, at most
    ``traits.requests`` of them.
    """

    name: str
    options_class: type[Options]
    traits: Traits
    key_variable: str
    """The environment variable that its key is taken from; ``""`` when it needs none."""

    @property
    def fingerprint(self) -> str:
        """What else decides its output, such as the model's name: the same text may be answered differently."""
        ...

    def obstacle(self, source: Locale, target: Locale) -> str:
        """Why the engine cannot translate this pair here and now, in a sentence with the way out; ``""`` if it can.

        Never touches the network.
        """
        ...

    def learn(self) -> None:
        """Ask the service, once before the first request, what it can do. Raises EngineError."""
        ...

    def ability(self, source: Locale, target: Locale) -> Ability:
        """What it can do for a pair: what the service said, before that what its documentation says. No network.

        Raises EngineError when the service has said that it cannot translate the pair.
        """
        ...

    def translate(self, asks: Sequence[Ask], request: Request) -> list[Reply | None]:
        """One reply per text, in order; None for a text that was left out and is to be asked for again.

        Raises EngineError, which knows whether trying again can help, when to do so, and whether the request may
        have been billed although no answer came.
        """
        ...

    def close(self) -> None:
        """Let go of connections and processes. The engine can be used again after it."""
        ...
