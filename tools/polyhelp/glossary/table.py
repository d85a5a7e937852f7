r"""The term base as a table, for spreadsheets: CSV in UTF-8 with a row of headings. Nothing is lost either way.

A row is a concept. The columns are the fields of :mod:`polyhelp.glossary.read`, and for each locale ``de``
(the preferred form), ``de admitted``, ``de deprecated``, ``de forbidden`` and ``de note``.

1. Several forms in a cell stand between ``|``; a ``|`` inside a form is written ``\|``, and a ``\`` is ``\\``. A lone
   ``|`` is an empty list, for a locale that says that there is none.
2. A cell that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-`` or ``@``) gets an apostrophe
   before it, which is taken away when it comes back
   (https://owasp.org/www-community/attacks/CSV_Injection).
3. In a file that comes in, columns may be left out and stand in any order, and the separator may be a semicolon or a
   tab. An empty cell says nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from polyhelp.errors import InputError, Place
from polyhelp.glossary.incoming import Delivery, Incoming, new_id
from polyhelp.glossary.read import ENFORCE
from polyhelp.model import Concept, Locale, PartOfSpeech, TermTarget
from polyhelp.model.term import LISTS
from polyhelp.text.similarity import closest

_FIELDS = {
    "id": "id", "source": "source", "pos": "part", "definition": "definition", "domain": "domain", "owner": "owner",
    "enforce": "enforce", "do_not_translate": "do_not_translate", "case_sensitive": "case_sensitive",
    "variants": "variants", "except": "excluded", "scope": "scope",
}  # fmt: skip
"""Columns, and the fields of a concept that they hold."""
_TARGET_FIELDS = ("preferred", *LISTS, "note")
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
_ITEM = re.compile(r"(?:[^|\\]|\\.?)+", re.DOTALL)
_EMPTY = "|"
_LARGEST = 20_000_000
_MOST_MISTAKES = 20


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def dump(concepts: Sequence[Concept], locales: Sequence[Locale] = ()) -> str:
    """The table's text; ``locales`` limits the targets, all of them are written without any."""
    chosen = locales or sorted({locale for concept in concepts for locale in concept.targets})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    heads = [locale.tag if name == "preferred" else f"{locale} {name}" for locale in chosen for name in _TARGET_FIELDS]
    writer.writerow([*_FIELDS, *heads])
    for concept in concepts:
        cells = [*_own(concept), *(cell for locale in chosen for cell in _of(concept.targets.get(locale)))]
        writer.writerow(map(guarded, cells))
    return out.getvalue()


def _own(concept: Concept) -> list[str]:
    return [
        concept.id,
        concept.source,
        concept.part.value,
        concept.definition,
        concept.domain,
        concept.owner,
        concept.enforce.value if concept.enforce else "off",
        str(concept.do_not_translate).lower(),
        str(concept.case_sensitive).lower(),
        _joined(concept.variants),
        _joined(concept.excluded),
        _joined(concept.scope),
    ]


def _of(target: TermTarget | None) -> list[str]:
    if target is None:
        return [""] * len(_TARGET_FIELDS)
    forms = (target.admitted, target.deprecated, target.forbidden)
    cells = [target.preferred, *map(_joined, forms), _note(target.note)]
    return [
        cell or (_EMPTY if name in target.cleared else "") for name, cell in zip(_TARGET_FIELDS, cells, strict=True)
    ]


def _note(note: str) -> str:
    """A note as a cell: one that looks like an empty list is told apart from it."""
    return f"\\{note}" if note.lstrip("\\") == _EMPTY else note


def _joined(items: Iterable[str]) -> str:
    return "|".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)


def _split(cell: str) -> tuple[str, ...]:
    """The items of a cell, each once; spaces around them do not count."""
    items = (re.sub(r"\\(.)", r"\1", item).strip() for item in _ITEM.findall(cell))
    return tuple(dict.fromkeys(item for item in items if item))


# ---------------------------------------------------------------- reading


def read(data: bytes, shown: str) -> Delivery:
    """The concepts of a table. ``shown`` names the file in messages.

    Raises InputError with every mistake, each with its line.
    """
    rows = _rows(data, shown)
    first = next(rows, None)
    if first is None:
        raise InputError("the file is empty", Place(shown), "the first row names the columns: source, de, fr ...")
    columns = _columns(first.cells, shown)
    reader = _Reader(shown, columns)
    found = tuple(one for row in rows if (one := reader.concept(row)) is not None)
    if reader.mistakes:
        more = len(reader.mistakes) - _MOST_MISTAKES
        lines = [*reader.mistakes[:_MOST_MISTAKES], *([f"and {more} more"] if more > 0 else [])]
        raise InputError("\n  ".join(["the table has mistakes:", *lines]), hint="correct them and import it again")
    return Delivery(found)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]


