"""Payloads as GitHub sends them (docs.github.com/webhooks), cut to what a pull request's events have in common.

The fields and their order are those of the examples that GitHub publishes; most of the addresses in them are left out.
"""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).parent / "payloads"


def payload(name: str, **changes: object) -> bytes:
    """The recorded payload ``name`` with ``changes``: ``review__state="commented"`` sets what is below ``review``."""
    tree = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    for path, value in changes.items():
        *above, last = path.split("__")
        place = tree
        for key in above:
            place = place[key]
        place[last] = value
    return json.dumps(tree).encode()
