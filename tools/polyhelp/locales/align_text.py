"""The text of a translated page as a target: what belongs to the page and not to the language is the source's.

1. A reference label is the source page's label for the same address; without one, the address itself is written.
2. A fragment is the source's where the link leads to the same page of the site: heading ids are the same in every
   locale.
3. A locale's own file (``image.de.png``, ``page.de.md``) is linked by its plain name where the source does so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polyhelp.locales.align_items import plain_target
from polyhelp.model import Document, Segment
from polyhelp.text.inline import Code, Role, serialize, tokenize

_DEFINITION = re.compile(r"^[ >]*\[(?P<label>[^\^\]][^\]]*)\]:[ \t]*<?(?P<address>[^\s>]+)", re.MULTILINE)
_TARGET = re.compile(r"(?P<before>\]\(\s*<?)(?P<target>[^\s<>()]*)")
_REFERENCE = re.compile(r"\]\[(?P<label>[^\]]+)\]\Z")
_NO_MARKUP = re.compile(r"[\[<]")


@dataclass(frozen=True, slots=True)
class Labels:
    """The reference labels of both pages, in normal form: label -> address; and which label the source has for one."""

    source: Mapping[str, str]
    translation: Mapping[str, str]
    infix: str = ""

    @classmethod
    def of(cls, source: Document, translation: Document, infix: str = "") -> Labels:
        """The labels that two pages define."""
        return cls(_definitions(source), _definitions(translation), infix)


def _definitions(document: Document) -> dict[str, str]:
    text = "".join(
        part if isinstance(part, str) else part.raw if isinstance(part, Segment) else "" for part in document.parts
    )
    return {normal(found["label"]): found["address"] for found in _DEFINITION.finditer(text)} if "]:" in text else {}


def normal(label: str) -> str:
    """A label as it is compared."""
    return " ".join(label.lower().split())


def target_text(source: Segment, translation: Segment, labels: Labels) -> str:
    """What ``translation`` says, as a target of ``source``."""
    text = translation.source.replace("\r", "").replace("&#32;{", " {")  # as render writes a brace in a heading
    if not _NO_MARKUP.search(text):
        return text
    links = [*_links(source.source)]
    return serialize(
        _adjusted(token, links, labels) if isinstance(token, Code) and token.role is not Role.OPEN else token
        for token in tokenize(text)
    )


def _links(text: str) -> Iterable[str]:
    for token in tokenize(text):
        if isinstance(token, Code) and (found := _TARGET.match(token.text)):
            yield found["target"]


def _adjusted(code: Code, links: list[str], labels: Labels) -> str:
    """The code as a target has it. ``links`` of the source are used up, so that the second stands for the second."""
    text = code.text
    if found := _REFERENCE.match(text):
        label = normal(found["label"])
        address = labels.translation.get(label, "")
        if label in labels.source or not address:
            return text
        ours = next((name for name, one in labels.source.items() if one == address), "")
        return f"][{ours}]" if ours else f"]({address})"
    link = _TARGET.match(text)
    if not link:
        return text
    return link["before"] + _like(link["target"], links, labels.infix) + text[link.end() :]


def _like(target: str, links: list[str], infix: str) -> str:
    """The source's target for ``target``: the first left that leads to the same page."""
    if target in links:
        links.remove(target)
        return target
    own = bool(infix) and f"{infix}." in target
    same = [link for link in links if plain_target(link) == plain_target(target, infix)]
    if not same or not (own or "#" in target) or ":" in target.partition("#")[0]:
        return target
    links.remove(same[0])
    return same[0]
