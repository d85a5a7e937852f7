"""polyhelp assemble."""

from __future__ import annotations

import click

from polyhelp.cli import options
from polyhelp.cli.output import finish
from polyhelp.workflow.build import assemble


@click.command()
@options.common(locales=False)
@options.draft
@click.option("--strict", is_flag=True, help="Stop when something of the site is not fit to be published.")
def command(common: options.Common, *, draft: bool, strict: bool) -> int:
    """Join the locales that `polyhelp build --locale` has built into site/.

    They lie in build/sites/, where other machines may have built them, from the same commit. Exit status 1 when the
    site is not fit to be published, as with `polyhelp build`.
    """
    project = common.project()
    faults = assemble(project, draft=draft, strict=strict)
    return finish(common, project, {"faults": faults}, [*faults, "site/ is built"], no=bool(faults))
