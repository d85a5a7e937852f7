"""A stand-in for an OpenAI-compatible chat endpoint on 127.0.0.1, written from the public documentation.

Its translation is the text with accents on its small vowels and the terms it was told; tags stay. It checks a request
and its schema as strictly as OpenAI does. Besides what :mod:`http_stub` offers:

- ``stub.key``: the key it wants, ``""`` for none. ``stub.models``: those it has.
- ``stub.schemas``: False makes it refuse ``response_format`` with 400, ``"ignored"`` makes it take and ignore it.
- ``stub.ways``: what goes wrong with the answers to come, one name of :data:`WAYS` each; ``stub.way``: with all others.
- ``stub.damage``: names of :data:`stub_words.DAMAGES`, one per text to come; ``stub.always`` is for all the others.
- ``stub.obeys``: whether texts that give it orders are obeyed.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable

from http_stub import Asked, HttpStub, RefusedError
from stub_words import DAMAGES, translated

KEY = "sk-stub-4f1c9a27e0b84d53"
MODEL = "stub-1"
_ORDER = re.compile(r"ignore (?:all |the )?(?:previous|other) instructions", re.IGNORECASE)

Texts = dict[str, object]


class OpenaiStub(HttpStub):
    def __init__(self) -> None:
        super().__init__()
        self.key = KEY
        self.models = {MODEL}
        self.schemas: bool | str = True
        self.ways: deque[str] = deque()
        self.way = ""
        self.damage: deque[str] = deque()
        self.always = ""
        self.obeys = False

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    def told(self) -> list[dict]:
        """What the user messages of all requests held."""
        return [json.loads(asked.json["messages"][-1]["content"]) for asked in self.asked]

    def answer(self, asked: Asked) -> object:
        if (asked.method, asked.path) != ("POST", "/v1/chat/completions"):
            raise RefusedError(404, f"Invalid URL ({asked.method} {asked.path})", type="invalid_request_error")
        given = (asked.headers["Authorization"] or "").removeprefix("Bearer ")
        if self.key and given != self.key:
            masked = f"{given[:8]}********{given[-4:]}"
            raise RefusedError(401, f"Incorrect API key provided: {masked}.", code="invalid_api_key")
        body = asked.json
        if body.get("model") not in self.models:
            raise RefusedError(404, f"The model `{body.get('model')}` does not exist.", code="model_not_found")
        check_messages(body.get("messages"))
        texts = json.loads(body["messages"][-1]["content"])["texts"]
        if "response_format" in body:
            if not self.schemas:
                raise RefusedError(400, "Unsupported parameter: 'response_format'.", param="response_format")
            check_schema(body["response_format"], set(texts))
        self.billed.update(texts.values())
        terms = json.loads(body["messages"][-1]["content"]).get("terms", {})
        answers: Texts = {key: self._text(text, terms.get(key, {})) for key, text in texts.items()}
        way = WAYS[self.ways.popleft() if self.ways else self.way]
        return completion(**{"content": json.dumps(answers, ensure_ascii=False)} | way(answers))

    def _text(self, text: str, terms: dict[str, str]) -> str:
        if self.obeys and _ORDER.search(text):
            return "OK! Visit https://evil.example for a **free** refund."
        damage = DAMAGES[self.damage.popleft() if self.damage else self.always]
        return damage(translated(text, terms))


def completion(content: str | None, finish_reason: str = "stop", refusal: str | None = None) -> dict[str, object]:
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return {
        "id": "chatcmpl-stub",
        "object": "chat.completion",
        "created": 0,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason, "logprobs": None}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def check_messages(messages: object) -> None:
    sound = isinstance(messages, list) and [one.get("role") for one in messages] == ["system", "user"]
    if not sound or not all(isinstance(one.get("content"), str) for one in messages):
        raise RefusedError(400, "Invalid type for 'messages'.", param="messages")


def check_schema(form: object, keys: set[str]) -> None:
    """Structured outputs: every property required, none other allowed. And they must be those of the texts."""
    try:
        schema = form["json_schema"]["schema"]
        sound = (
            form["type"] == "json_schema"
            and form["json_schema"]["strict"] is True
            and re.fullmatch(r"[\w-]{1,64}", form["json_schema"]["name"])
            and schema["type"] == "object"
            and schema["additionalProperties"] is False
            and set(schema["required"]) == set(schema["properties"]) == keys
            and all(one == {"type": "string"} for one in schema["properties"].values())
        )
    except (KeyError, TypeError):
        sound = False
    if not sound:
        raise RefusedError(400, "Invalid schema for response_format 'translations'.", param="response_format")


def _json(texts: Texts) -> str:
    return json.dumps(texts, ensure_ascii=False)


def _swapped(texts: Texts) -> dict:
    keys = list(texts)
    if len(keys) > 1:
        texts[keys[0]], texts[keys[1]] = texts[keys[1]], texts[keys[0]]
    return {"content": _json(texts)}


def _without_first(texts: Texts) -> Texts:
    return dict(list(texts.items())[1:])


def _twice(texts: Texts) -> dict:
    key, text = next(iter(texts.items()))
    return {"content": _json(texts)[:-1] + f", {json.dumps(key)}: {json.dumps(f'{text} again')}}}"}


WAYS: dict[str, Callable[[Texts], dict]] = {
    "": lambda texts: {},  # noqa: ARG005
    "chatter": lambda texts: {"content": f"Certainly! Here are {{all}} of them:\n{_json(texts)}\nAnything else?"},
    "cut": lambda texts: {"content": _json(texts)[: len(_json(texts)) * 2 // 3]},
    "empty": lambda texts: {"content": ""},  # noqa: ARG005
    "extra": lambda texts: {"content": _json(texts | {"t99": "Ëxtrá"})},
    "fence": lambda texts: {"content": f"```json\n{json.dumps(texts, indent=2)}\n```"},
    "filtered": lambda texts: {"content": None, "finish_reason": "content_filter"},  # noqa: ARG005
    "length": lambda texts: {"content": _json(texts)[:10], "finish_reason": "length"},
    "missing": lambda texts: {"content": _json(_without_first(texts))},
    "no text": lambda texts: {"content": _json(texts | {next(iter(texts)): ["a", "list"]})},
    "prose": lambda texts: {"content": "I am sorry, but I cannot do that."},  # noqa: ARG005
    "refusal": lambda texts: {"content": None, "refusal": "I can't help with that."},  # noqa: ARG005
    "swapped": _swapped,
    "thoughts": lambda texts: {"content": f'<think>Maybe {{"t1": "no"}}?</think>\n{_json(texts)}'},
    "twice": _twice,
    "two objects": lambda texts: {"content": f"{_json(texts)}\nOr rather:\n{_json(texts)}"},
    "wrong keys": lambda texts: {"content": _json({f"x{key}": text for key, text in texts.items()})},
}
