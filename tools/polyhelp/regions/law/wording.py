"""Statements that a policy must not make, looked for in what customers read (``wording.yml`` beside this module)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from polyhelp.model import Fact, Locale
from polyhelp.regions.law import prose
from polyhelp.regions.law.case import Case, Finding, Page, Rule

_ANY = "*"
_Phrases = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, and the facts that make it wrong, by path with the value that they must have."""

    name: str
    about: str
    facts: Mapping[str, object]
    phrases: _Phrases
    unless: _Phrases
    addresses: tuple[str, ...]
    everywhere: bool = False
    """Whether articles that are the same for all regions are looked at too."""

    def find(self, case: Case) -> Iterator[Finding]:
        """The pages that make the statement, once each."""
        fact = self._fact(case)
        if fact is None:
            return
        for page in case.context.pages:
            if page.shared and not self.everywhere:
                continue
            said = self.said(page, case.context.source)
            if said:
                message = f'the page says "{said}"; the law: {_told(fact)}'
                hint = "reword the article, or put the sentence into a condition that leaves this region out"
                yield Finding("text", fact, message, said, hint, page=page)

    def _fact(self, case: Case) -> Fact | None:
        for path, value in self.facts.items():
            fact = case.fact(path)
            if fact is not None and value in (_ANY, fact.value):
                return fact
        return None

    def said(self, page: Page, source: Locale) -> str:
        """What the page says of this, as compared; ``""`` for nothing."""
        if self.addresses:
            raw = page.text.casefold()
            found = next((address for address in self.addresses if address in raw), "")
            if found:
                return found
        tags = _tags(page.locale) + (_tags(source) if page.original or page.partial else ())
        text = _plain(page.text)
        spaced, close = prose.patterns(_of(self.phrases, tags))
        unless = prose.patterns(_of(self.unless, tags))
        return _found(spaced, text, unless) or (_found(close, prose.squeezed(text), unless) if close else "")


def suspicious(page: Page, source: Locale) -> bool:
    """Whether an article that is the same for all regions makes a statement that is wrong somewhere."""
    return any(one.everywhere and one.said(page, source) for one in statements())


def rules() -> tuple[Rule, ...]:
    """A rule for each statement."""
    return tuple(Rule(f"wording-{one.name}", one.about, one.find, reads=True) for one in statements())


@cache
def statements() -> tuple[Statement, ...]:
    """All statements, in the order of the file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = Path(__file__).with_name("wording.yml").read_text(encoding="utf-8")
    tree = yaml.load(text, Loader=loader)  # noqa: S506 (both are safe loaders)
    return tuple(
        Statement(
            name,
            row["about"],
            row["facts"],
            {tag: tuple(phrases) for tag, phrases in row["phrases"].items()},
            {tag: tuple(phrases) for tag, phrases in row.get("unless", {}).items()},
            tuple(row.get("addresses", ())),
            row.get("everywhere", False),
        )
        for name, row in tree.items()
    )


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return prose.plain(text)


def _tags(locale: Locale) -> tuple[str, ...]:
    """The locale's tag and those it falls back to; the two ways to write Chinese stay apart."""
    tags = [one.tag for one in locale.lineage]
    if locale.language == "zh":
        tags.append("zh-Hant" if locale.script == "Hant" else "zh")
    else:
        tags.append({"no": "nb", "nn": "nb"}.get(locale.language, locale.language))
    return tuple(dict.fromkeys(tags))


def _of(phrases: _Phrases, tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(phrase for tag in dict.fromkeys(tags) for phrase in phrases.get(tag, ()))


def _found(
    pattern: re.Pattern[str] | None, text: str, unless: tuple[re.Pattern[str] | None, re.Pattern[str] | None]
) -> str:
    for match in pattern.finditer(text) if pattern else ():
        around = prose.sentence(text, match.start())
        spaced, close = unless
        excused = (spaced and spaced.search(around.strip())) or (close and close.search(prose.squeezed(around)))
        if not excused:
            return match[0]
    return ""


def _told(fact: Fact) -> str:
    if isinstance(fact.value, tuple):
        return "not " + ", ".join(f'"{one}"' for one in fact.value)
    if isinstance(fact.value, bool):
        return "there is a right to change one's mind" if fact.value else "there is no right to change one's mind"
    return {"tax_included": "the price shown has the tax in it", "shop": "the shop pays for a return"}.get(
        str(fact.value), str(fact.value)
    )
