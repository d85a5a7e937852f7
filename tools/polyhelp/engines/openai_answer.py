"""Reading a language model's answer: JSON as it was asked for, or what models make of it.

Taken is the one JSON object that has keys we asked for, be it alone, in a fence or after some chatter. A key that is
missing, stands twice or has no text means no answer to that text, and a key that nobody asked for means nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from polyhelp.engines.http import whole

_TRIES = 200  # opening braces looked at, in chatter that is full of them
_THOUGHTS = "</think>"


def read(content: str, wanted: Collection[str]) -> dict[str, str] | None:
    """The translations by key; None when there is no such object, or more than one."""
    said = content.rpartition(_THOUGHTS)[2]
    found = [value for value in _objects(said) if any(key in value for key in wanted)]
    if len(found) != 1:
        return None
    texts = {key: whole(found[0].get(key)) for key in wanted}
    return {key: text for key, text in texts.items() if text is not None}


def _objects(content: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in a text, each once, without those inside others."""
    decoder = json.JSONDecoder(object_pairs_hook=_once)
    at = content.find("{")
    for _ in range(_TRIES):
        if at < 0:
            return
        try:
            value, end = decoder.raw_decode(content, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield value
        at = content.find("{", end)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys that stand twice have no value: nobody knows which one is meant."""
    values: dict[str, Any] = {}
    for key, value in pairs:
        values[key] = None if key in values else value
    return values
