"""One catalog while it is filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from polyhelp.engines.base import Engine
from polyhelp.engines.gateway import Answer, Outcome
from polyhelp.model import ENGINES_NOTES, IN_PIECES, Catalog, Key, Origin, Unit
from polyhelp.workflow.project import Project
from polyhelp.workflow.recall import rejected
from polyhelp.workflow.today import today
from polyhelp.workflow.work import Part, kept_out, maker


@dataclass(slots=True)
class Filling:
    """What is new in one catalog and not saved yet. ``units`` are those that were sent to the engine, in order."""

    project: Project
    part: Part
    units: tuple[Unit, ...] = ()
    new: dict[Key, Unit] = field(default_factory=dict)

    def take(self, at: int, answer: Answer, engine: Engine) -> Unit:
        """Note the answer to the unit at ``at``; the unit as it is now. What was not sent stays as it was."""
        unit = self.units[at]
        if answer.outcome is Outcome.PRIVATE:
            return unit
        self.new[unit.key] = made = _made(unit, answer, engine)
        return made

    def save(self) -> tuple[Unit, ...]:
        """Write what is new, and give it. A unit that somebody has edited since the work began stays as it is.

        Raises WriteError, and OutsideError when another process keeps the catalogs locked.
        """
        new, self.new = self.new, {}
        if not new:
            return ()
        catalog, project = self.part.catalog, self.project
        begun = set(catalog.current)
        with project.writing():
            latest = project.attempt(lambda: project.latest(catalog.locale, catalog.path))
            if latest is not None:
                units = tuple(new.get(unit.key, unit) if unit in begun else unit for unit in latest.units)
                project.save(replace(latest, units=(*units, *_retired(latest, units))))
        return tuple(new.values())


def _retired(latest: Catalog, units: Iterable[Unit]) -> Iterator[Unit]:
    """What somebody has accepted and ``units`` replace, as obsolete units: they come back with their source."""
    kept = {(unit.key, unit.target) for unit in latest.units}
    for old, new in zip(latest.units, units, strict=True):
        if old.review and old.previous and old.target != new.target:
            gone = replace(old, source=old.previous, previous="", fuzzy=False, obsolete=True)
            if (gone.key, gone.target) not in kept:
                kept.add((gone.key, gone.target))
                yield gone


def _made(unit: Unit, answer: Answer, engine: Engine) -> Unit:
    """The unit with the answer; empty, with a note, when it was kept out: a machine's old target is out of date."""
    comments = tuple(comment for comment in unit.comments if not comment.startswith(ENGINES_NOTES))
    if answer.text is None or rejected(unit, answer.text):
        comments = (*comments, kept_out(unit, engine))
        return replace(unit, target="", fuzzy=False, previous="", origin=None, review=None, comments=comments)
    if answer.outcome is Outcome.IN_PIECES:
        comments = (*comments, f"{IN_PIECES}{answer.reason}")
    origin = Origin.of(maker(engine), today(), answer.text)
    return replace(unit, target=answer.text, origin=origin, review=None, previous="", fuzzy=True, comments=comments)
