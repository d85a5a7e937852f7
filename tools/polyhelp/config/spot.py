"""Places in mkdocs.yml: the value at a key path, and its line."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.comments import TaggedScalar


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands: its key path as the user reads it, and the keys that lead to it from ``top``."""

    path: str
    top: Any
    keys: tuple[str | int, ...]

    def at(self, *keys: str | int) -> Spot:
        """The spot below this one."""
        path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
        return Spot(self.path + path, self.top, (*self.keys, *keys))

    @property
    def value(self) -> Any:
        """What stands there; None when nothing does."""
        value = self.top
        for key in self.keys:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    @property
    def line(self) -> int:
        """The line of the last key that is there, from 1; 0 when the file gives none."""
        value, line = self.top, 0
        for key in self.keys:
            marks = getattr(value, "lc", None)
            if marks is None:
                break
            try:
                found = marks.key(key) if isinstance(value, Mapping) else marks.item(key)
                value, line = value[key], int(found[0]) + 1
            except (KeyError, IndexError, TypeError):
                return line or int(marks.line) + 1
        return line


def plain(value: Any) -> Any:
    """Plain values instead of ruamel's, so that messages show them as the user wrote them; ``!ENV`` is looked up."""
    tag = str(getattr(getattr(value, "tag", None), "value", None) or "")
    if tag == "!ENV":
        return _environment([value.value] if isinstance(value, TaggedScalar) else [plain(item) for item in value])
    if isinstance(value, TaggedScalar):
        return f"{tag} {value.value}".strip()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _environment(names: Sequence[Any]) -> Any:
    """As MkDocs reads ``!ENV NAME`` and ``!ENV [NAME, OTHER, default]``: the first variable that is set."""
    *variables, default = names if len(names) > 1 else (*names, None)
    return next((os.environ[str(name)] for name in variables if str(name) in os.environ), default)
