"""The style guides on disk: ``glossary/styles/<locale>.yml``, how a locale's text should read.

Every key may be left out; ``de-AT`` takes from ``de`` what its own file does not say, key by key::

    formality: formal        # or informal; left out where the language, or its custom, decides by itself
    instructions:            # for a translator, in English or the locale's language; one rule each
      - Write short sentences and put the action first.
    avoid:                   # words that `check` reports, with the reason
      - words: [Email, Vergütung*]      # whole words in any case; * stands for any ending
        use: E-Mail                     # what to write instead
        reason: Email is enamel.        # shown to whoever wrote one of the words
        except: [Email-Schild]          # phrases in which it is right
        severity: warning               # error, warning (default) or info
    length:                  # longest texts that fit, in columns; a Chinese or Japanese character takes two
      title: 60              # of a page, in front matter
      description: 160       # of a page, in front matter
      heading: 70            # on a page
      interface: 30          # in the navigation
    quotes: "„“‚‘"           # opening and closing, then those inside others; left out: the locale's custom
    spaces: no-break         # before : ; ! ? and inside « »: none, plain, no-break or narrow

Instructions are at most 10, of at most 300 characters: what DeepL takes (https://developers.deepl.com/docs,
"Custom instructions").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from polyhelp.errors import TermBaseError
from polyhelp.glossary.source import File, Mistake
from polyhelp.glossary.yaml_tree import NULL
from polyhelp.model import Avoided, Lengths, Locale, Severity, Style

MOST_INSTRUCTIONS = 10
LONGEST_INSTRUCTION = 300
_KEYS = tuple(field.name for field in fields(Style))
_FORMALITIES = ["formal", "informal"]
_SPACES = ["none", "plain", "no-break", "narrow"]
_AVOID_KEYS = ("words", "use", "reason", "except", "severity")
_LENGTH_KEYS = tuple(field.name for field in fields(Lengths))
_LONGEST = 9_999


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
    """The style of a locale: each field, and each length, from the nearest of its lineage that says something of it."""
    known = [styles[one] for one in locale.lineage if one in styles]
    length = Lengths(**_nearest(_LENGTH_KEYS, [style.length for style in known]))
    return Style(**_nearest(_KEYS, known) | {"length": length})


def _nearest(keys: Iterable[str], known: Sequence[Style | Lengths]) -> dict[str, Any]:
    """For each key the first value that is not empty, where there is one."""
    return {key: value for key in keys for value in [next(filter(None, (getattr(one, key) for one in known)), None)]
            if value is not None}  # fmt: skip


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
        return Style(
            formality=self._choice(said, "formality", "style", _FORMALITIES),
            instructions=self._instructions(said),
            avoid=tuple(self._avoid(said)),
            length=self._length(said),
            quotes=self._quotes(said),
            spaces=self._choice(said, "spaces", "style", _SPACES),
        )

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

    def _avoid(self, said: dict[str, Node]) -> Iterator[Avoided]:
        node = said.get("avoid")
        if node is None:
            return
        if not isinstance(node, SequenceNode):
            self._wrong(node, "style.avoid", "expected a list of entries, each beginning with '- words: [...]'")
            return
        for number, item in enumerate(node.value, start=1):
            key = f"style.avoid {number}"
            found = self._mapping(item, key, _AVOID_KEYS)
            if found is None:
                continue
            words = self._words(found, "words", key)
            if not words:
                self._wrong(found.get("words", item), f"{key}.words", "is missing")
            yield Avoided(
                words,
                self._text(found, "reason", key, required=True, where=item),
                self._text(found, "use", key),
                self._words(found, "except", key),
                Severity(self._choice(found, "severity", key, [*Severity]) or Severity.WARNING),
            )

    def _words(self, found: dict[str, Node], name: str, key: str) -> tuple[str, ...]:
        texts = self._texts(found, name, key)
        for text in texts:
            if not any(map(str.isalnum, text)):
                self._wrong(found[name], f"{key}.{name}", f"'{text}' has no letter or digit")
        return texts

    def _length(self, said: dict[str, Node]) -> Lengths:
        node = said.get("length")
        found = (self._mapping(node, "style.length", _LENGTH_KEYS) or {}) if node is not None else {}
        return Lengths(**{name: self._columns(found, name) for name in found})

    def _columns(self, found: dict[str, Node], name: str) -> int:
        text = self._text(found, name, "style.length")
        if text.isascii() and text.isdigit() and len(text) <= len(str(_LONGEST)) and int(text):
            return int(text)
        told = f"'{text}' is no number of columns from 1 to {_LONGEST:,}"
        self._wrong(found[name], f"style.length.{name}", told)
        return 0

    def _quotes(self, said: dict[str, Node]) -> str:
        marks = "".join(self._text(said, "quotes", "style").split())
        if len(marks) not in {0, 2, 4} or any(map(str.isalnum, marks)):
            told = f"'{marks}' must be two quotation marks such as „“, or four with those inside others: „“‚‘"
            self._wrong(said["quotes"], "style.quotes", told)
            return ""
        return marks
