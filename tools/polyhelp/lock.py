"""One process at a time in a folder.

The lock is a transaction of SQLite: it works alike on every system, and goes with the process, however that ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from polyhelp.errors import OutsideError, Place, WriteError


@contextmanager
def locked(file: Path, shown: str, busy: str, patience: float = 0.0) -> Iterator[None]:
    """Keep others who ask for the lock ``file`` out while the block runs; it is made where it is missing.

    ``shown`` is the file as the user knows it, ``busy`` what to say when somebody keeps it longer than ``patience``
    (seconds). Raises OutsideError then, and WriteError when there cannot be a lock.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(file, timeout=patience, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise WriteError(f"cannot write: {error}", Place(shown), "check the rights of the folder") from None
    try:
        _take(connection, shown, busy)
        yield
    finally:
        connection.close()


def _take(connection: sqlite3.Connection, shown: str, busy: str) -> None:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise OutsideError(busy, hint="wait until it is done, or stop it") from None
        raise WriteError(f"cannot write: {error}", Place(shown), "check the rights of the folder") from None
    except sqlite3.DatabaseError:
        hint = "delete the file: nothing is in it"
        raise WriteError("this is not polyhelp's lock", Place(shown), hint) from None
