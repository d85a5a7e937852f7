"""polyhelp export."""

from __future__ import annotations

from pathlib import Path

import click

from polyhelp.cli import options
from polyhelp.cli.output import finish
from polyhelp.errors import UsageError
from polyhelp.text.words import count
from polyhelp.workflow.exchange import STATES, export, write


@click.command()
@options.common()
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only these; may be repeated.")
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The XLIFF file to write.",
)
@click.argument("paths", nargs=-1, metavar="[ARTICLE|FOLDER]...")
def command(common: options.Common, states: tuple[str, ...], out: Path, paths: tuple[str, ...]) -> int:
    """Write one locale's units to an XLIFF 2.1 file, for an agency or a translation tool.

    All units of all articles by default. `empty` units have no translation, `fuzzy` ones have one that needs a look,
    and `initial` means both. `polyhelp import` takes the file back.
    """
    project = common.project()
    targets = project.select(common.locales)
    if len(targets) != 1:
        raise UsageError("an XLIFF file holds one target locale", hint="say which: --locale TAG")
    (locale,) = targets
    exported = export(project, locale, states, paths)
    if exported.units:
        write(exported, out)
    data = {
        "file": str(out) if exported.units else None,
        "locale": locale.tag,
        "articles": exported.articles,
        "units": exported.units,
        "words": exported.words,
    }
    line = f"{out}: {count(exported.units, 'unit')} of {count(exported.articles, 'article')}, "
    line += count(exported.words, "source word")
    nothing = f"no unit of {locale} is asked for; nothing was written (polyhelp status counts them)"
    return finish(common, project, data, [line if exported.units else nothing], no=not exported.units)
