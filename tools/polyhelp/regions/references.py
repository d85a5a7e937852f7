"""Which fields of region data a text reads, and a fingerprint of their values.

A reviewer says yes to a text as it was seen with the data of that day; when the data changes, the yes expires.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from polyhelp.errors import RegionError
from polyhelp.model import Dated, Region, digest
from polyhelp.regions.sandbox import dotted, is_template, parse
from polyhelp.regions.schema import COMPUTED, ROOTS

EVERYTHING = "*"
"""The path that stands for all data: a text that cannot be read by itself, such as half of a loop."""


Names = Mapping[str, frozenset[str]]
"""Names that templates introduce (a loop's variable), and the field paths that each stands for."""


def references(text: str, names: Names | None = None) -> frozenset[str]:
    """The field paths that ``text`` reads: ``{"returns.window", "payments.methods.brand"}``.

    A loop's variable stands for what the loop runs over, where the loop is part of ``text``, and so does one of
    ``names``, for a text from inside a loop; any other name is kept as it is.
    Never fails: a text that is no complete template by itself gives :data:`EVERYTHING`.
    """
    if not is_template(text):
        return frozenset()
    try:
        tree = parse(text, "")
    except RegionError:
        return frozenset({EVERYTHING})
    reader = _Reader()
    reader.visit(tree, dict(names or {}))
    return frozenset(reader.paths - {""})


def introduced(texts: Iterable[str]) -> Names:
    """What the names stand for that the templates ``texts`` introduce; one that several introduce stands for all."""
    found: dict[str, frozenset[str]] = {}
    for text in texts:
        try:
            tree = parse(text, "")
        except RegionError:
            continue
        reader = _Reader()
        reader.visit(tree, {})
        for name, paths in reader.introduced.items():
            found[name] = found.get(name, frozenset()) | paths
    return found


class Digests:
    """Fingerprints of the region data that texts read, each worked out once. ``names`` as in :func:`references`."""

    def __init__(self, regions: Mapping[str, Region], names: Names | None = None) -> None:
        self._regions = regions
        self._names = names
        self._known: dict[tuple[str, tuple[str, ...]], str] = {}

    def __call__(self, source: str, codes: tuple[str, ...] = ()) -> str:
        """That of the data that ``source`` reads of the regions ``codes``, of all of them when there are none.

        It is ``""`` for text that reads none. A region that is gone has no data.
        """
        if not is_template(source):
            return ""
        if (source, codes) not in self._known:
            regions = {code: self._regions.get(code) or Region(code, {}) for code in codes} or self._regions
            self._known[source, codes] = fingerprint(references(source, self._names), regions)
        return self._known[source, codes]


def fingerprint(paths: Iterable[str], regions: Mapping[str, Region]) -> str:
    """A digest of the values at ``paths`` in all ``regions``; ``""`` when there are no paths.

    A field whose values have days counts with all of them: what is prepared ahead is accepted ahead, and the day on
    which it begins changes nothing. The order of both does not matter. A path whose first name is not one of region
    data counts as all data.
    """
    wanted = sorted({in_region(path) for path in paths})
    if not wanted:
        return ""
    texts = [f"{path} {code} {_canonical(_seen(regions[code], path))}" for path in wanted for code in sorted(regions)]
    return digest(*wanted, *texts)


def _seen(region: Region, path: str) -> object:
    """The value at ``path``, and those of other days below, above and at it."""
    days = {key: row for key, row in region.dated.items() if meets(key, path)}
    undated = _without(region.data, days) if days else region.data
    here = _at(undated, path)
    return {"": here, **days} if days else here


def _without(data: Mapping[str, object], keys: Iterable[str]) -> Mapping[str, object]:
    """``data`` without the fields at the key paths ``keys``, whose value depends on the day."""
    out = dict(data)
    for key in keys:
        section, _, name = key.partition(".")
        inner = out.get(section)
        if name and isinstance(inner, Mapping):
            out[section] = {field: value for field, value in inner.items() if field != name}
        elif not name:
            out.pop(section, None)
    return out


def meets(field: str, read: str) -> bool:
    """Whether a text that reads ``read`` may print the field: it, something in it, or something around it."""
    return read == EVERYTHING or f"{field}.".startswith(f"{read}.") or f"{read}.".startswith(f"{field}.")


def in_region(path: str) -> str:
    """``path`` inside one region's data; ``region`` for what follows from the region's code alone."""
    root, _, rest = path.partition(".")
    if root in {"region", "regions"}:
        first = rest.partition(".")[0]
        return rest if first in ROOTS else "region"
    if root in COMPUTED:
        return "region"  # what is accepted are the words around it; it changes with the calendar
    return path if root in ROOTS else EVERYTHING


def _at(value: object, path: str) -> object:
    if path == EVERYTHING:
        return value
    if path == "region":
        return None  # the code stands beside it
    name, _, rest = path.partition(".")
    if isinstance(value, tuple | list):
        return tuple(_at(item, path) for item in value)
    if not isinstance(value, Mapping):
        return value  # a field of an amount or a duration: the whole of it counts
    if name not in value:
        return _ABSENT
    return _at(value[name], rest) if rest else value[name]


_ABSENT = object()


def _canonical(value: object) -> str:
    if value is _ABSENT:
        return "absent"
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key!r}:{_canonical(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, Dated):
        return f"{value.since}..{value.until}:{_canonical(value.value)}"
    if isinstance(value, tuple | list):
        return "[" + ",".join(map(_canonical, value)) + "]"
    return f"{type(value).__name__}:{value!s}"


@dataclass(slots=True)
class _Reader:
    """Collects paths; ``names`` maps the names that the text itself introduces to the paths behind them."""

    paths: set[str] = field(default_factory=set)
    introduced: dict[str, frozenset[str]] = field(default_factory=dict)

    def visit(self, node: nodes.Node, names: dict[str, frozenset[str]]) -> None:
        path = dotted(node) if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem) else ""
        if path:
            self.paths |= _resolved(path, names)
        elif isinstance(node, nodes.For):
            self.loop(node, names)
        elif isinstance(node, nodes.Assign):
            self.visit(node.node, names)
            self.introduce(node.target, self.behind(node.node, names), names)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, names)

    def loop(self, node: nodes.For, names: dict[str, frozenset[str]]) -> None:
        self.visit(node.iter, names)
        behind = self.behind(node.iter, names)
        inner = {**names, "loop": frozenset()}
        self.introduce(node.target, behind, inner)
        for child in (node.test, *node.body):
            if child is not None:
                self.visit(child, inner)
        for child in node.else_:
            self.visit(child, names)

    def introduce(self, target: nodes.Node, behind: frozenset[str], names: dict[str, frozenset[str]]) -> None:
        for name in _targets(target):
            names[name] = behind
            self.introduced[name] = self.introduced.get(name, frozenset()) | behind

    def behind(self, node: nodes.Node, names: dict[str, frozenset[str]]) -> frozenset[str]:
        """The paths that an expression's value may come from."""
        inside = _Reader()
        inside.visit(node, dict(names))
        return frozenset(inside.paths)


def _targets(node: nodes.Node) -> list[str]:
    return [name.name for name in (node, *node.find_all(nodes.Name)) if isinstance(name, nodes.Name)]


def _resolved(path: str, names: Mapping[str, frozenset[str]]) -> set[str]:
    root, _, rest = path.partition(".")
    if root not in names:
        return {path}
    return {f"{base}.{rest}" if rest else base for base in names[root]}
