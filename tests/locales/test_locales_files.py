"""Files that are whole at every moment."""

import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import pytest

from polyhelp.errors import Place, WriteError
from polyhelp.locales.files import write

SHOWN = "locales/de/refunds.po"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "de" / "refunds.po"


@pytest.fixture
def old(file):
    file.parent.mkdir()
    file.write_bytes(b"old\n")
    return file


def refusal(file, text="new\n"):
    with pytest.raises(WriteError) as caught:
        write(file, text, SHOWN)
    return str(caught.value)


def test_text_is_written_as_utf8_with_plain_line_ends_and_nothing_else(file):
    assert write(file, "größer\n返品\r\n", SHOWN) is True
    assert file.read_bytes() == "größer\n返品\r\n".encode()
    assert list(file.parent.iterdir()) == [file]


def test_equal_text_is_not_written_again(old):
    os.utime(old, ns=(1, 1))
    before = old.stat()
    assert write(old, "old\n", SHOWN) is False
    assert (old.stat().st_mtime_ns, old.stat().st_ino) == (1, before.st_ino)


def test_other_text_replaces_the_file(old):
    assert write(old, "new\n", SHOWN) is True
    assert old.read_text() == "new\n"
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664])
def test_a_file_keeps_its_mode(old, mode):
    old.chmod(mode)
    write(old, "new\n", SHOWN)
    assert stat.S_IMODE(old.stat().st_mode) == mode


def test_a_new_file_has_the_mode_that_the_umask_leaves(file):
    before = os.umask(0o027)
    try:
        write(file, "new\n", SHOWN)
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_file_in_place_of_the_folder(file):
    file.parent.write_text("no folder")
    assert refusal(file) == (
        f"{SHOWN}: cannot write: File exists\n  the old file is untouched; check rights and free space"
    )


def test_a_folder_in_place_of_the_file(file):
    file.mkdir(parents=True)
    assert refusal(file).startswith(f"{SHOWN}: cannot write: Is a directory\n")
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("function", "error", "told"),
    [
        ("pathlib.Path.write_bytes", errno.ENOSPC, "No space left on device"),
        ("os.replace", errno.EACCES, "Permission denied"),
        ("os.replace", errno.EROFS, "Read-only file system"),
        ("os.chmod", errno.EPERM, "Operation not permitted"),
    ],
)
def test_what_the_disk_refuses_leaves_the_old_file_and_nothing_else(old, monkeypatch, function, error, told):
    def refuse(*_, **__):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(function, refuse)
    assert refusal(old) == f"{SHOWN}: cannot write: {told}\n  the old file is untouched; check rights and free space"
    assert old.read_bytes() == b"old\n"
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk(old, monkeypatch):
    def full(_, data):
        with Path("/dev/full").open("wb") as stream:
            stream.write(data)

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    assert refusal(old).startswith(f"{SHOWN}: cannot write: No space left on device\n")
    assert old.read_bytes() == b"old\n"
    assert list(old.parent.iterdir()) == [old]


def test_half_a_surrogate_pair_is_told_and_not_written(old):
    with pytest.raises(WriteError) as caught:
        write(old, "a\nb \ud83d c\n", SHOWN)
    assert caught.value.place == Place(SHOWN, 2)
    assert "surrogate" in caught.value.message
    assert old.read_bytes() == b"old\n"


def test_an_interruption_leaves_no_temporary_file(old, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(old, "new\n", SHOWN)
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
@pytest.mark.parametrize("moment", ["os.chmod", "os.replace"])
def test_a_kill_in_the_middle_leaves_the_old_file_whole(old, moment):
    code = f"""
        import os, signal, sys
        from pathlib import Path
        from polyhelp.locales.files import write

        {moment} = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
        write(Path(sys.argv[1]), "new" * 100_000, "a.po")
    """
    done = subprocess.run([sys.executable, "-c", dedent(code), str(old)], check=False, timeout=60)
    assert done.returncode == -9
    assert old.read_bytes() == b"old\n"
    assert list(old.parent.glob("*.po")) == [old]  # what is left over does not look like a catalog
    assert write(old, "new\n", SHOWN) is True


def test_a_reader_never_sees_half_a_file(old):
    code = """
        import sys
        from pathlib import Path
        from polyhelp.locales.files import write

        for n in range(60):
            write(Path(sys.argv[1]), f"{n % 10}" * 300_000, "a.po")
    """
    writer = subprocess.Popen([sys.executable, "-c", dedent(code), str(old)])
    end = time.monotonic() + 30
    while writer.poll() is None and time.monotonic() < end:
        data = old.read_bytes()
        assert data == b"old\n" or (len(data) == 300_000 and len(set(data)) == 1)
    assert writer.wait(30) == 0
