"""Articles -> catalogs up to date.

1. A catalog that was up to date and has not changed since, nor its article, is not even read (``insync``).
2. An article that was renamed takes its catalog along: git says so, or half of its texts stand in a catalog whose
   article is gone.
3. A text that moved to another article takes its unit along. What an article receives is written before it is taken
   away where it stood, so that an interruption loses nothing.
4. A waiver gets its stamp before anything else is done to its unit, so that it holds for the text it was written for.
   A stamp is no change: the catalog was up to date before, and who asks whether anything would change (``--frozen``)
   must not be told yes because a translator, whose editor knows no stamps, has added a comment.
5. Many catalogs are shared among processes, a locale at a time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from polyhelp import git, locales
from polyhelp.checks.waiver import stamped
from polyhelp.errors import GitError, PolyhelpError
from polyhelp.locales.layout import article_of, catalog_name
from polyhelp.locales.sync import ChangeKind, Means, Synced, UnitChange, bring_up_to_date
from polyhelp.model import Catalog, Document, Key, Locale, Unit
from polyhelp.workflow.insync import InSync, document_digest
from polyhelp.workflow.processes import side_by_side
from polyhelp.workflow.project import Project

MANY = 2000
"""Catalogs to read from which processes pay."""
_RENAMED = 0.5  # the share of an article's texts that another's catalog must have


@dataclass(frozen=True, slots=True)
class Change:
    """What sync did to one catalog. ``renamed`` is the article that the catalog was of before."""

    locale: Locale
    path: str
    units: tuple[UnitChange, ...] = ()
    renamed: str = ""

    def count(self, kind: ChangeKind) -> int:
        """How many units changed in this way."""
        return sum(1 for change in self.units if change.kind is kind)


@dataclass(frozen=True, slots=True)
class SyncResult:
    """``changes`` are the catalogs that were (or in a dry run, would be) written; ``units`` counts all current ones.

    ``stamps`` counts the units whose waivers got their stamp (or would get it), also where nothing else changed.
    """

    changes: tuple[Change, ...]
    units: int
    stamps: int = 0


@dataclass(frozen=True, slots=True)
class Manner:
    """How to sync: whether to write, and of which articles the edits are minor (patterns; all when there is none)."""

    write: bool = True
    minor: Callable[[str], bool] = lambda _: False


_USUAL = Manner()


@dataclass(slots=True)
class _Done:
    """What was done in one locale; ``settled`` are catalogs up to date on disk: name, document's digest, units."""

    changes: list[Change] = field(default_factory=list)
    units: int = 0
    stamps: int = 0
    settled: list[tuple[str, str, int]] = field(default_factory=list)
    problems: list[PolyhelpError] = field(default_factory=list)


def sync(project: Project, targets: Iterable[Locale], manner: Manner = _USUAL) -> SyncResult:
    """Bring every catalog of ``targets`` up to date. A catalog that cannot be read is noted and left alone.

    Raises OutsideError when another process keeps the catalogs locked.
    """
    with project.writing(write=manner.write):
        return _sync(project, tuple(targets), manner)


def _sync(project: Project, targets: Sequence[Locale], manner: Manner) -> SyncResult:
    memory = InSync(project.root)
    digests = {path: document_digest(document) for path, document in project.documents.items()}
    open_: dict[Locale, list[str]] = {}
    units = stamps = 0
    for locale in targets:
        for path in project.documents:
            known = None if manner.minor(path) else memory.units(catalog_name(locale.tag, path), digests[path])
            units += known or 0
            if known is None:
                open_.setdefault(locale, []).append(path)
        if orphans := _orphans(project, locale, memory):
            open_.setdefault(locale, []).extend(orphans)
    changes: list[Change] = []
    for done in _all(project, open_, manner):
        changes += done.changes
        units += done.units
        stamps += done.stamps
        for problem in done.problems:
            project.note(problem)
        if manner.write:
            for name, digest, count in done.settled:
                memory.note(name, digest, count)
    if manner.write:
        here = tuple(f"locales/{locale}/" for locale in targets)
        memory.keep(name for name in memory.known if not name.startswith(here))
        memory.save()
    return SyncResult(tuple(changes), units, stamps)


# ---------------------------------------------------------------- one locale


def _all(project: Project, open_: Mapping[Locale, list[str]], manner: Manner) -> Iterator[_Done]:
    """What is done in each locale that has work."""
    work = [(locale, paths) for locale, paths in open_.items()]
    if sum(len(paths) for _, paths in work) < MANY:
        yield from (_Locale(project, locale, manner).sync(paths) for locale, paths in work)
        return
    project.prepare()
    yield from side_by_side(partial(_apart, project, manner), work)


def _apart(project: Project, manner: Manner, work: tuple[Locale, list[str]]) -> _Done:
    """What is done in one locale, beside others."""
    own = project.apart()
    locale, paths = work
    done = _Locale(own, locale, manner).sync(paths)
    done.problems += own.problems
    return done


