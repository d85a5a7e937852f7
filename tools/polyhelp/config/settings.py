"""The configuration as the rest of polyhelp sees it: frozen, complete, checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from polyhelp.config.review import ReviewOptions
from polyhelp.config.site import SiteOptions
from polyhelp.content import Dialect
from polyhelp.engines.base import Options
from polyhelp.engines.caps import Caps
from polyhelp.engines.choose import AUTO
from polyhelp.engines.privacy import Privacy
from polyhelp.model import Duration, Level, Locale, Severity
from polyhelp.text.paths import matches

OWN: Final = "own"
"""What a check's findings have where no rule speaks of it: each its own severity."""


class Scope:
    """Some pages in some locales; empty ``paths`` mean all of them, and so do empty ``locales``.

    A locale stands for its children too.
    """

    __slots__ = ()
    paths: tuple[str, ...]
    locales: tuple[Locale, ...]

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

    def swallows(self, other: Scope, targets: Iterable[Locale]) -> bool:
        """Whether it holds, in ``targets``, for all that ``other`` holds for, as far as path patterns show it."""
        served = [locale for locale in targets if other.serves(locale)]
        return (
            bool(served)
            and all(map(self.serves, served))
            and (not self.paths or (bool(other.paths) and all(map(self.covers, other.paths))))
        )


@dataclass(frozen=True, slots=True)
class Route(Scope):
    """Which engines, by name and best first, translate some pages in some locales."""

    engines: tuple[str, ...]
    paths: tuple[str, ...] = ()
    locales: tuple[Locale, ...] = ()


@dataclass(frozen=True, slots=True)
class SeverityRule(Scope):
    """The severity of a check's findings on some pages in some locales; None where the check is off."""

    severity: Severity | None
    paths: tuple[str, ...] = ()
    locales: tuple[Locale, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that mkdocs.yml says and polyhelp needs.

    ``content`` is MkDocs' docs_dir, relative to the project. ``names`` gives each locale's name in the language
    switcher. ``publish`` holds path patterns with the level they need, the first match counts. ``severities`` holds
    the rules for a check's findings, by its name; the first that fits counts. ``minimum_coverage`` is the percentage
    of a page's source words that must be fit to be shown for the page to appear in the locale at all. ``includes`` are
    the folders, relative to the project, where pages find files that they take in; none when they take in nothing
    (pymdownx.snippets is off). ``sections`` has the titles above each article in the navigation, in its order.
    ``engine`` names the engines to try, best first, for what none of
    ``routes`` takes; ``auto`` and ``none`` are among the names. ``engines`` holds the options of those that have any.
    ``caps`` bound what may be sent, and ``privacy`` says what of it is masked. ``links`` holds addresses outside the
    help center, and below each those that locales (by tag) have in its place. ``glossary_page`` is the path of the
    page that is made of the term base, ``""`` for none. ``fallback`` has, for each target locale, those
    that lend it their text before the source does. ``recheck_after`` is how old a fact of law may be before somebody
    should look at it again. ``site_url`` ends with a slash where there is one.
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
    severities: Mapping[str, tuple[SeverityRule, ...]] = field(default_factory=dict)
    minimum_coverage: int = 80
    includes: tuple[str, ...] = ()
    nav_titles: tuple[str, ...] = ()
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    glossary_page: str = ""
    fallback: Mapping[Locale, tuple[Locale, ...]] = field(default_factory=dict)
    recheck_after: Duration = field(default_factory=lambda: Duration(24, "months"))
    dialect: Dialect = field(default_factory=Dialect)
    site_url: str = ""
    site_description: str = ""
    site: SiteOptions = field(default_factory=SiteOptions)
    review: ReviewOptions = field(default_factory=ReviewOptions)

    def links_in(self, locale: Locale) -> Mapping[str, str]:
        """For addresses outside the help center, those that ``locale`` has in their place."""
        tags = [one.tag for one in locale.lineage]
        found = ((address, next((by[tag] for tag in tags if tag in by), "")) for address, by in self.links.items())
        return {address: other for address, other in found if other}

    def engines_for(self, locale: Locale, path: str) -> tuple[str, ...]:
        """The engines to try for ``path`` in ``locale``, best first: the first route's that fits, else ``engine``."""
        found = (route.engines for route in self.routes if route.serves(locale) and route.takes(path))
        return next(found, self.engine)

    def severity(self, check: str, path: str, locale: Locale) -> Severity | Literal["own"] | None:
        """What findings of ``check`` get on the page ``path`` in ``locale``; None where it is off.

        ``OWN`` where no rule fits: each finding has its own severity, and a check that is off by default stays off.
        """
        found = (one.severity for one in self.severities.get(check, ()) if one.serves(locale) and one.takes(path))
        return next(found, OWN)

    def level(self, path: str) -> Level:
        """What ``path`` (relative to the content folder) needs before customers see it."""
        for pattern, level in self.publish:
            if matches(path, pattern):
                return level
        return Level.MACHINE
