"""Catalogs -> the tree of a locale: every page as Markdown, ready for the site generator."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from polyhelp import content
from polyhelp.errors import InputError, Place, RegionError
from polyhelp.locales.layout import SITE
from polyhelp.model import Document, Locale, Region
from polyhelp.regions import Formats, overview_values
from polyhelp.regions import render as render_template
from polyhelp.site import chooser, words
from polyhelp.site.pages import Page
from polyhelp.workflow.broken_target import of_target
from polyhelp.workflow.changes_page import changes_book
from polyhelp.workflow.gate import Showing
from polyhelp.workflow.glossary_page import glossary_pages
from polyhelp.workflow.project import Project
from polyhelp.workflow.region_pages import region_page, region_path, region_paths, respelled, way_to_region
from polyhelp.workflow.serving import per_region, served
from polyhelp.workflow.shown import shown, site_units


@dataclass(frozen=True, slots=True)
class Tree:
    """The staged tree of one locale: files by path, as content or as what to copy, and the rows of its pages."""

    files: dict[str, bytes | Path]
    pages: list[Page]


@dataclass(frozen=True, slots=True)
class _Rendering:
    """One article in one locale, about to be written."""

    locale: Locale
    document: Document
    shown: Showing
    custom: content.Custom
    draft: bool = False

    def markdown(self, *, pinned: bool) -> str:
        """The page with its targets in place, its template tags still unresolved."""
        custom = content.SOURCE if self.shown.original else self.custom
        return content.render(self.document, self.shown.targets, custom, pinned=pinned)

    def spoken(self, source: Locale) -> Locale:
        """The locale that the page speaks, whose conventions it keeps."""
        return source if self.shown.original else self.shown.borrowed or self.locale

    def page(self, path: str) -> Page:
        """The manifest's row for this article at ``path``."""
        see = self.shown
        borrowed = see.borrowed.tag if see.borrowed else ""
        about = (self.locale.tag, path, self.document.path)
        return Page(*about, see.original, see.waiting, see.machine, see.partial, borrowed, see.outdated)


def locale_tree(project: Project, locale: Locale, *, draft: bool = False) -> Tree:
    """All pages and assets of one locale; with ``draft``, with every target that there is."""
    tree = Tree({}, [])
    book = changes_book(project)
    made = glossary_pages(project, locale, word(project, "glossary", locale))
    told = book.pages(locale, word(project, "choose_region", locale)) if book else ()
    for path, text, page in (*_locale_pages(project, locale, draft=draft), *made, *told):
        tree.files[path] = text.encode("utf-8", "surrogateescape")
        tree.pages.append(page)
    own = content.localized_assets(project.discovery.assets, project.settings.targets)
    if locale == project.settings.source:
        common = set(project.discovery.assets) - set(own.values())
        tree.files.update({asset: project.content / asset for asset in common})
    tree.files.update({path: project.content / asset for (one, path), asset in own.items() if one == locale})
    return tree


def _locale_pages(project: Project, locale: Locale, *, draft: bool) -> Iterator[tuple[str, str, Page]]:
    custom = content.Custom(default_titles(project, locale), content.Addresses(project.settings.links_in(locale)))
    for path, document in project.documents.items():
        if path == SITE:
            continue
        rendering = _Rendering(locale, document, shown(project, locale, document, draft=draft), custom, draft)
        try:
            yield from _article_pages(project, rendering)
        except InputError as error:
            project.note(error)


def _article_pages(project: Project, rendering: _Rendering) -> Iterator[tuple[str, str, Page]]:
    path = rendering.document.path
    if path not in project.templates:
        yield path, _text(project, rendering), rendering.page(path)
        return
    if path not in per_region(project):
        yield _overview_page(project, rendering)
        return
    text = _text(project, rendering)
    links: list[tuple[str, str]] = []
    mistakes: dict[Place | None, RegionError] = {}
    for region in project.regions.values():
        language = served(project, region, rendering.locale)
        try:
            if language == rendering.locale:
                yield _region_page(project, rendering, text, region)
        except RegionError as error:
            mistakes.setdefault(error.place, error)  # one line can be wrong for many regions: told once
            if rendering.shown.original or (page := _in_source(project, rendering, region)) is None:
                continue
            mistakes[error.place] = of_target(project, rendering.shown, _catalog_of(project, rendering), error)
            yield page
        links.append(way_to_region(project, rendering.page(path), region, language))
    for mistake in mistakes.values():
        project.note(mistake)
    yield _chooser(project, rendering, sorted(links))


def _in_source(project: Project, rendering: _Rendering, region: Region) -> tuple[str, str, Page] | None:
    """The page with the source text, where a translation cannot be rendered; None when that cannot be, either."""
    original = replace(rendering, shown=Showing(original=True))
    try:
        return _region_page(project, original, _text(project, original), region)
    except RegionError:
        return None


def _catalog_of(project: Project, rendering: _Rendering) -> Path:
    return project.catalog_file(rendering.spoken(project.settings.source), rendering.document.path)


