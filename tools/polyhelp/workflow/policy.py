"""One policy as one region sees it."""

from __future__ import annotations

from polyhelp import content
from polyhelp.errors import UsageError
from polyhelp.model import Locale
from polyhelp.text.similarity import closest
from polyhelp.workflow.project import POLICIES, Project
from polyhelp.workflow.render import region_page


def show(project: Project, region: str, policy: str, locale: Locale | None = None) -> str:
    """The policy ``policy`` (``returns``) for ``region`` (``DE``) in ``locale``, in Markdown.

    Every target of the locale is used, accepted or not: this is what a reviewer needs to see. Raises UsageError for
    an unknown region or policy, RegionError when the page cannot be rendered.
    """
    path = f"{POLICIES}{policy.removesuffix('.md')}.md"
    policies = sorted(name for name in project.documents if name.startswith(POLICIES))
    if path not in project.documents:
        raise UsageError(f"there is no policy '{policy}'", hint=f"there are: {', '.join(policies) or 'none'}")
    if region.upper() not in project.regions:
        near = closest(region.upper(), project.regions)
        known = ", ".join(project.regions) or "none"
        raise UsageError(
            f"there is no region '{region}'", hint=f"did you mean '{near}'?" if near else f"there are: {known}"
        )
    document = project.documents[path]
    spoken = locale or project.settings.source
    targets = {}
    if spoken != project.settings.source:
        targets = {unit.key: unit.target for unit in project.catalog(spoken, path).current if unit.target}
    text = content.render(document, targets)
    return region_page(project, text, path, project.regions[region.upper()], spoken)
