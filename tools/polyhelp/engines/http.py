"""JSON over HTTP to a translation service, with every way it can fail told apart.

1. Whether a request may have been billed: not when the connection never stood or the service said no; perhaps when it
   hung up, was silent too long, its answer came in pieces, or a server between did not get one (502, 504).
2. ``Retry-After`` is heeded, in seconds or as a date (RFC 9110, section 10.2.3). Who asks for more than ten minutes
   is not waited for.
3. Redirects are not followed, and nothing is taken from ``.netrc``: the key goes to the one host it was given for.
4. No message ever holds a key, nor a password that stands in the address.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from requests.exceptions import ChunkedEncodingError, InvalidURL, ProxyError, SSLError
from urllib3.exceptions import NewConnectionError, ReadTimeoutError

import polyhelp
from polyhelp.errors import EngineError

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 120.0
_LONGEST_WAIT = 600.0  # seconds
_LONGEST_MESSAGE = 300
_TELLING = 8  # characters from which on the first four of a key tell whose it is
_CHECK = "check the network connection and the address"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a status means at one service: a message, and the way out."""

    message: str
    hint: str = ""


class RefusedError(EngineError):
    """The service said no. ``status`` is what it meant, by the ``meant`` of its :class:`Service`."""

    status: int = 0


def _as_sent(status: int, said: str) -> int:  # noqa: ARG001 (the one way to call them all)
    return status


@dataclass(frozen=True, eq=False)
class Service:
    """One service at one address, which several threads may ask at once. ``name`` is how messages call it.

    ``headers`` go with every request; ``secrets`` are what no message may show; ``meanings`` are by status.
    ``meant`` gives, for a status and the body that came with it, the status that fits: some services say "too many
    requests" with 403 and "pay your bill" with 429. ``answer_seconds`` is how long it may be silent.
    """

    name: str
    address: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets: Sequence[str] = field(default=(), repr=False)
    meanings: Mapping[int, Meaning] = field(default_factory=dict, repr=False)
    meant: Callable[[int, str], int] = field(default=_as_sent, repr=False)
    answer_seconds: float = ANSWER_SECONDS
    _sessions: dict[int, requests.Session] = field(default_factory=dict, init=False, repr=False)

    @property
    def host(self) -> str:
        """The host it is at; ``""`` when the address has none."""
        try:
            return urlsplit(self.address).hostname or ""
        except ValueError:
            return ""

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Any:
        """The JSON at ``path``. Raises EngineError."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, body: Any, headers: Mapping[str, str] | None = None) -> Any:
        """The JSON that ``path`` answers to ``body``. Raises EngineError."""
        return self._ask("POST", path, json.dumps(body).encode(), headers)

    def close(self) -> None:
        """Close the connections of all threads; the next request opens a new one."""
        while self._sessions:
            self._sessions.popitem()[1].close()

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str] | None) -> Any:
        sent = {"Content-Type": "application/json"} if body is not None else {}
        auth = _Headers({**sent, **self.headers, **(headers or {})})
        if not auth.sound:
            raise EngineError(f"the key for {self.name} has characters that no key has", hint="copy it again")
        try:
            response = self._session.request(
                method,
                self.address.rstrip("/") + path,
                data=body,
                auth=auth,
                timeout=(min(CONNECT_SECONDS, self.answer_seconds), self.answer_seconds),
                allow_redirects=False,
            )
        except (requests.RequestException, UnicodeError) as error:
            failure = self._unanswered(error)
        else:
            if response.status_code < 300:
                return self._read(response)
            failure = self._refused(response)
        raise failure  # not where it was caught: what the library raised knows the headers

    @property
    def _session(self) -> requests.Session:
        """A session of this thread's own: they are not meant to be shared."""
        thread = threading.get_ident()
        session = self._sessions.get(thread)
        if session is None:
            session = self._sessions[thread] = requests.Session()
            session.headers["User-Agent"] = f"polyhelp/{polyhelp.version()}"
        return session

    @property
    def _named(self) -> str:
        return f"{self.name} ({self.host})"

    def _read(self, response: requests.Response) -> Any:
        try:
            return json.loads(response.content)
        except (ValueError, RecursionError):
            web_page = response.content.lstrip().startswith(b"<")
        if web_page:
            raise EngineError(f"{self._named} answers with a web page", hint="check the address")
        raise EngineError.passing(f"the answer of {self._named} is cut short or is no JSON", unsure=True)

    def _unanswered(self, error: Exception) -> EngineError:  # noqa: PLR0911 (one for each way to fail)
        causes = tuple(_causes(error))
        if isinstance(error, requests.ConnectTimeout):
            return EngineError.passing(f"{self._named} cannot be reached: it does not answer", _CHECK)
        if isinstance(error, requests.Timeout) or any(isinstance(cause, ReadTimeoutError) for cause in causes):
            seconds = f"{self.answer_seconds:g} seconds"
            return EngineError.passing(f"{self._named} gave no answer within {seconds}", unsure=True)
        if isinstance(error, ProxyError):
            return EngineError.passing(f"the proxy does not let through to {self._named}", "check HTTPS_PROXY")
        if isinstance(error, SSLError):
            if "certificate" in str(error).lower():
                return EngineError(f"{self._named} has no valid certificate", hint=_CHECK)
            return EngineError.passing(f"the secure connection to {self._named} failed", _CHECK, unsure=True)
        if any(isinstance(cause, NewConnectionError) for cause in causes):
            return EngineError.passing(f"{self._named} cannot be reached", _CHECK)
        if isinstance(error, requests.ConnectionError | ChunkedEncodingError):
            return EngineError.passing(f"{self._named} hung up before it had answered", _CHECK, unsure=True)
        if isinstance(error, InvalidURL | ValueError):
            return EngineError(f"the address of {self.name} is none", hint="it is written https://HOST/PATH")
        return EngineError.passing(f"the answer of {self._named} cannot be read", unsure=True)

    def _refused(self, response: requests.Response) -> EngineError:
        status = self.meant(response.status_code, response.content.decode(errors="replace"))
        meaning = self.meanings.get(status, Meaning(f"{self._named} refuses with HTTP {response.status_code}"))
        said = self._clean(_message(response))
        text = f"{meaning.message}: {said}" if said else meaning.message
        error = RefusedError(text, hint=meaning.hint)
        if status < 400:
            error = RefusedError(f"{self._named} sends on to another address", hint="give that address")
        elif status == 413:
            error.smaller = True
        elif status in {408, 429} or status >= 500:
            _put_off(error, _seconds(response))
            error.unsure = status in {502, 504}
        error.status = status
        return error

    def _clean(self, text: str) -> str:
        """What a service said, on one line, without keys: services like to quote the beginning of a wrong one."""
        for secret in self.secrets:
            if len(secret) >= _TELLING:
                text = re.sub(rf"{re.escape(secret)}|{re.escape(secret[:4])}[^\s,;'\"]*", "…", text)
            elif secret:
                text = text.replace(secret, "…")
        return " ".join(text.split())[:_LONGEST_MESSAGE]


