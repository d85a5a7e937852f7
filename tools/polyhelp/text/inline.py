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
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from polyhelp.text.seek import Seek


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
    ``alt``): literal, prose, literal, ..., literal. The last ``tail`` characters are attribute lists.
    """

    role: Role
    kind: str
    id: int
    parts: tuple[str, ...]
    tail: int = 0

    @property
    def text(self) -> str:
        """The code as it is written in Markdown."""
        return "".join(self.parts)

    @property
    def bare(self) -> str:
        """The code without its attribute lists."""
        return self.text[: len(self.text) - self.tail]

    @property
    def markup(self) -> tuple[str, ...]:
        """The literal parts of the bare code, without the prose between them."""
        left = len(self.text) - self.tail
        found: list[str] = []
        for n, part in enumerate(self.parts):
            if left <= 0:
                break
            if n % 2 == 0:
                found.append(part[:left])
            left -= len(part)
        return tuple(found)


Token = str | Code

_STOP = re.compile(r"[\\`*_{\[\]<&$%:@~=^\n]|!\[|\+\+|--\}|#(?=[1-9])|www\.")
_PUNCTUATION = frozenset("\\`*_{}[]()<>#+.!:~=^|\"'&$@-")
_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}", "{*": "*}", "{!": "!}"}
_MATH_CLOSERS = {"\\(": "\\)", "\\[": "\\]", "$$": "$$", "$": "$"}
_CRITIC = re.compile(r"\{(?:\+\+|--|~~|==|>>)|(?:\+\+|--|~~|==|<<)\}|~>")
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>|<[^\s<>@`\"'/!]{1,64}@[^\s<>@]{1,255}>")
_SCHEME = re.compile(r"(?<![\w@./-])(?:https?|ftp)\Z", re.IGNORECASE)
# (?=(?P<x>…))(?P=x) never gives back what it took; "…*+" says the same, but Python 3.11.2 reads it wrongly
_ADDRESS = re.compile(r"""(?:[^\s<>"'`()\[\]{}|*]|\*(?!\*)|\([^\s<>()]*\)|\[[^\s<>\[\]]*\]|\{[^\s<>{}]*\}|'(?=\w))*""")
_TAG = re.compile(r"</?([A-Za-z][\w:.-]*)(?=[\s/>])")
_ANY_TAG = re.compile(
    r"</?[A-Za-z][^<>@ \n]{0,200}(?:[ ][^<>]{0,2000})?>"
)  # ``inlinepatterns.HTML_RE``: "<int[]>" is a tag
_TAG_REST = re.compile(r"""(?=(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*))(?P=rest)>""")
_HREF = r"(?:\{\{[^{}\n]*\}\}|\\.|[^()\\\s]|\((?:[^()\\]|\\.|\([^()\\]*\))*\)|[ \t\n]+(?=[^ \t\n\"')]))"
_TARGET = re.compile(
    r"\((?=(?P<space>\s*))(?P=space)(?:<[^<>\n]*>|" + r"(?=(?P<href>" + _HREF + r"{0,2000}))(?P=href))"
    r"""(?:\s+(?:"(?P<double>(?:[^"]|"(?!\s*\))){0,1000})"|'(?P<single>(?:[^']|'(?!\s*\))){0,1000})'))?\s*\)""",
    re.DOTALL,
)
_LABEL = re.compile(r"\[(?!\^)([^\[\]]{0,999})\]")
_WIKILINK = re.compile(r"\[\[[^\[\]\n`]{1,200}\]\](?![(\[:])")
_FOOTNOTE = re.compile(r"\[\^[^\]\s^][^\]\s]{0,98}\](?!\()")
_ICON = re.compile(r":[A-Za-z0-9+][\w+-]*:")
_KEYS = re.compile(r"""\+\+(?:[\w-]+|"[^"\n+]+"|'[^'\n+]+')(?:\+(?:[\w-]+|"[^"\n+]+"|'[^'\n+]+'))*\+\+""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_FORMAT = re.compile(r"%(?:\(\w{1,99}\))?[sdf](?!\w)")
_ATTRIBUTES = re.compile(r"""\{:?((?:[^{}\n"']|"[^"\n]*"|'[^'\n]*'){0,500})\}""")
_ATTRIBUTE_LIST = re.compile(
    r"""\s*(?=[^"']*[.#=])(?:(?:[.#][^\s{}"'=]+|[\w:@.-]+=(?:"[^"]*"|'[^']*'|[^\s"']+)|[\w:@-]+)(?:\s+|\Z))+"""
)
_WORDS_IN_BRACES = re.compile(r"\s*[\w:@.-]+(?:\s+[\w:@.-]+){0,2}\s*")
_PROSE_ATTRIBUTE = re.compile(
    r"""((?:^|[\s{])(?:alt|title|data-title|aria-label|placeholder)=)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_NAME_IN_DOLLARS = re.compile(r"[^\W\d_]\w*")
_MAIL_BEFORE = re.compile(r"[\w.+/-]{1,100}(?<!/)\Z")
_MAIL_AFTER = re.compile(r"@[\w-]+(?:\.+[\w-]+)*")  # also "package@2.1": nothing that reads so is prose
_NAME_AFTER = re.compile(r"@[A-Za-z\d][\w-]*(?:[/:][\w./-]*\w)?")
_REPOSITORY_BEFORE = re.compile(r"(?<![\w@/.#-])(?:[a-z]+:)?(?:[A-Za-z\d][\w-]{0,38}/)?[\w.-]{0,99}[A-Za-z\d]\Z")
_NUMBER_AFTER = re.compile(r"#\d+\b")
_LETTER = re.compile(r"[^\W\d_]")
_WORD_FIRST = re.compile(r"[^\\`*_{}<&$%:@~=^\[\]!+#./\n-]*?[^\W\d_]\s")  # a word before anything that could be a code
_OPAQUE = frozenset({"kbd", "code", "samp", "var", "svg", "math", "script", "style", "pre"})
_EMPTY = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_RUN_KINDS = {"*": ("emphasis", "strong"), "_": ("emphasis", "strong"), "~": ("strike", "strike"),
              "=": ("mark", "mark"), "^": ("insert", "insert")}  # fmt: skip


@lru_cache(maxsize=4096)
def tokenize(text: str) -> tuple[Token, ...]:
    """Take one segment apart into text and codes. Never fails: what is not markup is text."""
    if not _STOP.search(text):
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


@lru_cache(maxsize=4096)
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
    if _WORD_FIRST.match(text):
        return True
    if not _LETTER.search(text):
        return False
    return any(
        _LETTER.search(token) if isinstance(token, str) else any(map(_LETTER.search, token.parts[1::2]))
        for token in tokenize(text)
    )


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
    """Reads a text once, left to right.

    Each rule is tried where one of its marks stands (``at``). It takes what it recognizes and says so, or it leaves
    the mark to be text. ``start`` is where the text begins that no rule has taken yet.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.start = 0
        self.pieces: list[_Piece] = []
        self.brackets: list[int] = []  # positions in pieces of "[" that may still open a link
        self._find = Seek(text).find
        self.ticks: dict[int, list[int]] | None = None

    def scan(self) -> list[_Piece]:
        search, rules = _STOP.search, _RULES
        while match := search(self.text, self.at):
            self.at = at = match.start()
            if not rules[self.text[at]](self) and self.at == at:
                self.at = at + 1
        if self.start < len(self.text):
            self.pieces.append(self.text[self.start :])
        return self.pieces

    def _take(self, piece: _Piece, begin: int, end: int) -> bool:
        """Add a piece that stands from ``begin`` to ``end``, and the text before it."""
        if self.start < begin:
            self.pieces.append(self.text[self.start : begin])
        self.pieces.append(piece)
        self.start = self.at = end
        return True

    def _void(self, kind: str, end: int, begin: int = -1) -> bool:
        begin = self.at if begin < 0 else begin
        return self._take(Code(Role.VOID, kind, 0, (self.text[begin:end],)), begin, end)

    def _match(self, pattern: re.Pattern[str], kind: str) -> bool:
        match = pattern.match(self.text, self.at)
        return self._void(kind, match.end()) if match else False

    def _before(self) -> str:
        """The text before the mark that no rule has taken: at most 200 characters."""
        return self.text[max(self.start, self.at - 200) : self.at]

    # ------------------------------------------------------------ one rule for each mark

    def _backslash(self) -> bool:
        following = self.text[self.at + 1 : self.at + 2]
        if following == "\n":
            return self._void("break", self.at + 2)
        if following in {"(", "["} and self._math(self.text[self.at : self.at + 2]):
            return True
        if following == "<" and _ANY_TAG.match(self.text, self.at + 1):
            return False  # the backslash is text, and the tag is a tag
        return self._void("escape", self.at + 2) if following in _PUNCTUATION and following else False

    def _line_end(self) -> bool:
        before = self._before()
        spaces = len(before) - len(before.rstrip(" "))
        return self._void("break", self.at + 1, self.at - spaces) if spaces >= 2 else False

    def _backticks(self) -> bool:
        if self.ticks is None:
            self.ticks = {}
            for run in re.finditer("`+", self.text):
                self.ticks.setdefault(len(run.group()), []).append(run.start())
            for starts in self.ticks.values():
                starts.reverse()
        end = self.at
        while self.text.startswith("`", end):
            end += 1
        size = end - self.at
        starts = self.ticks.get(size, [])
        while starts and starts[-1] < end:
            starts.pop()
        if starts:
            return self._void("code", starts.pop() + size)
        self.at = end
        return False

    def _dollar(self) -> bool:
        if self.text.startswith("${", self.at):
            return self._brace()
        return self._math("$$" if self.text.startswith("$$", self.at) else "$")

    def _math(self, opener: str) -> bool:
        begin = self.at + len(opener)
        end = self._find(_MATH_CLOSERS[opener], begin)
        if end <= begin:
            return False
        inner = self.text[begin:end]
        if opener == "$" and (inner[0].isspace() or inner[-1].isspace()):
            return False
        is_name = opener == "$" and _NAME_IN_DOLLARS.fullmatch(inner)
        if opener != "$$" and not is_name and not _looks_like_math(inner):
            return False
        return self._void("math", end + len(opener))

    def _angle(self) -> bool:
        if self.text.startswith("<!--", self.at):
            end = self._find("-->", self.at + 4)
            return self._void("comment", end + 3) if end >= 0 else False
        return self._match(_AUTOLINK, "url") or self._tag() or self._match(_CRITIC, "mark")

    def _tag(self) -> bool:
        match = _TAG.match(self.text, self.at)
        if self._find(">", self.at) < 0:
            return False
        rest = _TAG_REST.match(self.text, match.end()) if match else None
        if not match or not rest:
            return self._match(_ANY_TAG, "html")
        name = match[1].lower()
        end = rest.end()
        closing = self.text[self.at + 1] == "/"
        if name in _OPAQUE and not closing and self.text[end - 2] != "/":
            stop = self._find(f"</{match[1]}>", end)
            return self._void("html", stop + len(name) + 3 if stop >= 0 else end)
        role = Role.CLOSE if closing else Role.OPEN
        if name in _EMPTY or self.text[end - 2] == "/":
            role = Role.VOID
        return self._take(Code(role, "html", 0, _split_attributes(self.text[self.at : end])), self.at, end)

    def _open(self) -> bool:
        if self._match(_FOOTNOTE, "footnote") or self._match(_WIKILINK, "reference"):
            return True
        mark = "![" if self.text[self.at] == "!" else "["
        self._take(mark, self.at, self.at + len(mark))
        self.brackets.append(len(self.pieces) - 1)
        return True

    def _close(self) -> bool:
        if not self.brackets:
            return False
        opener = self.brackets.pop()
        after = self.at + 1
        if target := _TARGET.match(self.text, after):
            parts = self._target_parts(target)
        elif label := _LABEL.match(self.text, after):
            if not label[1]:
                return self._collapse(opener, label.end())
            parts = (self.text[self.at : label.end()],)
        else:
            return self._take("]", self.at, after)
        kind = "image" if self.pieces[opener] == "![" else "link"
        self.pieces[opener] = Code(Role.OPEN, kind, 0, (str(self.pieces[opener]),))
        return self._take(Code(Role.CLOSE, kind, 0, parts), self.at, self.at + sum(map(len, parts)))

    def _target_parts(self, target: re.Match[str]) -> tuple[str, ...]:
        name = "double" if target["double"] is not None else "single"
        if not (target[name] or "").strip():
            return (self.text[self.at : target.end()],)
        start, end = target.span(name)
        return (self.text[self.at : start], self.text[start:end], self.text[end : target.end()])

    def _collapse(self, opener: int, end: int) -> bool:
        """``[label][]`` stays whole: its text is its label."""
        if self.start < self.at:
            self.pieces.append(self.text[self.start : self.at])
        inside = "".join(_written(piece) for piece in self.pieces[opener:])
        del self.pieces[opener:]
        code = Code(Role.VOID, "reference", 0, (inside + self.text[self.at : end],))
        self.start = self.at
        return self._take(code, self.at, end)

    def _colon(self) -> bool:
        if self.text.startswith("://", self.at):
            scheme = _SCHEME.search(self._before())
            return self._address(self.at - len(scheme.group()), self.at + 3) if scheme else False
        if self.at and (self.text[self.at - 1].isalnum() or self.text[self.at - 1] == ":"):
            return False
        return self._match(_ICON, "icon")

    def _www(self) -> bool:
        if self.at and (self.text[self.at - 1].isalnum() or self.text[self.at - 1] in "/@.-_"):
            return False
        return self._address(self.at, self.at + 4)

    def _address(self, begin: int, host: int) -> bool:
        match = _ADDRESS.match(self.text, host)
        end = match.end() if match else host
        while end > host and self.text[end - 1] in "?!.,:;*_~^'\"":
            end -= 1
        return self._void("url", end, begin) if end > host else False

    def _plus(self) -> bool:
        return self._match(_KEYS, "keys") or self._match(_CRITIC, "mark")

    def _dash(self) -> bool:
        return self._match(_CRITIC, "mark")

    def _ampersand(self) -> bool:
        return self._match(_ENTITY, "entity")

    def _percent(self) -> bool:
        return self._match(_FORMAT, "placeholder")

    def _brace(self) -> bool:
        opener = self.text[self.at : self.at + 2]
        if opener in _CLOSERS:
            end = self._find(_CLOSERS[opener], self.at + 2)
            if end >= 0:
                return self._void("placeholder", end + 2)
        if self._match(_CRITIC, "mark"):
            return True
        found = _ATTRIBUTES.match(self.text, self.at + 1 if opener == "${" else self.at)
        if not found:
            return False
        whole, inner = self.text[self.at : found.end()], found[1]
        if opener != "${" and (_ATTRIBUTE_LIST.fullmatch(inner) or (inner.strip() and self._touches_element())):
            code = Code(Role.VOID, "attributes", 0, _split_attributes(whole), len(whole))
            return self._take(code, self.at, found.end())
        return (
            self._void("placeholder", found.end()) if _WORDS_IN_BRACES.fullmatch(inner) or not inner.strip() else False
        )

    def _touches_element(self) -> bool:
        """Whether an element ends right before the mark: what stands in braces there is its attribute list."""
        last = self.pieces[-1] if self.pieces and self.start == self.at else ""
        if isinstance(last, Code):
            return last.kind in {"link", "image", "code", "icon", "reference"} and last.role is not Role.OPEN
        return isinstance(last, _Run) and last.closes

    def _at_sign(self) -> bool:
        before = _MAIL_BEFORE.search(self._before())
        if before:
            mail = _MAIL_AFTER.match(self.text, self.at)
            return self._void("url", mail.end(), self.at - len(before.group())) if mail else False
        return self._match(_NAME_AFTER, "url")

    def _number_sign(self) -> bool:
        repository = _REPOSITORY_BEFORE.search(self._before())
        number = _NUMBER_AFTER.match(self.text, self.at)
        return self._void("url", number.end(), self.at - len(repository.group())) if repository and number else False

    def _run(self) -> bool:
        mark, end = self.text[self.at], self.at + 1
        while self.text.startswith(mark, end):
            end += 1
        if mark in "~=" and (critic := _CRITIC.match(self.text, end - 2 if end - self.at >= 2 else self.at)):
            return self._void("mark", critic.end(), critic.start())
        if mark in "~=^" and end - self.at < 2:
            return False
        previous = self.text[self.at - 1] if self.at else " "
        following = self.text[end] if end < len(self.text) else " "
        opens, closes = not following.isspace(), not previous.isspace()
        if mark == "_":
            opens, closes = opens and not previous.isalnum(), closes and not following.isalnum()
            if not opens and not closes:
                self.at = end
                return False
        return self._take(_Run(self.text[self.at : end], opens, closes, end - self.at), self.at, end)

    @classmethod
    def rules(cls) -> dict[str, Callable[[_Scanner], bool]]:
        """Which rule reads which mark; a rule says whether it took anything."""
        return {
            "\\": cls._backslash, "`": cls._backticks, "{": cls._brace, "[": cls._open, "]": cls._close,
            "!": cls._open, "<": cls._angle, "&": cls._ampersand, "$": cls._dollar, "%": cls._percent,
            ":": cls._colon, "@": cls._at_sign, "#": cls._number_sign, "\n": cls._line_end, "w": cls._www,
            "+": cls._plus, "-": cls._dash, **dict.fromkeys("*_~=^", cls._run),
        }  # fmt: skip


_RULES = _Scanner.rules()


def _written(piece: _Piece) -> str:
    return piece if isinstance(piece, str) else piece.text


def _looks_like_math(inner: str) -> bool:
    """Formulas have signs or are one letter long; a sum of money or a word in escaped brackets is neither."""
    return len(inner.strip()) <= 2 or bool(re.search(r"[\\^_={}<>+*/|]|\b[a-zA-Z]\(|[A-Za-z]'", inner))


def _split_attributes(tag: str) -> tuple[str, ...]:
    """A tag or attribute list as literal, prose, literal ...: the values of alt, title and their like are prose."""
    parts: list[str] = []
    at = 0
    for match in _PROSE_ATTRIBUTE.finditer(tag):
        group = 2 if match[2] is not None else 3
        if _LETTER.search(match[group]):
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
    text: list[str] = []
    lists: list[Code] = []
    for token in [*flat, None]:
        if isinstance(token, str):
            if lists:
                _give(out, lists)
            text.append(token)
            continue
        if joined := "".join(text):
            out.append(joined)
        text.clear()
        last = out[-1] if out else None
        if token and token.kind == "attributes" and isinstance(last, Code) and last.role is not Role.OPEN:
            lists.append(token)
            continue
        if lists:
            _give(out, lists)
        if token:
            out.append(token)
    return _numbered(out)


def _give(out: list[Token], lists: list[Code]) -> None:
    """Join attribute lists to the code before them."""
    code = out[-1]
    if isinstance(code, Code):
        parts = [*code.parts[:-1]]
        literal = [code.parts[-1]]
        for one in lists:
            literal.append(one.parts[0])
            if len(one.parts) > 1:
                parts += ["".join(literal), *one.parts[1:-1]]
                literal = [one.parts[-1]]
        out[-1] = replace(code, parts=(*parts, "".join(literal)), tail=sum(one.tail for one in lists))
    lists.clear()


def _numbered(tokens: list[Token]) -> tuple[Token, ...]:
    stack: list[int] = []
    count = 0
    out: list[Token] = []
    for token in tokens:
        if isinstance(token, str):
            out.append(token)
            continue
        if token.role is Role.CLOSE:
            number = stack.pop()
        else:
            number = count = count + 1
            if token.role is Role.OPEN:
                stack.append(count)
        out.append(Code(token.role, token.kind, number, token.parts, token.tail))
    return tuple(out)
