"""A language model behind any endpoint that speaks OpenAI's chat completions.

The endpoint is OpenAI's own, or what ``base_url`` names: another provider, or a server such as Ollama, vLLM or
llama.cpp. Texts go in a batch and come back by key, in a form that a JSON schema demands; an endpoint that refuses the
schema is asked without it from then on. A text whose key is missing from the answer is left out, the others are used.

Source of fields and errors: https://platform.openai.com/docs/api-reference/chat
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from polyhelp.engines.base import Ability, Ask, Limits, Markup, Options, Reply, Request, Traits
from polyhelp.engines.http import Meaning, RefusedError, Service
from polyhelp.engines.openai_answer import read
from polyhelp.engines.openai_prompt import keys, messages, response_format
from polyhelp.engines.price import price_of
from polyhelp.errors import EngineError
from polyhelp.model import Locale

KEY_VARIABLE = "OPENAI_API_KEY"
ADDRESS = "https://api.openai.com/v1"
_LIMITS = Limits(texts=25, characters=6_000)  # more, and models begin to leave texts out
_REQUESTS = 4

_UNPAID = re.compile(r"insufficient_quota|exceeded your current quota", re.IGNORECASE)
_TOO_LONG = re.compile(r"context_length_exceeded|maximum context length|context (?:window|size)", re.IGNORECASE)
_FILTERED = re.compile(r"content_filter|content_policy|content management policy", re.IGNORECASE)
_WITHHELD = 451


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenaiOptions(Options):
    """What the configuration may say about a language model."""

    base_url: str = field(
        default=ADDRESS, metadata={"description": "The endpoint's address, without `/chat/completions`."}
    )
    model: str = field(default="", metadata={"description": "The model's name at the endpoint. Must be given."})
    temperature: float | None = field(
        default=None, metadata={"description": "How freely the model chooses its words; else the model's default."}
    )
    max_tokens: int | None = field(
        default=None, metadata={"description": "The longest answer, in tokens; else the endpoint's own limit."}
    )
    strict: bool = field(
        default=True, metadata={"description": "Whether the answer's form is demanded by a JSON schema."}
    )
    timeout: int = field(default=300, metadata={"description": "How many seconds to wait for an answer."})


class OpenaiEngine:
    """A language model, with the key in ``OPENAI_API_KEY``; endpoints other than OpenAI's may need none."""

    name = "openai"
    options_class = OpenaiOptions
    key_variable = KEY_VARIABLE

    def __init__(self, options: OpenaiOptions) -> None:
        self.traits = Traits(
            limits=_LIMITS,
            remote=True,
            hears=True,
            price=price_of(options.price) if options.price else None,
            requests=options.requests or _REQUESTS,
        )
        self._options = options
        self._schema = options.strict
        key = _key()
        self._service = Service(
            "OpenAI" if self._at_home else "the chat endpoint",
            options.base_url,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            secrets=(key,),
            meanings=_meanings(options.model),
            meant=_meant,
            answer_seconds=options.timeout,
        )

    @property
    def fingerprint(self) -> str:
        """The endpoint, the model and its temperature."""
        address = urlsplit(self._options.base_url)
        where = f"{address.netloc.rpartition('@')[2]}{address.path.rstrip('/')}"
        temperature = self._options.temperature
        return " ".join([where, self._options.model, *([] if temperature is None else [f"{temperature:g}"])])

    def obstacle(self, source: Locale, target: Locale) -> str:  # noqa: ARG002 (models take any pair)
        """No model, no address, or no key for OpenAI. Whether they are right, only the endpoint knows."""
        if not self._options.model:
            return "a language model must be named: set the option model"
        if not self._options.base_url.startswith(("http://", "https://")) or not self._service.host:
            return "the option base_url is no address: it is written https://HOST/v1"
        if self._at_home and not _key():
            return f"there is no key for OpenAI: set {KEY_VARIABLE}"
        return ""

    def learn(self) -> None:
        """Nothing: endpoints do not say what a model can do."""

    def ability(self, source: Locale, target: Locale) -> Ability:  # noqa: ARG002
        """The same for every pair: how well a model knows a language, nobody can ask."""
        return Ability(target.tag, Markup.XML, formality=True, glossary=True)

    def translate(self, asks: Sequence[Ask], request: Request) -> list[Reply | None]:
        """One reply per text, None for those that the model left out or refused. Raises EngineError."""
        wanted = keys(len(asks))
        try:
            answer = self._ask(wanted, messages(asks, request))
        except RefusedError as error:
            if error.status == _WITHHELD:
                return [None] * len(asks)
            raise
        texts = self._texts(answer, wanted)
        return [Reply(texts[key]) if key in texts else None for key in wanted]

    def close(self) -> None:
        """Close the connections."""
        self._service.close()

    @property
    def _at_home(self) -> bool:
        return self._options.base_url.rstrip("/") == ADDRESS

    def _ask(self, wanted: Sequence[str], told: Sequence[dict[str, str]]) -> Any:
        """The endpoint's answer; without a schema when it refuses one. Raises EngineError."""
        body: dict[str, object] = {"model": self._options.model, "messages": told}
        if self._options.temperature is not None:
            body["temperature"] = self._options.temperature
        if self._options.max_tokens is not None:
            body["max_completion_tokens" if self._at_home else "max_tokens"] = self._options.max_tokens
        if self._schema:
            try:
                return self._post({**body, "response_format": response_format(wanted)})
            except RefusedError as error:
                if error.status not in {400, 422}:
                    raise
            answer = self._post(body)
            self._schema = False
            return answer
        return self._post(body)

    def _post(self, body: dict[str, object]) -> Any:
        return self._service.post("/chat/completions", body)

    def _texts(self, answer: Any, wanted: Sequence[str]) -> dict[str, str]:
        """The translations by key, none of them when the model refused or one text alone confused it.

        Raises EngineError.
        """
        try:
            choice = answer["choices"][0]
            message, end = choice["message"], choice.get("finish_reason")
            content, refused = message.get("content"), message.get("refusal")
        except (AttributeError, IndexError, KeyError, TypeError):
            raise EngineError.passing(
                f"{self._service.name} ({self._service.host}) does not answer as chat completions do",
                "check the option base_url",
                unsure=True,
            ) from None
        if refused or end == "content_filter":
            return {}
        if end == "length":
            error = EngineError.too_large("the model's answer grew too long and was cut off")
            error.unsure, error.hint = True, "set a larger max_tokens"
            raise error
        texts = read(content, wanted) if isinstance(content, str) else None
        if texts is None and len(wanted) > 1:
            error = EngineError.too_large("the model did not answer in JSON")
            error.unsure = True
            raise error
        return texts or {}


def _key() -> str:
    return os.environ.get(KEY_VARIABLE, "").strip()


def _meant(status: int, body: str) -> int:
    if status == 429 and _UNPAID.search(body):
        return 402
    if status in {400, 422} and _TOO_LONG.search(body):
        return 413
    return _WITHHELD if status == 400 and _FILTERED.search(body) else status


def _meanings(model: str) -> dict[int, Meaning]:
    return {
        400: Meaning("the model's endpoint cannot work with this request", "check the options"),
        401: Meaning("the model's endpoint refuses the key", f"check {KEY_VARIABLE}"),
        402: Meaning("the account at the model's endpoint is used up", "pay, or raise its limit"),
        403: Meaning("the model's endpoint does not allow this", f"check what the key in {KEY_VARIABLE} may do"),
        404: Meaning(f"the endpoint has no model '{model}'", "check the options model and base_url"),
        413: Meaning("the request is too large for the model"),
        429: Meaning("the model's endpoint gets too many requests"),
    }
