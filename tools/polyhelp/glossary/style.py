"""The style guides on disk: ``glossary/styles/<locale>.yml``, how a locale's text should read.

Every key may be left out; ``de-AT`` takes from ``de`` what its own file does not say::

    formality: formal        # or informal; left out where the language, or its custom, decides by itself
    instructions:            # for a translator, in English or the locale's language; one rule each
      - Write short sentences and put the action first.

Instructions are at most 10, of at most 300 characters: what DeepL takes (https://developers.deepl.com/docs,
"Custom instructions").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from ruamel.yaml.nodes import MappingNode, Node

from polyhelp.errors import TermBaseError
from polyhelp.glossary.read import NULL, File, Mistake
from polyhelp.model import Locale, Style

MOST_INSTRUCTIONS = 10
LONGEST_INSTRUCTION = 300
_KEYS = tuple(field.name for field in fields(Style))
_FORMALITIES = ["formal", "informal"]


def read_styles(folder: Path, root: Path) -> Mapping[Locale, Style]:
    """The style guides in ``folder``, by locale.

    ``root`` is the project's folder; messages name files relative to it. A folder that is not there holds none. Raises
    TermBaseError, once, with every mistake of every file.
    """
    mistakes: list[Mistake] = []
    styles: dict[Locale, Style] = {}
    for file in sorted(folder.glob("*.yml")):
        path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
        reader = _StyleFile(path, mistakes)
        locale = reader.locale(file)
        style = reader.style(file)
        if locale is not None:
            styles[locale] = style
    if mistakes:
        title = "a style guide has a mistake" if len(mistakes) == 1 else f"style guides have {len(mistakes)} mistakes"
        raise TermBaseError(
            "\n  ".join([f"{title}:", *map(str, mistakes)]), hint="correct the lines named above and run again"
        )
    return styles


def style_for(locale: Locale, styles: Mapping[Locale, Style]) -> Style:
    """The style of a locale: each field from the nearest of its lineage that says something about it."""
    known = [styles[one] for one in locale.lineage if one in styles]
    said = {key: next((value for style in known if (value := getattr(style, key))), None) for key in _KEYS}
    return Style(**{key: value for key, value in said.items() if value is not None})


class _StyleFile(File):
    """Reads one style guide."""

    def locale(self, file: Path) -> Locale | None:
        """The locale that the file's name says."""
        try:
            locale = Locale.parse(file.stem)
        except ValueError as error:
            self._wrong(None, "", f"the file is named after no locale: {error}")
            return None
        if locale.tag != file.stem:
            self._wrong(None, "", f"the file's name must be '{locale.tag}.yml'")
        return locale

    def style(self, file: Path) -> Style:
        """What the file says; what is wrong in it is left out and noted."""
        top = self._parse(file)
        if not isinstance(top, MappingNode):
            if top is not None and top.tag != NULL:
                self._wrong(top, "", f"expected lines such as 'formality: formal'; there are: {', '.join(_KEYS)}")
            return Style()
        said = self._mapping(top, "style", _KEYS) or {}
        return Style(self._choice(said, "formality", "style", _FORMALITIES), self._instructions(said))

    def _instructions(self, said: dict[str, Node]) -> tuple[str, ...]:
        texts = self._texts(said, "instructions", "style")
        if len(texts) > MOST_INSTRUCTIONS:
            self._wrong(
                said["instructions"], "style.instructions", f"{len(texts)} are too many: {MOST_INSTRUCTIONS} at most"
            )
        for text in texts:
            if len(text) > LONGEST_INSTRUCTION:
                told = f"'{text[:40]}…' has {len(text)} characters: {LONGEST_INSTRUCTION} at most, one rule each"
                self._wrong(said["instructions"], "style.instructions", told)
        return texts
