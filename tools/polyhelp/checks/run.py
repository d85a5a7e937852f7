"""Several checks on one unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from polyhelp.checks.base import Check, Setting, issues
from polyhelp.model import QualityIssue, Unit


def run(checks: Mapping[str, Check], unit: Unit, setting: Setting) -> Iterator[QualityIssue]:
    """What all ``checks`` find in ``unit``, in the order of ``checks``; nothing where there is no target yet.

    A check that raises is a bug of the check; its exception is not caught here.
    """
    if not unit.target:
        return
    for name, check in checks.items():
        yield from issues(name, check, unit, setting)
