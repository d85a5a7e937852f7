"""The words that CLDR lacks, by locale: ``words.yml`` beside this module, and what a shop adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML

from polyhelp.errors import RegionError
from polyhelp.model import Locale
from polyhelp.text.similarity import closest

_T = TypeVar("_T")
PLAIN = "plain"
"""The form of a duration that stands alone."""


@dataclass(frozen=True, slots=True)
class Words:
    """``labels``: word -> locale -> text. ``durations``: form -> unit -> locale -> plural category -> pattern."""

    labels: Mapping[str, Mapping[str, str]]
    durations: Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]

    def label(self, word: str, locale: Locale) -> str:
        """What ``word`` is called in ``locale``, else in its nearest parent. Raises RegionError when nobody knows."""
        found = _nearest(self.labels.get(word, {}), locale)
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
            near = closest(form, self.durations)
            hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(self.durations)}"
            raise RegionError(f"there is no form '{form}' of a duration", hint=hint)
        found = _nearest(self.durations[form].get(unit, {}), locale)
        if found is None and form != PLAIN:
            raise RegionError(
                f"there are no words for '{unit}' in the form '{form}' in the locale '{locale}'",
                hint=f"add them: 'durations: {{{form}: {{{unit}: {{{locale}: {{other: \"{{0}} ...\"}}}}}}}}', "
                "or use the duration filter without a case",
            )
        return found


def load_words(overrides: Mapping[str, object] | None = None) -> Words:
    """The words of words.yml, with ``overrides`` laid over them.

    ``overrides`` has the shape of words.yml: ``{"labels": {"express": {"cs": "Expresní doručení"}}}``.
    Raises RegionError when it has another one.
    """
    return _words(_merged(_own(), overrides, "")) if overrides else _default_words()


def _words(merged: Mapping[str, Any]) -> Words:
    unknown = merged.keys() - {"labels", "durations"}
    if unknown:
        raise RegionError(f"the words have no group '{min(unknown)}'", hint="there are: labels, durations")
    _check(merged["labels"], 2, "labels")
    _check(merged["durations"], 4, "durations")
    for form, units in merged["durations"].items():
        for unit, locales in units.items():
            for tag, patterns in locales.items():
                if "other" not in patterns:
                    raise RegionError(f"durations.{form}.{unit}.{tag} lacks the plural category 'other'")
    return Words(merged["labels"], merged["durations"])


@cache
def _default_words() -> Words:
    return _words(_own())


@cache
def _own() -> dict[str, Any]:
    text = Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
    words: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
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
