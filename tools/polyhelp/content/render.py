"""Put targets back into a Document.

1. A segment without a target, or whose target equals its source, stays as it stands in the page.
2. An admonition without a title gets the locale's for its type, and addresses that the locale has its own of change.
3. As soon as one target is put in, every heading without an id gets the source page's id pinned.
4. A first line ``Word: text`` would be taken for metadata and dropped (``mkdocs.utils.meta``): where the source page
   has none, the colon of a target's first line is written as a character reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from polyhelp.content import places
from polyhelp.content.links import Addresses
from polyhelp.model import DefaultTitle, Document, Key, Pin, Segment
from polyhelp.text.lists import prose_in_lists

_MARKS = re.compile(r"[^#\n]*#{1,6}[ \t]*")
_METADATA = re.compile(r"\ufeff?[ ]{0,3}[A-Za-z0-9_-]+(?=:)")


@dataclass(frozen=True, slots=True)
class Custom:
    """What a locale says and where it leads on every page.

    ``titles`` are those of admonitions without one, by type; a type that is not there keeps what it says by itself.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=lambda: Addresses({}))


SOURCE = Custom()
"""The custom of the source language: pages stay as they are written."""


def render(document: Document, targets: Mapping[Key, str], custom: Custom = SOURCE, *, pinned: bool = False) -> str:
    """The page with ``targets`` in place. With no targets it is the page as it was read, character for character.

    ``custom`` is the locale's. ``pinned`` writes the heading ids into the source page as well: where a template fills
    in a heading's text, its id would else follow the value in the source language and not in the others.
    """

    def say(prose: str) -> str:
        return targets.get(Key(prose), prose)

    out: list[str] = []
    pins: list[tuple[int, str]] = []
    changed = pinned
    for part in document.parts:
        if isinstance(part, str):
            out.append(custom.addresses.in_literal(part))
        elif isinstance(part, Pin):
            pins.append((len(out), part.text))
            out.append("")
        elif isinstance(part, DefaultTitle):
            title = custom.titles.get(part.name)
            out.append(f"{part.before}{title}{part.after}" if title else "")
        else:
            target = _target(part, targets)
            changed = changed or bool(target)
            written = places.written(part, target, say) if target else part.raw
            out.append(custom.addresses.in_markdown(written))
    if changed:
        _pin(out, pins)
    text = "".join(out)
    taken = _METADATA.match(text) if changed else None
    return text if not taken or _METADATA.match(_start(document)) else taken.group() + "&#58;" + text[taken.end() + 1 :]


def _target(segment: Segment, targets: Mapping[Key, str]) -> str:
    """What is to be written in place of the segment, or "" where it stays as it is."""
    target = targets.get(segment.key, "") if targets else ""
    if target != segment.source and target.strip():
        return target
    if targets and "=" in segment.raw and "{" in segment.raw:
        said = any(targets.get(Key(prose), prose) != prose for prose in prose_in_lists(segment.raw))
        return segment.source if said else ""
    return ""


def _pin(out: list[str], pins: list[tuple[int, str]]) -> None:
    """Write each pin at its place in ``out``."""
    for at, pin in pins:
        out[at] = pin
        if at and pin.startswith(" "):
            line = out[at - 1].rfind("\n") + 1
            marks = _MARKS.match(out[at - 1], line)
            start = marks.end() if marks else line
            out[at - 1] = out[at - 1][:start] + places.one_list(out[at - 1][start:])


def _start(document: Document) -> str:
    """How the source page begins."""
    first = (part.raw if isinstance(part, Segment) else part for part in document.parts[:2])
    return "".join(part for part in first if isinstance(part, str))
