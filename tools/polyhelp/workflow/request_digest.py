"""What an issue tells every week: how far the locales are, what is stale, which terms and facts want a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from polyhelp.forge.base import Forge
from polyhelp.model import Locale
from polyhelp.review import Waiting
from polyhelp.review.comment import quiet
from polyhelp.workflow.doubt import TERMINOLOGY
from polyhelp.workflow.law import Wanted, examine
from polyhelp.workflow.law_age import DUE
from polyhelp.workflow.project import Project
from polyhelp.workflow.status import STATES, Row, by_locale, status
from polyhelp.workflow.waiting import queue

LABEL = "l10n-report"
MARKER = "<!-- polyhelp digest -->"
_MOST = 30  # lines of a list
_CHANGED = STATES.index("changed")


def digest(project: Project, targets: Iterable[Locale]) -> str:
    """The text of the issue, in Markdown."""
    targets = tuple(targets)
    return "\n".join(_lines(project, status(project, targets), queue(project, targets)))


def publish(project: Project, text: str, forge: Forge) -> str:
    """Write ``text`` to the issue, which is made where there is none; its address. Raises ForgeError."""
    title = f"Translations of {project.settings.site_name}: state and what wants a look"
    return forge.write_issue(forge.issue(LABEL, MARKER), title, text, (LABEL,))


def _lines(project: Project, rows: Sequence[Row], waiting: Sequence[Waiting]) -> Iterator[str]:
    yield MARKER
    yield f"As of {project.day.isoformat()}. Source words by state, and what waits for a reader.\n"
    yield f"| locale | {' | '.join(STATES)} | ready | units that wait | words to read |"
    yield f"| --- | {'--: | ' * len(STATES)}--: | --: | --: |"
    for total in by_locale(rows):
        own = [row for row in waiting if row.locale == total.locale]
        words = " | ".join(f"{number:,}" for number in total.words)
        read = sum(row.words for row in own)
        yield f"| {total.locale} | {words} | {total.ready} % | {len(own):,} | {read:,} |"
    yield from _section("Stale pages", list(_stale(rows)))
    yield from _section("Terms that are not as in the term base", list(_terms(waiting)))
    yield from _section("Facts of law due for another look", list(_facts(project)))


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    yield f"\n### {title}\n"
    yield from (f"- {line}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"- and {len(lines) - _MOST:,} more"
    if not lines:
        yield "None."


def _stale(rows: Iterable[Row]) -> Iterator[str]:
    """Articles whose source has changed since they were translated, those with most words first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.words[_CHANGED]:
            found.setdefault(row.path, []).append(row)
    order = sorted(found.items(), key=lambda item: -sum(row.words[_CHANGED] for row in item[1]))
    for path, of in order:
        yield f"{quiet(path)}: " + ", ".join(f"{row.locale} {row.words[_CHANGED]:,} words" for row in of)


def _terms(waiting: Iterable[Waiting]) -> Iterator[str]:
    """What the check of terms says of units that wait, what it says most often first."""
    told = Counter((row.locale, issue.message) for row in waiting for issue in row.issues if issue.check == TERMINOLOGY)
    for (locale, message), units in told.most_common():
        yield f"{locale}: {quiet(message)}" + (f" ({units:,} units)" if units > 1 else "")


def _facts(project: Project) -> Iterator[str]:
    yield from (f"{quiet(one.region)}: {quiet(one.message)}" for one in examine(project, Wanted(rules=(DUE,))).issues)
