"""What a built page needs beyond the theme: notices, the language of a fallback text, links between locales.

All of it works on HTML, whatever built it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from polyhelp.model import Locale
from polyhelp.site.pages import Page

_AFTER_TITLE = re.compile(r"</h1>", re.IGNORECASE)
_HTML_TAG = re.compile(r"<html\b[^>]*>", re.IGNORECASE)
_LANG_OR_DIR = re.compile(r"\s(?:lang|dir)=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_ALTERNATE = re.compile(r"\s*<link\s[^>]*\bhreflang=[^>]*>", re.IGNORECASE)
_CANONICAL = re.compile(r"(<link\s[^>]*\brel=\"?canonical\"?[^>]*\bhref=\"?)([^\s\">]+)", re.IGNORECASE)
_HEAD_END = re.compile(r"</head>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where pages are published. ``site`` ends with a slash and is empty when mkdocs.yml gives no ``site_url``."""

    site: str
    source: Locale

    def of(self, locale: Locale, page: Page) -> str:
        """The absolute address of ``page`` in ``locale``; the source locale lives at the root."""
        folder = "" if locale == self.source else f"{locale}/"
        return f"{self.site}{folder}{page.url}"

    def alternate(self, page: Page) -> str:
        """The attributes of a link to ``page`` in its own locale."""
        return f'hreflang="{page.locale}" href="{self.of(Locale(page.locale), page)}"'


def body(article: str, page: Page, source: Locale, words: Mapping[str, str], original: str) -> str:
    """The article's HTML with the notices of ``page`` under its title.

    ``words`` holds the interface words in the page's locale, ``original`` the relative link to the source page
    (``""`` when there is none). A
    page that shows the text of another locale is marked with that language and direction.
    """
    language = page.language(source)
    if language.tag != page.locale:
        direction = "rtl" if language.right_to_left else "ltr"
        article = f'<div lang="{language}" dir="{direction}">\n{article}\n</div>'
    if not page.notices:
        return article
    lines = "".join(f"<p>{html.escape(words[name])}</p>" for name in page.notices)
    if page.machine and original:
        link = html.escape(original, quote=True)
        lines += f'<p><a href="{link}" hreflang="{source}">{html.escape(words["original"])}</a></p>'
    locale = Locale(page.locale)
    direction = "rtl" if locale.right_to_left else "ltr"
    kind = "info" if page.own else "warning"
    notice = (
        f'<div class="admonition {kind} ph-notice" role="note" lang="{locale}" dir="{direction}"'
        f' data-search-exclude>{lines}</div>'
    )  # fmt: skip
    title = _AFTER_TITLE.search(article)
    at = title.end() if title else 0
    return f"{article[:at]}\n{notice}{article[at:]}"


def document(text: str, page: Page, alternates: Sequence[Page], addresses: Addresses) -> str:
    """The whole HTML document with its language, its direction, and absolute links to its real translations.

    ``alternates`` are the same article's pages in the locales that have a translation of it, the source's included.
    A page that shows the text of another locale names that one's page as its canonical address and is no alternate.
    """
    locale = Locale(page.locale)
    direction = "rtl" if locale.right_to_left else "ltr"
    opening = _HTML_TAG.search(text)
    if opening:
        rest = _LANG_OR_DIR.sub("", opening[0])[len("<html") :]
        text = f'{text[: opening.start()]}<html lang="{locale}" dir="{direction}"{rest}{text[opening.end() :]}'
    text = _ALTERNATE.sub("", text)
    if not addresses.site:
        return text
    if not page.own:
        language = page.language(addresses.source)
        if language.tag not in {other.locale for other in alternates}:
            return text  # its region does not serve that language: nothing else has this text
        original = addresses.of(language, page)
        return _CANONICAL.sub(lambda match: match[1] + original, text, count=1)
    # "alternate " with a space: the same link type, but the theme's script does not fetch a sitemap for each
    links = [f'<link rel="alternate " {addresses.alternate(other)}>' for other in alternates]
    first = next((other for other in alternates if other.locale == addresses.source.tag), alternates[0])
    links.append(f'<link rel="alternate " hreflang="x-default" href="{addresses.of(Locale(first.locale), page)}">')
    end = _HEAD_END.search(text)
    return f"{text[: end.start()]}{''.join(links)}{text[end.start() :]}" if end else text


def sitemap(pages: Mapping[tuple[Locale, str], Page], addresses: Addresses) -> str:
    """The site's map: every real translation, with its alternates. Pages that show the source text are left out."""
    by_path: dict[str, list[Page]] = {}
    for page in pages.values():
        if page.own:
            by_path.setdefault(page.path, []).append(page)
    rows = []
    for path in sorted(by_path):
        group = sorted(by_path[path], key=lambda page: (page.locale != addresses.source.tag, page.locale))
        links = "".join(f'<xhtml:link rel="alternate" {addresses.alternate(other)}/>' for other in group)
        default = addresses.of(Locale(group[0].locale), group[0])  # the source's where there is one
        links += f'<xhtml:link rel="alternate" hreflang="x-default" href="{default}"/>'
        rows += [f"<url><loc>{addresses.of(Locale(page.locale), page)}</loc>{links}</url>" for page in group]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        + "\n".join(rows)
        + "\n</urlset>\n"
    )
