"""What the configuration, the term base and the regions say for the steps over built pages, as they read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256

from polyhelp.checks.han import wrong_forms
from polyhelp.model import Locale
from polyhelp.regions import Formats
from polyhelp.site.builder import Prepared
from polyhelp.site.pages import Page
from polyhelp.site.region_paths import regions_of
from polyhelp.site.search_words import Known
from polyhelp.workflow.project import Project
from polyhelp.workflow.staging import STAGED

_ISOLATES = "\u2066\u2067\u2068\u2069"

BY_TAG = ("regions", "revisions", "search")
"""The options that have a value for each locale, by its tag."""
Pages = Mapping[tuple[Locale, str], Page]


def offers(project: Project, prepared: Prepared) -> Mapping[str, object]:
    """``Site.options`` for the pages of ``prepared``, which have been staged.

    They are the ``site`` block of the configuration by key, ``site_description``, ``names`` of locales, ``duty``, and
    by tag ``regions`` (names by code), ``revisions`` (by path) and ``search``.
    """
    settings, pages = project.settings, prepared.pages
    locales = (settings.source, *settings.targets)
    codes = regions_of(pages.values())
    regions = {one.tag: {code: _name(Formats(one).region_name(code)) for code in codes} for one in locales}
    said = {one.tag: _known(project, one, regions[one.tag]) for one in locales}
    return {
        **asdict(settings.site),
        "site_description": settings.site_description,
        "names": settings.names,
        "duty": prepared.duty,
        "regions": regions if codes else {},
        "revisions": {one.tag: dict(_revisions(project, one, pages)) for one in locales}
        if settings.site.feedback
        else {},
        "search": said,
    }


def _known(project: Project, locale: Locale, regions: Mapping[str, str]) -> Known:
    site = project.settings.site
    return Known(tuple(_names(project, locale)), wrong_forms(locale), regions, site.popular, site.contact)


def _names(project: Project, locale: Locale) -> Iterator[tuple[str, ...]]:
    """For each concept its names in ``locale``, the preferred one first, then the source language's.

    Those that the house avoids are among them, because customers type them; search never shows them.
    """
    for concept in project.terms.concepts:
        target = concept.target(locale)
        said = (*target.allowed, *target.deprecated, *target.forbidden) if target else ()
        source = (concept.source, *concept.variants)
        known = (*source, *said) if locale == project.settings.source else (*said, concept.source) if said else ()
        names = tuple(dict.fromkeys(known))
        if len(names) > 1:
            yield names


def _revisions(project: Project, locale: Locale, pages: Pages) -> Iterator[tuple[str, str]]:
    """What each page of ``locale`` shows, as digests by path; for the source locale what its article says."""
    for path in (path for one, path in pages if one == locale):
        file = project.root / STAGED / locale.tag / path
        article = project.content / path
        if locale == project.settings.source and article.is_file():
            file = article
        yield path, sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""


def _name(text: object) -> str:
    return str(text).strip(_ISOLATES)
