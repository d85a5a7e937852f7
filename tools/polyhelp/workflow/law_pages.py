"""What customers of a region read: its policies in every locale that it serves, and the articles that all share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from polyhelp import content
from polyhelp.errors import RegionError
from polyhelp.locales.layout import SITE
from polyhelp.model import Document, Locale, Region
from polyhelp.regions.law import Page, suspicious
from polyhelp.workflow.gate import Showing
from polyhelp.workflow.project import Project
from polyhelp.workflow.region_pages import region_page, respelled
from polyhelp.workflow.serving import per_region, served
from polyhelp.workflow.shown import shown


@dataclass(slots=True)
class Pages:
    """The pages of regions. What does not depend on the region is worked out once."""

    project: Project
    showings: dict[tuple[Locale, str], Showing] = field(default_factory=dict)
    shared: tuple[Page, ...] = ()
    _last: tuple[Region, tuple[Page, ...]] | None = None

    def __post_init__(self) -> None:
        """Look at what all regions share."""
        self.shared = tuple(self._shared())

    @property
    def shared_paths(self) -> frozenset[str]:
        """Of the articles that are the same for all regions those worth a look, as the user knows them."""
        return frozenset(page.path for page in self.shared)

    def of(self, region: Region) -> tuple[Page, ...]:
        """All pages that customers of ``region`` can read. One that cannot be rendered is a noted problem."""
        if self._last is None or self._last[0] is not region:
            self._last = region, self._of(region)
        return self._last[1]

    def _of(self, region: Region) -> tuple[Page, ...]:
        locales = [locale for locale in self._locales() if served(self.project, region, locale) == locale]
        own = (self._own(region, locale, path) for locale in locales for path in sorted(per_region(self.project)))
        return (*(page for page in own if page), *self.shared)

    def _locales(self) -> tuple[Locale, ...]:
        settings = self.project.settings
        return (settings.source, *settings.targets)

    def _showing(self, locale: Locale, path: str) -> Showing:
        if (locale, path) not in self.showings:
            self.showings[locale, path] = shown(self.project, locale, self.project.documents[path])
        return self.showings[locale, path]

    def _own(self, region: Region, locale: Locale, path: str) -> Page | None:
        see = self._showing(locale, path)
        spoken = self.project.settings.source if see.original else see.borrowed or locale
        targets = respelled(see, spoken, region).targets
        text = content.without_front_matter(content.render(self.project.documents[path], targets))
        try:
            text = region_page(self.project, text, path, region, spoken)
        except RegionError as error:
            self.project.note(error)
            return None
        return Page(self._name(path), locale, text, see.original or see.borrowed is not None, see.partial)

    def _shared(self) -> Iterator[Page]:
        """The articles worth a look. What customers see of a translation takes time to find out: first all of it."""
        templates = self.project.templates
        for locale in self._locales():
            for path, document in self.project.documents.items():
                if path != SITE and path not in templates and self._suspicious(locale, document):
                    see = self._showing(locale, path)
                    text = content.render(document, see.targets)
                    yield Page(self._name(path), locale, text, see.original, see.partial, shared=True)

    def _suspicious(self, locale: Locale, document: Document) -> bool:
        source = self.project.settings.source
        targets = shown(self.project, locale, document, draft=True).targets
        texts = (content.render(document, {}), content.render(document, targets))
        pages = (Page(document.path, locale, text, partial=True) for text in texts)
        return any(suspicious(page, source) for page in pages)

    def _name(self, path: str) -> str:
        return self.project.shown(self.project.content / path)
