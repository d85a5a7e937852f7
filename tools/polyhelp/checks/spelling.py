"""Check: words that a Hunspell dictionary of the locale does not know."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.checks.dictionaries import Dictionary, dictionary
from polyhelp.model import Locale, Severity, Unit
from polyhelp.text.inline import masked

_WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]+(?:['’][^\W\d_]+)*(?![\w@/]|\.\w)")
_LEFT_OUT = frozenset({"tr", "fi", "hu", "ja", "zh", "th", "lo", "km", "my", "ko", "vi"})
"""Languages in which a list of words finds too much: with long chains of endings, or without spaces."""
_USUAL = 3
_SHORTEST = 4


def together(units: Sequence[tuple[Unit, Setting]]) -> Iterator[tuple[int, Finding]]:
    """A remark for each word that the dictionary of the locale does not know.

    Words that any source has (names), that the catalogs use three times or more, and those in capitals are taken to
    be right. Without Hunspell or a dictionary there is nothing to find.
    """
    by_locale: dict[Locale, list[int]] = defaultdict(list)
    for at, (_, setting) in enumerate(units):
        by_locale[setting.locale].append(at)
    for locale, places in by_locale.items():
        known = None if locale.language in _LEFT_OUT else dictionary(locale)
        if known is not None:
            yield from _unknown([(at, units[at][0]) for at in places], known)


def _unknown(units: Sequence[tuple[int, Unit]], known: Dictionary) -> Iterator[tuple[int, Finding]]:
    used = Counter(word.casefold() for _, unit in units for word in _words(unit.target))
    named = {word.casefold() for _, unit in units for word in _words(unit.source)}
    spelled: dict[str, bool] = {}
    for at, unit in units:
        for word in dict.fromkeys(_words(unit.target)):
            if used[word.casefold()] >= _USUAL or word.casefold() in named:
                continue
            if word not in spelled:
                spelled[word] = _is_known(word, known)
            if not spelled[word]:
                text = f"The dictionary does not know '{word}'. Is it spelled right?"
                yield at, Finding(Severity.INFO, text, word)


def _is_known(word: str, known: Dictionary) -> bool:
    """Whether the word is in the dictionary, or (French l’adresse) each of its parts between apostrophes is."""
    plain = word.replace("’", "'")
    if known.spell(plain) or known.spell(plain.lower()):
        return True
    parts = [part for part in plain.split("'") if len(part) > 2]
    return "'" in plain and all(known.spell(part) for part in parts)


def _words(text: str) -> Iterator[str]:
    """The words of a text outside its codes that a dictionary can judge: neither short ones nor abbreviations."""
    for match in _WORD.finditer(masked(text)):
        if len(match[0]) >= _SHORTEST and not match[0].isupper() and not _inner_capital(match[0]):
            yield match[0]


def _inner_capital(word: str) -> bool:
    """Whether it is written like a brand: SizeMate."""
    return any(one.islower() and other.isupper() for one, other in pairwise(word))


CHECK = Check(
    its="misspelling",
    about="""\
Shows words that the locale's Hunspell dictionary does not know. It needs `pip install "polyhelp[spelling]"` and a
dictionary: on Debian and Ubuntu `apt install hunspell-de-de` (or another language), elsewhere `de_DE.aff` and
`de_DE.dic` in a folder that the environment variable `DICPATH` names. Without them it says nothing.

Words that stand in a source text, that the catalogs use three times or more, abbreviations and names with a capital
inside are taken to be right.

It is off by default: no dictionary knows every compound and every loanword, so it shows between 4 (Portuguese) and 50
(Russian) words in 1,000 texts, of which a few are mistakes. Languages with long chains of endings (Turkish, Finnish,
Hungarian) and those without spaces between words are left out. Switch it on in `mkdocs.yml`:

```yaml
plugins:
  - polyhelp:
      checks:
        spelling: info
```
""",
    together=together,
    on=False,
)
