"""The staged tree: ``build/docs/<locale>/…``, what the site generator reads.

Only what changed is written, and what is not wanted any more is removed, so an unchanged page keeps its time stamp.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from polyhelp.errors import Place, WriteError


def write(root: Path, folder: Path, files: Mapping[str, bytes | Path]) -> int:
    """Make ``root/folder`` hold exactly ``files`` (relative path -> content, or a file to copy); how many were written.

    Raises WriteError, with a path relative to ``root``, when the folder may not be written or the disk is full.
    """
    folder = root / folder
    written = 0
    with writing(root, folder):
        if folder.is_file() or folder.is_symlink():
            folder.unlink()
        for path, content in sorted(files.items()):
            _make_room(folder, Path(path))
            written += _put(folder / path, content)
        _remove_others(folder, set(files))
    return written


def keep(root: Path, folder: Path, names: Collection[str]) -> None:
    """Remove what stands in ``root/folder`` beside ``names``. Raises WriteError as :func:`write` does."""
    with writing(root, root / folder):
        for place in (root / folder).glob("*"):
            if place.name not in names:
                if place.is_dir() and not place.is_symlink():
                    shutil.rmtree(place)
                else:
                    place.unlink()


@contextmanager
def writing(root: Path, folder: Path) -> Iterator[None]:
    """Work on files below ``folder``; what the system refuses is a WriteError with a path relative to ``root``."""
    try:
        yield
    except OSError as error:
        raise WriteError(
            f"cannot write: {error.strerror or error}",
            Place(os.path.relpath(error.filename or folder, root)),
            "check the rights of the folder and the free space",
        ) from error


def _make_room(folder: Path, path: Path) -> None:
    """Remove what stands as a file where ``path`` needs a folder."""
    for parent in list(path.parents)[:-1]:
        if (folder / parent).is_file():
            (folder / parent).unlink()


def _put(file: Path, content: bytes | Path) -> int:
    data = content.read_bytes() if isinstance(content, Path) else content
    if file.is_file() and not file.is_symlink() and file.read_bytes() == data:
        return 0
    if file.is_dir():
        shutil.rmtree(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    temporary.write_bytes(data)
    temporary.replace(file)
    return 1


def _remove_others(folder: Path, wanted: set[str]) -> None:
    for place, folders, names in os.walk(folder, topdown=False):
        here = Path(place)
        for name in names:
            if (here / name).relative_to(folder).as_posix() not in wanted:
                (here / name).unlink()
        for name in folders:
            if not any((here / name).iterdir()):
                (here / name).rmdir()
