"""What happens to built HTML, whatever built it: one step after another over every page of the site.

A step gets a page's HTML, its row of the manifest and what is known of the site, and gives the HTML back. It knows
neither MkDocs nor Material. Files that belong to no page (``robots.txt``) come from makers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from polyhelp.model import Locale
from polyhelp.site.pages import Page


@dataclass(frozen=True, slots=True)
class About:
    """What is known of one page beyond its row in the manifest, in the page's own language.

    ``title`` and ``description`` are the front matter's; ``updated`` is the day (ISO 8601) of the last change to what
    it shows, ``""`` where git does not know; ``section`` are the titles of the navigation above it, ``related`` the
    paths of articles that go with it; ``region`` is a region's code for a page of a region; ``kind`` is ``home``,
    ``article``, ``policy``, ``chooser`` or ``other``.
    """

    title: str = ""
    description: str = ""
    updated: str = ""
    section: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    region: str = ""
    kind: str = "article"


@dataclass(frozen=True, slots=True)
class Site:
    """The whole site. ``url`` ends with a slash and is empty when mkdocs.yml gives no ``site_url``.

    ``words`` holds the interface words of each locale by name; ``options`` what the configuration says for steps.
    """

    name: str
    url: str
    source: Locale
    locales: tuple[Locale, ...]
    pages: Mapping[tuple[Locale, str], Page]
    about: Mapping[tuple[Locale, str], About] = field(default_factory=dict)
    words: Mapping[Locale, Mapping[str, str]] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)

    def knows(self, page: Page) -> About:
        """What is known of ``page``."""
        return self.about.get((Locale(page.locale), page.path), About())

    def address(self, page: Page) -> str:
        """The page's absolute address; relative to the site's root without ``url``."""
        return f"{self.url}{page.address(self.source)}"


Step = Callable[[str, Page, Site], str]
"""HTML of a page -> HTML."""
Maker = Callable[[Site], Mapping[str, bytes]]
"""Files beside the pages: path below the site's root -> content."""


def over(folder: Path, site: Site, locale: Locale, steps: Sequence[Step]) -> None:
    """Take every page of ``locale`` that is below ``folder`` through ``steps``."""
    for (one, _), page in site.pages.items():
        file = folder / page.address(site.source) / "index.html"
        if one != locale or not file.is_file():
            continue
        before = file.read_text(encoding="utf-8")
        after = before
        for step in steps:
            after = step(after, page, site)
        if after != before:
            file.write_text(after, encoding="utf-8", newline="")


def make(folder: Path, site: Site, makers: Iterable[Maker]) -> list[Path]:
    """Write the files of ``makers`` below ``folder``; the files that were written."""
    written = []
    for maker in makers:
        for path, content in maker(site).items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.unlink(missing_ok=True)  # it may be the old site's, too
            file.write_bytes(content)
            written.append(file)
    return written
