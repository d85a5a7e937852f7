"""The home page: a search in front, the topics as cards, the articles that most people want.

``site.options`` may say ``popular``, the paths of articles, and ``topics``, a list of cards with ``title``,
``description`` and ``links`` (paths). A topic is called what the navigation above its first article is called in the
reader's language, and keeps its description in the source locale only. Without ``topics`` the navigation's sections
are the cards. An author who puts cards of their own into the home page gets those.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from polyhelp.model import Locale
from polyhelp.site import places
from polyhelp.site.anatomy import article_link
from polyhelp.site.pages import Page
from polyhelp.site.region_paths import region_of
from polyhelp.site.steps import Site

STYLE = "assets/stylesheets/polyhelp-home.css"
"""The style sheet's address below the site's root."""

_LINKS = 5  # in a card
_POPULAR = 6
_LENS = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M9.5 3A6.5 6.5 0 0 1 16 9.5c0 1.6-.6 3.1-1.6 4.2l.3.3h.8l5 5'
    "-1.5 1.5-5-5v-.8l-.3-.3a6.5 6.5 0 0 1-4.2 1.6 6.5 6.5 0 0 1 0-13m0 2C7 5 5 7 5 9.5S7 14 9.5 14 14 12 14 9.5 12 5"
    ' 9.5 5"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A card: its title, what it is about, and its articles."""

    title: str
    description: str
    pages: tuple[Page, ...]


def apply(text: str, page: Page, site: Site) -> str:
    """The home page with search, topics and popular articles in front of its own text; any other page as it is."""
    words = site.words.get(Locale(page.locale))
    found = places.title(text)
    if site.knows(page).kind != "home" or not words or not found:
        return text
    hero = _hero(text[slice(*found)], page, site, words)
    after = places.below_notices(text, found[1])
    cards = "" if places.CARDS.search(text) else _cards(page, site, words)
    text = f"{text[: found[0]]}{hero}{text[found[1] : after]}{cards}{text[after:]}"
    return places.with_style(places.marked(text, "data-ph-kind", "home"), places.way(page, site, STYLE))


def topics(page: Page, site: Site) -> tuple[Topic, ...]:
    """The cards of the home page ``page``: those of the configuration, or the sections of the navigation."""
    given = site.options.get("topics")
    if isinstance(given, Sequence) and not isinstance(given, str) and given:
        found = [_given(one, page, site) for one in given if isinstance(one, Mapping)]
    else:
        found = list(_sections(page, site))
    return tuple(topic for topic in found if topic.pages)


def _given(topic: Mapping[str, object], page: Page, site: Site) -> Topic:
    links = topic.get("links")
    pages = tuple(_shown(links, page, site)) if isinstance(links, Sequence) and not isinstance(links, str) else ()
    section = site.knows(pages[0]).section if pages else ()
    own = page.locale == site.source.tag
    title = str(topic.get("title") or "")
    return Topic(title if own or not section else section[0], str(topic.get("description") or "") if own else "", pages)


def _sections(page: Page, site: Site) -> Iterator[Topic]:
    """The uppermost sections of the navigation, in the order of ``site.about``."""
    found: dict[str, list[Page]] = {}
    for (locale, path), about in site.about.items():
        there = site.pages.get((locale, path))
        if there and locale.tag == page.locale and about.section and about.title and not region_of(there):
            found.setdefault(about.section[0], []).append(there)
    for title, pages in found.items():
        yield Topic(title, "", tuple(pages))


def _shown(paths: Sequence[object], page: Page, site: Site) -> Iterator[Page]:
    """The pages at ``paths`` that the reader's locale has."""
    for path in paths:
        there = site.pages.get((Locale(page.locale), str(path)))
        if there and site.knows(there).title:
            yield there


def _hero(title: str, page: Page, site: Site, words: Mapping[str, str]) -> str:
    description = site.knows(page).description
    lead = f'<p class="ph-hero__lead">{html.escape(description)}</p>\n' if description else ""
    return (
        f'<div class="ph-hero">\n{title}\n{lead}'
        f'<button type="button" class="ph-hero__search" data-ph-search{places.speech(page, site)}>{_LENS}'
        f"<span>{html.escape(words['home_search'])}</span></button>\n{_popular(page, site, words)}</div>"
    )


def _popular(page: Page, site: Site, words: Mapping[str, str]) -> str:
    paths = site.options.get("popular")
    known = _shown(paths, page, site) if isinstance(paths, Sequence) and not isinstance(paths, str) else ()
    rows = [f"<li>{article_link(page, there, site)}</li>" for there in known][:_POPULAR]
    if not rows:
        return ""
    return (
        f'<nav class="ph-popular" aria-labelledby="ph-popular"{places.speech(page, site)} data-search-exclude>'
        f'<p id="ph-popular">{html.escape(words["home_popular"])}</p><ul>{"".join(rows)}</ul></nav>\n'
    )


def _cards(page: Page, site: Site, words: Mapping[str, str]) -> str:
    cards = "".join(_card(topic, page, site) for topic in topics(page, site))
    if not cards:
        return ""
    return (
        f'\n<section class="ph-topics" aria-labelledby="ph-topics"{places.speech(page, site)} data-search-exclude>\n'
        f'<h2 id="ph-topics">{html.escape(words["home_topics"])}</h2>\n<ul class="ph-cards">{cards}</ul>\n</section>'
    )


def _card(topic: Topic, page: Page, site: Site) -> str:
    links = "".join(f"<li>{article_link(page, there, site)}</li>" for there in topic.pages[:_LINKS])
    about = f"<p>{html.escape(topic.description)}</p>" if topic.description else ""
    return f'<li class="ph-card"><h3>{html.escape(topic.title)}</h3>{about}<ul>{links}</ul></li>\n'
