"""What a reviewer reads of a unit: its place in the article, its terms, what it said before; as a page or a comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from polyhelp.errors import GitError, UsageError
from polyhelp.model import Document, Key, Kind, Locale, TermHit
from polyhelp.review.comment import markdown
from polyhelp.review.ranking import Waiting
from polyhelp.review.report import Around, Card, Earlier, Sheet, Term
from polyhelp.review.report import report as page
from polyhelp.text.shown import THING, shown
from polyhelp.workflow.earlier import Said, said_at
from polyhelp.workflow.printed import Printer
from polyhelp.workflow.project import Project

_NEAR = 300  # characters of a neighbour: enough to see what is talked about
_HEADINGS = frozenset({Kind.HEADING, Kind.TITLE})
_PLACELESS = frozenset({Kind.INTERFACE, Kind.FRONT_MATTER})


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page knows of who made it: the name to begin with, and the token of the server that takes decisions."""

    reviewer: str = ""
    token: str = ""


def report(project: Project, locale: Locale, rows: Iterable[Waiting], since: str = "", desk: Desk | None = None) -> str:
    """The page of those of ``rows`` that are of ``locale``, in their order.

    ``since`` names a revision: targets are shown with their differences to what they said then. Where it is empty,
    that is the last commit, if there is one. Raises UsageError when git does not know the revision.
    """
    desk = desk or Desk()
    told = cards(project, locale, rows, since)
    return page(Sheet(project.settings.site_name, project.settings.source, locale, told, desk.reviewer, desk.token))


def comment(project: Project, locale: Locale, rows: Iterable[Waiting], since: str = "") -> str:
    """The same units as Markdown for a comment of a pull request; as many as it takes."""
    return markdown(cards(project, locale, rows, since))


def cards(project: Project, locale: Locale, rows: Iterable[Waiting], since: str = "") -> tuple[Card, ...]:
    """Those of ``rows`` that are of ``locale``, with what their reviewer needs to know."""
    rows = tuple(row for row in rows if row.locale == locale)
    said = _said(project, locale, rows, since)
    printer = Printer(project, locale)
    places: dict[str, Mapping[Key, Around]] = {}
    found = []
    for row in rows:
        if row.path not in places:
            places[row.path] = _places(project, locale, row.path)
        unit = row.unit
        earlier = said.get((row.path, unit.key), Earlier())
        if unit.previous:
            earlier = Earlier(unit.previous, earlier.target)
        around = places[row.path].get(unit.key, Around())
        data = project.data_digest(unit.source)
        prints = printer.prints(row.path, unit.target)
        found.append(Card(row, tuple(_terms(project, row)), earlier, around, data, prints))
    return tuple(found)


def _said(project: Project, locale: Locale, rows: Sequence[Waiting], since: str) -> Said:
    try:
        return said_at(project, since or "HEAD", locale, (row.path for row in rows))
    except (GitError, UsageError):
        if since:
            raise
        return {}


def _terms(project: Project, row: Waiting) -> Iterator[Term]:
    """The terms of the source that have a name in the locale."""
    for hit in project.terms.hits(row.unit.source, row.path):
        names = _names(hit, row.locale)
        if names:
            yield Term(hit.start, hit.end, hit.text, names)


def _names(hit: TermHit, locale: Locale) -> tuple[str, ...]:
    target = hit.concept.target(locale)
    return target.allowed if target else ()


def _places(project: Project, locale: Locale, path: str) -> Mapping[Key, Around]:
    """Where the segments of an article stand, each by the first of its places."""
    document = project.documents.get(path)
    if document is None:
        return {}
    catalog = project.attempt(lambda: project.catalog(locale, path))
    targets = {unit.key: unit.target for unit in catalog.current} if catalog else {}
    return _around(document, targets)


def _around(document: Document, targets: Mapping[Key, str]) -> dict[Key, Around]:
    segments = [one for one in document.segments if one.kind not in _PLACELESS]
    texts = [_plain(targets.get(one.key) or one.source) for one in segments]
    found: dict[Key, Around] = {}
    heading = ""
    for at, segment in enumerate(segments):
        before = texts[at - 1] if at else ""
        after = texts[at + 1] if at + 1 < len(texts) else ""
        above = before == heading  # a text right below its heading
        around = Around(segment.kind.value, heading, "" if above else before, after)
        found.setdefault(segment.key, around)
        if segment.kind in _HEADINGS:
            heading = texts[at]
    return found


def _plain(text: str) -> str:
    said = shown(text).replace(THING, "…").strip()
    return said if len(said) <= _NEAR else f"{said[:_NEAR]}…"
