"""Check: the inline codes of the source are in the target, and nothing that could run comes in.

A target may not bring in HTML tags, attributes or placeholders that its source lacks: catalogs are edited by many
hands, and the page is served to customers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Severity, Unit
from polyhelp.text.inline import Code, Role, codes, tokenize

_NAMES = {
    "placeholder": "placeholder", "icon": "icon", "footnote": "footnote reference", "keys": "key", "math": "formula",
    "html": "HTML tag", "comment": "HTML comment", "attributes": "attribute list", "code": "code",
}  # fmt: skip
_EMPHASIS = {"strong": "bold", "emphasis": "italics", "strike": "strikethrough", "mark": "highlighting",
             "insert": "underlining"}  # fmt: skip
_TRAILING = re.compile(r"\{[^{}]*\}\Z")
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
_TAG_END = re.compile(r"\s*/?>\Z")
_STATEMENT = re.compile(r"\{%-?\s*\w+")
_CASE = re.compile(r"""\(\s*case\s*=\s*(?:"\w*"|'\w*')\s*\)""")  # a language may need a value inflected
_PROSE = "…"  # stands for the translatable value of an attribute

Item = tuple[str, str]
"""(kind, literal) of a code, in a spelling that two equal codes share."""


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:  # noqa: ARG001 (markup is the same for all locales)
    """Errors for lost or new placeholders, tags and attributes and for lost code; milder ones for the rest.

    A code span that the target has, but less often, and one that it has in addition, are warnings; lost emphasis is
    for information.
    """
    source, target = codes(unit.source), codes(unit.target)
    before, after = Counter(_items(source)), Counter(_items(target))
    yield from _lost(before, after)
    yield from _new(before, after)
    yield from _unfinished_tag(unit)
    if _out_of_order(_statements(source), _statements(target)):
        yield Finding(Severity.ERROR, "The template tags {% … %} must stay in the order of the source.")
    yield from _lost_emphasis(source, target)


def _lost(before: Counter[Item], after: Counter[Item]) -> Iterator[Finding]:
    for (kind, literal), count in (before - after).items():
        name = _NAMES[kind]
        if kind == "comment":
            continue
        if kind == "code" and after[kind, literal]:
            there = before[kind, literal]
            text = f"The code '{literal}' stands {there} times in the source and {there - count} in the translation."
            yield Finding(Severity.WARNING, text)
        else:
            yield Finding(Severity.ERROR, f"The {name} '{literal}' is missing in the translation.")


def _new(before: Counter[Item], after: Counter[Item]) -> Iterator[Finding]:
    for kind, literal in after - before:
        severity = Severity.WARNING if kind == "code" else Severity.ERROR
        if before[kind, literal]:
            text = f"The {_NAMES[kind]} '{literal}' stands more often in the translation than in the source."
        else:
            text = f"The translation has the {_NAMES[kind]} '{literal}', which is not in the source."
        yield Finding(severity, text)


def _unfinished_tag(unit: Unit) -> Iterator[Finding]:
    """A tag without an end in the target would swallow what follows it on the page."""
    if _tag_starts(unit.target) > _tag_starts(unit.source):
        yield Finding(Severity.ERROR, "The translation begins an HTML tag with '<' and does not end it with '>'.")


def _tag_starts(text: str) -> int:
    return sum(len(_TAG_START.findall(token)) for token in tokenize(text) if isinstance(token, str))


def _out_of_order(before: list[str], after: list[str]) -> bool:
    return before != after and sorted(before) == sorted(after)


def _lost_emphasis(source: tuple[Code, ...], target: tuple[Code, ...]) -> Iterator[Finding]:
    lost = _emphasis(source) - _emphasis(target)
    for kind in lost:
        yield Finding(Severity.INFO, f"Some text is {_in(kind)} in the source, but not in the translation.")


def _in(kind: str) -> str:
    return {"strong": "bold", "emphasis": "in italics", "strike": "struck through", "mark": "highlighted",
            "insert": "underlined"}[kind]  # fmt: skip


def _emphasis(found: tuple[Code, ...]) -> Counter[str]:
    return Counter(code.kind for code in found if code.kind in _EMPHASIS and code.role is Role.OPEN)


def _items(found: tuple[Code, ...]) -> Iterator[Item]:
    for code in found:
        literal = _PROSE.join(code.parts[::2])
        attributes = _TRAILING.search(literal)
        if attributes and code.kind not in {"placeholder", "attributes", "html", "comment", "math"}:
            yield "attributes", _spaced(attributes[0])
            literal = literal[: attributes.start()]
        if code.kind == "code":
            yield "code", literal.strip("`").strip()
        elif code.kind == "html":
            yield "html", _TAG_END.sub(">", _spaced(literal))
        elif code.kind == "placeholder":
            yield "placeholder", _CASE.sub("", _spaced(literal))
        elif code.kind in _NAMES:
            yield code.kind, _spaced(literal)


def _spaced(literal: str) -> str:
    return re.sub(r"\s+", " ", literal)


def _statements(found: tuple[Code, ...]) -> list[str]:
    return [_spaced(code.text) for code in found if code.kind == "placeholder" and _STATEMENT.match(code.text)]


CHECK = Check(
    its="markup",
    about="The inline codes of the source are in the target, and nothing that could run comes in.",
    look=look,
)