def whole(text: object) -> str | None:
    """``text``, or None where an answer's JSON has no text, or one with half a character that no file can hold."""
    if not isinstance(text, str) or any("\ud800" <= character <= "\udfff" for character in text):
        return None
    return text


class _Headers(AuthBase):
    """Headers set last, in the place of what ``requests`` would find in ``.netrc``."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers

    @property
    def sound(self) -> bool:
        """Whether they can be sent: the error of a library that cannot send one shows it."""
        return all(value.isascii() and value.isprintable() for value in self._headers.values())

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers.update(self._headers)
        return request


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The errors that an error of ``requests`` is wrapped around."""
    inner = getattr(error, "reason", None) or next(iter(error.args), None)
    if isinstance(inner, BaseException):
        yield inner
        yield from _causes(inner)


def _put_off(error: EngineError, seconds: float) -> None:
    if seconds > _LONGEST_WAIT:
        error.hint = f"it asks to come back in {math.ceil(seconds / 60)} minutes"
    else:
        error.retry, error.after = True, seconds
        error.hint = error.hint or "try again later"


def _message(response: requests.Response) -> str:
    """What a service says about its refusal: ``message``, ``error`` or ``error.message``, as the usual ones do."""
    try:
        data = json.loads(response.content)
    except (ValueError, RecursionError):
        return ""
    said = data.get("message", data.get("error", "")) if isinstance(data, dict) else ""
    if isinstance(said, dict):
        said = said.get("message", "")
    return said if isinstance(said, str) else ""


def _seconds(response: requests.Response) -> float:
    given = response.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}(?:\.\d+)?", given, re.ASCII):
        return float(given)
    try:
        until = parsedate_to_datetime(given)
    except (ValueError, OverflowError):
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return max((until - dt.datetime.now(dt.UTC)).total_seconds(), 0.0)
