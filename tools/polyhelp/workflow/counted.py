"""Counts that were made before, remembered in ``.polyhelp/counts.json`` by what was counted.

A name is made from contents (of a catalog, of what it was counted with), never from a file's name or date, so that
what is remembered is right on every branch and in every clone. Without the file everything is counted again.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import polyhelp
from polyhelp.errors import WriteError
from polyhelp.locales import files

FILE = Path(".polyhelp/counts.json")

REMEMBERED = 200_000
"""Counts that are kept; about 100 bytes each. Those that nobody asked for go first."""

Numbers = tuple[int, ...] | None
"""What was counted; None for contents that cannot be."""


class Counted:
    """The counts by name. ``width`` is how many numbers each has, ``what`` says which."""

    def __init__(self, root: Path, what: str, width: int) -> None:
        self._file = root / FILE
        self._by = f"polyhelp {polyhelp.version()}: {what}"  # another version may count in another way
        self._known: dict[str, Numbers] = {}
        self._new: dict[str, Numbers] = {}
        with contextlib.suppress(OSError, ValueError):
            data = json.loads(self._file.read_bytes())
            if isinstance(data, dict) and data.get("by") == self._by and isinstance(data.get("counts"), dict):
                rows = data["counts"].items()
                self._known = {name: tuple(row) if row else None for name, row in rows if _whole(row, width)}

    def __contains__(self, name: str) -> bool:
        return name in self._new or name in self._known

    def __getitem__(self, name: str) -> Numbers:
        if name not in self._new:
            self._new[name] = self._known[name]
        return self._new[name]

    def __setitem__(self, name: str, numbers: Numbers) -> None:
        self._new[name] = numbers

    def save(self) -> None:
        """Keep everything for the next run, where it can be written."""
        if self._new.keys() <= self._known.keys():
            return
        used = {name: row for name, row in self._known.items() if name not in self._new} | self._new
        latest = dict(list(used.items())[-REMEMBERED:])
        text = json.dumps({"by": self._by, "counts": latest}, separators=(",", ":"))
        with contextlib.suppress(WriteError):
            files.write(self._file, f"{text}\n", str(FILE))


def _whole(row: object, width: int) -> bool:
    return row is None or (isinstance(row, list) and len(row) == width and all(isinstance(one, int) for one in row))
