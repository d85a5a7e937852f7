"""Catalogs on disk, kept up to date."""

from polyhelp.locales.po import dump, parse, read
from polyhelp.locales.sync import sync

__all__ = ["dump", "parse", "read", "sync"]
