"""Check: nothing comes in with a target that could run, read files or lead readers astray.

Catalogs are edited by many hands, and the page is served to customers. What the source's writer put in is the writer's
business; a target may not bring in HTML tags, attributes, scripts, includes, template code, schemes or hosts of its
own. Text is read here as the careless reader does: also in what looks like code or a quotation, because a browser, or
another Markdown parser, may see it otherwise than we do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from polyhelp.checks.addresses import Editions, Lead, addresses
from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.checks.tags import OWN_ATTRIBUTES, Tag, listed, tags
from polyhelp.model import Severity, Unit
from polyhelp.text.seek import Seek

_BODY = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]*<?([^\s<>]+)", re.MULTILINE)
_RAW_HOST = re.compile(
    r"((?:\b[a-z][a-z0-9+.-]{0,31}:)?//[\w.:@%-]+|\bwww\.[\w.:@%-]+)(?P<more>[^\x00-\x7f]?)", re.IGNORECASE | re.ASCII
)
_DOMAIN = re.compile(r"[^\W_][\w.-]*\.[^\W\d_]{2,}\.?", re.ASCII | re.IGNORECASE)
_ANYTHING = re.compile(r"[<{@]|//|www\.|\][(:]|-8<-", re.IGNORECASE)
_CLOSERS = {"{{": "}}", "{%": "%}", "{!": "!}", "{*": "*}"}
_OPENER = re.compile(r"\{[{%!*]")
_BEGUN = re.compile(r"\{\{|\{%|\{# ")
_SNIPPET = re.compile(r"-8<-[^\n]*")
_PLAIN_TEMPLATE = re.compile(
    r"\{\{-?\s*[a-z]\w*(?:\.[a-z]\w*)*(?:\s*\|\s*(?!safe\b)[a-z]\w*)*(?:\(\s*case\s*=\s*(?:\"\w*\"|'\w*')\s*\))?\s*-?\}\}"
    r"|\{%-?\s*(?:else|endif|endfor)\s*-?%\}",
    re.IGNORECASE,
)
_CASE = re.compile(r"""\(\s*case\s*=\s*(?:"\w*"|'\w*')\s*\)""")

_EXACT = ("on", "style", "srcdoc", "http-equiv")
"""Attributes, or how they begin, whose values may not change either."""
_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What a source has, so that a target may have it, too."""

    tags: frozenset[str]
    attributes: frozenset[str]
    values: frozenset[tuple[str, str]]
    schemes: frozenset[str]
    hosts: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Ground:
        """What ``text`` has."""
        found = tuple(tags(text))
        leads = [Lead.of(address) for address in (*addresses(text), *_raw_addresses(text, found))]
        given = [pair for tag in found for pair in tag.attributes.items()] + list(listed(text))
        return cls(
            tags=frozenset(tag.name for tag in found),
            attributes=frozenset(name for name, _ in given),
            values=frozenset(given),
            schemes=_SCHEMES | {lead.scheme for lead in leads},
            hosts=frozenset(lead.host for lead in leads),
        )

    def lacks(self, tag: Tag) -> bool:
        """Whether ``tag`` is neither here nor one that a language may need."""
        return tag.name not in self.tags and not tag.is_own

    def without_new_tags(self, target: str) -> str:
        """``target`` with those tags blotted out that are not here: what is in them is their fault, not another."""
        kept, at = [], 0
        for tag in tags(target):
            if self.lacks(tag):
                kept += [target[at : tag.start], " " * (tag.end - tag.start)]
                at = tag.end
        return "".join([*kept, target[at:]])

    def holds(self, address: str, editions: Editions) -> bool:
        """Whether ``address`` leads nowhere else than the addresses here, or to the locale's edition of such a host."""
        lead = Lead.of(address)
        if lead.scheme not in self.schemes:
            return False
        return not lead.host or lead.host in self.hosts or any(
            editions.is_edition_host(lead.host, host) for host in self.hosts
        )  # fmt: skip


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """An error for each tag, attribute, script, include, template code, scheme or host that the source lacks."""
    if not _ANYTHING.search(unit.target):
        return
    ground = Ground.of(unit.source)
    found = tuple(tags(unit.target))
    yield from _new_tags([tag for tag in found if ground.lacks(tag)])
    yield from _new_attributes([tag for tag in found if not ground.lacks(tag)], unit.target, ground)
    yield from _new_bodies(unit, ground)
    yield from _new_code(unit, setting)
    if setting.policy:
        yield from _unfinished(unit)
    yield from _new_places(ground.without_new_tags(unit.target), ground, Editions(setting.origin, setting.locale))


# ---------------------------------------------------------------- what came in


def _new_tags(new: list[Tag]) -> Iterator[Finding]:
    for name in dict.fromkeys(tag.name.removeprefix("/") for tag in new):
        if name.startswith(("!", "?")):
            text = f"The translation has a hidden part, '<{name}', which the source does not have."
        elif any(tag.finished for tag in new if tag.name.removeprefix("/") == name):
            text = f"The translation brings in the HTML tag '<{name}>', which the source does not have."
        else:
            text = f"The translation begins an HTML tag, '<{name}', and does not end it with '>'."
        yield Finding(Severity.ERROR, text, f"<{name}")


