"""What was sent to paid engines from this folder."""

from __future__ import annotations

from dataclasses import dataclass

from polyhelp.engines.caps import Caps
from polyhelp.engines.journal import FILE, Journal, Spent
from polyhelp.workflow.memory import FOLDER
from polyhelp.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Usage:
    """The ledger, the characters of this month (UTC), and the limits of the configuration."""

    spent: tuple[Spent, ...]
    this_month: int
    caps: Caps


def usage(project: Project, month: str = "") -> Usage:
    """The ledger of all months, or of one (``2026-11``). Raises WriteError when it cannot be read."""
    file = project.root / FOLDER / FILE
    if not file.is_file():
        return Usage((), 0, project.settings.caps)
    journal = Journal(file.parent)
    try:
        return Usage(journal.spent(month), sum(journal.this_month().values()), project.settings.caps)
    finally:
        journal.close()
