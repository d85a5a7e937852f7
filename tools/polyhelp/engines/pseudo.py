"""Pseudo-translation: readable nonsense that shows layout and text that nobody can translate.

Every ASCII letter that a translator may change becomes a letter outside ASCII that looks like it, one to one. What
is still in plain letters on the finished page was never handed out for translation. No brackets and no padding are
added: both have a meaning in Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from polyhelp.engines.base import FREE, Ability, Ask, Markup, Options, Reply, Request, Traits
from polyhelp.model import Locale
from polyhelp.text.inline import Code, serialize, tokenize

LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àḃçđéḟĝĥîĵķĺṁñôṗɋŕšťûṽŵẋýžÀḂÇĐÉḞĜĤÎĴĶĹṀÑÔṖɊŔŠŤÛṼŴẊÝŽ",
)
"""ASCII letter -> its look-alike, all precomposed, so that normalisation leaves them alone."""


_SIGN = re.compile(r"(\b\d*(?:1[1-3]|[04-9])th\b|\b\d*(?:1st|2nd|3rd)\b|\((?:tm|c|r)\)|\bc/o\b|\b[0-9a-f]{40}\b)")


def pseudo(text: str) -> str:
    """Pseudo-translate a segment's Markdown: codes stay, the prose inside them (titles, image texts) does not.

    Applying it twice changes nothing more.
    """
    return serialize(_letters(token) if isinstance(token, str) else _inside(token) for token in tokenize(text))


def _letters(text: str) -> str:
    """``text`` in look-alikes, but for what pymdown-extensions read as a sign: "4th", "(c)", "c/o", a commit."""
    return "".join(piece if n % 2 else piece.translate(LETTERS) for n, piece in enumerate(_SIGN.split(text)))


def _inside(code: Code) -> str:
    return "".join(part.translate(LETTERS) if at % 2 else part for at, part in enumerate(code.parts))


class PseudoEngine:
    """The engine that needs no key, no model and no network: for tests, layout and trying things out."""

    name = "pseudo"
    options_class = Options
    key_variable = ""
    fingerprint = ""

    def __init__(self, options: Options) -> None:
        self.traits = Traits(price=FREE, requests=options.requests or 1)

    def obstacle(self, source: Locale, target: Locale) -> str:  # noqa: ARG002 (it always works)
        """Nothing."""
        return ""

    def learn(self) -> None:
        """There is nothing to ask."""

    def ability(self, source: Locale, target: Locale) -> Ability:  # noqa: ARG002
        """PLAIN, and the same for every locale: it gets the text between codes."""
        return Ability("pseudo", Markup.PLAIN)

    def translate(self, asks: Sequence[Ask], request: Request) -> list[Reply | None]:  # noqa: ARG002
        """The same texts in look-alike letters."""
        return [Reply(ask.text.translate(LETTERS)) for ask in asks]

    def close(self) -> None:
        """There is nothing to let go of."""
