"""Region data from a folder: files in, regions out, and every mistake of every file in one message."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from polyhelp.errors import Place, RegionError
from polyhelp.model import Dated, Region
from polyhelp.regions.fields import Field, Fields
from polyhelp.regions.kinds import region_mistake, regions
from polyhelp.regions.schema import INHERITS, SECTIONS
from polyhelp.regions.source import Mistake, read, told
from polyhelp.regions.timeline import on, timeline
from polyhelp.text.similarity import instead

DEFAULT = "_default"
RESERVED = ("_changes", "_teams", "_waivers")
"""Files of the folder that are no region data."""
_ABSTRACT = re.compile(r"[a-z_][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class _File:
    """One file, read: its own fields by key path, and where it starts from.

    ``parents`` has the file after ``inherits`` (under ``""``) and those of sections, with the line that says so.
    """

    name: str
    path: str
    parents: Mapping[str, tuple[str, int]]
    fields: Mapping[str, Field]

    def parent(self, section: str) -> str:
        """The file that ``section`` starts from; ``""`` for none."""
        return self.parents.get(section, self.parents.get("", ("", 0)))[0]


def load(
    folder: Path, root: Path, problems: list[RegionError] | None = None, day: dt.date | None = None
) -> dict[str, Region]:
    """The regions of ``folder`` as of ``day`` (today where it is None), sorted by code; empty without such a folder.

    A file ``DE.yml`` is the region DE. Files with lower-case names or a leading ``_`` are only there to be inherited.
    A file starts from what it ``inherits``, else from its country's (``US-CA`` from ``US``), else from
    ``_default.yml``; a section may name a file of its own. Its fields replace inherited ones one by one, and a list
    replaces a list as a whole unless it says ``add``. Places are relative to ``root``.

    All mistakes of all files make one RegionError. It is raised, or, where ``problems`` is given, added there, and
    the regions come out that no mistake touches.
    """
    if not folder.is_dir():
        return {}
    mistakes: list[Mistake] = []
    paths = sorted(path for path in folder.iterdir() if path.suffix in {".yml", ".yaml"} and path.stem not in RESERVED)
    names = {path.stem for path in paths}
    files = {path.stem: _file(path, _shown(path, root), names, mistakes) for path in paths}
    _check_names(files, mistakes)
    lines = {name: {section: _line(name, section, files, mistakes) for section in ("", *SECTIONS)} for name in files}
    if mistakes:
        error = _error(mistakes, _shown(folder, root))
        if problems is None:
            raise error
        problems.append(error)
    broken = {mistake.path for mistake in mistakes}
    return {
        name: _region(name, lines[name], files, day or dt.datetime.now(dt.UTC).date())
        for name in sorted(files)
        if not _ABSTRACT.fullmatch(name)
        and not any(files[link].path in broken for line in lines[name].values() for link in line)
    }


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _error(mistakes: list[Mistake], folder: str) -> RegionError:
    ordered = sorted(set(mistakes), key=lambda mistake: (mistake.path, mistake.line, mistake.key, mistake.message))
    return RegionError(told(f"the region data in {folder} has", ordered))


# ---------------------------------------------------------------- one file


def _file(file: Path, path: str, names: set[str], mistakes: list[Mistake]) -> _File:
    entries, found = read(file, path)
    mistakes.extend(found)
    fields = Fields(path, mistakes)
    fields.read(entries)
    country = file.stem.partition("-")[0]
    parents = {"": (country, 0)} if country != file.stem and country in names else {}
    if not parents and DEFAULT in names and file.stem != DEFAULT:
        parents = {"": (DEFAULT, 0)}
    if INHERITS in entries.entries:
        line = entries.lines[INHERITS]
        parents[""] = fields.parent(INHERITS, entries.entries[INHERITS], line), line
    parents |= fields.parents
    for section, (name, line) in parents.items():
        if name and name not in names:
            hint = instead(name, sorted(names - {file.stem}))
            key = f"{section}.{INHERITS}" if section else INHERITS
            fields.wrong(line, key, f"there is no file '{name}.yml' here", hint)
            parents[section] = "", line
    return _File(file.stem, path, parents, fields.found)


def _check_names(files: Mapping[str, _File], mistakes: list[Mistake]) -> None:
    inherited = {name for file in files.values() for name, _ in file.parents.values()} | {DEFAULT}
    for name, file in files.items():
        if file.path.endswith(".yaml"):
            mistakes.append(Mistake(file.path, 0, "", "region files end in .yml", f"rename it to {name}.yml"))
        elif _ABSTRACT.fullmatch(name):
            if name.upper() in regions() and name not in inherited:
                hint = f"a region's file is called {name.upper()}.yml"
                mistakes.append(Mistake(file.path, 0, "", "nothing inherits this file", hint))
        elif wrong := region_mistake(name):
            hint = f"{wrong.hint} A file that is only inherited has a lower-case name"
            mistakes.append(Mistake(file.path, 0, "", wrong.message, hint))


def _line(name: str, section: str, files: Mapping[str, _File], mistakes: list[Mistake]) -> tuple[str, ...]:
    """The files that ``section`` of ``name`` is made of, nearest first."""
    line = [name]
    while parent := files[line[-1]].parent(section):
        if parent in line:
            circle = line[line.index(parent) :]
            first = files[min(circle)]
            turn = circle.index(first.name)
            shown = " -> ".join([*circle[turn:], *circle[:turn], first.name])
            message = f"the files inherit from each other in a circle: {shown}"
            where = first.parents.get(section, first.parents.get("", ("", 0)))[1]
            mistakes.append(Mistake(first.path, where, INHERITS, message, "remove one of them"))
            break
        line.append(parent)
    return tuple(line)


# ---------------------------------------------------------------- one region


def _region(name: str, lines: Mapping[str, tuple[str, ...]], files: Mapping[str, _File], day: dt.date) -> Region:
    data: dict[str, object] = {}
    sections: dict[str, dict[str, object]] = {}
    dated: dict[str, tuple[Dated, ...]] = {}
    places: dict[str, Place] = {}
    for key in sorted({key for line in lines.values() for link in line for key in files[link].fields}):
        section, _, field = key.partition(".")
        said = tuple(files[link].fields[key] for link in lines[section if field else ""] if key in files[link].fields)
        if not said:
            continue
        whole = timeline((one for field_ in said for one in field_.values), lambda day, said=said: _value(said, day))  # type: ignore[misc]
        if len(whole) > 1 or any(one.since or one.until for one in whole):
            dated[key] = whole
        here = on(whole, day)
        if here is None:
            continue
        places[key] = next(_places(said, day))
        if field:
            data[section] = sections.setdefault(section, {})
            sections[section][field] = here.value
        else:
            data[key] = here.value
    return Region(name, data, dated, places, lines[""])


def _value(said: tuple[Field, ...], day: dt.date) -> object:
    """What the files say together on ``day``, nearest first. Raises LookupError when they say nothing."""
    for number, field in enumerate(said):
        here = on(field.values, day)
        if here is None:
            continue
        if not field.adds or not isinstance(here.value, tuple):
            return here.value
        try:
            before = _value(said[number + 1 :], day)
        except LookupError:
            before = ()
        return (*(before if isinstance(before, tuple) else ()), *here.value)
    raise LookupError


def _places(said: tuple[Field, ...], day: dt.date) -> Iterator[Place]:
    yield from (field.place for field in said if on(field.values, day) is not None)
