"""Check: the inline codes of the source are in the target, as they were.

What a target brings in beside them is compared here only where it is harmless: code, values, icons. All else that
comes in, from tags to template code, is the check ``safety``'s, and where links lead is the check ``links``'.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.checks.forms import by_form, wrong_forms
from polyhelp.checks.safety import is_code
from polyhelp.checks.tags import OWN_ATTRIBUTES, Tag, tags
from polyhelp.model import Severity, Unit
from polyhelp.text.inline import Code, codes, masked

_NAMES = {
    "code": "code", "placeholder": "placeholder", "icon": "icon", "footnote": "footnote reference", "keys": "key",
    "math": "formula", "html": "HTML tag", "attribute": "attribute",
}  # fmt: skip
_LISTED = re.compile(r"""[^\s={}:][^\s={}]*(?:=(?:"[^"]*"|'[^']*'|[^\s"'{}]*))?""")
_ADDRESSES = frozenset({"href", "src", "srcset", "action", "formaction", "poster", "data", "xlink:href"})
_ALONE = frozenset({"wbr", "rb", "rp", "rt"})  # HTML lets the latter be closed by what follows
_STATEMENT = re.compile(r"\{%-?\s*\w+")
_CASE = re.compile(r"""\(\s*case\s*=\s*(?:"\w*"|'\w*')\s*\)""")  # a language may need a value inflected

Item = tuple[str, str]
"""(kind, literal) of a code, in a spelling that two equal codes share."""


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """Errors for lost or changed code, placeholders, tags and attributes; milder ones for the rest.

    A code span that the target has in addition is a warning, unless the source says it without being code; one that it
    has less often than the source, but has, is for information. A plural form too many or too few is an error.
    """
    if message := wrong_forms(unit, setting.locale):
        yield Finding(Severity.ERROR, message)
        return
    for form in by_form(unit, setting.locale):
        yield from _look(form)


def _look(unit: Unit) -> Iterator[Finding]:
    source, target = codes(unit.source), codes(unit.target)
    if not source and not target:
        return
    before, after = Counter(_items(source)), Counter(_items(target))
    if before != after:
        plain = masked(unit.source)
        after = Counter({one: n for one, n in after.items() if before[one] or one[0] != "code" or one[1] not in plain})
        yield from _differences(before, after)
    yield from _unclosed(target)
    if _out_of_order(_statements(source), _statements(target)):
        yield Finding(Severity.ERROR, "The template tags {% … %} must stay in the order of the source.")


def _differences(before: Counter[Item], after: Counter[Item]) -> Iterator[Finding]:
    lost, new = before - after, after - before
    for kind, name in _NAMES.items():
        gone = [literal for one, literal in lost if one == kind and not after[one, literal]]
        came = [literal for one, literal in new if one == kind and not before[one, literal]]
        for was, now in zip(gone, came, strict=False):
            if not (kind == "placeholder" and is_code(now)):  # reported as such, which says enough
                text = f"The {name} '{was}' of the source must stay as it is. The translation has '{now}'."
                yield Finding(Severity.ERROR, text, now)
        for literal in gone[len(came) :]:
            yield Finding(Severity.ERROR, f"The {name} '{literal}' is missing in the translation.")
        for literal in came[len(gone) :]:
            yield from _added(kind, literal)
        yield from _more_or_less(kind, before, after)


def _added(kind: str, literal: str) -> Iterator[Finding]:
    """Something that the source does not have at all; tags and attributes of that sort are another check's."""
    if kind in {"html", "attribute"} or (kind == "placeholder" and is_code(literal)):
        return
    severity = Severity.WARNING if kind == "code" else Severity.ERROR
    text = f"The translation has the {_NAMES[kind]} '{literal}', which is not in the source."
    yield Finding(severity, text, literal)


def _more_or_less(kind: str, before: Counter[Item], after: Counter[Item]) -> Iterator[Finding]:
    """What both have, but not equally often: code may be named by a pronoun, or for clarity once more."""
    for (one, literal), count in before.items():
        times = after[one, literal]
        if one != kind or not times or times == count:
            continue
        here, there = _times(times), _times(count)
        text = f"The {_NAMES[kind]} '{literal}' stands {here} in the translation and {there} in the source."
        if kind != "code":
            yield Finding(Severity.ERROR, text, literal)
        elif times < count:
            yield Finding(Severity.INFO, text, literal)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _unclosed(target: tuple[Code, ...]) -> Iterator[Finding]:
    """Tags of the target's own that lack their other half; the others' numbers are compared with the source's."""
    found = Counter(tag.name for code in target if code.kind == "html" for tag in tags(code.text) if tag.is_own)
    for name in dict.fromkeys(name.removeprefix("/") for name in found):
        if name not in _ALONE and found[name] != found[f"/{name}"]:
            yield Finding(Severity.ERROR, f"'<{name}>' and '</{name}>' must come in pairs.", f"<{name}")


def _out_of_order(before: list[str], after: list[str]) -> bool:
    return before != after and sorted(before) == sorted(after)


# ---------------------------------------------------------------- codes as items


def _items(found: tuple[Code, ...]) -> Iterator[Item]:
    for code in found:
        bare = code.text[: len(code.text) - code.tail]
        for one in _LISTED.findall(code.text[len(bare) :]):
            if not one.startswith(tuple(f"{name}=" for name in OWN_ATTRIBUTES | _ADDRESSES)):
                yield "attribute", one
        if code.kind == "code":
            yield "code", bare.strip("`").strip()
        elif code.kind == "html":
            yield from _tag_items(bare)
        elif code.kind == "placeholder":
            yield "placeholder", _CASE.sub("", _spaced(bare))
        elif code.kind in _NAMES:
            yield code.kind, _spaced(bare)


def _tag_items(text: str) -> Iterator[Item]:
    for tag in tags(text):
        if not tag.is_own:
            yield "html", f"<{tag.name}>"
            yield from _attributes(tag)


def _attributes(tag: Tag) -> Iterator[Item]:
    for name, value in tag.attributes.items():
        if name not in OWN_ATTRIBUTES | _ADDRESSES and tag.finished:
            yield "attribute", f'{name}="{value}"' if value else name


def _spaced(literal: str) -> str:
    return re.sub(r"\s+", " ", literal)


def _statements(found: tuple[Code, ...]) -> list[str]:
    return [_spaced(code.text) for code in found if code.kind == "placeholder" and _STATEMENT.match(code.text)]


CHECK = Check(
    its="markup",
    about="""\
All markup of the source is in the translation, unchanged: code in backticks, placeholders such as
`{{ order.number }}` or `{name}`, HTML tags, icons `:material-printer:`, keys `++ctrl+p++`, footnote marks `[^1]`,
formulas, and attributes in braces `{ .md-button }`.

They may stand anywhere in your sentence, but not be translated, left out or retyped: what stands in backticks is what
a customer must type or will see, and a placeholder is filled in by the program. `TRAIL10` is `TRAIL10` in every
language. Code that the source names more often than the translation is for information only.

A text with plural forms has as many as its language needs, and each has the markup. A form that is for one number only
(`one day`) may leave that number out.

Explanations in `<abbr title="…">` and `<dfn>` may come and go. If a difference is meant, waive it at the unit with a
line `# waive: markup REASON`. Tags, attributes and template code that a translation brings in are the business of the
check `safety`; bold and italic text that of `emphasis`.
""",
    look=look,
    whole=True,
)
