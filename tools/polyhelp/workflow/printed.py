"""A target as customers of a region read it: with the region's values in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from polyhelp.errors import RegionError
from polyhelp.model import Locale, Region
from polyhelp.regions import Formats, region_values, spelled
from polyhelp.regions import render as render_template
from polyhelp.regions.sandbox import Section
from polyhelp.review.report import Print
from polyhelp.text.plural import Plural
from polyhelp.workflow.project import Project
from polyhelp.workflow.region_pages import hours_of
from polyhelp.workflow.serving import per_region, served

MOST = 3
"""Different texts that are shown of one target: enough to see how the words around a value bear it."""
TRIED = 12
"""Regions that are asked for them."""


@dataclass(slots=True)
class Printer:
    """Prints targets of ``locale``; what it knows of a region's page is kept for the next one."""

    project: Project
    locale: Locale
    _known: dict[tuple[str, str], tuple[Section, Formats]] = field(default_factory=dict)

    def prints(self, path: str, target: str) -> tuple[Print, ...]:
        """The different texts that regions make of ``target``, a text of the article ``path``, and which ones do.

        There are none of a text that reads no region data, of one with plural forms, and of one that means something
        only inside its page, such as the variable of a loop.
        """
        reads = "{{" in target or "{%" in target
        if not reads or path not in per_region(self.project) or Plural.parse(target) is not None:
            return ()
        found: dict[str, list[str]] = {}
        try:
            for region in self._regions():
                text = self._printed(path, target, region)
                if text in found or len(found) < MOST:
                    found.setdefault(text, []).append(region.code)
        except RegionError:
            return ()
        return tuple(Print(tuple(codes), text) for text, codes in found.items())

    def _regions(self) -> Iterator[Region]:
        project = self.project
        here = (one for one in project.regions.values() if served(project, one, self.locale) == self.locale)
        yield from (region for _, region in zip(range(TRIED), here, strict=False))

    def _printed(self, path: str, target: str, region: Region) -> str:
        key = path, region.code
        if key not in self._known:
            formats = Formats(self.locale, region.code, source=self.project.settings.source)
            hours = {"hours": hours_of(self.project, region, formats, path)}
            self._known[key] = region_values(region, formats, hours), formats
        values, formats = self._known[key]
        text = render_template(target, self.project.shown(self.project.content / path), values, formats)
        return spelled(text, self.locale, region.code)
