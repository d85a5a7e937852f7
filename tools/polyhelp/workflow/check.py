"""QA checks and the term base over every target."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from polyhelp import plugins
from polyhelp.checks.base import Check, Setting
from polyhelp.checks.run import run
from polyhelp.locales import po
from polyhelp.model import Catalog, Key, Locale, Place, QualityIssue, Severity, Unit
from polyhelp.workflow.project import POLICIES, Project


def check(project: Project, targets: Iterable[Locale]) -> tuple[QualityIssue, ...]:
    """Everything the checks find in ``targets``, by locale, catalog and line.

    A target whose source has changed since is not looked at: it waits for its turn in the review queue.
    """
    return tuple(
        issue
        for locale in targets
        for catalog in project.catalogs(locale)
        for issue in issues(project, catalog, {unit.key for unit in catalog.current if not unit.previous})
    )


def issues(project: Project, catalog: Catalog, keys: Collection[Key]) -> Iterator[QualityIssue]:
    """What the checks find in the units ``keys`` of ``catalog``, each at its line of the catalog's file."""
    find = finder(project, catalog)
    holds = [(unit, found) for unit in catalog.current if unit.key in keys and (found := find(unit))]
    if not holds:
        return
    file = project.catalog_file(catalog.locale, catalog.path)
    lines = po.lines(file)
    for unit, found in holds:
        place = Place(project.shown(file), lines.get((unit.source, unit.context), 0))
        yield from (replace(issue, place=place) for issue in found)


def faultless(project: Project, catalog: Catalog) -> Callable[[Unit], bool]:
    """Whether a unit of ``catalog`` has no error: what a machine wrote is shown to nobody otherwise."""
    find = finder(project, catalog)

    def holds(unit: Unit) -> bool:
        return all(issue.severity is not Severity.ERROR for issue in find(unit))

    return holds


def checks(project: Project) -> dict[str, Check]:
    """The checks that are switched on, by name."""
    severities = project.settings.severities
    names = [name for name in plugins.names(plugins.CHECKS) if severities.get(name, "on") is not None]
    return {name: plugins.load(plugins.CHECKS, name) for name in names}


def finder(project: Project, catalog: Catalog) -> Callable[[Unit], tuple[QualityIssue, ...]]:
    """What the checks find in a unit of ``catalog``, looked for once in a run: by the check as by the gate."""
    active = checks(project)
    setting = Setting(
        catalog.locale,
        Place(catalog.path),
        project.terms.finder(catalog.locale, catalog.path),
        catalog.path,
        catalog.path.startswith(POLICIES),
        project.style(catalog.locale),
        project.settings.source,
    )

    def find(unit: Unit) -> tuple[QualityIssue, ...]:
        key = (catalog.locale, catalog.path, unit)
        if key not in project.checked:
            project.checked[key] = tuple(_weighed(project, run(active, unit, setting)))
        return project.checked[key]

    return find


def _weighed(project: Project, found: Iterable[QualityIssue]) -> Iterator[QualityIssue]:
    """Quality issues with the severities of the configuration."""
    for issue in found:
        severity = project.settings.severities.get(issue.check)
        yield replace(issue, severity=severity) if severity else issue
