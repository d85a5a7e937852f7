"""The pages that tell customers what has changed: one per region and locale, and the choice of regions.

A help center has them as soon as it keeps the log ``_changes.yml``. What comes is told from the dated values alone,
what has been from the log and from the dated values that began to hold in the last year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from polyhelp.model import Locale, Region, Unit
from polyhelp.regions.changelog.differences import Change, upcoming
from polyhelp.regions.changelog.telling import Telling, for_customers
from polyhelp.regions.changelog.told import Told, history
from polyhelp.regions.place import Page as Writing
from polyhelp.site import chooser
from polyhelp.site.pages import Page
from polyhelp.workflow.changes import PATH, has_pages, telling, told, words
from polyhelp.workflow.project import Project
from polyhelp.workflow.region_pages import region_path, way_to_region
from polyhelp.workflow.serving import served

_RECENT = dt.timedelta(days=365)

Made = tuple[str, str, Page]
"""Path, Markdown, row of the manifest."""


def changes_book(project: Project) -> Book | None:
    """What makes the pages; None where there are to be none. A mistake in the log is a noted problem."""
    log = project.attempt(lambda: told(project)) if has_pages(project) else None
    return None if log is None else Book(project, log)


@dataclass(frozen=True, slots=True)
class Book:
    """The pages of all locales, made from the log."""

    project: Project
    log: Sequence[Told]
    _units: dict[Locale, Mapping[str, Unit]] = field(default_factory=dict)

    def pages(self, locale: Locale, invitation: str) -> list[Made]:
        """The pages in ``locale``: one for each region that it serves, and the choice, which says ``invitation``.

        A page that cannot be told is a noted problem.
        """
        made: list[Made] = []
        links: list[tuple[str, str]] = []
        for region in self.project.regions.values():
            language = served(self.project, region, locale)
            if language == locale:
                page = self.project.attempt(lambda region=region: self._page(locale, region))  # type: ignore[misc]
                if page is None:
                    continue
                made.append(page)
            links.append(way_to_region(self.project, Page(locale.tag, PATH, PATH), region, language))
        teller = self._teller(locale)
        text = chooser.chooser(teller.word("title"), invitation, sorted(links))
        return [*made, (PATH, text, self._row(locale, PATH, teller))]

    def _page(self, locale: Locale, region: Region) -> Made:
        """What has changed in one region. Raises RegionError."""
        teller = self._teller(locale, region.code)
        path = region_path(PATH, region)
        return path, _markdown(teller, region, self.log, self.project.day), self._row(locale, path, teller)

    def _teller(self, language: Locale, region: str = "") -> Telling:
        if language not in self._units:
            self._units[language] = words(self.project, language)
        return telling(self._units[language], language, region)

    def _row(self, language: Locale, path: str, teller: Telling) -> Page:
        """The manifest's row; it says whether words of the page are a machine's, or still in English."""
        if language == self.project.settings.source:
            return Page(language.tag, path, PATH)
        units = self._units[language]
        machine = any(units[name].fuzzy for name in teller.used if name in units)
        return Page(language.tag, path, PATH, machine=machine, partial=not teller.used <= units.keys())


def _markdown(teller: Telling, region: Region, log: Iterable[Told], day: dt.date) -> str:
    coming = sorted(filter(for_customers, upcoming({region.code: region}, day)), key=_since)
    known = [one for one in log if one.change.region == region.code]
    past = [one for one in history(known, region, day - _RECENT, day) if for_customers(one.change)]
    page = Writing(str)  # what must not turn its surroundings around is fenced off already
    name = str(teller.formats.region_name(region.code))
    page.write("# ")
    page.write(page.escaped(f"{teller.word('title')}: {name}"))
    page.write("\n\n")
    if coming:
        page.write(f"## {page.escaped(teller.word('upcoming'))} {{ #coming }}\n\n")
        _days(page, teller, [(_since(step), step) for step in coming], "###")
    _days(page, teller, [(one.day, one.change) for one in past], "##")
    if not coming and not past:
        page.write(f"{page.escaped(teller.word('nothing'))}\n")
    return page.text


def _days(page: Writing, teller: Telling, changes: Iterable[tuple[dt.date, Change]], level: str) -> None:
    """The changes, already in order, under a heading for each day."""
    last: dt.date | None = None
    for day, change in changes:
        if day != last:
            gap = "\n" if last else ""
            page.write(f"{gap}{level} ")
            page.write(page.escaped(str(teller.formats.date(day))))
            page.write(f" {{ #from-{day.isoformat()} }}\n\n")
            last = day
        page.write("- ")
        page.write(page.escaped(teller.line(change)))
        page.write("\n")
    if last:
        page.write("\n")


def _since(change: Change) -> dt.date:
    return change.since or dt.date.min
