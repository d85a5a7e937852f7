"""Check: the reader is addressed as the style guide says. ``formality.yml`` tells what gives an address away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Kind, Locale, Severity, Unit
from polyhelp.text.shown import shown

_OTHER = {"formal": "informal", "informal": "formal"}
_NEVER = re.compile(r"(?!)")
_SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_QUOTED = re.compile(
    '"[^"]*"|„[^„“”]*[“”]|“[^“”]*”|”[^”]*”|«[^«»]*»|»[^«»]*«|「[^「」]*」|『[^『』]*』|（[^（）]*）|《[^《》]*》'
)
_STOP = re.compile(r"[.。．!！?？]+\s*\Z")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_INSIDE = re.compile("[\\w,;)»“”’\ufffc]\\s*\\Z")
_LONGEST_ENDING = 12
_WORD = re.compile(r"\w+")
_PROSE = frozenset({"", Kind.PARAGRAPH, Kind.DEFINITION, Kind.FOOTNOTE})


@dataclass(frozen=True, slots=True)
class _Address:
    """What gives one form of address away in a language, and how people call it."""

    name: str
    words: re.Pattern[str]
    capital: re.Pattern[str]
    first: re.Pattern[str]
    ending: re.Pattern[str]
    exempt: re.Pattern[str]
    signs: frozenset[str]
    """First words of all of these, without case: a text that has none has nothing to find but endings."""


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """A warning at the first place that addresses the reader otherwise than the style guide says.

    Quotations are left alone, and names that the source has. Where the style guide says nothing of it, or the language
    has one address only, there is nothing to find.
    """
    wanted = setting.style.formality
    unwanted = _address(setting.locale, _OTHER[wanted]) if wanted else None
    if unwanted is None:
        return
    mark = next(_marks(unit, unwanted), "")
    if mark:
        right = _address(setting.locale, wanted)
        name = f" ({right.name})" if right else ""
        text = f"'{mark}' is {_OTHER[wanted]} ({unwanted.name}), but the style guide asks for {wanted} address{name}."
        yield Finding(Severity.WARNING, text, mark)


def _marks(unit: Unit, address: _Address) -> Iterator[str]:
    text = shown(unit.target)
    has_sign = not address.signs.isdisjoint(_pieces(text))
    if not has_sign and address.ending is _NEVER:
        return
    text = address.exempt.sub(_blank, _QUOTED.sub(_blank, text))
    found = [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]
    if has_sign:
        yield from _words(text, found, address, unit.source)
    if address.ending is not _NEVER and _is_prose(unit, len(found)):
        yield from _endings(found, address)


def _pieces(text: str) -> list[str]:
    """The words of a text without case; in scripts without spaces its characters."""
    return list(text) if _SPACELESS.search(text) else _WORD.findall(text.casefold())


def _words(text: str, found: Sequence[str], address: _Address, source: str) -> Iterator[str]:
    for match in address.words.finditer(text):
        if not _is_name(match, source):
            yield match[0]
    for sentence in found:
        for match in address.capital.finditer(sentence):
            if _INSIDE.search(sentence, max(match.start() - 3, 0), match.start()) and not _is_name(match, source):
                yield match[0]
        first = address.first.match(sentence)
        if first:
            yield first[1]


def _is_prose(unit: Unit, sentences: int) -> bool:
    """Headings, cells and list items of one sentence may end as notes do, whatever the address."""
    kind = unit.notes[0] if unit.notes else ""
    return kind in _PROSE or (kind == Kind.LIST_ITEM and sentences > 1)


def _endings(found: Sequence[str], address: _Address) -> Iterator[str]:
    for sentence in found:
        stop = _STOP.search(sentence[-5:])
        if stop:
            end = len(sentence) - len(stop[0])
            if address.ending.search(sentence[max(end - _LONGEST_ENDING, 0) : end]):
                yield sentence[max(end - _LONGEST_ENDING // 2, 0) :]


def _blank(match: re.Match[str]) -> str:
    return "\ufffc" * len(match[0])


def _is_name(match: re.Match[str], source: str) -> bool:
    """Whether the word is part of a name or an abbreviation: in capitals, or in the source with a word beside it."""
    if match[0].isupper() and len(match[0]) > 1:
        return True
    text = match.string
    if match[0].casefold() not in source.casefold():
        return False
    before = _WORD.findall(text, max(match.start() - 30, 0), match.start())
    after = _WORD.search(text, match.end(), match.end() + 30)
    phrases = ([f"{before[-1]} {match[0]}"] if before else []) + ([f"{match[0]} {after[0]}"] if after else [])
    return any(phrase.casefold() in source.casefold() for phrase in phrases)


@cache
def _address(locale: Locale, form: str) -> _Address | None:
    known = _known()
    tags = (*(one.tag for one in locale.lineage), locale.language)
    rules = next((known[tag] for tag in tags if tag in known), {})
    if form not in rules:
        return None
    said = rules[form]
    return _Address(
        said["name"],
        _any_of(said.get("words", ()), re.IGNORECASE),
        _any_of(said.get("capital", ())),
        re.compile(rf"\W*({_any_of(said.get('first', ())).pattern})", re.IGNORECASE),
        re.compile(f"{said['endings']}\\Z") if "endings" in said else _NEVER,
        _any_of(rules.get("except", ()), re.IGNORECASE),
        frozenset(_pieces(word)[0] for kind in ("words", "capital", "first") for word in said.get(kind, ())),
    )


def _any_of(words: Sequence[str], flags: int = 0) -> re.Pattern[str]:
    """Any of the words as a whole word, but not after a number (Dutch "9 u"); anywhere in scripts without spaces."""
    if not words:
        return _NEVER
    forms = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    if _SPACELESS.match(words[0]):
        return re.compile(forms)
    return re.compile(rf"(?<!\w)(?<!\d[ \u00a0])(?:{forms})(?!\w)", flags)


@cache
def _known() -> Mapping[str, Mapping[str, Any]]:
    text = files("polyhelp.checks").joinpath("formality.yml").read_text(encoding="utf-8")
    known: Mapping[str, Mapping[str, Any]] = YAML(typ="safe", pure=True).load(text)
    return known


CHECK = Check(
    its="register",
    about="""\
Finds places that address the reader otherwise than the style guide of the locale says: "du" where the whole help
center says "Sie", "tu" for "vous", a Japanese paragraph that ends in である among others in です・ます.

The style guide says which one is right:

```yaml
# glossary/styles/de.yml
formality: formal    # or informal
```

Without this line nothing is checked. The check knows pronouns and a few commands of German, French, Spanish, Italian,
Dutch, Polish, Portuguese, Russian, Ukrainian, Turkish and Chinese, and the sentence endings of Japanese and Korean
paragraphs. Words that mean something else just as well ("ihr", "su") are left alone, and so are quotations.

Say it in the other form, or waive the finding at the unit with a line `# waive: formality REASON`.
""",
    look=look,
)
