"""Units out to an agency and back, as XLIFF.

What comes back is put where it belongs, and never over what a person has written or accepted since the file was made:

    the unit now                                         what is done with the target from the file
    as it was sent                                       taken
    changed since, by a machine, or emptied              taken
    changed since, by a person                           not taken: a conflict, listed
    as an earlier import brought it                      a conflict, too; taken where the file is a later delivery
    its source has changed                               taken as fuzzy, with the source that the translator saw
    its source is gone                                   taken as obsolete: the words come back with their source
    anything                                             not taken where the checks find an error in its markup

A target that is as it was sent is nobody's work and is left alone: a file that nobody has touched changes nothing.
``translated`` clears the fuzzy mark. ``reviewed`` and ``final`` are the agency's word; they become a review only in
the name of somebody here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from polyhelp import plugins
from polyhelp.checks.base import Setting
from polyhelp.checks.run import run
from polyhelp.engines.verify import markdown_fault
from polyhelp.errors import InputError, Place, UsageError
from polyhelp.locales import files, xliff, xliff_read
from polyhelp.locales.sync import NEAR
from polyhelp.locales.xliff import Returned
from polyhelp.model import Catalog, Locale, Origin, Severity, State, Unit, digest
from polyhelp.review import unit_id
from polyhelp.text.similarity import closest, similarity
from polyhelp.text.words import word_count
from polyhelp.workflow import authority
from polyhelp.workflow.project import Project
from polyhelp.workflow.today import today

STATES = ("empty", "fuzzy", "initial", "translated", "reviewed")
"""What can be asked for; ``initial`` is ``empty`` (no target) and ``fuzzy`` (one that needs a look) together."""

_MARKUP = ("markup", "links", "safety")


@dataclass(frozen=True, slots=True)
class Exported:
    """An XLIFF file: its text, and the numbers of articles, units and source words in it."""

    text: str
    articles: int
    units: int
    words: int


def export(project: Project, locale: Locale, states: Sequence[str] = (), paths: Sequence[str] = ()) -> Exported:
    """The units of ``locale`` that are in one of ``states`` and in the articles or folders ``paths``; all by default.

    Raises UsageError when one of ``paths`` names nothing.
    """
    wanted = _articles(project, paths)

    def state(catalog: Catalog, unit: Unit) -> State:
        by = authority.enough(project, locale, catalog.path)
        return unit.state(project.data_digest(unit.source, unit.seen), by)

    def chosen(catalog: Catalog, unit: Unit) -> bool:
        return not states or bool({*states} & {state(catalog, unit).value, *_finer(unit)})

    catalogs = [
        replace(catalog, units=units)
        for catalog in project.catalogs(locale)
        if catalog.path in wanted and (units := tuple(unit for unit in catalog.current if chosen(catalog, unit)))
    ]
    outgoing = xliff.Outgoing(project.settings.source, locale, tuple(catalogs), state, _names(project))
    out = [unit for catalog in catalogs for unit in catalog.units]
    words = sum(word_count(unit.source) for unit in out)
    return Exported(xliff.dump(outgoing) if out else "", len(catalogs), len(out), words)


def write(exported: Exported, out: Path) -> None:
    """Write an XLIFF file. Raises WriteError."""
    files.write(out, exported.text, str(out))


def _finer(unit: Unit) -> tuple[str, ...]:
    if not unit.target:
        return ("empty",)
    return ("fuzzy",) if unit.fuzzy else ()


def _articles(project: Project, paths: Sequence[str]) -> frozenset[str]:
    """The articles that ``paths`` name: an article, a folder of them, also as written from the project's root."""
    known = tuple(project.documents)
    if not paths:
        return frozenset(known)
    found: set[str] = set()
    for given in paths:
        path = Path(given).as_posix().removeprefix(f"{project.settings.content}/").rstrip("/")
        here = {one for one in known if path in {one, ".", str(project.settings.content)} or one.startswith(f"{path}/")}
        if not here:
            near = closest(path, known)
            raise UsageError(
                f"'{given}' is neither an article nor a folder of articles",
                hint=f"did you mean '{near}'?" if near else f"articles are in {project.settings.content}/",
            )
        found |= here
    return frozenset(found)


