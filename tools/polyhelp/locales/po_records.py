"""Who made a target and who has accepted it, as translator comments of a PO file.

    # origin: mt/deepl 2026-11-21 0123456789abcdef
    # reviewed: Anna Berg 2026-11-22 fedcba9876543210
    # reviewed with: DE SE
    # seconded: Bo Ek 2026-11-23 fedcba9876543210

1. Of several lines of a kind the last counts: it stands where a merge of lines has put the later one.
2. Where such a merge has kept two ``reviewed`` lines of different persons for the same digest, both have said yes:
   the other one is the second.
3. A ``seconded`` line that has lost its ``reviewed`` line is the first yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from polyhelp.model import Origin, Review, Second, Unit, folded

_ORIGIN = re.compile(r"origin: (?P<maker>\S+) (?P<date>\S+) (?P<hash>[0-9a-f]{16})$")
_YES = re.compile(r"(?P<turn>reviewed|seconded): (?P<who>.+) (?P<date>\S+) (?P<hash>[0-9a-f]{16})$")
_SEEN = re.compile(r"reviewed with: (?P<regions>[A-Z]{2}(?:-[A-Z0-9]{1,3})?(?: [A-Z]{2}(?:-[A-Z0-9]{1,3})?)*)$")


def read(lines: Iterable[str]) -> tuple[Origin | None, Review | None, tuple[str, ...]]:
    """What a unit's comment lines say of its origin and its review, and those that say something else."""
    origin: Origin | None = None
    reviews: list[Review] = []
    seconds: list[Second] = []
    rest = []
    for line in lines:
        if made := _ORIGIN.match(line):
            origin = Origin(made["maker"], made["date"], made["hash"])
        elif yes := _YES.match(line):
            if yes["turn"] == "reviewed":
                reviews.append(Review(yes["who"], yes["date"], yes["hash"]))
            else:
                seconds.append(Second(yes["who"], yes["date"], yes["hash"]))
        elif reviews and (data := _SEEN.match(line)):
            reviews[-1] = replace(reviews[-1], regions=tuple(data["regions"].split()))
        else:
            rest.append(line)
    return origin, _joined(reviews, seconds), tuple(rest)


def _joined(reviews: Sequence[Review], seconds: Sequence[Second]) -> Review | None:
    if not reviews:
        return Review(seconds[-1].who, seconds[-1].date, seconds[-1].hash) if seconds else None
    review = reviews[-1]
    also = [Second(one.who, one.date, one.hash) for one in reviews[:-1] if one.hash == review.hash]
    other = [one for one in also if folded(one.who) != folded(review.who)]
    said = [*other, *seconds]
    return replace(review, second=said[-1]) if said else review


def lines(unit: Unit) -> Iterator[str]:
    """The comment lines that say who made the unit's target and who has accepted it."""
    if unit.origin:
        yield f"origin: {unit.origin.maker} {unit.origin.date} {unit.origin.hash}"
    if review := unit.review:
        yield f"reviewed: {review.who} {review.date} {review.hash}"
        if review.regions:
            yield f"reviewed with: {' '.join(review.regions)}"
        if second := review.second:
            yield f"seconded: {second.who} {second.date} {second.hash}"
