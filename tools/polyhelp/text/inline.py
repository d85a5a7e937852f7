"""Markup inside a segment: there and back.

A segment's source is plain Markdown, nearly always one line. :func:`tokenize` takes it apart into text and codes;
:func:`serialize` joins them again, and ``serialize(tokenize(text)) == text`` for every text.

The rules, in order; what none of them takes is text:

1. Template tags ``{{ }}``, ``{% %}``, ``{# #}`` and include marks ``{* *}``, ``{! !}`` are placeholders.
2. A code span runs from a row of backticks to the next row of the same length.
3. A backslash before Markdown punctuation is an escape; two spaces or a backslash before a line end is a break.
4. ``<http://…>`` and ``<a@b.c>`` are urls; ``<!-- -->`` is a comment; other tags are html, paired where they close
   each other; the content of ``kbd``, ``code``, ``samp``, ``var``, ``svg``, ``math``, ``script`` and ``style`` is part
   of the code.
5. ``[text](target "title")``, ``[text][label]`` and images are pairs around their text; ``[label][]`` is one code;
   a bare ``[text]`` is text.
6. ``[^1]`` is a footnote, ``:name:`` an icon, ``++ctrl+c++`` keys, ``$x^2$`` math, ``&nbsp;`` an entity.
7. Bare addresses, e-mail addresses and ``@names`` are urls.
8. ``{name}``, ``%s``, ``%(name)s`` and ``${name}`` are placeholders.
9. An attribute list ``{ .class #id key="value" }`` belongs to the code before it, or stands alone.
10. ``*``, ``_``, ``~~``, ``==`` and ``^^`` are emphasis where an opening row (no space after it) meets a closing one
    (no space before it) inside the same link or tag; ``_`` inside a word is text.

Time is linear in the length of the text: a closing mark that was not found once is not looked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    """Whether a code opens a span, closes one, or stands alone."""

    OPEN = "open"
    CLOSE = "close"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Code:
    """One piece of inline markup.

    ``kind`` is link, image, strong, emphasis, strike, mark, insert, html, code, url, icon, placeholder, escape,
    entity, break, footnote, comment, attributes, math, keys or reference. The two codes of a pair share ``id``; ids
    count from 1 in order of appearance. ``parts`` alternates literal markup and prose (a link's title, an attribute
    ``alt``): literal, prose, literal, ..., literal.
    """

    role: Role
    kind: str
    id: int
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The code as it is written in Markdown."""
        return "".join(self.parts)


Token = str | Code

