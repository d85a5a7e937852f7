"""Notices that tell readers how far to trust a translation: the original has changed, another version is binding.

They join the notice that stands under the title, or make one. ``options["binding"]`` is the tag of the language whose
version of a policy binds; that version itself, and one that has no such version beside it, says nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from polyhelp.model import Locale
from polyhelp.site.blocks import block, cleared
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

_BLOCK = "notices"
_NOTICE = re.compile(r"<div\s[^>]*\bclass=\"[^\"]*\bph-notice\b[^>]*>.*?(?=</div>)", re.DOTALL)
_TITLE = re.compile(r"</h1>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Notices:
    """The step.

    ``outdated`` are the pages whose original has changed since they were translated, each with the path of the page in
    its own locale that tells customers what has changed, ``""`` where there is none.
    """

    outdated: Mapping[tuple[Locale, str], str] = field(default_factory=dict)

    def __call__(self, text: str, page: Page, site: Site) -> str:
        """The page with its further notices."""
        text = cleared(text, _BLOCK)
        lines = "".join((*self._outdated(page, site), *_binding(page, site)))
        if not lines:
            return text
        if (Locale(page.locale), page.path) in self.outdated:  # says what "partial" says, and why
            text = text.replace(f"<p>{html.escape(_words(page, site)['partial'])}</p>", "", 1)
        notice = _NOTICE.search(text)
        if notice:
            return text[: notice.end()] + block(_BLOCK, lines) + text[notice.end() :]
        locale = Locale(page.locale)
        whole = (
            f'<div class="admonition info ph-notice" role="note" lang="{locale}" dir="{locale.direction}"'
            f" data-search-exclude>{lines}</div>"
        )
        title = _TITLE.search(text)
        return text[: title.end()] + block(_BLOCK, whole) + text[title.end() :] if title else text

    def _outdated(self, page: Page, site: Site) -> tuple[str, ...]:
        log = self.outdated.get((Locale(page.locale), page.path))
        if log is None:
            return ()
        words = _words(page, site)
        told = site.pages.get((Locale(page.locale), log)) if log else None
        source = site.pages.get((site.source, page.path))
        links = []
        if told:
            links.append(_link(page.way_to(told, site.source), words["changed"]))
        if source and not page.machine:  # a machine's page has that link already
            links.append(_link(page.way_to(source, site.source), words["original"], site.source))
        return (f"<p>{html.escape(words['outdated'])}</p>", *(f"<p>{link}</p>" for link in links))


def _binding(page: Page, site: Site) -> tuple[str, ...]:
    tag = str(site.options.get("binding") or "")
    language = page.language(site.source)
    if not tag or site.knows(page).kind != "policy" or Locale(tag) in language.lineage:
        return ()
    binding = site.pages.get((Locale(tag), page.path))
    if binding is None or not binding.own:
        return ()
    name = _link(page.way_to(binding, site.source), _name(tag, Locale(page.locale)), Locale(tag))
    before, _, after = _words(page, site)["binding"].partition("{language}")
    return (f"<p>{html.escape(before)}{name}{html.escape(after)}</p>",)


def _words(page: Page, site: Site) -> Mapping[str, str]:
    return site.words[Locale(page.locale)]


def _link(way: str, said: str, locale: Locale | None = None) -> str:
    language = f' hreflang="{locale}"' if locale else ""
    return f'<a href="{html.escape(way, quote=True)}"{language}>{html.escape(said)}</a>'


def _name(tag: str, reader: Locale) -> str:
    """The language ``tag`` as the reader's language calls it; the tag itself where CLDR has no name."""
    from babel import Locale as Names  # noqa: PLC0415 (slow to import, and few sites name a binding language)
    from babel import UnknownLocaleError  # noqa: PLC0415

    for one in reader.lineage:
        try:
            said = Names.parse(tag, sep="-").get_display_name(Names.parse(one.tag, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
        if said:
            return str(said)
    return tag
