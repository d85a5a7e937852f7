"""DeepL, through its official Python library.

1. Always sent: the source language (detection fails on short texts), tag handling version 2 (the default depends on
   the age of the account), ``preserve_formatting`` (a segment keeps its end and its first letter).
2. Languages for which DeepL documents no tag handling get code words instead of tags.
3. The library waits 10 seconds for an answer and tries again by itself; here it waits longer and tries once, because
   the gateway tries again, for all engines alike.

Source of codes, limits and tags: https://developers.deepl.com/docs
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from polyhelp.engines.base import Limits, Markup, Request
from polyhelp.errors import EngineError
from polyhelp.model import Locale

if TYPE_CHECKING:
    from deepl import DeepLClient, DeepLException

KEY_VARIABLE = "DEEPL_AUTH_KEY"
SERVER_VARIABLE = "DEEPL_SERVER_URL"
_ANSWER_SECONDS = 60.0

_WITH_TAGS = frozenset(
    {
        "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi",
        "fr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nb", "nl",
        "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk", "zh",
    }
)  # fmt: skip
_ALIASES = {"no": "nb", "iw": "he", "in": "id"}
_BRITISH = frozenset({"AU", "GB", "IE", "IN", "NZ", "ZA"})
_IN_SPAIN = frozenset({"", "ES"})
_IN_BRAZIL = frozenset({"", "BR"})  # plain pt is Brazilian by UTS 35, likely subtags


def source_code(locale: Locale) -> str:
    """DeepL's code for a source language: no variants there."""
    return _ALIASES.get(locale.language, locale.language).upper()


def target_code(locale: Locale) -> str:
    """DeepL's code for a target: ``zh-TW`` -> ``ZH-HANT``, ``pt`` -> ``PT-BR``, ``es-MX`` -> ``ES-419``."""
    match locale.language:
        case "en":
            return "EN-GB" if locale.region in _BRITISH else "EN-US"
        case "pt":
            return "PT-BR" if locale.region in _IN_BRAZIL else "PT-PT"
        case "es":
            return "ES" if locale.region in _IN_SPAIN else "ES-419"
        case "zh":
            return f"ZH-{locale.script.upper()}"
        case _:
            return source_code(locale)


class DeeplEngine:
    """DeepL with the key in ``DEEPL_AUTH_KEY``, at ``DEEPL_SERVER_URL`` or DeepL's own address."""

    name = "deepl"
    limits = Limits(texts=50, request_bytes=128 * 1024)

    def __init__(self) -> None:
        self._client: DeepLClient | None = None

    def markup_for(self, target: Locale) -> Markup:
        """XML, or WORDS for a language without tag handling (Thai, Hebrew, Vietnamese and others)."""
        return Markup.XML if _ALIASES.get(target.language, target.language) in _WITH_TAGS else Markup.WORDS

    def obstacle(self, source: Locale, target: Locale) -> str:  # noqa: ARG002 (one key for all pairs)
        """No key. Whether the key is right, only DeepL knows."""
        return "" if _key() else f"there is no key for DeepL: set {KEY_VARIABLE}"

    def translate(self, texts: Sequence[str], request: Request) -> list[str]:
        """One answer per text. Raises EngineError; ``retry`` when DeepL is busy, down or not to be reached."""
        if not _key():
            raise EngineError("there is no key for DeepL", hint=f"set {KEY_VARIABLE}")
        import deepl  # noqa: PLC0415 (slow to import, and most commands never need it)

        tags = self.markup_for(request.target) is Markup.XML
        try:
            results = self._connected().translate_text(
                list(texts),
                source_lang=source_code(request.source),
                target_lang=target_code(request.target),
                context=request.context or None,
                preserve_formatting=True,
                tag_handling="xml" if tags else None,
                tag_handling_version="v2" if tags else None,
                outline_detection=False if tags else None,
                ignore_tags=["x"] if tags else None,
            )
        except deepl.DeepLException as error:
            raise _explained(error) from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # what the library does not expect
            raise EngineError(f"{_server()} does not answer as DeepL does", hint=f"check {SERVER_VARIABLE}") from error
        return [result.text for result in (results if isinstance(results, list) else [results])]

    def _connected(self) -> DeepLClient:
        if self._client is None:
            from deepl import DeepLClient, http_client  # noqa: PLC0415

            http_client.max_network_retries = 0
            http_client.min_connection_timeout = _ANSWER_SECONDS
            self._client = DeepLClient(_key(), server_url=os.environ.get(SERVER_VARIABLE) or None)
            self._client.set_app_info("polyhelp", version("polyhelp"))
        return self._client


def _key() -> str:
    return os.environ.get(KEY_VARIABLE, "").strip()


def _server() -> str:
    return urlsplit(os.environ.get(SERVER_VARIABLE) or "https://api.deepl.com").hostname or "the server"


_BY_STATUS = {  # HTTP status -> message, way out, whether trying again can help
    403: ("DeepL refuses the key", f"check {KEY_VARIABLE}; keys of the free API end in ':fx'", False),
    413: ("DeepL finds the request too large", "", False),
    429: ("DeepL gets too many requests", "try again later", True),
    456: (
        "the DeepL account has used up its characters",
        "wait for the next billing period, raise the limit in your DeepL account, or use another engine",
        False,
    ),
}


def _explained(error: DeepLException) -> EngineError:
    """A DeepL error in words, never with the key or the library's own details of the connection."""
    from deepl import ConnectionException  # noqa: PLC0415

    status = error.http_status_code or 0
    if isinstance(error, ConnectionException):
        hint = "check the network connection"
        if os.environ.get(SERVER_VARIABLE):
            hint += f" and {SERVER_VARIABLE}"
        return EngineError(f"{_server()} cannot be reached", hint=hint, retry=error.should_retry)
    if status in _BY_STATUS:
        message, hint, retry = _BY_STATUS[status]
        return EngineError(message, hint=hint, retry=retry)
    if status >= 500:
        return EngineError(f"DeepL is down (HTTP {status})", hint="try again later", retry=True)
    return EngineError(f"DeepL cannot translate this: {str(error).replace(_key(), '…')}")