_MARK = re.compile(
    r"""
      (?P<template>\{\{|\{%|\{\#|\{\*|\{!)
    | (?P<ticks>`+)
    | (?P<math>\\\(|\\\[|\$\$|\$(?![\s$]))
    | (?P<escape>\\[\\`*_{}\[\]()<>\#+.!:~=^|"'&$-])
    | (?P<break>(?:[ ]{2,}|\\)\n)
    | (?P<url><[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>|<[^\s<>@`"']{1,64}@[^\s<>@]{1,255}>
        |(?<![\w/@.-])(?:https?://|ftp://|www\.)[^\s<>"'`\])}|]*[^\s<>"'`\])}|.,;:!?*_])
    | (?P<comment><!--)
    | (?P<tag></?[A-Za-z][\w:-]*(?=[\s/>]))
    | (?P<footnote>\[\^[^\]\s]{1,99}\])
    | (?P<open>!?\[)
    | (?P<close>\])
    | (?P<icon>(?<![\w:]):[a-z0-9][a-z0-9_+-]*:)
    | (?P<keys>\+\+[\w"'-]+(?:\+[\w"'-]+)*\+\+)
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    | (?P<critic>\{(?:\+\+|--|~~|==|>>)|(?:\+\+|--|~~|==|<<)\}|~>)
    | (?P<brace>\$?\{)
    | (?P<format>%(?:\(\w{1,99}\))?[sdf](?!\w))
    | (?P<mention>@)
    | (?P<run>\*+|_+|~~+|==+|\^\^+)
    """,
    re.VERBOSE,
)
_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}", "{*": "*}", "{!": "!}", "\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_TAG_REST = re.compile(r"""(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_TARGET = re.compile(
    r"""\(\s*(?:<[^<>\n]*>|(?:\{\{[^{}\n]*\}\}|[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()\\]*\))*\))*)
        (?:\s+(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'))?\s*\)""",
    re.VERBOSE,
)
_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")
_ATTRIBUTES = re.compile(r"""\{:?[ ]*((?:[^{}\n"']|"[^"\n]*"|'[^'\n]*'){0,500})\}""")
_ATTRIBUTE_LIST = re.compile(r"""(?:\s*(?:[.#][^\s{}.#"'=]+(?=[\s.#]|$)|[\w:@.-]+=(?:"[^"]*"|'[^']*'|[^\s"']+)))+\s*""")
_WORDS_IN_BRACES = re.compile(r"\s*[\w:@.-]+(?:\s+[\w:@.-]+){0,2}\s*")
_PROSE_ATTRIBUTE = re.compile(
    r"""((?:^|[\s{])(?:alt|title|data-title|aria-label|placeholder)=)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_MAIL_BEFORE = re.compile(r"[\w.+-]{1,64}\Z")
_MAIL_AFTER = re.compile(r"@[\w-]+(?:\.[\w-]+)+")
_NAME_AFTER = re.compile(r"@[A-Za-z][\w-]*(?:/[\w.-]*\w)?")
_OPAQUE = frozenset({"kbd", "code", "samp", "var", "svg", "math", "script", "style"})
_EMPTY = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_RUN_KINDS = {"*": ("emphasis", "strong"), "_": ("emphasis", "strong"), "~": ("strike", "strike"),
              "=": ("mark", "mark"), "^": ("insert", "insert")}  # fmt: skip


@lru_cache(maxsize=4096)
def tokenize(text: str) -> tuple[Token, ...]:
    """Take one segment apart into text and codes. Never fails: what is not markup is text."""
    if not _MARK.search(text):
        return (text,) if text else ()
    pieces = _Scanner(text).scan()
    _pair_html(pieces)
    return _finish(_pair_runs(pieces))


def serialize(tokens: Iterable[Token]) -> str:
    """Join tokens to Markdown."""
    return "".join(token if isinstance(token, str) else token.text for token in tokens)


def codes(text: str) -> tuple[Code, ...]:
    """The codes of a segment, in order."""
    return tuple(token for token in tokenize(text) if isinstance(token, Code))


def masked(text: str, filler: str = " ") -> str:
    """The segment with every code blotted out by ``filler``: same length, so that positions stay right.

    The prose inside codes (titles, alternative texts) stays readable.
    """
    out: list[str] = []
    for token in tokenize(text):
        if isinstance(token, str):
            out.append(token)
        else:
            out.extend(part if i % 2 else filler * len(part) for i, part in enumerate(token.parts))
    return "".join(out)


def has_prose(text: str) -> bool:
    """Whether there is any letter outside codes: something to translate."""
    return any(character.isalpha() for character in masked(text))


# ---------------------------------------------------------------- scanning: flat pieces, links resolved


@dataclass(slots=True)
class _Run:
    """A row of emphasis marks; ``left`` marks are still unmatched."""

    text: str
    opens: bool
    closes: bool
    left: int
    before: list[Code] = field(default_factory=list)  # codes it closes, inner first
    after: list[Code] = field(default_factory=list)  # codes it opens, inner first


_Piece = str | Code | _Run


class _Scanner:
    """Reads a text once, left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.pieces: list[_Piece] = []
        self.brackets: list[int] = []  # positions in pieces of "[" that may still open a link
        self.missing: dict[str, int] = {}  # closers that do not occur after this offset
        self.ticks: dict[int, list[int]] | None = None

    def scan(self) -> list[_Piece]:
        start = 0
        while match := _MARK.search(self.text, self.at):
            found = match.start()
            self.at = found
            kind = match.lastgroup or ""
            before = len(self.pieces)
            if start < found:
                self.pieces.append(self.text[start:found])
            if getattr(self, f"_{kind}")(match):
                start = self.at
            else:
                del self.pieces[before:]
                self.at = match.end()
                if kind == "math":  # "\(" may still be an escape
                    self.at = found + 1
        if start < len(self.text):
            self.pieces.append(self.text[start:])
        return self.pieces

    def _void(self, kind: str, end: int, parts: tuple[str, ...] = ()) -> bool:
        self.pieces.append(Code(Role.VOID, kind, 0, parts or (self.text[self.at : end],)))
        self.at = end
        return True

    def _find(self, closer: str, start: int) -> int:
        """Where ``closer`` next stands, or -1, remembering what is not there."""
        if self.missing.get(closer, len(self.text) + 1) <= start:
            return -1
        found = self.text.find(closer, start)
        if found < 0:
            self.missing[closer] = start
        return found

    def _template(self, match: re.Match[str]) -> bool:
        closer = _CLOSERS[match.group()]
        end = self._find(closer, match.end())
        if end < 0:
            return self._brace(match)
        return self._void("placeholder", end + len(closer))

    def _ticks(self, match: re.Match[str]) -> bool:
        if self.ticks is None:
            self.ticks = {}
            for run in re.finditer("`+", self.text):
                self.ticks.setdefault(len(run.group()), []).append(run.start())
            for starts in self.ticks.values():
                starts.reverse()
        size = len(match.group())
        starts = self.ticks[size]
        while starts and starts[-1] < match.end():
            starts.pop()
        return self._void("code", starts.pop() + size) if starts else False

    def _escape(self, match: re.Match[str]) -> bool:
        return self._void("escape", match.end())

    def _break(self, match: re.Match[str]) -> bool:
        return self._void("break", match.end())

    def _math(self, match: re.Match[str]) -> bool:
        closer = _CLOSERS.get(match.group(), "$")
        end = self._find(closer, match.end())
        if end <= match.end():
            return self._escape_or_text(match)
        inner = self.text[match.end() : end]
        if closer == "$" and not _looks_like_math(inner, self.text[end + 1 : end + 2]):
            return False
        return self._void("math", end + len(closer))

    def _escape_or_text(self, match: re.Match[str]) -> bool:
        return self._void("escape", match.end()) if match.group()[0] == "\\" else False

    def _url(self, match: re.Match[str]) -> bool:
        return self._void("url", match.end())

    def _comment(self, match: re.Match[str]) -> bool:
        end = self._find("-->", match.end())
        return self._void("comment", end + 3) if end >= 0 else False

    def _tag(self, match: re.Match[str]) -> bool:
        rest = _TAG_REST.match(self.text, match.end())
        if not rest:
            return False
        name = match.group().lstrip("</").lower()
        end = rest.end()
        closing = match.group().startswith("</")
        if name in _OPAQUE and not closing and self.text[end - 2] != "/":
            stop = self._find(f"</{name}>", end)
            end = stop + len(name) + 3 if stop >= 0 else end
            return self._void("html", end)
        role = Role.CLOSE if closing else Role.OPEN
        if name in _EMPTY or self.text[end - 2] == "/":
            role = Role.VOID
        self.pieces.append(Code(role, "html", 0, _split_attributes(self.text[self.at : end])))
        self.at = end
        return True

    def _footnote(self, match: re.Match[str]) -> bool:
        return self._void("footnote", match.end())

    def _open(self, match: re.Match[str]) -> bool:
        self.brackets.append(len(self.pieces))
        self.pieces.append(match.group())
        self.at = match.end()
        return True

    def _close(self, match: re.Match[str]) -> bool:
        if not self.brackets:
            return False
        opener = self.brackets.pop()
        kind = "image" if self.pieces[opener] == "![" else "link"
        after = match.end()
        if target := _TARGET.match(self.text, after):
            parts = self._target_parts(target)
        elif label := _LABEL.match(self.text, after):
            if not label.group(1):
                return self._collapse(opener, label.end())
            parts = (self.text[self.at : label.end()],)
        else:
            self.pieces.append("]")
            self.at = after
            return True
        end = self.at + sum(map(len, parts))
        self.pieces[opener] = Code(Role.OPEN, kind, 0, (str(self.pieces[opener]),))
        self.pieces.append(Code(Role.CLOSE, kind, 0, parts))
        self.at = end
        return True

    def _target_parts(self, target: re.Match[str]) -> tuple[str, ...]:
        name = "double" if target["double"] is not None else "single"
        if not (target[name] or "").strip():
            return (self.text[self.at : target.end()],)
        start, end = target.span(name)
        return (self.text[self.at : start], self.text[start:end], self.text[end : target.end()])

    def _collapse(self, opener: int, end: int) -> bool:
        """``[label][]`` stays whole: its text is its label."""
        inside = "".join(_written(piece) for piece in self.pieces[opener:])
        del self.pieces[opener:]
        self.pieces.append(Code(Role.VOID, "reference", 0, (inside + self.text[self.at : end],)))
        self.at = end
        return True

    def _icon(self, match: re.Match[str]) -> bool:
        return self._void("icon", match.end()) if match.end() - match.start() > 2 else False

    def _keys(self, match: re.Match[str]) -> bool:
        return self._void("keys", match.end())

    def _entity(self, match: re.Match[str]) -> bool:
        return self._void("entity", match.end())

    def _critic(self, match: re.Match[str]) -> bool:
        return self._void("mark", match.end())

    def _brace(self, match: re.Match[str]) -> bool:
        start = match.end() - 1 if match.lastgroup == "brace" else match.start()
        found = _ATTRIBUTES.match(self.text, start)
        if not found:
            return False
        whole = self.text[self.at : found.end()]
        if match.group() != "${" and _ATTRIBUTE_LIST.fullmatch(found.group(1)):
            self.pieces.append(Code(Role.VOID, "attributes", 0, _split_attributes(whole)))
        elif _WORDS_IN_BRACES.fullmatch(found.group(1)) or not found.group(1).strip():
            glued = whole.startswith(("{ ", "{:"))
            self.pieces.append(Code(Role.VOID, "attributes" if glued else "placeholder", 0, (whole,)))
        else:
            return False
        self.at = found.end()
        return True

    def _format(self, match: re.Match[str]) -> bool:
        return self._void("placeholder", match.end())

    def _mention(self, match: re.Match[str]) -> bool:
        last = self.pieces[-1] if self.pieces else ""
        before = _MAIL_BEFORE.search(last) if isinstance(last, str) else None
        if before and (mail := _MAIL_AFTER.match(self.text, match.start())):
            self.pieces[-1] = last[: before.start()] if isinstance(last, str) else last
            self.at -= len(before.group())
            return self._void("url", mail.end())
        if before:
            return False
        name = _NAME_AFTER.match(self.text, match.start())
        return self._void("url", name.end()) if name else False

    def _run(self, match: re.Match[str]) -> bool:
        text = match.group()
        previous = self.text[match.start() - 1] if match.start() else " "
        following = self.text[match.end()] if match.end() < len(self.text) else " "
        opens, closes = not following.isspace(), not previous.isspace()
        if text[0] == "_":
            opens, closes = opens and not previous.isalnum(), closes and not following.isalnum()
        self.pieces.append(_Run(text, opens, closes, len(text)))
        self.at = match.end()
        return True


def _written(piece: _Piece) -> str:
    return piece if isinstance(piece, str) else piece.text


def _looks_like_math(inner: str, following: str) -> bool:
    if inner[-1].isspace() or following.isalnum():
        return False
    return bool(re.search(r"[\\^_={}<>+*/]", inner)) or len(inner) <= 2


def _split_attributes(tag: str) -> tuple[str, ...]:
    """A tag or attribute list as literal, prose, literal ...: the values of alt, title and their like are prose."""
    parts: list[str] = []
    at = 0
    for match in _PROSE_ATTRIBUTE.finditer(tag):
        group = 2 if match[2] is not None else 3
        if any(character.isalpha() for character in match[group]):
            parts += [tag[at : match.start(group)], match[group]]
            at = match.end(group)
    return (*parts, tag[at:])


# ---------------------------------------------------------------- pairing


def _name(code: Code) -> str:
    return re.sub(r"[</>\s].*", "", code.parts[0].lstrip("</"), flags=re.DOTALL).lower()


def _pair_html(pieces: list[_Piece]) -> None:
    """Tags that do not close each other inside the same link stand alone."""
    stack: list[int] = []
    for at, piece in enumerate(pieces):
        if not isinstance(piece, Code) or piece.role is Role.VOID:
            continue
        if piece.role is Role.OPEN:
            stack.append(at)
            continue
        opener = _opener(pieces, stack, piece)
        if opener < 0:
            pieces[at] = replace(piece, role=Role.VOID)
            continue
        for lost in stack[opener + 1 :]:
            pieces[lost] = _alone(pieces[lost])
        del stack[opener:]
    for lost in stack:
        pieces[lost] = _alone(pieces[lost])


def _opener(pieces: list[_Piece], stack: list[int], closer: Code) -> int:
    for depth in range(len(stack) - 1, max(-1, len(stack) - 33), -1):  # 32 levels: bounded work on hostile text
        piece = pieces[stack[depth]]
        if not isinstance(piece, Code):
            continue
        if closer.kind == "html":
            if piece.kind != "html":
                return -1
            if _name(piece) == _name(closer):
                return depth
        elif piece.kind == closer.kind:
            return depth
    return -1


def _alone(piece: _Piece) -> _Piece:
    return replace(piece, role=Role.VOID) if isinstance(piece, Code) else piece


def _pair_runs(pieces: list[_Piece]) -> list[_Piece]:
    """Match rows of emphasis marks, each inside its own link or tag."""
    frames: list[list[_Run]] = [[]]
    for piece in pieces:
        if isinstance(piece, Code):
            if piece.role is Role.OPEN:
                frames.append([])
            elif piece.role is Role.CLOSE and len(frames) > 1:
                frames.pop()
        elif isinstance(piece, _Run):
            _match_run(frames[-1], piece)
    return pieces


def _match_run(openers: list[_Run], run: _Run) -> None:
    while run.closes and run.left and any(_fits(opener, run) for opener in openers[-16:]):
        while not _fits(openers[-1], run):
            openers.pop()
        opener = openers[-1]
        size = 2 if min(opener.left, run.left) >= 2 else 1
        mark = run.text[0] * size
        kind = _RUN_KINDS[run.text[0]][size - 1]
        opener.after.append(Code(Role.OPEN, kind, 0, (mark,)))
        run.before.append(Code(Role.CLOSE, kind, 0, (mark,)))
        opener.left -= size
        run.left -= size
        if not opener.left:
            openers.pop()
    if run.opens and run.left:
        openers.append(run)


def _fits(opener: _Run, run: _Run) -> bool:
    if opener.text[0] != run.text[0]:
        return False
    return run.text[0] in "*_" or (opener.left >= 2 and run.left >= 2)


def _finish(pieces: list[_Piece]) -> tuple[Token, ...]:
    """Flatten runs, join text, give attribute lists to the code before them, and number the codes."""
    flat: list[Token] = []
    for piece in pieces:
        if isinstance(piece, _Run):
            flat.extend(piece.before)
            flat.append(piece.text[: piece.left])
            flat.extend(reversed(piece.after))
        else:
            flat.append(piece)
    out: list[Token] = []
    for token in flat:
        last = out[-1] if out else None
        if not token:
            continue
        if isinstance(token, str):
            if isinstance(last, str):
                out[-1] = last + token
            else:
                out.append(token)
        elif token.kind == "attributes" and isinstance(last, Code) and last.role is not Role.OPEN:
            joined = (*last.parts[:-1], last.parts[-1] + token.parts[0], *token.parts[1:])
            out[-1] = replace(last, parts=joined)
        else:
            out.append(token)
    return _numbered(out)


def _numbered(tokens: list[Token]) -> tuple[Token, ...]:
    stack: list[int] = []
    count = 0
    out: list[Token] = []
    for token in tokens:
        if isinstance(token, str):
            out.append(token)
            continue
        if token.role is Role.CLOSE:
            out.append(replace(token, id=stack.pop()))
            continue
        count += 1
        if token.role is Role.OPEN:
            stack.append(count)
        out.append(replace(token, id=count))
    return tuple(out)
