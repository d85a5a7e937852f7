"""Region data from a folder: files in, regions out, and every mistake of every file in one message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from polyhelp.errors import RegionError
from polyhelp.model import Region
from polyhelp.regions.kinds import Kind, Many, Records, Scalar, Wrong, fact, region_mistake, regions
from polyhelp.regions.schema import FACTS, INHERITS, ROOTS, SCHEMA, SECTIONS
from polyhelp.regions.source import Entries, Items, Mistake, Tree, read
from polyhelp.text.similarity import closest

DEFAULT = "_default"
_ABSTRACT = re.compile(r"[a-z_][a-z0-9_-]*")
_FACT_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class _File:
    """One file, read: its own fields by key path, and the file it starts from (``""`` for none)."""

    name: str
    path: str
    parent: str
    parent_line: int
    fields: Mapping[str, object]


def load(folder: Path, root: Path, problems: list[RegionError] | None = None) -> dict[str, Region]:
    """The regions of ``folder``, sorted by code; empty when there is no such folder. Places are relative to ``root``.

    A file ``DE.yml`` is the region DE. Files with lower-case names or a leading ``_`` are only there to be inherited.
    A file starts from what it ``inherits``, else from ``_default.yml``; its own fields replace inherited ones one by
    one, and a list replaces a list as a whole.

    All mistakes of all files make one RegionError. It is raised, or, where ``problems`` is given, added there, and
    the regions come out that no mistake touches.
    """
    if not folder.is_dir():
        return {}
    mistakes: list[Mistake] = []
    files: dict[str, _File] = {}
    paths = sorted(path for path in folder.iterdir() if path.suffix in {".yml", ".yaml"} and path.is_file())
    names = {path.stem for path in paths}
    for path in paths:
        files[path.stem] = _file(path, _shown(path, root), names, mistakes)
    _check_names(files, mistakes)
    chains = {name: _chain(name, files, mistakes) for name in files}
    if mistakes and problems is None:
        raise _error(mistakes, _shown(folder, root))
    if mistakes and problems is not None:
        problems.append(_error(mistakes, _shown(folder, root)))
    broken = {mistake.path for mistake in mistakes}
    return {
        name: Region(name, _nested(chains[name], files))
        for name in sorted(files)
        if not _ABSTRACT.fullmatch(name) and not any(files[link].path in broken for link in chains[name])
    }


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _error(mistakes: list[Mistake], folder: str) -> RegionError:
    ordered = sorted(set(mistakes), key=lambda mistake: (mistake.path, mistake.line, mistake.key, mistake.message))
    count = "a mistake" if len(ordered) == 1 else f"{len(ordered)} mistakes"
    return RegionError("\n  ".join([f"the region data in {folder} has {count}:", *map(str, ordered)]))


def _file(file: Path, path: str, names: set[str], mistakes: list[Mistake]) -> _File:
    entries, found = read(file, path)
    mistakes.extend(found)
    reader = _Fields(path, mistakes)
    fields = reader.all(entries)
    parent = entries.entries.get(INHERITS)
    line = entries.lines.get(INHERITS, 0)
    if parent is None:
        default = DEFAULT if DEFAULT in names and file.stem != DEFAULT else ""
        return _File(file.stem, path, default, 0, fields)
    if not isinstance(parent, Scalar) or parent.null:
        reader.wrong(line, INHERITS, "this is not the name of a file", "write one name, such as 'inherits: eu'")
        return _File(file.stem, path, "", line, fields)
    name = parent.text.removesuffix(".yml")
    if name not in names:
        near = closest(name, names - {file.stem})
        hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(sorted(names - {file.stem}))}"
        reader.wrong(line, INHERITS, f"there is no file '{name}.yml' here", hint)
        name = ""
    return _File(file.stem, path, name, line, fields)


@dataclass(frozen=True, slots=True)
class _Fields:
    """Reads the fields of one file by the schema."""

    path: str
    mistakes: list[Mistake]

    def wrong(self, line: int, key: str, message: str, hint: str = "") -> None:
        self.mistakes.append(Mistake(self.path, line, key, message, hint))

    def all(self, entries: Entries) -> dict[str, object]:
        fields: dict[str, object] = {}
        for name, tree in entries.entries.items():
            line = entries.lines[name]
            if name == INHERITS:
                continue
            if name not in ROOTS:
                self.unknown(line, name, ROOTS | {INHERITS})
            elif name not in SECTIONS:
                self.field(line, name, tree, fields)
            elif isinstance(tree, Entries):
                self.section(name, tree, fields)
            elif not (isinstance(tree, Scalar) and tree.null):
                self.wrong(line, name, "this is a section", "write its keys on the next lines, indented")
        return fields

    def section(self, section: str, entries: Entries, fields: dict[str, object]) -> None:
        known = {path.partition(".")[2] for path in SCHEMA if path.startswith(f"{section}.")}
        for name, tree in entries.entries.items():
            key, line = f"{section}.{name}", entries.lines[name]
            if section == FACTS:
                self.fact(line, key, tree, fields)
            elif name in known:
                self.field(line, key, tree, fields)
            else:
                self.unknown(line, key, {f"{section}.{one}" for one in known})

    def unknown(self, line: int, key: str, known: set[str] | frozenset[str]) -> None:
        last = key.rpartition(".")[2]
        moved = next((path for path in SCHEMA if path.rpartition(".")[2] == last), "")
        near = closest(key, known) or moved
        hint = f"did you mean '{near}'?" if near else f"a shop's own facts go under '{FACTS}:'"
        self.wrong(line, key, "there is no such key", hint)

    def field(self, line: int, key: str, tree: Tree, fields: dict[str, object]) -> None:
        kind = SCHEMA[key]
        value: object
        if isinstance(kind, Kind):
            value = self.scalar(line, key, tree, kind)
        elif not isinstance(tree, Items):
            self.wrong(line, key, "this must be a list", "write '[]' for none, else one item per line after '- '")
            return
        elif isinstance(kind, Many):
            pairs = enumerate(tree.items, 1)
            value = tuple(self.scalar(item.line, f"{key}[{n}]", item, kind.item) for n, item in pairs)
        else:
            value = tuple(self.record(f"{key}[{n}]", item, kind) for n, item in enumerate(tree.items, 1))
        fields[key] = value

    def scalar(self, line: int, key: str, tree: Tree, kind: Kind) -> object:
        value = (
            kind.value(tree) if isinstance(tree, Scalar) else Wrong("this must be a single value", f"write {kind.name}")
        )
        if isinstance(value, Wrong):
            self.wrong(line, key, value.message, value.hint)
        return value

    def record(self, key: str, tree: Tree, kind: Records) -> Mapping[str, object]:
        if not isinstance(tree, Entries):
            example = ", ".join(f"{name}: ..." for name in kind.fields)
            self.wrong(tree.line, key, "this must have keys", f"write {{{example}}}")
            return {}
        for name in tree.entries.keys() - kind.fields.keys():
            near = closest(name, kind.fields)
            hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(kind.fields)}"
            self.wrong(tree.lines[name], f"{key}.{name}", "there is no such key", hint)
        for name in kind.fields.keys() - tree.entries.keys():
            self.wrong(tree.line, key, f"'{name}' is missing", f"write '{name}: ' and {kind.fields[name].name}")
        return {
            name: self.scalar(tree.lines[name], f"{key}.{name}", tree.entries[name], of)
            for name, of in kind.fields.items()
            if name in tree.entries
        }

    def fact(self, line: int, key: str, tree: Tree, fields: dict[str, object]) -> None:
        name = key.partition(".")[2]
        if not _FACT_NAME.fullmatch(name):
            self.wrong(line, key, "a fact's name has small letters, digits and _", "such as 'gift_wrapping'")
        items = tree.items if isinstance(tree, Items) else (tree,)
        values = [fact(item) if isinstance(item, Scalar) else _not_a_fact() for item in items]
        if isinstance(tree, Items):
            values = [value if isinstance(value, str | Wrong) else _not_a_fact() for value in values]
        for value in values:
            if isinstance(value, Wrong):
                self.wrong(line, key, value.message, value.hint)
        fields[key] = tuple(values) if isinstance(tree, Items) else values[0]


def _not_a_fact() -> Wrong:
    return Wrong("a fact is a text, a whole number, true or false, a date, or a list of texts", "write one of these")


def _check_names(files: Mapping[str, _File], mistakes: list[Mistake]) -> None:
    inherited = {file.parent for file in files.values()} | {DEFAULT}
    for name, file in files.items():
        if file.path.endswith(".yaml"):
            mistakes.append(Mistake(file.path, 0, "", "region files end in .yml", f"rename it to {name}.yml"))
        elif _ABSTRACT.fullmatch(name):
            if name.upper() in regions() and name not in inherited:
                hint = f"a region's file is called {name.upper()}.yml"
                mistakes.append(Mistake(file.path, 0, "", "nothing inherits this file", hint))
        elif wrong := region_mistake(name):
            hint = f"{wrong.hint} A file that is only inherited has a lower-case name"
            mistakes.append(Mistake(file.path, 0, "", wrong.message, hint))


def _chain(name: str, files: Mapping[str, _File], mistakes: list[Mistake]) -> tuple[str, ...]:
    """The files that make up ``name``, farthest ancestor first."""
    chain = [name]
    while parent := files[chain[-1]].parent:
        if parent in chain:
            circle = chain[chain.index(parent) :]
            first = files[min(circle)]
            turn = circle.index(first.name)
            shown = " -> ".join([*circle[turn:], *circle[:turn], first.name])
            message = f"the files inherit from each other in a circle: {shown}"
            mistakes.append(Mistake(first.path, first.parent_line, INHERITS, message, "remove one of them"))
            break
        chain.append(parent)
    return tuple(reversed(chain))


def _nested(chain: tuple[str, ...], files: Mapping[str, _File]) -> dict[str, object]:
    fields = {key: value for name in chain for key, value in files[name].fields.items()}
    data: dict[str, object] = {}
    sections: dict[str, dict[str, object]] = {}
    for key in sorted(fields):
        section, _, name = key.partition(".")
        if name:
            data[section] = sections.setdefault(section, {})
            sections[section][name] = fields[key]
        else:
            data[key] = fields[key]
    return data
