"""What an admonition without a title says: its type. The words of each language stand in ``titles.yml``.

Python-Markdown prints the type with a capital first letter, in English in every locale.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from polyhelp.model import Locale

KNOWN = frozenset(
    {
        *("note", "abstract", "summary", "tldr", "info", "todo", "tip", "hint", "important", "success", "check"),
        *("done", "question", "help", "faq", "warning", "caution", "attention", "failure", "fail", "missing", "danger"),
        *("error", "bug", "example", "quote", "cite", "seealso", "snippet", "deprecated"),
    }
)
"""The types that ``titles.yml`` has in every language; "details" is there, too, but as a block it has no title."""


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    from ruamel.yaml import YAML  # noqa: PLC0415 (it is needed only where a page is shown in another language)

    text = files("polyhelp.content").joinpath("titles.yml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, str]] = YAML(typ="safe", pure=True).load(text)
    return loaded


def default_title(name: str, locale: Locale) -> str:
    """The title of type ``name`` in ``locale`` or its nearest parent; ``""`` when polyhelp does not know it."""
    found = (_words().get(one.tag, {}).get(name) for one in locale.lineage)
    return next((title for title in found if title), "")


def is_known(name: str) -> bool:
    """Whether ``name`` is a type of admonition that polyhelp has words for."""
    return name in KNOWN


def printed_title(name: str) -> str:
    """What Python-Markdown prints for type ``name``."""
    return name.capitalize()
