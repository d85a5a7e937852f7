"""Heading ids, as Python-Markdown's toc extension makes them, so that they can be pinned in every locale."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from markdown.extensions.toc import slugify as default_slugify
from markdown.extensions.toc import unique

from polyhelp.content.spans import Heading
from polyhelp.text.inline import Code, Role, tokenize

Slugify = Callable[[str, str], str]
_ANY_ID = re.compile(r"\{[^{}\n]*?#([\w:.-]+)[^{}\n]*\}|<[a-zA-Z][^<>]*?\sid=[\"']([^\"']+)[\"']")
_SILENT = frozenset({"comment", "icon", "attributes", "html"})


def heading_ids(text: str, headings: Iterable[Heading], slugify: Slugify = default_slugify) -> list[str]:
    """The id of each heading of a page, in order: the author's, else one made from the text, made unique."""
    headings = list(headings)
    given = {heading.id for heading in headings if heading.id}
    used = given | {found for match in _ANY_ID.finditer(text) for found in match.groups() if found}
    return [
        heading.id or unique(slugify(html.unescape(_visible(text[heading.start : heading.end])), "-"), used)
        for heading in headings
    ]


def _visible(source: str) -> str:
    """What a reader sees of a heading, as plain text."""
    out: list[str] = []
    for token in tokenize(source):
        if isinstance(token, str):
            out.append(token)
        elif token.role is Role.VOID and token.kind not in _SILENT:
            out.append(_shown(token))
    return "".join(out)


def _shown(code: Code) -> str:
    if code.kind == "code":
        ticks = len(code.text) - len(code.text.lstrip("`"))
        return re.sub(r"\{:?[^{}]*\}$", "", code.text)[ticks:].rstrip("`").strip()
    if code.kind == "escape":
        return code.text[1:]
    if code.kind == "url":
        return code.text.strip("<>")
    if code.kind == "keys":
        return code.text.strip("+")
    if code.kind == "footnote":
        return "1"
    return code.text
