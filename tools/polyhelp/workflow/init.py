"""A new help center: the fewest files that make one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from babel import Locale as CldrLocale
from babel import UnknownLocaleError
from ruamel.yaml import YAML

from polyhelp.errors import UsageError
from polyhelp.locales import files
from polyhelp.model import Locale
from polyhelp.workflow import merge

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


def init(folder: Path, name: str, tags: Sequence[str]) -> tuple[Path, ...]:
    """Write a new help center called ``name`` into ``folder``; the files written.

    Where the folder is in a git repository, git is told how to merge catalogs. Raises UsageError for a wrong locale,
    or when the folder holds a mkdocs.yml already.
    """
    if (folder / "mkdocs.yml").exists():
        raise UsageError(f"{folder} holds a help center already", hint="nothing was changed")
    try:
        locales = [Locale.parse(tag) for tag in tags]
    except ValueError as error:
        raise UsageError(str(error)) from None
    made = {
        "mkdocs.yml": _configuration(name, locales),
        "content/index.md": _ARTICLE,
        ".gitignore": "/build/\n/site/\n/.polyhelp/\n",
    }
    written = []
    for path, text in made.items():
        if not (folder / path).exists():
            files.write(folder / path, text, str(folder / path))
            written.append(folder / path)
    if merge.declare(folder):
        written.append(folder / merge.ATTRIBUTES)
    merge.install(folder)
    return tuple(written)


def _own_name(locale: Locale) -> str:
    """What a language calls itself (CLDR), with a capital; its tag where CLDR does not know it."""
    try:
        name = CldrLocale.parse(locale.tag, sep="-").get_display_name() or locale.tag
    except (UnknownLocaleError, ValueError):
        return locale.tag
    return name[:1].upper() + name[1:]


def _configuration(name: str, locales: Sequence[Locale]) -> str:
    languages = [{"locale": "en", "name": "English", "default": True}]
    languages += [{"locale": locale.tag, "name": _own_name(locale)} for locale in locales if locale.tag != "en"]
    settings = {
        "site_name": name,
        "docs_dir": "content",
        "theme": {"name": "material", "font": False},
        "plugins": ["search", {"polyhelp": {}}, {"i18n": {"docs_structure": "folder", "languages": languages}}],
        "markdown_extensions": ["admonition", "attr_list", "tables", {"toc": {"permalink": True}}],
    }
    stream = io.StringIO()
    writer = YAML()
    writer.default_flow_style = False
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(settings, stream)
    return stream.getvalue()
