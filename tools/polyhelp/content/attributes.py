"""Attribute lists that belong to a block: at the end of a heading, a term or a table cell, or alone on a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GIVEN_ID = re.compile(r"""(?:^|\s)(?:#(?P<short>[^\s={}]+)|id=(?P<quote>["']?)(?P<long>[^"'\s{}]+)(?P=quote))""")
_CRITIC = ("{++", "{--", "{~~", "{==", "{>>")


@dataclass(frozen=True, slots=True)
class TrailingList:
    """An attribute list at the end of a line: ``start`` is before its space, ``inside`` behind the brace."""

    start: int
    inside: int
    text: str

    @property
    def is_plain(self) -> bool:
        """Whether it is a list by its look: ``{name}`` may also be a placeholder."""
        return bool(re.search(r"[.#=]", self.text))


def trailing(text: str, start: int, end: int) -> TrailingList | None:
    """The attribute list that ends ``text[start:end]``, if one does."""
    if end - start < 4 or text[end - 1] != "}":
        return None
    brace = text.rfind("{", start, end)
    if brace <= start or text[brace - 1] not in " \t" or text.find("}", brace, end) != end - 1:
        return None
    if text.startswith((*_CRITIC, "{%"), brace):
        return None
    before = text[start:brace].rstrip(" \t")
    inside = brace + 1 + text.startswith(":", brace + 1)
    inside += len(text[inside : end - 1]) - len(text[inside : end - 1].lstrip(" "))
    return TrailingList(start + len(before), inside, text[inside : end - 1])


def given_id(attributes: str) -> str:
    """The id that a list gives, or ``""``."""
    found = _GIVEN_ID.search(attributes)
    return (found["short"] or found["long"]) if found else ""
