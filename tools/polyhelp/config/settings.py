"""The configuration as the rest of polyhelp sees it: frozen, complete, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from polyhelp.content import Dialect
from polyhelp.engines.base import Options
from polyhelp.engines.caps import Caps
from polyhelp.engines.choose import AUTO
from polyhelp.engines.privacy import Privacy
from polyhelp.model import Level, Locale, Severity
from polyhelp.text.paths import matches


@dataclass(frozen=True, slots=True)
class Route:
    """Which engines, by name and best first, translate some pages in some locales; empty ``paths`` mean all of them.

    So do empty ``locales``. A locale stands for its children too.
    """

    engines: tuple[str, ...]
    paths: tuple[str, ...] = ()
    locales: tuple[Locale, ...] = ()

    def serves(self, locale: Locale) -> bool:
        """Whether it holds for a locale, on its pages."""
        return not self.locales or any(one in self.locales for one in locale.lineage)

    def takes(self, path: str) -> bool:
        """Whether it holds for a page, in its locales."""
        return not self.paths or any(matches(path, pattern) for pattern in self.paths)

    def covers(self, pattern: str) -> bool:
        """Whether one of its patterns has all that ``pattern`` has; some that do are not seen."""
        return any(
            one in {pattern, "**"} or (one.endswith("/**") and pattern.startswith(one.removesuffix("**")))
            for one in self.paths
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that mkdocs.yml says and polyhelp needs.

    ``content`` is MkDocs' docs_dir, relative to the project. ``names`` gives each locale's name in the language
    switcher. ``publish`` holds path patterns with the level they need, the first match counts. ``severities`` holds
    the severity to report a check's findings with, None for a check that is off. ``minimum_coverage`` is the
    percentage of a page's source words that must be fit to be shown for the page to appear in the locale at all.
    ``includes`` are the folders, relative to the project, where pages find files that they take in; none when they
    take in nothing (pymdownx.snippets is off). ``engine`` names the engines to try, best first, for what none of
    ``routes`` takes; ``auto`` and ``none`` are among the names. ``engines`` holds the options of those that have any.
    ``caps`` bound what may be sent, and ``privacy`` says what of it is masked. ``links`` holds addresses outside the
    help center, and below each those that locales (by tag) have in its place.
    """

    site_name: str
    content: Path
    source: Locale
    targets: tuple[Locale, ...]
    names: Mapping[Locale, str]
    engine: tuple[str, ...] = (AUTO,)
    routes: tuple[Route, ...] = ()
    engines: Mapping[str, Options] = field(default_factory=dict)
    caps: Caps = field(default_factory=Caps)
    privacy: Privacy = field(default_factory=Privacy)
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

    def engines_for(self, locale: Locale, path: str) -> tuple[str, ...]:
        """The engines to try for ``path`` in ``locale``, best first: the first route's that fits, else ``engine``."""
        found = (route.engines for route in self.routes if route.serves(locale) and route.takes(path))
        return next(found, self.engine)

    def level(self, path: str) -> Level:
        """What ``path`` (relative to the content folder) needs before customers see it."""
        for pattern, level in self.publish:
            if matches(path, pattern):
                return level
        return Level.MACHINE
