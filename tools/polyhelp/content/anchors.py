"""Heading ids, as Python-Markdown's toc extension makes them, so that they can be pinned in every locale."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator

from markdown.extensions.toc import slugify as default_slugify

from polyhelp.content.spans import Heading
from polyhelp.text.inline import Code, Role, codes, tokenize

Slugify = Callable[[str, str], str]
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_GIVEN = re.compile(r"""\{:?[^{}\n]*?(?:#(?P<short>[^\s={}]+)|\bid=["']?(?P<long>[^"'\s{}]+))[^{}\n]*\}\Z""")
_NUMBERED = re.compile(r"(.*)_([0-9]{1,9})$", re.DOTALL)
_SILENT = frozenset({"comment", "icon", "footnote", "break", "mark"})
_LANGUAGE = re.compile(r"(?:#!|:::)[\w#.+-]+[ ]+")  # pymdownx.inlinehilite
_ISSUE_NUMBER = re.compile(r"\d")  # "#12" would become a link to an issue (pymdownx.magiclink)


def heading_ids(
    headings: Iterable[tuple[Heading, str]], used: Iterable[str], slugify: Slugify = default_slugify
) -> list[str]:
    """The id of each heading of a page, in order: the author's, else one made from its source, made unique.

    ``used`` are the ids that other elements of the page have.
    """
    headings = list(headings)
    taken = {heading.id for heading, _ in headings if heading.id} | set(used)
    free: dict[tuple[str, int], int] = {}
    return [heading.id or _unique(slugify(_visible(source), "-"), taken, free) for heading, source in headings]


def given_ids(source: str) -> Iterator[str]:
    """The ids that attribute lists give to what is in a line of text."""
    if "{" in source and ("#" in source or "id=" in source):
        for code in codes(source):
            if code.tail and (found := _GIVEN.search(code.text[-code.tail :])):
                yield found["short"] or found["long"]


def _unique(anchor: str, taken: set[str], free: dict[tuple[str, int], int]) -> str:
    """``anchor``, with the next free number if it is taken or empty.

    ``free`` leads from a number that is taken to one behind it, past others that are taken.
    """
    if anchor in taken or not anchor:
        numbered = _NUMBERED.match(anchor)
        base, count = (numbered[1], int(numbered[2]) + 1) if numbered else (anchor, 1)
        passed: list[int] = []
        while f"{base}_{count}" in taken:
            passed.append(count)
            count = free.get((base, count), count + 1)
        free.update(((base, number), count + 1) for number in passed)
        anchor = f"{base}_{count}"
    taken.add(anchor)
    return anchor


def pin(heading: Heading, anchor: str) -> str:
    """What is written at ``heading.pin_at`` to give the heading the id ``anchor``.

    Inline markup is read before attribute lists are, hence the escape of ``_``.
    """
    attribute = f'id="{anchor}"' if _ISSUE_NUMBER.match(anchor) else f"#{anchor}"
    attribute = attribute.replace("_", "\\_") if re.search(r"(?<![^\W_])_|_(?![^\W_])|_.*_", anchor) else attribute
    return f"{attribute} " if heading.in_list else f" {{ {attribute} }}"


def _visible(source: str) -> str:
    """What a reader sees of a heading, as plain text."""
    out: list[str] = []
    images = 0
    for token in tokenize(source):
        if isinstance(token, Code) and token.kind == "image":
            images += 1 if token.role is Role.OPEN else -1
        elif images:
            continue  # an alternative text is an attribute
        elif isinstance(token, str):
            out.append(html.unescape(token))
        elif token.role is Role.VOID and token.kind not in _SILENT:
            out.append(_shown(token))
    return " ".join("".join(out).split())


def _shown(code: Code) -> str:  # noqa: PLR0911 (one return for each kind of code)
    text = code.text
    if code.kind == "code":
        ticks = len(text) - len(text.lstrip("`"))
        return _LANGUAGE.sub("", code.bare[ticks:].rstrip("`").strip())
    if code.kind == "escape":
        return text[1:]
    if code.kind == "url":
        return text.strip("<>")
    if code.kind == "html":
        closed = text.rfind("-->") + 3
        return html.unescape(_TAG.sub("", _COMMENT.sub("", text[:closed]) + text[closed:] if closed > 2 else text))
    if code.kind == "entity":
        return html.unescape(text)
    if code.kind == "keys":
        return text.strip("+")
    if code.kind == "reference":
        return text.removesuffix("[]")[1:-1] if text.endswith("][]") else text
    return text
