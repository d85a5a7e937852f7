"""Reference links whose label is their text: writing the label out, so that the text can be translated.

``[Refunds]`` and ``[Refunds][]`` are links where the page defines ``[Refunds]: url``. A translated text would no longer
be the label, so the segment's source says ``[Refunds][Refunds]``: the second stays, the first is translated.

The rules are Python-Markdown's:

1. Labels are compared without case, a row of white space as one space.
2. A bracket inside a bracket that is no link is no link either.
3. One space or line end may stand between ``[text]`` and ``[label]``; the source is written without it.
4. ``[text][label]`` with a label that nobody defines is ``[text]``, a link if ``text`` is defined, and ``[label]``.
5. A label in which other markup was found first (code, an escape, a link) defines nothing.

A label with a dollar sign, twice on a line, would be mathematics: it is written ``[$x][]``, and not translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyhelp.text.inline import Code, Role, tokenize

_BRACKET = re.compile(r"[\[\]]")
_SPACED_LABEL = re.compile(r"\s\[([^\[\]]*)\]")
_FULL = re.compile(r"\]\[(?P<label>[^\[\]]+)\]")
_COLLAPSED = re.compile(r"!?\[(?P<label>[^`\\\[\]]*)\]\[\]")
_READ_FIRST = frozenset({"code", "escape", "footnote", "math", "reference"})
_BLOT = "\x00"  # not white space, not a bracket: what stands in a code is neither

_Edit = tuple[int, int, str]  # from, to, what stands there instead


def normal(label: str) -> str:
    """A label as it is compared."""
    return re.sub(r"\s+", " ", label.strip().lower())


def written_out(source: str, labels: frozenset[str]) -> str:
    """``source`` with every reference to one of ``labels`` (normal form) in its full form, ``[text][label]``."""
    if not labels or "[" not in source:
        return source
    visible, edits = _read(source, labels)
    at = 0
    for start, end in _outermost(visible):
        spaced = _SPACED_LABEL.match(visible, end)
        if start < at or visible[end : end + 1] == "(":
            continue
        if spaced and normal(spaced[1]) in labels:
            edits.append((end, end + 1, ""))
            at = spaced.end()
        elif normal(visible[start + 1 : end - 1]) in labels:
            edits.append((end, end, f"[{_second(source[start + 1 : end - 1])}]"))
    out: list[str] = []
    at = 0
    for start, end, text in sorted(edits):
        out += [source[at:start], text]
        at = end
    return "".join([*out, source[at:]])


def _second(label: str) -> str:
    return "" if "$" in label else label


def _read(source: str, labels: frozenset[str]) -> tuple[str, list[_Edit]]:
    """The source with links and what is read before them blotted out; and the edits of what looks like full links."""
    visible: list[str] = []
    edits: list[_Edit] = []
    opened = blotted = at = 0  # offsets: of the text of the last link, after the last blot, of the token
    for token in tokenize(source):
        text = token if isinstance(token, str) else token.text
        is_link = isinstance(token, Code) and token.kind in {"link", "image"}
        hidden = is_link or (isinstance(token, Code) and token.kind in _READ_FIRST)
        if isinstance(token, Code) and is_link and token.role is Role.OPEN:
            opened = at + len(text)
        elif is_link and blotted <= opened and (full := _FULL.match(text)) and normal(full["label"]) not in labels:
            inside = source[opened:at]
            if normal(inside) in labels:
                edits.append((at + 1, at + 1, f"[{_second(inside)}]"))
        elif hidden and (found := _COLLAPSED.match(text)) and normal(found["label"]) in labels:
            edits.append((at + found.end() - 1, at + found.end() - 1, _second(found["label"])))
        visible.append(_BLOT * len(text) if hidden else text)
        at += len(text)
        blotted = at if hidden else blotted
    return "".join(visible), edits


def _outermost(visible: str) -> Iterator[tuple[int, int]]:
    """Where the brackets stand that are in no other bracket."""
    depth = start = 0
    for match in _BRACKET.finditer(visible):
        if match.group() == "[":
            start = match.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, match.end()
