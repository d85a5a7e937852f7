"""The same help center as mkdocs-material and mkdocs-static-i18n build it, without polyhelp: for comparison."""

from __future__ import annotations

import os
import sys
from importlib.resources import files
from pathlib import Path

from ruamel.yaml import YAML

MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file")
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
"""Material speaks of its own future at each start; not here."""


def configure(root: Path, folder: Path, *, fonts: bool = False) -> Path:
    """Write a mkdocs.yml into ``folder`` that builds ``root``'s staged tree into ``folder/site``; its path.

    Locales that the theme has no language for are left out: the plugin stops at them. ``fonts`` leaves the theme its
    own fonts, which come from another host.
    """
    yaml = YAML()
    partials = files("material").joinpath("templates", "partials", "languages")
    known = {partial.name.removesuffix(".html") for partial in partials.iterdir()}
    config = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    config["docs_dir"] = str(root / "build" / "docs")
    config["site_dir"] = str(folder / "site")
    if fonts:
        config["theme"].pop("font", None)
    plugins = [plugin for plugin in config["plugins"] if "polyhelp" not in plugin]
    for plugin in plugins:
        if "i18n" in plugin:
            languages = plugin["i18n"]["languages"]
            plugin["i18n"]["languages"] = [row for row in languages if row["locale"] in known]
    config["plugins"] = plugins
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "mkdocs.yml"
    with file.open("w", encoding="utf-8") as out:
        yaml.dump(config, out)
    return file
