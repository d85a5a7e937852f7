"""Concepts put into the text of a term base file, or taken out; what is not changed keeps every byte.

The file's own text is cut at the places that the YAML's nodes tell, and only the entry of a concept that changes is
loaded and dumped again (ruamel.yaml's round trip, which keeps its comments, its order and its quotes). New concepts
come last. Raises nothing on what :mod:`polyhelp.glossary.read` can read, but for a file that is one flow list.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import PlainScalarString, SingleQuotedScalarString

from polyhelp.errors import Place, TermBaseError
from polyhelp.glossary.read import FIELDS, TARGET_FIELDS, TermFile
from polyhelp.glossary.yaml_tree import NULL, tree
from polyhelp.model import Concept, Locale, TermTarget

Value = str | list[str]
_MEANS_MORE = re.compile(r"true|false|yes|no|on|off|null|[0-9][0-9.,:_e+x-]*|\d{4}-\d\d-\d\d.*", re.IGNORECASE)
"""Plain words that other YAML readers take for something else than text."""
_INDENTED_LIST = re.compile(r"^([ ]*)[\w-]+:[ \t]*\n\1[ ]+- ", re.MULTILINE)
_DASH = re.compile(r"[ \t]*-")
_BOM = "\ufeff"


def edited(text: str, put: Iterable[Concept], removed: Collection[str] = (), path: str = "") -> str:
    """``text`` with the concepts of ``put`` in place of those of the same id, or at its end, and without ``removed``.

    ``removed`` holds ids. ``path`` names the file in messages. Raises TermBaseError when the file cannot be changed.
    """
    bom, text = (_BOM, text.removeprefix(_BOM)) if text.startswith(_BOM) else ("", text)
    eol = "\r\n" if "\r\n" in text else "\n"
    entries = _entries(text, path)
    column = next((entry.dash - (text.rfind("\n", 0, entry.dash) + 1) for entry in entries), 0)
    known = {entry.concept.id: entry for entry in entries}
    changes: list[tuple[int, int, str]] = []
    new: list[str] = []
    for concept in put:
        entry = known.get(concept.id)
        if entry is None:
            new.append(_indented(_dumped(_mapping(concept)), column).replace("\n", eol))
        elif entry.concept != concept:
            block = _rewritten(text[entry.dash : entry.end], column, entry.concept, concept)
            changes.append((entry.dash, entry.end, block.replace("\r\n", "\n").replace("\n", eol)))
    changes += [(*_whole(text, known[id_]), "") for id_ in removed if id_ in known]
    for start, end, block in sorted(changes, reverse=True):
        text = text[:start] + block + text[end:]
    return bom + _appended(text, new, eol)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A concept of a file: where its dash stands, and where its last word ends (characters)."""

    concept: Concept
    dash: int
    end: int


def _entries(text: str, path: str) -> list[_Entry]:
    top = tree(text)
    if top is None or isinstance(top, ScalarNode):
        return []
    if not isinstance(top, SequenceNode) or (top.flow_style and top.value):
        raise TermBaseError(
            "the file is no list with one '- ' for each concept, so it cannot be changed from here",
            Place(path, 1),
            "write each concept as lines of its own, beginning with '- id: ...'",
        )
    entries = []
    for node in top.value:
        concept = TermFile(path, []).concept(node)
        if concept is not None:
            entries.append(_Entry(concept, _dash(text, node.start_mark.index), _end(node, text)))
    return entries


def _dash(text: str, start: int) -> int:
    """The dash before the entry that begins at ``start``: first in its line, or alone in one above."""
    while True:
        line = text.rfind("\n", 0, start) + 1
        found = _DASH.match(text, line, start)
        if found:
            return found.end() - 1
        start = line - 1


def _end(node: Node, text: str) -> int:
    """Where the last word in ``node`` ends: a block's own end is where the next one begins."""
    if isinstance(node, MappingNode) and not node.flow_style and node.value:
        return max(_end(one, text) for pair in node.value for one in pair)
    if isinstance(node, SequenceNode) and not node.flow_style and node.value:
        return max(_end(one, text) for one in node.value)
    end: int = node.end_mark.index
    return end - (len(text[:end]) - len(text[:end].rstrip())) if getattr(node, "style", "") in {"|", ">"} else end


def _whole(text: str, entry: _Entry) -> tuple[int, int]:
    """The lines of an entry, with the blank line before or after it."""
    start = text.rfind("\n", 0, entry.dash) + 1
    end = text.find("\n", entry.end) + 1 or len(text)
    after = re.compile(r"[ \t]*\r?\n").match(text, end)
    if after:
        return start, after.end()
    before = re.search(r"(?<=\n)[ \t]*\r?\n\Z", text[:start])
    return before.start() if before else start, end


def _appended(text: str, blocks: list[str], eol: str) -> str:
    if not blocks:
        return text
    if text and not text.endswith("\n"):
        text += eol
    gap = "" if not text or text.endswith(("\n\n", "\n\r\n")) else eol
    return text + gap + eol.join(blocks)


# ---------------------------------------------------------------- one entry


class _Words(VersionedResolver):
    """Takes every plain word for text, so that it is written back as it was; only nothing is nothing."""

    @property
    def versioned_resolver(self) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
        return {"": [(NULL, re.compile("$"))]}


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = _Words
    yaml.preserve_quotes = True
    yaml.width = 1 << 20
    yaml.allow_unicode = True
    return yaml


