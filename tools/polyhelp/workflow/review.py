"""Who looks at what, and what a decision does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from polyhelp import git
from polyhelp.errors import GitError, UsageError
from polyhelp.model import Locale, Severity, one_line
from polyhelp.review import Waiting
from polyhelp.review.decision import Decision, Decisions, Verdict, plain, seen
from polyhelp.text.similarity import closest
from polyhelp.text.words import count
from polyhelp.workflow.deciding import Applied, apply
from polyhelp.workflow.project import Project
from polyhelp.workflow.today import today
from polyhelp.workflow.waiting import queue


def chosen(project: Project, targets: Iterable[Locale], names: Sequence[str]) -> tuple[Waiting, ...]:
    """The units with a target that ``names`` mean: ids, or articles for all of their units that wait.

    Raises UsageError when one names nothing that waits, or an article and more than one locale are given.
    """
    targets = tuple(targets)
    rows = queue(project, targets, every=True)
    _check_chosen(rows, names)
    if len(targets) > 1 and any(row.path in names for row in rows):
        raise UsageError("an article is decided in one locale at a time", hint="say which: --locale TAG")
    return tuple(row for row in rows if row.unit.target and (row.id in names or row.path in names))


def accept(project: Project, rows: Iterable[Waiting], who: str) -> Applied:
    """Accept the units ``rows`` as they stand, as ``who``."""
    return _decided(project, rows, who, Verdict.ACCEPT)


def reject(project: Project, rows: Iterable[Waiting], who: str, reason: str = "") -> Applied:
    """Take back the targets of ``rows``; a note of the rejected answer keeps it from coming back.

    Raises UsageError for a reason that is no line of text.
    """
    try:
        line = plain(reason)
    except ValueError as error:
        raise UsageError(f"the reason is no line of text: {error}", hint="type it anew") from None
    return _decided(project, rows, who, Verdict.REJECT, line)


def _decided(project: Project, rows: Iterable[Waiting], who: str, verdict: Verdict, reason: str = "") -> Applied:
    decisions = tuple(
        Decision(
            row.locale,
            row.path,
            row.id,
            seen(row.unit, project.data_digest(row.unit.source)),
            verdict,
            reason=reason,
        )
        for row in rows
    )
    return apply(project, Decisions(who, today(), decisions), project.rights)


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
    name = one_line(name)
    if not name:
        raise UsageError("who is reviewing?", hint='say it with --as "Your Name", or set git config user.name')
    return name


def lines(rows: Iterable[Waiting]) -> Iterator[str]:
    """The queue as plain text, one unit after another.

    No line begins with anybody's text: GitHub's runner takes a line that begins with ``::`` for a command.
    """
    for row in rows:
        told = _one_line(f"{row.path}  ({', '.join(map(str, row.reasons))}; {count(row.words, 'word')})")
        yield f"{row.id}  {row.locale}  {told}"
        if row.unit.previous:
            yield f"    was: {_one_line(row.unit.previous)}"
        yield f"    source: {_one_line(row.unit.source)}"
        yield f"    target: {_one_line(row.unit.target) or '-'}"
        for issue in row.issues:
            if issue.severity is not Severity.INFO:
                yield f"    {issue.severity}: {_one_line(issue.message)} [{issue.check}]"


def _one_line(text: str) -> str:
    return "⏎".join(text.splitlines())
