"""QA checks and the term base over every target.

1. A target whose source has changed since is not looked at: it waits for its turn in the review queue.
2. The checks of one unit run on every target; those that compare units get all targets of a locale.
3. What is waived at a unit does not count.
4. A term that many break is reported once, at the term base (:mod:`polyhelp.workflow.doubt`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from polyhelp import plugins
from polyhelp.checks.run import run
from polyhelp.model import Catalog, Key, Locale, QualityIssue, Unit
from polyhelp.workflow.compare import compared, looked_at
from polyhelp.workflow.doubt import TERMINOLOGY, Doubt, doubts, without
from polyhelp.workflow.look import checks, finder_of_all, placed, setting, unwaived, weighed
from polyhelp.workflow.project import Project

Chosen = Callable[[Catalog], Collection[Key]]
"""A catalog -> the keys of its units that are to be reported on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: the checks ``named`` (all that are on when there are none), in the units that are ``chosen``.

    A named check that is off by default runs; one that the configuration switches off does not.
    """

    named: tuple[str, ...] = ()
    chosen: Chosen | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found, by locale, catalog and line, and what of it is waived."""

    issues: tuple[QualityIssue, ...]
    waived: tuple[QualityIssue, ...] = ()


_ALL = Wanted()


def check(project: Project, targets: Iterable[Locale]) -> tuple[QualityIssue, ...]:
    """Everything the checks find in ``targets``, by locale, catalog and line."""
    return examine(project, targets).issues


def examine(project: Project, targets: Iterable[Locale], wanted: Wanted = _ALL) -> Examined:
    """What the checks find in ``targets``, and what of it is waived. Raises UsageError for a check that is unknown."""
    for name in wanted.named:
        plugins.load(plugins.CHECKS, name)
    found: list[QualityIssue] = []
    waived: list[QualityIssue] = []
    for locale in targets:
        one = _Locale(project, locale, wanted)
        found += one.issues()
        waived += one.waived
    return Examined(tuple(found), tuple(waived))


@dataclass(slots=True)
class _Looked:
    """One catalog: its units that are looked at, which of them count, and what was found in them."""

    catalog: Catalog
    units: tuple[Unit, ...]
    chosen: frozenset[Key]
    found: list[tuple[Unit, QualityIssue]] = field(default_factory=list)


class _Locale:
    """The targets of one locale under examination."""

    def __init__(self, project: Project, locale: Locale, wanted: Wanted) -> None:
        self.project = project
        self.locale = locale
        self.wanted = wanted
        self.waived: list[QualityIssue] = []

    def issues(self) -> Iterator[QualityIssue]:
        """What counts. What is waived is noted on the way."""
        looked = [self._looked(catalog) for catalog in self.project.catalogs(self.locale)]
        for one in looked:
            find = self._finder(one.catalog)
            one.found += [(unit, issue) for unit in one.units if unit.key in one.chosen for issue in find(unit)]
        by_path = {one.catalog.path: one for one in looked}
        texts = [(one.catalog, one.units) for one in looked]
        for catalog, unit, issue in compared(self.project, texts, self.wanted.named):
            if unit.key in by_path[catalog.path].chosen:
                by_path[catalog.path].found.append((unit, issue))
        doubtful = self._doubts(looked)
        yield from (doubt.issue(self.project, self.locale) for doubt in doubtful)
        for one in looked:
            if doubtful:
                one.found[:] = without(self.project, one.catalog, one.found, doubtful)
            yield from self._counted(one)

    def _looked(self, catalog: Catalog) -> _Looked:
        units = looked_at(catalog)
        chosen = self.wanted.chosen
        return _Looked(catalog, units, frozenset(chosen(catalog) if chosen else (unit.key for unit in units)))

    def _finder(self, catalog: Catalog) -> Callable[[Unit], Iterable[QualityIssue]]:
        if not self.wanted.named:
            return finder_of_all(self.project, catalog)
        active = checks(self.project, self.locale, catalog.path, self.wanted.named)
        where = setting(self.project, catalog)
        return lambda unit: weighed(self.project, catalog, run(active, unit, where))

    def _doubts(self, looked: Sequence[_Looked]) -> tuple[Doubt, ...]:
        """The terms in doubt, where the chosen units break any."""
        broken = [
            (one.catalog, unit)
            for one in looked
            for unit in dict.fromkeys(unit for unit, issue in one.found if issue.check == TERMINOLOGY)
        ]
        return doubts(self.project, broken, [(one.catalog, one.units) for one in looked]) if broken else ()

    def _counted(self, one: _Looked) -> Iterator[QualityIssue]:
        rows = sorted(placed(self.project, one.catalog, one.found), key=lambda row: row[1].place.line)
        for unit, issue in rows:
            if unwaived(unit, [issue]):
                yield issue
            else:
                self.waived.append(issue)
