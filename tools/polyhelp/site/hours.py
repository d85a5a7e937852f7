"""Whether support is open now, on a built page: static hours in, and a script that reads them on the reader's clock.

An author writes ``<div class="ph-hours" data-region="DE"></div>``. The page gets the hours of the region's teams as
JSON, words in its language, and a small script; it asks nobody, and without scripts the place stays empty.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from polyhelp.model import Locale

SCRIPT = "assets/javascripts/polyhelp-hours.js"
"""The script's address below the site's root."""

WORDS = {"open": "hours_open", "closed": "hours_closed", "always": "hours_always"}
"""The words that the script says, and what they are called among the interface words."""

_PLACE = re.compile(r"<div\b([^<>]*)>\s*</div>", re.IGNORECASE)
_CLASS = re.compile(r"\bclass=(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_REGION = re.compile(r"\bdata-region=(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\u200e\u200f\u2066-\u2069\s]")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks on a page: its locale, and the interface words in it."""

    locale: Locale
    words: Mapping[str, str]


def body(article: str, regions: Mapping[str, Mapping[str, Any]], voice: Voice, script: str) -> str:
    """The article's HTML with what its places for support hours need; as it is when it has none.

    ``regions`` has each region's hours by code, as :func:`polyhelp.workflow.hours.duty` gives them; ``script`` is the
    relative address of :data:`SCRIPT`. A place for a region without hours stays empty.
    """
    used: dict[str, Mapping[str, Any]] = {}

    def place(match: re.Match[str]) -> str:
        classes, region = _CLASS.search(match[1]), _REGION.search(match[1])
        if not classes or not region or "ph-hours" not in classes[1][1:-1].split():
            return match[0]
        code = _INVISIBLE.sub("", html.unescape(region[1][1:-1])).upper()
        if code not in regions:
            return match[0]
        used[code] = {**regions[code], "format": _conventions(voice.locale, code)}
        return (
            f'<div class="ph-hours" data-code="{html.escape(code)}" lang="{voice.locale}"'
            f' dir="{voice.locale.direction}" role="status" aria-live="polite" data-search-exclude></div>'
        )  # fmt: skip

    article = _PLACE.sub(place, article)
    if not used:
        return article
    words = {name: voice.words[word] for name, word in WORDS.items()}
    data = json.dumps({"words": words, "regions": used}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return (
        f'{article}\n<script type="application/json" class="ph-hours-data">{safe}</script>'
        f'<script src="{html.escape(script, quote=True)}" defer></script>'
    )  # fmt: skip


def _conventions(locale: Locale, region: str) -> str:
    """How times are written: the reader's language as it is written in the region."""
    return locale.tag if locale.region else f"{locale.tag}-{region.partition('-')[0]}"
