"""Whether an article was helpful: a form below it, which needs neither a script nor a cookie, and names nobody.

``site.options`` has the address that takes the answers (``feedback``); without one there is no form. ``revisions``
says by tag and path which text of a page the readers see, so that an answer can be held against it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from polyhelp.model import Locale
from polyhelp.site import places
from polyhelp.site.anatomy import READ, STYLE
from polyhelp.site.pages import Page
from polyhelp.site.region_paths import region_of
from polyhelp.site.steps import Site

SCRIPT = "assets/javascripts/polyhelp-feedback.js"
"""The script's address below the site's root."""
REASONS = ("unclear", "incomplete", "wrong", "translation", "other")
"""What a reader can say was wrong; ``translation`` only on pages that show one."""
LONGEST = 500
"""The most characters of a comment."""

_ENDPOINT = re.compile(r"https?://[^\s/]|/[^\s/]", re.IGNORECASE)


def apply(text: str, page: Page, site: Site) -> str:
    """The page with the form below its text; as it is where no answers are wanted or nobody reads to the end."""
    words = site.words.get(Locale(page.locale))
    endpoint = site.options.get("feedback")
    wanted = isinstance(endpoint, str) and _ENDPOINT.match(endpoint) and site.knows(page).kind in READ
    if not words or not wanted or not places.article(text):
        return text
    text = places.into_article(text, _form(str(endpoint), page, site, words))
    text = places.with_style(text, places.way(page, site, STYLE))
    return places.with_script(text, places.way(page, site, SCRIPT))


def state(page: Page, source: Locale) -> str:
    """What the page shows, in a word: ``source``, ``translated``, or what keeps it from being all translated."""
    if page.locale == source.tag:
        return "source"
    told = (
        ("waiting", page.waiting),
        ("untranslated", page.original),
        ("borrowed", bool(page.borrowed)),
        ("partial", page.partial),
        ("machine", page.machine),
    )
    return next((name for name, holds in told if holds), "translated")


def _fields(page: Page, site: Site) -> Iterator[tuple[str, str]]:
    """What goes with every answer, by name."""
    revisions = site.options.get("revisions")
    known = revisions if isinstance(revisions, Mapping) else {}
    yield "article", page.article
    yield "locale", page.locale
    yield "region", region_of(page)
    yield "revision", str(known.get(page.locale, {}).get(page.path, ""))
    yield "source_revision", str(known.get(site.source.tag, {}).get(page.article, ""))
    yield "state", state(page, site.source)


def _form(endpoint: str, page: Page, site: Site, words: Mapping[str, str]) -> str:
    say = {
        name.removeprefix("feedback_"): html.escape(word)
        for name, word in words.items()
        if name.startswith("feedback_")
    }
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in _fields(page, site)
    )
    translated = page.locale != site.source.tag and not (page.original or page.waiting)
    reasons = "".join(
        f'<label><input type="radio" name="reason" value="{reason}"> {say[reason]}</label>'
        for reason in REASONS
        if translated or reason != "translation"
    )
    return (
        f'<form class="ph-feedback" method="post" action="{html.escape(endpoint)}" aria-labelledby="ph-feedback"'
        f' data-thanks="{say["thanks"]}" data-search-exclude>\n'
        f'{hidden}<h2 id="ph-feedback">{say["question"]}</h2>\n'
        '<div class="ph-feedback__answers">'
        f'<button class="ph-button" name="helpful" value="yes">{say["yes"]}</button>\n'
        f'<details class="ph-feedback__no"><summary class="ph-button">{say["no"]}</summary>\n'
        f"<fieldset><legend>{say['why']}</legend>{reasons}</fieldset>\n"
        f'<p><label for="ph-comment">{say["comment"]}</label>'
        f'<textarea id="ph-comment" name="comment" rows="3" maxlength="{LONGEST}" aria-describedby="ph-private">'
        f'</textarea><span id="ph-private">{say["private"]}</span></p>\n'
        f'<button class="ph-button" name="helpful" value="no">{say["send"]}</button></details></div>\n'
        '<p class="ph-feedback__thanks" role="status" tabindex="-1"></p>\n</form>'
    )
