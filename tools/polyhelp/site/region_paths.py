"""Where the pages of regions lie: ``policies/de/returns.md`` is Germany's page of ``policies/returns.md``."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from polyhelp.site.pages import Page


def region_of(page: Page) -> str:
    """The code of the region whose page it is; ``""`` for a page that is for all regions."""
    folder, name = posixpath.split(page.path)
    above, code = posixpath.split(folder)
    return code.upper() if posixpath.join(above, name) == page.article else ""


def region_path(article: str, region: str) -> str:
    """The path of a region's page of ``article``."""
    return posixpath.join(posixpath.dirname(article), region.lower(), posixpath.basename(article))


def regions_of(pages: Iterable[Page]) -> tuple[str, ...]:
    """The codes of all regions that have a page, sorted."""
    return tuple(sorted({code for page in pages if (code := region_of(page))}))
