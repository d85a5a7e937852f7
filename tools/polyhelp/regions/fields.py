"""The fields of one region file, read by the schema: values with their days, and what is wrong with the others."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Protocol

from polyhelp.errors import Place
from polyhelp.model import Dated
from polyhelp.regions.kinds import DATE, TEXT, Kind, Many, Records, Scalar, Wrong, fact
from polyhelp.regions.schema import DUTIES, FACTS, INHERITS, ROOTS, SCHEMA, SECTIONS
from polyhelp.regions.source import Entries, Items, Mistake, Tree, single
from polyhelp.regions.timeline import as_timeline, overlap
from polyhelp.text.similarity import closest

VALUE, SINCE, UNTIL, ADD = "value", "valid_from", "valid_until", "add"
_DATED = frozenset({VALUE, SINCE, UNTIL})
_FACT_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DUTY_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _Read(Protocol):
    def __call__(self, line: int, key: str, tree: Tree, /) -> tuple[Dated, ...]: ...


@dataclass(frozen=True, slots=True)
class Field:
    """What one file says about one key path. With ``adds``, its lists go behind the inherited one."""

    values: tuple[Dated, ...]
    place: Place
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Reads the fields of one file. ``parents`` are the sections' own ``inherits``, with their lines."""

    path: str
    mistakes: list[Mistake]
    found: dict[str, Field] = field(default_factory=dict)
    parents: dict[str, tuple[str, int]] = field(default_factory=dict)

    def wrong(self, line: int, key: str, message: str, hint: str = "") -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(self.path, line, key, message, hint))

    def read(self, entries: Entries) -> None:
        """Read a whole file but for its ``inherits``."""
        for name, tree in entries.entries.items():
            line = entries.lines[name]
            if name == INHERITS:
                continue
            if name not in ROOTS:
                self._unknown(line, name, ROOTS | {INHERITS})
            elif name not in SECTIONS:
                self._field(line, name, tree, SCHEMA[name])
            elif isinstance(tree, Entries):
                self._section(name, tree)
            elif not (isinstance(tree, Scalar) and tree.null):
                self.wrong(line, name, "this is a section", "write its keys on the next lines, indented")

    def parent(self, key: str, tree: Tree, line: int) -> str:
        """The name after ``inherits``; ``""`` when it is none."""
        if isinstance(tree, Scalar) and not tree.null:
            return tree.text.removesuffix(".yml")
        self.wrong(line, key, "this is not the name of a file", "write one name, such as 'inherits: eu'")
        return ""

    def _section(self, section: str, entries: Entries) -> None:
        known = {path.partition(".")[2] for path in SCHEMA if path.startswith(f"{section}.")}
        for name, tree in entries.entries.items():
            key, line = f"{section}.{name}", entries.lines[name]
            if name == INHERITS:
                self.parents[section] = self.parent(key, tree, line), line
            elif section == FACTS:
                self._named(_FACT_NAME, line, key, "a fact's name has small letters, digits and _")
                self._dated(line, key, tree, self._fact)
            elif section == DUTIES:
                self._named(_DUTY_NAME, line, key, "a duty's id has small letters, digits and -")
                self._dated(line, key, tree, lambda at, path, one: self._scalar(at, path, one, TEXT))
            elif name in known:
                self._field(line, key, tree, SCHEMA[key])
            else:
                self._unknown(line, key, {f"{section}.{one}" for one in (*known, INHERITS)})

    def _named(self, pattern: re.Pattern[str], line: int, key: str, rule: str) -> None:
        if not pattern.fullmatch(key.partition(".")[2]):
            self.wrong(line, key, rule, "such as 'gift_wrapping'" if "fact" in rule else "such as 'guarantee-notice'")

    def _unknown(self, line: int, key: str, known: set[str] | frozenset[str]) -> None:
        last = key.rpartition(".")[2]
        moved = next((path for path in SCHEMA if path.rpartition(".")[2] == last), "")
        near = closest(key, known) or moved
        hint = f"did you mean '{near}'?" if near else f"a shop's own facts go under '{FACTS}:'"
        self.wrong(line, key, "there is no such key", hint)

    # ------------------------------------------------------------ values with days

    def _field(self, line: int, key: str, tree: Tree, kind: Kind | Many | Records) -> None:
        if isinstance(tree, Entries) and ADD in tree.entries and not isinstance(kind, Kind):
            for name in tree.entries.keys() - {ADD}:
                self.wrong(tree.lines[name], f"{key}.{name}", "there is no such key", f"write only '{ADD}' here")
            self._keep(line, key, self._list(tree.lines[ADD], f"{key}.{ADD}", tree.entries[ADD], kind), adds=True)
        elif isinstance(kind, Kind):
            self._dated(line, key, tree, lambda at, path, one: self._scalar(at, path, one, kind))
        else:
            self._dated(line, key, tree, lambda at, path, one: self._list(at, path, one, kind))

    def _dated(self, line: int, key: str, tree: Tree, read: _Read) -> None:
        """Keep what ``read`` makes of ``tree``, or of the ``value`` of each of its dated entries."""
        entries = _dated_entries(tree)
        if entries is None:
            self._keep(line, key, read(line, key, tree))
            return
        values: list[Dated] = []
        for number, one in enumerate(entries, 1):
            at = f"{key}[{number}]" if len(entries) > 1 else key
            for name in one.entries.keys() - _DATED:
                hint = f"did you mean '{closest(name, _DATED) or SINCE}'?"
                self.wrong(one.lines[name], f"{at}.{name}", "there is no such key", hint)
            if VALUE not in one.entries:
                self.wrong(one.line, at, f"'{VALUE}' is missing", f"write '{VALUE}:' beside the days")
                continue
            since, until = self._day(one, SINCE, at), self._day(one, UNTIL, at)
            if since and until and until < since:
                self.wrong(one.lines[UNTIL], f"{at}.{UNTIL}", f"{until} is before {since}", "change one of the days")
                continue
            inner = read(one.lines[VALUE], f"{at}.{VALUE}", one.entries[VALUE])
            if any(part.since or part.until for part in inner):
                self.wrong(one.line, at, "days stand inside of days", "date either the list or its items")
            values += [Dated(part.value, since, until) for part in inner]
        if twice := overlap(values):
            message = f"two values hold on {twice}"
            self.wrong(line, key, message, f"end the first with '{UNTIL}' on the day before")
        self._keep(line, key, tuple(values))

    def _keep(self, line: int, key: str, values: tuple[Dated, ...], *, adds: bool = False) -> None:
        self.found[key] = Field(values, Place(self.path, line), adds)

    def _day(self, entries: Entries, name: str, key: str) -> dt.date | None:
        tree = entries.entries.get(name)
        if tree is None:
            return None
        value = self._value(entries.lines[name], f"{key}.{name}", tree, DATE)
        return value if isinstance(value, dt.date) else None

    # ------------------------------------------------------------ values

    def _value(self, line: int, key: str, tree: Tree, kind: Kind) -> object:
        value = single(tree, kind)
        if isinstance(value, Wrong):
            self.wrong(line, key, value.message, value.hint)
        return value

    def _scalar(self, line: int, key: str, tree: Tree, kind: Kind) -> tuple[Dated, ...]:
        return (Dated(self._value(line, key, tree, kind)),)

    def _list(self, line: int, key: str, tree: Tree, kind: Many | Records) -> tuple[Dated, ...]:
        if not isinstance(tree, Items):
            self.wrong(line, key, "this must be a list", "write '[]' for none, else one item per line after '- '")
            return ()
        if isinstance(kind, Many):
            pairs = enumerate(tree.items, 1)
            return (Dated(tuple(self._value(item.line, f"{key}[{n}]", item, kind.item) for n, item in pairs)),)
        return as_timeline([self._record(f"{key}[{n}]", item, kind) for n, item in enumerate(tree.items, 1)])

    def _record(self, key: str, tree: Tree, kind: Records) -> Dated:
        if not isinstance(tree, Entries):
            example = ", ".join(f"{name}: ..." for name in kind.fields)
            self.wrong(tree.line, key, "this must have keys", f"write {{{example}}}")
            return Dated({})
        for name in tree.entries.keys() - kind.fields.keys() - {SINCE, UNTIL}:
            near = closest(name, (*kind.fields, SINCE, UNTIL))
            hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(kind.fields)}"
            self.wrong(tree.lines[name], f"{key}.{name}", "there is no such key", hint)
        for name in kind.fields.keys() - tree.entries.keys():
            self.wrong(tree.line, key, f"'{name}' is missing", f"write '{name}: ' and {kind.fields[name].name}")
        record = {
            name: self._value(tree.lines[name], f"{key}.{name}", tree.entries[name], of)
            for name, of in kind.fields.items()
            if name in tree.entries
        }
        return Dated(record, self._day(tree, SINCE, key), self._day(tree, UNTIL, key))

    def _fact(self, line: int, key: str, tree: Tree) -> tuple[Dated, ...]:
        items = tree.items if isinstance(tree, Items) else (tree,)
        values = [fact(item) if isinstance(item, Scalar) else _not_a_fact() for item in items]
        if isinstance(tree, Items):
            values = [value if isinstance(value, str | Wrong) else _not_a_fact() for value in values]
        for value in values:
            if isinstance(value, Wrong):
                self.wrong(line, key, value.message, value.hint)
        return (Dated(tuple(values) if isinstance(tree, Items) else values[0]),)


def _dated_entries(tree: Tree) -> tuple[Entries, ...] | None:
    """The entries of a value that has days; None for a value without."""
    items = tree.items if isinstance(tree, Items) else (tree,)
    entries = tuple(item for item in items if isinstance(item, Entries) and VALUE in item.entries)
    if not entries:
        return None
    return tuple(item for item in items if isinstance(item, Entries))


def _not_a_fact() -> Wrong:
    return Wrong("a fact is a text, a whole number, true or false, a date, or a list of texts", "write one of these")
