"""Which plural form a locale uses for a number, as gettext counts forms.

Source: GNU gettext's table of plural forms ("Additional functions for plural forms" in its manual), as Babel has it
(``babel.messages.plurals``). A locale that is not in it has its parent's rule, then its language's, then English's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py

from polyhelp.model import Locale

_SAMPLE = (*range(200), 1_000, 1_000_000)
_SHOWN = 3  # examples of a form


@dataclass(frozen=True, slots=True)
class Rule:
    """The plural forms of a locale: how many, the C expression that chooses one, and the numbers of each.

    ``examples`` has the first numbers of every form, and ``exact`` the number of a form that is for one number only.
    """

    forms: int
    expression: str
    index: Callable[[int], int]
    examples: tuple[tuple[int, ...], ...]
    exact: tuple[int | None, ...]

    @property
    def header(self) -> str:
        """The header field ``Plural-Forms`` of a PO file."""
        return f"nplurals={self.forms}; plural={self.expression};"

    def __str__(self) -> str:
        return "; ".join(", ".join(map(str, numbers)) for numbers in self.examples)


@lru_cache(maxsize=256)
def rule(locale: Locale) -> Rule:
    """The rule of ``locale``."""
    from babel.messages.plurals import DEFAULT_PLURAL, PLURALS  # noqa: PLC0415 (only pages with plurals need it)

    tags = [one.tag.replace("-", "_") for one in locale.lineage]
    count, expression = next((PLURALS[tag] for tag in (*tags, locale.language) if tag in PLURALS), DEFAULT_PLURAL)
    index = c2py(expression)
    numbers: list[list[int]] = [[] for _ in range(count)]
    for number in _SAMPLE:
        numbers[index(number)].append(number)
    return Rule(
        count,
        expression,
        index,
        tuple(tuple(some[:_SHOWN]) for some in numbers),
        tuple(some[0] if len(some) == 1 else None for some in numbers),
    )
