"""Several checks on one unit, and on all units of a locale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from polyhelp.checks.base import Check, Setting, issue, issues
from polyhelp.model import QualityIssue, Unit


def run(checks: Mapping[str, Check], unit: Unit, setting: Setting) -> Iterator[QualityIssue]:
    """What all ``checks`` find in ``unit``, in the order of ``checks``; nothing where there is no target yet.

    A check that raises is a bug of the check; its exception is not caught here.
    """
    if not unit.target:
        return
    for name, check in checks.items():
        yield from issues(name, check, unit, setting)


def run_together(name: str, check: Check, units: Sequence[tuple[Unit, Setting]]) -> Iterator[tuple[int, QualityIssue]]:
    """What ``check`` finds when it compares ``units``, which all have a target; each with the unit's position."""
    for at, finding in check.together(units) if check.together else ():
        unit, setting = units[at]
        yield at, issue(name, check, finding, unit, setting)
