"""What a staged page says of itself: values of its front matter, and its heading, as a reader sees them.

The staged page has its targets and its region's values in place. Front matter is read as the translator's segments
are, without a YAML parser: a site has thousands of pages.
"""

from __future__ import annotations

import html
import re

from polyhelp.content import without_front_matter
from polyhelp.content.frontmatter import spans, value_of
from polyhelp.model import Slot
from polyhelp.text.shown import THING, shown

_HEADING = re.compile(r"^#[ \t]+(.+?)(?:[ \t]+#+)?(?:[ \t]*\{[^{}\n]*\})?[ \t]*\r?$", re.MULTILINE)


def said(text: str, *keys: str) -> str:
    """The value of the first of ``keys`` that the front matter of ``text`` has as prose; ``""`` for none."""
    for key in keys:
        span = next(spans(text, frozenset({key})), None)
        if span:
            raw = text[span.start : span.end]
            return " ".join((value_of(raw) if span.slot is Slot.YAML else raw).split())
    return ""


def heading(text: str) -> str:
    """The first heading of the page, without its markup; ``""`` for none."""
    found = _HEADING.search(without_front_matter(text))
    return " ".join(html.unescape(shown(found[1]).replace(THING, " ")).split()) if found else ""
