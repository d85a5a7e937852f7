"""The words that CLDR lacks, by locale: ``words.yml`` beside this module, and what a shop adds to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from polyhelp.errors import RegionError
from polyhelp.model import Locale
from polyhelp.text.similarity import closest, instead

_T = TypeVar("_T")
PLAIN = "plain"
"""The form of a duration that stands alone."""

WITHIN = "within"
"""The phrase that says how long something may take."""

FORM = re.compile(r"\{([a-z]+)\}")
"""A place in a phrase for a duration, which names the form that belongs there: ``innerhalb von {dative}``."""

_PLACE = re.compile(r"\{([01])\}")
_ANY_LOCALE = "und"
_PAIRS = ("aside", "days")  # phrases with two places
_GROUPS = {"labels": 2, "durations": 4, "phrases": 2}  # and how many keys lead to a text


@dataclass(frozen=True, slots=True)
class Words:
    """Texts by locale, as words.yml has them.

    ``labels``: word -> locale -> text. ``durations``: form -> unit -> locale -> plural category -> pattern.
    ``phrases``: name -> locale -> pattern, where ``und`` serves all locales that have none.
    """

    labels: Mapping[str, Mapping[str, str]]
    durations: Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]
    phrases: Mapping[str, Mapping[str, str]]

    def named(self, word: str, locale: Locale) -> str | None:
        """What ``word`` is called in ``locale``, else in its nearest parent, or None."""
        return _nearest(self.labels.get(word, {}), locale)

    def label(self, word: str, locale: Locale) -> str:
        """What ``word`` is called in ``locale``, else in its nearest parent. Raises RegionError when nobody knows."""
        found = self.named(word, locale)
        if found is not None:
            return found
        if word not in self.labels:
            near = closest(word, self.labels)
            hint = f"did you mean '{near}'?" if near else f"add it: 'labels: {{{word}: {{{locale}: ...}}}}'"
            raise RegionError(f"there is no label for '{word}'", hint=hint)
        raise RegionError(
            f"there is no label for '{word}' in the locale '{locale}'",
            hint=f"add it to the words: 'labels: {{{word}: {{{locale}: ...}}}}'",
        )

    def duration(self, form: str, unit: str, locale: Locale) -> Mapping[str, str] | None:
        """The patterns of ``unit`` by plural category, or None when CLDR has to know them.

        Raises RegionError for a form that nobody knows, and for one that this locale has no words for.
        """
        if form not in self.durations:
            hint = instead(form, self.durations)
            raise RegionError(f"there is no form '{form}' of a duration", hint=hint)
        found = _nearest(self.durations[form].get(unit, {}), locale)
        if found is None and form != PLAIN:
            raise RegionError(
                f"there are no words for '{unit}' in the form '{form}' in the locale '{locale}'",
                hint=f"add them: 'durations: {{{form}: {{{unit}: {{{locale}: {{other: \"{{0}} ...\"}}}}}}}}', "
                "or use the duration filter without a case",
            )
        return found

    def phrase(self, name: str, locale: Locale, *parts: str) -> str:
        """A phrase with ``parts`` in the places ``{0}``, ``{1}``. Raises RegionError when ``locale`` has none."""
        patterns = self.phrases[name]
        found = _nearest(patterns, locale) or patterns.get(_ANY_LOCALE)
        if found is None:
            raise RegionError(
                f"there is no phrase '{name}' in the locale '{locale}'",
                hint=f"add it to the words: 'phrases: {{{name}: {{{locale}: \"... {{{PLAIN}}} ...\"}}}}'",
            )
        return _PLACE.sub(lambda place: parts[int(place[1])], found)


def load_words(overrides: Mapping[str, object] | None = None) -> Words:
    """The words of words.yml, with ``overrides`` laid over them.

    ``overrides`` has the shape of words.yml: ``{"labels": {"express": {"cs": "Expresní doručení"}}}``.
    Raises RegionError when it has another one.
    """
    return _words(_merged(_own(), overrides, "")) if overrides else _default_words()


def _words(merged: Mapping[str, Any]) -> Words:
    unknown = merged.keys() - _GROUPS.keys()
    if unknown:
        raise RegionError(f"the words have no group '{min(unknown)}'", hint=f"there are: {', '.join(_GROUPS)}")
    for group, depth in _GROUPS.items():
        _check(merged[group], depth, group)
    for form, units in merged["durations"].items():
        for unit, locales in units.items():
            for tag, patterns in locales.items():
                if "other" not in patterns:
                    raise RegionError(f"durations.{form}.{unit}.{tag} lacks the plural category 'other'")
    _check_phrases(merged["phrases"], merged["durations"])
    return Words(merged["labels"], merged["durations"], merged["phrases"])


def _check_phrases(phrases: Mapping[str, Mapping[str, str]], forms: Mapping[str, object]) -> None:
    unknown = phrases.keys() - {*_PAIRS, WITHIN}
    if unknown:
        raise RegionError(f"there is no phrase '{min(unknown)}'", hint=f"there are: {', '.join((*_PAIRS, WITHIN))}")
    for name in _PAIRS:
        for tag, pattern in phrases[name].items():
            if set(_PLACE.findall(pattern)) != {"0", "1"}:
                raise RegionError(f"phrases.{name}.{tag} needs {{0}} and {{1}}")
    for tag, pattern in phrases[WITHIN].items():
        named = FORM.findall(pattern)
        if len(named) != 1 or named[0] not in forms:
            known = ", ".join(f"{{{form}}}" for form in forms)
            raise RegionError(f"phrases.{WITHIN}.{tag} needs one place for a duration", hint=f"write one of: {known}")


@cache
def _default_words() -> Words:
    return _words(_own())


@cache
def _own() -> dict[str, Any]:
    text = Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
    # texts only, by the loader in C where there is one: this runs whenever a policy is rendered
    words: dict[str, Any] = yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 (it builds texts)
    return words


def _nearest(by_locale: Mapping[str, _T], locale: Locale) -> _T | None:
    here: Locale | None = locale
    while here is not None:
        if here.tag in by_locale:
            return by_locale[here.tag]
        here = here.parent
    return None


def _merged(one: Mapping[str, Any], other: object, where: str) -> dict[str, Any]:
    if not isinstance(other, Mapping):
        raise RegionError(f"the words under '{where or 'words'}' must be a mapping, not {other!r}")
    result = dict(one)
    for key, value in other.items():
        old = result.get(key)
        path = f"{where}.{key}" if where else str(key)
        result[key] = _merged(old, value, path) if isinstance(old, Mapping) else value
    return result


def _check(tree: object, depth: int, where: str) -> None:
    """Raise RegionError unless ``tree`` is ``depth`` mappings deep and ends in texts."""
    if depth == 0:
        if not isinstance(tree, str):
            raise RegionError(f"the words have no text at '{where}'", hint="put the text in quotes")
        return
    if not isinstance(tree, Mapping):
        raise RegionError(f"the words need a mapping at '{where}'", hint="see the shape of words.yml")
    for key, value in tree.items():
        _check(value, depth - 1, f"{where}.{key}")
