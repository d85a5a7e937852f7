"""The words that polyhelp itself says to customers, in their language. They stand in ``words.yml`` beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from polyhelp.model import Locale

_SAME = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN", "zh": "zh-CN", "pt-PT": "pt", "no": "nb"}
"""Locales whose words stand in the file under another tag: Chinese by its script, Portuguese as in Portugal."""


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = files("polyhelp.site").joinpath("words.yml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, str]] = YAML(typ="safe", pure=True).load(text)
    return loaded


def names() -> tuple[str, ...]:
    """The names of all words."""
    return tuple(_words())


def own(name: str, locale: Locale) -> str:
    """The word called ``name`` in ``locale`` or its nearest parent; ``""`` when polyhelp does not bring it."""
    known = _words()[name]
    tags = (tag for one in locale.lineage for tag in (one.tag, _SAME.get(one.tag, "")))
    return next((known[tag] for tag in tags if tag in known), "")


def english(name: str) -> str:
    """The word in English: what is translated where polyhelp does not bring it."""
    return _words()[name]["en"]