def _names(project: Project) -> xliff.Names:
    def names(path: str, source: str) -> list[tuple[int, int]]:
        hits = project.terms.hits(source, path)
        return sorted((hit.start, hit.end) for hit in hits if hit.concept.do_not_translate)

    return names


# ---------------------------------------------------------------- back


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done with one unit of the file, at ``place`` in it.

    ``kind`` is taken, fuzzy, obsolete, conflict or refused. ``unit`` is the catalog's, after; None where nothing was
    taken. ``target`` is the file's, ``kept`` the catalog's target that a conflict is with. ``reason`` says why it is
    not simply taken.
    """

    kind: str
    place: Place
    path: str
    id: str
    source: str
    target: str
    reason: str = ""
    kept: str = ""
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file did. ``untouched`` counts units that came back as they are here, or as they were sent."""

    locale: Locale
    outcomes: tuple[Outcome, ...]
    untouched: int
    catalogs: int

    @property
    def left(self) -> tuple[Outcome, ...]:
        """What was not taken and waits for a person."""
        return tuple(one for one in self.outcomes if one.kind in {"conflict", "refused"})


def take_in(project: Project, file: Path, who: str = "", *, again: bool = False, write: bool = True) -> Imported:
    """Put the targets of an XLIFF file back into the catalogs. ``who`` answers for what it calls reviewed.

    ``again`` says that the file is a later delivery, which may replace what an import brought before.
    Raises InputError when the file cannot be read or is not of this help center's languages.
    """
    shown = project.shown(file.resolve())
    try:
        incoming = xliff_read.read(file.read_bytes(), shown)
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", Place(shown), "check the name and the rights") from None
    locale = _locale(project, incoming, shown)
    by_article: dict[str, list[Returned]] = {}
    outcomes: list[Outcome] = []
    ids = {xliff.file_id(path): path for path in project.documents}
    for one in incoming.units:
        path = ids.get(one.file, one.article)
        if path in project.documents:
            by_article.setdefault(path, []).append(one)
        elif one.target:
            reason = f"there is no article '{one.article}'"
            place = Place(shown, one.line)
            outcomes.append(Outcome("refused", place, path, one.id, one.key.source, one.target, reason))
    untouched = catalogs = 0
    with project.writing(write=write):
        for path, units in by_article.items():
            catalog = project.attempt(lambda path=path: project.latest(locale, path))  # type: ignore[misc]
            if catalog is None:
                continue
            intake = _Intake(project, catalog, shown, who, again)
            intake.take(units)
            outcomes += intake.outcomes
            untouched += intake.untouched
            if all(outcome.unit is None for outcome in intake.outcomes):
                continue
            new = intake.catalog()
            if not write or project.attempt(lambda new=new: project.save(new)) is not None:  # type: ignore[misc]
                catalogs += 1
    return Imported(locale, tuple(outcomes), untouched, catalogs)


def _locale(project: Project, incoming: xliff.Incoming, shown: str) -> Locale:
    place, source = Place(shown, incoming.line), project.settings.source
    if incoming.source.lower() != source.tag.lower():
        raise InputError(
            f"the file is translated from '{incoming.source}' and this help center is written in '{source}'",
            place,
            "import it where it was exported",
        )
    try:
        (locale,) = project.select([incoming.target])
    except UsageError as error:
        raise InputError(f"trgLang: {error.message}", place, error.hint) from None
    return locale


