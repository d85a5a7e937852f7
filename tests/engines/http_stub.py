"""A server on 127.0.0.1 that fails as it is told to. Standard library only; HTTP/1.1 with kept connections.

Stand-ins for translation services inherit :class:`HttpStub` and give ``answer``. Tests and benchmarks use:

- ``with SomeStub() as stub``: serves at ``stub.url``, on a port of its own.
- ``stub.script``: faults for the requests to come, one each, in order; None serves one request properly.
- ``stub.faults``: a function from the number of a request (from 1) to a fault or None, for when the script is empty.
- ``stub.asked``: the requests that came, in order; ``stub.connections``: how many connections they came over.
- ``stub.billed``: how often each text was translated and so would have been paid for, whether or not the answer
  arrived. ``stub.remember = False`` keeps ``asked`` empty, for long runs.

Faults: ``status(429, "3")``, ``DROP`` (hangs up without an answer), ``LOST`` (translates, bills, hangs up), ``CUT``
(half an answer, then hangs up), ``stall(seconds)`` (answers late), ``says(body)`` (200 with another body),
``redirect(address)``.
"""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Fault:
    """``serve``: the request is answered, and so billed, before the fault happens."""

    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    serve: bool = False
    drop: bool = False
    cut: bool = False
    seconds: float = 0.0


DROP = Fault(drop=True)
LOST = Fault(serve=True, drop=True)
CUT = Fault(serve=True, cut=True)


def status(number: int, retry_after: str = "", message: str = "Out of order", **more: object) -> Fault:
    """A refusal in the form that most services use; ``more`` goes into its ``error`` object."""
    body = json.dumps({"error": {"code": number, "message": message, **more}}).encode()
    return Fault(status=number, body=body, headers={"Retry-After": retry_after} if retry_after else {})


def stall(seconds: float) -> Fault:
    return Fault(serve=True, seconds=seconds)


def says(body: str | bytes, code: int = 200) -> Fault:
    return Fault(status=code, body=body if isinstance(body, bytes) else body.encode())


def redirect(address: str, code: int = 302) -> Fault:
    return Fault(status=code, headers={"Location": address})


class RefusedError(Exception):
    """What a stub's ``answer`` raises to refuse: a status, a message, and more for the error object."""

    def __init__(self, status: int, message: str, /, **more: object) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"code": status, "message": message, **more}}


class HttpStub:
    def __init__(self) -> None:
        self.script: deque[Fault | None] = deque()
        self.faults: Callable[[int], Fault | None] = lambda number: None  # noqa: ARG005
        self.asked: list[Asked] = []
        self.billed: Counter[str] = Counter()
        self.connections = 0
        self.calls = 0
        self.remember = True
        self.lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        for connection in list(self._sockets):
            _hang_up(connection)
        self._server.server_close()

    def answer(self, asked: Asked) -> object:
        """The JSON that answers a request; raises RefusedError. Services override it."""
        return {"method": asked.method, "path": asked.path}

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"] or 0))
        asked = Asked(handler.command, handler.path, handler.headers, body)
        with self.lock:
            self.calls += 1
            if self.remember:
                self.asked.append(asked)
            fault = self.script.popleft() if self.script else self.faults(self.calls)
        fault = fault or Fault(serve=True)
        code, data = (fault.status, fault.body) if not fault.serve else self._answered(asked)
        self._closing.wait(fault.seconds)
        if fault.drop:
            _hang_up(handler.connection)
            return
        handler.send_response(code)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(data), **fault.headers}.items():
            handler.send_header(name, str(value))
        handler.end_headers()
        handler.wfile.write(data[: len(data) // 2] if fault.cut else data)
        handler.close_connection = fault.cut

    def _answered(self, asked: Asked) -> tuple[int, bytes]:
        try:
            return 200, json.dumps(self.answer(asked)).encode()
        except RefusedError as refused:
            return refused.status, json.dumps(refused.body).encode()
        except Exception as error:  # what it did not expect must not look like a lost connection
            return 500, json.dumps({"error": {"message": f"the stub failed: {error!r}"}}).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None: ...  # clients hang up in tests


def _handler(stub: HttpStub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: two would wait for each other
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            with stub.lock:
                stub.connections += 1
                stub._sockets.add(self.connection)  # noqa: SLF001

        def finish(self) -> None:
            with stub.lock:
                stub._sockets.discard(self.connection)  # noqa: SLF001
            super().finish()

        def do_GET(self) -> None:
            stub.serve(self)

        def do_POST(self) -> None:
            stub.serve(self)

        def log_message(self, *args: object) -> None: ...

    return Handler


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # it may be gone already
        connection.shutdown(socket.SHUT_RDWR)
