"""polyhelp locales."""

from __future__ import annotations

import click

from polyhelp.cli import options
from polyhelp.cli.output import finish
from polyhelp.workflow.touched import touched


@click.command()
@options.common(locales=False)
@click.option("--targets", is_flag=True, help="Without the source locale.")
@click.option(
    "--changed-since",
    "revision",
    default="",
    metavar="REV",
    help="Only those whose files are not as they were in this revision of git: main, HEAD~1, a tag.",
)
def command(common: options.Common, revision: str, *, targets: bool) -> int:
    """List the locales of the help center, each on a line of its own, the source locale first.

    Scripts use it to do something once for each: `polyhelp locales` on one machine, `polyhelp build --locale TAG` on
    others. --changed-since compares commits: articles and terms count for the source locale, catalogs for theirs.
    """
    project = common.project()
    settings = project.settings
    chosen = touched(project, revision) if revision else (settings.source, *settings.targets)
    tags = [locale.tag for locale in chosen if not (targets and locale == settings.source)]
    return finish(common, project, {"locales": tags}, tags)
