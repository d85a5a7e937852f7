"""What happens to the whole site once its pages are there: steps over their HTML, and files beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeGuard

from polyhelp.model import Locale
from polyhelp.site import (
    accessibility,
    alternates,
    anatomy,
    conform,
    feedback,
    home,
    not_found,
    palette,
    policy_headers,
    region_picker,
    sealing,
    search,
    search_index,
    seo,
    sitemap,
    steps,
)
from polyhelp.site.builder import Prepared
from polyhelp.site.notices import Notices
from polyhelp.site.sealing import Sealed
from polyhelp.site.structured import Structured
from polyhelp.workflow.about import about, outdated
from polyhelp.workflow.offers import BY_TAG, offers
from polyhelp.workflow.project import Project
from polyhelp.workflow.redirects import redirects


@dataclass(frozen=True, slots=True)
class Finishing:
    """Takes a built site, as a folder, through all steps: locale by locale, then what belongs to the whole.

    Made once the pages are staged: it notes mistakes. Processes that build locales get a copy.
    """

    site: steps.Site
    over_pages: tuple[steps.Step, ...]
    makers: tuple[steps.Maker, ...]

    @classmethod
    def of(cls, project: Project, prepared: Prepared) -> Finishing:
        """For the tree of ``project`` that has just been staged, of which ``prepared`` is known."""
        rows = prepared.pages
        settings = project.settings
        site = steps.Site(
            settings.site_name,
            settings.site_url,
            settings.source,
            (settings.source, *settings.targets),
            rows,
            about(project, rows),
            prepared.words,
            offers(project, prepared),
        )
        makers: list[steps.Maker] = [sitemap.sitemap, redirects(project, rows)]
        if "robots.txt" not in project.discovery.assets:
            makers.append(sitemap.robots)
        over_pages = (
            alternates.apply,
            Notices(outdated(rows)),
            home.apply,
            anatomy.apply,
            feedback.apply,
            anatomy.contact,
            region_picker.apply,
            accessibility.apply,
            palette.apply,
            search.apply,
            seo.apply,
            Structured.of(site),
            conform.apply,
        )
        return cls(site, over_pages, tuple(makers))

    def pages(self, folder: Path, locale: Locale) -> None:
        """Take the pages of ``locale`` in ``folder``, a site or its part, through all steps, and index them."""
        steps.over(folder, self.site, locale, self.over_pages)
        not_found.write(folder, locale, self.site)
        search_index.write(folder, self.site, locale)
        search_index.remove_theme_search(folder)

    def seal(self, folder: Path) -> Sealed:
        """Give every page below ``folder`` its content policy, when no step changes it any more."""
        return sealing.seal(folder, sorted(folder.rglob("*.html")), self.site)

    def whole(self, folder: Path, parts: Iterable[Sealed]) -> tuple[str, ...]:
        """Write what belongs to no page, once all ``parts`` are in ``folder``; what makes the site unfit, in words.

        That is what would ask a third party for something, or run where the site's content policy forbids it.
        """
        made = steps.make(folder, self.site, self.makers)
        files = [file for file in sorted(folder.rglob("*")) if file.suffix.lower() != ".html"]
        own = sealing.seal(folder, [*files, *(file for file in made if file.suffix == ".html")], self.site)
        together = [*parts, own]
        policy_headers.write(folder, sealing.inline_of(together), self.site)
        return sealing.faults(together)

    def digest(self, locale: Locale) -> str:
        """A digest of all that the pages of ``locale`` are finished with, but for the manifest: it is no part of it."""
        site = self.site
        said = [
            (key, [value.get(tag) for tag in (site.source.tag, locale.tag)] if _is_by_tag(value, key) else value)
            for key, value in site.options.items()
        ]
        known = [(path, about) for (one, path), about in site.about.items() if one == locale]
        return sha256(repr((site.name, site.url, site.locales, said, known)).encode()).hexdigest()


def _is_by_tag(value: object, key: str) -> TypeGuard[Mapping[str, object]]:
    return key in BY_TAG and isinstance(value, Mapping)
