"""Which catalogs are up to date, remembered in ``.polyhelp/sync.json``, so that only the others are read.

A row says: this very file was up to date with a document of this digest. It is believed only while both are so, hence
the file is never precious: without it, everything is read again. A file is known by size and time of change; where
the time is too near to that of the row to tell a second change, and where only the time is another, by its content.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from polyhelp.errors import WriteError
from polyhelp.locales import files
from polyhelp.model import Document

FILE = Path(".polyhelp/sync.json")
_VERSION = 2  # of the rows, and of what sync does to a catalog
_NEAR = 2_000_000_000  # nanoseconds; some file systems tell the time no better


@dataclass(frozen=True, slots=True)
class Row:
    """A catalog's file as it was when it was up to date; ``units`` counts its current ones."""

    document: str
    units: int
    size: int
    changed: int
    seen: int
    hash: str


def document_digest(document: Document) -> str:
    """A fingerprint of everything in ``document`` that a catalog's units follow."""
    sha = hashlib.sha256()
    for segment in document.segments:
        sha.update(f"{segment.source}\0{segment.context}\0{segment.kind}\0{segment.note}\0".encode("utf-8", "replace"))
    return sha.hexdigest()[:16]


class InSync:
    """The rows by the catalog's file name relative to the project."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.rows: dict[str, Row] = {}
        self.known: dict[str, Row] = {}  # as read; what is not asked for is forgotten
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            data = json.loads((root / FILE).read_bytes())
            if data["version"] == _VERSION:
                self.known = {name: Row(*row) for name, row in data["rows"].items()}

    def units(self, name: str, document: str) -> int | None:
        """How many current units the catalog ``name`` has if it is up to date with ``document``, else None."""
        row = self.known.get(name)
        if row is None or row.document != document:
            return None
        try:
            status = os.stat(f"{self.root}/{name}")  # noqa: PTH116 (thirty thousand times: a Path costs as much again)
            sure = status.st_mtime_ns == row.changed and row.seen - row.changed > _NEAR
            if status.st_size != row.size or (not sure and _hash(self.root / name) != row.hash):
                return None
        except OSError:
            return None
        self.rows[name] = row if sure else self._row(name, document, row.units) or row
        return row.units

    def note(self, name: str, document: str, units: int) -> None:
        """Remember that the catalog ``name`` is up to date as it stands on disk."""
        row = self._row(name, document, units)
        if row is not None:
            self.rows[name] = row

    def _row(self, name: str, document: str, units: int) -> Row | None:
        try:
            status = (self.root / name).stat()
            return Row(document, units, status.st_size, status.st_mtime_ns, time.time_ns(), _hash(self.root / name))
        except OSError:
            return None

    def keep(self, names: Iterable[str]) -> None:
        """Keep what is known of catalogs that were not looked at."""
        self.rows |= {name: self.known[name] for name in names if name in self.known and name not in self.rows}

    def save(self) -> None:
        """Write the rows if they are others than those that were read. Where they cannot be written, they are not."""
        if self.rows == self.known:
            return
        rows = {
            name: (row.document, row.units, row.size, row.changed, row.seen, row.hash)
            for name, row in sorted(self.rows.items())
        }
        with contextlib.suppress(WriteError):
            files.write(self.root / FILE, json.dumps({"version": _VERSION, "rows": rows}), str(FILE))


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
