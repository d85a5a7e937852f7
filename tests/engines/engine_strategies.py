"""Generated segments: prose with every kind of inline code in it."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        "refund",
        "your order",
        "Kestrel",
        "parcel 5",
        "A",
        "é",
        "a & b",
        "10 < 20",
        "cost > 0",
        "naïve",
        "退款",
        "XQ1X",
        "don't",
    ]
)
VOIDS = st.sampled_from(
    [
        "`TRAIL10`", "{count}", "{{ region.name }}", ":material-truck:", "https://kestrelpine.example/a?b=c&d=e",
        "help@kestrelpine.example", "&nbsp;", "\\*", "<br>", "[^1]", "++ctrl+s++", "<kbd>A</kbd>", "<!-- note -->",
        "![Our logo](logo.svg)", '<img src="a.png" alt="Our logo">', "`a < b`",
    ]
)  # fmt: skip
LEAVES = WORDS | VOIDS


def _around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sentence = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    return st.one_of(
        sentence.map(lambda text: f"**{text}**"),
        sentence.map(lambda text: f"*{text}*"),
        sentence.map(lambda text: f"[{text}](../returns.md)"),
        sentence.map(lambda text: f'[{text}](a.md "A title")'),
        sentence.map(lambda text: f'<span class="x">{text}</span>'),
    )


segments = st.lists(st.recursive(LEAVES, _around, max_leaves=6), min_size=1, max_size=6).map(" ".join)
