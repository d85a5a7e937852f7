"""Google Cloud Translation, version 3, over plain REST.

1. Always sent: the source language (detection fails on short texts) and the MIME type (the default is HTML, which
   would eat the ``<`` of a plain text).
2. The library ``google-auth`` finds the application-default credentials and gets tokens for them; nothing else of
   Google's libraries is needed.
3. Billed is every code point that is sent, tags, entities and spaces included; that is what a reply's ``billed`` holds.
4. Quotas are refused with 403 as well as with 429.

Source of limits, fields and languages: https://cloud.google.com/translate/docs; of the price:
https://cloud.google.com/translate/pricing
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from polyhelp.engines.base import Ability, Ask, Limits, Markup, Options, Price, Reply, Request, Traits
from polyhelp.engines.codes import nearest
from polyhelp.engines.google_login import CREDENTIALS_VARIABLE, Login, has_library
from polyhelp.engines.http import Meaning, Service, whole
from polyhelp.engines.price import price_of
from polyhelp.errors import EngineError
from polyhelp.model import Locale

SERVER_VARIABLE = "GOOGLE_TRANSLATE_SERVER_URL"
PROJECT_VARIABLE = "GOOGLE_CLOUD_PROJECT"
ADDRESS = "https://translation.googleapis.com"
GLOBAL = "global"
LIST_PRICE = Price(Decimal(20), "USD")
_REQUESTS = 4

_DOCUMENTED = (
    "af ak am ar as ay az be bg bho bm bn bs ca ceb ckb co cs cy da de doi dv ee el en eo es et eu fa fi fil fr fy ga "
    "gd gl gn gom gu ha haw he hi hmn hr ht hu hy id ig ilo is it ja jv ka kk km kn ko kri ku ky la lb lg ln lo lt lus "
    "lv mai mg mi mk ml mn mni-Mtei mr ms mt my ne nl no nso ny om or pa pl ps pt pt-PT qu ro ru rw sa sd si sk sl sm "
    "sn so sq sr st su sv sw ta te tg th ti tk tr ts tt ug uk ur uz vi xh yi yo zh-CN zh-TW zu"
)
_TOO_MANY = re.compile(r"rate ?limit|quota ?exceeded|RESOURCE_EXHAUSTED", re.IGNORECASE)
_FOR_TODAY = re.compile(r"daily ?limit|per day", re.IGNORECASE)
_TOO_LONG = re.compile(r"too (?:long|large)|size exceeds|exceeds the (?:limit|maximum)", re.IGNORECASE)
_MEANINGS = {
    400: Meaning("Google cannot translate this"),
    401: Meaning("Google refuses the credentials", f"check {CREDENTIALS_VARIABLE}"),
    402: Meaning("the quota at Google is used up for today", "go on tomorrow, or raise it in the Google Cloud console"),
    403: Meaning(
        "Google does not allow this",
        "enable the Cloud Translation API in the project, and give the account the role 'Cloud Translation API User'",
    ),
    404: Meaning("Google does not find this", "check the options project, location, model and glossaries"),
    413: Meaning("Google finds the request too large"),
    429: Meaning("Google gets too many requests"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleOptions(Options):
    """What the configuration may say about Google."""

    project: str = field(
        default="",
        metadata={"description": f"The project that pays; else `{PROJECT_VARIABLE}`, else the credentials' own."},
    )
    location: str = field(
        default=GLOBAL, metadata={"description": "Where Google computes, such as `us-central1`; glossaries need one."}
    )
    model: str = field(
        default="", metadata={"description": "The model, such as `general/translation-llm`; else Google's default."}
    )
    glossaries: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"description": "For locales, the name of a glossary at Google that holds the language pair."},
    )


class GoogleEngine:
    """Google Cloud Translation with the application-default credentials.

    ``GOOGLE_TRANSLATE_SERVER_URL`` names another address, such as Google's own for the European Union.
    """

    name = "google"
    options_class = GoogleOptions
    key_variable = "GOOGLE_APPLICATION_CREDENTIALS"

    def __init__(self, options: GoogleOptions) -> None:
        self.traits = Traits(
            limits=Limits(texts=1024, characters=30_000),
            remote=True,
            price=price_of(options.price) if options.price else LIST_PRICE,
            requests=options.requests or _REQUESTS,
        )
        self._options = options
        self._login = Login()
        self._service = Service(
            "Google",
            os.environ.get(SERVER_VARIABLE) or ADDRESS,
            secrets=self._login.secrets,
            meanings=_MEANINGS,
            meant=_meant,
        )
        self._sources: Sequence[str] = ()
        self._targets: Sequence[str] = ()

    @property
    def fingerprint(self) -> str:
        """The model."""
        return self._options.model

    def obstacle(self, source: Locale, target: Locale) -> str:  # noqa: ARG002 (the same for all sources)
        """No library, no file where the credentials should be, or a glossary where Google allows none.

        Whether the credentials are right, only Google knows; on Google's own machines they are in no file.
        """
        file = os.environ.get(CREDENTIALS_VARIABLE, "")
        if not has_library():
            return "the library for Google's credentials is missing: pip install polyhelp[google]"
        if file and not Path(file).is_file():
            return f"the file with Google's credentials is missing: {CREDENTIALS_VARIABLE} names '{file}'"
        if self._glossary(target) and self._options.location == GLOBAL:
            return "Google's glossaries need a location such as us-central1: set the option location"
        return ""

    def learn(self) -> None:
        """Ask which languages there are. Raises EngineError."""
        headers = self._login.headers()
        query = f"?model={quote(self._model(), safe='')}" if self._options.model else ""
        answer = self._service.get(f"/v3/{self._parent()}/supportedLanguages{query}", headers)
        languages = [language for language in _listed(answer, "languages") if whole(language.get("languageCode"))]
        self._sources = [language["languageCode"] for language in languages if language.get("supportSource")]
        self._targets = [language["languageCode"] for language in languages if language.get("supportTarget")]
        if not self._sources or not self._targets:
            raise _strange()

    def ability(self, source: Locale, target: Locale) -> Ability:
        """HTML; a glossary where the options name one, which then is part of the ``code``. Raises EngineError."""
        _, code = self._codes(source, target)
        glossary = self._glossary(target)
        return Ability(f"{code} {glossary}".strip(), Markup.HTML, glossary=bool(glossary))

    def translate(self, asks: Sequence[Ask], request: Request) -> list[Reply | None]:
        """One reply per text. Raises EngineError."""
        headers = self._login.headers()
        source, target = self._codes(request.source, request.target)
        body: dict[str, object] = {
            "contents": [ask.text for ask in asks],
            "mimeType": "text/html",
            "sourceLanguageCode": source,
            "targetLanguageCode": target,
        }
        if self._options.model:
            body["model"] = self._model()
        glossary = self._glossary(request.target)
        if glossary:
            body["glossaryConfig"] = {"glossary": self._resource("glossaries", glossary)}
        answer = self._service.post(f"/v3/{self._parent()}:translateText", body, headers)
        texts = _listed(answer, "glossaryTranslations" if glossary else "translations")
        if len(texts) != len(asks):
            raise EngineError.passing(f"Google answered {len(texts)} of {len(asks)} texts", unsure=True)
        return [_reply(ask, text.get("translatedText")) for ask, text in zip(asks, texts, strict=True)]

    def close(self) -> None:
        """Close the connections."""
        self._service.close()
        self._login.close()

    def _codes(self, source: Locale, target: Locale) -> tuple[str, str]:
        """Google's codes for a pair. Raises EngineError when there are none."""
        documented = _DOCUMENTED.split()
        codes = nearest(source, self._sources or documented), nearest(target, self._targets or documented)
        if codes[0] == codes[1] or (self._targets and "" in codes):
            raise EngineError(f"Google does not translate {source} to {target}", hint="use another engine for it")
        return codes[0] or source.tag, codes[1] or target.tag

    def _glossary(self, target: Locale) -> str:
        found = (self._options.glossaries.get(locale.tag, "") for locale in target.lineage)
        return next(filter(None, found), "")

    def _parent(self) -> str:
        """The place that requests are for, ``projects/…/locations/…``. Raises EngineError."""
        project = self._options.project or os.environ.get(PROJECT_VARIABLE) or self._login.project
        if not project:
            raise EngineError("Google needs a project that pays", hint=f"set the option project, or {PROJECT_VARIABLE}")
        return f"projects/{quote(project, safe=':')}/locations/{quote(self._options.location)}"

    def _model(self) -> str:
        return self._resource("models", self._options.model)

    def _resource(self, kind: str, name: str) -> str:
        """The whole name of a model or a glossary, of which the options may say just the last part."""
        return name if name.startswith("projects/") else f"{self._parent()}/{kind}/{name}"


def _meant(status: int, body: str) -> int:
    if status in {403, 429} and _FOR_TODAY.search(body):
        return 402
    if status == 403 and _TOO_MANY.search(body):
        return 429
    return 413 if status == 400 and _TOO_LONG.search(body) else status


def _listed(answer: Any, name: str) -> list[dict[str, Any]]:
    """The list of objects called ``name`` in an answer; protobuf's JSON leaves an empty one out."""
    found = answer.get(name, []) if isinstance(answer, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _strange()
    return found


def _reply(ask: Ask, text: object) -> Reply | None:
    read = whole(text)
    return None if read is None else Reply(read, billed=len(ask.text))


def _strange() -> EngineError:
    error = EngineError("the server does not answer as Google does", hint=f"check {SERVER_VARIABLE}")
    error.unsure = True
    return error
