"""What a site generator needs to know of the help center, so that it need not open it."""

from __future__ import annotations

from polyhelp.site import locale_map, pages, stage
from polyhelp.site.builder import Prepared
from polyhelp.workflow.hours import duty
from polyhelp.workflow.project import Project
from polyhelp.workflow.render import interface, nav_titles
from polyhelp.workflow.staging import MANIFEST


def prepare(project: Project) -> Prepared:
    """What is known of the tree that has just been staged; the templates that the theme lacks are staged beside it."""
    locales = (project.settings.source, *project.settings.targets)
    words = {locale: interface(project, locale) for locale in locales}
    entries = locale_map.build(project.settings.source, locales, project.settings.names)
    stage.write(project.root, locale_map.STAGED, locale_map.partials(entries.values(), words))
    return Prepared(
        project.settings.source,
        pages.load(project.root / MANIFEST),
        words,
        {locale: nav_titles(project, locale) for locale in locales},
        duty(project),
        (project.content, project.root / "locales", project.root / "glossary"),
    )
