"""Codes as numbered tags.

XML: a pair is ``<g id="1">…</g>``; a void is ``<x id="2"/>``, or ``<x id="2">SAVE20</x>`` where a reader sees a word of
the sentence. The content of ``x`` is thrown away on the way back.

HTML: a pair is ``<span id="1">…</span>``; a void is ``<span id="2" translate="no">SAVE20</span>``, thrown away in the
same way. Of an answer's attributes only the id is read.

In both ``& < >`` are escaped, and nothing else: quotes mean nothing in text, and services bill what is sent.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from polyhelp.engines.nodes import Nodes, Pair, Void, walk
from polyhelp.engines.wire import LONGEST_SHOWN, UNREADABLE, Damage, Tree

_TAG = re.compile(r"""<(?P<slash>/?)(?P<name>[gx])(?:\s+id\s*=\s*["'](?P<id>\d{1,6})["'])?\s*(?P<void>/?)>""")
_SPAN = re.compile(r"<(?P<slash>\s*/)?\s*span\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_ID = re.compile(r"""(?<![\w-])id\s*=\s*["']?(\d{1,6})(?!\w)""", re.IGNORECASE)


def to_xml(nodes: Nodes) -> str:
    """The tree as XML text with numbered tags."""
    out: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            out.append(_escaped(node))
        elif isinstance(node, Pair):
            out.append(f'<g id="{node.id}">{to_xml(node.inside)}</g>')
        elif shown := _escaped(node.shown[:LONGEST_SHOWN]):
            out.append(f'<x id="{node.id}">{shown}</x>')
        else:
            out.append(f'<x id="{node.id}"/>')
    return "".join(out)


def from_xml(answer: str, source: Nodes) -> Nodes | Damage:
    """The tree that an engine's answer to ``to_xml(source)`` means, as it stands: neither repaired nor verified."""
    tree = Tree(source)
    end = 0
    for tag in _tags(answer):
        tree.text(html.unescape(answer[end : tag.start()]), raw=answer[end : tag.start()])
        end = tag.end()
        number = int(tag["id"] or 0)
        if tag["slash"]:
            tree.close() if tag["name"] == "g" else tree.fail()
        elif tag["name"] == "g":
            tree.open(number)
            if tag["void"]:
                tree.close()
        else:
            tree.void(number)
            if not tag["void"]:
                closing = answer.find("</x>", end)
                end = closing + len("</x>")
                if closing < 0:
                    return UNREADABLE
    tree.text(html.unescape(answer[end:]), raw=answer[end:])
    return tree.done()


def to_html(nodes: Nodes) -> str:
    """The tree as HTML text with numbered ``span`` elements."""
    out: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            out.append(_escaped(node))
        elif isinstance(node, Pair):
            out.append(f'<span id="{node.id}">{to_html(node.inside)}</span>')
        else:
            out.append(f'<span id="{node.id}" translate="no">{_escaped(node.shown[:LONGEST_SHOWN])}</span>')
    return "".join(out)


def from_html(answer: str, source: Nodes) -> Nodes | Damage:
    """The tree that an engine's answer to ``to_html(source)`` means, as it stands: neither repaired nor verified."""
    voids = {node.id for node, _ in walk(source) if isinstance(node, Void)}
    tree = Tree(source)
    end = 0
    tags = _SPAN.finditer(answer)
    for tag in tags:
        tree.text(html.unescape(answer[end : tag.start()]), raw=answer[end : tag.start()])
        end = tag.end()
        number = int(found[1]) if (found := _ID.search(tag["attributes"])) else 0
        alone = tag["attributes"].rstrip().endswith("/")
        if tag["slash"]:
            tree.close()
        elif number not in voids:
            tree.open(number)
            if alone:
                tree.close()
        else:
            tree.void(number)
            if not alone:
                closing = next(tags, None)
                if closing is None or not closing["slash"]:
                    return UNREADABLE
                end = closing.end()
    tree.text(html.unescape(answer[end:]), raw=answer[end:])
    return tree.done()


def _tags(answer: str) -> Iterator[re.Match[str]]:
    """The tags of an answer; what stands inside ``<x>…</x>`` is passed over."""
    at = 0
    while tag := _TAG.search(answer, at):
        yield tag
        at = tag.end()
        if tag["name"] == "x" and not tag["slash"] and not tag["void"]:
            closing = answer.find("</x>", at)
            at = closing + len("</x>") if closing >= 0 else at


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
