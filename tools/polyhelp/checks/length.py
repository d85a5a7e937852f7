"""Check: titles, headings and interface words are short enough for the place where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Kind, Lengths, Severity, Unit
from polyhelp.text.shown import shown

_ROOM = {Kind.HEADING: 60, Kind.TITLE: 60, Kind.FRONT_MATTER: 60, Kind.INTERFACE: 25}
"""Columns that every place of a kind has; further ones are compared with the source's."""
_TIMES = 2.5
"""How many times as wide as its source a text may be: a choice of ours, wide enough that good headings pass."""


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """A warning where a text is longer than the style guide allows, or much longer than its source in a narrow place.

    Only headings, titles, front matter and interface words are looked at. A text that is as long as its source is not
    too long, whatever the style guide allows.
    """
    kind = unit.notes[0] if unit.notes else ""
    if kind not in _ROOM:
        return
    width, before = _width(shown(unit.target)), _width(shown(unit.source))
    limit = _limit(Kind(kind), before, setting.style.length)
    if limit and width > max(limit, before):
        text = f"The text is too long for its place: it takes {width} columns, and the style guide allows {limit}."
        yield Finding(Severity.WARNING, text)
    elif not limit and width > max(_ROOM[Kind(kind)], before * _TIMES):
        text = f"The text takes {width} columns and its source {before}: it may not fit its place. Say it shorter."
        yield Finding(Severity.WARNING, text)


def _limit(kind: Kind, before: int, limits: Lengths) -> int:
    """The style guide's limit for a text whose source is ``before`` columns wide; 0 where it sets none.

    What fits the limit of a title in the source is taken for a title, what does not for a description.
    """
    if kind is Kind.FRONT_MATTER:
        return limits.title if before <= limits.title else limits.description
    return {Kind.HEADING: limits.heading, Kind.INTERFACE: limits.interface}.get(kind, 0)


def _width(text: str) -> int:
    """Columns: two for a full-width character (UAX 11), none for marks that sit on another letter."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


CHECK = Check(
    its="length",
    about="""\
Finds headings, titles, descriptions and words of the navigation that are too long for the place where they stand: a
search engine cuts a title after about 60 characters, and a menu has room for a few words.

Limits stand in the style guide of the locale, in columns (a Chinese, Japanese or Korean character takes two):

```yaml
# glossary/styles/de.yml
length:
  title: 60          # of a page, in its front matter
  description: 160   # of a page, in its front matter
  heading: 70        # on a page
  interface: 30      # in the navigation
```

Where the style guide says nothing, only a text of more than 60 columns (25 in the navigation) that is more than two and
a half times as wide as its source is reported.

Say it shorter, or waive the finding at the unit with a line `# waive: length REASON`.
""",
    look=look,
)
