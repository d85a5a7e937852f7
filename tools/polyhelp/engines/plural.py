"""Texts with plural forms: what an engine is asked for, and the target that its answers make.

No engine sees the tags, nor how many forms a locale has. A form for the number 1 alone is made from the source's first
form, all others from the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from polyhelp.model import Locale
from polyhelp.text.plural import Plural
from polyhelp.text.plural_rules import rule


def asked(plural: Plural, locale: Locale) -> tuple[str, ...]:
    """The texts to translate, each once."""
    return tuple(plural.forms[at] for at in sorted(set(_sources(plural, locale))))


def composed(plural: Plural, made: Sequence[str], locale: Locale) -> str:
    """The target in ``locale``; ``made`` are the translations of what :func:`asked` gives."""
    wanted = _sources(plural, locale)
    table = dict(zip(sorted(set(wanted)), made, strict=True))
    return str(replace(plural, forms=tuple(table[at] for at in wanted)))


def _sources(plural: Plural, locale: Locale) -> list[int]:
    """For each form of ``locale`` the form of the source that it is made from."""
    return [0 if number == 1 else len(plural.forms) - 1 for number in rule(locale).exact]
