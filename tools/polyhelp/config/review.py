"""What mkdocs.yml says of reviews: the `review` block below `polyhelp`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from polyhelp.config.mistakes import Mistakes
from polyhelp.config.review_schema import ReviewBlock
from polyhelp.config.spot import Spot
from polyhelp.review.ranking import Cause, complete
from polyhelp.text.paths import matches


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """What people are asked to look at, and in which order.

    ``order`` has every cause. ``sample`` is a percentage. ``visits``, ``feedback`` and ``owners`` are files, relative
    to the project; the first two are ``""`` where there is none. ``payments`` are path patterns. ``most_words`` is
    what one pull request may ask a person to read.
    """

    order: tuple[Cause, ...] = tuple(Cause)
    sample: float = 5
    visits: str = ""
    feedback: str = ""
    payments: tuple[str, ...] = ("payments/**",)
    most_words: int = 2000
    owners: str = ".github/REVIEWERS"

    def is_payment(self, path: str) -> bool:
        """Whether the page ``path`` is about money."""
        return any(matches(path, pattern) for pattern in self.payments)


def options(given: ReviewBlock, spot: Spot, mistakes: Mistakes) -> ReviewOptions:
    """The options of reviews, checked: no cause is listed twice, and no file is outside the project.

    That a file is there is looked at when it is read: those of visits and votes may be made by a job, anywhere else
    they are missing.
    """
    seen: set[Cause] = set()
    for number, cause in enumerate(given.order):
        if cause in seen:
            mistakes.add(spot.at("order", number), f"'{cause}' is listed twice")
        seen.add(cause)
    for key in ("visits", "feedback", "owners"):
        _check(getattr(given, key), spot.at(key), mistakes, needed=key == "owners")
    return ReviewOptions(
        complete(given.order),
        given.sample,
        given.visits,
        given.feedback,
        tuple(given.payments),
        given.most_words,
        given.owners,
    )


def _check(file: str, spot: Spot, mistakes: Mistakes, *, needed: bool) -> None:
    parts = PurePosixPath(file).parts
    if file.startswith("/") or ".." in parts or "\\" in file or "\0" in file or re.match(r"[A-Za-z]:", file):
        mistakes.add(spot, f"'{file}' leads out of the project")
    elif needed and not parts:
        mistakes.add(spot, "is empty: name a file in the project, such as .github/REVIEWERS")
