"""What a check is: a function from a unit to quality issues. All of them come out, not the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from polyhelp.model import Locale, Place, QualityIssue, Severity, TermViolation, Unit

TermFinder = Callable[[str, str], Sequence[TermViolation]]
"""(source text, target text) -> violations of the term base, for one locale and path."""


def no_terms(source: str, target: str) -> Sequence[TermViolation]:  # noqa: ARG001 (the shape is the TermFinder's)
    """The finder of a project without a term base."""
    return ()


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a unit stands and what holds there."""

    locale: Locale
    place: Place
    terms: TermFinder = no_terms


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check yields; the workflow adds the place and makes a QualityIssue of it."""

    severity: Severity
    message: str


Check = Callable[[Unit, Setting], Iterator[Finding]]
"""Registered by name under the entry point group ``polyhelp.checks``. Gets units with a target only."""


def issues(name: str, check: Check, unit: Unit, setting: Setting) -> Iterator[QualityIssue]:
    """What the check called ``name`` finds in ``unit``, as quality issues."""
    for finding in check(unit, setting):
        yield QualityIssue(
            name, finding.severity, finding.message, setting.place, setting.locale, unit.source, unit.target
        )
