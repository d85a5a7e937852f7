"""Raw HTML blocks: the text between block tags, and the prose in attributes.

1. Text between two block-level tags is one segment, inline tags and all; surrounding white space is not.
2. Comments and the content of pre, code, script, style, svg, math, textarea and kbd are not prose.
3. Where a stretch has no text but an inline tag with ``alt``, ``title``, ``aria-label`` or ``placeholder``, each such
   value is a segment; so is each one on a block-level tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyhelp.content.spans import Span
from polyhelp.model import Kind, Slot
from polyhelp.text.inline import has_prose

INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"),
        *("input", "ins", "kbd", "label", "mark", "meter", "output", "progress", "q", "ruby", "rb", "rp", "rt", "s"),
        *("samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
_OPAQUE = frozenset({"pre", "code", "script", "style", "svg", "math", "textarea", "kbd", "samp", "var"})
_PIECE = re.compile(
    r"""<!--|<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.DOTALL
)
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(?:alt|title|aria-label|placeholder|summary|label)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_MARKDOWN = re.compile(r"""\smarkdown(?:\s*=\s*["']?(?:1|block|span)["']?)?(?=[\s>/]|$)""", re.IGNORECASE)


def opening(text: str, at: int, end: int) -> re.Match[str] | None:
    """The tag that starts at ``at``, if one does."""
    match = _PIECE.match(text, at, end)
    return match if match and match["name"] else None


def is_block(name: str) -> bool:
    """Whether a tag of this name starts a block."""
    return name.lower() not in INLINE


def holds_markdown(tag: re.Match[str]) -> bool:
    """Whether the tag says that its content is Markdown (md_in_html)."""
    return bool(_MARKDOWN.search(tag["rest"]))


def extent(text: str, tag: re.Match[str], end: int) -> int:
    """The offset after the tag that closes ``tag``, or -1 when nothing closes it before ``end``."""
    name = tag["name"].lower()
    if tag["rest"].endswith("/") or name in {"hr", "br", "img", "input", "link", "meta", "col", "source"}:
        return tag.end()
    depth = 1
    for match in re.compile(rf"<!--.*?-->|<(/?){re.escape(name)}(?=[\s>/])[^>]*>", re.DOTALL | re.IGNORECASE).finditer(
        text, tag.end(), end
    ):
        if match.group().startswith("<!--"):
            continue
        depth += -1 if match[1] else 1
        if not depth:
            return match.end()
    return -1


def prose(text: str, start: int, end: int) -> Iterator[Span]:
    """The prose of raw HTML from ``start`` to ``end``."""
    at = run = start
    while match := _PIECE.search(text, at, end):
        if match["name"] is None:
            stop = text.find("-->", match.end(), end)
            at = end if stop < 0 else stop + 3
            if not text[run : match.start()].strip():
                run = at
            continue
        at = match.end()
        name = match["name"].lower()
        if name in _OPAQUE and not match["close"] and not match["rest"].endswith("/"):
            stop = text.lower().find(f"</{name}", at, end) if end - at < 1_000_000 else -1
            closing = text.find(">", stop, end) if stop >= 0 else -1
            at = closing + 1 if closing >= 0 else end
            if is_block(name):
                yield from _run(text, run, match.start())
                run = at
        elif is_block(name):
            yield from _run(text, run, match.start())
            yield from attributes(text, match.start(), match.end())
            run = at
    yield from _run(text, run, end)


def attributes(text: str, start: int, end: int) -> Iterator[Span]:
    """The prose in the attributes of the tags between ``start`` and ``end``."""
    for match in _ATTRIBUTE.finditer(text, start, end):
        group = 1 if match[1] is not None else 2
        if has_prose(match[group]):
            yield Span(match.start(group), match.end(group), Kind.ALT, Slot.ATTRIBUTE)


def _run(text: str, start: int, end: int) -> Iterator[Span]:
    stretch = text[start:end]
    if not stretch.strip():
        return
    bare = re.sub(r"<!--.*?-->|<(kbd|code|samp|var|svg|math)\b.*?</\1>|<[^<>]*>", "", stretch, flags=re.DOTALL)
    if has_prose(bare):
        lead = len(stretch) - len(stretch.lstrip())
        yield Span(start + lead, start + len(stretch.rstrip()), Kind.HTML, Slot.HTML)
    else:
        yield from attributes(text, start, end)
