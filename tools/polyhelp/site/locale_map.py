"""What a locale is called in each place that names it: folders, the theme, HTML, search engines, the search index.

The theme's interface words come in partials ``partials/languages/<name>.html``. For locales it has none for, one is
made here that says the locale's tag and direction and has the words of the nearest; where none is near, polyhelp's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel import Locale as Cldr
from babel import UnknownLocaleError

from polyhelp.model import Locale
from polyhelp.site.steps import Site

STAGED = Path("build/theme")
"""The folder of templates that partials are made in, relative to the help center."""
PARTIALS = "partials/languages"
"""Where the theme looks for the words of a language, below a folder of templates."""
LAST = "en"
"""The language whose words stand where the theme speaks none that is near."""

_NEAR = {  # where neither the tag nor a part of it is what Material calls the language
    "bs": "sh", "ckb": "ku-IQ", "cnr": "sh", "fil": "tl", "in": "id", "iw": "he", "ku-Arab": "ku-IQ", "mo": "ro",
    "no": "nb", "sr-Cyrl": "sr", "sr-Latn": "sh", "yue": "zh-Hant", "yue-Hans": "zh", "zh-Hans": "zh",
}  # fmt: skip
_STEMMERS = {"nb": "no", "nn": "no", "yue": "zh", "in": "id", "iw": "he"}
_WORDS = {"action.skip": "skip", "select.language": "choose_language"}


@dataclass(frozen=True, slots=True)
class LocaleEntry:
    """One locale under all its names.

    ``folder`` is the part of an address that its pages share (``""`` for the source locale), ``theme`` the name of
    the theme's partial, ``nearest`` the one of Material's that has its words; ``html`` goes into ``lang``,
    ``hreflang`` into links between locales, ``dir`` is ``ltr`` or ``rtl``, ``search`` the language that the search
    index stems and splits by, and ``name`` what its readers call it.
    """

    locale: Locale
    folder: str
    theme: str
    nearest: str
    html: str
    hreflang: str
    dir: str
    search: str
    name: str


def of(site: Site) -> Mapping[Locale, LocaleEntry]:
    """The entries of the site's locales; ``site.options["names"]`` maps a locale to the name that it was given."""
    names: Any = site.options.get("names", {})
    return _built(site.source, site.locales, tuple(names.items()))


def build(
    source: Locale, locales: Iterable[Locale], names: Mapping[Locale, str] | None = None
) -> Mapping[Locale, LocaleEntry]:
    """The entries of a project's ``locales``; ``names`` are those that the configuration gives."""
    listed = tuple(locales)
    tags = {locale.tag for locale in listed}
    given = names or {}
    return {
        locale: LocaleEntry(
            locale=locale,
            folder="" if locale == source else locale.tag,
            theme=locale.tag,
            nearest=nearest(locale),
            html=locale.tag,
            hreflang=_hreflang(locale, tags),
            dir=locale.direction,
            search=_STEMMERS.get(locale.language, locale.language),
            name=given.get(locale) or own_name(locale),
        )
        for locale in listed
    }


def nearest(locale: Locale) -> str:
    """The partial of Material's that is nearest to ``locale``; never one in another script where there is a choice."""
    script = f"{locale.language}-{locale.script}" if locale.script else ""
    candidates = (locale.tag, *(one for name in (script, locale.language) for one in (_NEAR.get(name, ""), name)))
    return next((name for name in candidates if name in _known()), LAST)


def partials(entries: Iterable[LocaleEntry], words: Mapping[Locale, Mapping[str, str]]) -> Mapping[str, bytes]:
    """The partials that Material lacks: path below a folder of templates -> template.

    ``words`` are the interface words of each locale.
    """
    return {
        f"{PARTIALS}/{entry.theme}.html": _partial(entry, words.get(entry.locale, {})).encode()
        for entry in entries
        if entry.theme not in _known()
    }


def own_name(locale: Locale) -> str:
    """What readers of ``locale`` call it (CLDR), its first letter as in a list; its tag where CLDR does not know it."""
    try:
        name = Cldr.parse(locale.tag, sep="-").get_display_name() or ""
    except (UnknownLocaleError, ValueError):
        return locale.tag
    return f"{name[:1].upper()}{name[1:]}" if name else locale.tag


def _partial(entry: LocaleEntry, words: Mapping[str, str]) -> str:
    strange = entry.nearest == LAST != entry.locale.language
    said = {key: words[name] for key, name in _WORDS.items() if strange and words.get(name)}
    table = json.dumps({"language": entry.html, "direction": entry.dir, **said}, ensure_ascii=False)
    return (
        f'{{% import "{PARTIALS}/{entry.nearest}.html" as nearest %}}\n'
        f"{{% macro t(key) %}}{{{{ {table}[key] or nearest.t(key) }}}}{{% endmacro %}}\n"
    )


def _hreflang(locale: Locale, tags: set[str]) -> str:
    """The tag, but search engines read regions of ISO 3166-1 only: a part of the world gives way to the language.

    (Google Search Central, "Tell Google about localized versions of your page".) Where the project has that
    language as a locale of its own, the tag stays: two pages may not claim one language.
    """
    if not locale.region.isdigit():
        return locale.tag
    plain = locale.tag.removesuffix(f"-{locale.region}")
    rivals = {tag for tag in tags if tag == plain or (tag.startswith(f"{plain}-") and tag[-3:].isdigit())}
    return plain if rivals == {locale.tag} else locale.tag


@cache
def _built(
    source: Locale, locales: tuple[Locale, ...], names: tuple[tuple[Locale, str], ...]
) -> Mapping[Locale, LocaleEntry]:
    return build(source, locales, dict(names))


@cache
def _known() -> frozenset[str]:
    folder = files("material").joinpath("templates", *PARTIALS.split("/"))
    return frozenset(entry.name.removesuffix(".html") for entry in folder.iterdir())
