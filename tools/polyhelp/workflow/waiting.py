"""What waits for a person, and why: the catalogs held against the checks, the region data, the visits and the votes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from polyhelp import review
from polyhelp.checks.number_words import NumberWords, number_words
from polyhelp.model import Catalog, Level, Locale, State, Unit
from polyhelp.review import Cause, Facts, Reason, Waiting
from polyhelp.review.numbers import changed
from polyhelp.review.ranking import in_order, ranked
from polyhelp.text.words import word_count
from polyhelp.workflow import authority
from polyhelp.workflow.compare import looked_at
from polyhelp.workflow.doubt import TERMINOLOGY, Doubt, doubts
from polyhelp.workflow.look import finder, terms
from polyhelp.workflow.moved import Moved
from polyhelp.workflow.project import Project
from polyhelp.workflow.readers import Readers

_TOLD = 3  # values that have moved; a list of fifty regions helps nobody


def queue(project: Project, targets: Iterable[Locale], *, every: bool = False) -> tuple[Waiting, ...]:
    """Every unit that waits for a person in ``targets``, ranked in each.

    With ``every``, all machine text waits, also what a look at the visits would leave out: what can be accepted is more
    than what anybody is asked to read.
    """
    known = _Known(project, Readers.of(project), Moved(project), every)
    rows = (row for locale in targets for row in _Locale(known, locale).rows())
    return ranked(rows, project.settings.review.order, project.settings.targets)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is the same for all locales."""

    project: Project
    readers: Readers
    moved: Moved
    every: bool


@dataclass(frozen=True, slots=True)
class _Looked:
    """A unit that may wait, and what is known of it, but for terms in doubt."""

    catalog: Catalog
    unit: Unit
    facts: Facts


class _Locale:
    """One locale's units that wait."""

    def __init__(self, known: _Known, locale: Locale) -> None:
        self.known = known
        self.project = known.project
        self.locale = locale
        self.votes = known.readers.votes_in(locale)
        self.visits = known.readers.visits_in(locale)
        self.words = _without_months(number_words(self.project.settings.source.language))

    def rows(self) -> Iterator[Waiting]:
        """Those that wait, in reading order."""
        catalogs = tuple(self.project.catalogs(self.locale))
        looked = [one for catalog in catalogs for one in self._looked(catalog)]
        doubtful = self._doubtful(looked, catalogs)
        for one in looked:
            told = tuple(self._told(one, doubtful)) if doubtful and _breaks_a_term(one) else ()
            found = review.reasons(one.unit, replace(one.facts, doubts=told))
            if found:
                yield self._waiting(one, found)

    def _looked(self, catalog: Catalog) -> Iterator[_Looked]:
        find = finder(self.project, catalog)
        page = self._page(catalog.path)
        for unit in catalog.current:
            data = self.project.data_digest(unit.source, unit.seen)
            asked = unit.target and not unit.previous and unit.state(data, page.enough) is not State.REVIEWED
            numbers = changed(unit.previous, unit.source, self.words.said) if unit.previous else ""
            yield _Looked(
                catalog, unit, replace(page, data=data, numbers=numbers, issues=find(unit) if asked else ())
            )  # fmt: skip

    def _page(self, path: str) -> Facts:
        """What holds for all units of an article. What an article takes in needs what that article needs."""
        project, settings = self.project, self.project.settings
        pages = (path, *project.hosts.get(path, ()))
        levels = {authority.level(project, self.locale, page) for page in pages}
        return Facts(
            level=Level.REVIEWED if Level.REVIEWED in levels else settings.level(path),
            enough=authority.enough(project, self.locale, path),
            payment=settings.review.is_payment(path),
            only_visited=self.visits is not None and not self.known.every,
            visits=self.visits.get(path, 0) if self.visits else 0,
            votes=self.votes.get(path),
            sample=settings.review.sample,
        )

    def _doubtful(self, looked: Iterable[_Looked], catalogs: Iterable[Catalog]) -> Mapping[str, Doubt]:
        """The terms in doubt that some unit breaks, by the concept's id."""
        broken = [(one.catalog, one.unit) for one in looked if _breaks_a_term(one)]
        texts = [(catalog, looked_at(catalog)) for catalog in catalogs] if broken else []
        return {doubt.concept.id: doubt for doubt in doubts(self.project, broken, texts)} if broken else {}

    def _told(self, one: _Looked, doubtful: Mapping[str, Doubt]) -> Iterator[str]:
        """What is told of the terms in doubt that a unit breaks."""
        find = terms(self.project, one.catalog)
        for id_ in dict.fromkeys(violation.hit.concept.id for violation in find(one.unit.source, one.unit.target)):
            if id_ in doubtful:
                doubt = doubtful[id_]
                yield (
                    f"the term '{doubt.concept.source}' is in doubt: {doubt.broken} of {doubt.uses} translations do "
                    f"without '{doubt.expected}'"
                )

    def _waiting(self, one: _Looked, found: Iterable[Reason]) -> Waiting:
        path, unit = one.catalog.path, one.unit
        told = tuple(self._explained(reason, unit) for reason in found)
        return Waiting(
            self.locale,
            path,
            review.unit_id(self.locale, path, unit),
            unit,
            in_order(told, self.project.settings.review.order),
            word_count(unit.source),
            one.facts.visits,
            one.facts.issues,
        )

    def _explained(self, reason: Reason, unit: Unit) -> Reason:
        """The reason, but where region data has moved, which of it."""
        lines = self.known.moved.told(unit) if reason.cause is Cause.EXPIRED else ()
        if not lines:
            return reason
        more = " and more" if len(lines) > _TOLD else ""
        return Reason(Cause.EXPIRED, f"review expired: {'; '.join(lines[:_TOLD])}{more}")


def _breaks_a_term(one: _Looked) -> bool:
    return any(issue.check == TERMINOLOGY for issue in one.facts.issues)


def _without_months(words: NumberWords) -> NumberWords:
    """The words without the names of months, of which one is an English verb: "you may"."""
    return replace(words, months={})
