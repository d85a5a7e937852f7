"""What reviewers decide, as data: made on a page, kept in a file, written into catalogs by somebody else.

    {
      "format": "polyhelp decisions 1",
      "reviewer": "Anna Berg",
      "made": "2026-11-22",
      "decisions": [
        {"locale": "de", "path": "contact.md", "id": "b46cc13fb3", "seen": "0123456789abcdef", "verdict": "accept"},
        {"locale": "de", "path": "contact.md", "id": "6828c249da", "seen": "89abcdef01234567", "verdict": "edit",
         "target": "Wir antworten in zwei Tagen."}
      ]
    }

Such a file may come from a stranger: everything in it is bounded, and what does not fit is refused with its place.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from polyhelp.errors import InputError, Place
from polyhelp.model import Locale, Unit, digest, one_line

FORMAT = "polyhelp decisions 1"
LARGEST = 10_000_000
"""Characters of a file: more than anybody decides in one sitting."""
MOST = 20_000
"""Decisions of a file."""

_ID = re.compile(r"[0-9a-f]{10}")
_SEEN = re.compile(r"[0-9a-f]{16}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LONGEST = {"reviewer": 100, "reason": 1000, "path": 500, "target": 100_000}  # characters
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # of a target; tabs and line ends are text
_KEYS = frozenset({"locale", "path", "id", "seen", "verdict", "target", "reason"})
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # UAX 9: they reorder what follows
_WAY = "nothing was written; make the file again on the review page"


class Verdict(StrEnum):
    """What a reviewer says to a target."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on the unit ``id`` of the article ``path``.

    ``seen`` is :func:`seen` of the unit as it was shown. ``target`` is the text of an edit, ``reason`` that of a
    rejection.
    """

    locale: Locale
    path: str
    id: str
    seen: str
    verdict: Verdict
    target: str = ""
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.id} {self.locale} {self.path}"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What ``who`` has decided on the day ``date`` (ISO 8601), in the order of decision."""

    who: str
    date: str
    decisions: tuple[Decision, ...] = ()


def seen(unit: Unit, data: str = "") -> str:
    """A fingerprint of what a reviewer sees of ``unit``: source, target, and the region data that is printed in them.

    ``data`` is the digest of that data; it is ``""`` for text that reads none.
    """
    return digest(unit.source, unit.target, data) if data else digest(unit.source, unit.target)


def dump(decisions: Decisions) -> str:
    """The file of ``decisions``."""
    rows = [
        {
            "locale": one.locale.tag, "path": one.path, "id": one.id, "seen": one.seen, "verdict": one.verdict.value,
            **({"target": one.target} if one.target else {}), **({"reason": one.reason} if one.reason else {}),
        }
        for one in decisions.decisions
    ]  # fmt: skip
    data = {"format": FORMAT, "reviewer": decisions.who, "made": decisions.date, "decisions": rows}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def load(text: str, shown: str) -> Decisions:
    """Read a file of decisions; messages call it ``shown``.

    Raises InputError when it is not what :func:`dump` writes: another format, too much of anything, a unit decided
    twice, a name that does not fit into one line.
    """
    return _Reader(shown).file(text)


def plain(text: str) -> str:
    """``text`` in one line, fit for a comment of a catalog: blanks joined.

    Raises ValueError when it holds a character that is none, or one that changes the order of what follows it.
    """
    line = " ".join(text.split())
    if odd := next((one for one in line if unicodedata.category(one) in ("Cc", "Cs") or one in _OVERRIDES), ""):
        raise ValueError(f"the character U+{ord(odd):04X} does not belong there")
    return line


