"""Catalogs as PO files: plain gettext, with provenance in translator comments.

    # origin: mt/deepl 2026-11-21 0123456789abcdef
    # reviewed: Anna Berg 2026-11-22 fedcba9876543210
    # reviewed with: DE SE
    # seconded: Bo Ek 2026-11-23 fedcba9876543210
    #. heading
    #: returns/refunds.md
    #, fuzzy
    #| msgid "the source that the target was made from"
    msgid "the source"
    msgstr "the target"

Flags of other tools (``#, no-wrap``) are kept: in memory they are a comment, ``flags: no-wrap``.

A source with plural forms has ``msgid_plural`` (:mod:`polyhelp.locales.po_plural`).

Units come in reading order, obsolete ones last. Lines are not wrapped: a unit is a line, and a diff shows words.
No date and no version of a tool stands in the header, so the same catalog is always the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polib

from polyhelp.errors import CatalogError, Place
from polyhelp.locales import po_plural, po_records
from polyhelp.locales.po_obsolete import previous_of_obsolete
from polyhelp.model import Catalog, Locale, Unit
from polyhelp.text.plural_rules import rule

_FLAGS = re.compile(r"flags: (?P<flags>[a-z][^\s,]*(?:, [a-z][^\s,]*)*)$")
_STICKY = re.compile(r"^#=[ \t]*", re.MULTILINE)  # GNU gettext 1.0 may write flags such as c-format on such lines
_LINE = re.compile(r"\(line (\d+)\)(?:: )?(.*)")
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})", re.MULTILINE)
_HEADER = (
    ("Project-Id-Version", "polyhelp"),
    ("PO-Revision-Date", ""),
    ("Last-Translator", ""),
    ("Language-Team", ""),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
)
_OURS = {name: value for name, value in _HEADER if name.startswith("Content-")}  # a file is written as UTF-8 always
_QUOTED = re.compile(r"(?:#~\|?|#\|)?[ \t]*(?:msg(?:id|str|ctxt|id_plural)(?:\[\d+\])?[ \t]*)?(?P<text>\".*)")
_CLOSED = re.compile(r'".*(?<!\\)(?:\\\\)*"[ \t\r]*')
_COMMENT = ""  # the name under which a catalog's header holds the comment above the header


def read(file: Path, locale: Locale, path: str, shown: str) -> Catalog:
    """The catalog in ``file``, an empty one when there is no file. ``path`` is the article's; ``shown`` names the file.

    Raises CatalogError, naming the line, when the file is no PO file or holds a source twice.
    """
    return _catalog(Catalog(locale, path), _text(file, shown), shown, file)


def parse(data: bytes, locale: Locale, path: str, shown: str) -> Catalog:
    """The catalog in ``data``, the content of a PO file that lies somewhere else, such as in a commit; as `read`."""
    return _catalog(Catalog(locale, path), _decoded(data, shown), shown)


def _catalog(empty: Catalog, text: str, shown: str, file: Path | None = None) -> Catalog:
    """``empty`` with what ``text`` says, which stands in ``file``, if in any."""
    if not text:
        return empty
    _check_quotes(text, shown)
    entries = _parsed(text, shown, file)
    previous = previous_of_obsolete(text)
    seen: dict[tuple[str, str], int] = {}
    units = []
    for entry in entries:
        place = Place(shown, entry.linenum or 0)
        if entry.msgid_plural and not po_plural.counts(entry):
            raise CatalogError("this unit has plural forms and does not say what counts", place, po_plural.WAY)
        unit = _unit(entry, next(previous, "") if entry.obsolete else po_plural.previous(entry), empty.locale)
        name = (unit.source, unit.context)
        if not unit.obsolete and name in seen:
            raise CatalogError(
                f"the same source stands here and in line {seen[name]}",
                place,
                "keep the better one of the two units and delete the other",
            )
        if not unit.obsolete:
            seen[name] = entry.linenum or 0
        units.append(unit)
    comment = ((_COMMENT, entries.header),) if entries.header else ()
    return replace(empty, units=tuple(units), header=(*comment, *entries.metadata.items()))


def _check_quotes(text: str, shown: str) -> None:
    """Refuse a line without its closing quote: polib would drop the last letter and say nothing."""
    for number, line in enumerate(text.split("\n"), start=1):
        found = _QUOTED.match(line)
        if found and not _CLOSED.fullmatch(found["text"]):
            raise CatalogError(
                "the PO file has a syntax error: the closing quotation mark is missing",
                Place(shown, number),
                'nothing was changed; inside a text a quotation mark is written \\"',
            )


def lines(file: Path) -> dict[tuple[str, str], int]:
    """Where the target of each current unit stands in ``file``: (source, context) -> line.

    It is the line that a person changes, so a forge shows what is said about it beside the change.
    """
    text = file.read_text(encoding="utf-8")
    rows = text.split("\n")
    return {
        po_plural.key(entry): _target_line(rows, entry.linenum or 0)
        for entry in _polib(text, file)
        if not entry.obsolete
    }


def _target_line(rows: list[str], first: int) -> int:
    """The line of ``msgstr`` in the entry that begins in line ``first``."""
    at = max(first, 1)
    while at < len(rows) and not rows[at - 1].lstrip().startswith("msgstr"):
        at += 1
    return at


def dump(catalog: Catalog) -> str:
    """The PO file of ``catalog``."""
    po = polib.POFile(wrapwidth=0)
    po.metadata = {**dict(_HEADER), **dict(catalog.header), **_OURS, "Language": catalog.locale.tag.replace("-", "_")}
    po.header = po.metadata.pop(_COMMENT, "")
    for unit in catalog.units:
        po.append(_entry(unit, catalog))
    if any(entry.msgid_plural for entry in po):
        po.metadata["Plural-Forms"] = rule(catalog.locale).header
    return str(po).removeprefix("#\n").rstrip("\n") + "\n"


def _text(file: Path, shown: str) -> str:
    """What stands in ``file``; ``""`` when there is none."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return ""
    except PermissionError:
        raise CatalogError(
            "the catalog may not be read", Place(shown), "give yourself the right to read the file"
        ) from None
    except OSError as error:
        raise CatalogError(
            f"the catalog cannot be read: {error.strerror}",
            Place(shown),
            "a catalog is a file; see what is in its place",
        ) from None
    return _decoded(data, shown)


