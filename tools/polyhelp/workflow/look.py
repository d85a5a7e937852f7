"""What the checks find in one unit: for the check, and for the gate that customers' text passes.

Everything is looked for once in a run. What a person has waived at the unit counts for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from polyhelp import plugins
from polyhelp.checks.base import Check, Setting, TermFinder
from polyhelp.checks.run import run
from polyhelp.checks.waiver import silenced
from polyhelp.config import OWN
from polyhelp.locales import po
from polyhelp.model import Catalog, Key, Locale, Place, QualityIssue, Severity, TermViolation, Unit
from polyhelp.workflow.project import POLICIES, Project

Find = Callable[[Unit], tuple[QualityIssue, ...]]
"""A unit of one catalog -> what the checks find in it, each in the place of its article."""


def finder(project: Project, catalog: Catalog) -> Find:
    """What the checks find in a unit of ``catalog``, but for what is waived there."""
    find = finder_of_all(project, catalog)
    return lambda unit: unwaived(unit, find(unit))


def finder_of_all(project: Project, catalog: Catalog) -> Find:
    """What the checks find in a unit of ``catalog``, waived or not."""
    active = checks(project, catalog.locale, catalog.path)
    place = setting(project, catalog)

    def find(unit: Unit) -> tuple[QualityIssue, ...]:
        key = (catalog.locale, catalog.path, unit)
        if key not in project.checked:
            project.checked[key] = tuple(weighed(project, catalog, run(active, unit, place)))
        return project.checked[key]

    return find


def unwaived(unit: Unit, found: Sequence[QualityIssue]) -> tuple[QualityIssue, ...]:
    """What of ``found`` counts: the rest is waived at ``unit``."""
    if not found or not (quiet := silenced(unit)):
        return tuple(found)
    return tuple(issue for issue in found if issue.check not in quiet)


def faultless(project: Project, catalog: Catalog) -> Callable[[Unit], bool]:
    """Whether a unit of ``catalog`` has no error: what a machine wrote is shown to nobody otherwise."""
    find = finder(project, catalog)

    def holds(unit: Unit) -> bool:
        return all(issue.severity is not Severity.ERROR for issue in find(unit))

    return holds


def harmless(project: Project, catalog: Catalog) -> Callable[[Unit], bool]:
    """Whether no check that is fixed finds anything: else a target is shown to nobody, whoever wrote it."""
    active = {name: check for name, check in checks(project, catalog.locale, catalog.path).items() if check.fixed}
    place = setting(project, catalog)
    return lambda unit: next(iter(run(active, unit, place)), None) is None


def issues(project: Project, catalog: Catalog, keys: Collection[Key]) -> Iterator[QualityIssue]:
    """What the checks find in the units ``keys`` of ``catalog``, each at its line of the catalog's file."""
    find = finder(project, catalog)
    found = ((unit, issue) for unit in catalog.current if unit.key in keys for issue in find(unit))
    return (issue for _, issue in placed(project, catalog, found))


def placed(
    project: Project, catalog: Catalog, found: Iterable[tuple[Unit, QualityIssue]]
) -> Iterator[tuple[Unit, QualityIssue]]:
    """Quality issues with the lines where their units stand in the catalog's file, which is read only for some."""
    file, lines = project.catalog_file(catalog.locale, catalog.path), None
    for unit, issue in found:
        lines = po.lines(file) if lines is None else lines
        yield unit, replace(issue, place=Place(project.shown(file), lines.get((unit.source, unit.context), 0)))


def checks(project: Project, locale: Locale, path: str, named: Collection[str] = ()) -> dict[str, Check]:
    """The checks that run on an article in a locale, by name: of those ``named``, or of all where there are none.

    One that is off by default runs where the configuration gives it a severity, or where it is named.
    """
    found: dict[str, Check] = {}
    for name in named or plugins.names(plugins.CHECKS):
        severity = project.settings.severity(name, path, locale)
        if severity is None:
            continue
        check = project.check(name)
        if check.on or severity != OWN or named:
            found[name] = check
    return found


def setting(project: Project, catalog: Catalog) -> Setting:
    """Where the units of ``catalog`` stand, and what holds there."""
    return Setting(
        catalog.locale,
        Place(catalog.path),
        terms(project, catalog),
        catalog.path,
        catalog.path.startswith(POLICIES) or catalog.path in project.templates,
        project.style(catalog.locale),
        project.settings.source,
    )


def terms(project: Project, catalog: Catalog) -> TermFinder:
    """Where a text breaks the term base, looked for once in a run."""
    find = project.terms.finder(catalog.locale, catalog.path)

    def remembered(source: str, target: str) -> Sequence[TermViolation]:
        key = (catalog.locale, catalog.path, source, target)
        if key not in project.violations:
            project.violations[key] = tuple(find(source, target))
        return project.violations[key]

    return remembered


def weighed(project: Project, catalog: Catalog, found: Iterable[QualityIssue]) -> Iterator[QualityIssue]:
    """Quality issues with the severities of the configuration."""
    for issue in found:
        severity = project.settings.severity(issue.check, catalog.path, catalog.locale)
        yield replace(issue, severity=severity) if isinstance(severity, Severity) else issue
