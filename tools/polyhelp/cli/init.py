"""polyhelp init."""

from __future__ import annotations

from pathlib import Path

import click

from polyhelp.cli import console
from polyhelp.workflow.init import init


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", default="", help="What the help center is called; the folder's name by default.")
@click.option("--locale", "locales", multiple=True, metavar="TAG", help="A locale to translate into; may be repeated.")
@click.option("--json", "json_", is_flag=True, help="For scripts: the files written.")
def command(folder: Path, name: str, locales: tuple[str, ...], *, json_: bool) -> int:
    """Make a new help center in FOLDER: mkdocs.yml and a first article, ready to build."""
    written = init(folder, name or folder.resolve().name, locales)
    if json_:
        console.say_json({"ok": True, "written": [str(file) for file in written]})
    else:
        for file in written:
            console.say(str(file))
    console.tell(f"next: cd {folder} && polyhelp publish")
    console.tell("in every clone, once: polyhelp merge-driver --install (git then merges translations unit by unit)")
    return 0
