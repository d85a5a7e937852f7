"""Check: the target uses the words of the term base."""

from __future__ import annotations

import re
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
            mark = _mark(violation, unit.target)
            yield Finding(_MILDER[severity] if old else severity, _message(violation, mark), mark)


def _mark(violation: TermViolation, target: str) -> str:
    """The forbidden form as the target has it: its beginning at least, where it is inflected; ``""`` if not found.

    For a name that stays as it is, what the target has in other capitals.
    """
    form = violation.forbidden or (violation.hit.text if violation.hit.concept.do_not_translate else "")
    found = re.search(re.escape(form), target, re.IGNORECASE) if form else None
    return found[0] if found else ""


def _message(violation: TermViolation, mark: str) -> str:
    term, expected = violation.hit.text, _expected(violation)
    if violation.forbidden in violation.target.deprecated and violation.forbidden:
        return f"'{violation.forbidden}' is no longer used for '{term}': expected {expected}."
    if violation.forbidden:
        return f"'{violation.forbidden}' must not be used for '{term}': expected {expected}."
    if violation.hit.concept.do_not_translate and mark and mark != term:
        return f"'{term}' stays as it is in every language: expected {expected}, not '{mark}'."
    if violation.hit.concept.do_not_translate:
        return f"'{term}' stays as it is in every language: expected {expected}, but it is not in the translation."
    return f"For '{term}', expected {expected}, but it is not in the translation."


def _expected(violation: TermViolation) -> str:
    """``'Erstattung' (or 'Rückerstattung')``."""
    preferred, *others = violation.target.allowed
    more = " or ".join(f"'{form}'" for form in others)
    return f"'{preferred}' (or {more})" if more else f"'{preferred}'"


ABOUT = """\
The translation uses the words of the term base, `glossary/*.yml`: where the source has one of its terms, the target has
the preferred or an admitted name, in any inflection, and no forbidden or deprecated one. Names that stay as they are
(`do_not_translate`) are in the target as they are. Customers look for the word that they know from the shop.

For example, with `refund: {preferred: Erstattung, forbidden: [Rückgabe]}`, "Your refund" may become "Ihre
Erstattung" or "der Erstattungsbetrag", but not "Ihre Rückgabe".

Each entry says itself how bad it is: `enforce: error`, `warning`, `info` or `off`. An entry that at least five texts
use, and 40 % of them break, is reported once, at its line of the term base: there the entry is likely wrong.

Where the entry is right and this text is an exception, add a phrase under `except`, or silence the check at one unit
with `# waive: terminology REASON`. `checks: {terminology: off}` in mkdocs.yml switches it off.
"""

CHECK = Check(its="terminology", about=ABOUT, look=look)
