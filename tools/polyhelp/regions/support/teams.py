"""Support teams: who is on duty when, in which languages, on which channels. ``_teams.yml`` beside the regions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from polyhelp.errors import RegionError
from polyhelp.model import Locale, Region
from polyhelp.regions.kinds import DATE, REGION, TAG, TEXT, ZONE, Kind, Many, Records, Scalar, Wrong
from polyhelp.regions.schema import HOURS, SCHEMA
from polyhelp.regions.source import Entries, Items, Mistake, Tree, read, told
from polyhelp.regions.support import holiday_calendar
from polyhelp.text.similarity import closest, instead

FILE = "_teams.yml"
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_TEAM: Mapping[str, Kind | Many | Records] = MappingProxyType({
    "name": TEXT,
    "timezone": ZONE,
    "hours": HOURS,
    "languages": Many(TAG),
    "channels": SCHEMA["support.channels"],
    "holidays": REGION.or_null(),
    "closed": Records({"date": DATE, "reason": TEXT}),
})  # fmt: skip
_OPTIONAL = frozenset({"holidays", "closed"})


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours of a week: ``days`` as in WEEKDAYS, ``opens`` to ``closes`` in minutes from midnight (up to 1440)."""

    days: tuple[str, ...]
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Team:
    """A support team. ``zone`` is the IANA zone of its hours; ``holidays`` a region code, ``""`` for none.

    ``closed`` are days on which nobody works, beside the holidays, each with its reason.
    """

    id: str
    name: str
    zone: str
    hours: tuple[Shift, ...]
    languages: tuple[Locale, ...] = ()
    channels: tuple[str, ...] = ()
    holidays: str = ""
    closed: tuple[tuple[dt.date, str], ...] = ()

    def speaks(self, locale: Locale) -> bool:
        """Whether the team answers in ``locale``: ``pt`` serves pt-BR and the other way; never zh-CN for zh-TW."""
        return any(
            locale in own.lineage or own in locale.lineage for own in self.languages if own.script == locale.script
        )


def load(folder: Path, root: Path) -> dict[str, Team]:
    """The teams of ``folder/_teams.yml`` by id; empty when there is no such file. Places are relative to ``root``.

    Raises RegionError with all mistakes of the file.
    """
    file = folder / FILE
    if not file.is_file():
        return {}
    path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
    entries, mistakes = read(file, path)
    reader = _Reader(path, mistakes)
    teams = {name: reader.team(name, tree, entries.lines[name]) for name, tree in entries.entries.items()}
    if mistakes:
        ordered = sorted(set(mistakes), key=lambda one: (one.line, one.key, one.message))
        raise RegionError(told("the support teams have", ordered))
    return {name: team for name, team in teams.items() if team}


def teams_of(region: Region, teams: Mapping[str, Team]) -> tuple[Team, ...]:
    """The teams of ``region``, as it names them. Raises RegionError, placed, for one that is not there."""
    names = region.at("support.teams", ())
    for name in names if isinstance(names, tuple) else ():
        if name not in teams:
            near = closest(name, teams)
            hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(teams) or f'none; add it to {FILE}'}"
            raise RegionError(f"support.teams: there is no team '{name}'", region.places.get("support.teams"), hint)
    return tuple(teams[name] for name in dict.fromkeys(names)) if isinstance(names, tuple) else ()


def shifts(records: object) -> tuple[Shift, ...]:
    """Records of ``days``, ``opens`` and ``closes`` as shifts. Raises ValueError for hours that end early."""
    found = []
    for record in records if isinstance(records, tuple) else ():
        opens, closes = minutes(record["opens"]), minutes(record["closes"])
        if opens >= closes:
            raise ValueError(f"hours from {record['opens']} to {record['closes']} end before they begin")
        found.append(Shift(record["days"], opens, closes))
    return tuple(found)


OVER_MIDNIGHT = 'write hours over midnight as two, such as "22:00" to "24:00" and on the next day "00:00" to "06:00"'
"""The way out of hours that end before they begin."""


