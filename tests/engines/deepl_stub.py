"""A stand-in for DeepL's API on 127.0.0.1, written from its public documentation. Standard library only.

It serves the unmodified client library. The translation is the text with accents on its small vowels; tags stay.

- Limits: 50 texts (400), 128 KiB a request (413), characters left (456), the key (403).
- Tag handling version 2 parses strictly (400). Billed are the characters without tags.
- ``script``: statuses to answer with before anything else is looked at, or ``DROP`` to hang up.
- ``damage``: what goes wrong with the tags of a text, one name per text to come; ``always`` is for all of them.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree as ET

KEY = "0f5a7c1e-stub-key:fx"
DROP = "drop"
MESSAGES = {
    400: "Bad request", 403: "Forbidden", 413: "Request Entity Too Large", 429: "Too many requests",
    456: "Quota Exceeded", 500: "Internal server error", 503: "Service Unavailable",
}  # fmt: skip
SOURCES = {
    "AR", "BG", "CS", "DA", "DE", "EL", "EN", "ES", "ET", "FI", "FR",
    "HE", "HU", "ID", "IT", "JA", "KO", "LT", "LV", "NB", "NL", "PL",
    "PT", "RO", "RU", "SK", "SL", "SV", "TH", "TR", "UK", "VI", "ZH",
}  # fmt: skip
TARGETS = SOURCES - {"EN", "PT"} | {"EN-GB", "EN-US", "PT-BR", "PT-PT", "ES-419", "ZH-HANS", "ZH-HANT"}
WITHOUT_TAGS = {"TH", "HE", "VI"}
VOWELS = str.maketrans("aeiou", "áéíóú")


class RefusedError(Exception):
    def __init__(self, status: int, message: str = "") -> None:
        super().__init__(message or MESSAGES[status])
        self.status = status


def refuse(status: int) -> None:
    if status != 200:
        raise RefusedError(status)


class DeeplStub:
    def __init__(self) -> None:
        self.script: deque[int | str] = deque()
        self.damage: deque[str] = deque()
        self.always = ""
        self.characters_left = 500_000
        self.bodies: list[dict[str, object]] = []  # of the requests that were answered with a translation
        self.agents: list[str] = []
        self.calls = 0
        self.without_billing = False
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                stub.serve(self)

            def log_message(self, *args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
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
        self.calls += 1
        self.agents.append(handler.headers["User-Agent"])
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        try:
            if self.script:
                order = self.script.popleft()
                if order == DROP:
                    handler.connection.shutdown(socket.SHUT_RDWR)
                    return
                refuse(int(order))
            status, answer = 200, self.answer(body, handler)
        except RefusedError as refused:
            status, answer = refused.status, {"message": str(refused)}
        data = json.dumps(answer).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def answer(self, body: bytes, handler: BaseHTTPRequestHandler) -> dict[str, object]:
        if handler.path != "/v2/translate":
            raise RefusedError(400, "no such endpoint here")
        if len(body) > 128 * 1024:
            raise RefusedError(413)
        if handler.headers["Authorization"] != f"DeepL-Auth-Key {KEY}":
            raise RefusedError(403)
        asked = json.loads(body)
        if len(asked["text"]) > 50:
            raise RefusedError(400, "Too many texts in one request.")
        if asked["target_lang"] not in TARGETS:
            raise RefusedError(400, "Value for 'target_lang' not supported.")
        if asked.get("source_lang") not in SOURCES:
            raise RefusedError(400, "Value for 'source_lang' not supported.")
        tags = asked.get("tag_handling") == "xml"
        if tags:
            check_tags(asked)
        billed = [len(re.sub("<[^>]*>", "", text)) for text in asked["text"]]
        if sum(billed) > self.characters_left:
            raise RefusedError(456)
        self.characters_left -= sum(billed)
        self.bodies.append(asked)
        made = [
            accented(text, asked.get("ignore_tags", [])) if tags else text.translate(VOWELS) for text in asked["text"]
        ]
        if tags:
            made = [DAMAGES[self.damage.popleft() if self.damage else self.always](text) for text in made]
        return {"translations": [self.translation(*pair) for pair in zip(made, billed, strict=True)]}

    def translation(self, text: str, billed: int) -> dict[str, object]:
        answer = {"detected_source_language": "EN", "text": text, "billed_characters": billed}
        if self.without_billing:
            del answer["billed_characters"]
        return answer


def check_tags(asked: dict) -> None:
    if asked["target_lang"] in WITHOUT_TAGS:
        raise RefusedError(400, "Tag handling is not supported for this language.")
    if asked.get("tag_handling_version") != "v2":
        return
    for text in asked["text"]:
        try:
            ET.fromstring(f"<root>{text}</root>")  # noqa: S314 (our own text)
        except ET.ParseError:
            raise RefusedError(400, "Tag handling parsing failed, please check input.") from None


def accented(text: str, ignored: list[str]) -> str:
    kept = "|".join(f"<{name}[^>]*[^/]>.*?</{name}>" for name in ignored) or "(?!)"
    pieces = re.split(rf"({kept}|<[^>]*>|&\w+;)", text)
    return "".join(piece if at % 2 else piece.translate(VOWELS) for at, piece in enumerate(pieces))


# What clients of DeepL have reported about tags, as functions on the answer.

FIRST_VOID = re.compile(r"<x [^>]*/>|<x [^>]*>[^<]*</x>")
FIRST_PAIR = re.compile(r"<g ([^>]*)>([^<]*)</g>")


def drop(text: str) -> str:
    if FIRST_VOID.search(text):
        return FIRST_VOID.sub("", text, count=1)
    return FIRST_PAIR.sub(r"\2", text, count=1)


def duplicate(text: str) -> str:
    return FIRST_PAIR.sub(
        lambda m: f"<g {m[1]}>{m[2].split()[0]}</g> dé <g {m[1]}>{' '.join(m[2].split()[1:])}</g>", text, 1
    )


def void_first(text: str) -> str:
    found = FIRST_VOID.search(text)
    return found.group() + FIRST_VOID.sub("", text, count=1) if found else text


DAMAGES = {
    "": lambda text: text,
    "drop": drop,
    "duplicate": duplicate,
    "empty": lambda text: FIRST_PAIR.sub(r"<g \1></g>\2", text, count=1),
    "void first": void_first,
    "lost space": lambda text: re.sub(r" (<[gx])", r"\1", text, count=1),
    "space inside": lambda text: FIRST_PAIR.sub(r"<g \1> \2 </g>", text, count=1),
    "new tag": lambda text: text + "<script>alert(1)</script>",
    "new markup": lambda text: text + " **féttér**",
    "crossed": lambda text: text.replace("</g>", "", 1),
}
