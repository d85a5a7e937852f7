"""A stand-in for DeepL's API on 127.0.0.1, written from its public documentation. Standard library only.

It serves the unmodified client library. The translation is the text with accents on its small vowels; tags stay, and
a glossary's terms become their targets. It keeps the documented limits: 50 texts and 128 KiB a request, strict XML in
tag handling version 2, formality and custom instructions for some languages only, glossaries of root languages.

    with DeeplStub() as stub:
        stub.faults.extend([BUSY.after(3), DROP_BILLED, FINE])   # for the next /v2/translate requests, in order
        stub.other_faults.append(DOWN)                           # for the next request to anything else
        stub.storm = random_faults(0.05, seed=1)                 # once ``faults`` is empty
        stub.damage.append("drop"); stub.always = "void first"   # on answers with tags (deepl_stub_damage.DAMAGES)
        stub.characters_left = 300                               # then 456

        stub.billed["Save"]     # how often a text was billed (and ``stub.billed_characters``, all of them)
        stub.bodies             # of the requests that were translated, unless ``stub.keeps_bodies = False``
        stub.calls, stub.most_at_once, stub.agents
        stub.shelf              # its glossaries: .glossaries by id (.created can be set), .writes, .lists
        stub.languages["translate_text"], stub.languages["glossary"]   # what /v3/languages says; {} for 404
        stub.style_rules.add("id")

The faults are in deepl_stub_faults, and can be imported from here.
"""

from __future__ import annotations

import html
import json
import re
import socket
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import deepl_stub_languages as known
from deepl_stub_damage import DAMAGES
from deepl_stub_faults import (  # noqa: F401 (tests take them from here)
    BROKEN,
    BUSY,
    CUT,
    DOWN,
    DROP,
    DROP_BILLED,
    FINE,
    KEY_REFUSED,
    MISSING,
    NO_QUOTA,
    OVERLOADED,
    PASSING,
    SHORT,
    TOO_LARGE,
    TURNED,
    Fault,
    random_faults,
    slow,
)
from deepl_stub_glossaries import RefusedError, Shelf, with_terms

KEY = "0f5a7c1e-stub-key:fx"
MESSAGES = {
    400: "Bad request", 403: "Forbidden", 404: "Not found", 413: "Request Entity Too Large", 429: "Too many requests",
    456: "Quota Exceeded", 500: "Internal server error", 503: "Service Unavailable", 529: "Too many requests",
}  # fmt: skip
VOWELS = str.maketrans("aeiou", "áéíóú")
MODEL_TYPES = {"latency_optimized", "quality_optimized", "prefer_quality_optimized"}
TAG = re.compile(r"<[^>]*>")


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *args: object) -> None: ...  # clients that hang up are part of the tests


