"""The shipped help center survives being taken apart and put together again, as Python-Markdown renders it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from polyhelp.content import parse, render
from polyhelp.engines.pseudo import pseudo

CONTENT = Path(__file__).parents[2] / "content"
PAGES = sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.md"))
EXTENSIONS = [
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
    *("pymdownx.blocks.admonition", "pymdownx.blocks.details", "pymdownx.details", "pymdownx.keys", "pymdownx.mark"),
    *("pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
]
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
PROSE = {"alt", "title", "aria-label", "data-title"}


class Skeleton(HTMLParser):
    """The elements and attributes of a page without its prose; heading ids apart."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.ids = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if re.fullmatch("h[1-6]", tag):
            self.ids += [value for name, value in attrs if name == "id"]
        kept = sorted((name, value) for name, value in attrs if name not in PROSE | {"id", "for", "name"})
        if tag != "abbr":
            self.elements.append((tag, [pair for pair in kept if not (pair[0] == "href" and pair[1].startswith("#"))]))

    def handle_endtag(self, tag):
        if tag != "abbr":
            self.elements.append(tag)


def skeleton(text):
    html = markdown.markdown(FRONT_MATTER.sub("", text), extensions=EXTENSIONS)
    return Skeleton(html)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_put_together_is_the_page(path):
    data = (CONTENT / path).read_bytes()
    document = parse(data, path)
    assert document.segments
    assert render(document, {}).encode() == data
    assert render(document, {segment.key: segment.source for segment in document.segments}).encode() == data


@pytest.mark.parametrize("path", PAGES)
def test_a_page_in_other_words_has_the_same_elements_and_heading_ids(path):
    source = (CONTENT / path).read_text(encoding="utf-8")
    document = parse(source, path)
    other = render(document, {segment.key: pseudo(segment.source) for segment in document.segments})
    before, after = skeleton(source), skeleton(other)
    assert after.elements == before.elements
    assert after.ids == before.ids


@pytest.mark.parametrize("path", PAGES)
def test_no_segment_shows_a_translator_the_marks_of_blocks(path):
    document = parse((CONTENT / path).read_bytes(), path)
    blocks = r"^(?:[#>|]|[-*+] |\d+\. |!!!|\?\?\?|===|///|<div|:   |---)"
    tags = r"\{%(?!\s*(?:trans|pluralize|endtrans)\b)|--8<--"  # a plural stands in its segment
    marks = re.compile(rf"{blocks}|{tags}|\|\s*$", re.MULTILINE)
    assert [segment.source for segment in document.segments if marks.search(segment.source)] == []