def _new_attributes(known: list[Tag], target: str, ground: Ground) -> Iterator[Finding]:
    given = [pair for tag in known for pair in tag.attributes.items()] + list(listed(target))
    for name, value in dict.fromkeys(given):
        if name in OWN_ATTRIBUTES:
            continue
        if name not in ground.attributes:
            text = f"The translation gives an element the attribute '{name}', which the source does not have."
        elif name.startswith(_EXACT) and (name, value) not in ground.values:
            text = f"The translation changes the attribute '{name}', which can run code or change the page."
        else:
            continue
        yield Finding(Severity.ERROR, text, name)


def _new_bodies(unit: Unit, ground: Ground) -> Iterator[Finding]:
    """Scripts and style sheets that the source has, changed."""
    if ground.tags.isdisjoint({"script", "style"}):
        return
    there = {match.group() for match in _BODY.finditer(unit.source)}
    for match in _BODY.finditer(unit.target):
        if match.group() not in there:
            text = f"The content of '<{match[1].lower()}>' must stay as it is in the source."
            yield Finding(Severity.ERROR, text, match.group())


def _new_code(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """Template code, in policies also the end of a block alone, and marks that read in a file."""
    there = {_CASE.sub("", one) for one in _templates(unit.source)}
    for one in dict.fromkeys(_templates(unit.target)):
        if _CASE.sub("", one) not in there and (is_code(one) or (setting.policy and one.startswith("{%"))):
            text = f"The translation brings in template code that the source does not have: '{one}'."
            yield Finding(Severity.ERROR, text, one)
    snippets = set(_SNIPPET.findall(unit.source))
    for one in dict.fromkeys(_SNIPPET.findall(unit.target)):
        if one not in snippets:
            yield Finding(Severity.ERROR, f"The translation reads in a file: '{one}'.", one)


def _unfinished(unit: Unit) -> Iterator[Finding]:
    """Template code that begins and does not end, and comments of it: the whole page would break, or lack a part."""
    there = Counter(_BEGUN.findall(_without_templates(unit.source)))
    for mark in Counter(_BEGUN.findall(_without_templates(unit.target))) - there:
        text = f"The translation begins template code, '{mark.strip()}', which the page cannot be read with."
        yield Finding(Severity.ERROR, text, mark)


def _without_templates(text: str) -> str:
    for one in dict.fromkeys(_templates(text)):
        text = text.replace(one, " ")
    return text


def is_code(template: str) -> bool:
    """Whether a placeholder can do more than show a value.

    A name with filters shows one; the middle and the end of a block do nothing without its beginning.
    """
    return template.startswith(tuple(_CLOSERS)) and not _PLAIN_TEMPLATE.fullmatch(template)


def _templates(text: str) -> Iterator[str]:
    """Template tags and include marks, white space folded."""
    find, at = Seek(text).find, 0
    for opener in _OPENER.finditer(text):
        if opener.start() < at:
            continue
        end = find(_CLOSERS[opener.group()], opener.end())
        if end >= 0:
            at = end + 2
            yield re.sub(r"\s+", " ", text[opener.start() : at])


# ---------------------------------------------------------------- where it leads


def _raw_addresses(text: str, found: tuple[Tag, ...]) -> Iterator[str]:
    """Addresses wherever they stand: in attributes, in definitions, in plain text, in code."""
    for match in _RAW_HOST.finditer(text):
        if not match["more"] and (":" in match[1] or _DOMAIN.fullmatch(Lead.of(match[1]).host)):
            yield match[1]  # with more to it, it is read in its place, as a whole
    yield from _DEFINITION.findall(text)
    for tag in found:
        for name, value in tag.attributes.items():
            if name in {"href", "src", "action", "formaction", "poster", "data", "xlink:href", "background"}:
                yield value


def _new_places(target: str, ground: Ground, editions: Editions) -> Iterator[Finding]:
    told: set[str] = set()
    for address in (*addresses(target), *_raw_addresses(target, tuple(tags(target)))):
        lead = Lead.of(address)
        what = lead.host if lead.scheme in ground.schemes else lead.scheme
        if what in told or ground.holds(address, editions):
            continue
        told.add(what)
        if lead.scheme not in ground.schemes:
            text = f"The translation brings in a link that can run code or open a program: '{address}'."
        else:
            text = f"The translation leads to '{lead.host}', where the source does not lead: '{address}'."
        yield Finding(Severity.ERROR, text, address)


CHECK = Check(
    its="markup",
    about="""\
A translation brings in nothing that could run in a reader's browser, read in a file, or lead readers to another site.

Translations come from many hands, and from machines. The check compares with the source, and reports HTML tags and
attributes, scripts, `onclick` and the like, template code, includes, addresses that begin with `javascript:` or
`data:`, and sites that the source does not name:

- `<img src=x onerror=alert(1)>` in a translation of plain text
- `[Hilfe](https://evil.example/)` where the source leads to your own site
- `**Wichtig**{ onclick="…" }`

Some tags are welcome, because a language may need them: `<abbr title="…">`, `<dfn>`, `<bdi>`, `<bdo>`, `<ruby>`,
`<sup>` and `<wbr>`, with nothing but `title`, `alt`, `lang` and `dir`. So is the same site in your language:
`de.wikipedia.org` for `en.wikipedia.org`.

Take the addition out. If the page should have it in every language, it belongs into the source. An address that
differs by language belongs into `links` in mkdocs.yml, where few may write.

This check cannot be switched off, made milder or waived.
""",
    look=look,
    fixed=True,
)
