"""The help center as it stands, under the rules on acceptances that a commit has.

A branch brings its own rules, and its own configuration: who may accept what on it, and where it takes two persons, is
for the branch to say to which it wants to come.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from polyhelp import git
from polyhelp.config import FILE, Settings, load
from polyhelp.errors import ConfigError
from polyhelp.locales.layout import FOLDER
from polyhelp.review.rights import Rights
from polyhelp.workflow.project import Project


def under_rules_of(project: Project, commit: str, blobs: git.Blobs) -> Project:
    """``project`` with the rules of ``commit``, and with what its mkdocs.yml says of reviews and of ``publish``.

    Articles, regions and catalogs are today's. Without a mkdocs.yml then, today's says where the rules are. Raises
    ConfigError where either file was wrong then.
    """
    files = git.files(project.root, commit)
    with TemporaryDirectory(prefix="polyhelp-") as scratch:
        there = Path(scratch).resolve()
        for name in files:
            if not name.startswith(f"{FOLDER}/"):
                (there / name).parent.mkdir(parents=True, exist_ok=True)
                (there / name).touch()  # the configuration is held against what there is, not against what it says
        settings = _settings(there, blobs.read(files[FILE]), commit) if FILE in files else project.settings
        owners = settings.review.owners
        if owners in files:
            (there / owners).write_bytes(blobs.read(files[owners]))
        rights = Rights.read(there / owners, owners)
    ruled = replace(
        project, settings=replace(project.settings, review=settings.review, publish=settings.publish), _catalogs={}
    )
    ruled.__dict__["rights"] = rights  # what the property would read from today's file
    return ruled


def _settings(there: Path, text: bytes, commit: str) -> Settings:
    (there / FILE).write_bytes(text)
    try:
        return load(there)
    except ConfigError as error:
        mistakes = tuple(f"as {commit[:10]} has it: {mistake}" for mistake in error.mistakes)
        raise ConfigError(mistakes, error.place) from None
