"""DeepL's own library, asked once per call, with its failures told apart as for every service.

The library builds requests and reads answers. What it does about failures is not what we need: it waits 10 seconds for
an answer, tries five times by itself, never looks at ``Retry-After``, and follows redirects.

https://github.com/DeepLcom/deepl-python
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from deepl import DeepLClient, DeepLException, TextResult, http_client
from deepl.api_data import MultilingualGlossaryDictionaryEntries, MultilingualGlossaryInfo
from requests import PreparedRequest, Response, TooManyRedirects
from requests.adapters import HTTPAdapter

import polyhelp
from polyhelp.engines.base import Reply
from polyhelp.engines.http import CONNECT_SECONDS, RefusedError, Service, whole
from polyhelp.errors import EngineError

T = TypeVar("T")
_BAD, _MISSING, _FULL = 400, 404, 456


class _Transport(HTTPAdapter):
    """Waits as long as we want, and keeps the last answer: the library hides headers and the cause of a failure."""

    def __init__(self, answer_seconds: float) -> None:
        super().__init__()
        self._seconds = (CONNECT_SECONDS, answer_seconds)
        self.last: Response | None = None

    def forget(self) -> None:
        """There is no last answer any more."""
        self.last = None

    def send(self, request: PreparedRequest, **options: Any) -> Response:  # type: ignore[override]  # passed on
        """Send it, with our own patience."""
        self.last = super().send(request, **{**options, "timeout": self._seconds})
        return self.last


class _Library(DeepLClient):
    """One thread's client: it shares a ``requests`` session with nobody."""

    def __init__(self, key: str, address: str, answer_seconds: float) -> None:
        http_client.max_network_retries = 0
        super().__init__(key, server_url=address, send_platform_info=False)
        self.set_app_info("polyhelp", polyhelp.version())
        self.transport = _Transport(answer_seconds)
        session = self._client._session  # noqa: SLF001 (the library has no way to hand one in)
        session.max_redirects = 0
        for scheme in ("https://", "http://"):
            session.mount(scheme, self.transport)


@dataclass(frozen=True, eq=False)
class Connection(Service):
    """DeepL at one address, which several threads may ask at once."""

    key: str = field(default="", repr=False)
    _libraries: dict[int, _Library] = field(default_factory=dict, init=False, repr=False)

    def close(self) -> None:
        """Close the connections of all threads; the next request opens a new one."""
        while self._libraries:
            self._libraries.popitem()[1].close()  # type: ignore[no-untyped-call]
        super().close()

    def languages(self, resource: str) -> Any:
        """What ``GET /v3/languages`` answers; None where a server has no such endpoint. Raises EngineError."""
        try:
            return self.get(f"/v3/languages?resource={resource}")
        except RefusedError as error:
            if error.status in {_BAD, _MISSING}:
                return None
            raise

    def translated(self, texts: Sequence[str], sent: Mapping[str, Any]) -> list[Reply | None] | None:
        """One reply per text, in order. None: there is no such glossary any more. Raises EngineError."""
        try:
            results = self._call(lambda library: library.translate_text(list(texts), **sent), billed=True)
        except RefusedError as error:
            about_glossary = error.status == _MISSING or (error.status == _BAD and "glossary" in error.message.lower())
            if "glossary" in sent and about_glossary:
                return None
            raise
        results = results if isinstance(results, list) else [results]
        if len(results) != len(texts):
            self._check_last()
            raise EngineError.passing(f"{self._named} gave {len(results)} answers to {len(texts)} texts", unsure=True)
        return [_reply(result) for result in results]

    def glossaries(self) -> list[MultilingualGlossaryInfo]:
        """Those of the account. Raises EngineError."""
        found = self._call(lambda library: library.list_multilingual_glossaries())
        if not found:
            self._check_last()
        return found

    def create_glossary(self, name: str, source: str, target: str, entries: Mapping[str, str]) -> str:
        """The id of a new one. ``source`` and ``target`` are DeepL's codes. Raises EngineError."""
        dictionary = MultilingualGlossaryDictionaryEntries(source, target, dict(entries))
        try:
            return self._call(lambda library: library.create_multilingual_glossary(name, [dictionary])).glossary_id
        except RefusedError as error:
            if error.status == _FULL:
                raise EngineError(
                    "the DeepL account holds no more glossaries",
                    hint="delete some in your DeepL account, or set 'glossaries: false' for the engine",
                ) from None
            raise

    def delete_glossary(self, glossary_id: str) -> None:
        """Delete one, or leave it where that fails: it does no harm."""
        try:
            self._call(lambda library: library.delete_multilingual_glossary(glossary_id))
        except EngineError:
            return

    @property
    def _library(self) -> _Library:
        thread = threading.get_ident()
        if thread not in self._libraries:
            address = self.address.rstrip("/") + "/"  # else the library cuts off the last part of a path
            self._libraries[thread] = _Library(self.key, address, self.answer_seconds)
        return self._libraries[thread]

    def _call(self, ask: Callable[[_Library], T], *, billed: bool = False) -> T:
        """What the library makes of one request. ``billed``: requests of this kind cost money."""
        library = self._library
        library.transport.forget()
        try:
            return ask(library)
        except DeepLException as error:
            failure = self._explained(error, library.transport.last)
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:  # it cannot read the answer
            failure = self._unanswered(error) if library.transport.last is None else self._strange()
        failure.unsure &= billed
        raise failure  # not where it was caught: what the library raised shows addresses

    def _explained(self, error: DeepLException, answer: Response | None) -> EngineError:
        cause = error.__cause__
        if isinstance(cause, Exception) and not isinstance(cause, TooManyRedirects):
            return self._unanswered(cause)
        if answer is not None:
            return self._refused(answer)
        return EngineError(f"DeepL cannot be asked this: {self._clean(str(error))}")

    def _strange(self) -> EngineError:
        failure = EngineError(f"{self._named} does not answer as DeepL does", hint="check its address")
        failure.unsure = True
        return failure

    def _check_last(self) -> None:
        """Raise EngineError if the last answer is no whole JSON, which the library takes for an empty one."""
        answer = self._library.transport.last
        if answer is not None:
            self._read(answer)


def _reply(result: TextResult) -> Reply | None:
    text = whole(result.text)
    return None if text is None else Reply(text, result.billed_characters)
