"""Which units of a locale's catalogs are not as they were at a revision.

A unit is compared by what a translator works on: source, context, target, the fuzzy mark and the previous source, the
flags, and the waivers. A catalog that was not there at the revision is held against those that were there and are gone
today, so that the units of a renamed article are not all new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from polyhelp import git, locales
from polyhelp.checks.waiver import Waiver
from polyhelp.errors import CatalogError
from polyhelp.locales.layout import FOLDER, article_of, catalog_name
from polyhelp.model import Catalog, Key, Locale, Unit
from polyhelp.workflow.project import Project
from polyhelp.workflow.revision import commit_of

_Face = tuple[object, ...]
"""What is compared of a unit."""


def changed_since(project: Project, revision: str, targets: Iterable[Locale]) -> Callable[[Catalog], Collection[Key]]:
    """What gives the keys of a catalog's units that are not as they were at ``revision``.

    Raises UsageError when ``revision`` names no commit, and GitError where there is no repository.
    """
    then = git.files(project.root, commit_of(project.root, revision), FOLDER)
    found: dict[tuple[Locale, str], frozenset[Key]] = {}
    with git.Blobs(project.root) as blobs:
        past = _Past(then, blobs)
        for locale in targets:
            gone = past.gone(project.root, locale)
            for catalog in project.catalogs(locale):
                found[locale, catalog.path] = frozenset(_changed(project, catalog, past, gone))
    return lambda catalog: found.get((catalog.locale, catalog.path), frozenset())


def _changed(project: Project, catalog: Catalog, past: _Past, gone: Collection[str]) -> Iterator[Key]:
    name = catalog_name(catalog.locale.tag, catalog.path)
    if past.same(name, project.catalog_file(catalog.locale, catalog.path)):
        return
    before = {name} if name in past.files else gone
    faces = {face for one in before for face in past.faces(one, catalog.locale)}
    yield from (unit.key for unit in catalog.current if _face(unit) not in faces)


@dataclass(slots=True)
class _Past:
    """The catalogs of a commit: name -> id of the blob. Each is read at most once."""

    files: dict[str, str]
    blobs: git.Blobs
    _faces: dict[str, frozenset[_Face]] = field(default_factory=dict)

    def gone(self, root: Path, locale: Locale) -> tuple[str, ...]:
        """The catalogs of ``locale`` that are not there any more."""
        here = (name for name in self.files if name.startswith(f"{FOLDER}/{locale.tag}/") and name.endswith(".po"))
        return tuple(name for name in here if not (root / name).exists())

    def same(self, name: str, file: Path) -> bool:
        """Whether ``file`` is, byte for byte, what ``name`` was."""
        blob = self.files.get(name, "")
        if not blob or not file.is_file():
            return False
        data = file.read_bytes()
        sha = hashlib.sha1 if len(blob) == 40 else hashlib.sha256
        return sha(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest() == blob

    def faces(self, name: str, locale: Locale) -> frozenset[_Face]:
        """The units of a catalog as they were; none when it could not be read then, so that all count as changed."""
        if name not in self._faces:
            data = self.blobs.read(self.files[name])
            try:
                article = article_of(name.removeprefix(f"{FOLDER}/{locale.tag}/"))
                units = locales.parse(data, locale, article, name).current
            except CatalogError:
                units = ()
            self._faces[name] = frozenset(map(_face, units))
        return self._faces[name]


def _face(unit: Unit) -> _Face:
    said = (comment for comment in unit.comments if comment.startswith("flags: ") or Waiver.parse(comment))
    return unit.source, unit.context, unit.target, unit.fuzzy, unit.previous, tuple(said)
