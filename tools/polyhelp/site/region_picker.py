"""A choice of region in the header, beside the choice of language; and a reader's own region first where all stand.

The choice stays in the reader's browser. A script suggests a region from the browser's languages and time zone with
what stands in the page: it asks nobody and leads nobody away. On a page of a region the choice leads to the same page
of another region, in the reader's language where that region has it.

``site.options["regions"]`` has the names of the regions by code, by tag of the locale; without it there is no choice.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

from babel import Locale as CldrLocale
from babel import UnknownLocaleError
from babel.core import get_global

from polyhelp.model import Locale
from polyhelp.site import places
from polyhelp.site.pages import Page
from polyhelp.site.region_paths import region_of, region_path
from polyhelp.site.steps import Site

SCRIPT = "assets/javascripts/polyhelp-region.js"
"""The script's address below the site's root."""
STYLE = "assets/stylesheets/polyhelp-region.css"
"""The style sheet's address below the site's root."""

_PIN = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 11.5A2.5 2.5 0 0 1 9.5 9 2.5 2.5 0 0 1 12 6.5 2.5 2.5 0'
    ' 0 1 14.5 9a2.5 2.5 0 0 1-2.5 2.5M12 2a7 7 0 0 0-7 7c0 5.25 7 13 7 13s7-7.75 7-13a7 7 0 0 0-7-7"/></svg>'
)
_ROW = re.compile(r"<(li|tr)>((?:(?!<(?:li|tr|/li|/tr)\b).)*)</\1>", re.DOTALL)
_LINK = re.compile(r"<a\b[^<>]*\bhref=\"([^\"]+)\"")
_FEWEST = 2  # rows that make a choice


def apply(text: str, page: Page, site: Site) -> str:
    """The page with the choice of region in its header, and the rows that lead to regions marked with their codes."""
    names = _names(page, site)
    words = site.words.get(Locale(page.locale))
    if not names or not words:
        return text
    picked = places.beside_languages(text, _picker(page, site, names))
    if picked == text:
        return text
    if not region_of(page):
        picked = _marked_rows(picked, page, site)
    picked = places.with_style(picked, places.way(page, site, STYLE))
    return places.with_script(picked, places.way(page, site, SCRIPT))


@cache
def zones(codes: tuple[str, ...]) -> Mapping[str, str]:
    """The time zones of each country among ``codes``, with their other names, by CLDR: ``{"DE": "Europe/Berlin …"}``.

    A part of a country (``US-CA``) has none: a time zone does not tell it from its neighbors.
    """
    found: dict[str, list[str]] = {}
    territories = get_global("zone_territories")
    for zone, code in territories.items():
        if code in codes:
            found.setdefault(code, []).append(zone)
    for other, zone in get_global("zone_aliases").items():
        if (code := territories.get(zone)) in codes and "/" in other:
            found.setdefault(str(code), []).append(other)
    return {code: " ".join(sorted(set(found[code]))) for code in sorted(found)}


def _names(page: Page, site: Site) -> Mapping[str, str]:
    known = site.options.get("regions")
    names = known.get(page.locale, {}) if isinstance(known, Mapping) else {}
    return names if isinstance(names, Mapping) else {}


def _picker(page: Page, site: Site, names: Mapping[str, str]) -> str:
    words = {name: html.escape(word) for name, word in site.words[Locale(page.locale)].items()}
    here = region_of(page)
    shown = html.escape(names.get(here, "")) or words["region_label"]
    label = words["region_chosen"].replace("{region}", shown) if here in names else words["region_label"]
    items = "".join(_items(page, site, names))
    data = json.dumps(zones(tuple(sorted(names))), separators=(",", ":"))
    said = " ".join(f'data-{name}="{words[f"region_{name}"]}"' for name in ("yours", "suggested", "chosen"))
    return (
        f'<div class="md-header__option ph-region" data-here="{html.escape(here)}" {said} data-search-exclude>'
        f'<button type="button" class="md-header__button ph-region__button" aria-expanded="false"'
        f' aria-controls="ph-region" aria-label="{label}">{_PIN}<span class="ph-region__name">{shown}</span></button>'
        f'<div class="ph-region__panel" id="ph-region" role="group" aria-labelledby="ph-region-title" hidden>'
        f'<p class="ph-region__title" id="ph-region-title">{words["choose_region"]}</p>'
        f'<ul class="ph-region__list">{items}</ul></div><p class="ph-region__said" role="status"></p>'
        f'<script type="application/json" class="ph-region-zones">{data}</script></div>'
    )


def _items(page: Page, site: Site, names: Mapping[str, str]) -> Iterator[str]:
    """A row for each region, by name: a link to its page of the same article, or a button where there is none."""
    here = region_of(page)
    for code, name in sorted(names.items(), key=lambda pair: pair[1].casefold()):
        there = _there(page, site, code)
        inside = html.escape(name)
        if there is None:
            yield f'<li><button type="button" data-region="{html.escape(code)}">{inside}</button></li>'
            continue
        if there.locale != page.locale:
            inside += f' <span class="ph-region__language">{html.escape(_language(there.locale, page.locale))}</span>'
        current = ' aria-current="page"' if code == here else ""
        link = f'href="{page.way_to(there, site.source)}" hreflang="{there.locale}"{current}'
        yield f'<li><a {link} data-region="{html.escape(code)}">{inside}</a></li>'


def _there(page: Page, site: Site, code: str) -> Page | None:
    """The region's page of the same article: in the reader's locale or language, the source's, or any other."""
    path = region_path(page.article, code)
    own = Locale(page.locale)
    near = (locale for locale in site.locales if locale.language == own.language)
    order = (own, *near, site.source, *site.locales)
    return next((site.pages[locale, path] for locale in order if (locale, path) in site.pages), None)


def _language(tag: str, reader: str) -> str:
    """What readers of ``reader`` call the language of ``tag``; the tag where CLDR does not know."""
    try:
        return CldrLocale.parse(tag, sep="-").get_display_name(CldrLocale.parse(reader, sep="-")) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _marked_rows(text: str, page: Page, site: Site) -> str:
    """The article's rows, of lists and tables, that lead to pages of one region, with that region's code."""
    inside = places.article(text)
    if not inside:
        return text
    body = text[inside[0] : inside[1]]
    regions = {row.start(): _leads_to(row[2], page, site) for row in _ROW.finditer(body)}
    if len({code for code in regions.values() if code}) < _FEWEST:
        return text

    def mark(row: re.Match[str]) -> str:
        code = regions[row.start()]
        return f'<{row[1]} data-ph-region="{code}">{row[2]}</{row[1]}>' if code else row[0]

    return text[: inside[0]] + _ROW.sub(mark, body) + text[inside[1] :]


def _leads_to(row: str, page: Page, site: Site) -> str:
    """The region that all links of a row lead to; ``""`` when there is none, or more than one."""
    codes = {_region_at(html.unescape(link), page, site) for link in _LINK.findall(row)}
    return codes.pop() if len(codes) == 1 else ""


def _region_at(link: str, page: Page, site: Site) -> str:
    """The region whose page a relative link leads to."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    address = posixpath.normpath(posixpath.join("/", page.address(site.source), parts.path)).strip("/")
    tag, _, rest = address.partition("/")
    locale = next((one for one in site.locales if one.tag == tag and one != site.source), None)
    there = site.pages.get((locale or site.source, f"{rest if locale else address}.md"))
    return region_of(there) if there else ""
