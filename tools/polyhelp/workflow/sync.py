"""Articles -> catalogs up to date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from polyhelp import locales
from polyhelp.model import Catalog, Document, Locale
from polyhelp.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Change:
    """What sync did to one catalog: numbers of units."""

    locale: Locale
    path: str
    new: int
    edited: int
    back: int
    gone: int


@dataclass(frozen=True, slots=True)
class SyncResult:
    """``changes`` are the catalogs that were (or in a dry run, would be) written; ``units`` counts all current ones."""

    changes: tuple[Change, ...]
    units: int


def sync(project: Project, targets: Iterable[Locale], *, write: bool = True) -> SyncResult:
    """Bring every catalog of ``targets`` up to date. A catalog that cannot be read is noted and left alone."""
    changes: list[Change] = []
    units = 0
    for locale in targets:
        for document in (*project.documents.values(), *_orphans(project, locale)):
            old = project.attempt(lambda document=document, locale=locale: project.catalog(locale, document.path))  # type: ignore[misc]
            if old is None:
                continue
            new = locales.sync(document, old)
            units += len(new.current)
            if new == old or (old.units and locales.dump(new) == locales.dump(old)):
                continue
            if not write or project.attempt(lambda new=new: project.save(new)) is not None:  # type: ignore[misc]
                changes.append(_change(old, new))
    return SyncResult(tuple(changes), units)


def _orphans(project: Project, locale: Locale) -> Iterable[Document]:
    """Empty documents for catalogs whose article is gone: their words are kept as obsolete."""
    folder = project.root / "locales" / locale.tag
    unreadable = set(project.discovery.pages)
    for file in sorted(folder.rglob("*.po")):
        path = file.relative_to(folder).as_posix().removesuffix(".po")
        article = path if path.startswith("_") else f"{path}.md"
        if article not in project.documents and article not in unreadable:
            yield Document(article, ())


def _change(old: Catalog, new: Catalog) -> Change:
    before = {unit.key for unit in old.current}
    retired = {unit.key for unit in old.units if unit.obsolete}
    fresh = [unit for unit in new.current if unit.key not in before]
    after = {unit.key for unit in new.current}
    edited = sum(1 for unit in fresh if unit.previous)
    back = sum(1 for unit in fresh if not unit.previous and (unit.key in retired or unit.target))
    gone = sum(1 for unit in old.current if unit.key not in after)
    return Change(new.locale, new.path, len(fresh) - edited - back, edited, back, max(0, gone - edited))
