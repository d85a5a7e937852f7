"""Numbers said in words: which values a text may say, by language. The words stand in ``number_words.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale as Cldr
from babel import UnknownLocaleError
from ruamel.yaml import YAML

_ANY = "any"
_LONGEST = 24
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of a language.

    ``values`` holds values by word, ``unsaid`` those that need no word; ``inside`` tells that a word is found
    anywhere, not only where a word of the text begins. ``months`` are the names of months with their numbers.
    """

    values: Mapping[str, str]
    unsaid: frozenset[str]
    inside: bool
    months: Mapping[str, str]

    @property
    def known(self) -> frozenset[str]:
        """The values that the language has words for."""
        return frozenset(self.values.values()) | self.unsaid

    def said(self, text: str) -> set[str]:
        """The values that ``text`` says in words, and the months that it names."""
        folded = text.casefold()
        if self.inside:
            found = {value for word, value in self.values.items() if word in folded}
            return found | {number for month, number in self.months.items() if month in folded}
        found = set()
        for word in {*_WORD.findall(folded)}:
            found |= {self.values[stem] for stem in _stems(word) if stem in self.values}
            if word in self.months:
                found.add(self.months[word])
        return found


def _stems(word: str) -> Iterator[str]:
    """The word, and how it begins: from three letters on, and no longer than the longest number words."""
    yield word
    yield from (word[:size] for size in range(3, min(len(word), _LONGEST)))


@cache
def number_words(language: str) -> NumberWords:
    """The number words of a language (``de``); none where there is no table."""
    table = _tables()
    inside = language in table["inside"]
    said = {str(value): words.split() for value, words in table["words"].get(language, {}).items()}
    return NumberWords(
        {word.casefold(): value for value, words in said.items() for word in words if word != _ANY},
        frozenset(value for value, words in said.items() if _ANY in words),
        inside,
        _months(language),
    )


@cache
def _tables() -> Mapping[str, Mapping[str, Mapping[int, str]]]:
    text = files("polyhelp.checks").joinpath("number_words.yml").read_text(encoding="utf-8")
    tables: Mapping[str, Mapping[str, Mapping[int, str]]] = YAML(typ="safe", pure=True).load(text)
    return tables


def _months(language: str) -> Mapping[str, str]:
    """Names of months in words (CLDR): not the Chinese ones, which are numbers."""
    try:
        months = Cldr.parse(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, str] = {}
    for context in months.values():
        for width in ("wide", "abbreviated"):
            for number, name in context.get(width, {}).items():
                plain = name.casefold().rstrip(".")
                if len(plain) > 2 and not any(one.isdigit() for one in plain):
                    names[plain] = str(number)
    return names
