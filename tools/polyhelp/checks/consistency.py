"""Checks: the same source has the same target everywhere in a locale, names of things and pages apart from prose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Kind, Severity, Unit
from polyhelp.text.words import word_count

_EDGE = " \t\n.:;,!?…。：；，！？؟،؛"
_SPACES = re.compile(r"\s+")
_NAMES = frozenset({Kind.INTERFACE, Kind.TERM, Kind.TITLE, Kind.CELL})
"""Kinds whose texts are names of things, however short; in a heading a word or two may mean something else."""
_LOOKED_UP = _NAMES | {Kind.HEADING, Kind.FRONT_MATTER}
_ENOUGH = 3

_Group = list[int]
"""Positions of units with the same source."""


def together(units: Sequence[tuple[Unit, Setting]]) -> Iterator[tuple[int, Finding]]:
    """A remark for each name of a thing or a page that has two targets, at the rarer one, naming where the other is.

    Sources are the same when they have the same kind and context and the same words; case, spaces and the mark at the
    end do not count. Headings of less than three words are left out.
    """
    return _compared(units, prose=False)


def prose_together(units: Sequence[tuple[Unit, Setting]]) -> Iterator[tuple[int, Finding]]:
    """The same for sentences and all other texts of three words or more."""
    return _compared(units, prose=True)


def _compared(units: Sequence[tuple[Unit, Setting]], *, prose: bool) -> Iterator[tuple[int, Finding]]:
    groups: dict[tuple[str, str, str], _Group] = defaultdict(list)
    for at, (unit, _) in enumerate(units):
        kind = unit.notes[0] if unit.notes else ""
        if (kind in _LOOKED_UP) is not prose and (kind in _NAMES or word_count(unit.source) >= _ENOUGH):
            groups[kind, unit.context, _plain(unit.source)].append(at)
    for group in groups.values():
        if len(group) > 1:
            yield from _different(units, group)


def _different(units: Sequence[tuple[Unit, Setting]], group: _Group) -> Iterator[tuple[int, Finding]]:
    by_target: dict[str, _Group] = defaultdict(list)
    for at in group:
        by_target[_plain(units[at][0].target)].append(at)
    usual, *others = sorted(by_target.values(), key=len, reverse=True)  # sorting keeps the first where they are equal
    if others:
        yield others[0][0], _finding(units[usual[0]], len(usual) - 1, len(others) - 1)


def _finding(usual: tuple[Unit, Setting], more: int, wordings: int) -> Finding:
    unit, setting = usual
    again = " and once more" if more == 1 else f" and {more} more times" if more else ""
    third = f" There are {wordings} more wordings." if wordings > 1 else " There is one more wording." * wordings
    where = setting.path or str(setting.place)
    text = f"The same source is translated '{unit.target}' in {where}{again}.{third} Choose one wording."
    return Finding(Severity.INFO, text)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.strip(_EDGE)).casefold()


CHECK = Check(
    its="inconsistency",
    about="""\
Finds a name that is translated in two ways in the same language: "Track your order" is "Bestellung verfolgen" in the
menu and "Sendung verfolgen" above a table. A reader looks for the one and does not see that the other is the same.

Headings, titles, words of the navigation, table cells and terms are compared with others of the same kind and context.
Case, spaces and the mark at the end do not count, and headings of one or two words are left out. Each pair of wordings
is reported once, with the place where the more frequent one stands. The check `consistency-prose` does the same for
sentences.

Choose one wording, unless the two mean different things: then give the source a context with
`<!-- l10n:context NAME -->`, or waive the finding at the unit with a line `# waive: consistency REASON`.
""",
    together=together,
)
PROSE = Check(
    its="inconsistency",
    about="""\
Finds a sentence that is translated in two ways in the same language. It compares texts of three words or more with
others of the same kind and context; names of things and pages belong to the check `consistency`.

It is off by default: two wordings of a sentence are rarely a mistake, and good translations have 10 to 20 of them in
1,000 texts. Switch it on where wordings shall be unified, before a translation memory is handed on for instance.

Choose one wording, give the source a context with `<!-- l10n:context NAME -->`, or waive the finding at the unit with
a line `# waive: consistency-prose REASON`.
""",
    together=prose_together,
    on=False,
)