def _dumped(mapping: Any, offset: int = 0) -> str:
    """The mapping as YAML that ends with a line's end; dashes of lists below it stand ``offset`` further right."""
    yaml = _yaml()
    yaml.indent(mapping=2, sequence=2 + offset, offset=offset)
    out = io.StringIO()
    yaml.dump(mapping, out)
    return out.getvalue()


def _indented(block: str, column: int, width: int = 2) -> str:
    """``block`` as an item of a list whose dashes stand in ``column``, its keys ``width`` further right."""
    first, *others = block.rstrip("\n").split("\n")
    space = " " * (column + width)
    lines = [f"{space}{line}" if line.strip() else line for line in others]
    return "\n".join([" " * column + "-".ljust(width) + first, *lines]) + "\n"


def _rewritten(block: str, column: int, old: Concept, new: Concept) -> str:
    """The entry ``block`` (from its dash in ``column`` on) of ``old``, saying ``new``."""
    lines = (" " * column + block.replace("\r\n", "\n").replace("-", " ", 1)).split("\n")
    depths = [len(line) - len(line.lstrip()) for line in lines]
    keys = next(depth for depth, line in zip(depths, lines, strict=True) if line.strip() and line.lstrip()[0] != "#")
    bare = "\n".join(line[min(depth, keys) :] for depth, line in zip(depths, lines, strict=True)).lstrip("\n")
    mapping = _yaml().load(bare)
    _update(mapping, _fields(old), _fields(new), FIELDS)
    _update_targets(mapping, old, new)
    offset = 2 if _INDENTED_LIST.search(bare) else 0
    return _indented(_dumped(mapping, offset), column, keys - column)[column:].rstrip("\n")


def _update(mapping: Any, old: Mapping[str, Value], new: Mapping[str, Value], order: tuple[str, ...]) -> None:
    """Bring the fields of ``mapping`` that differ from ``old`` to ``new``; new ones where ``order`` has them."""
    for name in order:
        if old.get(name) == new.get(name):
            continue
        if name not in new:
            mapping.pop(name, None)
        elif name in mapping:
            mapping[name] = _node(new[name], mapping[name])
        else:
            before = set(order[: order.index(name)])
            keys = list(mapping)
            at = max((keys.index(key) + 1 for key in keys if key in before), default=0)
            mapping.insert(at, name, _node(new[name]))


def _update_targets(mapping: Any, old: Concept, new: Concept) -> None:
    if old.targets == new.targets and old.do_not_translate == new.do_not_translate:
        return
    if not new.targets:
        mapping.pop("targets", None)
        return
    targets = mapping.get("targets")
    if not isinstance(targets, CommentedMap):
        targets = mapping["targets"] = CommentedMap()
    keys = {Locale.parse(str(key)): key for key in targets}
    for locale in [one for one in keys if one not in new.targets]:
        del targets[keys[locale]]
    for locale, target in new.targets.items():
        fields = _target_fields(target, new)
        if locale not in keys:
            targets[locale.tag] = _flow(fields)
        elif locale in old.targets:
            _update(targets[keys[locale]], _target_fields(old.targets[locale], old), fields, TARGET_FIELDS)


def _mapping(concept: Concept) -> CommentedMap:
    mapping = CommentedMap({name: _node(value) for name, value in _fields(concept).items()})
    if concept.targets:
        targets = {locale.tag: _flow(_target_fields(one, concept)) for locale, one in concept.targets.items()}
        mapping["targets"] = CommentedMap(targets)
    return mapping


def _fields(concept: Concept) -> dict[str, Value]:
    """The fields of an entry but for its targets, in their order; what is as by default is left out, but for two."""
    fields: dict[str, Value] = {
        "id": concept.id,
        "source": concept.source,
        "pos": concept.part.value,
        "definition": concept.definition,
        "domain": concept.domain,
        "owner": concept.owner,
        "enforce": PlainScalarString(concept.enforce.value if concept.enforce else "off"),
        "do_not_translate": PlainScalarString("true" if concept.do_not_translate else ""),
        "case_sensitive": PlainScalarString("true" if concept.case_sensitive else ""),
        "variants": list(concept.variants),
        "except": list(concept.excluded),
        "scope": list(concept.scope),
    }
    return {name: value for name, value in fields.items() if value}


def _target_fields(target: TermTarget, concept: Concept) -> dict[str, Value]:
    fields: dict[str, Value] = {
        "preferred": "" if concept.do_not_translate and target.preferred == concept.source else target.preferred,
        "admitted": list(target.admitted),
        "deprecated": list(target.deprecated),
        "forbidden": list(target.forbidden),
        "note": target.note,
    }
    return {name: value for name, value in fields.items() if value or name in target.cleared}


def _flow(fields: Mapping[str, Value]) -> CommentedMap:
    mapping = CommentedMap({name: _node(value) for name, value in fields.items()})
    mapping.fa.set_flow_style()
    return mapping


def _node(value: Value, like: object = None) -> object:
    """A value for the round trip, a list in one line unless the one that it replaces (``like``) is in several."""
    if isinstance(value, str):
        plain = isinstance(value, PlainScalarString) or (value[:1].isalnum() and not _MEANS_MORE.fullmatch(value))
        return value if plain else SingleQuotedScalarString(value)
    items = CommentedSeq([_node(one) for one in value])
    if not isinstance(like, CommentedSeq) or like.fa.flow_style():
        items.fa.set_flow_style()
    return items
