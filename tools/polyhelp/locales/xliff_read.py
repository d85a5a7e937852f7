"""XLIFF that comes back: a file of :mod:`polyhelp.locales.xliff` that has been through any tool.

``sc`` and ``ec`` for ``pc``, several segments in a unit, lost attributes and lost metadata are understood. A document
type or entities are refused, and nothing is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from polyhelp.errors import InputError, Place
from polyhelp.locales.xliff import CORE, FLOW, METADATA, Incoming, Returned, Sent
from polyhelp.model import Key, State
from polyhelp.text.xml_tree import Element, Format, parsed

_MACHINE = re.compile(r"(?P<tool>[^\s:]+):(?:mt|machine)\b", re.IGNORECASE)
_STATES = {
    "initial": State.INITIAL,
    "translated": State.TRANSLATED,
    "reviewed": State.REVIEWED,
    "final": State.REVIEWED,
}
_ASK_AGAIN = "nothing was changed; export the file from the translation tool once more, as XLIFF 2.1"
_XLIFF = Format("XLIFF", _ASK_AGAIN, CORE, doctype=False)


def read(data: bytes, shown: str) -> Incoming:
    """The units that a file brings back. ``shown`` names the file in messages.

    Raises InputError, naming the line, when it is no XLIFF 2.0 or 2.1 with a target language.
    """
    root = parsed(data, shown, _XLIFF)
    _check_root(root, shown)
    units = [
        unit
        for file in root.elements("file")
        for unit in _units(file, file.attributes.get("original", ""), file.attributes.get("id", ""))
    ]
    return Incoming(root.attributes.get("srcLang", ""), root.attributes["trgLang"], tuple(units), root.line)


def _check_root(root: Element, shown: str) -> None:
    place = Place(shown, root.line)
    if root.name != "xliff":
        if root.name.startswith("urn:oasis:names:tc:xliff:document:"):
            version = root.attributes.get("version", "")
            raise InputError(f"this is XLIFF {version}, and polyhelp reads 2.0 and 2.1", place, _ASK_AGAIN)
        raise InputError(f"this is no XLIFF file: it begins with <{root.name.rpartition(' ')[2]}>", place, _ASK_AGAIN)
    if not root.attributes.get("trgLang"):
        raise InputError("the file does not say which language it was translated to (trgLang)", place, _ASK_AGAIN)


def _units(file: Element, article: str, name: str) -> Iterator[Returned]:
    units = {node.attributes.get("id", ""): node for node in file.all("unit")}
    flows = {key: [flow for code in node.all(*_CODES) for flow in _flows(code)] for key, node in units.items()}
    inside = {flow for names in flows.values() for flow in names}
    for key, node in units.items():
        if key not in inside:
            segments = [part for one in (key, *flows[key]) if one in units for part in units[one].elements("segment")]
            yield _returned(node, segments, _Reader(node, units), (article, name))


_CODES = ("pc", "ph", "sc", "ec")


def _returned(node: Element, segments: list[Element], reader: _Reader, file: tuple[str, str]) -> Returned:
    """The unit in ``node``; ``segments`` are its own and those of its sub-flows."""
    meta = {one.attributes.get("type", ""): one.own_text for one in node.all(f"{METADATA} meta")}
    known = Sent(meta["target"], meta["unit"], meta["state"]) if {"target", "unit", "state"} <= meta.keys() else None
    context = node.attributes.get("name", "") or meta.get("context", "")
    source = reader.joined("source")
    target = reader.joined("target")
    states = [_STATES.get(one.attributes.get("state", "initial")) for one in segments]
    if None in states:
        reader.fault = reader.fault or "the state is none of initial, translated, reviewed and final"
    machine = next((m["tool"] for one in segments if (m := _MACHINE.match(one.attributes.get("subState", "")))), "")
    line = next((one.line for one in _sides(node, "target")), node.line)
    return Returned(
        *file,
        node.attributes.get("id", ""),
        Key(source, context),
        target,
        min((state for state in states if state), key=list(State).index, default=State.INITIAL),
        line,
        f"mt/{machine.lower()}" if machine and machine != "polyhelp" else "",
        known,
        reader.fault,
    )


class _Reader:
    """Reads the texts of one unit; ``units`` are all of its file, by id, for sub-flows."""

    def __init__(self, unit: Element, units: dict[str, Element]) -> None:
        self._unit = unit
        self._units = units
        self._data = {
            data.attributes.get("id", ""): _plain(data)
            for originals in unit.elements("originalData")
            for data in originals.elements("data")
        }
        self._source = {
            code.attributes["id"]: code
            for source in _sides(unit, "source")
            for code in source.all("pc", "ph", "sc")
            if "id" in code.attributes
        }
        self.fault = ""

    def joined(self, side: str) -> str:
        """The unit's source or target: of all its segments, in order. ``""`` when a segment has no target."""
        parts = []
        for at, part in enumerate(self._unit.elements("segment", "ignorable"), start=1):
            content = next(part.elements(side), None)
            if content is None and part.name == "segment":
                return ""
            if content is None:
                content = next(part.elements("source"), part)
            order = content.attributes.get("order", "") if side == "target" else ""
            parts.append((int(order) if order.isdecimal() else at, self._content(content, side)))
        return "".join(text for _, text in sorted(parts, key=lambda pair: pair[0]))

    def _content(self, node: Element, side: str) -> str:
        out = []
        for child in node.children:
            if isinstance(child, str):
                out.append(child)
            elif child.name == "cp":
                out.append(_code_point(child))
            elif child.name == "pc":
                inside = self._content(child, side)
                out.append(f"{self._code(child, 'Start', side)}{inside}{self._code(child, 'End', side)}")
            elif child.name in {"ph", "sc"}:
                out.append(self._code(child, "" if child.name == "ph" else "Start", side))
            elif child.name == "ec":
                out.append(self._code(child, "End", side))
            else:  # mrk and what tools put around words
                out.append(self._content(child, side))
        return "".join(out)

    def _code(self, node: Element, end: str, side: str) -> str:
        """The Markdown of a code; the part ``Start`` or ``End`` of a pair."""
        given, original = node.attributes, self._original(node)
        own = given.get(f"dataRef{end}" if node.name == "pc" else "dataRef")
        reference = own or original.get(f"dataRef{end}") or ("" if end == "End" else original.get("dataRef"))
        if not reference or reference not in self._data:
            name = given.get("id") or given.get("startRef", "")
            self.fault = self.fault or f"the code {name} has no original data: the tool has lost it"
            return ""
        flows = given.get(f"subFlows{end}") or given.get("subFlows") or original.get(f"subFlows{end}", "")
        return self._with_flows(self._data[reference], flows.split(), side)

    def _original(self, node: Element) -> dict[str, str]:
        """The attributes of the source's code that this one is, or is a copy of."""
        for name in ("copyOf", "startRef", "id"):
            if found := self._source.get(node.attributes.get(name, "")):
                return found.attributes
        return {}

    def _with_flows(self, data: str, names: list[str], side: str) -> str:
        pieces = data.split(FLOW)
        if not names or len(pieces) != len(names) + 1:
            return data
        out = [pieces[0]]
        for name, piece in zip(names, pieces[1:], strict=True):
            flow = self._units.get(name)
            prose = "" if flow is None else "".join(map(_plain, _sides(flow, side)))
            if flow is not None and not prose:
                prose = "".join(map(_plain, _sides(flow, "source")))
            if not prose:
                self.fault = self.fault or f"the unit {name} is missing: it holds a text inside the markup of this one"
            out += [prose, piece]
        return "".join(out)


def _sides(unit: Element, side: str) -> Iterator[Element]:
    """The sources or targets of a unit's segments, in order; those of translation candidates are none of them."""
    return (content for part in unit.elements("segment", "ignorable") for content in part.elements(side))


def _flows(code: Element) -> Iterable[str]:
    for name in ("subFlows", "subFlowsStart", "subFlowsEnd"):
        yield from code.attributes.get(name, "").split()


def _plain(node: Element) -> str:
    """The text of an element whatever is around its words, code points read."""
    out = []
    for child in node.children:
        if isinstance(child, str):
            out.append(child)
        else:
            out.append(_code_point(child) if child.name == "cp" else _plain(child))
    return "".join(out)


def _code_point(node: Element) -> str:
    try:
        return chr(int(node.attributes.get("hex", ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"
