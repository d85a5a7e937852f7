"""The term base: concepts, their names in the source language and in each locale."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from polyhelp.model.issue import Severity
from polyhelp.model.locale import Locale


class PartOfSpeech(StrEnum):
    """Decides which inflections of a source term are looked for."""

    NOUN = "noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    NAME = "name"
    ANY = "any"
    """Nobody has said: it is looked for as a noun and as a verb."""

    @classmethod
    def unsaid(cls, *, kept: bool) -> PartOfSpeech:
        """What a term is of which nobody says it.

        One that is not translated (``kept``) is a noun: that is what languages borrow; verbs get a native ending.
        """
        return cls.NOUN if kept else cls.ANY


LISTS = ("admitted", "deprecated", "forbidden")
"""The fields of a :class:`TermTarget` that hold several forms, the best first."""


@dataclass(frozen=True, slots=True)
class TermTarget:
    """What a concept is called in one locale. ``preferred`` and ``admitted`` satisfy the term base.

    As a locale's own words (in :attr:`Concept.targets`), what is empty is left to the parent locale; ``cleared`` names
    the fields that are meant to be empty whatever the parent says. :meth:`Concept.target` gives the whole answer.
    """

    preferred: str = ""
    admitted: tuple[str, ...] = ()
    deprecated: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    note: str = ""
    cleared: frozenset[str] = frozenset()

    @property
    def allowed(self) -> tuple[str, ...]:
        """Every form that satisfies the term base, preferred first."""
        return (self.preferred, *self.admitted)

    def over(self, parent: TermTarget) -> TermTarget:
        """These words, with ``parent``'s where they say nothing.

        A form that stands here under any status is not taken over under another: what ``es`` forbids, ``es-MX`` may
        prefer.
        """
        here = {form.casefold() for form in (*self.allowed, *self.deprecated, *self.forbidden)}

        def forms(name: str) -> tuple[str, ...]:
            own: tuple[str, ...] = getattr(self, name)
            if own or name in self.cleared:
                return own
            return tuple(form for form in getattr(parent, name) if form.casefold() not in here)

        return TermTarget(
            self.preferred or parent.preferred,
            forms("admitted"),
            forms("deprecated"),
            forms("forbidden"),
            self.note if self.note or "note" in self.cleared else parent.note,
            self.cleared | parent.cleared,
        )


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea. ``source`` is its name in the source language (singular, infinitive).

    ``owner`` answers for it: a person or a team. ``enforce`` is the severity of a violation, None where the entry is
    only for reading. ``excluded`` holds phrases in which the term means something else. ``scope`` holds path patterns;
    empty means everywhere. ``targets`` holds each locale's own words.
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
    owner: str = ""

    def target(self, locale: Locale) -> TermTarget | None:
        """The concept's names in ``locale``: field by field from the nearest of its lineage that says it.

        None where nobody in the lineage says what to prefer.
        """
        said = [self.targets[one] for one in locale.lineage if one in self.targets]
        if not said:
            return TermTarget(self.source) if self.do_not_translate else None
        whole = said[0]
        for parent in said[1:]:
            whole = whole.over(parent)
        if whole.cleared:
            whole = replace(whole, cleared=frozenset())
        return whole if whole.preferred else None


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
