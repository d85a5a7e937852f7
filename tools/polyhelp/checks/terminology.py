"""Check: the target uses the words of the term base."""

from __future__ import annotations

from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Severity, TermViolation, Unit

_MILDER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.INFO, Severity.INFO: Severity.INFO}


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """A finding of the concept's own severity for each violation; one step milder for a deprecated form."""
    for violation in setting.terms(unit.source, unit.target):
        severity = violation.hit.concept.enforce
        if severity is not None:
            old = violation.forbidden in violation.target.deprecated and bool(violation.forbidden)
            yield Finding(_MILDER[severity] if old else severity, _message(violation))


def _message(violation: TermViolation) -> str:
    term, expected = violation.hit.text, _expected(violation)
    if violation.forbidden in violation.target.deprecated and violation.forbidden:
        return f"'{violation.forbidden}' is no longer used for '{term}': expected {expected}."
    if violation.forbidden:
        return f"'{violation.forbidden}' must not be used for '{term}': expected {expected}."
    if violation.hit.concept.do_not_translate:
        return f"'{term}' stays as it is in every language: expected {expected}, but it is not in the translation."
    return f"For '{term}', expected {expected}, but it is not in the translation."


def _expected(violation: TermViolation) -> str:
    """``'Erstattung' (or 'Rückerstattung')``."""
    preferred, *others = violation.target.allowed
    more = " or ".join(f"'{form}'" for form in others)
    return f"'{preferred}' (or {more})" if more else f"'{preferred}'"


CHECK = Check(its="terminology", about="The target uses the words of the term base.", look=look)
