"""QA checks and the term base over every target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from polyhelp import plugins
from polyhelp.checks.base import Check, Setting
from polyhelp.checks.run import run
from polyhelp.locales import po
from polyhelp.model import Catalog, Locale, Place, QualityIssue, Severity, Unit
from polyhelp.workflow.project import Project


def check(project: Project, targets: Iterable[Locale], *, shown: bool = False) -> tuple[QualityIssue, ...]:
    """Everything the checks find in ``targets``, by locale, catalog and line.

    A target whose source has changed since is not looked at: it waits for its turn in the review queue. With
    ``shown``, only targets that no gate holds back: a person's.
    """
    active = checks(project)
    return tuple(
        issue
        for locale in targets
        for catalog in project.catalogs(locale)
        for issue in _issues(project, catalog, active, shown=shown)
    )


def checks(project: Project) -> dict[str, Check]:
    """The checks that are switched on, by name."""
    severities = project.settings.severities
    names = [name for name in plugins.names(plugins.CHECKS) if severities.get(name, "on") is not None]
    return {name: plugins.load(plugins.CHECKS, name) for name in names}


def unit_issues(project: Project, unit: Unit, setting: Setting, active: dict[str, Check]) -> Iterator[QualityIssue]:
    """What the checks find in one unit, with the severities of the configuration."""
    for issue in run(active, unit, setting):
        severity = project.settings.severities.get(issue.check)
        yield replace(issue, severity=severity) if severity else issue


def faultless(project: Project, catalog: Catalog) -> Callable[[Unit], bool]:
    """Whether a unit of ``catalog`` has no error: what a machine wrote is shown to nobody otherwise."""
    active = checks(project)
    setting = Setting(catalog.locale, Place(catalog.path), project.terms.finder(catalog.locale, catalog.path))

    def holds(unit: Unit) -> bool:
        found = unit_issues(project, unit, setting, active)
        return all(issue.severity is not Severity.ERROR for issue in found)

    return holds


def _issues(project: Project, catalog: Catalog, active: dict[str, Check], *, shown: bool) -> Iterator[QualityIssue]:
    units = [unit for unit in catalog.current if unit.target and not unit.previous and not (shown and unit.fuzzy)]
    if not units:
        return
    file = project.catalog_file(catalog.locale, catalog.path)
    lines = po.lines(file)
    terms = project.terms.finder(catalog.locale, catalog.path)
    for unit in units:
        place = Place(project.shown(file), lines.get((unit.source, unit.context), 0))
        yield from unit_issues(project, unit, Setting(catalog.locale, place, terms), active)
