"""polyhelp serve."""

from __future__ import annotations

import datetime as dt
import os

import click

from polyhelp.cli import console, options
from polyhelp.site import mkdocs_builder


def _address(ctx: click.Context, parameter: click.Parameter, value: str) -> str:  # noqa: ARG001 (click's shape)
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise click.BadParameter(f"'{value}' is not an address such as 127.0.0.1:8000")
    return value


@click.command()
@options.common(locales=False, date=True)
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="IP:PORT",
    callback=_address,
    help="Where to listen.",
)
def command(common: options.Common, address: str) -> int:
    """Preview the site with live reload: an edit of an article, a catalog or the term base shows at once."""
    project = common.project()
    if common.day:  # MkDocs opens the help center itself, again with every change
        noon = dt.datetime.combine(common.day, dt.time(12), dt.UTC)
        os.environ["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
    console.tell(f"building, then serving on http://{address}/ (Ctrl-C stops)")
    mkdocs_builder.serve(project.root, address)
    return 0