@dataclass(slots=True)
class _Intake:
    """Puts the returned units of one article into its catalog."""

    project: Project
    old: Catalog
    shown: str
    who: str
    again: bool
    outcomes: list[Outcome] = field(default_factory=list)
    untouched: int = 0
    _current: dict[str, Unit] = field(default_factory=dict)
    _retired: dict[int, Unit] = field(default_factory=dict)
    _asked: frozenset[str] = frozenset()

    def take(self, units: Sequence[Returned]) -> None:
        self._current = {xliff.unit_id(unit.key): unit for unit in self.old.current}
        self._retired = dict(enumerate(unit for unit in self.old.units if unit.obsolete))
        self._asked = frozenset(one.id for one in units)
        for one in units:
            outcome = self._one(one)
            if outcome is None:
                self.untouched += 1
            else:
                self.outcomes.append(outcome)

    def catalog(self) -> Catalog:
        """The catalog after."""
        return replace(self.old, units=(*self._current.values(), *self._retired.values()))

    # ------------------------------------------------------------ where it belongs

    def _one(self, one: Returned) -> Outcome | None:
        if one.fault:
            return self._outcome("refused", one, one.fault)
        if not one.target or (one.sent and _as_sent(one, one.sent)):
            return None
        if unit := self._current.get(one.id):
            return self._put(one, unit, lambda new: self._current.update({one.id: new}), "")
        if name := self._heir(one):
            return self._put(one, self._current[name], lambda new: self._current.update({name: new}), one.key.source)
        for at, unit in self._retired.items():
            if unit.key == one.key:
                return self._put(one, unit, lambda new, at=at: self._retired.update({at: new}), "")  # type: ignore[misc]
        gone = Unit(one.key.source, context=one.key.context, obsolete=True)
        return self._put(one, gone, lambda new: self._retired.update({len(self._retired): new}), "")

    def _heir(self, one: Returned) -> str:
        """The id of the unit whose source took the place of the one that the translator saw; ``""`` if none did."""
        here = {name: unit for name, unit in self._current.items() if unit.context == one.key.context}
        for name, unit in here.items():
            if unit.previous == one.key.source:
                return name
        free = {name: unit for name, unit in here.items() if name not in self._asked and not _persons(unit)}
        length = len(one.key.source)
        near = ((name, unit.source) for name, unit in free.items() if _comparable(length, len(unit.source)))
        score, best = max(((similarity(one.key.source, source), name) for name, source in near), default=(0, ""))
        return best if score >= NEAR else ""

    # ------------------------------------------------------------ whether and how

    def _put(self, one: Returned, unit: Unit, keep: Callable[[Unit], None], previous: str) -> Outcome | None:
        """Decide for ``unit``; ``previous`` is the source that the translator saw, where it is another one now."""
        previous = previous or (one.key.source if one.key.source != unit.source else "")
        if one.target == unit.target:
            new = unit if previous else self._confirmed(one, unit)
            return None if new == unit else self._took(one, new, keep)
        if reason := _in_the_way(one, unit, again=self.again):
            return self._outcome("conflict", one, reason, unit)
        if reason := self._damage(one):
            return self._outcome("refused", one, reason, unit)
        maker = one.maker or "human"
        doubt = bool(one.maker or previous or markdown_fault(one.target, one.key.source))
        new = replace(
            unit,
            target=one.target,
            fuzzy=doubt or one.state is State.INITIAL,
            previous=previous,
            origin=Origin.of(maker, today(), one.target),
            review=None,
        )
        return self._took(one, self._reviewed(one, new), keep)

    def _confirmed(self, one: Returned, unit: Unit) -> Unit:
        """The unit after the translator has found its target right as it stands."""
        if one.state is State.INITIAL or one.maker or (unit.fuzzy and markdown_fault(unit.target, unit.source)):
            return unit
        if unit.fuzzy:
            origin = Origin.of("human", today(), unit.target)
            unit = replace(unit, fuzzy=False, previous="", origin=origin)
        return self._reviewed(one, unit)

    def _reviewed(self, one: Returned, unit: Unit) -> Unit:
        project = self.project
        if not self.who or unit.fuzzy or one.state is not State.REVIEWED:
            return unit
        if why := authority.may_accept(project, project.rights, self.who, self.old):
            told = f"{self.old.path}: what the file calls reviewed came in as translated: {why}"
            if told not in project.remarks:
                project.remarks.append(told)
            return unit
        return authority.accepted(project, self.old, unit, self.who, today())

    def _damage(self, one: Returned) -> str:
        """Why the target must not come in, in words; ``""`` when its markup is sound."""
        unit = Unit(one.key.source, one.target, context=one.key.context)
        checks = {name: plugins.load(plugins.CHECKS, name) for name in _MARKUP}
        found = run(checks, unit, Setting(self.old.locale, Place(self.shown, one.line)))
        return " ".join(issue.message for issue in found if issue.severity is Severity.ERROR)

    # ------------------------------------------------------------ what is told

    def _took(self, one: Returned, new: Unit, keep: Callable[[Unit], None]) -> Outcome:
        keep(new)
        kind = "obsolete" if new.obsolete else "fuzzy" if new.fuzzy else "taken"
        reason = ""
        if new.obsolete:
            reason = "its source is gone from the article"
        elif new.previous:
            reason = "its source has changed since the export"
        elif new.fuzzy:
            fault = markdown_fault(new.target, new.source)
            reason = f"the translation {fault}" if fault else "the file says that it is not finished"
        return replace(self._outcome(kind, one, reason), unit=new)

    def _outcome(self, kind: str, one: Returned, reason: str, unit: Unit | None = None) -> Outcome:
        path = self.old.path
        name = unit_id(self.old.locale, path, unit or Unit(one.key.source, context=one.key.context))
        kept = unit.target if unit else ""
        return Outcome(kind, Place(self.shown, one.line), path, name, one.key.source, one.target, reason, kept)


