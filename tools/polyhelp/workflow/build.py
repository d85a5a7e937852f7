"""Staged tree -> ``site/``."""

from __future__ import annotations

from dataclasses import dataclass

from polyhelp.site import builder
from polyhelp.workflow.project import Project
from polyhelp.workflow.render import RenderResult, render


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was staged, and what MkDocs warned about."""

    rendered: RenderResult
    warnings: tuple[str, ...]


def build(project: Project, *, draft: bool = False, strict: bool = False) -> BuildResult:
    """Render all locales and build the site. ``strict`` makes MkDocs' warnings stop the build."""
    rendered = render(project, draft=draft)
    return BuildResult(rendered, builder.build(project.root, project, strict=strict))
