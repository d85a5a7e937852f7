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
    if not has_journal(project):
        return Usage((), 0, project.settings.caps)
    journal = open_journal(project)
    try:
        return Usage(journal.spent(month), sum(journal.this_month().values()), project.settings.caps)
    finally:
        journal.close()


def has_journal(project: Project) -> bool:
    """Whether anything was ever sent to a paid engine from here."""
    return (project.root / FOLDER / FILE).is_file()


def open_journal(project: Project) -> Journal:
    """The journal, begun where there is none; to be closed. Raises WriteError."""
    folder = project.root / FOLDER
    return Journal(folder, project.shown(folder / FILE))
