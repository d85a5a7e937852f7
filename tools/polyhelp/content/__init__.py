"""Articles in, localized articles out."""

from polyhelp.content.discover import LINK_HINT, Discovery, discover
from polyhelp.content.frontmatter import metadata
from polyhelp.content.links import moved
from polyhelp.content.parse import PROSE_KEYS, Dialect, parse
from polyhelp.content.render import render
from polyhelp.content.source import decode
from polyhelp.content.titles import default_title, printed_title

__all__ = [
    "LINK_HINT",
    "PROSE_KEYS",
    "Dialect",
    "Discovery",
    "decode",
    "default_title",
    "discover",
    "metadata",
    "moved",
    "parse",
    "printed_title",
    "render",
]
