"""Decisions of reviewers, written into catalogs: each unit is as its reviewer saw it, or it stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from polyhelp import review
from polyhelp.errors import WriteError
from polyhelp.model import Catalog, Key, Locale, Unit
from polyhelp.review.decision import Decision, Decisions, Verdict
from polyhelp.review.ranking import Waiting
from polyhelp.review.rights import Rights
from polyhelp.text.words import word_count
from polyhelp.workflow.project import Project
from polyhelp.workflow.today import today
from polyhelp.workflow.verdict import GONE, AlreadyError, Judge, NoError

_TRIES = 5  # readings of a catalog that another program keeps writing


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that was not written, and why."""

    decision: Decision
    why: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of decisions.

    The units that are ``accepted``, ``edited`` and ``rejected`` now: those edited as they stand now, the others as they
    were. ``refused`` were not written; what ``already`` says stood there before.
    """

    accepted: tuple[Waiting, ...] = ()
    edited: tuple[Waiting, ...] = ()
    rejected: tuple[Waiting, ...] = ()
    refused: tuple[Refused, ...] = ()
    already: tuple[Decision, ...] = ()

    @property
    def written(self) -> tuple[Waiting, ...]:
        """The units whose catalogs were written."""
        return (*self.accepted, *self.edited, *self.rejected)


def apply(project: Project, decisions: Decisions, rights: Rights) -> Applied:
    """Write ``decisions`` into the catalogs, article by article; what became of each.

    A decision is refused when its unit is not as the reviewer saw it, when ``rights`` do not allow it, and when a check
    finds an error in an edit. A catalog that cannot be read or written is noted, its decisions are refused, and the
    rest goes on. Raises OutsideError when another process keeps the catalogs locked.
    """
    with project.writing():
        return apply_locked(project, decisions, rights)


def apply_locked(project: Project, decisions: Decisions, rights: Rights) -> Applied:
    """What :func:`apply` does, for who has the lock."""
    in_time = replace(decisions, date=min(decisions.date, today()))  # nobody decides tomorrow
    taken = _Taken(project, Judge(project, in_time, rights))
    groups: dict[tuple[Locale, str], list[Decision]] = {}
    for decision in decisions.decisions:
        groups.setdefault((decision.locale, decision.path), []).append(decision)
    for (locale, path), group in groups.items():
        taken.article(locale, path, group)
    return taken.applied(decisions.decisions)


def refusals(applied: Applied) -> Iterator[str]:
    """What was refused and why, one line each."""
    for one in applied.refused:
        yield f"not written: {one.decision}: {one.why}"


@dataclass(slots=True)
class _Made:
    """What decisions make of one catalog: the new units, and by decision what is told of it."""

    units: dict[Key, Unit] = field(default_factory=dict)
    rows: dict[Decision, Waiting] = field(default_factory=dict)
    refused: dict[Decision, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Taken:
    """Takes decisions, catalog by catalog."""

    project: Project
    judge: Judge
    written: dict[Decision, Waiting] = field(default_factory=dict)
    refused: dict[Decision, str] = field(default_factory=dict)

    def applied(self, order: tuple[Decision, ...]) -> Applied:
        """What became of the decisions, in their ``order``."""

        def of(verdict: Verdict) -> tuple[Waiting, ...]:
            return tuple(self.written[one] for one in order if one in self.written and one.verdict is verdict)

        return Applied(
            of(Verdict.ACCEPT),
            of(Verdict.EDIT),
            of(Verdict.REJECT),
            tuple(Refused(one, self.refused[one]) for one in order if one in self.refused),
            tuple(one for one in order if one not in self.refused and one not in self.written),
        )

    def article(self, locale: Locale, path: str, group: list[Decision]) -> None:
        """Take the decisions on one article: all that hold are written at once."""
        project, file = self.project, self.project.catalog_file(locale, path)
        known = locale in project.settings.targets and path in project.documents
        if not known or not file.resolve().is_relative_to(project.root.resolve()):
            self._refuse(group, GONE)
            return
        for _ in range(_TRIES):
            before = _bytes(file)
            catalog = project.attempt(lambda: project.latest(locale, path))
            if catalog is None:
                self._refuse(group, "its catalog cannot be read")
                return
            made = self._decided(catalog, group)
            if _bytes(file) == before:  # nobody has written while the checks ran
                self._write(catalog, made)
                return
        self._refuse(group, "the catalog is being written by another program; try again")

    def _refuse(self, group: list[Decision], why: str) -> None:
        self.refused.update(dict.fromkeys(group, why))

    def _decided(self, catalog: Catalog, group: list[Decision]) -> _Made:
        by_id = {review.unit_id(catalog.locale, catalog.path, unit): unit for unit in catalog.current}
        made = _Made()
        for decision in group:
            unit = by_id.get(decision.id)
            try:
                new = self.judge.decided(catalog, unit, decision)
            except NoError as no:
                made.refused[decision] = str(no)
            except AlreadyError:
                continue
            else:
                by_id[decision.id] = made.units[new.key] = new  # a second decision sees the first
                told = new if unit is None or decision.verdict is Verdict.EDIT else unit
                words = word_count(new.source)
                made.rows[decision] = Waiting(catalog.locale, catalog.path, decision.id, told, (), words)
        return made

    def _write(self, catalog: Catalog, made: _Made) -> None:
        self.refused.update(made.refused)
        if not made.units:
            return
        units = tuple(made.units.get(unit.key, unit) if not unit.obsolete else unit for unit in catalog.units)
        try:
            self.project.save(replace(catalog, units=units))
        except WriteError as error:
            self.project.note(error)
            self._refuse([*made.rows], error.message)
            return
        self.written.update(made.rows)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # what is wrong with it is told where it is read
        return b""
