"""Articles in, localized articles out."""

from polyhelp.content.assets import localized_assets
from polyhelp.content.discover import LINK_HINT, Discovery, discover
from polyhelp.content.frontmatter import metadata, without_front_matter
from polyhelp.content.includes import expanded, included
from polyhelp.content.links import Addresses, moved, relinked
from polyhelp.content.parse import PROSE_KEYS, Dialect, parse
from polyhelp.content.plurals import with_plurals
from polyhelp.content.render import SOURCE, Custom, render
from polyhelp.content.source import decode
from polyhelp.content.titles import default_title, printed_title

__all__ = [
    "LINK_HINT",
    "PROSE_KEYS",
    "SOURCE",
    "Addresses",
    "Custom",
    "Dialect",
    "Discovery",
    "decode",
    "default_title",
    "discover",
    "expanded",
    "included",
    "localized_assets",
    "metadata",
    "moved",
    "parse",
    "printed_title",
    "relinked",
    "render",
    "with_plurals",
    "without_front_matter",
]
