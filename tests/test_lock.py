"""One process at a time in a folder; a lock whose process is gone is no lock."""

import os
import signal
import subprocess
import sys

import pytest

from polyhelp.errors import OutsideError, WriteError
from polyhelp.lock import locked

HOLD = """
import sys, time
from pathlib import Path
from polyhelp.lock import locked
with locked(Path(sys.argv[1]), "lock", "busy"):
    print("held", flush=True)
    time.sleep(60)
"""


def take(file, patience=0.0):
    with locked(file, "build/lock", "somebody is at it", patience):
        return True


def test_a_lock_can_be_taken_again_once_it_is_free(tmp_path):
    file = tmp_path / "new" / "lock"
    assert take(file)
    assert take(file)
    with pytest.raises(KeyError), locked(file, "build/lock", "busy"):
        raise KeyError
    assert take(file)


def test_who_is_killed_holds_nothing(tmp_path):
    file = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(file)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(OutsideError, match="somebody is at it"):
            take(file)
        os.kill(other.pid, signal.SIGKILL)
    assert take(file, patience=10)


def test_what_is_no_lock_is_left_alone(tmp_path):
    file = tmp_path / "lock"
    file.write_text("something of somebody's, and longer than nothing" * 20)
    with pytest.raises(WriteError, match="build/lock: this is not polyhelp's lock"):
        take(file)
    assert file.read_text().startswith("something")


def test_where_nothing_can_be_written_there_is_a_message(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="build/lock: cannot write"):
        take(tmp_path / "file" / "lock")
