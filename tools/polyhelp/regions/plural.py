"""The tag ``{% trans %}`` in a sandboxed template: which of its forms is printed.

    {% trans n=returns.window.amount %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}

It becomes ``{% if %}`` and ``{% elif %}`` with the variables' expressions in their places, so nothing comes in that a
template may not do anyway. A page's writer gives two forms: one for CLDR's category "one" of the source locale, and one
for all others. A target is written with ``{% translated %}`` and has the forms of its locale, in gettext's order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from babel import Locale as CldrLocale
from babel.localedata import exists
from jinja2 import Undefined, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from polyhelp.errors import RegionError
from polyhelp.model import Locale
from polyhelp.regions.filters.formats import shown
from polyhelp.text.plural_rules import rule

FORM = " form"
"""The filter that gives the number of the form; no template can name it, because of the space."""

ENGLISH = Locale("en")
_TRANSLATED = "translated"
_ENDS = ("name:pluralize", "name:endtrans")
_MOST_FORMS = 8  # no language has more than six
_MOST_VALUES = 20  # printed in one form; each is put in place of its name
_MOST_NODES = 30  # of a variable's expression
_INLINE = re.compile(r"\{%(?P<tag>\s*(?:trans|translated|pluralize|endtrans)\b(?:[^%{]|%(?!\})|\{(?!%))*)(?<![-+])%\}")
_NEAR = 200  # characters on both sides of a tag that tell whether it stands alone on its line


class Plurals(Extension):
    """Reads the tags of Jinja2's i18n extension, as far as they are about numbers."""

    tags = {"trans", _TRANSLATED}  # noqa: RUF012 (the base class declares it so)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Keep the spaces and line ends around tags that stand in a sentence; Jinja2 would take them away."""
        if "endtrans" not in source:
            return source

        def kept(tag: re.Match[str]) -> str:
            before = source[max(tag.start() - _NEAR, 0) : tag.start()].rpartition("\n")[2]
            after = source[tag.end() : tag.end() + _NEAR].partition("\n")[0]
            return f"{{%+{tag['tag']}+%}}" if before.strip() or after.strip() else tag[0]

        return _INLINE.sub(kept, source)

    def parse(self, parser: Parser) -> nodes.Node:
        """The tag as ``if`` and ``elif``."""
        tag = next(parser.stream)
        variables = _variables(parser)
        count, forms = _forms(parser, next(iter(variables), ""))
        if count not in variables:
            parser.fail("nothing counts in this trans: write {% trans n=returns.window.amount %}", tag.lineno)
        if not 1 < len(forms) + (tag.value == _TRANSLATED) <= _MOST_FORMS:
            parser.fail("trans needs {% pluralize %} between its two forms", tag.lineno)
        counts = variables[count]
        for body in forms:
            _put_values(parser, body, variables, count)

        def is_form(at: int) -> nodes.Expr:
            about = [nodes.Const(len(forms)), nodes.Const(tag.value == _TRANSLATED)]
            form = nodes.Filter(counts, FORM, about, [], None, None, lineno=tag.lineno)
            return nodes.Compare(form, [nodes.Operand("eq", nodes.Const(at))], lineno=tag.lineno)

        rest = [
            nodes.If(is_form(at), body, [], [], lineno=tag.lineno) for at, body in enumerate(forms[1:], start=1)
        ]  # fmt: skip
        return nodes.If(is_form(0), forms[0], rest, [], lineno=tag.lineno)


def _variables(parser: Parser) -> dict[str, nodes.Expr]:
    found: dict[str, nodes.Expr] = {}
    while parser.stream.current.type != "block_end":
        if found:
            parser.stream.expect("comma")
        name = parser.stream.expect("name")
        if parser.stream.skip_if("assign"):
            found[name.value] = value = parser.parse_expression()
            if sum(1 for _ in value.find_all(nodes.Node)) > _MOST_NODES:
                parser.fail(f"the expression of '{name.value}' is too long: write the name of a field", name.lineno)
        else:
            found[name.value] = nodes.Name(name.value, "load", lineno=name.lineno)
    return found


def _forms(parser: Parser, count: str) -> tuple[str, list[list[nodes.Node]]]:
    """What counts, and the bodies of the forms."""
    forms = [parser.parse_statements(_ENDS)]
    while next(parser.stream).value == "pluralize":
        if parser.stream.current.type == "name":
            count = next(parser.stream).value
        forms.append(parser.parse_statements(_ENDS))
        if len(forms) > _MOST_FORMS:
            parser.fail("trans has too many forms")
    return count, forms


def _put_values(parser: Parser, body: list[nodes.Node], variables: Mapping[str, nodes.Expr], count: str) -> None:
    """Put what the variables stand for in their places; the number by itself is printed as a number."""
    values = 0
    for output in body:
        if not isinstance(output, nodes.Output):
            parser.fail("inside trans stand only words and values", output.lineno)
        values += sum(not isinstance(node, nodes.TemplateData) for node in output.nodes)
        if values > _MOST_VALUES:
            parser.fail(f"a form of trans prints more than {_MOST_VALUES} values", output.lineno)
        output.nodes = [
            nodes.Filter(variables[count], "number", [], [], None, None, lineno=node.lineno)
            if isinstance(node, nodes.Name) and node.name == count
            else _replaced(node, variables)
            for node in output.nodes
        ]


def _replaced(node: Any, variables: Mapping[str, nodes.Expr]) -> Any:
    """``node`` with the expressions of ``variables`` for their names."""
    if isinstance(node, list):
        return [_replaced(one, variables) for one in node]
    if isinstance(node, nodes.Name):
        return variables.get(node.name, node)
    if isinstance(node, nodes.Node):
        for name, value in node.iter_fields():
            setattr(node, name, _replaced(value, variables))
    return node


def chooser(locale: Locale, source: Locale = ENGLISH) -> Callable[[object, str, int, bool], int]:
    """The filter :data:`FORM` for a page in ``locale``: value, its name, number of forms, whether it is a target.

    A text that is no target is in the source locale, also in the middle of a page in another.
    """
    one = _categories(source)

    def chosen(value: object, about: str, forms: int, translated: bool) -> int:
        number = _whole(value, about)
        index = rule(locale).index(number) if translated else int(one(number) != "one")
        return min(index, forms - 1)

    return chosen


def _categories(locale: Locale) -> Callable[[int], str]:
    """CLDR's plural category of a number; English's where CLDR does not know ``locale``."""
    tags = [one.tag.replace("-", "_") for one in locale.lineage]
    found: Callable[[int], str] = CldrLocale.parse(next(filter(exists, tags), "en")).plural_form
    return found


def _whole(value: object, about: str) -> int:
    if isinstance(value, Undefined):
        str(value)  # raises, and says what is missing
    whole = isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0 and value % 1 == 0
    if not whole or not isinstance(value, int | Decimal):
        name = f"'{about}'" if about else "what trans counts"
        hint = "count a whole number, such as the field 'amount' of a duration: {% trans n=returns.window.amount %}"
        raise RegionError(f"{name} is {shown(value)}, which is no whole number", hint=hint)
    return int(value)
