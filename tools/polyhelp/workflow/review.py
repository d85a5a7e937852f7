"""Who looks at what, and what a decision does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from polyhelp import git, review
from polyhelp.errors import GitError, UsageError
from polyhelp.model import Catalog, Level, Locale, Unit, digest
from polyhelp.text.similarity import closest
from polyhelp.text.words import word_count
from polyhelp.workflow.moved import Moved
from polyhelp.workflow.project import Project
from polyhelp.workflow.today import today

_TOLD = 3  # values that have moved; a list of fifty regions helps nobody


@dataclass(frozen=True, slots=True)
class Waiting:
    """A unit that a person should look at. ``id`` names it in its locale; ``reasons`` say why."""

    locale: Locale
    path: str
    id: str
    unit: Unit
    reasons: tuple[str, ...]
    words: int


def queue(project: Project, targets: Iterable[Locale]) -> tuple[Waiting, ...]:
    """Every unit that waits for a person, by locale: pages that must be reviewed first, then by article."""
    moved = Moved(project)
    rows = [
        Waiting(
            locale,
            catalog.path,
            review.unit_id(locale, catalog.path, unit),
            unit,
            tuple(_explained(reasons, moved, unit)),
            word_count(unit.source),
        )
        for locale in targets
        for catalog in project.catalogs(locale)
        for unit in catalog.current
        if (reasons := review.reasons(unit, _level(project, catalog), project.data_digest(unit.source, unit.seen)))
    ]
    order = {locale: n for n, locale in enumerate(project.settings.targets)}
    return tuple(sorted(rows, key=lambda row: (order[row.locale], _level(project, row) is not Level.REVIEWED)))


def _explained(reasons: Iterable[str], moved: Moved, unit: Unit) -> Iterator[str]:
    """``reasons``, but where region data has moved, which of it."""
    for reason in reasons:
        lines = moved.told(unit) if reason == review.EXPIRED else ()
        if lines:
            yield f"review expired: {'; '.join(lines[:_TOLD])}{' and more' if len(lines) > _TOLD else ''}"
        else:
            yield reason


def _level(project: Project, row: Catalog | Waiting) -> Level:
    return project.settings.level(row.path)


def accept(project: Project, targets: Iterable[Locale], chosen: Sequence[str], who: str) -> tuple[Waiting, ...]:
    """Accept the units that ``chosen`` names, as ``who``; the units accepted.

    ``chosen`` are ids, or articles for all of their units. Raises UsageError when one names nothing that waits.
    """

    def accepted(row: Waiting) -> Unit:
        return row.unit.accepted(who, today(), project.data_digest(row.unit.source), tuple(project.regions))

    return _decide(project, targets, chosen, accepted)


def reject(
    project: Project, targets: Iterable[Locale], chosen: Sequence[str], who: str, reason: str
) -> tuple[Waiting, ...]:
    """Take back the targets that ``chosen`` names; a note of the rejected answer keeps it from coming back."""

    def rejected(row: Waiting) -> Unit:
        note = f"rejected: {who} {today()} {digest(row.unit.target)} {reason}".rstrip()
        comments = (*row.unit.comments, note)
        return replace(row.unit, target="", fuzzy=False, previous="", origin=None, review=None, comments=comments)

    return _decide(project, targets, chosen, rejected)


def _decide(
    project: Project, targets: Iterable[Locale], chosen: Sequence[str], decide: Callable[[Waiting], Unit]
) -> tuple[Waiting, ...]:
    targets = tuple(targets)
    rows = queue(project, targets)
    _check_chosen(rows, chosen)
    if len(targets) > 1 and any(row.path in chosen for row in rows):
        raise UsageError("an article is decided in one locale at a time", hint="say which: --locale TAG")
    picked = [row for row in rows if row.unit.target and (row.id in chosen or row.path in chosen)]
    for locale in targets:
        for path in dict.fromkeys(row.path for row in picked if row.locale == locale):
            catalog = project.catalog(locale, path)
            new = {row.unit.key: decide(row) for row in picked if (row.locale, row.path) == (locale, path)}
            units = tuple(new.get(unit.key, unit) if not unit.obsolete else unit for unit in catalog.units)
            project.save(replace(catalog, units=units))
    return tuple(picked)


def _check_chosen(rows: Sequence[Waiting], chosen: Sequence[str]) -> None:
    known = {row.id for row in rows} | {row.path for row in rows}
    for name in chosen:
        if name not in known:
            near = closest(name, known)
            raise UsageError(
                f"nothing that waits for review is called '{name}'",
                hint=f"did you mean '{near}'?" if near else "polyhelp review list shows what waits",
            )


def reviewer(project: Project, given: str) -> str:
    """Who decides: ``given``, else git's user. Raises UsageError when neither says."""
    name = given
    if not name:
        try:
            name = git.author(project.root)
        except GitError:
            name = ""
    if not name.strip():
        raise UsageError("who is reviewing?", hint='say it with --as "Your Name", or set git config user.name')
    return " ".join(name.split())


def lines(rows: Iterable[Waiting]) -> Iterator[str]:
    """The queue as plain text, one unit after another."""
    for row in rows:
        yield f"{row.id}  {row.locale}  {row.path}  ({', '.join(row.reasons)}; {row.words} words)"
        if row.unit.previous:
            yield f"    was: {row.unit.previous}"
        yield f"    {row.unit.source}"
        yield f"    {row.unit.target or '-'}"
