"""Taking a page apart and putting it together takes time in proportion to its length, whatever stands on the page.

For each family of hostile pages, the processor time for a page is held against the time for one four times as long. In
proportion it is 4 times as much; a quadratic reading would take 16 times, a search that gives back what it took far
more. Everything below 10 times passes, so that a busy machine is no bug.
"""

from __future__ import annotations

import gc
import signal
import sys
import time
from collections.abc import Callable

import pytest

from polyhelp.content import parse, render
from polyhelp.engines.pseudo import pseudo
from polyhelp.text.inline import tokenize

TIMES = 4
MOST = 10  # times the time for a page TIMES as long
TINY = 0.02  # seconds that count for nothing
ENOUGH = 0.006  # seconds that can be compared
SHORTEST, LONGEST = 500, 32_000  # characters of the shorter page
HOPELESS = 3  # seconds for one page: all of them are far below one second in proportion

Page = Callable[[int], str]  # a page of about so many characters


def units(unit: str, head: str = "", tail: str = "\n") -> Page:
    return lambda size: head + unit * (size // len(unit) + 1) + tail


def pairs(opening: str, closing: str, head: str = "Word ") -> Page:
    def page(size: int) -> str:
        count = size // len(opening + closing) + 1
        return f"{head}{opening * count}x{closing * count}\n"

    return page


def rows(mark: str, end: str) -> Page:
    """Rows of ``mark`` that become longer and longer, with ``end`` after each."""

    def page(size: int) -> str:
        out: list[str] = []
        while size > 0:
            out.append(mark * (len(out) + 1) + end)
            size -= len(out[-1])
        return "".join(out)

    return page


def stairs(step: str, lines: str, levels: int = 200) -> Page:
    """``lines`` one level deeper at a time, from the start again after so many levels."""

    def page(size: int) -> str:
        out: list[str] = []
        while size > 0:
            before = step * (len(out) % levels)
            out.append("".join(f"{before}{line}\n" for line in lines.split("\n")))
            size -= len(out[-1])
        return "".join(out)

    return page


def many(line: str, head: str = "") -> Page:
    """``line`` again and again, with another word for ``{}`` each time."""

    def page(size: int) -> str:
        words = ("".join(chr(97 + int(digit)) for digit in str(n)) for n in range(size // len(line) + 1))
        return head + "".join(line.replace("{}", word) for word in words)

    return page


INLINE = {
    **{repr(unit): units(unit, "Word ") for unit in (
        "[", "![", "[[", "](", "[]", "[][", "] [", "[a](", "[a](b", "![a](b", '[a](b "c ', "[a](<", "[a](  ", "[a]((((",
        "[a][", "[^a", "*", "* ", "**", "**a ", "*a_b", "*a **b ", "_a ", "a_", "~~a ", "==a ", "^^a ", "`", "`a ``b ",
        "<", "</", "<a ", '<a "', "<a '\"", "<!-- ", "<kbd>", "<kbd ", "<b>", "&", "&a", ":", ":a", "+", "++a", '++"a',
        "{", "{{", "{{ ", "{% ", "{# ", "{* ", "{! ", "{ .a ", '{"', "{++", "{~~a~>", "${", "$", "$a ", "$$ ", "\\",
        "\\(", "\\(a ", "\\[", "\\*", "http://", "http://a(", "http://a[", "www.", "www.a(", "a@", "@", "@a/", "#1",
        "a#1", "(", "%(a", '"', "'", "|", "-", ".", "#", "=", " ", "\t", "\ta", "\f", "\v", "\x85", "\u2028", "\xa0",
        "\u200b", "a\u200d", "a\u0301", "\u202e", "1", "中文", "  \n", "\\\n", "<br>\n",
    )},
    **{f"{opening} {closing}": pairs(opening, closing) for opening, closing in (
        ("[", "]"), ("[", "](a)"), ("![", "](a)"), ("[", "][]"), ("[", "][a]"), ("(", ")"), ("*a ", " a*"), ("*", "*"),
        ("*_", "_*"), ("<b>", "</b>"), ("<a>", "</b>"), ("{", "}"), ("{{", "}}"), ("[[", "]]"),
    )},
    "tags that one bracket closes": units("<a ", "Word ", ">\n"),
    "attribute lists in a formula": units("#a ", "# Word $ \\x { ", "$\n"),
    "attribute lists in a comment": units("#a ", "Word <!-- { ", "-->\n"),
    "comments in keys of a heading": units("<!--", "# Word <kbd>", "</kbd>\n"),
    "rows of backticks": rows("`", " a "),
    "rows of stars": rows("*", " a "),
    "a label with white space": units(" ", "[a]: b\n\n[a", "]\n"),
    "addresses before signs": units("a" * 150 + "/@ "),
}  # fmt: skip

SPACES = {  # one long row of spaces: every place that looks for the end of something
    repr(f"{before}...{after}"): units(" ", before, after) for before, after in (
        ("a", "b\n"), ("a", "b\nc\n"), ("# a", "b\n"), ("# a {", "b\n"), ("# a", "#\n"), ('!!! note "a', 'b"\n'),
        ("!!! note", "!\n"), ("??? note", "!\n"), ("===", "!\n"), ("///", "!\n"), ("/// note | a", "b\n"),
        ("<!--", "x -->\n"), ("<!-- l10n:note a", "b -->\n"), ("---\ntitle: a", "b\n---\n"),
        ('---\ntitle: "a', 'b"\n---\n'), ("---\ntitle: a", "# b\n---\n"), ("---\ntitle: |\n  a", "b\n  c\n---\n"),
        ("---\ntitle:\n  - a", "b\n---\n"), ("---\nother: a", "b\n---\n"), ("[a](", "x\n"), ("[a](b", "x\n"),
        ('![a](b "c"', "x\n"), ("[a]:", "b c\n"), ("[a]: b", "c\n"), ("<div>\na", "b\nc\n</div>\n"), ("<a", "x\n"),
        ("| a | b |\n| - | - |\n| a", "b | c |\n"), ("a | b\n- |", "x\n"), ("{% a %}", "x\n"), ("{ ", "x y\n"),
        ("- ", "x\n"), ("- [ ] ", "x\n"), ("> a", "b\n> c\n"), ("*[a]: b", "c\n"), ("[^a]: b", "c\n"), ("a\n:", "b\n"),
        ("a\n===", "x\n"), ("```", "a\n"), ('``` py title="A', 'b"\na\n```\n'), ("$$", "x\n"), ("--8<--", "x\n"),
        ('<img alt="a', 'b">\n'), ("<img alt", "x>\n"),
    )
}  # fmt: skip

BLOCKS = {
    **{f"lines of {line!r}": units(line + "\n", tail="") for line in (
        "- a", "- ", "1. a", "> a", "> - a", "    a", "# a", "# a_1", "#", "a\n:   b", ": a", "!!! a",
        '=== "a"', "??? a",
        "/// a", "///", "::: a", ":::", "|", "| a |", "a | b\n- | -", "<div>", "</div>", "<p>a", "<pre>",
        "<!-- ", "<!--",
        "-->", "<a '\"", '<div "', "<kbd>", "<svg ", "[^a]: ", '[a]: b "', "[a]: b", "[a", "*[a]: b", "*[a",
        "$$", "\\[",
        "\\begin{a}", "{% a", "{{ a", "{ .a }", "--8<--", "```", "~~~ a  ", "$$ a  ", "\\[ a  ", "---", "===",
        "***", "a\n---",
        "- [ ] a", "\\", '"', "&", "\f", "\r", "\t", " ", "\ufeff", "\u200b", "a\r", "- a\r", "# a\r",
    )},
    **{f"paragraphs of {line!r}": units(line + "\n\n", tail="") for line in (
        "- a", "# a", "# a_1", "> a", "<div>", "</div>", "<p>a", "<div markdown>", "<pre markdown>",
        "<math markdown>\na",
        "<!-- ", "<!-- a -->", "[^a]: b", "a\n: b", "!!! a\n    b", "```", "    ```", "- a\n\n    ```\n    b", "$$",
        "{% a %}", "![a](b)", "| a | b |\n| - | - |\n| c | d |", "<div>\n\n<p>\n\n<ul>\n\n<table>",
    )},
    **{f"a line of {unit!r}": units(unit) for unit in (
        "> ", "- ", "1. ", "- > ", "* - ", "- [ ] ", "<div>", "</div>", "</p>", "<div></div>", "<p markdown>", "<pre>",
        "<div markdown>", "<!-- a -->", "<!-- a --> ", "{% a %}", "{ .b }", "--8<-- ", "!!! ", "/// ", "::: ",
        "$$", "-",
        "- -", "=", "`", "~", "#", "|", "| a ", "\\", ":", "[TOC]", "[a]: ", "*[a]: ",
    )},
    "rows of backticks": rows("`", "\n"),
    "rows of tildes": rows("~", " a\n"),
    "rows of quote marks": rows(">", " a\n"),
    "rows of hashes": rows("#", " a\n"),
    "a fence of backticks": units("`", tail="\na\n"),
    "200 levels of lists": stairs("    ", "- a"),
    "200 levels of loose lists": stairs("    ", "- a\n"),
    "200 levels of numbers": stairs("    ", "1. a\n"),
    "200 levels of quotes": stairs("> ", "a"),
    "200 levels of admonitions": stairs("    ", '!!! note "A"\n'),
    "200 levels of tabs": stairs("    ", '=== "A"\n'),
    "200 levels of definitions": stairs("    ", "a\n:   b\n"),
    "200 levels of elements": stairs("    ", "<div markdown>\n"),
    "elements in each other": pairs("<div>\n", "</div>\n", ""),
    "Markdown elements in each other": pairs("<div markdown>\n\n", "</div>\n\n", ""),
    "lazy lines of deep quotes": units("b\n", "> " * 119 + "a\n"),
    "lazy lines of deep items": units("b\n", "- " * 119 + "a\n"),
    "lines of deep items": units("    b\n", "- " * 119 + "a\n"),
    "nothing after deep items": units("\n", "- " * 119 + "a\n", "    b\n"),
    "names of formulas": many("\\begin{{}}\n\n"),
    "names of labels": lambda size: many("[{}] a\n")(size // 2) + "\n" + many("[{}]: b\n")(size // 2),
    "names of footnotes": many("[^{}]: b\n"),
    "names of headings": many("# {}\n\n"),
    "ids that others have": lambda size: many("# b { #{}_1 }\n\n")(size // 2) + many("# {}_1\n\n")(size // 2),
    "one row of many cells": lambda size: "".join(unit * (size // 12) + "|\n" for unit in ("| a ", "| - ", "| b ")),
    "many rows of a table": units("| Word | c |\n", "| a | b |\n| - | - |\n", ""),
    "template marks in a cell": units("{% ", "| a | b |\n| - | - |\n| ", "|\n"),
    "backslashes in a cell": units("\\", "| a | b |\n| - | - |\n| a", " | b |\n"),
    "dashes under a header": units("-", "a|b\n", "x\n"),
    "hashes at a heading": units("#", "# a ", "b\n"),
    "quotes of a definition": units('"', "[a]: ", " x\n"),
    "brackets of a definition": units("()", "[a]: ", " x\n"),
    "words of a fence's title": units(".a", '``` py title="Aa aa', '!"\na\n```\n'),
    "tags in an element": units("<div ", "<div>\n"),
}  # fmt: skip

SLOW_TO_SHOW = {  # a copy or a search for each mark costs so little that only long pages show it
    "template tags in a row": units("{{ | ", "| ", "\n|-|-|\n"),
    "keys in an element": units("<kbd>", "<div>\nWord ", "\n</div>\n"),
    "keys and code in an element": units("<kbd><code>", "<div>\nWord ", "\n</div>\n"),
    "comments in an element": units("<!--", "<div>\nWord ", "\n</div>\n"),
    "closing tags without an end": units("</pre", "<pre>"),
    "attributes without an end": units(' alt="', "<div>\n<img "),
    "attribute lists after each other": units("{ .b }", "Word `a`"),
    "labels of one reference": units("[a] ", "[a]: b\n\n"),
    "code over line ends": units("`a\nb` ", "Word "),
    "other code over line ends": many("`{}\nb`\n", "Word "),
    "rows of backticks over line ends": units("`a ``b   \n", "Word "),
    "brackets": units("[", "Word "),
    "stars": units("a * "),
    "paragraphs of <pre markdown>": units("<pre markdown>\n\n", tail=""),
}  # fmt: skip

FRONT_MATTER = {
    **{f"unclosed, of {line!r}": units(line + "\n", "---\n", "") for line in (
        "a: b", "a: b\r", "\r", "", "---   x", "  - a", "title: |", "# a",
    )},
    **{f"of {line!r}": units(line + "\n", "---\n", "---\n") for line in (
        "a: b", "a: b\r", "title: a", "title:", "title: |", "title: |\n  a\n", "title:\n- a", "  - a", "\r", "",
    )},
    "of entries": units("  - Word\n", "---\ntitle:\n", "---\n"),
    "of a block's lines": units("  a\n", "---\ntitle: |\n", "---\n"),
    "of quotes": units('"', "---\ntitle: a", "\n---\n"),
    "of escapes": units("\\u0041", '---\ntitle: "a', '"\n---\n'),
}  # fmt: skip

PLACES = """---
title: Title
description: "Quoted"
summary: |
  Block
---

# Heading

Paragraph
wrapped

> Quote
> wrapped

- Item

| Cell | b |
| --- | --- |

!!! note "Note"

![Alternative text](a.png "Title of it")

<p title="Attribute">Text <img alt="of HTML"> here</p>

[^1]: Footnote

*[AB]: Abbreviation
"""


class TooLongError(Exception):
    """A page takes longer than any page may."""


@pytest.fixture(autouse=True, scope="module")
def _warm():
    """What is read once in the life of a program, such as lists of words, is read before anything is measured."""
    there_and_back(PLACES)


@pytest.fixture(autouse=True)
def _hopeless():
    """An endless reading is an error after a while: the alarm counts processor time and reaches regular expressions."""

    def stop(*_: object) -> None:
        raise TooLongError

    old = signal.signal(signal.SIGPROF, stop)
    collecting = gc.isenabled()
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, old)
    if collecting:
        gc.enable()


def seconds(work: Callable[[str], None], text: str) -> float:
    """Processor seconds for ``text``, unless it is hopeless."""
    signal.setitimer(signal.ITIMER_PROF, HOPELESS)
    try:
        return processor_seconds(work, text)
    except TooLongError:
        pytest.fail(f"{len(text)} characters take more than {HOPELESS} seconds: {text[:60]!r}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def processor_seconds(work: Callable[[str], None], text: str) -> float:
    """Processor seconds for ``text``; nothing that is remembered helps, and no tracer (of coverage) is measured."""
    tokenize.cache_clear()
    gc.disable()
    tracer = sys.gettrace()
    sys.settrace(None)
    start = time.process_time()
    try:
        work(text)
        return time.process_time() - start
    finally:
        sys.settrace(tracer)
        gc.enable()


def is_in_proportion(work: Callable[[str], None], page: Page, size: int = SHORTEST) -> None:
    """``work`` on pages that become longer, until the time for one can be compared with the time for the next."""
    short = seconds(work, page(size))
    while True:
        long = seconds(work, page(size * TIMES))
        for _ in range(3):
            if long <= MOST * short + TINY:
                break
            short = min(short, seconds(work, page(size)))
            long = min(long, seconds(work, page(size * TIMES)))
        else:
            pytest.fail(f"{size} characters take {short:.3f} s, {TIMES} times as many take {long:.3f} s")
        if short >= ENOUGH or size >= LONGEST:
            return
        size, short = size * TIMES, long


def there_and_back(text: str) -> None:
    document = parse(text, "x.md")
    assert render(document, {segment.key: segment.source for segment in document.segments}) == text
    render(document, {segment.key: pseudo(segment.source) for segment in document.segments})


@pytest.mark.parametrize("family", INLINE)
def test_inside_a_line(family):
    is_in_proportion(there_and_back, INLINE[family])


@pytest.mark.parametrize("family", SPACES)
def test_a_long_row_of_spaces(family):
    is_in_proportion(there_and_back, SPACES[family])


@pytest.mark.parametrize("family", BLOCKS)
def test_blocks(family):
    is_in_proportion(there_and_back, BLOCKS[family])


@pytest.mark.parametrize("family", SLOW_TO_SHOW)
def test_long_pages(family):
    is_in_proportion(there_and_back, SLOW_TO_SHOW[family], LONGEST)


@pytest.mark.parametrize("family", FRONT_MATTER)
def test_front_matter(family):
    is_in_proportion(there_and_back, FRONT_MATTER[family])


@pytest.mark.parametrize(
    "unit", ["a\n", "a  \n", "- a  \n", "# ", "[", "]", "`", "|", "\\", '"', " ", "\n", "\t", "{{ ", "<", "*"]
)
def test_a_target_in_every_place(unit):
    document = parse(PLACES, "x.md")
    assert len(document.segments) == 16

    def placed(target: str) -> None:
        for segment in document.segments:
            render(document, {segment.key: target})

    is_in_proportion(placed, units(unit, "Word ", "end"))


def test_one_line_of_5_mb():
    line = "Word and more words, with **some** of them [linked](a.md) and `code`. And so on, for long. " * 55_000
    assert len(line) > 5_000_000
    document = parse(line, "x.md")
    assert render(document, {document.segments[0].key: document.segments[0].source}) == line


def test_a_page_of_5_mb():
    code = "code " * 300 + "\n"
    text = "Text and more text, as people write it. " * 10
    section = (
        f"## Part\n\n{text}, *em* [l](b.md) `c`,\n{text}\n\n- {text}\n- b\n\n    c\n\n"
        f"| a | b |\n| --- | --- |\n| c | d |\n\n"
        f'```py\n{code}```\n\n!!! note "Note"\n\n    {text}\n\n<div>\n{text}\n</div>\n\n'
    )

    def apart(text: str) -> None:
        assert render(parse(text, "x.md"), {}) == text

    pages = [section * (size // len(section) + 1) for size in (1_250_000, 5_000_000)]
    for _ in range(3):
        short, long = (processor_seconds(apart, page) for page in pages)
        if long <= MOST * short:
            return
    pytest.fail(f"1.25 MB take {short:.2f} s, 5 MB take {long:.2f} s")
