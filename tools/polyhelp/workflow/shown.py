"""What customers see: the gate of every page in a locale, and what the checks find behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from polyhelp.locales.layout import SITE
from polyhelp.model import Catalog, Document, Key, Level, Locale, QualityIssue, Unit
from polyhelp.workflow import authority
from polyhelp.workflow.gate import Gate, Showing, has_changed, passing, showing
from polyhelp.workflow.look import faultless, harmless, issues
from polyhelp.workflow.project import Project


def shown(project: Project, locale: Locale, document: Document, *, draft: bool = False) -> Showing:
    """What the page ``document`` shows in ``locale``; with ``draft``, every target that it has.

    What is missing comes from the locales that the configuration names as its ``fallback``: single segments from
    those of the same language (``es`` for ``es-MX``), else the whole page, so that no page speaks two languages more
    than it must.
    """
    if locale == project.settings.source:
        return Showing()
    catalog = _catalog(project, locale, document.path)
    if draft:
        catalog = replace(catalog, units=tuple(replace(unit, fuzzy=False) for unit in catalog.units if unit.target))
        return showing(document, catalog, Gate(Level.TRANSLATED, 1))
    chain = project.settings.fallback.get(locale, ())
    related = [other for other in chain if other.language == locale.language]
    own = showing(document, catalog, gate(project, catalog), _lent(project, related, document.path))
    if not own.original:
        return _with_parts(project, locale, document, own)
    for other in chain:
        theirs = shown(project, other, document)
        if not theirs.original and theirs.targets:
            return replace(theirs, borrowed=theirs.borrowed or other)
    return own


def _catalog(project: Project, locale: Locale, path: str) -> Catalog:
    return project.attempt(lambda: project.catalog(locale, path)) or Catalog(locale, path)


def _lent(project: Project, related: Iterable[Locale], path: str) -> dict[Key, Unit]:
    """What ``related`` locales, the nearest first, may show of a page."""
    lent: dict[Key, Unit] = {}
    for other in related:
        catalog = _catalog(project, other, path)
        lent = {**passing(catalog, gate(project, catalog)), **lent}
    return lent


def _with_parts(project: Project, locale: Locale, document: Document, own: Showing) -> Showing:
    """What the page shows together with the pages that it takes in: it is no better than the worst of them."""
    level = authority.level(project, locale, document.path)
    for path in sorted(parts(project, document.path)):
        catalog = _catalog(project, locale, path)
        usual = gate(project, catalog)
        strict = level is Level.REVIEWED and usual.level is not level
        part = showing(project.documents[path], catalog, replace(usual, level=level) if strict else usual)
        if level is Level.REVIEWED and part.original:
            return Showing(original=True, waiting=own.waiting)
        own = replace(
            own,
            machine=own.machine or part.machine,
            partial=own.partial or part.partial or part.original,
            outdated=own.outdated or ((part.partial or part.original) and has_changed(catalog)),
        )
    return own


def parts(project: Project, path: str) -> frozenset[str]:
    """The articles that an article takes in, and those that they take in."""
    found: set[str] = set()
    open_ = [path]
    while open_:
        for part in project.included(open_.pop()):
            if part not in found and part != path:
                found.add(part)
                open_.append(part)
    return frozenset(found)


def gate(project: Project, catalog: Catalog) -> Gate:
    """What the page of ``catalog`` must pass."""
    locale, path = catalog.locale, catalog.path
    return Gate(
        authority.level(project, locale, path),
        project.settings.minimum_coverage,
        project.data_digest,
        faultless(project, catalog),
        harmless(project, catalog),
        authority.enough(project, locale, path),
    )


def site_units(project: Project, locale: Locale) -> tuple[Unit, ...]:
    """Navigation titles and interface words that customers may see in ``locale``."""
    catalog = project.attempt(lambda: project.catalog(locale, SITE))
    if catalog is None:
        return ()
    passes = gate(project, catalog).passes
    return tuple(unit for unit in catalog.current if passes(unit))


def shown_issues(project: Project, targets: Iterable[Locale]) -> tuple[QualityIssue, ...]:
    """What the checks find in the text that customers see in ``targets``."""
    found: list[QualityIssue] = []
    for locale in targets:
        for catalog in project.catalogs(locale):
            if catalog.path == SITE:
                keys = {unit.key for unit in site_units(project, locale)}
            else:
                keys = set(shown(project, locale, project.documents[catalog.path]).targets)
            found += issues(project, catalog, keys)
    return tuple(found)
