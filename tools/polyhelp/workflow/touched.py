"""Which locales are not as they were at a revision of git: the ones worth building and looking at."""

from __future__ import annotations

from polyhelp import git
from polyhelp.config.load import FILE
from polyhelp.locales.layout import FOLDER
from polyhelp.model import Locale
from polyhelp.workflow.project import Project
from polyhelp.workflow.revision import commit_of

_TERMS = "glossary"


def touched(project: Project, revision: str) -> tuple[Locale, ...]:
    """The locales that commits since ``revision`` have changed: the source by its articles, the others by catalogs.

    What a change of the source means for the other locales shows when their catalogs follow. Raises UsageError when
    ``revision`` names no commit, and GitError where there is no repository.
    """
    settings = project.settings
    before = git.files(project.root, commit_of(project.root, revision), ".")
    after = git.files(project.root, commit_of(project.root, "HEAD"), ".")
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    folders = (settings.content.as_posix(), _TERMS, *settings.includes)
    source = any(path == FILE or path.startswith(tuple(f"{folder}/" for folder in folders)) for path in changed)
    targets = (one for one in settings.targets if any(path.startswith(f"{FOLDER}/{one.tag}/") for path in changed))
    return (*((settings.source,) if source else ()), *targets)
