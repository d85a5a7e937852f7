"""What a page printed: every value as the data has it, beside the text that a reader sees.

A page that is rendered with a :class:`Recorder` is for nobody to read: each printed value stands in it between marks,
so that what the data says can be told from what a writer or translator says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

MOST = 0xFFFE
"""The most values that are told apart on one page."""
OPENS, CLOSES = 0x100000, "\ue001"
"""The character before the first value (each further value has the next one), and the one after every value."""

_DIGITS = re.compile(r"\d+")
_MARKS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


class Made(str):
    """A text that a filter made. It remembers ``value``, what it was made from, and the ``filter``'s name."""

    __slots__ = ("filter", "value")
    value: object
    filter: str

    @classmethod
    def of(cls, made: object, value: object, name: str) -> object:
        """``made``, with each text in it knowing what of ``value`` it was made from."""
        if isinstance(made, tuple) and isinstance(value, tuple | list) and len(made) == len(value):
            return tuple(cls.of(one, was, name) for one, was in zip(made, value, strict=True))
        if not isinstance(made, str):
            return made
        text = cls(made)
        text.value, text.filter = value, name
        return text


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed value: its path as the template writes it, the filter, the value, and the text made of it."""

    path: str
    filter: str
    value: object
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """What two printings of one value share, whatever the filter made of it.

        A text that no filter made may be a name in the reader's language: only its numbers count.
        """
        plain = not self.filter and isinstance(self.value, str)
        return self.path, " ".join(_DIGITS.findall(self.text)) if plain else _plain(self.value)

    @property
    def said(self) -> str:
        """The value as a message names it."""
        return _plain(self.value)


@dataclass(slots=True)
class Recorder:
    """Given to one rendering; ``printed`` fills with the values in the order in which they were worked out."""

    printed: list[Printed] = field(default_factory=list)

    def observed(self, filters: Mapping[str, Callable[..., object]]) -> dict[str, Callable[..., object]]:
        """The same filters, whose texts remember what they were made from."""
        return {name: _remembering(name, one) for name, one in filters.items()}

    def marked(self, value: object, path: str, text: str) -> str:
        """``text``, as which ``value`` is printed in its place on the page, between marks."""
        made_of, name = (value.value, value.filter) if isinstance(value, Made) else (value, "")
        self.printed.append(Printed(path, name, made_of, str(value)))
        return f"{chr(OPENS + min(len(self.printed) - 1, MOST))}{unmarked(text)}{CLOSES}"


def unmarked(text: str) -> str:
    """``text`` without any character that could be taken for a mark."""
    return text if text.isascii() else _MARKS.sub("", text)


def _remembering(name: str, filter_: Callable[..., object]) -> Callable[..., object]:
    def run(value: object, *arguments: object, **named: object) -> object:
        return Made.of(filter_(value, *arguments, **named), value, name)

    return run


def _plain(value: object) -> str:
    while isinstance(value, Made):
        value = value.value
    if isinstance(value, tuple | list):
        return ", ".join(map(_plain, value))
    if isinstance(value, Mapping):
        return ", ".join(_plain(one) for one in value.values())
    return "null" if value is None else str(value)
