"""LibreTranslate: any server of the free program, one's own or somebody's.

1. Texts go in text mode. In the server's HTML mode each stretch between tags is translated on its own, and sentences
   fall apart.
2. The server checks its character limit text by text; requests keep below it as a whole, which is always right.
   Its limit of texts per request is told by no page; an answer that names it makes requests smaller.

Source: the program's ``app.py`` (1.9.6).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from polyhelp.engines.base import FREE, Ability, Ask, Limits, Markup, Options, Reply, Request, Traits
from polyhelp.engines.codes import nearest
from polyhelp.engines.http import Meaning, Service, whole
from polyhelp.engines.price import price_of
from polyhelp.errors import EngineError
from polyhelp.model import Locale

URL_VARIABLE = "LIBRETRANSLATE_URL"
KEY_VARIABLE = "LIBRETRANSLATE_API_KEY"
_TEXTS = 50
_REQUESTS = 2
# Until the server was asked: languages that Argos Translate has models for. What a server really has, it says itself.
_USUAL = (
    "ar az bg bn ca cs da de el en eo es et eu fa fi fr ga gl he hi hu id it ja ko ky lt lv ms nb nl pl pt pt-BR ro ru "
    "sk sl sq sr sv th tl tr uk ur vi zh-Hans zh-Hant"
)
_TOO_MUCH = re.compile(r"exceeds text limit", re.IGNORECASE)
_MEANINGS = {
    400: Meaning("LibreTranslate cannot translate this"),
    403: Meaning("LibreTranslate refuses the key, or does not allow this", f"check {KEY_VARIABLE}"),
    413: Meaning("LibreTranslate finds the request too large"),
    429: Meaning("LibreTranslate gets too many requests"),
    500: Meaning("LibreTranslate failed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LibreTranslateOptions(Options):
    """What the configuration may say about LibreTranslate."""

    url: str = field(
        default="",
        metadata={"description": f"The server's address, such as `http://localhost:5000`; else `{URL_VARIABLE}`."},
    )


class LibreTranslateEngine:
    """Translates with a LibreTranslate server. ``LIBRETRANSLATE_API_KEY`` holds its key, where it wants one."""

    name = "libretranslate"
    options_class = LibreTranslateOptions
    key_variable = KEY_VARIABLE

    def __init__(self, options: LibreTranslateOptions) -> None:
        self.traits = Traits(
            limits=Limits(texts=_TEXTS),
            remote=True,
            price=price_of(options.price) if options.price else FREE,
            requests=options.requests or _REQUESTS,
        )
        self._key = os.environ.get(KEY_VARIABLE, "")
        self._service = Service(
            "LibreTranslate",
            options.url or os.environ.get(URL_VARIABLE, ""),
            secrets=(self._key,),
            meanings=_MEANINGS,
            meant=_meant,
        )
        self._targets: Mapping[str, Sequence[str]] = {}

    @property
    def fingerprint(self) -> str:
        """The server, which has models of its own."""
        return self._service.host

    def obstacle(self, source: Locale, target: Locale) -> str:  # noqa: ARG002 (the same for every pair)
        """No server is named."""
        address = urlsplit(self._service.address)
        if address.scheme in {"http", "https"} and address.hostname:
            return ""
        named = f"'{self._service.address}' is no address of a LibreTranslate server"
        problem = named if self._service.address else "no LibreTranslate server is named"
        return f"{problem}: set {URL_VARIABLE} or the option url, for example to http://localhost:5000"

    def learn(self) -> None:
        """Ask which languages there are, and how much a request may hold. Raises EngineError."""
        answer = self._service.get("/languages")
        languages = [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []
        self._targets = {code: _codes(one.get("targets")) for one in languages if (code := whole(one.get("code")))}
        if not self._targets:
            raise EngineError(
                f"LibreTranslate ({self._service.host}) names no languages", hint="is it a LibreTranslate server?"
            )
        settings = self._settings()
        if settings.get("keyRequired") is True and not self._key:
            raise EngineError(
                f"LibreTranslate ({self._service.host}) wants a key", hint=f"set {KEY_VARIABLE} to one of the server's"
            )
        limit = settings.get("charLimit")
        if isinstance(limit, int) and limit > 0:
            self.traits = replace(self.traits, limits=replace(self.traits.limits, characters=limit))

    def ability(self, source: Locale, target: Locale) -> Ability:
        """WORDS; the code is the server's. Raises EngineError."""
        return Ability(self._pair(source, target)[1], Markup.WORDS)

    def translate(self, asks: Sequence[Ask], request: Request) -> list[Reply | None]:
        """One reply per text; None where the server answered no text. Raises EngineError."""
        source, target = self._pair(request.source, request.target)
        body = {"q": [ask.text for ask in asks], "source": source, "target": target, "format": "text"}
        answer = self._service.post("/translate", {**body, "api_key": self._key} if self._key else body)
        texts = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(texts, list) or len(texts) != len(asks):
            raise EngineError.passing(
                f"the answer of LibreTranslate ({self._service.host}) does not fit the request", unsure=True
            )
        return [None if (text := whole(one)) is None else Reply(text) for one in texts]

    def close(self) -> None:
        """Close the connections."""
        self._service.close()

    def _settings(self) -> Mapping[str, Any]:
        """What the server says to its own web page; nothing where it has none."""
        try:
            answer = self._service.get("/frontend/settings")
        except EngineError as error:
            if error.retry:
                raise
            return {}
        return answer if isinstance(answer, dict) else {}

    def _pair(self, source: Locale, target: Locale) -> tuple[str, str]:
        """The server's codes for a pair."""
        usual = _USUAL.split()
        targets = self._targets or dict.fromkeys(usual, usual)
        first = nearest(source, targets)
        second = nearest(target, targets[first]) if first else ""
        if not second:
            raise EngineError(
                f"LibreTranslate ({self._service.host}) does not translate from {source} to {target}",
                hint="choose another engine for this locale, or add the model on the server",
            )
        return first, second


def _codes(answer: object) -> list[str]:
    return [code for code in map(whole, answer) if code] if isinstance(answer, list) else []


def _meant(status: int, message: str) -> int:
    """413 for a 400 that names a limit."""
    return 413 if status == 400 and _TOO_MUCH.search(message) else status
