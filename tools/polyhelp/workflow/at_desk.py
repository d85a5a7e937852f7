"""What a desk works on: the help center as it stands at each request, and one reviewer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from polyhelp.errors import UsageError
from polyhelp.model import Locale
from polyhelp.review.decision import Decisions
from polyhelp.workflow.committing import Committed, apply_and_commit
from polyhelp.workflow.deciding import apply
from polyhelp.workflow.project import Project
from polyhelp.workflow.reading import Desk, report
from polyhelp.workflow.today import today
from polyhelp.workflow.waiting import queue


@dataclass(frozen=True, slots=True)
class AtDesk:
    """The work of a :class:`~polyhelp.review.desk.Desk` for ``who``, in ``locales``.

    The help center is opened anew for every request (``opened``): nothing that it knows is older than the request.
    """

    opened: Callable[[], Project]
    locales: Sequence[Locale]
    who: str
    commit: bool = False

    @property
    def pages(self) -> tuple[str, ...]:
        """A page for each locale, called by its tag."""
        return tuple(locale.tag for locale in self.locales)

    def page(self, name: str, token: str) -> str:
        """What waits in the locale ``name``."""
        project, locale = self.opened(), Locale(name)
        return report(project, locale, queue(project, (locale,)), desk=Desk(self.who, token))

    def take(self, decisions: Decisions) -> Mapping[str, Any]:
        """Write what was decided, as the reviewer of this desk, whatever name the page sends."""
        if any(one.locale not in self.locales for one in decisions.decisions):
            raise UsageError("this desk is for other locales", hint=f"it is for {', '.join(self.pages)}")
        project = self.opened()
        own = replace(decisions, who=self.who, date=today())
        if self.commit:
            return told(project, apply_and_commit(project, own, project.rights))
        return told(project, Committed(apply(project, own, project.rights)))


def told(project: Project, done: Committed) -> dict[str, Any]:
    """What became of decisions, for scripts: the units by verdict, what was refused and why, the commit."""
    applied = done.applied
    return {
        "ok": not applied.refused and not project.problems,
        "accepted": [_row(row) for row in applied.accepted],
        "edited": [_row(row) for row in applied.edited],
        "rejected": [_row(row) for row in applied.rejected],
        "already": [_row(one) for one in applied.already],
        "refused": [{**_row(one.decision), "why": one.why} for one in applied.refused],
        "commit": done.commit,
        "not_committed": list(done.left),
    }


def _row(one: Any) -> dict[str, str]:
    return {"locale": one.locale.tag, "path": one.path, "id": one.id}
