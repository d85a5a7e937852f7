"""Help pages as hypothesis writes them: every construct that Python-Markdown and Material's extensions know.

``page()`` gives well-formed pages, as an author would write them; ``messy_page()`` joins fragments of any kind.

Prose is made of words that stand nowhere else: ``zoaa``, ``zoab``, ... (:data:`WORD`), each once on a page. Whatever
else is on the page (code, targets, labels) has none of them. So a page by itself says what a translator must see.

Strategies build lines with two marks in them, which :func:`laid_out` resolves: ``_W`` is a word, ``_S`` a space at
which the text may be wrapped.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import assume
from hypothesis import strategies as st

WORD = re.compile(r"(?<![^\W_])[Zz]o[a-z]{2}(?![^\W_])")
_W, _S = "\ue000", "\ue001"

Strategy = st.SearchStrategy


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: ``first`` stands before it, ``rest`` before the lines that it is wrapped to."""

    text: str
    first: str = ""
    rest: str = ""


Block = tuple[Line, ...]


def _raw(*texts: str) -> Block:
    return tuple(Line(text) for text in texts)


def _choose(*values: str) -> Strategy[str]:
    return st.sampled_from(values)


# ---------------------------------------------------------------- inline markup

_words = st.sampled_from([_W, _W + _S + _W, _W + _S + _W + _S + _W])
_some_words = _choose(_W, f"{_W} {_W}")
_targets = _choose(
    "a.md", "../b/c.md#part-two", "https://shop.example/x?a=1&b=2", "#top", "a_b_c.md", "<with space.md>",
    "wiki/Page_(one)", "{{ base }}/a.md", "mailto:help@shop.example",
)  # fmt: skip
_plain_code = _choose(
    "`run`", "``a`b``", "`{ #x }`", "`$HOME`", "`[a]`", "`<b>`", "`#!py print()`", "`**`", "`a_b`", "`{{ x }}`", "`\\`",
)  # fmt: skip
_icons = _choose(":material-check:", ":material-check:{ .green }", ":octicons-arrow-right-24:", ":smile:")
_literals = _choose(
    "\\*", "\\_", "\\[", "\\#", "\\`", "&nbsp;", "&copy;", "&amp;", "5 < 6", "(c)", "2 * 3", "e.g.", "it's", '"',
    "C:\\dir", "100 %", "$5", "snake_case_name", "~", "=", "^", "1.", "#", "R&D", "a@b", "…", "é", "日本", "::", "{",
    "}", "--", "-->", "1/2",
    "(tm)", "+/-", "a\u00a0b", "👩‍👩‍👧", "שלום", "a\u200bb", "a\fb", "a\u2028b", "«x»", "don’t", "a/b", "A*", "*", "_",
    "[x]", "(1)", "a|b",
)  # fmt: skip
_keys = _choose("++ctrl+alt+del++", "++f1++", '++"Save"++')
_math = _choose("$x^2$", "\\(a_b + c\\)", "$$x$$", "$a_1 \\cdot b_2$")
_addresses = _choose(
    "https://shop.example/a_b/c", "<https://shop.example/d>", "help@shop.example", "www.shop.example", "@kestrel",
    "other/tool#12", "#34", "<help@shop.example>", "https://shop.example.",
)  # fmt: skip
_templates = _choose("{{ page.title }}", "{{ x | money }}", "{{ f('a') }}", "%s", "{name}", "${name}", "%(name)s")
_void_html = _choose(
    "<br>", "<kbd>F1</kbd>", "<!-- note -->", "<code>x</code>", '<img src="a.png">', '<a id="here"></a>', "<wbr/>",
    '<span class="badge"></span>',
)  # fmt: skip
_references = _choose(
    "[Shipping rates]", "[refund policy][]", "[Refund Policy]", "[`make`][tool]", "[Model][pkg.Model]",
    "[*bold* label]",
)  # fmt: skip
_abbreviations = _choose("VPN", "RTM")
_footnotes = _choose("[^1]", "[^note]", "[^a-b]")
_lists_of_attributes = _choose("{ .md-button }", "{: .big }", '{ data-x="1 2" }', "{ target=_blank }", "{ #there .x }")


@functools.cache
def _attributes(prose: bool) -> Strategy[str]:
    return st.one_of(
        st.just(""), _lists_of_attributes, st.just(f'{{ .x title="{_W} {_W}" }}') if prose else st.nothing()
    )


@st.composite
def _link(draw, inner):
    text = draw(inner)
    kind = draw(_choose("inline", "inline", "title", "single", "full", "attributes"))
    match kind:
        case "title":
            return f'[{text}]({draw(_targets)} "{_W} {_W}")'
        case "single":
            return f"[{text}]({draw(_targets)} '{_W}')"
        case "full":
            return f"[{text}][{draw(_choose('refunds', 'the tool', 'Shipping Rates'))}]"
        case "attributes":
            return f"[{text}]({draw(_targets)}){draw(_attributes(prose=True))}"
    return f"[{text}]({draw(_targets)})"


