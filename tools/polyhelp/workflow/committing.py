"""Decisions written into catalogs, and committed in the name of who made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from polyhelp import git
from polyhelp.errors import GitError, UsageError
from polyhelp.locales.layout import FOLDER
from polyhelp.review.decision import Decisions
from polyhelp.review.ranking import Waiting
from polyhelp.review.rights import Rights
from polyhelp.workflow.deciding import Applied, apply_locked
from polyhelp.workflow.project import Project

_UNDONE = "the decisions are in the catalogs; commit them yourself"


@dataclass(frozen=True, slots=True)
class Committed:
    """What became of decisions. ``commit`` is the id of the commit, ``""`` where there was nothing to commit.

    ``left`` are the catalogs that were not committed, because they held other edits that nobody had committed yet.
    """

    applied: Applied
    commit: str = ""
    left: tuple[str, ...] = ()


def check_ready(project: Project) -> None:
    """Raises UsageError when nothing could be committed: no repository, no commit yet, no address to commit under."""
    try:
        ready = bool(git.commit(project.root, "HEAD")) and bool(git.email(project.root))
    except GitError as error:
        raise UsageError(f"nothing can be committed: {error.message}", hint="leave --commit out") from None
    if not ready:
        hint = 'make a first commit; git config user.email "you@example.com"'
        raise UsageError("nothing can be committed: git has no commit yet, or does not know your address", hint=hint)


def apply_and_commit(project: Project, decisions: Decisions, rights: Rights) -> Committed:
    """Write ``decisions`` as :func:`~polyhelp.workflow.deciding.apply` does, and commit the catalogs that changed.

    The author is who decided, at git's own address; other files, staged or not, stay out of it. What git refuses is
    noted: the decisions stand in the catalogs then. Raises OutsideError when another process keeps them locked.
    """
    with project.writing():  # until the commit: what another desk writes meanwhile is not its author's
        edited = git.uncommitted(project.root, FOLDER)
        applied = apply_locked(project, decisions, rights)
        files = dict.fromkeys(project.shown(project.catalog_file(row.locale, row.path)) for row in applied.written)
        ours = [file for file in files if file not in edited]
        left = tuple(file for file in files if file in edited)
        if not ours:
            return Committed(applied, "", left)
        try:
            message = _message(applied, rights.person(decisions.who))
            return Committed(applied, git.commit_files(project.root, ours, decisions.who, message), left)
        except GitError as error:
            project.note(GitError(error.message, hint=_UNDONE))
            return Committed(applied, "", left)


def _message(applied: Applied, who: str) -> str:
    """A title with what was done, then the units."""
    parts = (("accepted", applied.accepted), ("edited", applied.edited), ("rejected", applied.rejected))
    done = ", ".join(f"{len(rows)} {word}" for word, rows in parts if rows)
    tags = ", ".join(dict.fromkeys(row.locale.tag for row in applied.written))
    body = "\n".join(line for word, rows in parts for line in _lines(word, rows))
    return f"Review of {tags} by {who}: {done}\n\n{body}"


def _lines(word: str, rows: Sequence[Waiting]) -> list[str]:
    return [f"{word} {row.id} {row.path}" for row in rows]
