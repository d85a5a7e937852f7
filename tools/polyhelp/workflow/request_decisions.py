"""What people decide in pull requests: an approving review, commands in comments, suggested edits.

1. Only a pull request counts whose branch lies in this repository and is called as polyhelp calls its own. Who may
   decide is said by the rules that are checked out, never by those on the branch; without rules, by the forge: whoever
   may write to the repository.
2. A decision is about what its author has seen: the commit that a review names, the branch's last commit before a
   comment, the lines that a suggestion replaces. What has changed since is refused and told.
3. An approving review accepts the units that the pull request changes and that have a target, but those with two
   versions: there a person chooses first.
4. The commit on the branch has the reviewer as author and the robot as committer. It is pushed without force; where
   somebody else was faster, everything is decided anew on top of that.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from polyhelp.errors import GitError
from polyhelp.forge.base import Account, Forge
from polyhelp.forge.bench import Bench
from polyhelp.forge.branches import Clone
from polyhelp.forge.events import Event
from polyhelp.forge.names import branch_of
from polyhelp.review.comment import quiet
from polyhelp.review.decision import Decisions
from polyhelp.review.rights import Rights
from polyhelp.workflow.deciding import Applied, apply
from polyhelp.workflow.project import Project
from polyhelp.workflow.request_fetch import at_bench
from polyhelp.workflow.request_seen import Look, Seen
from polyhelp.workflow.today import today

_TRIES = 4
_TOLD = 50  # lines of an answer; who decides more at once looks at the branch


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of an event. ``why`` says why nothing was done; ``commit`` is what was pushed, if anything."""

    branch: str = ""
    why: str = ""
    applied: Applied = field(default_factory=Applied)
    commit: str = ""
    unread: tuple[str, ...] = ()


def decide(project: Project, event: Event, clone: Clone, forge: Forge) -> Decided:
    """Carry out what ``event`` decides, commit it to the branch, and answer; what became of it.

    ``project`` is the help center as it is checked out: the main branch's. Raises GitError, ForgeError, OutsideError.
    """
    request = forge.request(event.number)
    branch = branch_of(request.branch, project.settings.targets) if request else None
    if request is None or branch is None or not request.own:
        return Decided(why=f"pull request {event.number} is none with translations of this repository")
    if not request.open:
        return Decided(str(branch), "it is closed")
    teams = {team: forge.members(team.removeprefix("@")) for team in project.rights.teams_named}
    rights = project.rights.knowing(teams)
    if not _is_named(rights, event.who) and not forge.may_write(event.who.login):
        return Decided(str(branch), f"{event.who.name} may not write to the repository, and no rule names them")
    with Bench(clone) as bench:
        decided = _pushed(_Work(Look(project, clone, bench, branch), event, rights))
    answer = _answer(event, decided)
    if answer:
        forge.comment(request.number, answer)
    return decided


def _is_named(rights: Rights, who: Account) -> bool:
    named = {rights.person(one) for rule in rights.rules for one in rule.who}
    return rights.person(who.name) in named or any(who.name.lower() in members for members in rights.teams.values())


def _pushed(work: _Work) -> Decided:
    for _ in range(_TRIES):
        decided = work.decided()
        if not decided.commit or work.look.clone.push(decided.commit, str(work.look.branch)):
            return decided
    raise GitError(f"{work.look.branch} is pushed to all the time", hint="run the job again; nothing was overwritten")


@dataclass(frozen=True, slots=True)
class _Work:
    """One event at one branch."""

    look: Look
    event: Event
    rights: Rights

    def decided(self) -> Decided:
        """What becomes of the event on what the branch ends with now; committed, not pushed."""
        look, event, name = self.look, self.event, str(self.look.branch)
        tip = look.clone.fetched().get(name, "")
        if not tip:
            return Decided(name, "its branch is gone")
        seen = Seen(look, event, tip)
        decisions = Decisions(event.who.name, today(), tuple(seen.decisions()))
        applied = apply(at_bench(look.project, look.bench, tip), decisions, self.rights)
        unread = (*event.unread, *seen.unread)
        if not applied.written:
            return Decided(name, "" if decisions.decisions or unread else "nothing to decide", applied, "", unread)
        return Decided(name, "", applied, look.bench.commit(_message(event.who, applied), event.who), unread)


def _message(who: Account, applied: Applied) -> str:
    return f"Review by {who.name}: {_counts(applied)}\n"


def _counts(applied: Applied) -> str:
    parts = (("accepted", applied.accepted), ("edited", applied.edited), ("rejected", applied.rejected))
    return ", ".join(f"{len(rows)} {what}" for what, rows in parts if rows) or "nothing changed"


def _answer(event: Event, decided: Decided) -> str:
    """What the reviewer is told; nothing where an approval went through as a whole: the commit says it."""
    refused = [f"{quiet(str(one.decision.id))}: {quiet(one.why)}" for one in decided.applied.refused]
    unread = [f"not understood: {quiet(line)}" for line in decided.unread]
    lines = [*refused, *unread]
    if not lines and not event.commands and not event.suggestion:
        return ""
    more = [f"- and {len(lines) - _TOLD:,} more"] if len(lines) > _TOLD else []
    said = [f"- {line}" for line in lines[:_TOLD]]
    return "\n".join((f"@{event.who.login}: {_counts(decided.applied)}.", *said, *more))
