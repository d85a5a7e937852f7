"""Articles in, localized articles out."""

from polyhelp.content.discover import Discovery, discover
from polyhelp.content.frontmatter import metadata
from polyhelp.content.links import moved
from polyhelp.content.parse import PROSE_KEYS, Dialect, parse
from polyhelp.content.render import placed, render
from polyhelp.content.source import decode

__all__ = [
    "PROSE_KEYS",
    "Dialect",
    "Discovery",
    "decode",
    "discover",
    "metadata",
    "moved",
    "parse",
    "placed",
    "render",
]
