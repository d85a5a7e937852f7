"""What obsolete units in a PO file were made from: lines (``#~|``) that polib writes, but does not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polib

from polyhelp.locales.po_plural import source

_RETIRED = re.compile(r'#~(?P<previous>\|)?\s*(?:(?P<word>msg\w+)\s*)?"(?P<text>.*)"$')


def previous_of_obsolete(text: str) -> Iterator[str]:
    """The previous source of every obsolete unit of a PO file, in order; ``""`` for one that has none."""
    previous: dict[str, str] = {}
    word = ""
    for line in text.split("\n"):
        match = _RETIRED.match(line.strip())
        if match is None:
            continue
        if match["previous"]:
            word = match["word"] or word
            previous[word] = previous.get(word, "") + polib.unescape(match["text"])
        elif match["word"] == "msgid":
            yield source(previous.get("msgid", ""), previous.get("msgid_plural", ""), previous.get("msgctxt", ""))
            previous, word = {}, ""
