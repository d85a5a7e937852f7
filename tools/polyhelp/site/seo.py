"""What search engines and previews of links read in a page's head: description, Open Graph, Twitter's card."""

from __future__ import annotations

import html
import re

from polyhelp.model import Locale
from polyhelp.site.blocks import HEAD_END, cleared, in_head
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

_BLOCK = "seo"
_DESCRIPTION = re.compile(
    r"\s*<meta\b[^>]*\sname=[\"']?description[\"']?(?=[\s>/])(?:\"[^\"]*\"|[^>\"])*>", re.IGNORECASE
)
_CANONICAL = re.compile(r"<link\s[^>]*\brel=[\"']?canonical[\"']?[^>]*\bhref=[\"']?([^\s\"'>]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title>(.*?)</title>", re.IGNORECASE | re.DOTALL)


def apply(text: str, page: Page, site: Site) -> str:
    """The page with its description, and what a preview of a link to it shows.

    A theme falls back on the description of the site (``options["site_description"]``), which is in the source
    language: a page in another language that has none of its own goes without.
    """
    about = site.knows(page)
    text = cleared(text, _BLOCK)
    text = _described(text, about.description, _site_description(page, site))
    address = canonical(text)
    named = {
        "og:type": "website" if about.kind == "home" else "article",
        "og:site_name": site.name,
        "og:title": about.title or title(text),
        "og:description": about.description,
        "og:url": address,
        "og:image": _image(site),
        "og:locale": _underscored(page.language(site.source)),
    }
    others = [("og:locale:alternate", tag) for tag in _alternates(page, site)]
    updated = [("article:modified_time", about.updated)] if named["og:type"] == "article" else []
    card = [
        ("twitter:card", "summary_large_image" if named["og:image"] else "summary"),
        *((name.replace("og:", "twitter:"), named[name]) for name in ("og:title", "og:description", "og:image")),
    ]
    markup = "".join(_meta("property", name, value) for name, value in (*named.items(), *others, *updated) if value)
    markup += "".join(_meta("name", name, value) for name, value in card if value)
    return in_head(text, _BLOCK, markup)


def canonical(text: str) -> str:
    """The canonical address that the page names; ``""`` when it names none."""
    found = _CANONICAL.search(text)
    return html.unescape(found[1]) if found else ""


def title(text: str) -> str:
    """The document's title, as a browser shows it."""
    found = _TITLE.search(text)
    return " ".join(html.unescape(found[1]).split()) if found else ""


def _described(text: str, description: str, dropped: str) -> str:
    """``text`` with ``description`` as its only one; without one, it keeps what it says, but for ``dropped``."""
    end = HEAD_END.search(text)
    found = _DESCRIPTION.search(text, 0, end.start()) if end else None
    if end is None or not (description or dropped):
        return text
    if not description:
        content = re.search(r"\bcontent=\"([^\"]*)\"", found[0]) if found else None
        said = html.unescape(content[1]) if content else ""
        return text[: found.start()] + text[found.end() :] if found and said == dropped else text
    meta = _meta("name", "description", description)
    start, stop = found.span() if found else (end.start(), end.start())
    return f"{text[:start]}\n{meta}{text[stop:]}"


def _site_description(page: Page, site: Site) -> str:
    """The site's own description, where it would be in another language than the page."""
    same = page.language(site.source).language == site.source.language
    return "" if same else str(site.options.get("site_description") or "")


def _image(site: Site) -> str:
    """The address of the picture that stands for the site (``options["social_image"]``, a path below its root)."""
    path = str(site.options.get("social_image") or "")
    return f"{site.url}{path.lstrip('/')}" if path and site.url else ""


def _alternates(page: Page, site: Site) -> list[str]:
    """The other locales that have a translation of the page."""
    if not page.own:
        return []
    others = (site.pages.get((locale, page.path)) for locale in site.locales if locale.tag != page.locale)
    return [_underscored(Locale(other.locale)) for other in others if other and other.own]


def _underscored(locale: Locale) -> str:
    """The locale as Open Graph writes it: ``pt_BR``; it calls Latin America ``LA``."""
    return locale.tag.replace("-419", "-LA").replace("-", "_")


def _meta(kind: str, name: str, value: str) -> str:
    return f'<meta {kind}="{name}" content="{html.escape(" ".join(value.split()), quote=True)}">'