def _comparable(length: int, other: int) -> bool:
    """Whether texts of these lengths can be similar enough at all."""
    return 200 * min(length, other) >= NEAR * (length + other)


def _as_sent(one: Returned, sent: xliff.Sent) -> bool:
    return sent.target == digest(one.target) and sent.state == one.state.value


def _persons(unit: Unit) -> bool:
    """Whether the target is a person's work: written, edited or accepted."""
    return bool(unit.target) and (not unit.by_machine or unit.review is not None)


def _imported(unit: Unit) -> bool:
    """Whether the target is as an import brought it: an import says ``human``, a person's editor says nothing."""
    return (
        unit.review is None
        and unit.origin is not None
        and unit.origin == replace(unit.origin, maker="human", hash=digest(unit.target))
    )


def _in_the_way(one: Returned, unit: Unit, *, again: bool) -> str:
    """Why the catalog's own word stands; ``""`` when the file's may take its place."""
    if any(f" {digest(one.target)}" in comment for comment in unit.comments if comment.startswith("rejected: ")):
        return "this translation has been rejected here"
    if not _persons(unit):
        return ""
    if one.maker:
        return "a machine made the file's, and a person the one here"
    as_sent = one.sent is not None and one.sent.unit == xliff.sent(unit, State.INITIAL).unit
    if as_sent or (again and _imported(unit)):
        return ""
    if _imported(unit):
        return "the one here was imported since the export; --again takes a later delivery"
    lost = "a person made the one here, and the file has lost what it was when it was sent"
    return "a person has changed or accepted the one here since the export" if one.sent else lost


def lines(imported: Imported) -> Iterator[str]:
    """What an import did, for people: what was not simply taken, one after another."""
    for one in imported.outcomes:
        if one.kind == "taken":
            continue
        yield f"{one.place}: {one.kind}: {one.path} {one.id}: {one.reason}"
        yield f"    {one.source}"
        if one.kind == "conflict":
            yield f"    kept: {one.kept}"
        yield f"    {'file' if one.kind == 'conflict' else 'from the file'}: {one.target or '-'}"


def counts(outcomes: Iterable[Outcome]) -> Mapping[str, int]:
    """How many of each kind."""
    found = dict.fromkeys(("taken", "fuzzy", "obsolete", "conflict", "refused"), 0)
    for one in outcomes:
        found[one.kind] += 1
    return found
