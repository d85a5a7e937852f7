"""A YAML file as a tree of nodes, read field by field: every value knows its line, and every mistake is noted.

The YAML is never turned into objects: no tag of a stranger is built, and a term such as ``no`` or ``2024`` stays text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from polyhelp.errors import Place
from polyhelp.glossary.yaml_tree import NULL, TooDeepError, tree
from polyhelp.text.similarity import closest

MAX_SIZE = 5_000_000
"""Bytes. A term base of 5,000 concepts in ten locales takes about 3 MB."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong: where, at which key, and what."""

    place: Place
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.key}: {self.text}" if self.key else f"{self.place}: {self.text}"


class File:
    """Reads one file, noting mistakes instead of stopping at the first."""

    def __init__(self, path: str, mistakes: list[Mistake]) -> None:
        self._path = path
        self._mistakes = mistakes
        self._seen: set[int] = set()

    def _alias(self, node: Node, key: str) -> bool:
        """Whether the node was read before, under another key: an alias, with which a small file can be endless."""
        if id(node) in self._seen:
            self._wrong(node, key, "a YAML alias (*name) cannot be used here; write the value out")
            return True
        self._seen.add(id(node))
        return False

    def _wrong(self, node: Node | None, key: str, text: str) -> None:
        line = node.start_mark.line + 1 if node is not None else 0
        self._mistakes.append(Mistake(Place(self._path, line), key, text))

    def _parse(self, file: Path) -> Node | None:
        try:
            size = file.stat().st_size
            if size > MAX_SIZE:
                self._wrong(None, "", f"the file has {size:,} bytes; split it: {MAX_SIZE:,} is the limit")
                return None
            return self._compose(file.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError as error:
            self._wrong(None, "", f"not UTF-8 text (byte {error.start}); save the file as UTF-8")
        except OSError as error:
            self._wrong(None, "", f"cannot be read: {error.strerror}")
        return None

    def _compose(self, text: str) -> Node | None:
        try:
            return tree(text)
        except TooDeepError:
            self._wrong(None, "", "lists and mappings are nested too deeply")
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            self._mistakes.append(Mistake(Place(self._path, line), "", f"not readable YAML: {error.problem}"))
        except (yaml.YAMLError, ValueError) as error:
            self._wrong(None, "", f"not readable YAML: {str(error).splitlines()[0]}")
        return None

    # ------------------------------------------------------------ values

    def _mapping(self, node: Node, key: str, known: tuple[str, ...] | None) -> dict[str, Node] | None:
        """A mapping's values by key, without those that are empty; None when it is no mapping."""
        if not isinstance(node, MappingNode):
            self._wrong(node, key, f"expected 'key: value' lines, found {_kind(node)}")
            return None
        if self._alias(node, key):
            return None
        values: dict[str, Node] = {}
        for name, value in node.value:
            if not isinstance(name, ScalarNode):
                self._wrong(name, key, f"a key must be a word, found {_kind(name)}")
            elif known is not None and name.value not in known:
                near = closest(name.value, known)
                way_out = f"did you mean '{near}'?" if near else f"there are: {', '.join(known)}"
                self._wrong(name, f"{key}.{name.value}", f"unknown key; {way_out}")
            elif name.value in values:
                self._wrong(name, f"{key}.{name.value}", "the key is given twice")
            else:
                values[name.value] = value
        return {name: value for name, value in values.items() if known is None or value.tag != NULL}

    def _text(
        self, fields: dict[str, Node], name: str, key: str, *, required: bool = False, where: Node | None = None
    ) -> str:
        node = fields.get(name)
        if node is None:
            if required:
                self._wrong(where, f"{key}.{name}", "is missing")
            return ""
        text = self._scalar(node, f"{key}.{name}")
        if required and text == "":
            self._wrong(node, f"{key}.{name}", "is empty")
        return text or ""

    def _scalar(self, node: Node, key: str) -> str | None:
        if not isinstance(node, ScalarNode):
            self._wrong(node, key, f"expected text, found {_kind(node)}")
            return None
        return " ".join(node.value.split())

    def _texts(self, fields: dict[str, Node], name: str, key: str) -> tuple[str, ...]:
        node = fields.get(name)
        if node is None:
            return ()
        if not isinstance(node, SequenceNode):
            self._wrong(node, f"{key}.{name}", f"expected a list such as [one, two], found {_kind(node)}")
            return ()
        if self._alias(node, f"{key}.{name}"):
            return ()
        texts = [self._scalar(item, f"{key}.{name}") for item in node.value]
        for item, text in zip(node.value, texts, strict=True):
            if text == "":
                self._wrong(item, f"{key}.{name}", "has an empty item")
        return tuple(dict.fromkeys(text for text in texts if text))

    def _flag(self, fields: dict[str, Node], name: str, key: str) -> bool:
        return self._choice(fields, name, key, ["true", "false"]) == "true"

    def _choice(self, fields: dict[str, Node], name: str, key: str, allowed: list[str]) -> str:
        """One of ``allowed``, or ``""`` where the key is not there or the value is wrong."""
        text = self._text(fields, name, key)
        if name in fields and text.casefold() not in allowed:
            near = closest(text.casefold(), allowed)
            way_out = f"did you mean '{near}'?" if near else f"expected one of: {', '.join(allowed)}"
            if isinstance(fields[name], ScalarNode):
                self._wrong(fields[name], f"{key}.{name}", f"'{text}' is not known; {way_out}")
            return ""
        return text.casefold()


def _kind(node: Node) -> str:
    if isinstance(node, SequenceNode):
        return "a list"
    if isinstance(node, MappingNode):
        return "a mapping"
    return "nothing" if node.tag == NULL else "text"
