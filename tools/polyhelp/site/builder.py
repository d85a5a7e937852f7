"""What a site generator is to polyhelp: it turns the staged tree of one locale into HTML.

Everything that is ours (notices, links between locales, search, structured data) happens before, on Markdown, or
after, on HTML, so that another generator can take its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from polyhelp.model import Locale
from polyhelp.site.pages import Page


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is known of the staged tree, whatever generator reads it.

    ``pages`` is the manifest; ``words`` and ``titles`` are interface words by name and navigation titles by source,
    both by locale; ``duty`` the support hours by region; ``watched`` the folders that people edit.
    """

    source: Locale
    pages: Mapping[tuple[Locale, str], Page]
    words: Mapping[Locale, Mapping[str, str]]
    titles: Mapping[Locale, Mapping[str, str]]
    duty: Mapping[str, Mapping[str, Any]]
    watched: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One locale to build. ``root`` is the help center, ``out`` an empty folder that becomes the site's root.

    A locale's pages stand in ``out`` where they stand in the whole site: ``out/de/returns/index.html``.
    """

    root: Path
    locale: Locale
    out: Path
    prepared: Prepared
    strict: bool = False


class Builder(Protocol):
    """A site generator. It is called in processes of its own."""

    def __call__(self, job: Job) -> tuple[str, ...]:
        """Build ``job``; the warnings that there were. Raises ConfigError, OutsideError or WriteError."""
        ...