@st.composite
def _image(draw):
    alt = draw(st.one_of(_words.map(lambda text: text.replace(_S, " ")), st.just("")))
    title = draw(_choose("", "", f' "{_W} {_W}"'))
    return f"![{alt}](img/a.png{title}){draw(_choose('', '', '{ width=300 }', '{ align=left loading=lazy }'))}"


@functools.cache
def _wrapped_in(inner: Strategy[str]) -> Strategy[str]:
    marks = _choose("*", "**", "***", "_", "__", "~~", "==", "^^")
    tags = _choose('span class="x"', "sup", "b", "mark", "small", 'a href="a.md"', "del")
    return st.one_of(
        st.builds(lambda mark, text: f"{mark}{text}{mark}", marks, inner),
        st.builds(lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", tags, inner),
        st.builds(lambda text: f'<abbr title="{_W} {_W}">{text}</abbr>', st.just("RTM")),
        st.builds(lambda text: f'<span title="{_W}">{text}</span>', inner),
        st.builds(lambda text, extra: f"**{text}**{extra}", inner, _attributes(prose=False)),
        st.builds(lambda mark, text: f"{{{mark}{text}{mark[::-1]}}}", _choose("++", "--", "=="), _some_words),
        st.builds(lambda text: f"{{~~{text}~>{_W}~~}}", _some_words),
    )


_simple = st.one_of(
    _words, _words, _words, _plain_code, _icons, _literals, _keys, _math, _addresses, _templates, _void_html,
    _references, _abbreviations, _footnotes,
    st.just(f"{_W}(1){{ .annotate }}"), st.just(f"H~2~O {_W}"), st.just(f"{_W}^2^"), st.just(f"{_W}{{>>no word<<}}"),
)  # fmt: skip


@functools.cache
def _piece() -> Strategy[str]:
    flat = st.one_of(_words, st.builds(lambda a, b: a + _S + b, _words, st.one_of(_words, _plain_code, _icons)))
    nested = st.one_of(flat, _wrapped_in(flat))
    return st.one_of(
        _simple,
        _simple,
        _wrapped_in(nested),
        _link(st.one_of(nested, _plain_code, _image(), _icons.map(lambda icon: f"{icon} {_W}"))),
        _image(),
    )


_BRACKETS = re.compile(rf"\]{_S}\[(?!\^)")  # a link's text and its label, if no comma stands between


@functools.cache
def inline(max_size: int = 5) -> Strategy[str]:
    """One paragraph's text, begun with a word, so that no mark of a block starts it."""
    ends = _choose("", "", ".", ":", "!")
    joined = st.lists(_piece(), max_size=max_size).map(lambda pieces: _BRACKETS.sub("]," + _S + "[", _S.join(pieces)))
    return st.builds(lambda text, end: (_W + _S + text if text else _W) + end, joined, ends)


@functools.cache
def _opening() -> Strategy[str]:
    """A paragraph that starts with markup."""
    first = st.one_of(
        _wrapped_in(_words), _link(_words), _plain_code, _icons, _keys, _templates, _void_html, _references
    )
    return st.builds(lambda a, b: _BRACKETS.sub("]," + _S + "[", a + _S + b), first, inline(2))


_paragraph_text = st.one_of(inline(), inline(), _opening())


def _one_line(text: str) -> str:
    return text.replace(_S, " ")


# ---------------------------------------------------------------- leaves


@st.composite
def _paragraph(draw):
    lines = [draw(_paragraph_text)]
    while draw(st.integers(0, 5)) == 5:  # hard breaks
        lines[-1] += draw(_choose("  ", "\\", "<br>"))
        lines.append(draw(inline(2)))
    return _raw(*lines)


_ids = _choose(
    "", "", "", " { #given }", " {#a-b_c .x}", " { .only-class }", ' { id="quoted" }', " { data-toc-label='x' }"
)


@st.composite
def _heading(draw):
    text = _one_line(draw(st.one_of(inline(2), inline(2), st.just("Same heading"), _opening())))
    text = re.sub(r"\[\^[\w-]+\]|<br>", "", text).rstrip(" ")
    kind = draw(_choose("atx", "atx", "atx", "closed", "setext"))
    extra = draw(_ids) if "{{" not in text else ""  # a template tag is gone when attribute lists are read
    if kind == "setext":
        return _raw(text + extra, draw(_choose("===", "---", "-------")))
    marks = "#" * draw(st.integers(1, 6))
    return _raw(f"{marks} {text}{' ' + marks if kind == 'closed' else ''}{extra}")


_infos = _choose(
    "", "py", " py", "text", "mermaid", 'py title="app.py"', f'yaml title="{_W} {_W}" hl_lines="1"',
    "{ .py .annotate }", f'{{ .sh .no-copy title="{_W} {_W}" }}', 'bash linenums="1"', "py hl_lines='1 2'",
)  # fmt: skip
_code_lines = st.lists(
    _choose(
        "x = 1  # (1)!", "# comment about code", "", "    indented", "- item", "<div>", "</div>", "!!! note",
        "| a | b |", "[x]: y",
        "# (2)", '=== "Tab"', "$x$", "{{ x }}", "~~~~", "[^1]: no", "<!--", "\ttab", "///", "</pre>", "*[VPN]: no",
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@st.composite
def _fence(draw):
    marks = draw(_choose("```", "````", "~~~"))
    return _raw(marks + draw(_infos), *draw(_code_lines), marks)


@st.composite
def _code(draw):
    return _raw(*("    " + line for line in draw(_code_lines.filter(lambda lines: all(map(str.strip, lines))))))


@functools.cache
def _cell() -> Strategy[str]:
    return st.one_of(
        inline(1).map(_one_line), _words.map(_one_line), st.just(""), st.just("`a|b`"), st.just(f"{_W} \\| {_W}"),
        st.just("`x \\| y`"),
        st.just("---"), st.just("1.5"), st.just(f"{_W}<br>{_W}"), st.just(":material-check:"),
        st.just("{{ x | money }}"),
    ).map(lambda text: re.sub(r"\[\^[\w-]+\]", "", text).replace("a|b",
    "a/b") if "`" not in text else text)  # fmt: skip


@st.composite
def _table(draw):
    columns = draw(st.integers(1, 3))
    bordered = columns == 1 or draw(st.booleans())
    rules = draw(st.lists(_choose("---", ":--", ":-:", "--:", "-----"), min_size=columns, max_size=columns))
    body = draw(st.lists(st.lists(_cell(), min_size=columns, max_size=columns), min_size=1, max_size=3))
    head = draw(st.lists(st.sampled_from([_W, f"{_W} {_W}", f"**{_W}**"]), min_size=columns, max_size=columns))
    rows = [head, rules, *body]
    if not bordered:
        rows = [[cell or "x" for cell in row] for row in rows]
        return _raw(*(" | ".join(row) for row in rows))
    pad = draw(_choose(" ", "  "))
    return _raw(*("|" + "|".join(f"{pad}{cell}{pad}" for cell in row) + "|" for row in rows))


_formulas = st.sampled_from(
    [
        _raw("$$", "x^2 + y_1", "$$"),
        _raw("$$ E = m c^2 $$"),
        _raw("\\[", "a \\le b", "\\]"),
        _raw("\\begin{align}", "a & b", "\\end{align}"),
    ]
)
_machine_lines = st.sampled_from(
    [
        _raw("<!-- a comment -->"), _raw("<!-- a comment", "", "over lines -->"), _raw('--8<-- "a.md"'),
        _raw("{% include 'a.md' %}"),
        _raw("{* ../a.py hl[3] *}"), _raw("{!docs/a.md!}"), _raw("[TOC]"), _raw("***"), _raw("---"), _raw("- - -"),
        _raw("{{ page.toc }}"),
        _raw("<!-- more -->"), _raw("<br>"), _raw("<hr>"), _raw(";--8<--"), _raw("__________"),
    ]
)  # fmt: skip


@st.composite
def _lone_image_block(draw):
    image = draw(_image())
    return _raw(f"[{image}](b.md)" if draw(st.booleans()) else image)


@st.composite
def _raw_html(draw):
    inner = draw(
        st.lists(
            _choose(
                f"<p>{_W} {_W}</p>", f'<img src="a.png" alt="{_W} {_W}">', f"<figcaption>{_W} <b>{_W}</b></figcaption>",
                f"{_W} {_W}", f'<a href="b" title="{_W}">{_W}</a>', "<pre>code", "", "more</pre>", "<!-- hm -->",
                f"<ul><li>{_W}</li><li>{_W} &amp; {_W}</li></ul>", f'<input placeholder="{_W} {_W}">', "<br/>",
                "<script>var a = 'b < c';</script>", '<svg><path d="M1"/><title>x</title></svg>', "<code>x</code>",
                f'<div class="x" aria-label="{_W}"> {_W} </div>', f"<h3>{_W}</h3>", "<style>p { a: b }</style>",
            ),
            min_size=1, max_size=3,
        )
    )  # fmt: skip
    if "<pre>code" in inner or "more</pre>" in inner:
        inner = ["<pre>code", "more</pre>"]
    tag = draw(_choose("div", "figure", "section", 'div class="grid"', "details", "p"))
    if tag == "p":
        inner = [f"{_W} <em>{_W}</em>"]
    if tag == "details":
        inner.insert(0, f"<summary>{_W} {_W}</summary>")
    if draw(st.booleans()):
        return _raw(f"<{tag}>", *inner, f"</{tag.split()[0]}>")
    return _raw(f"<{tag}>" + "".join(inner) + f"</{tag.split()[0]}>")


# ---------------------------------------------------------------- containers


def _blank(line: Line) -> bool:
    return not (line.text or line.first.strip())


def _indented(block: Sequence[Line], by: str) -> Block:
    return tuple(
        line if _blank(line) else replace(line, first=by + line.first, rest=by + line.rest) for line in block
    )  # fmt: skip


def _hung(block: Sequence[Line], marker: str, by: str) -> Block:
    """``block`` after ``marker``, its further lines indented."""
    first, *rest = _indented(block, by)
    return (replace(first, first=marker + first.first.removeprefix(by)), *rest)


_GAP = (Line(""),)


def _joined(blocks: Sequence[Sequence[Line]], gap: Sequence[Line] = _GAP) -> Block:
    out: list[Line] = []
    for block in blocks:
        out += [*gap, *block] if out else block
    return tuple(out)


@functools.cache
def _some(depth: int) -> Strategy[list[Block]]:
    return st.lists(block(max(depth - 1, 0)), min_size=1, max_size=2)


@st.composite
def _item_body(draw, depth):
    """An item's first paragraph, and what is under it."""
    first = draw(st.one_of(_paragraph(), inline(2).map(_raw)))
    if not depth or draw(st.integers(0, 2)):
        return first
    return _joined([first, *draw(_some(depth))])


@st.composite
def _list(draw, depth):
    by = draw(_choose("    ", "    ", "    ", "\t"))
    markers = draw(_choose("- ", "* ", "+ ", "-   ", "1. ", "1.  ", "n. ", "- [ ] ", "* [x] "))
    bodies = draw(st.lists(_item_body(depth), min_size=1, max_size=3))
    lazy = draw(st.integers(0, 3)) == 3
    items = [_hung(body, markers.replace("n", str(n + 1)), by) for n, body in enumerate(bodies)]
    if lazy:
        items = [(replace(item[0], rest=item[0].rest.removeprefix(by)), *item[1:]) for item in items]
    gap = draw(st.sampled_from([(), (), _GAP]))
    return _joined(items, gap if all(len(body) == 1 for body in bodies) else _GAP)


@st.composite
def _tight_nested_list(draw):
    """Items directly below each other, nested by 4, by a tab, or by the 2 that Python-Markdown reads as siblings."""
    by = draw(_choose("    ", "    ", "\t", "  ", "   "))
    marker = draw(_choose("- ", "* ", "1. ", "* [ ] "))
    depths = draw(st.lists(st.integers(0, 2), min_size=1, max_size=5))
    out, level = [], -1
    for wanted in depths:
        level = min(wanted, level + 1)
        lead = by * level
        out.append(Line(draw(inline(2)), lead + marker, lead + ("    " if by != "\t" else "\t")))
    return tuple(out)


def _no_tabs(lead: str) -> str:
    """A tab would reach to another column behind a quote's mark."""
    return lead.replace("\t", "    ")


@st.composite
def _quote(draw, depth):
    blocks = draw(_some(depth))
    mark = draw(_choose("> ", "> ", ">")) if len(blocks) == len(blocks[0]) == 1 else "> "
    lazy = mark if draw(st.integers(0, 3)) < 3 or len(blocks) > 1 or len(blocks[0]) > 1 else ""
    lines = tuple(
        Line("", draw(_choose(">", "> ")))
        if _blank(line)
        else replace(line, first=mark + _no_tabs(line.first), rest=lazy + _no_tabs(line.rest))
        for line in _joined(blocks)
    )
    is_alert = mark == "> " and draw(st.integers(0, 4)) == 4
    gap = () if len(lines) == 1 else (Line("", ">"),)
    return (Line("[!NOTE]", mark), *gap, *lines) if is_alert else lines


_types = _choose("note", "tip", "warning", "question inline end", "danger custom")


@st.composite
def _admonition(draw, depth):
    mark = draw(_choose("!!!", "!!!", "???", "???+"))
    title = draw(
        _choose("", f' "{_W} {_W}"', f' "{_W} `code` {_W}"', f' "*{_W}*"', *([' ""'] if mark == "!!!" else []))
    )
    body = draw(_some(depth))
    gap = _GAP if draw(st.booleans()) else ()
    by = draw(_choose("    ", "    ", "    ", "\t"))
    return (Line(f"{mark} {draw(_types)}{title}"), *gap, *_indented(_joined(body), by))


@st.composite
def _tabs(draw, depth):
    titles = draw(
        st.lists(_choose(f"{_W}", f"{_W} {_W}", f":material-apple: {_W}", f"{_W} `x`"), min_size=1, max_size=3)
    )
    out: list[Block] = []
    for n, title in enumerate(titles):
        body = draw(_some(depth))
        gap = _GAP if draw(st.booleans()) else ()
        out.append(
            (
                Line(f'==={"!" if n == 0 and draw(st.booleans()) else ""} "{title}"'),
                *gap,
                *_indented(_joined(body), "    "),
            )
        )
    return _joined(out)


@st.composite
def _mark(draw, depth):
    name = draw(_choose("note", "warning", "details", "tab", "html"))
    inner = st.one_of(block(depth - 1), _mark(depth - 1)) if depth else _leaves
    body = _joined(draw(st.lists(inner, min_size=1, max_size=2)))
    if name == "html":
        head: Block = _raw(f"| {draw(_choose('div', 'div.note', 'section#x', 'div[data-a=b]'))}")
        options: Block = ()
    else:
        titles = [f"| {_W} {_W}", f"| {_W} `x`", *([""] if name in {"note", "warning"} else [])]
        head = _raw(draw(st.sampled_from(titles)))
        choices = {"details": "    type: warning", "tab": "    new: true"}.get(name, "    attrs: {class: inline end}")
        options = _raw(choices) if draw(st.booleans()) else ()
    slashes = "/" * (3 + depth)
    gap = _GAP if draw(st.booleans()) or body[0].first or not body[0].text[:1].isalpha() else ()
    gap = _GAP if options else gap
    title = f"{slashes} {name} {head[0].text}".rstrip()
    return (
        Line(title),
        *options,
        *gap,
        *body,
        Line(slashes) if not gap else Line(""),
        *([Line(slashes)] if gap else []),
    )


_term = inline(1).map(lambda text: _one_line(text).rstrip(":!.") or _W)


@st.composite
def _definitions(draw, depth, *, nested=True):
    """A nested one has no further paragraphs: Python-Markdown reads those as code."""
    out: list[Block] = []
    for _ in range(draw(st.integers(1, 2))):
        terms = _raw(*draw(st.lists(_term, min_size=1, max_size=2)))
        bodies = draw(st.lists(inline(2).map(_raw) if nested else _item_body(depth), min_size=1, max_size=2))
        gap = draw(st.sampled_from([(), _GAP])) if all(len(body) == 1 for body in bodies) else _GAP
        marker = draw(_choose(":   ", ":   ", ": "))
        out.append(_joined([terms, *(_hung(body, marker, "    ") for body in bodies)], gap))
    return _joined(out)


@st.composite
def _markdown_in_html(draw, depth):
    tag = draw(
        _choose(
            'div class="grid cards" markdown',
            "div markdown",
            'div markdown="1" title="x"',
            'section markdown="block"',
            "figure markdown",
            f'details markdown title="{_W} {_W}"',
            'div markdown id="area"',
        )
    )
    body = _joined(draw(_some(depth)))
    end = f"</{tag.split()[0]}>"
    if tag.startswith("details"):
        body = (*_raw(f"<summary>{_W}</summary>"), *_GAP, *body)
    if tag.startswith("figure"):
        body = _joined(
            [_raw(f"![{_W}](a.png){{ width=3 }}"), _raw("<figcaption markdown>", f"{_W} **{_W}**", "</figcaption>")], ()
        )
    return (Line(f"<{tag}>"), *_GAP, *body, *_GAP, Line(end))


@st.composite
def _cards(draw):
    cards = draw(
        st.lists(
            st.builds(
                lambda title, text,
                link: _hung(_joined([_raw(title), _raw("---"), _raw(text), _raw(link)]), "-   ", "    "),
                st.just(f":material-clock-fast:{{ .lg .middle }} __{_W} {_W}__"),
                inline(3),
                _choose(f"[:octicons-arrow-right-24: {_W} {_W}](a.md)", f"[{_W}](#x)"),
            ),
            min_size=1, max_size=2,
        )
    )  # fmt: skip
    return (Line('<div class="grid cards" markdown>'), Line(""), *_joined(cards), Line(""), Line("</div>"))


@st.composite
def _annotated(draw):
    text = draw(inline(2)).rstrip(".!:")
    return (*_raw(f"{text} (1)", "{ .annotate }"), Line(""), *_hung(_raw(draw(inline(2))), "1.  ", "    "))


@st.composite
def _list_after_a_line(draw):
    return _raw(
        f"{_W} {_W}:", *(f"{draw(_choose('* ', '- ', '1. '))}{_W} {_W}" for _ in range(draw(st.integers(1, 3))))
    )


@st.composite
def _html_span_block(draw):
    return _raw(
        f'<p markdown="span" title="{_W}">{_W} *{_W}* [{_W}](a.md)</p>'
        if draw(st.booleans())
        else f"<figure markdown><figcaption>{_W} **{_W}**</figcaption></figure>"
    )


@st.composite
def _adjacent(draw):
    """Two blocks with no blank line between them, as authors write them."""
    text = _raw(draw(inline(2)))
    other = draw(st.one_of(_fence(), _heading(), _quote(0), _admonition(0), _paragraph()))
    kind = draw(_choose("heading first", "fence first", "text first", "text first"))
    if kind == "heading first":
        return (*_raw(f"## {_W} {_W}"), *other)
    if kind == "fence first":
        return (*draw(_fence()), *text)
    return (*text, *other)


@st.composite
def _conditional(draw):
    """Lines of a template around lines of text."""
    gap = draw(st.sampled_from([(), _GAP]))
    inner = draw(st.one_of(inline(2).map(_raw), _list(0), _table()) if gap else inline(2).map(_raw))
    middle = (*_raw("{% else %}"), *gap, *_raw(draw(inline(1))), *gap) if draw(st.booleans()) else ()
    return (*_raw("{% if region == 'EU' %}"), *gap, *inner, *gap, *middle, *_raw("{% endif %}"))


@st.composite
def _item_with_code(draw):
    """An item that goes on right below its text: a fence, an admonition or more text."""
    marker = draw(_choose("1. ", "- "))
    below = draw(st.one_of(_fence(), _list(0), _list(1), _list(2), _tight_nested_list(), inline(2).map(_raw), _code()))
    gap = _GAP if draw(st.booleans()) or below[0].text.startswith("    ") else ()
    return _hung((*_raw(draw(inline(2))), *gap, *below), marker, "    ")


@st.composite
def _l10n(draw):
    word = draw(_choose("note A hint", "context verb"))
    return (*_raw(f"<!-- l10n:{word} -->"), *draw(st.sampled_from([(), _GAP])), *_raw(draw(inline(1))))


@st.composite
def _attributes_below(draw):
    """An attribute list on the line after an item, a heading or a table's cell text."""
    return draw(
        st.one_of(
            inline(1).map(lambda text: (Line(text, "- "), Line("{: .x }", "    "))),
            inline(1).map(lambda text: (Line(text, "* "), Line("{ .x #y }", "    "))),
            inline(1).map(lambda text: (*_raw(f"1. {text}", "{ .x }", ""), *_indented(_raw(_W + "."), "    "))),
            inline(1).map(lambda text: (*_raw(f"- {text} (1)", "{ .annotate }", ""), Line(_W, "    1.  "))),
            inline(1).map(lambda text: _raw(f"# {_one_line(text)}", "{ .x }")),
            st.just(_raw(f"| {_W} {{ .x }} | {_W} |", "|---|---|", f"| {_W} | {_W} {{ .y }} |")),
        )
    )


_single_tags = st.sampled_from(
    [
        _raw(f'<img src="a.png" alt="{_W} {_W}">'), _raw(f'<a href="b.md">{_W} {_W}</a>'),
        _raw('<video src="a.mp4" controls></video>'),
        _raw(f'<iframe src="x" title="{_W} {_W}"></iframe>'), _raw(f"<b>{_W}</b> {_W}"),
        _raw('<a href="b.md"', f'   title="{_W} {_W}">{_W}</a> {_W}'),
        _raw(f"<center>{_W} {_W}</center>"), _raw("<p align=\"center\">", f"  <em>{_W} {_W}</em>", "</p>"),
        _raw('<div id="x"></div>'),
        _raw(f"<details><summary>{_W}</summary>", "", f"{_W} {_W}", "", "</details>"), _raw(f"<h2 id='x'>{_W}</h2>"),
        _raw("<a name='x'></a>"),
        _raw("<table>", f"<tr><th>{_W}</th><td>{_W} <br> {_W}</td></tr>", "</table>"),
        _raw(f"<blockquote>{_W}<p>{_W}</blockquote>"),
        _raw(f"<span>{_W}</span>", f"{_W}"), _raw("<noscript>", f"{_W} {_W}", "</noscript>"),
    ]
)  # fmt: skip
_more_leaves = (_adjacent(), _conditional(), _item_with_code(), _l10n(), _attributes_below())
_leaves = st.one_of(
    _paragraph(), _paragraph(), _heading(), _fence(), _table(), _formulas, _machine_lines, _lone_image_block(),
    _annotated(),
    _list_after_a_line(), _tight_nested_list(), *_more_leaves,
    st.builds(lambda text: _raw(text, "{ .lead }"), inline(2)),
)  # fmt: skip


@functools.cache
def block(depth: int) -> Strategy[Block]:
    """One block; containers hold blocks of ``depth - 1``. Raw HTML stands only where the page's margin is."""
    if depth <= 0:
        return _leaves
    return st.one_of(_leaves, _leaves, *(make(depth) for make in _CONTAINERS))


_CONTAINERS = (_list, _list, _quote, _admonition, _tabs, _definitions)
_at_margin = st.one_of(
    block(2), block(2), block(2), block(3), _code().map(lambda code: _joined([_raw(_W + "."), code])), _raw_html(),
    _single_tags, _markdown_in_html(1), _mark(1), _mark(2),
    _definitions(1, nested=False), _definitions(2, nested=False), _markdown_in_html(2), _cards(),
    _html_span_block(),
    st.builds(lambda tag: _raw(f"::: {tag}", "    options:", "      members: false"), _choose("pkg.mod", "a.b")),
)  # fmt: skip


# ---------------------------------------------------------------- pages


_scalars = st.sampled_from(
    [
        f"{_W} {_W}", f'"{_W}: {_W}"', f"'{_W} {_W}'", f">-\n  {_W} {_W}\n  {_W}", f"|\n  {_W}\n  {_W} {_W}",
        f"{_W} # x", f"'{_W}'",
        f">\n  {_W}\n\n  {_W} {_W}\n", f"|+\n    {_W}\n    {_W}\n", f"{_W} {_W}\n  {_W} {_W}",
        f'"{_W} \\"{_W}\\" {_W}" # x',
        f'"{_W} {_W}\n  {_W}"', f"{_W}, {_W}; {_W} (7) & {_W}", f"'{_W}: {_W}' # x", f"{_W} #x", f"{_W}:{_W}",
        f'"{_W} \\u00e9 {_W}"',
        f"\n  - {_W} {_W}\n  - '{_W}: {_W}'", f"\n- {_W}\n- \"{_W}\" # x", f"\n  {_W} {_W}",
        f"{_W}  ", "",
        f"{_W} {{{{ x }}}} {_W}", f"'{_W} ''{_W}'' {_W}'", "null", f">1\n  {_W}",
        f"|\n  {_W} # 7\n   {_W}", f"- {_W}"[2:],
    ]
)  # fmt: skip
_settings = st.sampled_from(
    [
        "icon: material/cog", "tags:\n  - refunds\n  - orders", "hide: [toc]", "# a comment: here", "order: 3",
        "draft: false",
        "search:\n  boost: 2", "template: a.html", "search:\n  title: inner", "status: new", "", "date: 2024-01-02",
        "x: |\n  title: no",
    ]
)  # fmt: skip


@st.composite
def _front_matter(draw):
    prose = st.builds("{}: {}".format, _choose("title", "description", "summary"), _scalars).map(
        lambda line: line.replace(": \n", ":\n")
    )
    entries = st.one_of(prose, prose, _settings)
    chosen = draw(st.lists(entries, min_size=1, max_size=4, unique_by=lambda entry: entry.partition(":")[0]))
    return _raw("---", *"\n".join(chosen).split("\n"), draw(_choose("---", "---", "---", "---  ", "...")))


_DEFINITIONS = {
    "Shipping rates": "[shipping rates]: rates.md", "refund policy": f'[Refund policy]: refunds.md "{_W} {_W}"',
    "tool": "[tool]: <tools.md>", "pkg.Model": "[pkg.Model]: model.md 'x'", "*bold* label": "[*bold* label]: b.md",
    "refunds": "  [refunds]: refunds.md", "the tool": "[the tool]:\n    tools.md",
    "Shipping Rates": "[shipping rates]: rates.md",
}  # fmt: skip


@st.composite
def _closing(draw, text):
    """The definitions that a page's text asks for."""
    out: list[Block] = []
    for label in ("1", "note", "a-b"):
        if f"[^{label}]" in text:
            body = draw(
                st.one_of(
                    inline(2).map(_raw),
                    st.lists(st.one_of(_paragraph(), _fence(), _list(0)), min_size=1, max_size=2).map(
                        lambda rest: _joined([_raw(_W), *rest])
                    ),
                )
            )
            out.append(_hung(body, f"[^{label}]: ", "    "))
    references = sorted(
        {definition for label, definition in _DEFINITIONS.items() if f"[{label}]".lower() in text.lower()}
    )
    out += [_raw(*definition.split("\n")) for definition in references]
    out += [_raw(f"*[{name}]: {_W} {_W}") for name in ("VPN", "RTM") if name in text]
    return _joined(out, draw(st.sampled_from([_GAP, _GAP])))


def _shape(blocks: Sequence[Block]) -> str:
    return "\n".join(line.text for part in blocks for line in part)


@st.composite
def structure(draw, max_blocks=4):
    """A page's front matter (or nothing) and its blocks, definitions last, not laid out yet."""
    front = draw(st.one_of(st.just(()), st.just(()), _front_matter()))
    blocks = draw(st.lists(_at_margin, min_size=1, max_size=max_blocks))
    closing = draw(_closing(_shape(blocks)))
    extra = draw(_closing(_shape([closing]))) if "[" in _shape([closing]) else ()
    known = {line.text for line in closing}
    extra = () if known & {line.text for line in extra} else extra
    return front, [*blocks, *(part for part in (closing, extra) if part)]


def _numbered(lines: Sequence[Line]) -> list[Line]:
    """The lines with words for the marks."""
    counter = itertools.count()

    def word(match: re.Match[str]) -> str:  # noqa: ARG001
        n = next(counter)
        return "zo" + chr(97 + n // 26 % 26) + chr(97 + n % 26)

    return [replace(line, text=re.sub(_W, word, line.text)) for line in lines]


_wraps = st.lists(st.booleans(), max_size=8).map(tuple)


def laid_out(lines: Sequence[Line], wraps: Sequence[bool] = ()) -> str:
    """The page's text, wrapped at the spaces where that is possible and ``wraps``, over and over, says so."""
    turns = itertools.cycle(wraps or (False,))
    out: list[str] = []
    for line in _numbered(lines):
        pieces = line.text.split(_S)
        text = line.first + pieces[0]
        for piece in pieces[1:]:
            can_wrap = _can_wrap(piece) and not _ONLY_HTML.search(text)
            text += "\n" + line.rest + piece if can_wrap and next(turns) else " " + piece
        out.append(text)
    return "\n".join(out)


_ONLY_HTML = re.compile(r"(?:^|\n)[ \t>]*(?:(?:[-*+:]|\d+\.)[ \t]+)?(?:\[[ x]\] )?(?:<[^<>]*>|\{[^{}]*\})$")
_METADATA = re.compile(
    r"[ ]{0,3}[A-Za-z0-9_-]+:"
)  # MkDocs reads a first line that looks so as metadata and not as text


def _can_wrap(piece: str) -> bool:
    """Whether ``piece`` at the start of a line starts no block: an author would wrap elsewhere."""
    return not re.match(r"[-+*#>:=~{|$\\<!?/&]|\d+\.|\[\^|\[[^\]]*\]:", piece)


@st.composite
def page(draw, max_blocks=4):
    """A well-formed page."""
    front, blocks = draw(structure(max_blocks))
    gap = draw(st.sampled_from([_GAP, _GAP, _GAP, (Line(""), Line("")), (Line("  "),)]))
    lines = [*front, *(_GAP if front and draw(st.booleans()) else ()), *_joined(blocks, gap)]
    if draw(st.integers(0, 4)) == 4:  # white space that nobody sees
        spaces = draw(_choose(" ", "    ", "\t"))
        lines = [
            *front,
            *(Line("", spaces) if n and _blank(line) else line for n, line in enumerate(lines[len(front) :])),
        ]
    text = laid_out(lines, draw(_wraps))
    text += draw(_choose("\n", "\n", "\n", "", "\n\n"))
    text = text.replace("\n", draw(_choose("\n", "\n", "\n", "\n", "\r\n")))
    assume(not _METADATA.match(text))
    return draw(_choose("", "", "", "", "\ufeff")) + text


@st.composite
def front_matter_page(draw):
    """A page whose front matter has values of all sorts."""
    text = laid_out([*draw(_front_matter()), *_raw("", "Text.", "")])
    return draw(_choose("", "\ufeff")) + text.replace("\n", draw(_choose("\n", "\r\n")))


@st.composite
def rewrapped_page(draw):
    """A page twice, its paragraphs' lines wrapped elsewhere."""
    front, blocks = draw(structure(2))
    lines = [*front, *_joined(blocks)]
    return laid_out(lines, draw(_wraps)), laid_out(lines, draw(_wraps))


@st.composite
def moved_page(draw):
    """A page twice, its blocks in another order; between them stands a line of text."""
    front, blocks = draw(structure(3))
    numbered = _numbered([*front, *(_joined(blocks))])
    heads, parts, at = numbered[: len(front)], [], len(front)
    for part in blocks:
        size = len(part)
        parts.append(numbered[at : at + size])
        at += size + 1
    between = [*_GAP, Line("Between."), *_GAP]
    one, two = (laid_out([*heads, *_GAP, *_joined(order, between)]) for order in (parts, draw(st.permutations(parts))))
    return one, two


# ---------------------------------------------------------------- mess

FRAGMENTS = [
    "", " ", "    ", "\t", "> ", "- ", "1. ", "```", "~~~", "$$", "<div>", "</div>", "<!--", "-->", "{{", "}}",
    "[a](b", "![", "**", "`",
    "| a |", "|---|", "===", "---", "///", "!!! note", "\f", "\\", "\r", "\r\n", "\u2028", "\x0b", "\x85", "\ufeff",
    "    - a", "[^1]:",
    "[a]: b", "*[A]: b", ":   d", "/// note | T", '=== "T"', "???", "<pre>", "</pre>", "<p markdown>", "# ", "text",
    "\\[", "{% raw %}",
    "<script>", "&lt;", "* * *", "[x]", "---\ntitle: a\n---", "::: a.b", "{ #x }", "## h { #x }", ">", ">>> x",
    "\u00a0", "日本", "\u202e", "title: |",
]  # fmt: skip


def messy_page() -> Strategy[str]:
    """Fragments in any order: no page that anybody would write, and yet its bytes must come back."""
    fragments = st.one_of(st.sampled_from(FRAGMENTS), page(1), st.text(max_size=8))
    return st.lists(fragments, max_size=10).flatmap(
        lambda parts: _choose("\n", "", "\n\n", "\r\n").map(lambda mark: mark.join(parts))
    )
