"""polyhelp build."""

from __future__ import annotations

from collections.abc import Sequence

import click

from polyhelp.cli import options, render
from polyhelp.cli.output import finish
from polyhelp.model import Locale
from polyhelp.workflow.build import BuildResult, Manner, build, build_parts
from polyhelp.workflow.project import Project


@click.command()
@options.common(date=True)
@options.draft
@click.option(
    "--strict",
    is_flag=True,
    help="Stop at anything that MkDocs warns about, such as a broken link, and at an unfit site.",
)
@click.option("--fresh", is_flag=True, help="Build every locale, also where nothing has changed.")
def command(common: options.Common, *, draft: bool, strict: bool, fresh: bool) -> int:
    """Render all locales, then build the site into site/.

    Every locale is built in a process of its own, and only where what it is made from has changed.

    Exit status 1 when the site is not fit to be published: a page asks another host for something, or runs a script
    that browsers refuse here. The site is built all the same; with --strict, the one before stays.

    With --locale, only those are built, each into build/sites/TAG/, and site/ stays as it is: on several machines,
    build one locale on each, bring the folders together, and join them with `polyhelp assemble`.
    """
    project = common.project()
    manner = Manner(draft, strict, fresh, chosen(project, common.locales))
    result = build_parts(project, manner) if common.locales else build(project, manner)
    ready = "site/ is built" if not common.locales else "join all locales with: polyhelp assemble"
    return finish(common, project, data(result), [*lines(result)[:-1], ready], no=bool(result.faults))


def chosen(project: Project, tags: Sequence[str]) -> tuple[Locale, ...]:
    """The locales called ``tags``, the source's among them. Raises UsageError for an unknown one."""
    source = project.settings.source
    others = [tag for tag in tags if tag.lower() != source.tag.lower()]
    named = (source,) if len(others) < len(tags) else ()
    return (*named, *(project.select(others) if others else ()))


def data(result: BuildResult) -> dict[str, object]:
    """The result for scripts."""
    return {
        **render.data(result.rendered),
        "built": [one.tag for one in result.built],
        "warnings": result.warnings,
        "faults": result.faults,
    }


def lines(result: BuildResult) -> list[str]:
    """The result for people."""
    warnings = [f"MkDocs: {warning}" for warning in result.warnings]
    built = f"built anew: {', '.join(map(str, result.built)) or 'nothing'}"
    return [*warnings, *result.faults, *render.lines(result.rendered), built, "site/ is built"]
