"""The v3 glossaries of the stand-in for DeepL: kept, checked by the documented limits, and applied to text."""

from __future__ import annotations

import datetime as dt
import html
import itertools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from deepl_stub_languages import SOURCES

LONGEST = 1024
MOST = 1000
Pair = tuple[str, str]


class RefusedError(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass
class Glossary:
    id: str
    name: str
    created: dt.datetime
    dictionaries: dict[Pair, dict[str, str]] = field(default_factory=dict)

    def info(self) -> dict[str, object]:
        return {
            "glossary_id": self.id,
            "name": self.name,
            "creation_time": self.created.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"),
            "dictionaries": [dictionary_info(pair, entries) for pair, entries in self.dictionaries.items()],
        }


@dataclass
class Shelf:
    """All glossaries of the account. ``writes``: what was created, changed or deleted, as ``METHOD path``."""

    glossaries: dict[str, Glossary] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    lists: int = 0
    _numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def serve(self, method: str, path: str, query: str, body: dict) -> tuple[int, object]:
        """Answer ``METHOD /v3/glossaries...``: a status and its JSON (None for no content)."""
        _, _, _, glossary_id, part = (*path.split("/"), "", "")[:5]
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if method != "GET":
            self.writes.append(f"{method} {path}")
        if not glossary_id:
            return self.create(body) if method == "POST" else self.list_all()
        glossary = self.glossaries.get(glossary_id)
        if glossary is None:
            raise RefusedError(404, "Glossary not found")
        return self.serve_one(glossary, f"{method} {part}", asked, body)

    def serve_one(self, glossary: Glossary, what: str, asked: dict[str, str], body: dict) -> tuple[int, object]:
        answer: object = None
        match what:
            case "GET ":
                answer = glossary.info()
            case "GET entries":
                answer = {"dictionaries": [entries_info(pair_of(asked), self.held(glossary, pair_of(asked)))]}
            case "PATCH ":
                glossary.name = name_of(body) if "name" in body else glossary.name
                for pair, entries in map(dictionary_of, body.get("dictionaries", [])):
                    glossary.dictionaries.setdefault(pair, {}).update(entries)
                answer = glossary.info()
            case "PUT dictionaries":
                pair, entries = dictionary_of(body)
                glossary.dictionaries[pair] = entries
                answer = dictionary_info(pair, entries)
            case "DELETE ":
                del self.glossaries[glossary.id]
            case "DELETE dictionaries":
                self.held(glossary, pair_of(asked))
                del glossary.dictionaries[pair_of(asked)]
            case _:
                raise RefusedError(404, "no such endpoint here")
        return (204 if answer is None else 200), answer

    def list_all(self) -> tuple[int, object]:
        self.lists += 1
        return 200, {"glossaries": [glossary.info() for glossary in self.glossaries.values()]}

    def create(self, body: dict) -> tuple[int, object]:
        if len(self.glossaries) >= MOST:
            raise RefusedError(456, "Quota for the number of glossaries exceeded")
        dictionaries = dict(map(dictionary_of, body.get("dictionaries", [])))
        if not dictionaries:
            raise RefusedError(400, "Parameter 'dictionaries' not specified.")
        number = f"{next(self._numbers):08d}-0000-4000-8000-000000000000"
        self.glossaries[number] = Glossary(number, name_of(body), dt.datetime.now(dt.UTC), dictionaries)
        return 201, self.glossaries[number].info()

    def held(self, glossary: Glossary, pair: Pair) -> dict[str, str]:
        if pair not in glossary.dictionaries:
            raise RefusedError(404, "Glossary dictionary not found")
        return glossary.dictionaries[pair]

    def entries(self, glossary_id: str, pair: Pair) -> dict[str, str]:
        """What a translation with this glossary heeds."""
        if glossary_id not in self.glossaries:
            raise RefusedError(404, "Glossary not found")
        return self.held(self.glossaries[glossary_id], pair)


def with_terms(entries: dict[str, str], other: Callable[[str], str], *, xml: bool) -> Callable[[str], str]:
    """A function on text: whole words that are entries become their targets, the rest is as ``other`` makes it."""
    if not entries:
        return other
    shown = {html.escape(a, False): html.escape(b, False) for a, b in entries.items()} if xml else entries
    longest_first = sorted(shown, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")
    return lambda text: "".join(
        shown[piece] if at % 2 else other(piece) for at, piece in enumerate(pattern.split(text))
    )


def pair_of(given: dict) -> Pair:
    pair = str(given.get("source_lang", "")).upper(), str(given.get("target_lang", "")).upper()
    for code in pair:
        if code not in SOURCES:  # root codes only
            raise RefusedError(400, f"Unsupported glossary language '{code}'")
    return pair


def dictionary_of(given: dict) -> tuple[Pair, dict[str, str]]:
    if given.get("entries_format") != "tsv":
        raise RefusedError(400, "Value for 'entries_format' not supported.")
    entries: dict[str, str] = {}
    for line in given["entries"].split("\n"):
        source, tab, target = line.partition("\t")
        if not tab or not all(map(allowed, (source, target))):
            raise RefusedError(400, f"Invalid glossary entries provided: {line!r}")
        if source in entries:
            raise RefusedError(400, f"Duplicate glossary entry: {source!r}")
        entries[source] = target
    return pair_of(given), entries


def allowed(term: str) -> bool:
    return (
        bool(term)
        and term == term.strip()
        and len(term.encode()) <= LONGEST
        and not any(unicodedata.category(c) in {"Cc", "Zl", "Zp"} for c in term)
    )


def name_of(body: dict) -> str:
    name = str(body.get("name", ""))
    if not name or len(name.encode()) > LONGEST:
        raise RefusedError(400, "Invalid glossary name")
    return name


def dictionary_info(pair: Pair, entries: dict[str, str]) -> dict[str, object]:
    return {"source_lang": pair[0].lower(), "target_lang": pair[1].lower(), "entry_count": len(entries)}


def entries_info(pair: Pair, entries: dict[str, str]) -> dict[str, object]:
    tsv = "\n".join(f"{source}\t{target}" for source, target in entries.items())
    return {
        "source_lang": pair[0].lower(),
        "target_lang": pair[1].lower(),
        "entries": tsv,
        "entries_format": "tsv",
    }
