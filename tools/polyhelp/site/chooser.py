"""The page at a policy's own address: it leads to the policy of each region."""

from __future__ import annotations

import json
from collections.abc import Iterable


def chooser(title: str, invitation: str, regions: Iterable[tuple[str, str]]) -> str:
    """A Markdown page titled ``title``. ``regions`` are pairs of name and link, in the order they are shown."""
    links = "\n".join(f"- [{name}]({link})" for name, link in regions)
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n# {title}\n\n{invitation}\n\n{links}\n"
