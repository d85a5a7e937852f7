"""What stands around an article's text: where it belongs, what it says in short, how old it is, where to go next."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from babel import Locale as CldrLocale
from babel import UnknownLocaleError
from babel.dates import format_date

from polyhelp.model import Locale
from polyhelp.site import hours, places
from polyhelp.site.pages import Page
from polyhelp.site.region_paths import region_of, region_path
from polyhelp.site.steps import Site

SCRIPT = "assets/javascripts/polyhelp-copy.js"
"""The script's address below the site's root."""
STYLE = "assets/stylesheets/polyhelp-article.css"
"""The style sheet's address below the site's root."""

HOME = "index.md"
READ = frozenset({"article", "policy"})
"""The kinds of pages that people read from top to bottom."""

_RELATED = 6
_BUDDHIST_ERA = 543  # years from Thailand's Buddhist Era to the Common Era: CLDR's calendar for Thai
_HEADING = re.compile(r"(<h([1-4])\b[^<>]*?\bid=\"([^\"]+)\"[^<>]*>)(.*?)(</h\2>)", re.DOTALL)
_PERMALINK = re.compile(r"<a class=\"headerlink\"[^>]*>[^<]*</a>")
_LINK = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3.9 12A3.1 3.1 0 0 1 7 8.9h4V7H7a5 5 0 0 0 0 10h4v-1.9H7A3.1'
    ' 3.1 0 0 1 3.9 12M8 13h8v-2H8zm9-6h-4v1.9h4a3.1 3.1 0 0 1 0 6.2h-4V17h4a5 5 0 0 0 0-10"/></svg>'
)


def apply(text: str, page: Page, site: Site) -> str:
    """The page with breadcrumbs, summary, day of its last change, related articles, contact, and links to copy."""
    about = site.knows(page)
    words = site.words.get(Locale(page.locale))
    if about.kind == "home" or not words or not places.article(text):
        return text
    text = _copyable(text, page, site, words)
    summary = f'<p class="ph-lead">{html.escape(about.description)}</p>' if about.description else ""
    updated = _updated(page, site, words) if about.kind in READ else ""
    text = places.below_title(text, "\n".join(filter(None, (summary, updated))))
    text = places.above_title(text, _breadcrumbs(page, site, words))
    text = places.into_article(text, _related(page, site, words))
    text = places.with_style(text, places.way(page, site, STYLE))
    return places.with_script(text, places.way(page, site, SCRIPT))


def contact(text: str, page: Page, site: Site) -> str:
    """The page with the ways to the support team below its text: the last step inside an article.

    ``site.options`` names the pages: ``contact``, ``support_hours``. ``duty`` has the hours of each region's teams as
    :func:`polyhelp.workflow.hours.duty` gives them; a region's page then says whether somebody is there.
    """
    words = site.words.get(Locale(page.locale))
    links = list(_contacts(page, site, words)) if words else []
    if not words or not links or site.knows(page).kind not in READ or not places.article(text):
        return text
    region = region_of(page)
    now = "" if "ph-hours" in text or not region else _open_now(page, site, region)
    block = (
        f'<section class="ph-contact" aria-labelledby="ph-contact" data-search-exclude>\n'
        f'<h2 id="ph-contact">{html.escape(words["article_help"])}</h2>\n{now}'
        f'<p class="ph-contact__ways">{" ".join(links)}</p>\n</section>'
    )
    return places.with_style(places.into_article(text, block), places.way(page, site, STYLE))


def written(day: str, locale: Locale) -> str:
    """A day (ISO 8601) as CLDR writes it out in ``locale``; as it is where CLDR does not know the language."""
    date = dt.date.fromisoformat(day)
    try:
        cldr = CldrLocale.parse(locale.tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return day
    style = f"d MMMM {date.year + _BUDDHIST_ERA}" if locale.language == "th" else "long"
    return str(format_date(date, style, locale=cldr))


def _updated(page: Page, site: Site, words: Mapping[str, str]) -> str:
    day = site.knows(page).updated
    if not day:
        return ""
    before, _, after = words["article_updated"].partition("{date}")
    time = f'<time datetime="{day}">{html.escape(written(day, Locale(page.locale)))}</time>'
    sentence = f"{html.escape(before)}{time}{html.escape(after)}"
    return f'<p class="ph-updated"{places.speech(page, site)} data-search-exclude>{sentence}</p>'


def _breadcrumbs(page: Page, site: Site, words: Mapping[str, str]) -> str:
    about = site.knows(page)
    home = site.pages.get((Locale(page.locale), HOME))
    steps = (
        [f'<li><a href="{page.way_to(home, site.source)}">{html.escape(words["article_home"])}</a></li>']
        if home
        else []
    )
    steps += [f"<li>{html.escape(name)}</li>" for name in about.section]
    if about.title and steps:
        language = page.language(site.source)
        foreign = f' lang="{language}"' if language.tag != page.locale else ""
        steps.append(f'<li aria-current="page"{foreign}>{html.escape(about.title)}</li>')
    if not steps:
        return ""
    place = html.escape(words["article_place"])
    return f'<nav class="ph-breadcrumbs" aria-label="{place}" data-search-exclude><ol>{"".join(steps)}</ol></nav>\n'


def _related(page: Page, site: Site, words: Mapping[str, str]) -> str:
    rows = []
    for path in dict.fromkeys(site.knows(page).related):
        there = site.pages.get((Locale(page.locale), path))
        if there and path != page.path and site.knows(there).title:
            rows.append(f"<li>{article_link(page, there, site)}</li>")
    if not rows:
        return ""
    return (
        '<section class="ph-related" aria-labelledby="ph-related" data-search-exclude>\n'
        f'<h2 id="ph-related">{html.escape(words["article_related"])}</h2>\n'
        f"<ul>{''.join(rows[:_RELATED])}</ul>\n</section>"
    )


def article_link(page: Page, there: Page, site: Site) -> str:
    """A link from ``page`` to ``there`` under its title, marked where the title is in another language."""
    language = there.language(site.source)
    foreign = f' lang="{language}"' if language.tag != page.locale else ""
    return f'<a href="{page.way_to(there, site.source)}"{foreign}>{html.escape(site.knows(there).title)}</a>'


def _contacts(page: Page, site: Site, words: Mapping[str, str]) -> Iterator[str]:
    """The links to the contact page and to the support hours, those of the page's region where it has one."""
    region = region_of(page)
    for option, word in (("contact", "article_contact"), ("support_hours", "article_hours")):
        path = str(site.options.get(option) or "")
        paths = (region_path(path, region), path) if region and path else (path,)
        known = (site.pages.get((Locale(page.locale), one)) for one in paths)
        there = next((one for one in known if one), None)
        if there and there.article != page.article:
            link = page.way_to(there, site.source)
            yield f'<a class="ph-button" href="{link}">{html.escape(words[word])}</a>'