class _Reader:
    """Reads one file; every message names it."""

    def __init__(self, shown: str) -> None:
        self._shown = shown

    def _wrong(self, message: str, line: int = 0) -> InputError:
        return InputError(message, Place(self._shown, line), _WAY)

    def file(self, text: str) -> Decisions:
        if len(text) > LARGEST:
            raise self._wrong(f"{len(text):,} characters are too many; a file of decisions has at most {LARGEST:,}")
        data = self._json(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise self._wrong(f'this is no file of decisions: it does not begin with "format": "{FORMAT}"')
        rows = data.get("decisions")
        if not isinstance(rows, list) or len(rows) > MOST:
            raise self._wrong(f"decisions: expected a list of at most {MOST:,}")
        date = self._text(data, "made", "")
        if not _is_day(date):
            raise self._wrong(f"made: '{date[:20]}' is no day such as 2026-11-22")
        who = one_line(self._text(data, "reviewer", ""))
        if not who:
            raise self._wrong("reviewer: who has decided?")
        found = tuple(self._decision(row, f"decisions[{at}]") for at, row in enumerate(rows))
        self._check_once(found)
        return Decisions(who, date, found)

    def _json(self, text: str) -> Any:
        try:
            return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_once, parse_constant=_no_number)
        except json.JSONDecodeError as error:
            told = error.msg.removesuffix(" starting at")  # which column that is, says nothing in a file on one line
            raise self._wrong(f"this is no JSON: {told}", error.lineno) from None
        except (ValueError, RecursionError) as error:
            reason = "too deep" if isinstance(error, RecursionError) else error
            raise self._wrong(f"this is no file of decisions: {reason}") from None

    def _decision(self, row: Any, where: str) -> Decision:
        if not isinstance(row, dict):
            raise self._wrong(f"{where}: expected an object")
        if unknown := next((key for key in row if key not in _KEYS), None):
            raise self._wrong(f"{where}: '{unknown[:40]}' is no key of a decision")
        tag, verdict = self._text(row, "locale", where), self._text(row, "verdict", where)
        try:
            locale = Locale.parse(tag)
        except ValueError as error:
            raise self._wrong(f"{where}.locale: {error}") from None
        if verdict not in frozenset(Verdict):
            raise self._wrong(f"{where}.verdict: '{verdict[:20]}' is none of {', '.join(Verdict)}")
        target = self._text(row, "target", where)
        if (verdict == Verdict.EDIT) != bool(target.strip()):
            raise self._wrong(f"{where}.target: an edit has one, and no other verdict does")
        return Decision(
            locale,
            self._line(row, "path", where),
            self._matching(row, "id", where, _ID),
            self._matching(row, "seen", where, _SEEN),
            Verdict(verdict),
            target,
            self._line(row, "reason", where),
        )

    def _text(self, row: Mapping[str, Any], key: str, where: str) -> str:
        value, longest = row.get(key, ""), _LONGEST.get(key, 40)
        if not isinstance(value, str) or len(value) > longest:
            raise self._wrong(f"{_key(where, key)}: expected a text of at most {longest:,} characters")
        value = value.replace("\r\n", "\n")  # as some browsers give what was typed
        if odd := _ODD.search(value):
            raise self._wrong(f"{_key(where, key)}: the character U+{ord(odd[0]):04X} does not belong there")
        return value

    def _line(self, row: Mapping[str, Any], key: str, where: str) -> str:
        try:
            return plain(self._text(row, key, where))
        except ValueError as error:
            raise self._wrong(f"{_key(where, key)}: {error}") from None

    def _matching(self, row: Mapping[str, Any], key: str, where: str, pattern: re.Pattern[str]) -> str:
        value = self._text(row, key, where)
        if not pattern.fullmatch(value):
            raise self._wrong(f"{_key(where, key)}: '{value}' is no such fingerprint")
        return value

    def _check_once(self, found: Iterable[Decision]) -> None:
        known: set[tuple[Locale, str, str]] = set()
        for one in found:
            name = (one.locale, one.path, one.id)
            if name in known:
                raise self._wrong(f"the unit {one} is decided twice")
            known.add(name)


def _key(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _is_day(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are different: what another reader takes from one with two is anybody's guess."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has the same key twice")
    return found


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
