"""Templates that can only read values and print them.

Jinja2's sandbox, made narrower: a template may use names, fields, comparisons, ``if``, ``for``, ``set`` and our
filters. Everything else is refused when the template is read, before any of it runs: calls, arithmetic, joining of
texts, includes, imports, macros. What is left can neither reach into Python nor grow without bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any, Literal

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from polyhelp.errors import Place, RegionError
from polyhelp.model import Duration, Money
from polyhelp.regions.filters.formats import FILTERS
from polyhelp.regions.plural import FORM, Plurals
from polyhelp.text.similarity import closest, instead

MAX_TAG = 4_000
"""Characters between the braces of one tag."""
MAX_TAGS = 60_000
"""Characters between the braces of all tags together. Reading them takes about a second."""

_OPENING = re.compile(r"\{\{|\{%")
MAX_TEMPLATE = 1_000_000
"""The longest template, in characters."""

PRINTED = " printed"
COUNTED = " counted"
FLAT = " flat"
"""Filters that every expression, loop and list goes through; no template can name them, because of the space."""

_MAX_DEPTH = 60
_TESTS = ("defined", "none", "undefined")
_MARKS = ("{{", "{%", "{# ")
_FIELDS: Mapping[type, frozenset[str]] = {
    Money: frozenset({"amount", "currency"}),
    Duration: frozenset({"amount", "at_least", "unit"}),
    LoopContext: frozenset({"first", "index", "index0", "last", "length", "revindex", "revindex0"}),
}
_ALLOWED = (
    nodes.And, nodes.Assign, nodes.Compare, nodes.CondExpr, nodes.Const, nodes.Filter, nodes.For, nodes.Getattr,
    nodes.Getitem, nodes.If, nodes.Keyword, nodes.List, nodes.Name, nodes.Not, nodes.Operand, nodes.Or, nodes.Output,
    nodes.Template, nodes.TemplateData, nodes.Test, nodes.Tuple,
)  # fmt: skip
_REFUSED: Mapping[type[nodes.Node], str] = {
    nodes.Call: "call functions",
    nodes.Concat: "join texts with '~'",
    nodes.BinExpr: "calculate",
    nodes.UnaryExpr: "calculate",
    nodes.Include: "include other files",
    nodes.Import: "import other files",
    nodes.FromImport: "import other files",
    nodes.Extends: "extend other files",
    nodes.Block: "have blocks",
    nodes.Macro: "define macros",
    nodes.CallBlock: "call macros",
    nodes.Slice: "cut lists",
    nodes.Dict: "build records",
}


class Environment(ImmutableSandboxedEnvironment):
    """Jinja2 without its globals, filters and tests, whose fields are those of region data and nothing else.

    ``{# `` with a space opens a comment, because ``{#id}`` names a heading in Markdown.
    """

    def __init__(self, newline: Literal["\n", "\r\n"] = "\n") -> None:
        super().__init__(
            extensions=(Plurals,),
            comment_start_string="{# ",
            comment_end_string=" #}",
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            optimized=False,
            undefined=StrictUndefined,
            newline_sequence=newline,
            cache_size=0,
        )
        self.globals.clear()
        self.filters = dict.fromkeys((*FILTERS, PRINTED, COUNTED, FLAT, FORM), _never)
        self.tests = {name: self.tests[name] for name in _TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of region data; never an attribute of a Python object."""
        if isinstance(obj, Section):
            return obj[attribute] if attribute in obj else self.undefined(hint=obj.missing(attribute))
        for kind, names in _FIELDS.items():
            if isinstance(obj, kind) and attribute in names:
                return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            str(obj)  # raises, and says what is missing
        return self.undefined(hint=f"a value has no field '{attribute}'")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A field by its name, or an item of a list by its number."""
        if isinstance(obj, tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.getattr(obj, str(argument)) if isinstance(argument, str) else self._no_item(obj)

    def _no_item(self, obj: Any) -> Undefined:
        if isinstance(obj, Undefined):
            str(obj)
        return self.undefined(hint="the list has no such item")


class Section(Mapping[str, object]):
    """A read-only part of the values; ``path`` is its place in them, ``owner`` whose values they are."""

    __slots__ = ("_fields", "owner", "path")

    def __init__(self, fields: Mapping[str, object], owner: str, path: str = "") -> None:
        self.owner = owner
        self.path = path
        self._fields = {name: self._inside(name, value) for name, value in fields.items()}

    def __getitem__(self, name: str) -> object:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def missing(self, name: str) -> str:
        """The message for a field that is not there: what, a line break, and the way out."""
        full = self._full(name)
        near = closest(name, self._fields)
        way = f"did you mean '{self._full(near)}'?" if near else f"there are: {', '.join(sorted(self._fields))}"
        return f"{self.owner} has no field '{full}'\n{way}"

    def _full(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _inside(self, name: str, value: object) -> object:
        if isinstance(value, Section):
            return value
        if isinstance(value, Mapping):
            return Section(value, self.owner, self._full(name))
        if isinstance(value, tuple | list):
            return tuple(self._inside(name, item) for item in value)
        return value


@dataclass(frozen=True, slots=True)
class Program:
    """A template, checked and compiled, and the names that it takes from outside."""

    code: CodeType
    names: frozenset[str]


def is_template(text: str) -> bool:
    """Whether ``text`` has anything for Jinja2 to do. Quick, and right unless the marks stand there as plain text."""
    return any(mark in text for mark in _MARKS)


def parse(text: str, path: str) -> nodes.Template:
    """The template's tree, checked. Raises RegionError with the line for a mistake in it or a thing it may not do."""
    if len(text) > MAX_TEMPLATE:
        raise RegionError(f"the template is longer than {MAX_TEMPLATE} characters", Place(path, 1))
    _check_tags(text, path)
    try:
        tree = Environment(_newline(text)).parse(text)
    except TemplateSyntaxError as error:
        raise RegionError(f"the template has a mistake: {error.message}", Place(path, error.lineno)) from None
    except (RecursionError, ValueError, MemoryError):
        raise RegionError("the template is nested too deeply", Place(path, 1)) from None
    _check(tree, path)
    return tree


@lru_cache(maxsize=128)
def compiled(text: str, path: str) -> Program:
    """The template, ready to run in any :class:`Environment`. Raises RegionError like :func:`parse`."""
    tree = parse(text, path)
    names = frozenset(find_undeclared_variables(tree))
    environment = Environment(_newline(text))
    _guard(tree, environment)
    try:
        code = environment.compile(tree, name=path, filename=path)
    except TemplateSyntaxError as error:
        raise RegionError(f"the template has a mistake: {error.message}", Place(path, error.lineno)) from None
    except (RecursionError, SyntaxError, MemoryError):
        raise RegionError("the template is nested too deeply", Place(path, 1)) from None
    return Program(code, names)


def dotted(node: nodes.Node) -> str:
    """The field path that an expression is about (``returns.fee`` for ``returns.fee | money``), or ``""``."""
    while isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    names: list[str] = []
    while not isinstance(node, nodes.Name):
        if isinstance(node, nodes.Getattr):
            names.append(node.attr)
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            if isinstance(node.arg.value, str):  # a number picks one of a list, whose path is the list's
                names.append(node.arg.value)
        else:
            return ""
        node = node.node
    return ".".join([node.name, *reversed(names)])


def _check(tree: nodes.Template, path: str) -> None:
    left: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while left:
        node, depth = left.pop()
        place = Place(path, node.lineno or 1)
        if depth > _MAX_DEPTH:
            raise RegionError("the template is nested too deeply", place)
        if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.For) and node.recursive):
            what = next((words for kind, words in _REFUSED.items() if isinstance(node, kind)), "")
            what = what or f"use '{type(node).__name__.lower()}'"
            raise RegionError(f"templates cannot {what}", place, "they read values and print them with filters")
        if isinstance(node, nodes.Filter) and node.name != FORM:
            _check_name("filter", node.name, FILTERS, place)
        if isinstance(node, nodes.Test):
            _check_name("test", node.name, _TESTS, place)
        left.extend((child, depth + 1) for child in node.iter_child_nodes())


