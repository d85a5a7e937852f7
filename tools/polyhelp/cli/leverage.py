"""What the translation memory covers of what waits, for ``sync`` and ``translate``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from polyhelp.model import Locale
from polyhelp.text.words import count
from polyhelp.workflow.memory import Leverage, Memory, leverage
from polyhelp.workflow.project import Project


def counted(project: Project, locales: Iterable[Locale]) -> list[Leverage]:
    """One count for each of ``locales``."""
    locales = tuple(locales)
    with Memory(project, locales) as memory:
        return [leverage(project, locale, memory) for locale in locales]


def row(one: Leverage) -> dict[str, dict[str, int]]:
    """What waits in a locale, by match class, for scripts."""
    return {
        class_.value: {"segments": number, "words": one.words[class_]} for class_, number in one.segments.items()
    }  # fmt: skip


def lines(found: Sequence[Leverage]) -> list[str]:
    """What waits in each locale, by match class, for people."""
    return [
        f"{one.locale}: {count(one.total, 'word')} to translate: "
        + ", ".join(f"{words:,} {class_}" for class_, words in one.words.items() if words)
        for one in found
        if one.total
    ]
