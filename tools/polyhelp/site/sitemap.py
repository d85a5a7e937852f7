"""What crawlers fetch first: the site's map and ``robots.txt``.

The map has every real translation with its alternates, and the day on which that translation last changed. Pages that
show the text of another locale are left out. A map that is too large for the protocol (sitemaps.org: 50,000 addresses
or 50 MiB) is split, and ``sitemap.xml`` lists the parts.
"""

from __future__ import annotations

import gzip
import html
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from polyhelp.model import Locale
from polyhelp.site import locale_map
from polyhelp.site.alternates import translations
from polyhelp.site.steps import Site

MOST_ADDRESSES = 50_000
MOST_BYTES = 50 * 1024 * 1024
_SAFE = ":/?#[]@!$'()*+,;=~%"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SET = f'{_XML}<urlset xmlns="{_SCHEMA}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
_SET_END = "</urlset>\n"
_ROOM = MOST_BYTES - len(_SET) - len(_SET_END)


def sitemap(site: Site) -> Mapping[str, bytes]:
    """``sitemap.xml``, its compressed twin, and the parts of a map that is too large for one file.

    Addresses in a map are absolute: a site that does not know its own has an empty one.
    """
    parts = [_SET + "".join(rows) + _SET_END for rows in _parts(_rows(site))] if site.url else []
    if len(parts) > 1:
        files = {f"sitemap-{number}.xml": part.encode() for number, part in enumerate(parts, 1)}
        rows = "".join(f"<sitemap><loc>{_link(site.url + name)}</loc></sitemap>\n" for name in files)
        first = f'{_XML}<sitemapindex xmlns="{_SCHEMA}">\n{rows}</sitemapindex>\n'
    else:
        files, first = {}, parts[0] if parts else _SET + _SET_END
    return {"sitemap.xml": first.encode(), "sitemap.xml.gz": gzip.compress(first.encode(), mtime=0), **files}


def robots(site: Site) -> Mapping[str, bytes]:
    """``robots.txt``: everything may be read, and where the map is. Crawlers ask for it at the root of a host only."""
    where = f"\nSitemap: {_link(site.url)}sitemap.xml\n" if site.url else ""
    return {"robots.txt": f"User-agent: *\nAllow: /\n{where}".encode()}


def _rows(site: Site) -> Iterator[str]:
    known = locale_map.of(site)
    firsts = {page.path: page for page in site.pages.values() if page.own}
    for _, first in sorted(firsts.items()):
        there = translations(first, site)
        addresses = [(known[Locale(page.locale)].hreflang, _link(site.address(page))) for page in there]
        default = ("x-default", addresses[0][1])  # the source's where there is one
        links = "".join(_alternate(tag, address) for tag, address in (*addresses, default))
        for page, (_, address) in zip(there, addresses, strict=True):
            day = site.knows(page).updated
            changed = f"<lastmod>{day}</lastmod>" if day else ""
            yield f"<url><loc>{address}</loc>{changed}{links}</url>\n"


def _parts(rows: Iterable[str]) -> Iterator[list[str]]:
    """The rows, as many together as one file may have; at least one, perhaps empty, list."""
    part: list[str] = []
    size = 0
    for row in rows:
        length = len(row.encode())
        if len(part) == MOST_ADDRESSES or size + length > _ROOM:
            yield part
            part, size = [], 0
        part.append(row)
        size += length
    yield part


def _alternate(tag: str, address: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{tag}" href="{address}"/>'


def _link(address: str) -> str:
    """An address as XML holds it: percent-encoded, then escaped."""
    return html.escape(quote(address, safe=_SAFE + "&"), quote=True)
