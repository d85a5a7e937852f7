"""Counts by locale and article: how many source words are in which state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from polyhelp import locales
from polyhelp.model import Catalog, Locale, State, Unit
from polyhelp.text.words import word_count
from polyhelp.workflow.project import Project

STATES = ("missing", "changed", "machine", "translated", "reviewed")
"""In the order of progress: no target; source changed since; unreviewed machine output; a person's; accepted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One catalog: units and source words in each of STATES, in that order."""

    locale: Locale
    path: str
    units: tuple[int, ...]
    words: tuple[int, ...]


def status(project: Project, targets: Iterable[Locale]) -> tuple[Row, ...]:
    """One row per locale and article, in the order of the articles."""
    return tuple(_row(project, catalog) for locale in targets for catalog in _complete(project, locale))


def _complete(project: Project, locale: Locale) -> Iterable[Catalog]:
    """Every article's catalog as sync would leave it: an article that was never synced counts as missing."""
    for catalog in project.catalogs(locale):
        yield locales.sync(project.documents[catalog.path], catalog)


def _row(project: Project, catalog: Catalog) -> Row:
    digest = project.data_digest
    units, words = [0] * len(STATES), [0] * len(STATES)
    for unit in catalog.current:
        at = STATES.index(state_of(unit, digest(unit.source)))
        units[at] += 1
        words[at] += word_count(unit.source)
    return Row(catalog.locale, catalog.path, tuple(units), tuple(words))


def state_of(unit: Unit, data: str) -> str:
    """The unit's state in the words of STATES. A review that has expired counts as what is left without it."""
    if not unit.target:
        return "missing"
    if unit.state(data) is State.REVIEWED:
        return "reviewed"
    if unit.fuzzy and (unit.previous or not unit.by_machine):
        return "changed"
    return "machine" if unit.by_machine else "translated"
