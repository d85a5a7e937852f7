"""polyhelp policy show."""

from __future__ import annotations

import click

from polyhelp.cli import options
from polyhelp.cli.output import finish
from polyhelp.cli.policy_check import command as check
from polyhelp.cli.policy_diff import command as diff
from polyhelp.cli.policy_law import command as law
from polyhelp.workflow.policy import show


@click.group()
def command() -> None:
    """Policies by region: seen as one region sees them, held against the law, compared with earlier ones."""


for one in (check, diff, law):
    command.add_command(one)


@command.command("show")
@options.common(date=True)
@click.argument("region")
@click.argument("policy")
def show_(common: options.Common, region: str, policy: str) -> int:
    """Print POLICY (such as returns) as REGION (such as DE) sees it, as Markdown.

    In the source language, or in --locale with every translation it has, reviewed or not.
    """
    project = common.project()
    targets = project.select(common.locales) if common.locales else ()
    texts = [show(project, region, policy, locale) for locale in targets or (None,)]
    return finish(common, project, {"region": region.upper(), "policy": policy, "text": texts}, texts)
