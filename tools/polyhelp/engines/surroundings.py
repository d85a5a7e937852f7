"""What an engine is told of the place that its texts come from: plain words, without markup and private data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from polyhelp.engines.base import Context
from polyhelp.engines.nodes import Nodes, Pair, grow, too_deep
from polyhelp.text.inline import tokenize

_MOST = 4_000
"""Characters of a section's text: more is no help to anybody."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of an article: the headings that lead to it, and its segments' sources in order."""

    headings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def context_of(title: str, sections: Sequence[Section], asked: Iterable[str], mask: Callable[[str], str]) -> Context:
    """The context of a request that holds texts of ``sections``.

    Headings are given when all texts have the same. What is itself ``asked`` for is not said twice. ``mask`` takes
    private data out of a text.
    """
    different = list(dict.fromkeys(sections))
    headings = different[0].headings if len(different) == 1 else ()
    known = {title, *headings, *asked}
    texts = dict.fromkeys(source for section in different for source in section.sources if source not in known)
    around = ""
    for source in texts:
        if len(around) > _MOST:
            break
        around += f"{readable(source)}\n"
    cut = around if len(around) <= _MOST else around[:_MOST].rpartition(" ")[0]
    return Context(mask(readable(title)), tuple(mask(readable(heading)) for heading in headings), mask(cut.strip()))


def readable(source: str) -> str:
    """A segment's source as a reader sees it, roughly: without markup and addresses."""
    tokens = tokenize(source)
    return " ".join(_shown(grow(tokens)).split()) if not too_deep(tokens) else ""


def _shown(nodes: Nodes) -> str:
    return "".join(
        node if isinstance(node, str) else _shown(node.inside) if isinstance(node, Pair) else node.shown
        for node in nodes
    )
