"""A revision of git that a person names, and the files that a folder had then."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from polyhelp import git
from polyhelp.errors import UsageError


def commit_of(root: Path, revision: str) -> str:
    """The id of the commit that ``revision`` names. Raises UsageError when there is none, GitError without git."""
    commit = git.commit(root, revision)
    if commit:
        return commit
    missing = "this clone lacks older commits: git fetch --unshallow"
    hint = missing if git.is_shallow(root) else "git log and git branch --all show what there is"
    raise UsageError(f"git knows no revision '{revision}' here", hint=hint)


def files_at(root: Path, revision: str, folder: str) -> Mapping[str, bytes]:
    """The files that lay in ``folder`` at ``revision``, by name, but not those of its folders.

    ``folder`` is relative to ``root``. Raises UsageError when ``revision`` names no commit, GitError without git.
    """
    return files_of(root, commit_of(root, revision), folder)


def files_of(root: Path, commit: str, folder: str) -> Mapping[str, bytes]:
    """As :func:`files_at`, at the commit with the id ``commit``."""
    then = git.files(root, commit, folder)
    names = {path: path.removeprefix(f"{folder}/") for path in then}
    with git.Blobs(root) as blobs:
        return {name: blobs.read(then[path]) for path, name in names.items() if "/" not in name}
