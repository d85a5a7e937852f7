"""polyhelp init."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from polyhelp.cli import console
from polyhelp.errors import UsageError
from polyhelp.workflow.automation import BRANCH
from polyhelp.workflow.init import Center, Manner, automate, init, is_top

_JSON = click.option("--json", "json_", is_flag=True, help="For scripts: the files written.")
_WORKFLOWS = click.option(
    "--workflows/--no-workflows",
    "wanted",
    default=None,
    help="Write what GitHub runs: alone into a help center that is there, or not at all. A new one gets it too.",
)
_REQUIREMENT = click.option(
    "--requirement",
    default="",
    metavar="TEXT",
    help="What pip installs there; this version of polyhelp from PyPI by default.",
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", default="", help="What the help center is called; the folder's name by default.")
@click.option("--locale", "locales", multiple=True, metavar="TAG", help="A locale to translate into; may be repeated.")
@click.option("--engine", "engines", multiple=True, metavar="NAME", help="Who translates, best first; may be repeated.")
@_WORKFLOWS
@click.option("--branch", default=BRANCH, show_default=True, help="The branch that is published.")
@_REQUIREMENT
@_JSON
def command(folder: Path, name: str, *, wanted: bool | None, json_: bool, **how: Any) -> int:
    """Make a new help center in FOLDER: mkdocs.yml, a first article, and what GitHub runs for it.

    The workflows in .github/workflows/ check pull requests, open one for each locale with what is new, take what
    reviewers decide there, publish, and report every week; with only what the engines and locales need. A file that is
    there already stays as it is.
    """
    if "\n" in how["requirement"] or "\r" in how["requirement"]:
        raise UsageError("a requirement is one line", hint="such as polyhelp==1.2.3")
    manner = Manner(how["branch"], how["requirement"])
    if wanted and (folder / "mkdocs.yml").exists():
        written = automate(folder, manner)
    else:
        center = Center(name or folder.resolve().name, how["locales"], how["engines"])
        written = init(folder, center, None if wanted is False else manner)
    if json_:
        console.say_json({"ok": True, "written": [str(file) for file in written]})
    else:
        for file in written:
            console.say(str(file))
    if wanted is not False and not is_top(folder):
        console.tell(f"no workflows: {folder} is not the root of its repository, and GitHub reads them only there")
    console.tell(f"next: cd {folder} && polyhelp publish")
    console.tell("in every clone, once: polyhelp merge-driver --install (git then merges translations unit by unit)")
    return 0
