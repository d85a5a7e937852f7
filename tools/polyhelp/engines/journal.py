"""What was sent to paid engines, what it cost, and what they answered: ``.polyhelp/journal.sqlite``.

1. A request is written down before it is sent, and its replies, with what was billed, in one transaction before they
   are used. So a crash at any moment loses no reply that arrived, and no text is paid for twice.
2. A request that was sent and of which nothing more is known (the process was killed, the connection broke) counts as
   billed in every limit.
3. One process at a time: the second is told so. The lock goes with the process, however it ends.
4. No key is ever written, and texts only as the engine saw them: masked.

The file may be deleted: what was paid is then paid again, and the month counts from zero.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from polyhelp.engines.base import Price, Reply
from polyhelp.errors import OutsideError, Place, WriteError

FILE = "journal.sqlite"
_LOCK = "translating.lock"
_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, text TEXT NOT NULL, day TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS requests (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, engine TEXT NOT NULL, locale TEXT NOT NULL, texts INTEGER NOT NULL,
  characters INTEGER NOT NULL, state TEXT NOT NULL, price TEXT NOT NULL, currency TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS requests_by_time ON requests (at);
"""
_ASKED_AT_ONCE = 500  # keys in one question: below every SQLite's limit on variables


def key_of(*parts: str) -> str:
    """The key of a reply: a fingerprint of everything that decides it (128 bits of SHA-256)."""
    return hashlib.sha256("".join(f"{part}\0" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Entry:
    """A request to be written down: who is asked, for which locale (a tag), how much, and what it costs."""

    engine: str
    locale: str
    texts: int
    characters: int
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What one engine did for one locale in one month (``2026-11``).

    ``unsure`` is how many of the ``characters`` may not have been billed: no answer came. ``cost`` is None where
    nobody knows the price; amounts are not rounded.
    """

    month: str
    engine: str
    locale: str
    requests: int
    texts: int
    characters: int
    unsure: int
    cost: Decimal | None
    currency: str


class Journal:
    """The journal in ``folder``, opened. Safe to use from several threads."""

    def __init__(
        self, folder: Path, shown: str = "", now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    ) -> None:
        """Open it, or begin one; messages call it ``shown``. Raises WriteError when it cannot be read or written."""
        self._file = folder / FILE
        self._place = Place(shown or str(self._file))
        self._now = now
        self._guard = threading.Lock()
        self._lock: sqlite3.Connection | None = None
        with self._explained():
            folder.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self._file, timeout=30, isolation_level=None, check_same_thread=False)
            try:
                self._prepare()
            except BaseException:
                self._base.close()
                raise

    def _prepare(self) -> None:
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            hint = "use that one, or delete the file"
            raise WriteError("the journal was written by a newer polyhelp", self._place, hint)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=FULL")  # what is paid for survives a power cut
        self._base.executescript(_TABLES)
        self._base.execute(f"PRAGMA user_version={_VERSION}")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            hint = "make room on the disk, or check the file's rights; if it is damaged, delete it"
            raise WriteError(f"the journal cannot be used: {error}", self._place, hint) from error
        except OSError as error:
            raise WriteError(f"cannot write: {error.strerror}", self._place, "check its rights") from error

    # ------------------------------------------------------------ one at a time

    def lock(self) -> None:
        """Keep other processes from sending until :meth:`close`. Raises OutsideError when one is at work."""
        with self._explained():
            lock = sqlite3.connect(
                self._file.with_name(_LOCK), timeout=0, isolation_level=None, check_same_thread=False
            )
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            lock.close()
            raise OutsideError(
                "another polyhelp is translating in this folder", hint="wait until it is done, or stop it"
            ) from None
        self._lock = lock
        with self._explained(), self._guard:  # what a process that is gone has left open
            self._base.execute("UPDATE requests SET state = 'unsure' WHERE state = 'sent'")

    def close(self) -> None:
        """Close the files, and let other processes send."""
        self._base.close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    # ------------------------------------------------------------ replies

    def known(self, keys: Iterable[str]) -> dict[str, str]:
        """The texts of the replies that are there, by key."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, str] = {}
        with self._explained(), self._guard:
            for at in range(0, len(wanted), _ASKED_AT_ONCE):
                some = wanted[at : at + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(some))
                found.update(self._base.execute(f"SELECT key, text FROM replies WHERE key IN ({marks})", some))  # noqa: S608
        return found

    # ------------------------------------------------------------ requests

    def sending(self, entry: Entry) -> int:
        """Write down a request that is about to be sent; its number. Raises WriteError: then it is not to be sent."""
        price, currency = (str(entry.price.amount), entry.price.currency) if entry.price else ("", "")
        row = (self._now().isoformat(timespec="seconds"), entry.engine, entry.locale, entry.texts, entry.characters)
        with self._explained(), self._guard:
            added = self._base.execute(
                "INSERT INTO requests (at, engine, locale, texts, characters, state, price, currency) "
                "VALUES (?, ?, ?, ?, ?, 'sent', ?, ?)",
                (*row, price, currency),
            )
        return int(added.lastrowid or 0)

    def paid(self, number: int, characters: int, replies: Mapping[str, Reply]) -> None:
        """Write down what came back for a request, all or nothing: what was billed, and each reply by its key."""
        day = self._now().date().isoformat()
        with self._explained(), self._guard:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                self._base.execute(
                    "UPDATE requests SET state = 'paid', characters = ? WHERE id = ?", (characters, number)
                )
                self._base.executemany(
                    "INSERT OR REPLACE INTO replies (key, text, day) VALUES (?, ?, ?)",
                    [(key, reply.text, day) for key, reply in replies.items()],
                )
                self._base.execute("COMMIT")
            except BaseException:
                self._base.execute("ROLLBACK")
                raise

    def failed(self, number: int, *, unsure: bool) -> None:
        """Write down that no reply came; ``unsure`` when it may have been billed all the same."""
        with self._explained(), self._guard:
            if unsure:
                self._base.execute("UPDATE requests SET state = 'unsure' WHERE id = ?", (number,))
            else:
                self._base.execute("DELETE FROM requests WHERE id = ?", (number,))

    # ------------------------------------------------------------ the ledger

    def this_month(self) -> dict[str, int]:
        """The characters sent this month (UTC) by locale tag, including those of requests with no answer."""
        month = self._now().strftime("%Y-%m")
        with self._explained(), self._guard:
            rows = self._base.execute(
                "SELECT locale, SUM(characters) FROM requests WHERE at >= ? GROUP BY locale", (month,)
            ).fetchall()
        return dict(rows)

    def spent(self, month: str = "") -> tuple[Spent, ...]:
        """The ledger by month, engine and locale, oldest month first; one month of it when ``month`` is given."""
        with self._explained(), self._guard:
            rows = self._base.execute(
                "SELECT substr(at, 1, 7), engine, locale, COUNT(*), SUM(texts), SUM(characters), "
                "SUM(CASE WHEN state = 'paid' THEN 0 ELSE characters END), price, currency FROM requests "
                "WHERE ? IN ('', substr(at, 1, 7)) GROUP BY 1, 2, 3, price, currency ORDER BY 1, 2, 3",
                (month,),
            ).fetchall()
        return tuple(_joined(rows))


def _joined(rows: Iterable[tuple[str, str, str, int, int, int, int, str, str]]) -> Iterator[Spent]:
    """One line per month, engine, locale and currency, also where the price has changed in between."""
    lines: dict[tuple[str, str, str, str], Spent] = {}
    for month, engine, locale, requests, texts, characters, unsure, price, currency in rows:
        cost = Price(Decimal(price), currency).of(characters) if price else None
        line = Spent(month, engine, locale, requests, texts, characters, unsure, cost, currency)
        key = (month, engine, locale, currency)
        lines[key] = _sum(lines[key], line) if key in lines else line
    yield from lines.values()


def _sum(one: Spent, other: Spent) -> Spent:
    return replace(
        one,
        requests=one.requests + other.requests,
        texts=one.texts + other.texts,
        characters=one.characters + other.characters,
        unsure=one.unsure + other.unsure,
        cost=None if one.cost is None or other.cost is None else one.cost + other.cost,
    )
