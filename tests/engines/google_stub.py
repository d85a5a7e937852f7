"""A stand-in for Google Cloud Translation v3 and Google's token server on 127.0.0.1, written from their public docs.

Serves ``/token`` (RFC 7523, the signed claim is verified), ``…/supportedLanguages`` and ``…:translateText``. Its
translation is the text with accents on its small vowels; quotes come back as entities, as Google sends them. Besides
what :mod:`http_stub` offers:

- ``stub.credentials(path)`` writes a service account's key file whose token server is the stub, and gives its path.
- ``stub.glossaries``: by resource name, the language pair and the terms that the glossary holds.
- ``stub.damage``: names of :data:`stub_words.DAMAGES`, one per text to come; ``stub.always`` is for all the others.
- ``stub.token_faults``: statuses that ``/token`` answers with first; ``stub.token_seconds``: how long tokens last.
- ``stub.short``: leaves out the last so many texts. ``stub.languages``: what it says it supports.

Limits: 1024 texts and 30,720 code points a request. HTML that is not well-formed is closed and trimmed as a browser
would, so what it lacks is lost. Every code point that came is billed.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt
from http_stub import Asked, HttpStub, RefusedError
from stub_words import DAMAGES, translated

PROJECT = "kestrel-pine"
AUDIENCE = "https://oauth2.googleapis.com/token"  # whatever the address, the claim is for this one
ACCOUNT = f"translator@{PROJECT}.iam.gserviceaccount.com"
MOST_TEXTS = 1024
MOST_CHARACTERS = 30_720
LANGUAGES = ("ar", "de", "en", "es", "fr", "fr-CA", "iw", "ja", "no", "pt", "pt-PT", "sv", "th", "zh-CN", "zh-TW")
_CALL = re.compile(r"/v3/projects/(?P<project>[^/]+)/locations/(?P<location>[^/:]+)[/:](?P<verb>\w+)")


@lru_cache(maxsize=1)
def key_pair() -> tuple[str, str]:
    """A private and a public RSA key as PEM, made when first needed: nothing secret lies in the repository."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


class GoogleStub(HttpStub):
    def __init__(self) -> None:
        super().__init__()
        self.glossaries: dict[str, tuple[str, str, dict[str, str]]] = {}
        self.damage: deque[str] = deque()
        self.always = ""
        self.languages = LANGUAGES
        self.short = 0
        self.token_faults: deque[int] = deque()
        self.token_seconds = 3600
        self.tokens: list[str] = []

    def credentials(self, path: Path) -> Path:
        private, _ = key_pair()
        data = {
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": "stub",
            "private_key": private,
            "client_email": ACCOUNT,
            "client_id": "1",
            "token_uri": f"{self.url}/token",
        }
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    def bodies(self) -> list[dict]:
        """The bodies of the calls to translateText."""
        return [asked.json for asked in self.asked if asked.path.endswith(":translateText")]

    def answer(self, asked: Asked) -> object:
        if asked.path == "/token":
            return self._token(asked)
        call = _CALL.fullmatch(urlsplit(asked.path).path)
        if not call:
            raise RefusedError(404, "Requested entity was not found.", status="NOT_FOUND")
        if asked.headers["Authorization"] not in [f"Bearer {token}" for token in self.tokens]:
            raise RefusedError(401, "Request had invalid authentication credentials.", status="UNAUTHENTICATED")
        if unquote(call["project"]) != PROJECT:
            raise RefusedError(403, "Cloud IAM permission 'cloudtranslate.generalModels.predict' denied.")
        if call["verb"] == "supportedLanguages":
            return {"languages": [_language(code) for code in self.languages]}
        return self._translate(asked.json, call["location"])

    def _token(self, asked: Asked) -> object:
        if self.token_faults:
            code = self.token_faults.popleft()
            raise _no_token(code, "invalid_grant" if code < 500 else "internal_failure")
        form = parse_qs(asked.body.decode())
        claims = jwt.decode(form["assertion"][0], certs=key_pair()[1], audience=AUDIENCE)
        if claims["iss"] != ACCOUNT or "cloud-translation" not in claims["scope"]:
            raise _no_token(400, "invalid_grant")
        self.tokens.append(f"ya29.stub-token-{len(self.tokens) + 1}")
        return {"access_token": self.tokens[-1], "expires_in": self.token_seconds, "token_type": "Bearer"}

    def _translate(self, body: dict, location: str) -> object:
        contents, code = body["contents"], body["targetLanguageCode"]
        place = f"projects/{PROJECT}/locations/{location}/"
        if not contents or len(contents) > MOST_TEXTS:
            raise _invalid("The number of contents must be between 1 and 1024.")
        if sum(map(len, contents)) > MOST_CHARACTERS:
            raise _invalid("The total codepoints in the request must be less than 30720: Text is too long.")
        if code not in self.languages or body.get("sourceLanguageCode") not in self.languages:
            raise _invalid("Target language is invalid.")
        if not body.get("model", place).startswith(place):
            raise _invalid("Model must be in the location of the request.")
        terms = self._terms(body, place)
        self.billed.update(contents)
        plain = body.get("mimeType", "text/html") == "text/plain"
        answers = [self._text(text, plain, {}) for text in contents]
        answer = {"translations": answers[: len(answers) - self.short]}
        if terms is not None:
            answer["glossaryTranslations"] = [self._text(text, plain, terms) for text in contents]
        return answer

    def _terms(self, body: dict, place: str) -> dict[str, str] | None:
        if "glossaryConfig" not in body:
            return None
        name = body["glossaryConfig"]["glossary"]
        if "/global/" in place or not name.startswith(place):
            raise _invalid("The glossary must be in the same, non-global location.")
        if name not in self.glossaries:
            raise RefusedError(404, "Glossary not found.", status="NOT_FOUND")
        source, target, terms = self.glossaries[name]
        if (source, target) != (body["sourceLanguageCode"], body["targetLanguageCode"]):
            raise _invalid("The glossary does not hold the language pair.")
        return terms

    def _text(self, text: str, plain: bool, terms: dict[str, str]) -> dict[str, str]:
        if plain:
            return {"translatedText": translated(text, terms)}
        damage = DAMAGES[self.damage.popleft() if self.damage else self.always]
        return {"translatedText": damage(translated(as_a_browser(text), terms))}


def _no_token(code: int, what: str) -> RefusedError:
    refused = RefusedError(code, what)
    refused.body = {"error": what, "error_description": "The stub was told to say so."}
    return refused


def _language(code: str) -> dict[str, object]:
    return {"languageCode": code, "supportSource": "-" not in code, "supportTarget": True}


def _invalid(message: str) -> RefusedError:
    return RefusedError(400, message, status="INVALID_ARGUMENT")


def as_a_browser(text: str) -> str:
    """HTML closed and trimmed, its quotes as entities."""
    reader = _Reader(convert_charrefs=False)
    reader.feed(text)
    reader.close()
    return "".join([*reader.out, *(f"</{name}>" for name in reversed(reader.open))])


class _Reader(HTMLParser):
    def reset(self) -> None:
        super().reset()
        self.out: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.out.append(self.get_starttag_text() or "")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.out.append(f"</{self.open.pop()}>")

    def handle_data(self, data: str) -> None:
        self.out.append(html.escape(data).replace("&#x27;", "&#39;"))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")
