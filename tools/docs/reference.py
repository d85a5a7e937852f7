"""Write the generated pages of this folder: the command line, the configuration and region data, from the code.

``python tools/docs/reference.py`` writes them; with ``--check`` it exits 1 if they are not up to date.
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import click
from pydantic import BaseModel

from polyhelp import plugins
from polyhelp.cli.main import COMMANDS, cli
from polyhelp.config.schema import Block
from polyhelp.engines.base import Options
from polyhelp.regions.changelog.telling import english
from polyhelp.regions.kinds import Kind, Many, Records
from polyhelp.regions.law import rules
from polyhelp.regions.schema import SCHEMA
from polyhelp.workflow.law import ABOUT

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
        default = _shown(field.default)
        rows += [f"## {name}\n", f"{field.description}\n", f"Default: {f'`{default}`' if default else 'nothing'}\n"]
        rows += _engines() if name == "engines" else _keys(field.annotation)
    return "\n".join(rows)


def _keys(annotation: object, head: str = "Key") -> Iterator[str]:
    """The keys below a key, and those below them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield _table(head, ((name, str(field.description)) for name, field in annotation.model_fields.items()))
        for name, field in annotation.model_fields.items():
            yield from _keys(field.annotation, f"Key of `{name}`")
    for below in get_args(annotation):
        yield from _keys(below, head)


def _engines() -> Iterator[str]:
    """Every engine that polyhelp brings, with its options."""
    common = {field.name for field in dataclasses.fields(Options)}
    yield "For every engine:\n"
    yield _table("Option", _options(Options))
    for name in plugins.names(plugins.ENGINES):
        engine = plugins.load(plugins.ENGINES, name)
        if not engine.__module__.startswith("polyhelp."):
            continue
        yield f"### {name}\n"
        yield f"{_paragraph(engine)}\n"
        if own := [(key, text) for key, text in _options(engine.options_class) if key not in common]:
            yield _table("Option", own)


def _paragraph(engine: type) -> str:
    """What a class says about itself, but for what it tells programmers."""
    parts = (part for part in (inspect.getdoc(engine) or "").split("\n\n") if not part.startswith("Raises"))
    return " ".join(" ".join(parts).split()).replace("``", "`")


def _options(kind: type[Options]) -> Iterator[tuple[str, str]]:
    for field in dataclasses.fields(kind):
        factory = field.default_factory
        shown = _shown(field.default if factory is dataclasses.MISSING else factory())
        yield field.name, field.metadata.get("description", "") + (f" Default: `{shown}`." if shown else "")


def _table(head: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = (f"| `{name}` | {text.replace('|', chr(92) + '|')} |" for name, text in rows)
    return "\n".join([f"| {head} | Meaning |", "| --- | --- |", *lines, ""])


def _shown(value: object) -> str:
    """A default as it would stand in the file; ``""`` for nothing at all."""
    if isinstance(value, BaseModel):
        return ", ".join(filter(None, map(_shown, value.model_dump().values())))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict) and value:
        return "{" + ", ".join(f'"{key}": {item}' for key, item in value.items()) + "}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def region_data() -> str:
    """Every key of a region's file, and the rules of law that look at it."""
    rows = [NOTE, "# Keys of region data\n"]
    rows.append("What a file in `content/regions/` may say; [policies.md](policies.md) tells how such files work.\n")
    rows.append("| key | value | null allowed | what it is |\n| --- | --- | --- | --- |")
    said = english()
    for key, kind in SCHEMA.items():
        null = "yes" if isinstance(kind, Kind) and kind.nullable else ""
        rows.append(f"| `{key}` | {_written(kind)} | {null} | {said.get(f'polyhelp field {key}', '')} |")
    rows.append("| `duties.ID` | a text: where the shop fulfils a duty of the law | | |")
    rows.append("| `facts.NAME` | a text, a whole number, true or false, a date, or a list of texts | | |\n")
    rows.append("## Rules of law\n\n`polyhelp policy check --explain NAME` says more.\n")
    rows.append("| rule | looks at |\n| --- | --- |")
    abouts = {**{name: rule.about for name, rule in rules().items()}, **ABOUT}
    rows += [
        f"| `{name}` | {' '.join(about.split()).partition('. ')[0].rstrip('.')} |" for name, about in abouts.items()
    ]
    return "\n".join(rows) + "\n"


def _written(kind: Kind | Many | Records) -> str:
    if isinstance(kind, Kind):
        return kind.name
    if isinstance(kind, Many):
        return f"list: {kind.item.name}"
    fields = (f"`{name}` ({of.name}{', or null' if of.nullable else ''})" for name, of in kind.fields.items())
    return f"list of records: {', '.join(fields)}"


def main() -> int:
    """Write the pages, or check them."""
    pages = {
        HERE / "commands.md": commands(),
        HERE / "configuration.md": configuration(),
        HERE / "region-data.md": region_data(),
    }
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
