"""Laws that hold for every page, whatever its author wrote: tried on generated pages of the whole dialect."""

from __future__ import annotations

import re
from collections import Counter

from content_oracle import metadata, skeleton
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_strategies import WORD, front_matter_page, messy_page, moved_page, page, rewrapped_page

from polyhelp.content import parse, render
from polyhelp.engines.pseudo import pseudo
from polyhelp.model import Segment

PAGES = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)  # fmt: skip

LINE_END = re.compile(r"\r\n?|\n")  # as Python, MkDocs and editors count lines
BLOCK_MARKS = re.compile(
    r"(?:#{1,6} |>|\||[-*+] |\d+\. |!!!|\?\?\?|===|/{3}|:   |-{3}|`{3}|~{3}|\[\^[\w-]+\]:|\*\[|\$\$)"
)
BLOCK_TAGS = re.compile(r"</?(?:div|p|figure|figcaption|details|summary|section|ul|li|table|td|h[1-6])\b")
DIRECTIVES = re.compile(r"\{%|--8<--|^:::|\{\*.*\*\}|\{!.*!\}|\[TOC\]|<script|<style")


def sources(text):
    return [segment.source for segment in parse(text, "a.md").segments]


def pseudo_page(text):
    document = parse(text, "a.md")
    return render(document, {segment.key: pseudo(segment.source) for segment in document.segments})


@PAGES
@given(page() | messy_page() | st.text())
def test_a_page_without_targets_or_with_its_own_words_is_the_page(text):
    document = parse(text, "a.md")
    assert render(document, {}) == text
    assert render(document, {segment.key: segment.source for segment in document.segments}) == text


@PAGES
@given(page())
def test_a_page_in_other_words_has_the_same_elements_and_heading_ids(text):
    before, after = skeleton(text), skeleton(pseudo_page(text))
    assert after.elements == before.elements
    assert after.ids == before.ids


@PAGES
@given(page() | messy_page())
def test_segments_and_what_is_between_them_are_the_page_in_order(text):
    at = 0
    for part in parse(text, "a.md").parts:
        if isinstance(part, Segment):
            assert text.startswith(part.raw, at)
            assert not part.raw or part.line == len(LINE_END.findall(text, 0, at)) + 1
            at += len(part.raw)
        elif isinstance(part, str):  # else it is what only a translated page says
            assert text.startswith(part, at)
            at += len(part)
    assert at == len(text)


@PAGES
@given(front_matter_page())
def test_front_matter_says_the_same_in_other_words(text):
    before, after = metadata(text), metadata(pseudo_page(text))
    assert list(after) == list(before)
    for key, value in before.items():
        entries = value if isinstance(value, list) else [value]
        values = after[key] if isinstance(value, list) else [after[key]]
        if key in {"title", "description", "summary"}:
            entries = [WORD.sub(lambda match: pseudo(match.group()), entry) for entry in entries if entry]
            assert [entry.split() for entry in values if entry] == [entry.split() for entry in entries]
        else:
            assert values == entries


@PAGES
@given(rewrapped_page())
def test_wrapping_lines_elsewhere_makes_no_other_segments(texts):
    one, two = texts
    assert sorted(sources(one)) == sorted(sources(two))


@PAGES
@given(moved_page())
def test_moving_a_block_makes_no_other_segments(texts):
    one, two = texts
    assert sorted(sources(one)) == sorted(sources(two))


@PAGES
@given(page())
def test_every_word_of_prose_is_in_one_segment(text):
    found = Counter(word for source in sources(text) for word in {match.group() for match in WORD.finditer(source)})
    assert {word: found[word] for word in WORD.findall(text) if found[word] != 1} == {}


@PAGES
@given(page())
def test_no_segment_shows_what_only_machines_read(text):
    shown = [
        source
        for source in sources(text)
        if BLOCK_MARKS.match(source) or BLOCK_TAGS.search(source) or DIRECTIVES.search(source)
    ]
    assert shown == []


@PAGES
@given(page())
def test_a_translated_page_has_segments_of_the_same_kinds_that_say_what_was_put_in(text):
    before = parse(text, "a.md").segments
    after = parse(pseudo_page(text), "a.md").segments
    assert [segment.kind for segment in after] == [segment.kind for segment in before]
    said = [
        segment.source.replace("&#32;{", " {").removesuffix("&#32;") for segment in after
    ]  # no attribute list may start in a heading
    assert said == [pseudo(segment.source) for segment in before]


BEFORE = st.sampled_from(
    [
        *("1. ", "2.", "10) ", "- ", "– ", "+ ", "* ", "# ", "#1 ", "## ", "> ", ">", ": ", ":   ", "| ", "= ",
        "=== ", "!!! ", "??? x "),
        *("(a) ", "[x] ", "[ ] ", "    ", "--- ", "*** ", "___ ", "< ", "& ", "\\\\ ", "::: a.b", "/// ", "$$ ",
        "Hinweis: ", "[a]: b ", "@ "),
        *('=== "a"', "!!! note", "/// note | A", '!!! tip "B"', "[TOC]", "===", "---", "~~~", "*[A]: b", "[^9]: c",
        "--8<-- \"a\"", "« "),
    ]
)  # fmt: skip
AFTER = st.sampled_from(
    ["", "", "", " #", "#", ":", " |", " {", "\\\\", " ---", "  ", " ===", "*", "_", " =", " ()", "."]
)
BLOCKS = re.compile(
    r"/?(?:h[1-6]|p|[uo]l|li|d[ldt]|blockquote|pre|table|t[rhd]|thead|tbody|div|details|summary|hr|section|figure)"
)


def blocks(text):
    """The block elements of a page, with their classes, and the ids of its headings."""
    found = skeleton(text)
    names = [(one, "") if isinstance(one, str) else (one[0], dict(one[1]).get("class", "")) for one in found.elements]
    return [(name, classes) for name, classes in names if BLOCKS.fullmatch(name)], found.ids


def _with_end(target, end):
    return target if target.endswith("}") else target + end  # an attribute list stays at the end


@PAGES
@given(page(2), BEFORE, AFTER)
def test_whatever_a_translator_writes_the_blocks_stay_the_blocks(text, before, after):
    document = parse(text, "a.md")
    targets = {segment.key: before + _with_end(pseudo(segment.source), after) for segment in document.segments}
    assert blocks(render(document, targets)) == blocks(text)
