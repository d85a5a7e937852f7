"""What the work gets without any engine, and what is left for one: for the plan as for the work itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from polyhelp.engines.choose import AUTO
from polyhelp.errors import EngineError
from polyhelp.model import Key, Locale, Origin, Unit
from polyhelp.workflow.memory import Memory
from polyhelp.workflow.orders import terms
from polyhelp.workflow.project import Project
from polyhelp.workflow.recall import Recall, rejected
from polyhelp.workflow.today import today
from polyhelp.workflow.work import Part, maker


@dataclass(frozen=True, slots=True)
class Found:
    """What a part gets, by key: targets of equal texts, approximate ones; and the units for which there is nothing."""

    reused: Mapping[Key, Unit]
    matched: Mapping[Key, Unit]
    left: tuple[Unit, ...]


class Supply:
    """The memory, and what the catalogs already say."""

    def __init__(self, project: Project, memory: Memory) -> None:
        self._project = project
        self._memory = memory
        self._known: dict[Locale, dict[Key, Unit]] = {}

    def add(self, locale: Locale, units: Iterable[Unit]) -> None:
        """Note units that have just got their targets."""
        self._of(locale).update({unit.key: unit for unit in units if _whole(unit)})

    def find(self, part: Part) -> Found:
        """What a part gets (rules 2 to 4 and 6)."""
        recall = Recall(self._project, part.catalog, self._memory, self._of(part.locale))
        parents = self._parents(part)
        reused: dict[Key, Unit] = {}
        matched: dict[Key, Unit] = {}
        left: list[Unit] = []
        for unit in part.units:
            found = recall.equal(unit)
            if found is None or not self._may_stand(part, found):
                found = self._from_parent(part, unit, parents)
            if found:
                reused[unit.key] = found
            elif part.engine is None and (near := recall.near(unit)):
                matched[unit.key] = near
            else:
                left.append(unit)
        return Found(reused, matched, tuple(left))

    def _may_stand(self, part: Part, found: Unit) -> bool:
        """Whether a target may stand in a page: a route keeps out what engines have made that it does not name."""
        settings = self._project.settings
        names = settings.engines_for(part.locale, part.catalog.path)
        if names == settings.engine or not (found.by_machine and found.fuzzy):
            return True
        made_by = found.maker.partition("/")[2]
        return made_by in names or AUTO in names or (part.engine is not None and part.engine.name == made_by)

    def _of(self, locale: Locale) -> dict[Key, Unit]:
        """Units of a locale whose targets may serve other pages with the same text; a person's word wins."""
        if locale not in self._known:
            current = (unit for catalog in self._project.catalogs(locale) for unit in catalog.current)
            fit = sorted((unit for unit in current if _whole(unit)), key=lambda unit: not unit.by_machine)
            self._known[locale] = {unit.key: unit for unit in fit}
        return self._known[locale]

    def _parents(self, part: Part) -> tuple[Locale, ...]:
        """The parent locales for which the part's engine does the same: same ability, same style."""
        engine, settings, style = part.engine, self._project.settings, self._project.style
        targets = [one for one in part.locale.lineage[1:] if one in settings.targets]
        if engine is None or not targets:
            return ()
        try:
            ability = engine.ability(settings.source, part.locale)
            alike = [one for one in targets if engine.ability(settings.source, one) == ability]
        except EngineError:
            return ()
        return tuple(one for one in alike if style(one) == style(part.locale))

    def _from_parent(self, part: Part, unit: Unit, parents: Iterable[Locale]) -> Unit | None:
        """The unit with what the same engine made of the same text for a parent locale, if the terms are the same."""
        path = part.catalog.path
        for parent in parents:
            known = self._of(parent).get(unit.key)
            if known is None or part.engine is None or known.maker != maker(part.engine):
                continue
            here, there = (terms(self._project, unit.source, one, path) for one in (part.locale, parent))
            if here == there and not rejected(unit, known.target):
                origin = Origin.of(known.maker, today(), known.target)
                return replace(unit, target=known.target, origin=origin, review=None, previous="", fuzzy=True)
        return None


def _whole(unit: Unit) -> bool:
    """Whether a target was made for exactly this source and may serve another page with the same text.

    A draft may not: it would come back where a better engine is to replace it.
    """
    return bool(unit.target) and not unit.previous and (not unit.fuzzy or (unit.by_machine and not unit.draft))
