"""What an article's HTML says of itself: how far to trust it, and in which language it is."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from polyhelp.model import Locale
from polyhelp.site.pages import Page

_AFTER_TITLE = re.compile(r"</h1>", re.IGNORECASE)


def body(article: str, page: Page, source: Locale, words: Mapping[str, str], original: str) -> str:
    """The article's HTML with the notices of ``page`` under its title.

    ``words`` holds the interface words in the page's locale, ``original`` the relative link to the source page
    (``""`` when there is none). A
    page that shows the text of another locale is marked with that language and direction.
    """
    language = page.language(source)
    if language.tag != page.locale:
        article = f'<div lang="{language}" dir="{language.direction}">\n{article}\n</div>'
    if not page.notices:
        return article
    lines = "".join(f"<p>{html.escape(words[name])}</p>" for name in page.notices)
    if page.machine and original:
        link = html.escape(original, quote=True)
        lines += f'<p><a href="{link}" hreflang="{source}">{html.escape(words["original"])}</a></p>'
    locale = Locale(page.locale)
    kind = "info" if page.own else "warning"
    notice = (
        f'<div class="admonition {kind} ph-notice" role="note" lang="{locale}" dir="{locale.direction}"'
        f' data-search-exclude>{lines}</div>'
    )  # fmt: skip
    title = _AFTER_TITLE.search(article)
    at = title.end() if title else 0
    return f"{article[:at]}\n{notice}{article[at:]}"
