"""A locale's terms as DeepL's glossary files have them: two columns, source and target, no headings.

What DeepL refuses is left out: an empty or very long term, control characters, a source that is there already
(https://developers.deepl.com/docs/api-reference/glossaries). So is a term that a spreadsheet would take for a formula:
a sign before it would be translated along.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable

from polyhelp.errors import InputError, Place
from polyhelp.glossary.incoming import Delivery, Incoming, new_id
from polyhelp.glossary.table import guarded
from polyhelp.model import Concept, Locale, TermTarget

LONGEST = 1024
"""Bytes of UTF-8 in a term."""
_NO_TERM = frozenset({"Cc", "Cs", "Zl", "Zp"})


def dump(pairs: Iterable[tuple[str, str]], *, tabs: bool = False) -> tuple[str, tuple[str, ...]]:
    """The file's text for (source, target) pairs, and the sources left out. ``tabs`` makes it TSV."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t" if tabs else ",", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    seen: set[str] = set()
    left_out = []
    for source, target in pairs:
        if source in seen or not _allowed(source) or not _allowed(target):
            left_out.append(source)
        else:
            seen.add(source)
            writer.writerow((source, target))
    return out.getvalue(), tuple(left_out)


def _allowed(term: str) -> bool:
    return (
        bool(term)
        and term == guarded(term) == term.strip()
        and len(term.encode(errors="surrogatepass")) <= LONGEST
        and not any(unicodedata.category(character) in _NO_TERM for character in term)
    )


def read(data: bytes, shown: str, locale: Locale) -> Delivery:
    """The pairs of a DeepL glossary (CSV, or TSV) as concepts with a preferred form in ``locale``.

    A term that stays as it is becomes one that is not translated. Raises InputError, naming the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("not UTF-8 text", Place(shown), "save the file as UTF-8") from None
    rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in text.split("\n", 1)[0] else ",")
    found: list[Incoming] = []
    ids: set[str] = set()
    try:
        for row in rows:
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells) and [cell.casefold() for cell in cells[:2]] != ["source", "target"]:
                found.append(_pair(cells, Place(shown, rows.line_num), locale, ids))
    except csv.Error as error:
        raise InputError(f"no readable CSV: {error}", Place(shown, rows.line_num), "save it again as CSV") from None
    return Delivery(tuple(found))


def _pair(cells: list[str], place: Place, locale: Locale, ids: set[str]) -> Incoming:
    if len(cells) < 2 or not cells[0] or not cells[1]:
        raise InputError("a DeepL glossary has a source and a target in every line", place, "complete the line")
    source, target = cells[:2]
    id_ = new_id(source, ids)
    ids.add(id_)
    if source == target:
        return Incoming(Concept(id_, source, do_not_translate=True), place, frozenset({"source", "do_not_translate"}))
    concept = Concept(id_, source, targets={locale: TermTarget(target)})
    return Incoming(concept, place, frozenset({"source", "targets"}))
