"""What a page carries inside itself: scripts and styles without a file, ``style`` attributes, event handlers.

A content security policy names scripts and styles by their hashes. Event handlers are for no policy: `faults` tells
them, so that they leave.
"""

from __future__ import annotations

import html as entities
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

ATTRIBUTES = r"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)"
"""What stands between a tag's name and its ``>``, which may be inside of quotes."""
_BLOCK = re.compile(rf"<!--.*?-->|<(script|style)\b{ATTRIBUTES}>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rf"<([a-z][^\s/>]*){ATTRIBUTES}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_HANDLER = re.compile(r"on[a-z]+")
_HINTS = tuple(re.compile(hint) for hint in (r"on[a-z]+\s*=", r"style\s*="))
_BEFORE_NAME = frozenset(" \t\n\r\f\"'/")


@dataclass(frozen=True, slots=True)
class Inline:
    """Hashes as policies write them (``'sha256-…'``): of scripts, of styles, and of the values of ``style``."""

    scripts: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()

    def __or__(self, other: Inline) -> Inline:
        """What either has."""
        return Inline(
            self.scripts | other.scripts, self.styles | other.styles, self.attributes | other.attributes
        )  # fmt: skip


def read(html: str) -> Inline:
    """The hashes of all that ``html`` carries. A script with data in it has none."""
    scripts, styles = set(), set()
    for name, given, text in blocks(html):
        if name == "style":
            styles.add(_hash(text))
        elif "src" not in given and not is_data(given):
            scripts.add(_hash(text))
    values = {_hash(given["style"]) for _, given in _suspects(html) if "style" in given}
    return Inline(frozenset(scripts), frozenset(styles), frozenset(values))


def blocks(html: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """The scripts and styles of ``html``: name of the element, attributes, text."""
    for found in _BLOCK.finditer(html):
        if found[1]:
            yield found[1].lower(), attributes(found[2]), found[3]


def is_data(given: dict[str, str]) -> bool:
    """Whether a script with these attributes holds data (JSON), which no browser runs."""
    return given.get("type", "").lower().endswith("json")


def attributes(text: str) -> dict[str, str]:
    """The attributes in ``text``, which stands between a tag's name and its ``>``; the first of a name counts."""
    given: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        given.setdefault(name.lower(), entities.unescape(double or single or bare))
    return given


def handlers(html: str) -> list[str]:
    """What of ``html`` would run a script from an attribute, as tag and attribute: ``<button onclick>``."""
    found = []
    for tag, given in _suspects(html):
        names = [name for name in given if _HANDLER.fullmatch(name)]
        names += [name for name in ("href", "action", "src") if _runs(given.get(name, ""))]
        found += [f"<{tag} {name}>" for name in names]
    return found


def faults(folder: Path, files: Iterable[Path]) -> tuple[str, ...]:
    """A message for each kind of event handler on each of the pages ``files`` below ``folder``."""
    return tuple(
        f"{file.relative_to(folder).as_posix()}: {handler} runs a script from an attribute, which browsers refuse"
        " on this site: put it into a file, with addEventListener"
        for file in files
        for handler in dict.fromkeys(handlers(file.read_text(encoding="utf-8")))
    )


@lru_cache(maxsize=1)  # a page is asked twice: what it carries, and what runs from its attributes
def _suspects(html: str) -> tuple[tuple[str, dict[str, str]], ...]:
    """The tags with ``style``, an event handler or a script for an address; most pages have none."""
    if not _suspect(html):
        return ()
    tags = _TAG.finditer(_BLOCK.sub("", html))
    return tuple((tag[1].lower(), attributes(tag[2])) for tag in tags if _suspect(tag[2]))


def _suspect(text: str) -> bool:
    """Whether to look closer. One expression for all hints would take five times as long."""
    low = text.lower()
    return (
        "script:" in low
        or "&#" in low
        or any(low[found.start() - 1] in _BEFORE_NAME for hint in _HINTS for found in hint.finditer(low))
    )


def _runs(address: str) -> bool:
    """Whether an address is a script: browsers overlook blanks and control characters in it."""
    return re.sub(r"[\x00-\x20]", "", address).lower().startswith("javascript:")


def _hash(text: str) -> str:
    """The hash of a script or style, as browsers reckon it: UTF-8, every line end as a line feed."""
    digest = sha256(text.replace("\r\n", "\n").replace("\r", "\n").encode()).digest()
    return f"'sha256-{b64encode(digest).decode()}'"