class _Locale:
    """The catalogs of one locale being brought up to date."""

    def __init__(self, project: Project, locale: Locale, manner: Manner) -> None:
        self.project = project
        self.locale = locale
        self.manner = manner
        self.old: dict[str, Catalog] = {}  # as it stands on disk
        self.stamped: dict[str, Catalog] = {}
        self.synced: dict[str, Synced] = {}
        self.renamed: dict[str, str] = {}  # new path -> old path

    def sync(self, paths: Iterable[str]) -> _Done:
        """Bring the catalogs of ``paths`` up to date."""
        for path in paths:
            old = self.project.attempt(lambda path=path: self.project.catalog(self.locale, path))  # type: ignore[misc]
            if old is not None:
                self.old[path] = old
        self._rename()
        for path, old in self.old.items():
            units = tuple(map(stamped, old.units))
            self.stamped[path] = old if units == old.units else replace(old, units=units)
            self.synced[path] = bring_up_to_date(self._document(path), self.stamped[path], self._means(path))
        given = self._move()
        done = _Done()
        receivers = [path for path, one in self.synced.items() if any(c.kind is ChangeKind.MOVED for c in one.changes)]
        failed = [path for path in receivers if not self._settle(path, done)]
        for path in self.synced:
            if path not in receivers:
                if given.get(path) and not failed:
                    self._give_away(path, given[path])
                self._settle(path, done)
        done.changes.sort(key=lambda change: change.path)
        return done

    def _document(self, path: str) -> Document:
        return self.project.documents.get(path) or Document(path, ())

    def _means(self, path: str, moved: Mapping[Key, Unit] | None = None) -> Means:
        return Means(moved or {}, self.manner.minor(path), self.project.data_digest)

    # ------------------------------------------------------------ renamed

    def _rename(self) -> None:
        """Give catalogs whose article is gone to the articles that it became."""
        orphans = [path for path, old in self.old.items() if path not in self.project.documents and old.units]
        new = [path for path in self.old if path in self.project.documents and not self.old[path].units]
        told = _renames(self.project) if orphans and new else {}
        keys = {path: {unit.key for unit in self.old[path].units if unit.target} for path in orphans}
        for path in new:
            wanted = {segment.key for segment in self._document(path).segments}
            shared = {orphan: len(wanted & keys[orphan]) for orphan in orphans}
            best = max(orphans, key=lambda orphan: (told.get(orphan) == path, shared[orphan]), default="")
            if best and (told.get(best) == path or shared[best] >= max(1, _RENAMED * len(wanted))):
                orphans.remove(best)
                self.renamed[path] = best
                self.old[path] = replace(self.old.pop(best), path=path)

    # ------------------------------------------------------------ moved

    def _move(self) -> dict[str, set[Key]]:
        """Bring units to the pages that their texts moved to; for each page, the keys that it gave away."""
        lost: dict[Key, tuple[str, Unit]] = {}
        for path, synced in self.synced.items():
            for unit in synced.lost:
                if unit.target:
                    lost.setdefault(unit.key, (path, unit))
        given: dict[str, set[Key]] = {}
        for path, synced in self.synced.items() if lost else ():
            new = {change.source for change in synced.changes if change.kind in {ChangeKind.NEW, ChangeKind.EDITED}}
            keys = [unit.key for unit in synced.catalog.current if unit.source in new and unit.key in lost]
            keys = [key for key in keys if lost[key][0] != path]
            if keys:
                moved = {key: lost[key][1] for key in keys}
                self.synced[path] = bring_up_to_date(self._document(path), self.stamped[path], self._means(path, moved))
                for key in keys:
                    given.setdefault(lost[key][0], set()).add(key)
        return given

    def _give_away(self, path: str, keys: set[Key]) -> None:
        synced = self.synced[path]
        units = tuple(unit for unit in synced.catalog.units if not (unit.obsolete and unit.key in keys))
        sources = {key.source for key in keys}
        changes = tuple(c for c in synced.changes if c.kind is not ChangeKind.GONE or c.source not in sources)
        self.synced[path] = Synced(replace(synced.catalog, units=units), changes)

    # ------------------------------------------------------------ written

    def _settle(self, path: str, done: _Done) -> bool:
        """Write a catalog if it changed; whether it stands as it should."""
        old, new, before = self.old[path], self.synced[path].catalog, self.renamed.get(path, "")
        same = new == old and not before
        if not same and (before or not old.units or locales.dump(new) != locales.dump(old)):
            if self.manner.write and self.project.attempt(lambda: self.project.save(new)) is None:
                return False
            if before and self.manner.write:
                self.project.attempt(lambda: self.project.remove(self.locale, before))
            stamps = sum(one is not two for one, two in zip(old.units, self.stamped[path].units, strict=True))
            done.stamps += stamps
            if not stamps or before or locales.dump(new) != locales.dump(self.stamped[path]):
                done.changes.append(Change(self.locale, path, self.synced[path].changes, before))
        count = sum(1 for unit in new.units if not unit.obsolete)
        done.units += count
        done.settled.append((catalog_name(self.locale.tag, path), document_digest(self._document(path)), count))
        return True


def _orphans(project: Project, locale: Locale, memory: InSync) -> list[str]:
    """Articles that are gone while their catalogs have units to retire: their words are kept as obsolete."""
    top = f"{project.root}/locales/{locale.tag}"
    unreadable = set(project.discovery.pages)
    empty = document_digest(Document("", ()))
    found = []
    for folder, _, names in os.walk(top):  # strings: a Path for each of many thousand files is what takes the time
        here = "" if folder == top else f"{os.path.relpath(folder, top)}/".replace(os.sep, "/")
        for name in names:
            article = article_of(f"{here}{name}")
            known = not name.endswith(".po") or article in project.documents or article in unreadable
            if not known and memory.units(catalog_name(locale.tag, article), empty) is None:
                found.append(article)
    return sorted(found)


def _renames(project: Project) -> Mapping[str, str]:
    """Articles that git says were renamed: old path -> path today; none without git."""
    try:
        found = git.renames(project.root, project.settings.content.as_posix())
    except GitError:
        return {}
    prefix = f"{project.settings.content.as_posix()}/"
    return {
        old.removeprefix(prefix): new.removeprefix(prefix)
        for old, new in found.items()
        if old.startswith(prefix) and new.startswith(prefix)
    }
