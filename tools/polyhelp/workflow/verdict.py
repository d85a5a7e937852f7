"""What one decision makes of one unit, or why it makes nothing of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from polyhelp import locales
from polyhelp.errors import CatalogError
from polyhelp.model import Catalog, Origin, Severity, Unit, digest
from polyhelp.review.decision import Decision, Decisions, Verdict, seen
from polyhelp.review.rights import Rights
from polyhelp.workflow import look
from polyhelp.workflow.authority import may_accept, takes_two
from polyhelp.workflow.project import Project
from polyhelp.workflow.recall import REJECTED

GONE = "it is not there any more: the source text has changed, or the article has moved"
CHANGED = "it has changed since it was shown; look at it again"
_WAIVING = "where the check is wrong, change the text in the catalog and waive the check there"


class NoError(Exception):
    """A decision cannot be written; the message says why."""


class AlreadyError(Exception):
    """What was decided stands there."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Holds decisions of one person, made on one day, against units as they are now."""

    project: Project
    decisions: Decisions
    rights: Rights

    @property
    def _name(self) -> str:
        """The name of the reviewer in records."""
        return self.rights.person(self.decisions.who)

    def decided(self, catalog: Catalog, unit: Unit | None, decision: Decision) -> Unit:
        """The unit of ``catalog`` after ``decision``; ``unit`` is None where there is none. NoError, AlreadyError."""
        if unit is None:
            raise NoError(GONE)
        if why := may_accept(self.project, self.rights, self.decisions.who, catalog):
            raise NoError(why)
        if decision.verdict is Verdict.REJECT:
            return self._rejected(unit, decision)
        text = decision.target.strip() if unit.source == unit.source.strip() else decision.target
        if decision.verdict is Verdict.EDIT and text != unit.target:
            self._check_seen(unit, decision)
            return self._accepted(catalog, self._edited(catalog, unit, text))
        if decision.verdict is Verdict.ACCEPT or not unit.accepted_by(self._data_of(unit)):
            self._check_seen(unit, decision)  # an edit that was applied before has changed what was seen
        return self._accepted(catalog, unit)

    def _data_of(self, unit: Unit) -> str:
        """The digest of the region data that a unit was accepted with, as the data is today."""
        return self.project.data_digest(unit.source, unit.seen)

    def _check_seen(self, unit: Unit, decision: Decision) -> None:
        if decision.seen != seen(unit, self.project.data_digest(unit.source)):
            raise NoError(CHANGED)

    def _rejected(self, unit: Unit, decision: Decision) -> Unit:
        """The unit without its target; a note of the rejected answer keeps it from coming back."""
        who, date = self._name, self.decisions.date
        if not unit.target and any(one.startswith(f"{REJECTED}{who} {date} ") for one in unit.comments):
            raise AlreadyError
        self._check_seen(unit, decision)
        if not unit.target:
            raise NoError("there is no translation to reject")
        note = f"{REJECTED}{who} {date} {digest(unit.target)} {decision.reason}".rstrip()
        comments = (*unit.comments, note)
        return replace(unit, target="", fuzzy=False, previous="", origin=None, review=None, comments=comments)

    def _edited(self, catalog: Catalog, unit: Unit, text: str) -> Unit:
        """The unit with a person's target, accepted by nobody yet. Raises NoError for one that would do harm."""
        origin = Origin.of("human", self.decisions.date, text)
        made = replace(unit, target=text, origin=origin, review=None, previous="", fuzzy=False)
        if not _survives(catalog, made):
            raise NoError("a catalog cannot keep this text as it is; see the forms and the signs in it")
        if not look.harmless(self.project, catalog)(made):
            raise NoError("a check that nobody can switch off finds harm in it: see `polyhelp check --explain safety`")
        errors = [one for one in look.finder(self.project, catalog)(made) if one.severity is Severity.ERROR]
        if errors:
            told = " ".join(f"{one.message} [{one.check}]" for one in errors)
            raise NoError(f"{told} ({_WAIVING})")
        return made

    def _accepted(self, catalog: Catalog, unit: Unit) -> Unit:
        """The unit with this person's yes: the first one, or the second where the rights want two."""
        who, date = self._name, self.decisions.date
        if not unit.target:
            raise NoError("there is no translation to accept")
        people = unit.accepted_by(self._data_of(unit))
        if len(people) > 1:
            raise AlreadyError
        if people and takes_two(self.project, self.rights, catalog.locale, catalog.path):
            if not self.rights.two((*people, who)):
                raise NoError("you have accepted it; a second person must, too")
            return unit.seconded(who, date, self._data_of(unit)) or unit
        if people and unit.review and unit.review.date >= date:
            raise AlreadyError
        return unit.accepted(who, date, self.project.data_digest(unit.source), tuple(self.project.regions))


def _survives(catalog: Catalog, unit: Unit) -> bool:
    """Whether a catalog with ``unit`` is read as it was written."""
    with suppress(CatalogError, UnicodeEncodeError):
        data = locales.dump(replace(catalog, units=(unit,))).encode()
        return locales.parse(data, catalog.locale, catalog.path, "").units == (unit,)
    return False
