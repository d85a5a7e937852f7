"""Where catalogs lie: ``locales/<locale>/<article>.po``, the article without its ``.md``.

The catalog of navigation titles and interface words has no article; its name is the same on both sides.
"""

from __future__ import annotations

FOLDER = "locales"
SITE = "_site"
"""The catalog of navigation titles and interface words."""


def catalog_name(tag: str, article: str) -> str:
    """The catalog's file of ``article`` in the locale ``tag``, relative to the project."""
    return f"{FOLDER}/{tag}/{article.removesuffix('.md')}.po"


def article_of(name: str) -> str:
    """The article whose catalog is ``name``, relative to its locale's folder: ``returns/refunds.po``."""
    stem = name.removesuffix(".po")
    return stem if stem == SITE else f"{stem}.md"