def _check_tags(text: str, path: str) -> None:
    """Refuse a tag too long to be anybody's writing, before time is spent on reading it."""
    total = 0
    for opening in _OPENING.finditer(text):
        closing = "}}" if opening[0] == "{{" else "%}"
        end = text.find(closing, opening.end(), opening.end() + MAX_TAG)
        if end < 0 and len(text) - opening.end() > MAX_TAG:
            line = text.count("\n", 0, opening.start()) + 1
            raise RegionError(f"this tag is longer than {MAX_TAG} characters", Place(path, line), "close or divide it")
        total += end - opening.end() if end > 0 else 0
        if total > MAX_TAGS:
            line = text.count("\n", 0, opening.start()) + 1
            raise RegionError(f"the tags are longer than {MAX_TAGS} characters together", Place(path, line))


def _check_name(what: str, name: str, known: tuple[str, ...], place: Place) -> None:
    if name not in known:
        hint = instead(name, known)
        raise RegionError(f"there is no {what} '{name}'", place, hint)


def _guard(tree: nodes.Template, environment: Environment) -> None:
    """Lead every printed expression and every loop through our own filters."""

    def through(node: nodes.Expr, name: str) -> nodes.Filter:
        about = nodes.Const(dotted(node))
        guard = nodes.Filter(node, name, [about], [], None, None, lineno=node.lineno)
        return guard.set_environment(environment)  # type: ignore[return-value]

    _Lists(lambda node: through(node, FLAT)).visit(tree)
    for output in tree.find_all(nodes.Output):
        output.nodes = [
            node if isinstance(node, nodes.TemplateData) else through(node, PRINTED) for node in output.nodes
        ]
    for form in tree.find_all(nodes.Filter):
        if form.name == FORM and form.node is not None:
            form.args = [nodes.Const(dotted(form.node)), *form.args]
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.iter, nodes.Expr):
            loop.iter = through(loop.iter, COUNTED)


class _Lists(NodeTransformer):
    """Leads every list that a template writes through a guard."""

    def __init__(self, guard: Callable[[nodes.Expr], nodes.Expr]) -> None:
        self.guard = guard

    def visit_List(self, node: nodes.List) -> nodes.Expr:  # noqa: N802 (the base class asks for the name)
        """A list of the template's own."""
        return self.guard(self.generic_visit(node))  # type: ignore[arg-type]

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:  # noqa: N802
        """The same in round brackets; but names that a loop or ``set`` fills are no list."""
        inside = self.generic_visit(node)
        return self.guard(inside) if node.ctx == "load" else node  # type: ignore[arg-type]


def _newline(text: str) -> Literal["\n", "\r\n"]:
    return "\r\n" if "\r\n" in text else "\n"


def _never(value: object, *_: object) -> object:
    """Stand in for a filter while a template is compiled.

    Jinja works out constants such as ``{{ 25 | percent }}`` at that time; a filter that raises tells it not to.
    """
    raise NotImplementedError(value)