def _decoded(data: bytes, shown: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CatalogError(
            f"byte {error.start} is not UTF-8",
            Place(shown, data.count(b"\n", 0, error.start) + 1),
            "save the catalog in UTF-8; your PO editor can do that",
        ) from None


def _parsed(text: str, shown: str, file: Path | None) -> polib.POFile:
    try:
        po = _polib(text, file)
    except (OSError, ValueError, IndexError) as error:
        raise _explained(error, text, shown) from None
    if po and not po.metadata:  # without a header, polib takes the first unit's comments for the header's
        po[0].tcomment, po.header = "\n".join(filter(None, (po.header, po[0].tcomment))), ""
    return po


def _polib(text: str, file: Path | None) -> polib.POFile:
    """What polib reads in ``text``, which stands in ``file``, if in any. It gets flags in the one spelling it knows."""
    if file and not _STICKY.search(text):
        return polib.pofile(str(file), encoding="utf-8", check_for_duplicates=False)
    with TemporaryDirectory() as folder:  # as text, it would take U+2028 for the end of a line
        copy = Path(folder) / "copy.po"
        copy.write_text(_STICKY.sub("#, ", text), encoding="utf-8", newline="")
        return polib.pofile(str(copy), encoding="utf-8", check_for_duplicates=False)


def _explained(error: Exception, text: str, shown: str) -> CatalogError:
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        return CatalogError("git left a merge conflict here", Place(shown, line), "keep one side, delete the marks")
    match = _LINE.search(str(error))
    reason = (match[2] if match else str(error)).strip() or "unexpected line"
    return CatalogError(
        f"the PO file has a syntax error: {reason}",
        Place(shown, int(match[1]) if match else 0),
        f"nothing was changed; mend the line, or take the last good version: git checkout -- {shown}",
    )


def _unit(entry: polib.POEntry, previous: str, locale: Locale) -> Unit:
    origin, review, others = po_records.read((entry.tcomment or "").split("\n") if entry.tcomment else ())
    comments = [*others]
    if flags := [flag for flag in dict.fromkeys(entry.flags) if flag and flag != "fuzzy"]:
        comments.append(f"flags: {', '.join(flags)}")
    source, context = po_plural.key(entry)
    target = po_plural.target(entry, locale)
    return Unit(
        source=source,
        target=target,
        context=context,
        fuzzy=entry.fuzzy or po_plural.lacks_form(entry, target),
        previous=previous if entry.fuzzy else "",  # some tools leave it behind when a person has finished the unit
        origin=origin,
        review=review,
        notes=tuple(entry.comment.split("\n")) if entry.comment else (),
        comments=tuple(comments),
        obsolete=bool(entry.obsolete),
    )


def _entry(unit: Unit, catalog: Catalog) -> polib.POEntry:
    unit, path = po_plural.fitted(unit, catalog.locale), catalog.path
    comments = [*po_records.lines(unit)]
    flags = ["fuzzy"] if unit.fuzzy else []
    for comment in unit.comments:
        if kept := _FLAGS.match(comment):
            flags += kept["flags"].split(", ")
        else:
            comments.append(comment)
    return polib.POEntry(
        **po_plural.texts(unit, catalog.locale),
        flags=flags,
        comment="" if unit.obsolete else _lines(unit.notes),
        tcomment=_lines(comments),
        occurrences=[] if unit.obsolete else [(f"\u2068{path}\u2069" if " " in path else path, "")],
        obsolete=int(unit.obsolete),
    )


def _lines(texts: Iterable[str]) -> str:
    """Comments, line by line. A stray carriage return would end the comment in the middle of the text."""
    return "\n".join(line.rstrip() for text in texts for line in re.split(r"\r\n?|\n", text))
