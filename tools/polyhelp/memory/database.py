"""The memory's file: one SQLite database that may be thrown away at any time.

1. Everything in it comes from other files (catalogs, TMX files), so a file that is broken, or was made by another
   version, is dropped and made anew. What is only locked or may not be written is left alone.
2. A transaction is whole or not there, also after kill -9 (WAL). Several processes may read and write at once: who
   wants to write waits for its turn.
3. Dropping is done by one process at a time (a second database is the lock, so nothing stays locked after a kill),
   and only after a second look: another process may have made the file anew in the meantime.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

from polyhelp.errors import OutsideError, Place

SCHEMA = 1
"""To be raised whenever the tables, the features or what a catalog gives change: old files are made anew then."""
VERSION = 2 * SCHEMA + (sys.byteorder == "big")
"""The index holds numbers as this machine writes them."""
PATIENCE = 30.0
"""Seconds to wait for another process that is writing."""
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH})
_TABLES = {
    "book": "id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, hash TEXT NOT NULL",
    "page": "id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE",
    "source": "id INTEGER PRIMARY KEY, key INTEGER NOT NULL, shape INTEGER, text TEXT NOT NULL, form TEXT",
    "unit": "id INTEGER PRIMARY KEY, source INTEGER NOT NULL, locale TEXT NOT NULL, standing INTEGER NOT NULL, "
    "book INTEGER NOT NULL, page INTEGER NOT NULL, before INTEGER, after INTEGER, context TEXT NOT NULL, "
    "target TEXT NOT NULL, maker TEXT NOT NULL, date TEXT NOT NULL",
    "posting": "bucket INTEGER PRIMARY KEY, ids BLOB NOT NULL",
}
_INDEXES = {
    "source_key": "source (key)",
    "source_shape": "source (shape) WHERE shape IS NOT NULL",
    "unit_source": "unit (source, locale, standing)",
    "unit_book": "unit (book)",
}


def connect(file: Path) -> sqlite3.Connection:
    """The database in ``file``, with its tables; made if it is not there. Raises sqlite3.Error or OSError."""
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, cached_statements=64)
    try:
        _patiently(connection, "PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")
        if _version(connection) != VERSION:
            _make(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def broken(error: Exception) -> bool:
    """Whether an error means that the file itself is no good, and not just busy, full or out of reach."""
    return isinstance(error, sqlite3.Error) and (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in _BROKEN


def explained(error: Exception, shown: str) -> OutsideError:
    """What a person is told about ``error``."""
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
    elif broken(error):
        reason = "the file is broken"
    else:
        reason = str(error)
    return OutsideError(
        f"the translation memory cannot be used: {reason}",
        Place(shown),
        "it is a cache: delete the file, and it is made anew from the catalogs",
    )


def drop(file: Path) -> None:
    """Remove a broken database, unless it is whole again by now. Raises OSError or sqlite3.Error."""
    with closing(sqlite3.connect(file.with_name(f"{file.name}.lock"), timeout=PATIENCE, isolation_level=None)) as lock:
        with suppress(sqlite3.DatabaseError):  # a broken lock is no lock, and no reason to stay broken
            lock.execute("BEGIN EXCLUSIVE")
        if not _whole(file):
            for suffix in ("-wal", "-shm", ""):  # in this order: a new file must never meet the old one's journal
                file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)


def _whole(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return False
            made = _version(connection) == VERSION  # not yet, while another process is making it
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return not made or tables >= set(_TABLES)
    except sqlite3.Error as error:
        return not broken(error)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) != VERSION:  # another process may have been faster
            found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in found:
                if not name.startswith("sqlite_"):
                    quoted = name.replace('"', '""')
                    connection.execute(f'DROP TABLE "{quoted}"')
            for name, columns in _TABLES.items():
                connection.execute(f"CREATE TABLE {name} ({columns})")
            for name, columns in _INDEXES.items():
                connection.execute(f"CREATE INDEX {name} ON {columns}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _patiently(connection: sqlite3.Connection, statement: str) -> None:
    """Run a statement for which SQLite itself does not wait: changing the journal while another process looks."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if broken(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
