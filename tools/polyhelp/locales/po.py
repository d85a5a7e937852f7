"""Catalogs as PO files: plain gettext, with provenance in translator comments.

    # origin: mt/deepl 2026-11-21 0123456789abcdef
    # reviewed: Anna Berg 2026-11-22 fedcba9876543210
    #. heading
    #: returns/refunds.md
    #, fuzzy
    #| msgid "the source that the target was made from"
    msgid "the source"
    msgstr "the target"

Units come in reading order, obsolete ones last. Lines are not wrapped: a unit is a line, and a diff shows words.
No date and no version of a tool stands in the header, so the same catalog is always the same bytes.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import polib

from polyhelp.errors import CatalogError, Place
from polyhelp.model import Catalog, Locale, Origin, Review, Unit

_ORIGIN = re.compile(r"origin: (?P<maker>\S+) (?P<date>\S+) (?P<hash>[0-9a-f]{16})$")
_REVIEW = re.compile(r"reviewed: (?P<who>.+) (?P<date>\S+) (?P<hash>[0-9a-f]{16})$")
_PREVIOUS = re.compile(r'previous: (?P<text>"(?:[^"\\]|\\.)*")$')  # polib reads no "#~|"
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


def read(file: Path, locale: Locale, path: str, shown: str) -> Catalog:
    """The catalog in ``file``, an empty one when there is no file. ``path`` is the article's; ``shown`` names the file.

    Raises CatalogError, naming the line, when the file is no PO file or holds a source twice.
    """
    if not file.exists():
        return Catalog(locale, path)
    try:
        entries = polib.pofile(str(file), encoding="utf-8", check_for_duplicates=False)
    except UnicodeDecodeError as error:
        raise CatalogError(
            f"byte {error.start} is not UTF-8", Place(shown), "save the catalog in UTF-8; your PO editor can do that"
        ) from None
    except (OSError, ValueError, IndexError) as error:
        raise _explained(error, file, shown) from None
    seen: dict[tuple[str, str], int] = {}
    units = []
    for entry in entries:
        unit = _unit(entry)
        name = (unit.source, unit.context)
        if not unit.obsolete and name in seen:
            raise CatalogError(
                f"the same source stands here and in line {seen[name]}",
                Place(shown, entry.linenum or 0),
                "keep the better one of the two units and delete the other",
            )
        if not unit.obsolete:
            seen[name] = entry.linenum or 0
        units.append(unit)
    return Catalog(locale, path, tuple(units), tuple(entries.metadata.items()))


def lines(file: Path) -> dict[tuple[str, str], int]:
    """Where each current unit stands in ``file``: (source, context) -> line."""
    entries = polib.pofile(str(file), encoding="utf-8")
    return {(entry.msgid, entry.msgctxt or ""): entry.linenum or 0 for entry in entries if not entry.obsolete}


def dump(catalog: Catalog) -> str:
    """The PO file of ``catalog``."""
    po = polib.POFile(wrapwidth=0)
    po.metadata = {**dict(_HEADER), **dict(catalog.header), "Language": catalog.locale.tag.replace("-", "_")}
    po.metadata = {name: po.metadata[name] for name in sorted(po.metadata, key=_header_order)}
    for unit in catalog.units:
        po.append(_entry(unit, catalog.path))
    return str(po).removeprefix("#\n").rstrip("\n") + "\n"


def _header_order(name: str) -> tuple[int, str]:
    names = [known for known, _ in _HEADER]
    names.insert(4, "Language")
    return (names.index(name), "") if name in names else (len(names), name)


def _explained(error: Exception, file: Path, shown: str) -> CatalogError:
    if isinstance(error, PermissionError):
        return CatalogError("the catalog may not be read", Place(shown), "give yourself the right to read the file")
    conflict = _CONFLICT.search(file.read_text(encoding="utf-8", errors="replace"))
    match = _LINE.search(str(error))
    line = int(match[1]) if match else 0
    if conflict:
        before = file.read_text(encoding="utf-8", errors="replace")[: conflict.start()]
        return CatalogError(
            "git left a merge conflict here", Place(shown, before.count("\n") + 1), "keep one side, delete the marks"
        )
    reason = (match[2] if match else str(error)).strip() or "unexpected line"
    return CatalogError(
        f"the PO file has a syntax error: {reason}",
        Place(shown, line),
        f"nothing was changed; mend the line, or take the last good version: git checkout -- {shown}",
    )


def _unit(entry: polib.POEntry) -> Unit:
    origin: Origin | None = None
    review: Review | None = None
    comments = []
    previous = entry.previous_msgid or ""
    for line in (entry.tcomment or "").split("\n") if entry.tcomment else ():
        if entry.obsolete and (before := _PREVIOUS.match(line)):
            previous = json.loads(before["text"])
        elif made := _ORIGIN.match(line):
            origin = Origin(made["maker"], made["date"], made["hash"])
        elif seen := _REVIEW.match(line):
            review = Review(seen["who"], seen["date"], seen["hash"])
        else:
            comments.append(line)
    return Unit(
        source=entry.msgid,
        target=entry.msgstr,
        context=entry.msgctxt or "",
        fuzzy=entry.fuzzy,
        previous=previous,
        origin=origin,
        review=review,
        notes=tuple(entry.comment.split("\n")) if entry.comment else (),
        comments=tuple(comments),
        obsolete=bool(entry.obsolete),
    )


def _entry(unit: Unit, path: str) -> polib.POEntry:
    comments = []
    if unit.origin:
        comments.append(f"origin: {unit.origin.maker} {unit.origin.date} {unit.origin.hash}")
    if unit.review:
        comments.append(f"reviewed: {unit.review.who} {unit.review.date} {unit.review.hash}")
    if unit.obsolete and unit.previous:
        comments.append(f"previous: {json.dumps(unit.previous, ensure_ascii=False)}")
    return polib.POEntry(
        msgid=unit.source,
        msgstr=unit.target,
        msgctxt=unit.context or None,
        previous_msgid=(not unit.obsolete and unit.previous) or None,
        flags=["fuzzy"] if unit.fuzzy else [],
        comment="" if unit.obsolete else "\n".join(unit.notes),
        tcomment="\n".join([*comments, *unit.comments]),
        occurrences=[] if unit.obsolete else [(path, "")],
        obsolete=int(unit.obsolete),
    )