def _overview_page(project: Project, rendering: _Rendering) -> tuple[str, str, Page]:
    """A page for all regions. Raises RegionError when it cannot be rendered with the source text, either."""
    path = rendering.document.path
    try:
        return path, _overview(project, rendering), rendering.page(path)
    except RegionError as error:
        original = replace(rendering, shown=Showing(original=True))
        made = path, _overview(project, original), original.page(path)
        project.note(of_target(project, rendering.shown, _catalog_of(project, rendering), error))
        return made


def _overview(project: Project, rendering: _Rendering) -> str:
    """A page for all regions, whose links lead into other locales where a region does not serve the page's own."""
    path, source = rendering.document.path, project.settings.source
    formats = Formats(rendering.spoken(source), source=source)
    values = overview_values(project.regions.values(), formats)
    text = render_template(_text(project, rendering), project.shown(project.content / path), values, formats)
    here = rendering.page(path)
    elsewhere = {
        target: here.way_to(Page(language.tag, target, article), source)
        for region in project.regions.values()
        if (language := served(project, region, rendering.locale)) != rendering.locale
        for article, target in region_paths(project, region).items()
    }
    return content.relinked(text, path, elsewhere)


def _region_page(project: Project, rendering: _Rendering, text: str, region: Region) -> tuple[str, str, Page]:
    """A page, whose template is ``text``, as one region sees it. Raises RegionError."""
    path = rendering.document.path
    target = region_path(path, region)
    spoken = rendering.spoken(project.settings.source)
    showing = respelled(rendering.shown, spoken, region)
    if showing is not rendering.shown:
        text = _text(project, replace(rendering, shown=showing))
    page = region_page(project, text, path, region, spoken)
    return target, content.moved(page, path, target, region_paths(project, region)), rendering.page(target)


def _text(project: Project, rendering: _Rendering) -> str:
    """The page with its targets and the articles that it takes in, its template tags still unresolved."""
    path = rendering.document.path
    text = rendering.markdown(pinned=path in project.templates)
    if rendering.locale == project.settings.source or rendering.shown.original:
        return text
    return _with_parts(project, rendering, text, (path,))


def _with_parts(project: Project, rendering: _Rendering, text: str, above: tuple[str, ...]) -> str:
    """``text`` with the articles that it takes in, as they read in its locale; ``above`` take it in."""

    def load(name: str) -> str | None:
        path = project.article(name)
        if not path or path in above:
            return None
        document = project.documents[path]
        part = replace(
            rendering, document=document, shown=shown(project, rendering.locale, document, draft=rendering.draft)
        )
        body = content.without_front_matter(part.markdown(pinned=False))
        return _with_parts(project, rendering, body, (*above, path))

    return content.expanded(text, load)


def _source(document: Document) -> str:
    return content.render(document, {})


def _chooser(project: Project, rendering: _Rendering, links: Sequence[tuple[str, str]]) -> tuple[str, str, Page]:
    """The page at the policy's own address. It states no rule, so it always speaks the reader's language."""
    locale, path = rendering.locale, rendering.document.path
    label = _label(project, rendering)
    text = chooser.chooser(label.text, word(project, "choose_region", locale), links)
    return path, text, Page(locale.tag, path, path, original=label.original, machine=label.machine)


@dataclass(frozen=True, slots=True)
class _Label:
    """What a policy is called without its region, and where the words come from."""

    text: str
    original: bool = False
    machine: bool = False


def _label(project: Project, rendering: _Rendering) -> _Label:
    """``label`` in the policy's front matter, else made from its file name."""
    path = rendering.document.path
    label = str(content.metadata(_source(rendering.document)).get("label") or "")
    if not label:
        return _Label(posixpath.basename(path).removesuffix(".md").replace("-", " ").capitalize(), original=True)
    if rendering.locale == project.settings.source:
        return _Label(label)
    catalog = project.attempt(lambda: project.catalog(rendering.locale, path))
    for unit in catalog.current if catalog else ():
        if unit.source == label and unit.target and not unit.previous:
            return _Label(unit.target, machine=unit.fuzzy)
    return _Label(label, original=True)


def word(project: Project, name: str, locale: Locale) -> str:
    """An interface word: polyhelp's own, else the locale's catalog, else English."""
    own = words.own(name, locale)
    if own or locale == project.settings.source:
        return own or words.english(name)
    found = (unit.target for unit in site_units(project, locale) if unit.context == f"polyhelp {name}")
    return next(found, words.english(name))


def interface(project: Project, locale: Locale) -> Mapping[str, str]:
    """All interface words in a locale."""
    return {name: word(project, name, locale) for name in words.names()}


def default_titles(project: Project, locale: Locale) -> Mapping[str, str]:
    """The titles of admonitions that have none but their type, by type; none in the source language."""
    if locale == project.settings.source:
        return {}
    said = {unit.context: unit.target for unit in site_units(project, locale)}
    types = frozenset().union(*(document.default_titles for document in project.documents.values()))
    titles = {name: content.default_title(name, locale) or said.get(f"title {name}", "") for name in types}
    return {name: title for name, title in titles.items() if title}


def nav_titles(project: Project, locale: Locale) -> dict[str, str]:
    """The navigation's titles in a locale, as far as its catalog has them."""
    return {unit.source: unit.target for unit in site_units(project, locale) if not unit.context}
