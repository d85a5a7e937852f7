"""What waits for a reviewer as a comment of a pull request, in GitHub's Markdown.

Nothing of a text acts there: no link, image, tag, mention or reference comes of it, and it cannot leave its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from polyhelp.review import harmless
from polyhelp.review.report import Card
from polyhelp.review.wording import Change, Run, runs
from polyhelp.text.words import count

LARGEST = 60_000
"""Characters of a comment; GitHub takes 65,536 (its API's answer to a longer body)."""
MOST = 100
"""Units of a comment: who has more to read opens the report."""
_LONGEST = 600  # characters of a text in a cell
_ACTIVE = re.compile(r"[@#]|[!-/:-?\[-`{-~]")
_QUIET = frozenset(" ,;?'\"%+/()=-")  # they mean nothing in the middle of a line, where all others are written out
_MENTIONS = "@#"
_ISOLATE, _POP = "\u2068", "\u2069"  # the text keeps its direction to itself (UAX 9)


def markdown(cards: Sequence[Card], most: int = MOST) -> str:
    """A table of the first of ``cards``, at most ``most``, in the order given; and how many there are beside."""
    words = sum(card.row.words for card in cards)
    head = f"{count(len(cards), 'unit')}, {count(words, 'source word')} to read."
    if not cards:
        return "Nothing waits for a reviewer.\n"
    out = [head, "", "| unit | why | source | translation |", "| --- | --- | --- | --- |"]
    length, shown = sum(map(len, out)), 0
    for card in cards[:most]:
        line = _line(card)
        length += len(line) + 1
        if length > LARGEST - 100:
            break
        out.append(line)
        shown += 1
    if shown < len(cards):
        out += ["", f"{count(len(cards) - shown, 'more unit')} in the report."]
    return "\n".join(out) + "\n"


def _line(card: Card) -> str:
    row, earlier = card.row, card.earlier
    why = [reason.text for reason in row.reasons]
    issues = (f"{issue.severity.value}: {issue.message}" for issue in row.issues)
    cells = (
        f"`{row.id}`<br>{quiet(row.path)}",
        "<br>".join(map(quiet, (*why, *issues))),
        _text(earlier.source, row.unit.source),
        _text(earlier.target, row.unit.target) or "–",
    )
    return f"| {' | '.join(cells)} |"


def _text(earlier: str, text: str) -> str:
    found = runs(earlier, text) if earlier else (Run(Change.KEPT, text),)
    inner = "".join(_written(_cut(found)))
    return f"{_ISOLATE}{inner}{_POP}" if inner else ""


def _written(found: Iterable[Run]) -> Iterator[str]:
    tags = {Change.ADDED: "ins", Change.REMOVED: "del"}
    for run in found:
        tag = tags.get(run.change)
        yield f"<{tag}>{quiet(run.text)}</{tag}>" if tag else quiet(run.text)


def _cut(found: Iterable[Run]) -> Iterator[Run]:
    """The first of what was found, as much as fits into a cell."""
    left = _LONGEST
    for run in found:
        if len(run.text) > left:
            yield Run(run.change, f"{run.text[:left]}…")
            return
        left -= len(run.text)
        yield run


def quiet(text: str) -> str:
    """``text`` for the middle of a line of Markdown: it reads the same, and does nothing."""
    edges = [" " if part and part[0].isspace() else "" for part in (text[:1], text[-1:] if text.strip() else "")]
    said = "".join(one or f"‹{name}›" for one, name in harmless.pieces(" ".join(text.split())))
    return edges[0] + _ACTIVE.sub(_quiet_mark, said) + edges[1]


def _quiet_mark(mark: re.Match[str]) -> str:
    character = mark.group()
    if character in _QUIET:
        return character
    if character == "." and not mark.string[mark.end() : mark.end() + 1].isalnum():
        return character
    written = f"&#{ord(character)};"
    # a name in two elements is nobody's name: GitHub looks for "@name" and "#1" in what is rendered, outside of code
    return f"<code>{written}</code>" if character in _MENTIONS else written
