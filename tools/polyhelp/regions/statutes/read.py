"""Reads the law of a region from the file beside this module, with what it inherits.

A file has a ``name``, maybe what it ``inherits``, and sections of facts. A region's fact replaces its parent's, key by
key; so duties add up. ``without`` names sections and facts of the parent that do not hold here. Notes for writers
(``culture``) are never inherited.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from polyhelp.errors import RegionError
from polyhelp.model import Duration, Fact, Law, Money, Threshold
from polyhelp.regions.kinds import parse_duration, parse_money
from polyhelp.text.similarity import instead

_FOLDER = Path(__file__).parent
_NOT_INHERITED = "culture"
_HEAD = frozenset({"name", "inherits", "without"})


@dataclass(frozen=True, slots=True)
class _File:
    """One region's own facts, and what it takes from its parent."""

    name: str
    parent: str
    without: tuple[str, ...]
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Statutes:
    """The law of all regions in ``folder``; a region is read when it is asked for."""

    folder: Path = _FOLDER
    _files: dict[str, _File] = field(default_factory=dict, repr=False)

    @property
    def codes(self) -> tuple[str, ...]:
        """The regions whose law is known, blocs such as ``eu`` among them, sorted."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.yml")))

    def known(self, region: str) -> bool:
        """Whether the law of ``region`` is known."""
        return region in self.codes

    def nearest(self, region: str) -> str:
        """Whose law holds in ``region``: its own, else that of what it is a part of; ``""`` where neither is known."""
        codes = self.codes
        return next((name for name in (region, region.partition("-")[0]) if name in codes), "")

    def law(self, region: str) -> Law:
        """The law of ``region``, with what it inherits. Raises RegionError for a region that is not known."""
        if not self.known(region):
            hint = instead(region, self.codes)
            raise RegionError(f"the law of '{region}' is not known", hint=hint)
        return Law(region, self._file(region).name, self._facts(region))

    def own(self, region: str) -> tuple[Fact, ...]:
        """The facts of ``region`` itself, without inherited ones, as they stand in its file."""
        return tuple(self._file(region).facts.values())

    def lineage(self, region: str) -> tuple[str, ...]:
        """The region, the one it inherits from, and so on."""
        parent = self._file(region).parent
        return (region, *self.lineage(parent)) if parent else (region,)

    def _facts(self, region: str) -> dict[str, Fact]:
        file = self._file(region)
        inherited = self._facts(file.parent) if file.parent else {}
        kept = {
            path: fact
            for path, fact in inherited.items()
            if path not in file.without and fact.section not in {*file.without, _NOT_INHERITED}
        }
        return {**kept, **file.facts}

    def _file(self, region: str) -> _File:
        if region not in self._files:
            text = (self.folder / f"{region}.yml").read_text(encoding="utf-8")
            self._files[region] = _read(region, _loaded(text))
        return self._files[region]


def _loaded(text: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be built without libyaml
    tree: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 (both are safe loaders)
    return tree


def _read(region: str, tree: Mapping[str, Any]) -> _File:
    facts = {
        f"{section}.{key}": fact
        for section, rows in tree.items()
        if section not in _HEAD
        for key, fact in _section(region, section, rows)
    }
    return _File(tree["name"], tree.get("inherits", ""), tuple(tree.get("without", ())), facts)


def _section(region: str, section: str, rows: Mapping[str, Any]) -> Iterator[tuple[str, Fact]]:
    for key, row in rows.items():
        yield (
            key,
            Fact(
                region,
                section,
                key,
                _value(row["value"]),
                row["source"],
                row["tier"],
                row["verified"],
                row.get("as_of", ""),
                row.get("note", ""),
                row.get("kind", ""),
                _day(row, "from"),
                _day(row, "until"),
                _threshold(row.get("if")),
            ),
        )


def _day(row: Mapping[str, Any], key: str) -> dt.date | None:
    return dt.date.fromisoformat(row[key]) if key in row else None


def _threshold(row: Mapping[str, Any] | None) -> Threshold | None:
    if row is None:
        return None
    turnover = _value(row["turnover"]) if "turnover" in row else None
    return Threshold(row.get("staff"), turnover if isinstance(turnover, Money) else None)


def _value(value: object) -> object:
    if isinstance(value, str):
        return _typed(value)
    if isinstance(value, list):
        return tuple(map(_value, value))
    if isinstance(value, dict):
        return {key: _value(part) for key, part in value.items()}
    return value


@cache
def _typed(text: str) -> object:
    """A duration or an amount where the text is exactly one, else the text."""
    if text[:1].isdigit():
        for parse in (parse_duration, parse_money):
            read = parse(text)
            if isinstance(read, Duration | Money):
                return read
    return text
