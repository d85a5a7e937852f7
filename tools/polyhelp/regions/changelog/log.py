"""What customers have been told: ``_changes.yml``, a list of changes that only grows.

Values are written as region files write them and read by the same kinds, so that they print in the reader's
conventions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from polyhelp.errors import Place, RegionError
from polyhelp.regions.changelog.differences import IDENTITY, Change, ChangeKind
from polyhelp.regions.changelog.told import Told
from polyhelp.regions.kinds import BOOL, DATE, REGION, Kind, Records, Scalar, Wrong
from polyhelp.regions.schema import SCHEMA
from polyhelp.regions.source import Entries, Items, Mistake, Tree, read, single, told
from polyhelp.text.similarity import instead

_KEYS = ("region", "field", "of", "part", "old", "new", "from", "withdrawn", "recorded")
FILE = "_changes.yml"
"""The file in the folder of the regions."""
LIST = "changes"
"""The key under which the file has its changes."""


def read_log(file: Path, shown: str) -> tuple[Told, ...]:
    """The changes of the log, the oldest first; none when there is no such file. ``shown`` is the file's name.

    Raises RegionError with every mistake.
    """
    if not file.exists():
        return ()
    top, mistakes = read(file, shown)
    reader = _Reader(shown, mistakes)
    found = tuple(reader.all(top))
    if mistakes:
        ordered = sorted(mistakes, key=lambda mistake: (mistake.line, mistake.key))
        raise RegionError(told("the log of changes has", ordered), Place(shown))
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    path: str
    mistakes: list[Mistake]

    def wrong(self, line: int, key: str, message: str, hint: str) -> None:
        self.mistakes.append(Mistake(self.path, line, key, message, hint))

    def all(self, top: Entries) -> Iterator[Told]:
        for name in top.entries.keys() - {LIST}:
            self.wrong(top.lines[name], name, "there is no such key", f"everything stands under '{LIST}:'")
        items = top.entries.get(LIST)
        if isinstance(items, Items):
            for number, item in enumerate(items.items, 1):
                told = self.one(f"{LIST}[{number}]", item)
                if told:
                    yield told
        elif items is not None and not (isinstance(items, Scalar) and items.null):
            self.wrong(items.line, LIST, "this must be a list", "one change after each '- '")

    def one(self, key: str, tree: Tree) -> Told | None:
        """One change; None after noting what is wrong."""
        before = len(self.mistakes)
        if not isinstance(tree, Entries):
            self.wrong(tree.line, key, "this must have keys", f"there are: {', '.join(_KEYS)}")
            return None
        for name in tree.entries.keys() - set(_KEYS):
            hint = instead(name, _KEYS)
            self.wrong(tree.lines[name], f"{key}.{name}", "there is no such key", hint)
        region, recorded = (self.needed(key, tree, name, of) for name, of in (("region", REGION), ("recorded", DATE)))
        since, withdrawn = (self.maybe(key, tree, name, of) for name, of in (("from", DATE), ("withdrawn", BOOL)))
        change = self.change(key, tree)
        if change is None or len(self.mistakes) > before or not isinstance(recorded, dt.date):
            return None
        day = since if isinstance(since, dt.date) else None
        return Told(replace(change, region=str(region), since=day, withdrawn=withdrawn is True), recorded)

    def change(self, key: str, tree: Entries) -> Change | None:
        """What changed, without region and day."""
        field = self.needed(key, tree, "field", Kind("a key path such as returns.window", _field))
        kind = SCHEMA.get(str(field))
        if kind is None:
            return None
        if "old" not in tree.entries and "new" not in tree.entries:
            self.wrong(tree.line, key, "neither 'old' nor 'new' is here", "write at least one of them")
            return None
        how = ChangeKind.CHANGED
        if "old" not in tree.entries:
            how = ChangeKind.ADDED
        elif "new" not in tree.entries:
            how = ChangeKind.REMOVED
        if isinstance(kind, Records):
            return self.of_record(key, tree, Change("", str(field), how), kind)
        about = Change("", str(field), how)
        if isinstance(kind, Kind):
            return self.values(key, tree, about, kind)
        if how is ChangeKind.CHANGED:
            self.wrong(tree.line, key, "an item of a list is new or gone", "write 'old' or 'new', not both")
        about = self.values(key, tree, about, kind.item)
        return replace(about, item=(about.new if how is ChangeKind.ADDED else about.old,))

    def of_record(self, key: str, tree: Entries, about: Change, kind: Records) -> Change | None:
        named = self.record(f"{key}.of", tree.entries.get("of"), kind, tree.line)
        orders = (IDENTITY.get(about.field, ()), tuple(kind.fields))
        names = next((names for names in orders if names and set(names) == named.keys()), None)
        part = self.maybe(key, tree, "part", Kind("a field of the record", lambda scalar: _known(scalar, kind.fields)))
        whole = about.kind is not ChangeKind.CHANGED
        if names is None:
            example = ", ".join(f"{name}: ..." for name in orders[0])
            self.wrong(tree.line, f"{key}.of", "this does not name a record", f"write 'of: {{{example}}}'")
        elif whole == bool(part):
            hint = "write 'part' where both 'old' and 'new' stand, and only there"
            self.wrong(tree.line, f"{key}.part", "this is neither a whole record nor one field of it", hint)
        else:
            about = replace(about, item=tuple(named[name] for name in names), part=str(part or ""))
            return (
                self.whole(key, tree, about, kind) if whole else self.values(key, tree, about, kind.fields[str(part)])
            )
        return None

    def whole(self, key: str, tree: Entries, about: Change, kind: Records) -> Change:
        name = "new" if about.kind is ChangeKind.ADDED else "old"
        rest = self.record(f"{key}.{name}", tree.entries[name], kind, tree.lines[name])
        said = dict(zip(about.names, about.item, strict=True)) | rest
        for missing in kind.fields.keys() - said.keys():
            self.wrong(
                tree.lines[name], f"{key}.{name}", f"'{missing}' is missing", f"write {kind.fields[missing].name}"
            )
        record = {one: said[one] for one in kind.fields if one in said}
        return replace(about, new=record) if name == "new" else replace(about, old=record)

    def values(self, key: str, tree: Entries, about: Change, kind: Kind) -> Change:
        return replace(about, old=self.maybe(key, tree, "old", kind), new=self.maybe(key, tree, "new", kind))

    def record(self, key: str, tree: Tree | None, kind: Records, line: int) -> dict[str, object]:
        """The fields of a record that stand in ``tree``, of any number."""
        if not isinstance(tree, Entries):
            self.wrong(tree.line if tree else line, key, "this must have keys", f"there are: {', '.join(kind.fields)}")
            return {}
        for name in tree.entries.keys() - kind.fields.keys():
            self.wrong(
                tree.lines[name], f"{key}.{name}", "there is no such key", f"there are: {', '.join(kind.fields)}"
            )
        return {name: self.maybe(key, tree, name, kind.fields[name]) for name in kind.fields if name in tree.entries}

    def needed(self, key: str, tree: Entries, name: str, kind: Kind) -> object:
        if name not in tree.entries:
            self.wrong(tree.line, key, f"'{name}' is missing", f"write '{name}: ' and {kind.name}")
        return self.maybe(key, tree, name, kind)

    def maybe(self, key: str, tree: Entries, name: str, kind: Kind) -> object:
        """The value of a key; None where it is not there, or wrong, which is noted."""
        one = tree.entries.get(name)
        if one is None:
            return None
        value = single(one, kind)
        if isinstance(value, Wrong):
            self.wrong(tree.lines[name], f"{key}.{name}", value.message, value.hint)
            return None
        return value


def _field(scalar: Scalar) -> object:
    return _known(scalar, SCHEMA)


def _known(scalar: Scalar, names: Iterable[str]) -> object:
    if scalar.text in names:
        return scalar.text
    hint = instead(scalar.text, names)
    return Wrong(f"there is no field '{scalar.text}'", hint)
