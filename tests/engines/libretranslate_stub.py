"""A LibreTranslate server on 127.0.0.1, after the public documentation, for what a real one does not do on request.

It answers in capitals. ``faults`` are what it does instead, one after another: a status with headers and an error, or
the name of a damage. Every body it gets is kept.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ENGLISH = {"code": "en", "name": "English", "targets": ["de", "es", "pb", "zh", "zt"]}
LANGUAGES = [ENGLISH, {"code": "de", "name": "German", "targets": ["en"]}]


class Stub:
    def __init__(self):
        self.languages = LANGUAGES
        self.settings = {"charLimit": 2000, "keyRequired": False, "apiKeys": True}
        self.batch_limit = 0
        self.faults = []
        self.bodies = []
        self.paths = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, body):
        """The status and the JSON for one request."""
        texts = body["q"]
        if body.get("api_key", "") not in {"", "right-key-0001"}:
            return 403, {"error": f"Invalid API key {body['api_key']}"}
        if self.batch_limit and len(texts) > self.batch_limit:
            return 400, {"error": f"Invalid request: request ({len(texts)}) exceeds text limit ({self.batch_limit})"}
        return 200, {"translatedText": [text.upper() for text in texts]}


DAMAGE = {
    "short": lambda texts: {"translatedText": texts[1:]},
    "text": lambda texts: {"translatedText": texts[0]},
    "numbers": lambda texts: {"translatedText": [1, *texts[1:]]},
    "list": lambda texts: texts,
}


def _handler(stub):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            stub.paths.append(self.path)
            if self.path == "/languages":
                self.send(200, stub.languages)
            elif self.path == "/frontend/settings" and stub.settings is not None:
                self.send(200, stub.settings)
            else:
                self.send(404, {"error": "Not Found"})

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.bodies.append(body)
            fault = stub.faults.pop(0) if stub.faults else None
            if fault == "hang up":
                self.close_connection = True
            elif isinstance(fault, tuple):
                status, error, headers = fault
                self.send(status, {"error": error}, headers)
            elif fault:
                self.send(200, DAMAGE[fault](body["q"]))
            else:
                self.send(*stub.answer(body))

        def send(self, status, data, headers=None):
            payload = json.dumps(data).encode()
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_):
            pass

    return Handler
