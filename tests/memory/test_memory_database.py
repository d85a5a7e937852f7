"""The file: broken, old, locked, shared, killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress

import pytest

from polyhelp.errors import OutsideError
from polyhelp.memory import Pair, Query, Store, database, lookup
from polyhelp.model import Locale

DE = Locale("de")
PAIRS = [Pair(f"Sentence number {number} about parcels.", f"Satz {number}", DE) for number in range(300)]

WRITER = """
import sys
from pathlib import Path
from polyhelp.memory import Pair, Store
from polyhelp.model import Locale
for turn in range(int(sys.argv[2])):
    with Store(Path(sys.argv[1]), "memory") as store:
        with store.writing():
            name = f"{sys.argv[3]}-{turn % 5}"
            store.put(name, str(turn), [Pair(f"{name} {n} of a text", f"T{turn}", Locale("de")) for n in range(200)])
    print(turn, flush=True)
"""


def writer(file, turns, name):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file), str(turns), name],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def file(tmp_path):
    """A file with pairs in it, closed."""
    path = tmp_path / "deep" / "memory.sqlite"
    with Store(path, "memory") as store, store.writing():
        store.put("book", "hash", PAIRS)
    return path


@pytest.mark.parametrize("damage", ["text", "empty header", "cut", "noise", "tables", "another version"])
def test_a_broken_file_is_dropped_and_made_anew(file, damage):
    data = file.read_bytes()
    if damage == "tables":
        with closing(sqlite3.connect(file)) as other:
            other.execute("DROP TABLE posting")
    elif damage == "another version":
        with closing(sqlite3.connect(file)) as other:
            other.execute("PRAGMA user_version = 99")
    else:
        broken = {
            "text": b"not a database\n" * 100,
            "empty header": bytes(200) + data[200:],
            "cut": data[: len(data) // 2],
            "noise": data[:4096] + os.urandom(len(data) - 4096),
        }[damage]
        file.write_bytes(broken)
    with suppress(OutsideError):  # found broken when it is used: dropped, and the next one finds it new
        refilled(file)
    found, similar = refilled(file)
    assert [match.target for match in found] == ["Satz 7"]
    assert similar


def refilled(file):
    with Store(file, "memory") as store:
        with store.writing():
            store.put("book", "hash", PAIRS)
        exact = lookup(store, Query(PAIRS[7].source, DE))
        return exact, lookup(store, Query("Sentence number 7 about the parcels.", DE))


def test_nothing_is_dropped_that_is_only_busy(file, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Store(file, "memory") as store:
            assert lookup(store, Query(PAIRS[7].source, DE))  # reading goes on
            with pytest.raises(OutsideError, match="locked"), store.writing():
                pass
        other.execute("ROLLBACK")
    with Store(file, "memory") as store:
        assert store.books() == {"book": "hash"}


def test_a_second_look_spares_what_another_process_has_made_anew(file):
    database.drop(file)  # it is whole
    with Store(file, "memory") as store:
        assert store.books() == {"book": "hash"}
        assert not store.renewed
    file.write_bytes(b"no database")
    database.drop(file)
    assert not file.exists()


def test_a_folder_that_may_not_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutsideError, match="the translation memory cannot be used"):
        Store(tmp_path / "file" / "memory.sqlite", "memory")
    (tmp_path / "memory.sqlite").mkdir()
    with pytest.raises(OutsideError, match="the translation memory cannot be used"):
        Store(tmp_path / "memory.sqlite", "memory")


def test_processes_that_write_at_once_lose_nothing(file):
    running = [writer(file, 6, name) for name in ("one", "two", "three")]
    done = [process.communicate(timeout=120) for process in running]
    assert [error for _, error in done] == ["", "", ""]
    with Store(file, "memory") as store:
        assert len(store.books()) == 1 + 3 * 5
        assert len(list(store.pairs())) == 300 + 3 * 5 * 200
        (first, *_) = lookup(store, Query("two-0 17 of a text", DE))
        assert first.target == "T5"


def test_processes_that_make_the_file_at_once_agree(tmp_path):
    path = tmp_path / "memory.sqlite"
    path.write_bytes(b"broken for all of them")
    running = [writer(path, 1, name) for name in ("one", "two", "three")]
    done = [process.communicate(timeout=120) for process in running]
    assert [error for _, error in done] == ["", "", ""]
    with Store(path, "memory") as store:
        assert set(store.books()) == {"one-0", "two-0", "three-0"}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_a_killed_writer_leaves_whole_books(tmp_path):
    path = tmp_path / "memory.sqlite"
    for _ in range(3):
        process = writer(path, 10_000, "killed")
        process.stdout.readline()
        time.sleep(0.05)
        process.kill()
        process.communicate(timeout=30)
        with Store(path, "memory") as store:
            assert not store.renewed
            assert {count for name, count in store.counts().books.items() if name != "after"} == {200}
            assert lookup(store, Query("killed-0 3 of a text", DE))
            with store.writing():
                store.put("after", "hash", PAIRS)


def test_the_file_is_closed_after_a_failure(file):
    with Store(file, "memory") as store:
        file.write_bytes(b"x" * 10_000)
        file.with_name("memory.sqlite-wal").unlink(missing_ok=True)
    with Store(file, "memory") as store:
        assert store.books() == {}
        store.close()
        store.close()
