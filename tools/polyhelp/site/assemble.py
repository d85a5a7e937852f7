"""The sites of single locales, joined into one, and put in the place of the old one in a moment."""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from polyhelp.site.stage import writing


def join(parts: Iterable[Path], new: Path, root: Path, before: Path) -> None:
    """Put everything that is in ``parts`` into the empty folder ``new``, the first part's files first.

    What several parts have at the same address (the theme's scripts) is written once. What ``before``, the site that
    was joined the last time, has already is taken along from there, with its time stamp, instead of copied; it is
    another file than its part's, so that what others do to the site comes to no part. Raises WriteError, with a path
    relative to ``root``.
    """
    with writing(root, new):
        shutil.rmtree(new, ignore_errors=True)
        for part in parts:
            for folder, _, names in os.walk(part):
                way = os.path.relpath(folder, part)
                (new / way).mkdir(parents=True, exist_ok=True)
                for name in names:
                    _put(Path(folder, name), new / way / name, before / way / name)


def take_place(new: Path, site: Path, root: Path) -> None:
    """Put the finished folder ``new`` in the place of ``site``; files that are the same keep their time stamp.

    Raises WriteError, with a path relative to ``root``; then the old site is there as it was.
    """
    old = site.with_name(f".{site.name}.old")
    with writing(root, site):
        if site.exists() and not site.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(site))
        shutil.rmtree(old, ignore_errors=True)
        for folder, _, names in os.walk(new):
            for name in names:
                _keep_time(site / os.path.relpath(folder, new) / name, Path(folder, name))
        site.parent.mkdir(parents=True, exist_ok=True)
        if site.exists():
            site.rename(old)
        try:
            new.rename(site)
        except OSError:
            if old.exists():
                old.rename(site)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _put(file: Path, to: Path, before: Path) -> None:
    if to.exists():
        return
    try:
        mine, theirs = file.stat(), before.stat(follow_symlinks=False)
        if mine.st_size == theirs.st_size and mine.st_mtime_ns != theirs.st_mtime_ns and _same(file, before):
            os.utime(file, ns=(theirs.st_atime_ns, theirs.st_mtime_ns))  # the next time, a look at the time is enough
            mine = theirs
        if (mine.st_size, mine.st_mtime_ns) == (theirs.st_size, theirs.st_mtime_ns):
            os.link(before, to, follow_symlinks=False)
            return
    except OSError:  # not there, or on a disk that has no links
        pass
    shutil.copy2(file, to)


def _keep_time(before: Path, file: Path) -> None:
    if before.is_file() and not before.samefile(file) and _same(file, before):
        shutil.copystat(before, file)


def _same(one: Path, other: Path) -> bool:
    return filecmp.cmp(one, other, shallow=False)