def minutes(clock: str) -> int:
    """``HH:MM`` as minutes from midnight."""
    return int(clock[:2]) * 60 + int(clock[3:])


@dataclass(frozen=True, slots=True)
class _Reader:
    path: str
    mistakes: list[Mistake]

    def wrong(self, line: int, key: str, wrong: Wrong) -> None:
        self.mistakes.append(Mistake(self.path, line, key, wrong.message, wrong.hint))

    def team(self, name: str, tree: Tree, line: int) -> Team | None:
        if not _NAME.fullmatch(name):
            self.wrong(line, name, Wrong("a team's id has small letters, digits, - and _", "such as 'orebro'"))
        if not isinstance(tree, Entries):
            self.wrong(line, name, Wrong("a team has keys", f"write {', '.join(_TEAM)} on the next lines, indented"))
            return None
        before = len(self.mistakes)
        values = self.record(name, tree, _TEAM)
        if len(self.mistakes) > before:
            return None
        try:
            hours = shifts(values["hours"])
        except ValueError as error:
            self.wrong(tree.lines["hours"], f"{name}.hours", Wrong(str(error), OVER_MIDNIGHT))
            return None
        self.usable(name, tree, values)
        return Team(
            id=name,
            name=str(values["name"]),
            zone=str(values["timezone"]),
            hours=hours,
            languages=tuple(map(Locale.parse, values["languages"])),
            channels=values["channels"],
            holidays=values.get("holidays") or "",
            closed=tuple((record["date"], record["reason"]) for record in values.get("closed", ())),
        )

    def usable(self, name: str, tree: Entries, values: Mapping[str, Any]) -> None:
        """Zones and calendars that are written well, and that nobody here knows."""
        try:
            ZoneInfo(str(values["timezone"]))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            wrong = Wrong(f"this system has no time zone '{values['timezone']}'", "install the package tzdata")
            self.wrong(tree.lines["timezone"], f"{name}.timezone", wrong)
        code = values.get("holidays")
        told = holiday_calendar.obstacle(str(code)) if code else ("", "")
        if told[0]:
            self.wrong(tree.lines["holidays"], f"{name}.holidays", Wrong(*told))

    def record(self, key: str, tree: Entries, fields: Mapping[str, Kind | Many | Records]) -> dict[str, Any]:
        for name in tree.entries.keys() - fields.keys():
            hint = instead(name, fields)
            self.wrong(tree.lines[name], f"{key}.{name}", Wrong("there is no such key", hint))
        for name in fields.keys() - tree.entries.keys() - _OPTIONAL:
            self.wrong(tree.line, key, Wrong(f"'{name}' is missing", f"write it beside the others: '{name}: ...'"))
        return {
            name: self.value(tree.lines[name], f"{key}.{name}", tree.entries[name], of)
            for name, of in fields.items()
            if name in tree.entries
        }

    def value(self, line: int, key: str, tree: Tree, of: Kind | Many | Records) -> Any:
        if isinstance(of, Kind):
            value = of.value(tree) if isinstance(tree, Scalar) else Wrong("this must be a single value", of.name)
            if isinstance(value, Wrong):
                self.wrong(line, key, value)
            return value
        if not isinstance(tree, Items):
            self.wrong(
                line, key, Wrong("this must be a list", "write '[]' for none, else one item per line after '- '")
            )
            return ()
        pairs = [(item, f"{key}[{n}]") for n, item in enumerate(tree.items, 1)]
        if isinstance(of, Many):
            return tuple(self.value(item.line, at, item, of.item) for item, at in pairs)
        return tuple(self.row(at, item, of) for item, at in pairs)

    def row(self, key: str, tree: Tree, of: Records) -> dict[str, Any]:
        if isinstance(tree, Entries):
            return self.record(key, tree, of.fields)
        example = ", ".join(f"{name}: ..." for name in of.fields)
        self.wrong(tree.line, key, Wrong("this must have keys", f"write {{{example}}}"))
        return {}
