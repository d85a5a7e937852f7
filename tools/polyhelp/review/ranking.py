"""In which order units are shown to a person: by the rules of the help center. There is no score.

1. The order of the causes is the configuration's. A unit stands where the first of its causes stands.
2. Among equals, what more people read comes first.
3. Then it is the order of the articles, and in them the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from polyhelp.model import Locale, QualityIssue, Unit


class Cause(StrEnum):
    """What makes a person look at a unit, in the order that holds where the configuration gives no other."""

    POLICY = "policy"
    PAYMENT = "payment"
    FAILED_CHECK = "failed check"
    DOUBTFUL_TERM = "doubtful term"
    CHANGED_NUMBER = "changed number"
    TWO_VERSIONS = "two versions"
    DAMAGED = "damaged"
    EXPIRED = "expired"
    SOURCE_CHANGED = "source changed"
    LOW_FEEDBACK = "low feedback"
    NEEDS_WORK = "needs work"
    IN_PIECES = "in pieces"
    MACHINE = "machine"
    SAMPLED = "sampled"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit waits: the cause, and what a person is told of it."""

    cause: Cause
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Waiting:
    """A unit that a person should look at.

    ``id`` names it in its locale. ``reasons`` say why, those that count most first. ``words`` are the words of its
    source: what is read to decide. A changed sentence counts whole, because nobody can judge half of one. ``visits``
    are those of its page, where they are known; ``issues`` what the checks find in the target.
    """

    locale: Locale
    path: str
    id: str
    unit: Unit
    reasons: tuple[Reason, ...]
    words: int
    visits: int = 0
    issues: tuple[QualityIssue, ...] = ()

    def has(self, *causes: Cause) -> bool:
        """Whether it waits for one of ``causes``."""
        return any(reason.cause in causes for reason in self.reasons)


def complete(order: Iterable[Cause]) -> tuple[Cause, ...]:
    """``order``, and after it what it leaves out: a cause that nobody thought of must not be lost."""
    return tuple(dict.fromkeys((*order, *Cause)))


def in_order(reasons: Iterable[Reason], order: Sequence[Cause]) -> tuple[Reason, ...]:
    """``reasons``, those that count most first; ``order`` is complete."""
    return tuple(sorted(reasons, key=lambda reason: order.index(reason.cause)))


def ranked(rows: Iterable[Waiting], order: Sequence[Cause], locales: Sequence[Locale]) -> tuple[Waiting, ...]:
    """``rows``, which come in reading order, ranked in each of ``locales``; ``order`` is complete."""
    places = {cause: place for place, cause in enumerate(order)}
    tags = {locale: place for place, locale in enumerate(locales)}

    def place(row: Waiting) -> tuple[int, int, int]:
        return tags[row.locale], min(places[reason.cause] for reason in row.reasons), -row.visits

    return tuple(sorted(rows, key=place))
