"""What a check is: a function that looks for one kind of quality issue. All of them come out, not the first.

A check is registered by name under the entry point group ``polyhelp.checks``: a :class:`Check` object. Most look at
one unit; those that compare units look at a whole locale at once (:class:`Together`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from polyhelp.checks.forms import by_form
from polyhelp.model import Locale, Place, QualityIssue, Severity, Style, TermViolation, Unit

TermFinder = Callable[[str, str], Sequence[TermViolation]]
"""(source text, target text) -> violations of the term base, for one locale and path."""


def no_terms(source: str, target: str) -> Sequence[TermViolation]:  # noqa: ARG001 (the shape is the TermFinder's)
    """The finder of a project without a term base."""
    return ()


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a unit stands and what holds there.

    ``place`` is where issues are reported; ``path`` is the article's, relative to the content folder. ``policy``
    tells that the article is a policy, or another template, where every number counts.
    """

    locale: Locale
    place: Place
    terms: TermFinder = no_terms
    path: str = ""
    policy: bool = False
    style: Style = field(default_factory=Style)
    origin: Locale = field(default_factory=lambda: Locale("en"))
    """The source locale."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check yields. ``mark`` is the stretch of the target that it is about, ``""`` for the whole."""

    severity: Severity
    message: str
    mark: str = ""


Look = Callable[[Unit, Setting], Iterable[Finding]]
"""Looks at one unit with a target."""
Together = Callable[[Sequence[tuple[Unit, Setting]]], Iterable[tuple[int, Finding]]]
"""Looks at all units of a locale that have a target; each finding with the position of the unit it is about."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    ``its`` is the ITS 2.0 localization quality issue type of what it finds
    (https://www.w3.org/TR/its20/#lqissue-typevalues). ``about`` explains it to a person who met one of its findings:
    what it looks for and why, an example, how to switch it off or waive it; Markdown, a few paragraphs. ``on`` is
    False for a check that runs only where the configuration asks for it. One that is ``fixed`` cannot be switched off,
    made milder or waived: what it finds is never a matter of taste. One that is ``whole`` looks at a unit with plural
    forms as it is; all others are given each form as a unit of its own (:mod:`polyhelp.checks.forms`).
    """

    its: str
    about: str
    look: Look | None = None
    together: Together | None = None
    on: bool = True
    fixed: bool = False
    whole: bool = False


def issues(name: str, check: Check, unit: Unit, setting: Setting) -> Iterator[QualityIssue]:
    """What the check called ``name`` finds in ``unit``, as quality issues, each once."""
    if check.look is None:
        return
    parts = (unit,) if check.whole else by_form(unit, setting.locale)
    for finding in dict.fromkeys(finding for part in parts for finding in check.look(part, setting)):
        yield issue(name, check, finding, unit, setting)


def issue(name: str, check: Check, finding: Finding, unit: Unit, setting: Setting) -> QualityIssue:
    """A finding as a quality issue."""
    return QualityIssue(
        name,
        finding.severity,
        finding.message,
        setting.place,
        setting.locale,
        unit.source,
        unit.target,
        check.its,
        finding.mark,
    )
