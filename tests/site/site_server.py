"""A web server for a built site on 127.0.0.1: compresses, sends the headers of ``_headers``, keeps count."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json", ".xml": "application/xml"}
_PACKED = (".html", ".css", *_TYPES)


@dataclass(frozen=True)
class Answer:
    """One answer: the path asked for, the status, and the bytes of the body as they were sent."""

    path: str
    status: int
    size: int


@dataclass
class Served:
    """A site that is being served. ``answers`` grows; ``url`` ends with a slash."""

    url: str
    answers: list[Answer] = field(default_factory=list)


@contextmanager
def serve(folder: Path, *, headers: bool = True, kept: bool = False) -> Iterator[Served]:
    """Serve ``folder`` until the block is left; without ``headers``, as a host does that knows no ``_headers``.

    What is no page may be ``kept`` by a browser, which then does not ask for it with every page.
    """
    sent = _headers(folder) if headers else {}
    packed = cache(gzip.compress)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            path = unquote(urlsplit(self.path).path)
            file, status = _find(folder, path)
            body = file.read_bytes() if file else b"not found"
            kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] if file else "text/plain"
            self.send_response(status)
            if file and file.suffix in _PACKED and "gzip" in self.headers.get("Accept-Encoding", ""):
                body = packed(body)
                self.send_header("Content-Encoding", "gzip")
            for name, value in sent.items():
                self.send_header(name, value)
            if kept and file and file.suffix != ".html":
                self.send_header("Cache-Control", "max-age=3600")
            self.send_header("Content-Type", kind or "application/octet-stream")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            served.answers.append(Answer(self.path, status, len(body)))
            self.wfile.write(body)

        def log_message(self, *_): ...

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            """Browsers hang up in the middle of an answer."""

    server = Server(("127.0.0.1", 0), Handler)
    served = Served(f"http://127.0.0.1:{server.server_address[1]}/")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _find(folder: Path, path: str) -> tuple[Path | None, int]:
    """The file for a path; else the nearest page for what is not found, as hosts do it."""
    file = (folder / path.lstrip("/")).resolve()
    file = file / "index.html" if path.endswith("/") else file
    if file.is_file() and file.is_relative_to(folder.resolve()):
        return file, 200
    above = folder / path.lstrip("/").partition("/")[0] / "404.html"
    return next((page for page in (above, folder / "404.html") if page.is_file()), None), 404


def _headers(folder: Path) -> dict[str, str]:
    """The headers for every page that the site's ``_headers`` asks for."""
    file = folder / "_headers"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return dict(line.strip().split(": ", 1) for line in lines if line.startswith("  "))
