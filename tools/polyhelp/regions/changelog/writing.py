"""New changes at the end of the log ``_changes.yml``, as region files write values; comments and order stay."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from polyhelp.errors import Place, RegionError
from polyhelp.regions.changelog.differences import Change, ChangeKind
from polyhelp.regions.changelog.log import LIST
from polyhelp.regions.source import MAX_BYTES, MAX_PARTS, parts

_HEAD = f"# What customers have been told. `polyhelp policy diff REV --publish` adds to the end.\n{LIST}:\n"
_DASH = re.compile(r"^( *)- ", re.MULTILINE)


def appended(text: str, changes: Iterable[Change], recorded: dt.date, path: str) -> str:
    """The text of a log with ``changes`` at its end. ``text`` is a log that can be read, or ``""`` for a new one.

    ``path`` names the file. Raises RegionError when the log would grow too large to be read.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000  # no line is broken
    yaml.representer.ignore_aliases = lambda *_: True  # a day that stands twice is written twice
    dash = _DASH.search(text)
    offset = len(dash[1]) if dash else 2
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    document = yaml.load(text or _HEAD)
    document = CommentedMap() if document is None else document
    if not document.get(LIST):
        document[LIST] = CommentedSeq()
    document[LIST].extend(_entry(change, recorded) for change in changes)
    document[LIST].fa.set_block_style()
    out = io.StringIO()
    yaml.dump(document, out)
    grown = out.getvalue()
    if len(grown.encode()) > MAX_BYTES or parts(grown) > MAX_PARTS:
        hint = "move its oldest changes to a file elsewhere: customers need not read them"
        raise RegionError("the log of changes would grow too large to be read", Place(path), hint)
    return grown


def _entry(change: Change, recorded: dt.date) -> CommentedMap:
    entry = CommentedMap(region=_written(change.region), field=change.field)
    if change.names:
        entry["of"] = _flow(dict(zip(change.names, change.item, strict=True)))
    if change.part:
        entry["part"] = change.part
    if change.kind is not ChangeKind.ADDED:
        entry["old"] = _beside_name(change, change.old)
    if change.kind is not ChangeKind.REMOVED:
        entry["new"] = _beside_name(change, change.new)
    if change.since:
        entry["from"] = change.since
    if change.withdrawn:
        entry["withdrawn"] = True
    entry["recorded"] = recorded
    return entry


def _beside_name(change: Change, value: object) -> object:
    """A value; of a record, what does not stand under ``of`` already."""
    if not isinstance(value, Mapping):
        return _written(value)
    return _flow({name: one for name, one in value.items() if name not in change.names})


def _flow(record: Mapping[str, object]) -> CommentedMap:
    flow = CommentedMap((name, _written(value)) for name, value in record.items())
    flow.fa.set_flow_style()
    return flow


def _written(value: object) -> object:
    """A value for the file; texts in quotes, so that no reader of YAML takes NO for a switch."""
    return DoubleQuotedScalarString(value) if isinstance(value, str) else plain(value)


def plain(value: object) -> object:
    """A value as region files write it, made of what JSON knows too: ``14 calendar days``, ``2.5 %``."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value} %" if isinstance(value, Decimal) else str(value)
