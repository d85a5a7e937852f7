"""The term base in DeepL's own glossaries, kept in step by their names.

A glossary's name holds a digest of its entries: one that is there under the wanted name need not be made, and one
that changed is another glossary. So two branches with different terms each have their own, and neither spoils the
other's. Of the same help center and target, those that are older than a week and are not in use are deleted; should
somebody still need one, it is made anew.

Glossaries know languages, not variants: Brazil's and Portugal's terms are two glossaries.

Source of the limits: https://developers.deepl.com/api-reference/multilingual-glossaries
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from polyhelp.engines.base import Pairs
from polyhelp.engines.deepl_codes import root

if TYPE_CHECKING:
    from deepl.api_data import MultilingualGlossaryInfo

    from polyhelp.engines.deepl_client import Connection

_LONGEST_TERM = 1024  # bytes of UTF-8
_LARGEST = 10 * 1024 * 1024  # bytes of a dictionary
_FORBIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, half characters, line ends
_OLD = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Glossary:
    """What a glossary should hold: DeepL's codes and the entries.

    ``family`` is what the names of all begin with that one help center makes for one target, ``name`` its own.
    """

    source: str
    target: str
    entries: Mapping[str, str]
    family: str
    name: str

    def holds(self, terms: Pairs) -> bool:
        """Whether one of these terms is in it."""
        return any(self.entries.get(source) == target for source, target in terms)


@lru_cache(maxsize=256)  # a term base is the same for every request of a run
def glossary_of(source: str, target: str, terms: Pairs, owner: str) -> Glossary:
    """The glossary of a help center's term base, with what a glossary may hold.

    Left out: what is the same in both languages (it travels as a tag), a source that was there before, and what
    breaks DeepL's limits.
    """
    entries: dict[str, str] = {}
    size = 0
    for ours, theirs in terms:
        size += _bytes(ours) + _bytes(theirs) + 2
        if size <= _LARGEST and ours != theirs and ours not in entries and _allowed(ours) and _allowed(theirs):
            entries[ours] = theirs
    family = f"polyhelp {_digest(owner, 8)} {target} "
    own = _digest(json.dumps([source, target, sorted(entries.items())]), 16)
    return Glossary(source, target, entries, family, family + own)


def _allowed(term: str) -> bool:
    return (
        bool(term)
        and term == term.strip()
        and _bytes(term) <= _LONGEST_TERM
        and not any(unicodedata.category(character) in _FORBIDDEN for character in term)
    )


def _bytes(term: str) -> int:
    return len(term.encode(errors="surrogatepass"))


class Glossaries:
    """The glossaries of a DeepL account, as far as they are ours.

    Several threads may ask at once: each glossary is made once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listed: list[MultilingualGlossaryInfo] | None = None
        self._ids: dict[str, str] = {}

    def id_of(self, glossary: Glossary, connection: Connection) -> str:
        """The id of the glossary, which is made if it is not there. Raises EngineError."""
        name = glossary.name
        with self._lock:
            if name not in self._ids:
                if self._listed is None:
                    self._listed = connection.glossaries()
                self._ids[name] = self._there(glossary) or connection.create_glossary(
                    name, glossary.source, glossary.target, glossary.entries
                )
                for old in self._old(glossary):
                    connection.delete_glossary(old)
            return self._ids[name]

    def forget(self, glossary: Glossary, glossary_id: str) -> None:
        """The service says that this one is gone: look again the next time."""
        name = glossary.name
        with self._lock:
            if self._ids.get(name) == glossary_id:
                del self._ids[name]
                self._listed = None

    def _there(self, glossary: Glossary) -> str:
        """The id of the first that was made under its name and still has as many entries; people can change them."""
        name, held = glossary.name, (root(glossary.source), root(glossary.target), len(glossary.entries))
        complete = [
            info
            for info in self._listed or ()
            if info.name == name
            and held in [(one.source_lang, one.target_lang, one.entry_count) for one in info.dictionaries]
        ]
        return min(complete, key=lambda info: info.creation_time).glossary_id if complete else ""

    def _old(self, glossary: Glossary) -> list[str]:
        """The ids of those that the same help center made for the same target and no longer uses."""
        before = dt.datetime.now(dt.UTC) - _OLD
        return [
            info.glossary_id
            for info in self._listed or ()
            if info.name.startswith(glossary.family) and info.name not in self._ids and info.creation_time < before
        ]


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
