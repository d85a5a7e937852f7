"""What of the theme's pages is mended: it comes out valid, and works as before."""

from importlib.resources import files

import pytest
from crawl import html_faults

from polyhelp.model import Locale
from polyhelp.site import conform
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

SITE = Site("Help", "", Locale("en"), (Locale("en"),), {})
PAGE = Page("en", "index.md", "index.md")


def mended(html):
    out = conform.apply(html, PAGE, SITE)
    assert conform.apply(out, PAGE, SITE) == out
    return out


def test_an_empty_tabindex_gets_the_number_it_stands_for_and_stays_for_the_themes_script():
    assert mended('<label for="n" id="l" tabindex="">x</label>') == '<label for="n" id="l" tabindex="-1">x</label>'
    assert mended('<label tabindex="0">x</label>') == '<label tabindex="0">x</label>'


def test_a_label_for_no_table_of_contents_stands_alone():
    label = '<label class="md-nav__title" for="__toc">x</label>'
    assert mended(label) == '<label class="md-nav__title">x</label>'
    there = f'<input id="__toc" type="checkbox">{label}'
    assert mended(there) == there


def test_checkboxes_forget_their_state_through_a_form():
    toggle = '<input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">'
    out = mended(f"<!doctype html><html lang=en><head><title>x</title></head><body dir=ltr>{toggle}</body></html>")
    assert '<body dir=ltr><form id="ph-toggles" autocomplete="off" hidden></form>' in out
    assert 'id="__search" form="ph-toggles">' in out
    assert html_faults(out) == []


def test_a_page_without_the_themes_checkboxes_gets_no_form():
    assert "form" not in mended("<body><p>x</p></body>")


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ('<td style="text-align: right;">1</td>', '<td class="ph-end">1</td>'),
        ('<th style="text-align: left;">1</th>', '<th class="ph-start">1</th>'),
        ('<td id="a" style="text-align: center;">1</td>', '<td id="a" class="ph-center">1</td>'),
        ('<td class="a b" style="text-align: center;">1</td>', '<td class="a b ph-center">1</td>'),
        ('<td style="color: red">1</td>', '<td style="color: red">1</td>'),
        ('<p style="text-align: right;">1</p>', '<p style="text-align: right;">1</p>'),
    ],
)
def test_the_alignment_of_columns_becomes_a_class(cell, wanted):
    assert mended(cell) == wanted


def test_a_page_with_aligned_columns_gets_their_style_sheet():
    cell = '<html><head></head><body><table><tr><td style="text-align: right;">1</td></tr></table></body></html>'
    link = '<link rel="stylesheet" href="../assets/stylesheets/polyhelp-tables.css">'
    german = Page("de", "index.md", "index.md")
    assert f"{link}</head>" in conform.apply(cell, german, SITE)
    assert link not in conform.apply(cell.replace(' style="text-align: right;"', ""), german, SITE)


def test_every_class_is_in_the_style_sheet(repo_style):
    for name in conform.SIDES.values():
        assert f".{name} {{" in repo_style


@pytest.fixture
def repo_style():
    sheet = files("polyhelp.site").joinpath("theme", conform.STYLE)
    return sheet.read_text(encoding="utf-8")