def _rows(data: bytes, shown: str) -> Iterator[_Row]:
    """The rows that have anything in them, cells without guards and outer spaces."""
    if len(data) > _LARGEST:
        raise InputError(f"the file has {len(data):,} bytes; {_LARGEST:,} is the limit", Place(shown), "split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("not UTF-8 text", Place(shown, line), "save it as 'CSV UTF-8' in the spreadsheet") from None
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InputError(f"no readable CSV: {error}", Place(shown, line), "save it again as CSV") from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            plain = (cell[1:] if _GUARDED.match(cell) else cell for cell in cells)
            yield _Row(line, [" ".join(cell.split()) for cell in plain])
        line = reader.line_num + 1


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds: a field of the concept, or of one locale's target."""

    head: str
    name: str
    locale: Locale | None = None


def _columns(heads: Sequence[str], shown: str) -> list[_Column | None]:
    columns = [_column(head, shown) if head else None for head in heads]
    twice = next((one.head for one in columns if one and sum(1 for o in columns if o and _same(o, one)) > 1), "")
    if twice:
        raise InputError(f"the column '{twice}' is there twice", Place(shown, 1), "delete one of them")
    if not any(one is not None and one.name == "source" for one in columns):
        raise InputError(
            "there is no column 'source'",
            Place(shown, 1),
            "the first row names the columns: source, pos, de, de forbidden ...; for a DeepL glossary say "
            "--type deepl --locale TAG",
        )
    return columns


def _same(one: _Column, other: _Column) -> bool:
    return (one.name, one.locale) == (other.name, other.locale)


def _column(head: str, shown: str) -> _Column:
    low = head.casefold().replace(" ", "_")
    if low in _FIELDS:
        return _Column(head, _FIELDS[low])
    tag, _, name = head.replace(".", " ").partition(" ")
    try:
        locale = Locale.parse(tag)
    except ValueError:
        locale = None
    if locale is None or (name and name.casefold() not in _TARGET_FIELDS):
        near = closest(low, _FIELDS) or closest(name.casefold(), _TARGET_FIELDS)
        way_out = f"did you mean '{near}'?" if near else f"there are: {', '.join(_FIELDS)}, and a locale's tag"
        raise InputError(f"the column '{head[:40]}' is not known", Place(shown, 1), way_out)
    return _Column(head, name.casefold() or "preferred", locale)


class _Reader:
    """Reads rows, noting mistakes instead of stopping at the first."""

    def __init__(self, shown: str, columns: Sequence[_Column | None]) -> None:
        self._shown, self._columns = shown, columns
        self._ids: set[str] = set()
        self.mistakes: list[str] = []

    def concept(self, row: _Row) -> Incoming | None:
        if len(row.cells) > len(self._columns) and any(row.cells[len(self._columns) :]):
            self._wrong(row, f"has {len(row.cells)} cells, and there are {len(self._columns)} columns")
            return None
        cells = {column: cell for column, cell in zip(self._columns, row.cells, strict=False) if column and cell}
        own = {column.name: cell for column, cell in cells.items() if column.locale is None}
        if not own.get("source"):
            self._wrong(row, "has no source")
            return None
        targets = self._targets(cells)
        id_ = own.get("id") or new_id(own["source"], self._ids)
        self._ids.add(id_)
        kept = self._choice(row, own, "do_not_translate", ["true", "false"]) == "true"
        concept = Concept(
            id_,
            own["source"],
            PartOfSpeech(self._choice(row, own, "part", [*PartOfSpeech]) or PartOfSpeech.unsaid(kept=kept)),
            own.get("definition", ""),
            own.get("domain", ""),
            ENFORCE[self._choice(row, own, "enforce", [*ENFORCE]) or "warning"],
            kept,
            self._choice(row, own, "case_sensitive", ["true", "false"]) == "true",
            _split(own.get("variants", "")),
            _split(own.get("excluded", "")),
            _split(own.get("scope", "")),
            targets,
            own.get("owner", ""),
        )
        return Incoming(concept, Place(self._shown, row.line), frozenset(own) | ({"targets"} if targets else set()))

    def _targets(self, cells: Mapping[_Column, str]) -> dict[Locale, TermTarget]:
        said: dict[Locale, dict[str, str]] = {}
        for column, cell in cells.items():
            if column.locale is not None:
                said.setdefault(column.locale, {})[column.name] = cell
        return {locale: _target(by_name) for locale, by_name in said.items()}

    def _choice(self, row: _Row, own: Mapping[str, str], name: str, allowed: Sequence[str]) -> str:
        given = own.get(name, "").casefold()
        if given and given not in allowed:
            near = closest(given, allowed)
            way_out = f"did you mean '{near}'?" if near else f"expected one of: {', '.join(allowed)}"
            self._wrong(row, f"'{own[name]}' is not known as {'pos' if name == 'part' else name}; {way_out}")
            return ""
        return given

    def _wrong(self, row: _Row, text: str) -> None:
        self.mistakes.append(f"{Place(self._shown, row.line)}: the row {text}" if text.startswith("has ") else
                             f"{Place(self._shown, row.line)}: {text}")  # fmt: skip


def _target(said: Mapping[str, str]) -> TermTarget:
    admitted, deprecated, forbidden = (_split(said.get(name, "")) for name in LISTS)
    note = said.get("note", "")
    plain = note[1:] if note.startswith("\\") and note.lstrip("\\") == _EMPTY else note
    return TermTarget(
        said.get("preferred", ""),
        admitted,
        deprecated,
        forbidden,
        "" if note == _EMPTY else plain,
        frozenset(name for name in (*LISTS, "note") if said.get(name) == _EMPTY),
    )
