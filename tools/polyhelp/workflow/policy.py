"""One policy as one region sees it."""

from __future__ import annotations

from polyhelp import content
from polyhelp.errors import UsageError
from polyhelp.model import Locale
from polyhelp.text.similarity import instead
from polyhelp.workflow.project import POLICIES, Project
from polyhelp.workflow.region_pages import region_page
from polyhelp.workflow.serving import per_region


def show(project: Project, region: str, policy: str, locale: Locale | None = None) -> str:
    """The policy ``policy`` (``returns``) for ``region`` (``DE``) in ``locale``, in Markdown.

    ``policy`` may be the path of a regional article, too. Every target of the locale is used, accepted or
    not: this is what a reviewer needs to see. Raises UsageError for
    an unknown region or policy, RegionError when the page cannot be rendered.
    """
    names = {name.removeprefix(POLICIES).removesuffix(".md"): name for name in sorted(per_region(project))}
    path = names.get(policy.removeprefix(POLICIES).removesuffix(".md"), "")
    if not path:
        raise UsageError(f"there is no policy '{policy}' of regions", hint=instead(policy, names))
    if region.upper() not in project.regions:
        meant = "GB" if region.upper() == "UK" else region.upper()
        raise UsageError(f"there is no region '{region}'", hint=instead(meant, sorted(project.regions)))
    document = project.documents[path]
    spoken = locale or project.settings.source
    targets = {}
    if spoken != project.settings.source:
        targets = {unit.key: unit.target for unit in project.catalog(spoken, path).current if unit.target}
    text = content.render(document, targets)
    return region_page(project, text, path, project.regions[region.upper()], spoken)
