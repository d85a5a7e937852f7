"""Raw HTML blocks: the text between block tags, and the prose in attributes.

1. Text between two block-level tags is one segment, inline tags and all; surrounding white space is not.
2. Comments and the content of pre, code, script, style, svg, math, textarea and kbd are not prose.
3. Where a stretch has no text but an inline tag with ``alt``, ``title``, ``aria-label`` or ``placeholder``, each such
   value is a segment; so is each one on a block-level tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from polyhelp.content.spans import Span
from polyhelp.model import Kind, Slot
from polyhelp.text.inline import Code, has_prose, tokenize
from polyhelp.text.seek import Seek

BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "canvas", "center", "colgroup", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "group", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "header", "hgroup", "hr", "html", "iframe", "legend", "li", "main", "map", "math", "menu", "nav"),
        *("noscript", "object", "ol", "option", "output", "p", "pre", "progress", "script", "section", "style"),
        *("summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "video"),
    }
)
"""Tags that start a raw block at the start of a line (Python-Markdown, ``Markdown.block_level_elements``)."""
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"),
        *("input", "ins", "kbd", "label", "mark", "meter", "q", "ruby", "rb", "rp", "rt", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
_OPAQUE = frozenset({"pre", "code", "script", "style", "svg", "math", "kbd", "samp", "var"})
_EMPTY = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"})
_PIECE = re.compile(
    r"""<!--|<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)(?=(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*))(?P=rest)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(?:alt|title|aria-label|placeholder|summary|label)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_MARKDOWN = re.compile(r"""\smarkdown(?:\s*=\s*["']?(?:1|block|span|markdown)["']?)?(?=[\s>/]|$)""", re.IGNORECASE)
_ID = re.compile(r"""\sid\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"\n[ \t\r]*\n")
_SILENT = re.compile(r"<!--|<(?P<name>kbd|code|samp|var|svg|math)\b|<[^<>]*>", re.IGNORECASE)
_CLOSING = {name: re.compile(rf"</{name}[^<>]*>", re.IGNORECASE) for name in _OPAQUE}


def opening(text: str, at: int, end: int) -> re.Match[str] | None:
    """The tag that starts at ``at``, if one does."""
    match = _PIECE.match(text, at, end)
    return match if match and match["name"] else None


def is_block(name: str) -> bool:
    """Whether a tag of this name can start a raw block."""
    return name.lower() in BLOCKS


def holds_markdown(tag: re.Match[str]) -> bool:
    """Whether the tag says that its content is Markdown (md_in_html)."""
    return bool(_MARKDOWN.search(tag["rest"]))


def given_id(tag: re.Match[str]) -> str:
    """The tag's id, or ``""``."""
    match = _ID.search(tag["rest"])
    return match[1] if match else ""


def extents(text: str, name: str, code: Callable[[int], int]) -> dict[int, int]:
    """For each opening tag ``name`` that something closes: where it starts, and the offset after its closing tag.

    ``code`` gives for an offset the end of the fence that it lies in, or 0: tags in code are text, as in comments.
    """
    found: dict[int, int] = {}
    opened: list[int] = []
    at = 0
    seek = Seek(text)
    tag = re.compile(rf"<!--|<(?P<close>/?){re.escape(name)}(?=[\s>/])[^>]*?(?P<empty>/?)>", re.IGNORECASE)
    last = text.rfind(">") + 1  # no tag ends behind it
    while match := tag.search(text, at, last):
        at = match.end()
        if skip := code(match.start()):
            at = skip
        elif match.group() == "<!--":
            comment_end = seek.find("-->", at)
            at = comment_end + 3 if comment_end >= 0 else at
        elif match["empty"] or name in _EMPTY:
            found[match.start()] = match.end()
        elif not match["close"]:
            opened.append(match.start())
        elif opened:
            found[opened.pop()] = match.end()
    return found


def prose(text: str, start: int, end: int) -> Iterator[Span]:
    """The prose of raw HTML from ``start`` to ``end``, which holds no fence."""
    at = run = start
    seek = Seek(text)
    while match := _PIECE.search(text, at, end):
        if match["name"] is None:
            stop = seek.find("-->", match.end())
            at = stop + 3 if 0 <= stop <= end - 3 else end
            if not text[run : match.start()].strip():
                run = at
            continue
        at = match.end()
        name = match["name"].lower()
        if name in _OPAQUE and not match["close"] and not match["rest"].endswith("/"):
            at = _closed(seek, name, at, end) or end
            if name not in _INLINE:
                yield from _run(text, run, match.start())
                run = at
        elif name not in _INLINE:
            yield from _run(text, run, match.start())
            yield from attributes(text, match.start(), match.end())
            run = at
    yield from _run(text, run, end)


def runs(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph between block-level tags, white space around them left out; nearly always one."""
    at = run = 0
    cuts: list[tuple[int, int]] = []
    for token in tokenize(text):
        size = len(token if isinstance(token, str) else token.text)
        if isinstance(token, Code) and token.kind == "html" and _is_block_tag(token.text):
            cuts.append((run, at))
            run = at + size
        at += size
    for start, end in [*cuts, (run, len(text))]:
        stretch = text[start:end]
        left = start + len(stretch) - len(stretch.lstrip())
        if left < end:
            yield left, start + len(stretch.rstrip())


def _is_block_tag(tag: str) -> bool:
    match = _PIECE.match(tag)
    return bool(match and match["name"] and is_block(match["name"]))


def opaque_end(seek: Seek, tag: re.Match[str], end: int) -> int:
    """The offset after the element of ``tag`` if its content is not prose and it is closed before ``end``, else 0."""
    name = tag["name"].lower()
    if name not in _OPAQUE or tag["close"] or tag["rest"].endswith("/"):
        return 0
    return _closed(seek, name, tag.end(), end)


def _closed(seek: Seek, name: str, start: int, end: int) -> int:
    """The offset after the tag that closes the opaque element ``name`` before ``end``, else 0."""
    closing = seek.search(_CLOSING[name], start)
    return closing.end() if closing and closing.end() <= end else 0


def attributes(text: str, start: int, end: int) -> Iterator[Span]:
    """The prose in the attributes of the tags between ``start`` and ``end``."""
    for match in _ATTRIBUTE.finditer(text, start, end):
        group = 1 if match[1] is not None else 2
        if has_prose(match[group]):
            yield Span(match.start(group), match.end(group), Kind.ALT, Slot.ATTRIBUTE)


def _shown(text: str) -> str:
    """``text`` without comments, tags and what opaque elements hold."""
    out: list[str] = []
    seek = Seek(text)
    at = 0
    while match := _SILENT.search(text, at):
        out.append(text[at : match.start()])
        at = match.end()
        if match["name"]:
            at = _closed(seek, match["name"].lower(), at, len(text)) or at
        elif match.group() == "<!--":
            end = seek.find("-->", at)
            at = end + 3 if end >= 0 else at
    return "".join([*out, text[at:]])


def _run(text: str, start: int, end: int) -> Iterator[Span]:
    """The prose between two block-level tags: one segment for each paragraph."""
    for stop in [*(match.start() for match in _PARAGRAPH_END.finditer(text, start, end)), end]:
        stretch = text[start:stop]
        if has_prose(_shown(stretch)):
            lead = len(stretch) - len(stretch.lstrip())
            yield Span(start + lead, start + len(stretch.rstrip()), Kind.HTML, Slot.HTML)
        elif stretch.strip():
            yield from attributes(text, start, stop)
        start = stop
