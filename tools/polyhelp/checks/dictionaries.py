"""Hunspell dictionaries on this machine, by locale.

They are looked for in the folders of ``DICPATH``, then where operating systems install them. A dictionary is read by
chunspell, an optional dependency.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from babel.core import Locale as CldrLocale
from babel.core import UnknownLocaleError

from polyhelp.model import Locale

_FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts", "/Library/Spelling",
            "/opt/homebrew/share/hunspell", "/usr/local/share/hunspell")  # fmt: skip
_LIBRARY = "hunspell"  # the name under which chunspell is imported


class Dictionary(Protocol):
    """Knows the words of a language."""

    def spell(self, word: str) -> bool:
        """Whether the word is spelled right."""


def dictionary(locale: Locale) -> Dictionary | None:
    """The dictionary of the locale, or of its language as its most populous region writes it; None without one."""
    return _dictionary(locale, os.environ.get("DICPATH", "")) if find_spec(_LIBRARY) else None


@cache
def _dictionary(locale: Locale, dicpath: str) -> Dictionary | None:
    file = next(_files(locale, dicpath), None)
    if file is None:
        return None
    made: Dictionary = import_module(_LIBRARY).Hunspell(file.stem, hunspell_data_dir=str(file.parent))
    return made


def _files(locale: Locale, dicpath: str) -> Iterator[Path]:
    """The ``.dic`` files that fit the locale and have their ``.aff`` beside them, the best first."""
    folders = [Path(folder) for folder in (*dicpath.split(os.pathsep), *_FOLDERS) if folder]
    for name in _names(locale):
        for folder in folders:
            if (folder / f"{name}.dic").is_file() and (folder / f"{name}.aff").is_file():
                yield folder / f"{name}.dic"


def _names(locale: Locale) -> Iterator[str]:
    """``de_AT``, ``de_DE``, ``de``: the locale's own name, its language's likely region (CLDR), its language."""
    if locale.region:
        yield f"{locale.language}_{locale.region}"
    try:
        likely = CldrLocale.parse(f"und_{locale.language}").territory or locale.language.upper()
    except (UnknownLocaleError, ValueError):
        likely = locale.language.upper()
    yield f"{locale.language}_{likely}"
    yield locale.language
