"""What Material calls a language: the name of its partial ``partials/languages/<name>.html``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from polyhelp.model import Locale


@cache
def _known() -> frozenset[str]:
    folder = files("material").joinpath("templates", "partials", "languages")
    return frozenset(entry.name.removesuffix(".html") for entry in folder.iterdir())


def language(locale: Locale) -> str:
    """The nearest language that Material speaks, ``en`` when it speaks none that is near."""
    chinese = "zh-Hant" if locale.script == "Hant" else "zh"
    nearest = (locale.tag, chinese if locale.language == "zh" else "", locale.language)
    return next((name for name in nearest if name in _known()), "en")