def _open_now(page: Page, site: Site, region: str) -> str:
    duty: Any = site.options.get("duty")
    locale = Locale(page.locale)
    if not isinstance(duty, Mapping) or region not in duty:
        return ""
    voice = hours.Voice(locale, site.words[locale])
    place = f'<div class="ph-hours" data-region="{region}"></div>'
    return hours.body(place, duty, voice, places.way(page, site, hours.SCRIPT)) + "\n"


def _copyable(text: str, page: Page, site: Site, words: Mapping[str, str]) -> str:
    """The page with a link to itself in each heading, which the script makes a button that copies."""
    inside = places.article(text)
    if not inside:
        return text
    word = html.escape(words["article_copy"])
    language = places.speech(page, site)

    def heading(match: re.Match[str]) -> str:
        bare = _PERMALINK.sub("", match[4]).rstrip()
        link = f'<a class="headerlink" href="#{match[3]}" title="{word}" aria-label="{word}"{language}>{_LINK}</a>'
        return f"{match[1]}{bare}{link}{match[5]}"

    body = _HEADING.sub(heading, text[inside[0] : inside[1]])
    copied = html.escape(words["article_copied"])
    said = f'<p class="ph-said" role="status" data-copied="{copied}" data-search-exclude></p>'
    return f"{text[: inside[0]]}{body.rstrip()}\n{said}\n{text[inside[1] :]}"
