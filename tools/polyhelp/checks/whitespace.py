"""Check: no doubled spaces, and none at the edges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Severity, Unit
from polyhelp.text.inline import masked

_WALL = "\ufffc"
_SPACE = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_DOUBLED = re.compile(rf"(?<=[^{_SPACE}\n])[{_SPACE}]{{2,}}(?=[^{_SPACE}\n])")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:  # noqa: ARG001 (spaces are the same for all locales)
    """A warning for doubled spaces, for spaces at the edges and for empty lines that the source does not have."""
    if unit.target != unit.target.strip() and unit.source == unit.source.strip():
        yield Finding(Severity.WARNING, "There is a space or an empty line at the beginning or the end. Delete it.")
    doubled = _DOUBLED.search(masked(unit.target, _WALL))
    if doubled and not _DOUBLED.search(masked(unit.source, _WALL)):
        left, right = max(doubled.start() - 15, 0), doubled.end() + 15
        mark = unit.target[left:right]
        yield Finding(Severity.WARNING, f"Two spaces stand in a row in '{mark.strip()}'. Leave one.", mark)
    if _EMPTY_LINE.search(unit.target.strip()) and not _EMPTY_LINE.search(unit.source):
        text = "There is an empty line inside the text, which would make two paragraphs of it. Delete it."
        yield Finding(Severity.WARNING, text)


CHECK = Check(
    its="whitespace",
    about="""\
Finds two spaces in a row, spaces at the beginning or the end of a text, and empty lines inside it, where the source
has none.

Such spaces come in by mistake, when a word is deleted or text is pasted. At the beginning of a line they can turn a
paragraph into a code block, and an empty line makes two paragraphs of one.

Leave one space. If the spaces are meant, waive the finding at the unit with a line `# waive: whitespace REASON`.
""",
    look=look,
)
