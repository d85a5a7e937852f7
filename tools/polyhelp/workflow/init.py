"""A new help center: the fewest files that make one, and what GitHub runs for it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel import Locale as CldrLocale
from babel import UnknownLocaleError
from ruamel.yaml import YAML

from polyhelp import plugins
from polyhelp.config.load import load
from polyhelp.engines.choose import AUTO, NONE
from polyhelp.errors import UsageError
from polyhelp.locales import files
from polyhelp.model import Locale
from polyhelp.workflow import automation, merge

_ONLY_AT_THE_TOP = "GitHub reads workflows from .github/workflows/ at the root only: copy them and set the folder there"

_ARTICLE = """\
---
title: Welcome
description: How to get help.
summary: Find an answer, or write to us.
---

# Welcome

This is your first help article.
Edit it in `content/index.md`, then run `polyhelp publish`.
"""


@dataclass(frozen=True, slots=True)
class Manner:
    """How workflows are written: for which branch; ``requirement`` is what pip installs, ``""`` for this version."""

    branch: str = automation.BRANCH
    requirement: str = ""


@dataclass(frozen=True, slots=True)
class Center:
    """A help center that is to be: its name, its locales as tags, and its engines by name (none: ``auto``)."""

    name: str
    tags: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()


def init(folder: Path, center: Center, manner: Manner | None) -> tuple[Path, ...]:
    """Write a new help center into ``folder``, with workflows unless ``manner`` is None; the files written.

    Where the folder is in a git repository, git is told how to merge catalogs. Raises UsageError for a wrong locale,
    engine or branch, or when the folder holds a mkdocs.yml already.
    """
    if (folder / "mkdocs.yml").exists():
        hint = "nothing was changed; polyhelp init --workflows writes what GitHub runs for it"
        raise UsageError(f"{folder} holds a help center already", hint=hint)
    try:
        locales = [Locale.parse(tag) for tag in center.tags]
    except ValueError as error:
        raise UsageError(str(error)) from None
    for name in {*center.engines} - {AUTO, NONE}:
        plugins.load(plugins.ENGINES, name)
    if manner:
        automation.check_branch(manner.branch)
    made = {
        "mkdocs.yml": _configuration(center, locales),
        "content/index.md": _ARTICLE,
        ".gitignore": "/build/\n/site/\n/.polyhelp/\n",
    }
    written = list(_written(folder, made))
    if merge.declare(folder):
        written.append(folder / merge.ATTRIBUTES)
    merge.install(folder)
    return (*written, *(automate(folder, manner) if manner and is_top(folder) else ()))


def automate(folder: Path, manner: Manner) -> tuple[Path, ...]:
    """Write what GitHub runs for the help center in ``folder``; the files written. What is there already stays.

    Raises ConfigError without a help center, and UsageError for a wrong branch, or where GitHub would not read them.
    """
    if not is_top(folder):
        raise UsageError(f"{folder} is not the root of its repository", hint=_ONLY_AT_THE_TOP)
    needed = automation.needs(load(folder), folder, manner.branch)
    requirement = manner.requirement or automation.requirement(needed)
    made = {automation.REQUIREMENTS: f"{requirement}\n", **automation.workflows(needed)}
    return tuple(_written(folder, made))


def is_top(folder: Path) -> bool:
    """Whether no folder above is a repository of git, so that ``folder`` is the root of one, or will be."""
    return not any((above / ".git").exists() for above in folder.resolve().parents) or (folder / ".git").exists()


def _written(folder: Path, made: Mapping[str, str]) -> Iterator[Path]:
    """Write the files that are not there yet; these."""
    for path, text in made.items():
        if not (folder / path).exists():
            files.write(folder / path, text, str(folder / path))
            yield folder / path


def _own_name(locale: Locale) -> str:
    """What a language calls itself (CLDR), with a capital; its tag where CLDR does not know it."""
    try:
        name = CldrLocale.parse(locale.tag, sep="-").get_display_name() or locale.tag
    except (UnknownLocaleError, ValueError):
        return locale.tag
    return name[:1].upper() + name[1:]


def _configuration(center: Center, locales: Sequence[Locale]) -> str:
    languages = [{"locale": "en", "name": "English", "default": True}]
    languages += [{"locale": locale.tag, "name": _own_name(locale)} for locale in locales if locale.tag != "en"]
    own = {"engine": [*center.engines] if len(center.engines) > 1 else center.engines[0]} if center.engines else {}
    settings = {
        "site_name": center.name,
        "docs_dir": "content",
        "theme": {"name": "material", "font": False},
        "plugins": ["search", {"polyhelp": own}, {"i18n": {"docs_structure": "folder", "languages": languages}}],
        "markdown_extensions": ["admonition", "attr_list", "tables", {"toc": {"permalink": True}}],
    }
    stream = io.StringIO()
    writer = YAML()
    writer.default_flow_style = False
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(settings, stream)
    return stream.getvalue()
