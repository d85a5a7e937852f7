"""What an engine is: a name, what it can do, and one call.

An engine gets encoded texts (see :mod:`polyhelp.engines.wire`) and gives one answer per text, in order. It knows
nothing of Markdown, catalogs or review. The gateway splits into requests by the engine's declared limits, decodes,
verifies and retries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from polyhelp.model import Locale


class Markup(StrEnum):
    """How inline codes travel to an engine and survive it.

    XML: as numbered tags. WORDS: as code words such as ``XQ1X``, for engines that know no tags. PLAIN: not at all;
    the engine gets the text between the codes.
    """

    XML = "xml"
    WORDS = "words"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request to the engine may hold: texts, bytes of its JSON body (0 for no limit)."""

    texts: int = 0
    request_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """What holds for every text of one call.

    ``context`` is text around the segments in the source language, which is not translated. ``terms`` are pairs of
    source term and preferred target that occur in the texts; where both are equal, the term is not translated.
    """

    source: Locale
    target: Locale
    context: str = ""
    terms: tuple[tuple[str, str], ...] = ()


class Engine(Protocol):
    """A machine-translation engine. Its class is registered under ``polyhelp.engines`` and takes no arguments."""

    name: str
    limits: Limits

    def markup_for(self, target: Locale) -> Markup:
        """How inline codes must travel when the engine translates into ``target``."""
        ...

    def obstacle(self, source: Locale, target: Locale) -> str:
        """Why the engine cannot translate this pair here and now, in a sentence with the way out; ``""`` if it can.

        Never touches the network.
        """
        ...

    def translate(self, texts: Sequence[str], request: Request) -> list[str]:
        """One answer per text, in order. Raises EngineError, which knows whether trying again can help."""
        ...
