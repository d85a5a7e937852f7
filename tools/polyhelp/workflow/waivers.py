"""The waivers of a help center: where they stand, and what becomes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from polyhelp.checks.waiver import Waiver, waivers
from polyhelp.locales import po
from polyhelp.model import Catalog, Locale, Place, Unit
from polyhelp.workflow.compare import compared, looked_at
from polyhelp.workflow.look import finder_of_all
from polyhelp.workflow.project import Project


class Standing(StrEnum):
    """What a waiver is worth today."""

    HOLDS = "holds"
    EXPIRED = "expired"
    """The unit has changed since it was written."""
    UNUSED = "unused"
    """It silences nothing: the check finds nothing there."""
    WRONG = "wrong"
    """It has no reason, or names no check that there is."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One waiver, the unit that it is written at, and what it is worth."""

    locale: Locale
    place: Place
    unit: Unit
    waiver: Waiver
    standing: Standing


def listed(project: Project, targets: Iterable[Locale]) -> tuple[Listed, ...]:
    """Every waiver in ``targets``, by locale, catalog and line."""
    found: list[Listed] = []
    for locale in targets:
        catalogs = tuple(project.catalogs(locale))
        if any(_waived(catalog) for catalog in catalogs):
            found += _in_locale(project, catalogs)
    return tuple(found)


def _waived(catalog: Catalog) -> tuple[Unit, ...]:
    return tuple(unit for unit in catalog.current if next(waivers(unit), None))


def _in_locale(project: Project, catalogs: Collection[Catalog]) -> Iterator[Listed]:
    together: dict[tuple[str, Unit], set[str]] = {}
    for catalog, unit, issue in compared(project, [(catalog, looked_at(catalog)) for catalog in catalogs]):
        together.setdefault((catalog.path, unit), set()).add(issue.check)
    for catalog in catalogs:
        units = _waived(catalog)
        find = finder_of_all(project, catalog)
        file = project.catalog_file(catalog.locale, catalog.path)
        lines = po.lines(file) if units else {}
        for unit in units:
            place = Place(project.shown(file), lines.get((unit.source, unit.context), 0))
            found = {issue.check for issue in find(unit)} | together.get((catalog.path, unit), set())
            for waiver in waivers(unit):
                yield Listed(catalog.locale, place, unit, waiver, _standing(waiver, unit, found))


def _standing(waiver: Waiver, unit: Unit, found: Collection[str]) -> Standing:
    if waiver.mistake():
        return Standing.WRONG
    if not waiver.fits(unit):
        return Standing.EXPIRED
    return Standing.HOLDS if waiver.check in found else Standing.UNUSED