class DeeplStub:
    def __init__(self) -> None:
        self.faults: deque[Fault] = deque()
        self.other_faults: deque[Fault] = deque()
        self.storm: Iterator[Fault] | None = None
        self.damage: deque[str] = deque()
        self.always = ""
        self.characters_left = 500_000
        self.style_rules: set[str] = set()
        self.languages: dict[str, object] = {"translate_text": known.translate_text(), "glossary": known.glossary()}
        self.shelf = Shelf()
        self.billed: Counter[str] = Counter()
        self.billed_characters = 0
        self.bodies: list[dict[str, object]] = []
        self.keeps_bodies = True
        self.agents: set[str] = set()
        self.calls = 0
        self.most_at_once = 0
        self.without_billing = False
        self._at_once = 0
        self._lock = threading.Lock()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 1 << 16
            disable_nagle_algorithm = True
            timeout = 60

            def do_POST(self) -> None:
                stub.serve(self)

            do_GET = do_PUT = do_PATCH = do_DELETE = do_POST  # noqa: N815

            def log_message(self, *args: object) -> None: ...

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> DeeplStub:
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"] or 0))
        with self._lock:
            self.calls += 1
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            self.agents.add(handler.headers["User-Agent"])
            fault = self.next_fault(handler.path)
        try:
            self.serve_with(fault, handler, body)
        finally:
            with self._lock:
                self._at_once -= 1

    def next_fault(self, path: str) -> Fault:
        if path != "/v2/translate":
            return self.other_faults.popleft() if self.other_faults else FINE
        if self.faults:
            return self.faults.popleft()
        return next(self.storm) if self.storm else FINE

    def serve_with(self, fault: Fault, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        time.sleep(fault.seconds)
        if fault.drop == "before":
            hang_up(handler)
            return
        try:
            refuse(fault.status)
            status, answer = self.route(handler, body)
        except RefusedError as refused:
            status, answer = refused.status, {"message": str(refused)}
        if fault.drop == "after":
            hang_up(handler)
            return
        if status == 200 and "translations" in answer:
            made = answer["translations"]
            answer["translations"] = made[: len(made) - fault.missing][:: -1 if fault.turned else 1]
        data = b"" if answer is None else json.dumps(answer).encode()
        sent = data[: len(data) // 2] if fault.cut else data
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data if fault.cut == "short" else sent)))
        if fault.retry_after:
            handler.send_header("Retry-After", fault.retry_after)
        handler.end_headers()
        handler.wfile.write(sent)
        if fault.cut == "short":
            handler.wfile.flush()
            hang_up(handler)

    def route(self, handler: BaseHTTPRequestHandler, body: bytes) -> tuple[int, dict]:
        if len(body) > 128 * 1024 and "translate" in handler.path:
            raise RefusedError(413, MESSAGES[413])
        if handler.headers["Authorization"] != f"DeepL-Auth-Key {KEY}":
            raise RefusedError(403, MESSAGES[403])
        asked = json.loads(body) if body else {}
        address = urlsplit(handler.path)
        if (handler.command, address.path) == ("POST", "/v2/translate"):
            return 200, self.translate(asked)
        if address.path.startswith("/v3/glossaries"):
            with self._lock:
                return self.shelf.serve(handler.command, address.path, address.query, asked)
        if (handler.command, address.path) == ("GET", "/v3/languages") and self.languages:
            resource = parse_qs(address.query).get("resource", [""])[0]
            if resource not in self.languages:
                raise RefusedError(400, "Value for 'resource' not supported.")
            return 200, self.languages[resource]
        raise RefusedError(404, "no such endpoint here")

    def translate(self, asked: dict) -> dict[str, object]:
        self.check(asked)
        tags = asked.get("tag_handling") == "xml"
        texts = asked["text"]
        amounts = [len(html.unescape(TAG.sub("", text)) if tags else text) for text in texts]
        with self._lock:
            terms = {}
            if "glossary_id" in asked:
                pair = (asked["source_lang"], known.root(asked["target_lang"]))
                terms = dict(self.shelf.entries(asked["glossary_id"], pair))
            if sum(amounts) > self.characters_left:
                raise RefusedError(456, MESSAGES[456])
            self.characters_left -= sum(amounts)
            self.billed_characters += sum(amounts)
            self.billed.update(texts)
            if self.keeps_bodies:
                self.bodies.append(asked)
            damages = [self.damage.popleft() if tags and self.damage else self.always for _ in texts]
        change = with_terms(terms, lambda text: text.translate(VOWELS), xml=tags)
        if tags:
            ignored = asked.get("ignore_tags", [])
            made = [
                DAMAGES[damage](outside_tags(text, ignored, change))
                for text, damage in zip(texts, damages, strict=True)
            ]
        else:
            made = [change(text) for text in texts]
        return {
            "translations": [self.translation(*one, asked) for one in zip(made, amounts, strict=True)],
        }

    def check(self, asked: dict) -> None:
        target = asked["target_lang"]
        if len(asked["text"]) > 50:
            raise RefusedError(400, "Too many texts in one request.")
        if target not in known.TARGETS:
            raise RefusedError(400, "Value for 'target_lang' not supported.")
        if asked.get("source_lang", "EN") not in known.SOURCES:
            raise RefusedError(400, "Value for 'source_lang' not supported.")
        if asked.get("formality") in {"more", "less"} and target not in known.FORMAL:
            raise RefusedError(400, "'formality' is not supported for given 'target_lang'.")
        if asked.get("model_type", "latency_optimized") not in MODEL_TYPES:
            raise RefusedError(400, "Value for 'model_type' not supported.")
        if "glossary_id" in asked and "source_lang" not in asked:
            raise RefusedError(400, "'source_lang' is required with a glossary.")
        self.check_instructions(asked, known.root(target))
        if asked.get("tag_handling") == "xml":
            check_tags(asked)

    def check_instructions(self, asked: dict, target: str) -> None:
        instructions = asked.get("custom_instructions", [])
        if len(instructions) > 10 or any(len(text) > 300 for text in instructions):
            raise RefusedError(400, "Too many or too long 'custom_instructions'.")
        if instructions and target not in known.WITH_INSTRUCTIONS:
            raise RefusedError(400, "'custom_instructions' is not supported for given 'target_lang'.")
        if "style_id" in asked and asked["style_id"] not in self.style_rules:
            raise RefusedError(404, "Style rule list not found")

    def translation(self, text: str, billed: int, asked: dict) -> dict[str, object]:
        answer = {"detected_source_language": asked.get("source_lang", "EN"), "text": text}
        if not self.without_billing:
            answer["billed_characters"] = billed
        if "model_type" in asked:
            answer["model_type_used"] = asked["model_type"].removeprefix("prefer_")
        return answer


def refuse(status: int) -> None:
    if status:
        raise RefusedError(status, MESSAGES[status])


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def check_tags(asked: dict) -> None:
    if asked["target_lang"] in known.WITHOUT_TAGS:
        raise RefusedError(400, "Tag handling is not supported for this language.")
    if asked.get("tag_handling_version") != "v2":
        return
    for text in asked["text"]:
        try:
            ET.fromstring(f"<root>{text}</root>")  # noqa: S314 (our own text)
        except ET.ParseError:
            raise RefusedError(400, "Tag handling parsing failed, please check input.") from None


def outside_tags(text: str, ignored: list[str], change) -> str:
    kept = "|".join(rf"<{name}(?:\s[^>]*[^/])?>.*?</{name}>" for name in ignored) or "(?!)"
    pieces = re.split(rf"({kept}|<[^>]*>|&\w+;)", text)
    return "".join(piece if at % 2 else change(piece) for at, piece in enumerate(pieces))
