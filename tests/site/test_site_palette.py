"""The switch between light and dark says in the reader's language where it leads."""

import re

from polyhelp.model import Locale
from polyhelp.site import palette, words
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

EN, AR = Locale("en"), Locale("ar")
NAMES = {"dark_colors", "light_colors"}
SITE = Site(
    "Help", "", EN, (EN, AR), {}, words={one: {name: words.own(name, one) for name in NAMES} for one in (EN, AR)}
)


def option(number, scheme, name, goal):
    return (
        f'<input class="md-option" data-md-color-media="" data-md-color-scheme="{scheme}" data-md-color-primary="teal"'
        f'  aria-label="{name}"  type="radio" name="__palette" id="__palette_{number}">\n\n'
        f'<label class="md-header__button md-icon" title="{name}" for="__palette_{goal}" hidden><svg></svg></label>\n'
    )


def form(*options):
    return (
        f'<form class="md-header__option" data-md-component="palette">{"".join(options)}</form><input aria-label="x">'
    )


TWO = form(option(0, "default", "Dark &amp; soft", 1), option(1, "slate", "Bright", 0))
THREE = form(option(0, "auto", "To light", 1), option(1, "default", "To dark", 2), option(2, "slate", "Follow", 0))


def said(html):
    return re.findall(r'(?:aria-label|title)="([^"]*)"', html)


def test_a_switch_is_called_by_where_it_leads():
    html = palette.apply(TWO, Page("ar", "index.md", "index.md"), SITE)
    assert said(html) == ["ألوان داكنة"] * 2 + ["ألوان فاتحة"] * 2 + ["x"]
    assert re.sub(r'(aria-label|title)="[^"]*"', "", html) == re.sub(r'(aria-label|title)="[^"]*"', "", TWO)


def test_what_leads_elsewhere_keeps_its_name():
    html = palette.apply(THREE, Page("ar", "index.md", "index.md"), SITE)
    assert said(html)[4:6] == ["Follow"] * 2
    assert said(html)[:4] == ["ألوان فاتحة"] * 2 + ["ألوان داكنة"] * 2


def test_the_author_s_words_stay_in_the_author_s_language():
    assert palette.apply(TWO, Page("en", "index.md", "index.md"), SITE) == TWO


def test_a_page_without_switches_stays_as_it_is():
    assert palette.apply("<p>Text</p>", Page("ar", "index.md", "index.md"), SITE) == "<p>Text</p>"
