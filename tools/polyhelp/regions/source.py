"""A YAML file as a tree of scalars with line numbers. Nothing is constructed, so nothing can run.

Aliases and tags are refused: region data needs neither, and both are ways to make a small file do large things.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from polyhelp.regions.kinds import Kind, Scalar, Wrong

MAX_BYTES = 1_000_000
MAX_PARTS = 20_000
"""Lines, commas and opening brackets of one file: what there is to read, whatever its size. Takes about a second."""
_PARTS = "\n,[{"
MAX_KEY = 200
"""Characters of one key."""
MAX_DEPTH = 100
"""Brackets that stand open at one time."""
_BRACKET = re.compile(r"[\[\]{}]")
_PAGES = "region data is a page or two"
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("bool", "float", "int", "map", "merge", "null", "seq", "str", "timestamp", "value")
)


@dataclass(frozen=True, slots=True)
class Items:
    """A YAML list."""

    items: tuple[Tree, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Entries:
    """A YAML mapping; ``lines`` says where each key stands."""

    entries: Mapping[str, Tree]
    lines: Mapping[str, int]
    line: int


Tree = Scalar | Items | Entries


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong in one file. ``key`` is the path of keys, ``""`` when the whole file is meant."""

    path: str
    line: int
    key: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return ": ".join(part for part in (where, self.key, self.message) if part) + (
            f"; {self.hint}" if self.hint else ""
        )


@dataclass(slots=True)
class _Reader:
    path: str
    mistakes: list[Mistake] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def wrong(self, line: int, message: str, hint: str = "", key: str = "") -> None:
        self.mistakes.append(Mistake(self.path, line, key, message, hint))

    def tree(self, node: Node, key: str, parent: int) -> Tree:
        """``node`` and what is in it; ``parent`` is the line of what it belongs to."""
        line = node.start_mark.line + 1
        if id(node) in self.seen:  # the node says where it first stood, not where it is named again
            self.wrong(parent, "YAML aliases (*name) are not allowed", "write the value out", key)
            return Scalar("", line)
        self.seen.add(id(node))
        if str(node.tag) not in _TAGS:
            self.wrong(line, f"the YAML tag '{node.tag}' is not allowed", "remove it", key)
        if isinstance(node, MappingNode):
            return self.entries(node, key)
        if isinstance(node, SequenceNode):
            return Items(tuple(self.tree(item, f"{key}[{n}]", line) for n, item in enumerate(node.value, 1)), line)
        return Scalar(node.value, line, plain=getattr(node, "style", None) is None)

    def entries(self, node: MappingNode, key: str) -> Entries:
        entries: dict[str, Tree] = {}
        lines: dict[str, int] = {}
        for name_node, value in node.value:
            line = name_node.start_mark.line + 1
            if not isinstance(name_node, ScalarNode):
                self.wrong(line, "a key must be a word", key=key)
                continue
            name = name_node.value
            if len(name) > MAX_KEY:
                self.wrong(line, f"a key is longer than {MAX_KEY} characters", key=key)
                continue
            path = f"{key}.{name}" if key else name
            if name in lines:
                self.wrong(line, f"the key stands here a second time, first in line {lines[name]}", "keep one", path)
                continue
            entries[name], lines[name] = self.tree(value, path, line), line
        return Entries(entries, lines, node.start_mark.line + 1)


def read(file: Path, path: str) -> tuple[Entries, list[Mistake]]:
    """The tree of one file, and what is wrong with it as YAML. ``path`` is how the user knows the file.

    A file that cannot be read at all gives an empty mapping and a mistake.
    """
    reader = _Reader(path)
    text = _text(file, reader)
    node = _composed(text, reader)
    if node is None:
        return Entries({}, {}, 1), reader.mistakes
    if not isinstance(node, MappingNode):
        reader.wrong(node.start_mark.line + 1, "the file must hold keys and values", "such as 'currency: EUR'")
        return Entries({}, {}, 1), reader.mistakes
    try:
        return reader.entries(node, ""), reader.mistakes
    except RecursionError:
        return Entries({}, {}, 1), [Mistake(path, 1, "", "the file is nested too deeply")]


def told(about: str, mistakes: Sequence[Mistake]) -> str:
    """One message with all ``mistakes``; ``about`` is such as ``the waivers have``."""
    count = "a mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    return "\n  ".join([f"{about} {count}:", *map(str, mistakes)])


def single(tree: Tree, kind: Kind) -> object:
    """The value of ``tree``, or a :class:`Wrong`."""
    return kind.value(tree) if isinstance(tree, Scalar) else Wrong("this must be a single value", f"write {kind.name}")


def parts(text: str) -> int:
    """How much there is to read in ``text``: its lines, commas and opening brackets."""
    return sum(map(text.count, _PARTS))


def _text(file: Path, reader: _Reader) -> str:
    try:
        if file.is_symlink() and not file.resolve().is_relative_to(_home(file, reader.path)):
            reader.wrong(0, "the symbolic link leads out of the project", "copy the file here instead")
            return ""
        if not stat.S_ISREG(file.stat().st_mode):
            reader.wrong(0, "this is no file", "remove it")
            return ""
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
        text = data.decode("utf-8-sig") if len(data) <= MAX_BYTES else ""
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        reader.wrong(line, "the file is not UTF-8", "save it as UTF-8")
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        reader.wrong(0, f"the file cannot be read: {getattr(error, 'strerror', '') or error}")
    else:
        if len(data) > MAX_BYTES:
            reader.wrong(0, "the file is larger than 1 MB", _PAGES)
        elif parts(text) > MAX_PARTS:
            reader.wrong(0, f"the file has more than {MAX_PARTS} lines, commas and brackets", _PAGES)
            return ""
        elif deep := _too_deep(text):
            reader.wrong(deep, "the file is nested too deeply", "region data is two or three levels deep")
            return ""
        return text
    return ""


def _too_deep(text: str) -> int:
    """The line in which more brackets stand open than anybody writes, or 0: reading them takes time and memory."""
    open_ = 0
    for bracket in _BRACKET.finditer(text):
        open_ = open_ + 1 if bracket[0] in "[{" else max(0, open_ - 1)
        if open_ > MAX_DEPTH:
            return text.count("\n", 0, bracket.start()) + 1
    return 0


def _home(file: Path, path: str) -> Path:
    """The folder that ``path`` is relative to: the project's."""
    return file.absolute().parents[max(len(PurePosixPath(path).parts) - 1, 0)].resolve()


def _composed(text: str, reader: _Reader) -> Node | None:
    yaml = YAML(typ="safe", pure=True)
    try:
        node: Node | None = yaml.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        reader.wrong(line, f"this is not YAML: {error.problem or error.context}", _advice(text, line))
    except RecursionError:
        reader.wrong(1, "the file is nested too deeply")
    except (YAMLError, ValueError) as error:
        reader.wrong(0, f"this is not YAML: {' '.join(str(error).split())}")
    else:
        return node
    return None


def _advice(text: str, line: int) -> str:
    lines = text.splitlines()
    before = lines[max(line - 2, 0) : line]
    if any("\t" in one for one in before):
        return "indent with spaces, not with tabs"
    if any(one.count(": ") > 1 for one in before):
        return "put a text with a colon in quotes"
    return ""
