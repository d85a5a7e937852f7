"""What a step adds to a built page, marked so that the step finds it again: a step run twice adds it once."""

from __future__ import annotations

import re

HEAD_END = re.compile(r"</head>", re.IGNORECASE)


def cleared(html: str, name: str) -> str:
    """``html`` without what the step called ``name`` has added before."""
    before, found, rest = html.partition(f"<!--{name}-->")
    if not found:
        return html
    return before + rest.partition(f"<!--/{name}-->")[2]


def block(name: str, markup: str) -> str:
    """``markup`` with the marks of the step called ``name``."""
    return f"<!--{name}-->{markup}<!--/{name}-->"


def in_head(html: str, name: str, markup: str) -> str:
    """``html`` with ``markup`` at the end of its head, in the place of what the step ``name`` has put there before."""
    html = cleared(html, name)
    end = HEAD_END.search(html)
    return f"{html[: end.start()]}{block(name, markup)}{html[end.start() :]}" if end and markup else html
