"""The checks that compare the units of a locale, at work on all of its catalogs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from polyhelp.checks.base import Check, Setting
from polyhelp.checks.run import run_together
from polyhelp.model import Catalog, QualityIssue, Unit
from polyhelp.workflow.look import checks, setting, weighed
from polyhelp.workflow.project import Project

Texts = Iterable[tuple[Catalog, Sequence[Unit]]]
"""The catalogs of a locale, each with its units that are looked at."""


def looked_at(catalog: Catalog) -> tuple[Unit, ...]:
    """The units that checks look at: with a target that was made from today's source."""
    return tuple(unit for unit in catalog.current if unit.target and not unit.previous)


def compared(
    project: Project, texts: Texts, named: Collection[str] = ()
) -> Iterator[tuple[Catalog, Unit, QualityIssue]]:
    """What those checks find in ``texts``, waived or not; ``named`` ones only, where there are any.

    Where a check is off on some pages, their units are not compared with the others.
    """
    active: dict[str, Check] = {}
    rows: dict[str, list[tuple[Catalog, Unit, Setting]]] = {}
    for catalog, units in texts:
        where = setting(project, catalog)
        for name, check in checks(project, catalog.locale, catalog.path, named).items():
            if check.together:
                active[name] = check
                rows.setdefault(name, []).extend((catalog, unit, where) for unit in units)
    for name, check in active.items():
        for at, issue in run_together(name, check, [(unit, where) for _, unit, where in rows[name]]):
            catalog, unit, _ = rows[name][at]
            yield from ((catalog, unit, one) for one in weighed(project, catalog, [issue]))
