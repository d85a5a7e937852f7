"""The configuration as the rest of polyhelp sees it: frozen, complete, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from polyhelp.content import Dialect
from polyhelp.model import Level, Locale, Severity
from polyhelp.text.paths import matches


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that mkdocs.yml says and polyhelp needs.

    ``content`` is MkDocs' docs_dir, relative to the project. ``names`` gives each locale's name in the language
    switcher. ``publish`` holds path patterns with the level they need, the first match counts. ``severities`` holds
    the severity to report a check's findings with, None for a check that is off. ``minimum_coverage`` is the
    percentage of a page's source words that must be fit to be shown for the page to appear in the locale at all.
    ``includes`` are the folders, relative to the project, where pages find files that they take in; none when they
    take in nothing (pymdownx.snippets is off). ``links`` holds addresses outside the help center, and below each those
    that locales (by tag) have in its place.
    """

    site_name: str
    content: Path
    source: Locale
    targets: tuple[Locale, ...]
    names: Mapping[Locale, str]
    engine: str = "auto"
    publish: tuple[tuple[str, Level], ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    minimum_coverage: int = 80
    includes: tuple[str, ...] = ()
    nav_titles: tuple[str, ...] = ()
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dialect: Dialect = field(default_factory=Dialect)

    def links_in(self, locale: Locale) -> Mapping[str, str]:
        """For addresses outside the help center, those that ``locale`` has in their place."""
        tags = [one.tag for one in locale.lineage]
        found = ((address, next((by[tag] for tag in tags if tag in by), "")) for address, by in self.links.items())
        return {address: other for address, other in found if other}

    def level(self, path: str) -> Level:
        """What ``path`` (relative to the content folder) needs before customers see it."""
        for pattern, level in self.publish:
            if matches(path, pattern):
                return level
        return Level.MACHINE
