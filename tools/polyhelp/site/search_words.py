"""What search knows of a locale before it looks into the full text: pages, titles, words and their other names.

It becomes one small file per locale that the reader's browser loads when search opens, ``words.json``::

    {"pages": [{"url": "de/returns/refunds/", "title": "Erstattungen", "headings": [...], "about": "...",
                "section": "...", "article": "returns/refunds.md", "id": "de_0f3c2aa"}],
     "words": ["artikel", ...], "complete": true, "terms": [["Erstattung", "Rückzahlung", "refund"], ...],
     "characters": {"关": "關"}, "regions": {"DE": "Deutschland"}, "popular": ["de/..."], "contact": "de/..."}

A page of a region has its ``region``; the page that leads to it is marked ``leads``. ``id`` is the page's name in the
full-text index. ``words`` are the most frequent first, for typing errors and parts of longer words; they are
``complete`` unless there are very many. ``characters`` are those of the other Chinese script.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from polyhelp.model import Locale
from polyhelp.site.pages import Page
from polyhelp.site.search_text import Text
from polyhelp.site.steps import Site

MOST_WORDS = 6000
"""How many words of a locale are kept: the most frequent ones. About 50 KB, 20 KB compressed."""

_UNSPACED = frozenset({"ja", "km", "lo", "my", "th", "yue", "zh"})
_WORD = re.compile(r"[^\W\d_]{4,}")
_KATAKANA = re.compile("[ァ-ヺー]{3,}")


@dataclass(frozen=True, slots=True)
class Known:
    """What the configuration and the term base say about search in one locale.

    ``terms`` has one list per concept: its names here, the preferred one first, then the source language's.
    ``characters`` leads from a character to those that the locale's script writes instead. ``regions`` holds names by
    code. ``popular`` and ``contact`` are paths of articles.
    """

    terms: Sequence[Sequence[str]] = ()
    characters: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    popular: Sequence[str] = ()
    contact: str = ""


def known(site: Site, locale: Locale) -> Known:
    """What ``site.options`` says for ``locale`` under ``search``, as :class:`Known` names it."""
    search = site.options.get("search")
    said = search.get(locale.tag) if isinstance(search, Mapping) else None
    return said if isinstance(said, Known) else Known()


def file(site: Site, locale: Locale, texts: Mapping[str, Text], ids: Mapping[str, str]) -> bytes:
    """The content of ``words.json``. ``texts`` has the text of each page of ``locale`` that search knows, by path.

    ``ids`` has the full-text index's name for each page, by address below the site's root.
    """
    pages = [site.pages[locale, path] for path in sorted(texts)]
    told = known(site, locale)
    led_to = {page.article for page in pages if page.path != page.article}
    rows = [
        _row(site, page, texts[page.path], led_to) | {"id": ids[page.address(site.source)]}
        for page in pages
        if page.address(site.source) in ids
    ]
    addresses = {page.path: page.address(site.source) for page in pages}
    everything = set().union(*(set(block) for text in texts.values() for block in text.blocks))
    words = _vocabulary(locale, texts.values())
    regions = {row["region"] for row in rows if "region" in row}
    data = {
        "pages": rows,
        "words": words[:MOST_WORDS],
        "complete": len(words) <= MOST_WORDS,
        "terms": [list(names) for names in told.terms],
        "characters": _written(told.characters, everything),
        "regions": {code: name for code, name in sorted(told.regions.items()) if code in regions},
        "popular": [addresses[path] for path in told.popular if path in addresses],
        "contact": addresses.get(told.contact, ""),
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _row(site: Site, page: Page, text: Text, led_to: set[str]) -> dict[str, object]:
    """A page of a region leaves its headings to the page that leads to it: they are the same in all regions."""
    about = site.knows(page)
    of_region = page.path != page.article
    row: dict[str, object] = {
        "url": page.address(site.source),
        "title": about.title or text.title,
        "headings": [] if of_region else list(dict.fromkeys(text.headings)),
        "about": about.description,
        "section": about.section[-1] if about.section else "",
        "article": page.article,
        "region": about.region,
        "leads": page.path in led_to,
    }
    return {name: value for name, value in row.items() if value}


def _vocabulary(locale: Locale, texts: Iterable[Text]) -> list[str]:
    """All words, the most frequent first."""
    pattern = _KATAKANA if locale.language in _UNSPACED else _WORD
    counted = Counter(word for text in texts for block in text.blocks for word in pattern.findall(block.lower()))
    return sorted(counted, key=lambda word: (-counted[word], word))


def _written(characters: Mapping[str, str], everything: set[str]) -> dict[str, str]:
    """Each character that the pages do not write, with the one they write instead."""
    found = {
        other: next((one for one in forms if one in everything), "")
        for other, forms in characters.items()
        if other not in everything
    }
    return {other: one for other, one in sorted(found.items()) if one}
