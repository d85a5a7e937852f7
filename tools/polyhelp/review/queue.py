"""Why a unit waits for a person. Reasons, no scores.

1. A target that a person has accepted does not wait, as long as it is what was accepted. Where readers did not find
   the page helpful after that day, it waits once more.
2. Some causes make a unit wait by themselves; others are told of one that waits anyway: a warning of a check, a term,
   a number. An error of a check makes any target wait that nobody has accepted.
3. A machine's target waits. Where the visits of pages are known, one that customers see already waits only on a page
   that is visited; of the others a sample does, always the same units as long as their text is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from polyhelp.model import IN_PIECES, KEPT_OUT, Enough, Level, Locale, QualityIssue, Severity, State, Unit, digest
from polyhelp.review.feedback import Votes
from polyhelp.review.ranking import Cause, Reason

EXPIRED = "review expired: the text or the region data changed"
"""Why a unit waits that was accepted, and is not what was accepted any more."""

_THEIRS = "theirs: "
_CAUSES = {"numbers": Cause.CHANGED_NUMBER, "terminology": Cause.DOUBTFUL_TERM}
_TOLD = {
    Cause.CHANGED_NUMBER: "a number is not the source's",
    Cause.DOUBTFUL_TERM: "a term is not as in the term base",
}
_FINE = 1_000_000  # in how many parts the sample is taken


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a unit beside itself.

    ``data`` is the digest of the region data that the unit reads today, ``enough`` says whether those who have
    accepted it are as many as it takes. ``payment`` says that the page is about money, ``only_visited`` that the visits
    of pages are known. ``issues`` are what the checks find, ``doubts`` what is told of terms in doubt, ``numbers``
    which numbers of the source have changed (``14 → 30``). ``votes`` are the page's. ``sample`` is a percentage.
    """

    level: Level = Level.MACHINE
    data: str = ""
    enough: Enough = bool
    payment: bool = False
    issues: tuple[QualityIssue, ...] = ()
    doubts: tuple[str, ...] = ()
    numbers: str = ""
    only_visited: bool = False
    visits: int = 0
    votes: Votes | None = None
    sample: float = 0


_NOTHING = Facts()


def unit_id(locale: Locale, path: str, unit: Unit) -> str:
    """A short name for a unit: ten hexadecimal digits of its locale, article, source and context."""
    return digest(locale.tag, path, unit.source, unit.context)[:10]


def reasons(unit: Unit, facts: Facts = _NOTHING) -> tuple[Reason, ...]:
    """Why ``unit`` waits for a person; empty when it does not. They come in no order that counts.

    A unit without a target waits for a translation, not for a review, unless an engine has failed at it: then only a
    person can help.
    """
    if not unit.target:
        failed = any(comment.startswith(KEPT_OUT) for comment in unit.comments)
        told = Reason(Cause.DAMAGED, "the machine's answer was damaged: translate by hand")
        return (told,) if failed else ()
    if unit.state(facts.data, facts.enough) is State.REVIEWED:
        return tuple(_disputed(unit, facts))
    found = [*_changes(unit, facts), *_page(facts), *_machine(unit, facts), *_checked(facts, error=True)]
    if not found and _is_sampled(unit, facts.sample):
        found.append(Reason(Cause.SAMPLED, f"a sample of {facts.sample:g} %"))
    if not found:
        return ()
    found += (Reason(Cause.DOUBTFUL_TERM, doubt) for doubt in facts.doubts)
    known = {reason.cause for reason in found}
    return (*found, *(one for one in _checked(facts, error=False) if one.cause not in known))


def _changes(unit: Unit, facts: Facts) -> Iterator[Reason]:
    """What has happened to the unit since it was right."""
    if unit.previous:
        yield Reason(Cause.SOURCE_CHANGED, "source changed")
        if facts.numbers:
            yield Reason(Cause.CHANGED_NUMBER, f"a number of the source changed: {facts.numbers}")
    elif people := unit.accepted_by(facts.data):
        yield Reason(Cause.POLICY, f"accepted by {', '.join(people)}: a second person must accept it, too")
    elif unit.review is not None and not unit.fuzzy:
        yield Reason(Cause.EXPIRED, EXPIRED)
    theirs = [comment.removeprefix(_THEIRS) for comment in unit.comments if comment.startswith(f'{_THEIRS}"')]
    if theirs:
        yield Reason(Cause.TWO_VERSIONS, f"another branch has {', '.join(theirs)}")
    elif unit.fuzzy and not unit.previous and not unit.by_machine:
        yield Reason(Cause.NEEDS_WORK, "marked as needing work")
    for comment in unit.comments:
        if comment.startswith(IN_PIECES):
            yield Reason(Cause.IN_PIECES, f"put together from pieces: {comment.removeprefix(IN_PIECES)}")


def _page(facts: Facts) -> Iterator[Reason]:
    """What makes everything on the page wait."""
    if facts.level is Level.REVIEWED:
        yield Reason(Cause.POLICY, "nothing of this page is published without review")
    if facts.payment:
        yield Reason(Cause.PAYMENT, "about payments")
    if facts.votes and facts.votes.low:
        yield Reason(Cause.LOW_FEEDBACK, facts.votes.told)


def _disputed(unit: Unit, facts: Facts) -> Iterator[Reason]:
    """That readers were not helped by what one person accepted before they voted. What two have accepted stands."""
    votes, review = facts.votes, unit.review
    if votes and review and votes.low and votes.until > review.date and len(review.people) == 1:
        yield Reason(Cause.LOW_FEEDBACK, f"{votes.told}, after {review.who} accepted it on {review.date}")


def _machine(unit: Unit, facts: Facts) -> Iterator[Reason]:
    """That a machine wrote it, where nobody has to choose between two versions of it."""
    if not unit.by_machine or any(comment.startswith(f'{_THEIRS}"') for comment in unit.comments):
        return
    if facts.only_visited and not facts.visits and unit.fit_for(facts.level, facts.data):
        return
    what = "a machine's draft" if unit.draft else "machine translation"
    yield Reason(Cause.MACHINE, what + (f" on a page with {facts.visits:,} visits" if facts.visits else ""))


def _checked(facts: Facts, *, error: bool) -> Iterator[Reason]:
    """What checks find: errors, or warnings; mere remarks are no reason. One reason for each cause."""
    wanted = Severity.ERROR if error else Severity.WARNING
    by_cause: dict[Cause, list[str]] = {}
    for issue in facts.issues:
        if issue.severity is wanted:
            by_cause.setdefault(_CAUSES.get(issue.check, Cause.FAILED_CHECK), []).append(issue.check)
    for cause, names in by_cause.items():
        yield Reason(cause, _TOLD.get(cause) or f"failed check: {', '.join(dict.fromkeys(names))}")


def _is_sampled(unit: Unit, percent: float) -> bool:
    """Whether a machine's target is in the sample: its text decides, so that every run has the same one."""
    part = int(digest("sample", unit.source, unit.context, unit.target), 16) % _FINE
    return unit.by_machine and part < percent / 100 * _FINE
