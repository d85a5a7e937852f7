"""A reviewer's desk: pages of what waits, on this machine only, and a place that takes decisions.

Any page that the reviewer has open elsewhere can send requests to 127.0.0.1, so none of them is believed:

1. The address of a page holds a secret that is new with every start; a decision says it in a header, which no other
   site's page can set without asking first, and nobody answers such a question here.
2. ``Host`` must be this address (a name that was made to point here is another), ``Origin`` that of the page itself.
3. Nothing is read from the disk by an address: there are the pages of known locales, and nothing else.
4. A body is bounded, says its length before it comes, and is JSON. Who is slow is left.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from polyhelp.errors import InputError, OutsideError, PolyhelpError, UsageError
from polyhelp.review import decision
from polyhelp.review.decision import Decisions

HOST = "127.0.0.1"
TOKEN_HEADER = "X-Polyhelp-Token"  # noqa: S105 (the header's name)
LARGEST = 4 * decision.LARGEST
"""Bytes of a body: what a file of decisions may have in characters of four bytes."""
PATIENCE = 20.0
"""Seconds in which a request must have come, and between two of its pieces."""

_HEADERS = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),  # the address is a secret
    ("X-Frame-Options", "DENY"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),  # the page has the rest of its own
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


class Work(Protocol):
    """What the desk is for. It is called by one thread at a time."""

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of the pages: tags of locales."""

    def page(self, name: str, token: str) -> str:
        """The page ``name`` in HTML, as of now; it says ``token`` with its decisions. Raises PolyhelpError."""

    def take(self, decisions: Decisions) -> Mapping[str, Any]:
        """Write ``decisions``; what became of them, as JSON. Raises PolyhelpError."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: HTTPStatus
    body: str
    type: str = "application/json"


class _NoError(Exception):
    """A request that is not answered with what it wants."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class Desk(ThreadingHTTPServer):
    """The server. ``port`` 0 takes any that is free. Raises OutsideError when the port is taken."""

    daemon_threads = False  # what is being written is written to its end
    allow_reuse_address = True

    def __init__(self, work: Work, port: int = 0) -> None:
        self.work = work
        self.token = secrets.token_urlsafe(32)
        self.guard = threading.Lock()
        self._open: set[Any] = set()  # connections
        try:
            super().__init__((HOST, port), Handler)
        except OSError as error:
            hint = "another program uses it; choose one with --port, or leave the choice to us with --port 0"
            raise OutsideError(f"cannot listen on port {port}: {error.strerror}", hint=hint) from None

    @property
    def hosts(self) -> frozenset[str]:
        """What ``Host`` may say."""
        return frozenset(f"{name}:{self.server_port}" for name in (HOST, "localhost"))

    def address(self, name: str) -> str:
        """Where the page ``name`` is."""
        return f"http://{HOST}:{self.server_port}/{self.token}/{name}"

    def run(self) -> None:
        """Answer until Ctrl-C, or until somebody ends the process; what is being written then is written to its end."""
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            self.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            pass
        finally:
            self.server_close()
            signal.signal(signal.SIGTERM, before)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a connection, in a thread of its own."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """End a connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Wait for the answers under way; who has not asked yet (browsers connect in advance) is not waited for."""
        for one in tuple(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RD)
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up is no news; everything else has had its answer."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Desk
    server_version = "polyhelp"
    sys_version = ""
    timeout = PATIENCE

    def do_GET(self) -> None:
        """Give a page."""
        self._answer(self._guarded(self._page))

    def do_POST(self) -> None:
        """Take decisions."""
        self._answer(self._guarded(self._take))

    def _guarded(self, work: Callable[[], _Answer]) -> _Answer:
        """What ``work`` gives, after it was looked at who asks; every mistake is an answer."""
        try:
            self._check_asker()
            return work()
        except _NoError as no:
            return _refusal(no.status, str(no))
        except (InputError, UsageError) as error:
            return _refusal(HTTPStatus.BAD_REQUEST, str(error))
        except (PolyhelpError, OSError) as error:
            return _refusal(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))

    def _check_asker(self) -> None:
        if self.headers.get_all("Host", []) not in [[host] for host in self.server.hosts]:
            raise _NoError(HTTPStatus.FORBIDDEN, "this is no address of the desk")
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise _NoError(HTTPStatus.FORBIDDEN, "another site asks")

    def _page(self) -> _Answer:
        token, _, name = self.path.removeprefix("/").partition("/")
        if not self._knows(token) or name not in self.server.work.pages:
            raise _NoError(HTTPStatus.NOT_FOUND, "there is no such page; take the address that polyhelp has printed")
        with self.server.guard:
            return _Answer(HTTPStatus.OK, self.server.work.page(name, self.server.token), "text/html")

    def _take(self) -> _Answer:
        if self.path not in ("/decisions", f"/{self.server.token}/decisions"):
            raise _NoError(HTTPStatus.NOT_FOUND, "decisions go to /decisions")
        if self.headers.get("Origin") not in {f"http://{host}" for host in self.server.hosts}:
            raise _NoError(HTTPStatus.FORBIDDEN, "this page is not the desk's")
        if not self._knows(self.headers.get(TOKEN_HEADER, "")):
            raise _NoError(HTTPStatus.FORBIDDEN, "the desk was started anew since this page was opened: open it again")
        if self.headers.get_content_type() != "application/json":
            raise _NoError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "decisions are JSON")
        decisions = decision.load(self._body(), "the page's decisions")
        with self.server.guard:
            return _Answer(HTTPStatus.OK, json.dumps(self.server.work.take(decisions), ensure_ascii=False))

    def _body(self) -> str:
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdecimal()):
            raise _NoError(HTTPStatus.LENGTH_REQUIRED, "how long is it?")
        if len(length) > 9 or int(length) > LARGEST:
            raise _NoError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {LARGEST:,} bytes")
        try:
            data = self.rfile.read(int(length))
        except TimeoutError:
            data = b""
        if len(data) != int(length):
            raise _NoError(HTTPStatus.BAD_REQUEST, "a part of it is missing; nothing was written")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise _NoError(HTTPStatus.BAD_REQUEST, "this is not UTF-8") from None

    def _knows(self, token: str) -> bool:
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode())

    def _answer(self, answer: _Answer) -> None:
        body = answer.body.encode("utf-8", "replace")
        self.send_response(answer.status)
        for name, value in (*_HEADERS, ("Content-Type", f"{answer.type}; charset=utf-8")):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's name)
        """Nobody below the command line prints, and the address is a secret."""


def _refusal(status: HTTPStatus, why: str) -> _Answer:
    return _Answer(status, json.dumps({"ok": False, "message": why}, ensure_ascii=False))
