"""What units said at a revision of git: the target then, and the source that it was made for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from polyhelp import git, locales
from polyhelp.errors import CatalogError
from polyhelp.locales.layout import FOLDER, catalog_name
from polyhelp.model import Catalog, Key, Locale, Unit
from polyhelp.review.report import Earlier
from polyhelp.text.similarity import closest
from polyhelp.workflow.project import Project
from polyhelp.workflow.revision import commit_of

MOST = 500
"""Lost sources of a catalog up to which the nearest to a new one is looked for."""

Said = Mapping[tuple[str, Key], Earlier]
"""What is known of units, by article and key; those are left out that say what they said."""


def said_at(project: Project, revision: str, locale: Locale, paths: Iterable[str]) -> Said:
    """What the units of the articles ``paths`` in ``locale`` said at ``revision``.

    Raises UsageError when ``revision`` names no commit, and GitError where there is no repository.
    """
    then = git.files(project.root, commit_of(project.root, revision), f"{FOLDER}/{locale.tag}")
    found: dict[tuple[str, Key], Earlier] = {}
    with git.Blobs(project.root) as blobs:
        for path in dict.fromkeys(paths):
            name = catalog_name(locale.tag, path)
            if name not in then:
                continue
            data = blobs.read(then[name])
            try:
                old = locales.parse(data, locale, path, name)
            except CatalogError:
                continue  # it could not be read then: nobody can say what it said
            found.update(((path, key), said) for key, said in _Pair(old, project.catalog(locale, path)).said())
    return found


@dataclass(frozen=True, slots=True)
class _Pair:
    """A catalog then and now."""

    old: Catalog
    new: Catalog

    def said(self) -> Iterator[tuple[Key, Earlier]]:
        then = {unit.key: unit for unit in self.old.current if unit.target}
        now = {unit.key for unit in self.new.current}
        lost = {unit.source: unit for key, unit in then.items() if key not in now}
        for unit in self.new.current:
            was = then.get(Key(unit.previous or unit.source, unit.context)) or then.get(unit.key)
            if was is None and 0 < len(lost) <= MOST:
                was = lost.get(closest(unit.source, lost))
            if was is not None and (earlier := _earlier(was, unit)) != Earlier():
                yield unit.key, earlier


def _earlier(was: Unit, unit: Unit) -> Earlier:
    """What ``was`` said that ``unit`` does not."""
    source = was.previous or was.source
    return Earlier(
        source if source != unit.source else "",
        was.target if was.target != unit.target else "",
    )
