"""Which pages every region has one of, and in which locales a region's pages are read."""

from __future__ import annotations

from polyhelp.model import Locale, Region
from polyhelp.workflow.project import Project


def per_region(project: Project) -> frozenset[str]:
    """The pages that every region has one of: those that read region data, but not of all regions at once."""
    return frozenset(
        path
        for path, fields in project.templates.items()
        if not any(name.partition(".")[0] == "regions" for name in fields)
    )


def served(project: Project, region: Region, locale: Locale) -> Locale:
    """The locale in which readers of ``locale`` see the pages of ``region``.

    It is their own where the region serves it or names no languages; else the first that the region serves of those
    that ``locale`` falls back on, of the source locale, and of all others in the region's own order.
    """
    settings = project.settings
    tags = region.at("languages")
    if not isinstance(tags, tuple):
        return locale
    known = (settings.source, *settings.targets)
    named = [Locale(str(tag)) for tag in tags]
    own = [one for tag in named for one in known if tag in one.lineage]
    order = (locale, *settings.fallback.get(locale, ()), settings.source, *own)
    return next((one for one in order if one in own), locale)
