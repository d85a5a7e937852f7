"""Pages that every region has one of: the policies, and the articles that say ``regional: true``.

Each is rendered in the conventions of its region, in the locales that the region serves. Elsewhere links lead to the
page in a language that the region does serve.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace

from polyhelp.model import Key, Locale, Region
from polyhelp.regions import Formats, hours_values, region_values, spelled
from polyhelp.regions import render as render_template
from polyhelp.site import region_paths as paths
from polyhelp.site.pages import Page
from polyhelp.text.inline import tokenize
from polyhelp.workflow.changes import PATH, has_pages
from polyhelp.workflow.gate import Showing
from polyhelp.workflow.project import Project
from polyhelp.workflow.serving import per_region


def region_path(path: str, region: Region) -> str:
    """Where a page of a region is staged: ``policies/de/returns.md``."""
    return paths.region_path(path, region.code)


def region_paths(project: Project, region: Region) -> Mapping[str, str]:
    """Where the pages of a region are staged, by the paths of their articles."""
    changes = (PATH,) if has_pages(project) else ()
    return {path: region_path(path, region) for path in (*per_region(project), *changes)}


def way_to_region(project: Project, here: Page, region: Region, language: Locale) -> tuple[str, str]:
    """A region's name, and the link from the choice of regions ``here`` to its page in ``language``.

    The name comes with the language where that is another than the reader's.
    """
    formats, target = Formats(Locale(here.locale)), region_path(here.path, region)
    name = str(formats.region_name(region.code))
    if language.tag == here.locale:
        return name, posixpath.relpath(target, posixpath.dirname(here.path))
    there = Page(language.tag, target, here.article)
    return f"{name} ({formats.language_name(language.tag)})", here.way_to(there, project.settings.source)


def region_page(project: Project, text: str, path: str, region: Region, locale: Locale) -> str:
    """A page as one region sees it, in Markdown. Raises RegionError, naming the template's line."""
    formats = Formats(locale, region.code, source=project.settings.source)
    values = region_values(region, formats, {"hours": hours_of(project, region, formats, path)})
    return render_template(text, project.shown(project.content / path), values, formats)


def hours_of(project: Project, region: Region, formats: Formats, path: str) -> Mapping[str, object]:
    """The support hours of a region; nothing for a page that reads none of them, because they take time."""
    if not any(field.partition(".")[0] in {"hours", "*"} for field in project.templates.get(path, ())):
        return {}
    return hours_values(region, project.teams, project.day, formats)


def respelled(showing: Showing, locale: Locale, region: Region) -> Showing:
    """``showing`` as ``region`` spells the language of ``locale``; the same one where it spells as everybody does."""
    targets: dict[Key, str] = {}
    for key, target in showing.targets.items():
        if (spelled(target, locale, region.code)) != target:
            tokens = tokenize(target)
            targets[key] = "".join(
                spelled(one, locale, region.code) if isinstance(one, str) else one.text for one in tokens
            )
    return replace(showing, targets={**showing.targets, **targets}) if targets else showing
