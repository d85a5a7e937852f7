"""Simplified and Traditional Chinese characters told apart: the pairs stand in ``han.yml`` beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from polyhelp.model import Locale

_BIG5, _JIS = "big5", "euc_jis_2004"


@cache
def wrong_forms(locale: Locale) -> Mapping[str, str]:
    """The characters that are not of the locale's script, each with what the script writes instead.

    Those of the other Chinese script, and for Japanese the Simplified ones that Japanese does not have (JIS X 0213).
    Empty for every other language.
    """
    if locale.language == "ja":
        return {simple: full for simple, full in _pairs() if not _has(_JIS, simple)}
    if locale.language != "zh":
        return {}
    if locale.script == "Hant":
        return {simple: full for simple, full in _pairs() if not _has(_BIG5, simple)}
    return {form: simple for simple, full in _pairs() for form in full}


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    """Each Simplified character with its Traditional forms."""
    text = files("polyhelp.checks").joinpath("han.yml").read_text(encoding="utf-8")
    words = YAML(typ="safe", pure=True).load(text)["pairs"].split()
    return tuple((word[0], word[1:]) for word in words)


def _has(charset: str, character: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
