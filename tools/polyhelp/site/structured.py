"""What a page is, for machines: an Article of schema.org and the way to it, as JSON-LD.

The way is the navigation's: the home page, the sections above the page, the page. A section has no page of its own;
as in the theme, it leads to the one that is named ``index``, else to its first. Google asks for an address at each
step, so a section without any page is left out. Pages that show the text of another locale say nothing: what they
show is described on the page that their canonical address names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from polyhelp.model import Locale
from polyhelp.site.blocks import cleared, in_head
from polyhelp.site.pages import Page
from polyhelp.site.seo import title
from polyhelp.site.steps import About, Site

_BLOCK = "structured"
_CONTEXT = "https://schema.org"
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_HOME = "index.md"

Item = dict[str, object]


@dataclass(frozen=True, slots=True)
class Structured:
    """The step: ``Structured.of(site)`` looks once at the navigation, then gives each page its description."""

    sections: Mapping[tuple[str, tuple[str, ...]], Page] = field(default_factory=dict)
    """By locale and titles, the page that a section leads to."""

    @classmethod
    def of(cls, site: Site) -> Structured:
        """The step for ``site``, whose ``about`` is in the navigation's order."""
        sections: dict[tuple[str, tuple[str, ...]], Page] = {}
        for key, about in site.about.items():
            page = site.pages.get(key)
            for depth in range(1, len(about.section) + 1 if page and not about.region else 0):
                where = (key[0].tag, about.section[:depth])
                if page and (where not in sections or (_is_index(page) and not _is_index(sections[where]))):
                    sections[where] = page
        return cls(sections)

    def __call__(self, text: str, page: Page, site: Site) -> str:
        """The page with its description as JSON-LD in its head."""
        if not page.own:
            return cleared(text, _BLOCK)
        about = site.knows(page)
        name = about.title or title(text)
        items = [_described(page, about, name, site)]
        if site.url and about.kind != "home":
            items.append(self._way(page, about, name, site))
        markup = "".join(f'<script type="application/ld+json">{encoded(item)}</script>' for item in items if item)
        return in_head(text, _BLOCK, markup)

    def _way(self, page: Page, about: About, name: str, site: Site) -> Item:
        home = site.pages.get((Locale(page.locale), _HOME))
        steps = [(site.knows(home).title or site.name, home)] if home else []
        for depth, section in enumerate(about.section, 1):
            leads = self.sections.get((page.locale, about.section[:depth]))
            if leads and not (leads.path == page.path and _is_index(page)):
                steps.append((section, leads))
        steps.append((name, page))
        crumbs = [
            {"@type": "ListItem", "position": position, "name": said, "item": site.address(there)}
            for position, (said, there) in enumerate(steps, 1)
        ]
        return {"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": crumbs}


def encoded(item: Item) -> str:
    """``item`` as JSON that cannot end the script element it stands in, whatever its texts say."""
    return json.dumps(item, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _described(page: Page, about: About, name: str, site: Site) -> Item:
    """The page itself; nothing for a page that is only there to choose on."""
    locale = Locale(page.locale)
    if about.kind == "home":
        said = {"description": about.description} if about.description else {}
        return {"@context": _CONTEXT, **_site(locale, site), **said}
    if about.kind not in {"article", "policy"}:
        return {}
    item: Item = {"@context": _CONTEXT, "@type": "Article", "headline": name, "inLanguage": locale.tag}
    said = {
        "description": about.description,
        "dateModified": about.updated,
        "articleSection": " / ".join(about.section),
    }
    item |= {key: value for key, value in said.items() if value}
    if site.url:
        item["url"] = item["mainEntityOfPage"] = site.address(page)
        source = site.pages.get((site.source, page.path))
        if source and source.locale != page.locale:
            item["translationOfWork"] = {"@type": "Article", "@id": site.address(source)}
    item["publisher"] = {"@type": "Organization", "name": site.name}
    return item | {"isPartOf": _site(locale, site)}


def _site(locale: Locale, site: Site) -> Item:
    """The site as ``locale`` has it."""
    item: Item = {"@type": "WebSite", "name": site.name, "inLanguage": locale.tag}
    home = site.pages.get((locale, _HOME))
    return item | {"url": site.address(home)} if home and site.url else item


def _is_index(page: Page) -> bool:
    return page.path.rpartition("/")[2] == _HOME
