"""A segment as a customer would see it, in HTML of our own making.

Nothing of the text becomes HTML except what is listed here, without any attribute: an address is not linked, an image
not fetched, a tag that is not listed is shown as text.
"""

from __future__ import annotations

import html
import re

from markupsafe import Markup, escape

from polyhelp.review import harmless
from polyhelp.text.inline import Code, Role, tokenize
from polyhelp.text.plural import Plural

_ELEMENTS = {"strong": "strong", "emphasis": "em", "strike": "s", "mark": "mark", "insert": "u"}
_TAGS = frozenset({"b", "bdi", "cite", "dfn", "em", "i", "kbd", "q", "s", "small", "strong", "sub", "sup", "u"})
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DEEPEST = 16  # elements inside each other; nobody reads more


def rendered(text: str) -> Markup:
    """``text``, a segment in Markdown, as HTML; each form of a text with plural forms on a line of its own."""
    plural = Plural.parse(text)
    if plural is None:
        return _Renderer().render(text)
    return Markup("<br>").join(_Renderer().render(form) for form in plural.forms)


def seen(text: str) -> Markup:
    """``text`` as HTML, with the names of characters that nobody sees."""
    return Markup().join(
        escape(said) if said else Markup('<span class="odd">{}</span>').format(code)
        for said, code in harmless.pieces(text)
    )


class _Renderer:
    """Writes one segment; ``open`` are the elements that wait for their end: (id of the pair, name)."""

    def __init__(self) -> None:
        self.out: list[Markup] = []
        self.open: list[tuple[int, str]] = []

    def render(self, text: str) -> Markup:
        for token in tokenize(text):
            if isinstance(token, str):
                self.out.append(seen(token))
            elif token.role is Role.OPEN:
                self._begin(token)
            elif token.role is Role.CLOSE:
                self._end(token)
            else:
                self.out.append(_alone(token))
        while self.open:
            self._close()
        return Markup().join(self.out)

    def _begin(self, code: Code) -> None:
        if code.kind == "image":
            self.out.append(Markup('<span class="code">🖼</span> '))
        if len(self.open) < _DEEPEST and (element := _element(code)):
            kind = Markup(' class="link"') if code.kind == "link" else ""
            self.out.append(Markup("<{}{}>").format(element, kind))
            self.open.append((code.id, element))
        elif code.kind == "html":
            self.out.append(_chip(code.text))

    def _end(self, code: Code) -> None:
        if all(code.id != id_ for id_, _ in self.open):
            if code.kind == "html":
                self.out.append(_chip(code.text))
            return
        while self.open[-1][0] != code.id:
            self._close()
        self._close()

    def _close(self) -> None:
        self.out.append(Markup("</{}>").format(self.open.pop()[1]))


def _element(code: Code) -> str:
    if code.kind in {"link", "image"}:
        return "span"
    if code.kind != "html":
        return _ELEMENTS.get(code.kind, "")
    tag = _TAG.match(code.text)
    name = tag[1].lower() if tag else ""
    return name if name in _TAGS else ""


def _alone(code: Code) -> Markup:
    text = code.bare
    if code.kind == "break" or (code.kind == "html" and _BREAK.fullmatch(text)):
        return Markup("<br>")
    if code.kind == "code":
        return Markup("<code>{}</code>").format(seen(text.strip("`").strip()))
    if code.kind == "url":
        return Markup('<span class="link">{}</span>').format(seen(text.removeprefix("<").removesuffix(">")))
    if code.kind in {"escape", "entity"}:
        return seen(html.unescape(text.removeprefix("\\")))
    return _chip(text) if text else Markup()  # an attribute list is bare of itself


def _chip(text: str) -> Markup:
    return Markup('<span class="code">{}</span>').format(seen(text))
