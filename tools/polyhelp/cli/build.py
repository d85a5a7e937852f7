"""polyhelp build."""

from __future__ import annotations

import click

from polyhelp.cli import options, render
from polyhelp.cli.output import finish
from polyhelp.workflow.build import BuildResult, build


@click.command()
@options.common(locales=False, date=True)
@options.draft
@click.option("--strict", is_flag=True, help="Stop at anything that MkDocs warns about, such as a broken link.")
def command(common: options.Common, *, draft: bool, strict: bool) -> int:
    """Render all locales, then build the site into site/."""
    project = common.project()
    result = build(project, draft=draft, strict=strict)
    return finish(common, project, data(result), lines(result))


def data(result: BuildResult) -> dict[str, object]:
    """The result for scripts."""
    return {**render.data(result.rendered), "warnings": result.warnings}


def lines(result: BuildResult) -> list[str]:
    """The result for people."""
    return [*(f"MkDocs: {warning}" for warning in result.warnings), *render.lines(result.rendered), "site/ is built"]
