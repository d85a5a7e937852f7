"""Write the generated pages of this folder: the command line and the configuration, from the code itself.

``python tools/docs/reference.py`` writes them; with ``--check`` it exits 1 if they are not up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from polyhelp.cli.main import COMMANDS, cli
from polyhelp.config.schema import Block

HERE = Path(__file__).parent
NOTE = "<!-- Written by tools/docs/reference.py from the code; do not edit. -->\n"


def commands() -> str:
    """The command line: every command with its help."""
    context = click.Context(cli, info_name="polyhelp", max_content_width=100, terminal_width=100)
    parts = [NOTE, "# Commands\n", _block(cli, context)]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        if command is not None:
            parts += list(_command(command, name, context))
    return "\n".join(parts)


def _command(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)
    yield f"## {context.command_path}\n"
    yield _block(command, context)
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            child = command.get_command(context, below)
            if child is not None:
                yield from _command(child, below, context)


def _block(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context).rstrip()}\n```\n"


def configuration() -> str:
    """Every key of the `polyhelp` block, with its default."""
    rows = [NOTE, "# Configuration\n"]
    rows.append(
        "polyhelp reads one block, `polyhelp` under `plugins` in `mkdocs.yml`. Every key has a default, so\n"
        "`polyhelp: {}` is a whole configuration. The list of locales is the `languages` of the `i18n` plugin beside\n"
        "it; the articles are in MkDocs' `docs_dir`.\n"
    )
    for name, field in Block.model_fields.items():
        rows += [f"## {name}\n", f"{field.description}\n", f"Default: `{_shown(field.default)}`\n"]
    return "\n".join(rows)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {item}' for key, item in value.items()) + "}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def main() -> int:
    """Write the pages, or check them."""
    pages = {HERE / "commands.md": commands(), HERE / "configuration.md": configuration()}
    if "--check" in sys.argv[1:]:
        old = [page.name for page, text in pages.items() if not page.is_file() or page.read_text("utf-8") != text]
        if old:
            sys.stderr.write(f"out of date: {', '.join(old)}; run: make docs\n")
        return 1 if old else 0
    for page, text in pages.items():
        page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
