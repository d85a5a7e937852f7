"""The term base: concepts, their names in the source language and in each locale."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from polyhelp.model.issue import Severity
from polyhelp.model.locale import Locale


class PartOfSpeech(StrEnum):
    """Decides which inflections of a source term are looked for."""

    NOUN = "noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class TermTarget:
    """What a concept is called in one locale. ``preferred`` and ``admitted`` satisfy the term base."""

    preferred: str
    admitted: tuple[str, ...] = ()
    deprecated: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    note: str = ""

    @property
    def allowed(self) -> tuple[str, ...]:
        """Every form that satisfies the term base, preferred first."""
        return (self.preferred, *self.admitted)


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea. ``source`` is its name in the source language (singular, infinitive).

    ``enforce`` is the severity of a violation, None where the entry is only for reading. ``excluded`` holds
    phrases in which the term means something else. ``scope`` holds path patterns; empty means everywhere.
    """

    id: str
    source: str
    part: PartOfSpeech = PartOfSpeech.NOUN
    definition: str = ""
    domain: str = ""
    enforce: Severity | None = Severity.WARNING
    do_not_translate: bool = False
    case_sensitive: bool = False
    variants: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    targets: dict[Locale, TermTarget] = field(default_factory=dict)

    def target(self, locale: Locale) -> TermTarget | None:
        """The concept's names in ``locale``, else in the nearest parent locale that has any."""
        here: Locale | None = locale
        while here is not None:
            if here in self.targets:
                return self.targets[here]
            here = here.parent
        return TermTarget(self.source) if self.do_not_translate else None


@dataclass(frozen=True, slots=True)
class TermHit:
    """A concept found in a source text at ``start``..``end`` (characters), as the surface ``text``."""

    concept: Concept
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TermViolation:
    """A source term whose target breaks the term base: nothing allowed is there, or ``forbidden`` is."""

    hit: TermHit
    target: TermTarget
    forbidden: str = ""
