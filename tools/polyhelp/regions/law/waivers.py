"""Waivers of legal rules: ``_waivers.yml`` beside the regions' files.

waivers:
  - rule: returns-window
    region: AU
    reason: Counsel holds that the trial purchase is no sale.
    signed: Jo Lindqvist, legal
    until: 2027-06-30
    locale: de                        # may be left out
    page: content/policies/returns.md # may be left out
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from polyhelp.errors import Place, RegionError
from polyhelp.model import LegalIssue, Locale
from polyhelp.regions.kinds import DATE, REGION, TAG, TEXT, Scalar, Wrong
from polyhelp.regions.source import Entries, Items, Mistake, Tree, read, told
from polyhelp.text.similarity import closest, instead

FILE = "_waivers.yml"
_LIST = "waivers"
_NEEDED = {"rule": TEXT, "region": REGION, "reason": TEXT, "signed": TEXT, "until": DATE}
_KINDS = {**_NEEDED, "locale": TAG, "page": TEXT}
_EXAMPLE = "write rule, region, reason, signed and until"


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver: ``rule`` counts for nothing in ``region`` until a day, for a reason that somebody signed."""

    rule: str
    region: str
    reason: str
    signed: str
    until: dt.date
    place: Place
    locale: Locale | None = None
    page: str = ""

    def expired(self, day: dt.date) -> bool:
        """Whether its last day is over."""
        return day > self.until

    def covers(self, issue: LegalIssue) -> bool:
        """Whether it is about ``issue``, were it expired."""
        if (self.rule, self.region) != (issue.rule, issue.region):
            return False
        return (self.locale is None or self.locale == issue.locale) and (not self.page or self.page == issue.page)


def load(file: Path, shown: str, rules: Collection[str], regions: Collection[str]) -> tuple[Waiver, ...]:
    """The waivers of ``file``; none where there is no such file. ``shown`` is how the user knows it.

    Raises RegionError with every mistake: an unknown rule or region, what is missing, what is no date.
    """
    if not file.is_file():
        return ()
    entries, mistakes = read(file, shown)
    reader = _Reader(shown, mistakes, frozenset(rules), frozenset(regions))
    found = reader.all(entries)
    if mistakes:
        raise RegionError(told("the waivers have", mistakes))
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    path: str
    mistakes: list[Mistake]
    rules: frozenset[str]
    regions: frozenset[str]

    def wrong(self, line: int, key: str, message: str, hint: str) -> None:
        self.mistakes.append(Mistake(self.path, line, key, message, hint))

    def all(self, entries: Entries) -> tuple[Waiver, ...]:
        for name in entries.entries.keys() - {_LIST}:
            self.wrong(entries.lines[name], name, "there is no such key", f"waivers stand in a list under '{_LIST}:'")
        items = entries.entries.get(_LIST, Items((), 1))
        if not isinstance(items, Items):
            self.wrong(entries.lines[_LIST], _LIST, "this must be a list", "write one waiver per item after '- '")
            return ()
        rows = (self.row(f"{_LIST}[{at}]", item) for at, item in enumerate(items.items, 1))
        return tuple(row for row in rows if row)

    def row(self, key: str, item: Tree) -> Waiver | None:
        if not isinstance(item, Entries):
            self.wrong(item.line, key, "this must have keys", _EXAMPLE)
            return None
        before = len(self.mistakes)
        values = {name: self.value(key, name, item) for name in item.entries}
        for name in _NEEDED.keys() - item.entries.keys():
            self.wrong(item.line, key, f"'{name}' is missing", f"add '{name}:' and {_NEEDED[name].name}")
        self.known(item, key, values)
        until = values.get("until")
        if len(self.mistakes) > before or not isinstance(until, dt.date):
            return None
        texts = {name: str(values[name]) for name in ("rule", "region", "reason", "signed")}
        locale = Locale(str(values["locale"])) if "locale" in values else None
        return Waiver(
            **texts, until=until, place=Place(self.path, item.line), locale=locale, page=str(values.get("page", ""))
        )

    def value(self, key: str, name: str, item: Entries) -> object:
        line, tree = item.lines[name], item.entries[name]
        if name not in _KINDS:
            near = closest(name, _KINDS)
            self.wrong(line, f"{key}.{name}", "there is no such key", f"did you mean '{near}'?" if near else _EXAMPLE)
            return None
        read_ = _KINDS[name].value(tree) if isinstance(tree, Scalar) else Wrong("this must be a single value", _EXAMPLE)
        if isinstance(read_, Wrong):
            self.wrong(line, f"{key}.{name}", read_.message, read_.hint)
        return read_

    def known(self, item: Entries, key: str, values: dict[str, object]) -> None:
        """Note a rule or a region that there is not."""
        for name, all_ in (("rule", self.rules), ("region", self.regions)):
            said = values.get(name)
            if isinstance(said, str) and said not in all_:
                hint = instead(said, sorted(all_))
                self.wrong(item.lines[name], f"{key}.{name}", f"there is no {name} '{said}' here", hint)


def split(
    issues: Iterable[LegalIssue], waivers: Collection[Waiver], day: dt.date
) -> tuple[tuple[LegalIssue, ...], tuple[LegalIssue, ...]]:
    """The issues that count, and those that a waiver silences: one that still holds, on the issue's own day."""
    counting: list[LegalIssue] = []
    silenced: list[LegalIssue] = []
    for issue in issues:
        on = issue.since or day
        covered = any(waiver.covers(issue) and not waiver.expired(on) for waiver in waivers)
        (silenced if covered else counting).append(issue)
    return tuple(counting), tuple(silenced)
