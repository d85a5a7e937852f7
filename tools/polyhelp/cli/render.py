"""polyhelp render."""

from __future__ import annotations

import click

from polyhelp.cli import options
from polyhelp.cli.output import finish
from polyhelp.text.words import count
from polyhelp.workflow.staging import RenderResult, render


@click.command()
@options.common(locales=False, date=True)
@options.draft
def command(common: options.Common, *, draft: bool) -> int:
    """Write every page of every locale to build/docs/: the articles with their translations, the policies per region.

    A page that may not be shown in a locale yet stands there in the source language, and says so when it is built.
    """
    project = common.project()
    result = render(project, draft=draft)
    return finish(common, project, data(result), lines(result))


def data(result: RenderResult) -> dict[str, object]:
    """The result for scripts."""
    return {
        "pages": len(result.pages),
        "written": result.written,
        "originals": sum(page.original or page.waiting for page in result.pages),
        "machine": sum(page.machine for page in result.pages),
    }


def lines(result: RenderResult) -> list[str]:
    """The result for people."""
    originals = sum(page.original or page.waiting for page in result.pages)
    staged = f"{count(len(result.pages), 'page')} staged, {count(result.written, 'file')} written"
    return [f"{staged}; {originals} show the source text with a notice"]
