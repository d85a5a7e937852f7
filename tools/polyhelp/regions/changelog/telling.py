"""Changes in a reader's words and conventions: ``Return window: 14 days → 30 days``.

The English words stand in ``changes.yml`` beside this module; a locale's own come in from its catalog, by context.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from polyhelp.errors import RegionError
from polyhelp.model import Duration, Money
from polyhelp.regions.changelog.differences import Change, ChangeKind
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.kinds import CLOCK, CURRENCY, DAYS, EMAIL, PHONE, REGION, TAG, TEXT, ZONE, Kind, Many, Records
from polyhelp.regions.schema import SCHEMA

_BETWEEN = " · "
_DATE = "{date}"
_FILTERS: Mapping[Callable[..., object], str] = MappingProxyType({
    CLOCK.read: "time", DAYS.read: "weekdays", PHONE.read: "phone", REGION.read: "region_name",
    TAG.read: "language_name", ZONE.read: "zone_name",
})  # fmt: skip
_AS_IT_IS = frozenset({CURRENCY.read, EMAIL.read, TEXT.read})
"""Kinds of text that say the same in every locale; a kind that is in neither table knows words that have labels."""

_BY_TYPE: tuple[tuple[type, str], ...] = (
    (Money, "money"), (Duration, "duration"), (dt.date, "date"), (Decimal, "percent"), (int, "number"),
)  # fmt: skip


@cache
def english() -> Mapping[str, str]:
    """Every word and label in English, by the context that names it in a catalog: ``polyhelp field returns.window``."""
    groups = {"words": "changes", "fields": "field", "nulls": "null", "values": "value"}
    own = _own()
    return MappingProxyType({
        f"polyhelp {name} {key}": text for group, name in groups.items() for key, text in own[group].items()
    })  # fmt: skip


def for_customers(change: Change) -> bool:
    """Whether customers are told of the change: its field has a label."""
    return f"polyhelp field {change.field}" in english()


def internal() -> frozenset[str]:
    """The fields of the schema that customers are not told about."""
    return frozenset(_own()["internal"])


@cache
def _own() -> dict[str, Any]:
    text = Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
    own: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return own


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells changes in one locale. ``said`` has the locale's words by context; English stands in for what it lacks.

    ``used`` collects the contexts of all words that were needed.
    """

    formats: Formats
    said: Mapping[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def word(self, name: str) -> str:
        """A word of the page: ``title``, ``upcoming``."""
        return self._said(f"polyhelp changes {name}")

    def line(self, change: Change) -> str:
        """The change in one line, without region and day. What has no label is told under its key path."""
        if not change.field:
            return self.word("region_added" if change.kind is ChangeKind.REGION_ADDED else "region_gone")
        what = f"{self._label(change.field)}: "
        if change.part:
            path = f"{change.field}.{change.part}"
            return f"{what}{self._item(change)}: {self._label(path, change.part)} {self._moved(change, path)}"
        if change.kind is ChangeKind.CHANGED:
            return what + self._moved(change, change.field)
        added = change.kind is ChangeKind.ADDED
        value = change.new if added else change.old
        item = self._item(change) if change.item else self.value(change.field, value)
        rest = self._rest(change, value) if added and isinstance(value, Mapping) else ()
        return what + _BETWEEN.join([f"{item} ({self.word('new' if added else 'gone')})", *rest])

    def sentence(self, change: Change) -> str:
        """The line, and from when the change holds or that it does not come."""
        if change.since is None:
            return self.line(change)
        said, day = self.word("withdrawn" if change.withdrawn else "since"), str(self.formats.date(change.since))
        return f"{self.line(change)}, {said.replace(_DATE, day) if _DATE in said else f'{said} {day}'}"

    def value(self, path: str, value: object) -> str:
        """The value of a field, or of a record's field (``shipping.options.price``), as the reader writes it."""
        kind = _kind(path)
        if value is None:
            own = f"polyhelp null {path}"
            return self._said(own if own in english() else "polyhelp changes none")
        if isinstance(value, bool):
            return self.word("yes" if value else "no")
        if isinstance(value, tuple) and not (kind and kind.read is DAYS.read):
            return _BETWEEN.join(self.value(path, item) for item in value)
        for type_, filter_ in _BY_TYPE:
            if isinstance(value, type_):
                return str(self.formats.filters[filter_](value))
        return self._text(path, value, kind)

    def _text(self, path: str, value: object, kind: Kind | None) -> str:
        """A text: a word of the data by its label, a code by its name, anything else as it is."""
        own = f"polyhelp value {path} {value}"
        if own in english():
            return self._said(own)
        filter_ = _FILTERS.get(kind.read, "") if kind else ""
        with suppress(RegionError):  # no name for it: it stands as it is
            if filter_:
                return str(self.formats.filters[filter_](value))
            if kind and kind.read not in _AS_IT_IS:
                return str(self.formats.label(value, path.rpartition(".")[2]))
        return self.formats.isolated(" ".join(value) if isinstance(value, tuple) else str(value))

    def _label(self, path: str, otherwise: str = "") -> str:
        context = f"polyhelp field {path}"
        return self._said(context) if context in english() else self.formats.isolated(otherwise or path)

    def _item(self, change: Change) -> str:
        """What names the item of a list, in words."""
        paths = [f"{change.field}.{name}" for name in change.names] or [change.field]
        return _BETWEEN.join(self.value(path, piece) for path, piece in zip(paths, change.item, strict=True))

    def _rest(self, change: Change, record: Mapping[str, object]) -> Iterator[str]:
        """What a new record says beside its name; switches that are off are left out."""
        for name, value in record.items():
            if name not in change.names and value is not False:
                path = f"{change.field}.{name}"
                yield f"{self._label(path, name)} {self.value(path, value)}"

    def _moved(self, change: Change, path: str) -> str:
        arrow = "←" if self.formats.locale.right_to_left else "→"
        return f"{self.value(path, change.old)} {arrow} {self.value(path, change.new)}"

    def _said(self, context: str) -> str:
        self.used.add(context)
        return self.said.get(context) or self.formats.isolated(english()[context])


def _kind(path: str) -> Kind | None:
    """The kind of a field, of the items of a list, or of a record's field; None for a shop's own fact."""
    kind = SCHEMA.get(path)
    if kind is None:
        field_, _, name = path.rpartition(".")
        records = SCHEMA.get(field_)
        return records.fields.get(name) if isinstance(records, Records) else None
    if isinstance(kind, Many):
        return kind.item
    return kind if isinstance(kind, Kind) else None
