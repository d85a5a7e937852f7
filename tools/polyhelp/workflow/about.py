"""What is known of every page beyond the manifest, for the steps over built HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from polyhelp import git
from polyhelp.errors import GitError
from polyhelp.locales.layout import FOLDER, SITE, catalog_name
from polyhelp.model import Locale, Region
from polyhelp.site.pages import Page
from polyhelp.site.steps import About
from polyhelp.workflow.changes import PATH as CHANGES
from polyhelp.workflow.front import heading, said
from polyhelp.workflow.project import GLOSSARY, POLICIES, Project
from polyhelp.workflow.region_pages import region_path
from polyhelp.workflow.related import related
from polyhelp.workflow.render import nav_titles
from polyhelp.workflow.serving import per_region
from polyhelp.workflow.staging import STAGED

Pages = Mapping[tuple[Locale, str], Page]


def about(project: Project, pages: Pages) -> dict[tuple[Locale, str], About]:
    """What is known of ``pages``, which have been staged; in the navigation's order, what is not in it last.

    A name in ``related`` that is no article is a noted problem.
    """
    order = {path: place for place, path in enumerate(project.settings.sections)}
    regional = {page.article for page in pages.values() if page.path != page.article}
    made = {CHANGES} - project.documents.keys()
    knowing = _Knowing(
        project,
        pages,
        {region_path(article, region): region for article in regional for region in project.regions.values()},
        per_region(project) | made,
        related(project),
        _days(project),
        {locale: nav_titles(project, locale) for locale in project.settings.targets},
    )
    sorted_ = sorted(pages.items(), key=lambda one: (order.get(one[1].article, len(order)), one[1].path, one[1].locale))
    return {key: knowing.about(page) for key, page in sorted_}


def outdated(pages: Pages) -> dict[tuple[Locale, str], str]:
    """The pages of ``pages`` whose original has changed since they were translated.

    No page shows a translation of a source that is gone: what has changed stands in the source language until it is
    translated again, and the page is partial. Where customers are told of changes in a region's policies, the path of
    that page comes with it, else ``""``.
    """
    found = {}
    for (locale, path), page in pages.items():
        if page.outdated and page.own:
            log = path.rpartition("/")[0] + CHANGES.removeprefix(POLICIES.rstrip("/"))
            told = path.startswith(POLICIES) and path != page.article and (locale, log) in pages
            found[locale, path] = log if told else ""
    return found


def _days(project: Project) -> Mapping[str, str]:
    """When files last changed; nothing where git cannot tell."""
    try:
        return git.last_changes(project.root, (project.settings.content.as_posix(), FOLDER, GLOSSARY))
    except GitError:
        return {}


@dataclass(frozen=True, slots=True)
class _Knowing:
    """``regions`` are by the path of their pages, ``days`` by a file's path, ``titles`` by source title.

    ``choosers`` are the articles whose own address is there to choose a region on.
    """

    project: Project
    pages: Pages
    regions: Mapping[str, Region]
    choosers: frozenset[str]
    related: Mapping[str, tuple[str, ...]]
    days: Mapping[str, str]
    titles: Mapping[Locale, Mapping[str, str]]

    def about(self, page: Page) -> About:
        locale = Locale(page.locale)
        titles = self.titles.get(locale, {})
        text = self._staged(page)
        region = self._region(page)
        return About(
            title=said(text, "title") or heading(text),
            description=said(text, "description", "summary"),
            updated=max((self.days.get(file, "") for file in self._files(page, region)), default=""),
            section=tuple(titles.get(title, title) for title in self.project.settings.sections.get(page.article, ())),
            related=tuple(self._related(page, region)),
            region=region.code if region else "",
            kind=self._kind(page),
        )

    def _staged(self, page: Page) -> str:
        try:
            return (self.project.root / STAGED / page.locale / page.path).read_text(encoding="utf-8", errors="replace")
        except OSError:  # staged for another machine
            return ""

    def _region(self, page: Page) -> Region | None:
        return self.regions.get(page.path) if page.path != page.article else None

    def _related(self, page: Page, region: Region | None) -> Iterator[str]:
        """What goes with the page: on a page of a region the pages of that region, where there are any."""
        for path in self.related.get(page.article, ()):
            own = region_path(path, region) if region else path
            yield own if (Locale(page.locale), own) in self.pages else path

    def _kind(self, page: Page) -> str:
        if page.path == "index.md":
            return "home"
        if page.path == page.article and page.article in self.choosers:
            return "chooser"
        if page.article == self.project.settings.glossary_page:
            return "other"
        return "policy" if page.article.startswith(POLICIES) else "article"

    def _files(self, page: Page, region: Region | None) -> Iterator[str]:
        """The files whose changes are changes of the page, relative to the project."""
        folder = self.project.settings.content.as_posix()
        if page.article == self.project.settings.glossary_page:
            yield from (file for file in self.days if file.startswith(f"{GLOSSARY}/") and file.endswith(".yml"))
        elif page.article not in self.project.documents:
            yield f"{folder}/regions/_changes.yml"
        else:
            yield f"{folder}/{page.article}"
        language = page.language(self.project.settings.source)
        if language != self.project.settings.source:
            catalog = page.article if page.article in self.project.documents else SITE
            yield catalog_name(language.tag, catalog)
        yield from (f"{folder}/regions/{name}.yml" for name in (region.files if region else ()))
