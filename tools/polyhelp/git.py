"""Git, as everybody sees it but the forge, which fetches, merges and pushes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from polyhelp.errors import GitError

_PATIENCE = 60  # seconds; git walks a long history in a few
_DAY = "\x01"  # before a commit's day or id; no status and no mode begins with it
_REGULAR = "100"  # how the mode of a file begins; a symbolic link is 120000, a submodule 160000
_DAMAGED = "git fsck tells what is wrong with the repository"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its id, and its committer's day (ISO 8601) and time (seconds since 1970)."""

    id: str
    day: str
    time: int


@dataclass(frozen=True, slots=True)
class Authored:
    """A commit: its id, its author's name and e-mail address, and the files that it changed, by path.

    Of each file there is the id of the blob, then that of each parent that has another. ``""`` is no file. What one of
    the ``parents`` has as the commit has it is that parent's work.
    """

    id: str
    author: str
    email: str
    parents: int
    files: dict[str, tuple[str, ...]]


def author(root: Path) -> str:
    """The name under which commits are made in ``root``; ``""`` when git knows none. Raises GitError without git."""
    return _run(root, "config", "user.name", hint="install git, or say who you are with --as NAME").stdout.strip()


def commits(root: Path, folder: str) -> tuple[Commit, ...]:
    """The commits on the way to HEAD (first parents) that changed ``folder`` below ``root``, the latest first.

    Raises GitError when ``root`` is in no repository, or there is no commit yet.
    """
    out = _asked(root, "log", "--first-parent", "--no-show-signature", "--format=%H %cs %ct", "HEAD", "--", folder)
    rows = (line.split() for line in out.splitlines())
    return tuple(Commit(name, day, int(time)) for name, day, time in rows)


def last_changes(root: Path, folders: Iterable[str]) -> dict[str, str]:
    """The day (ISO 8601) of the last commit that changed each file of ``folders``, by its path relative to ``root``.

    Along first parents: what a branch brought counts from the day of its merge. A file that was never committed, or
    has been removed, is not there. A repository that lacks older commits knows of no day, because the oldest commit
    that it has seems to have written everything. Read in one pass. Raises GitError when ``root`` is in no repository,
    or there is no commit yet.
    """
    if is_shallow(root):
        return {}
    wanted = ("--first-parent", "--diff-merges=first-parent", "--no-renames", "--name-status", "--relative", "-z")
    shape = ("--no-show-signature", f"--format={_DAY}%cs")
    words = _asked(root, "log", *shape, *wanted, "HEAD", "--", *folders).split("\0")
    found: dict[str, str] = {}
    day = status = ""
    for word in words:
        if word.startswith(_DAY):
            day, status = word.removeprefix(_DAY), ""
        elif not status:
            status = word.lstrip("\n")
        else:
            found.setdefault(word, "" if status == "D" else day)  # the latest first
            status = ""
    return {path: day for path, day in found.items() if day}


def authored(root: Path, since: str, folder: str) -> tuple[Authored, ...]:
    """The commits of HEAD that the commit ``since`` does not have, and that changed ``folder``, the latest first.

    Merges, too, held against each parent; paths are relative to ``root``. No file of the repository renames an author.
    Raises GitError.
    """
    wanted = ("--full-history", "--topo-order", "--diff-merges=separate", "--root", "--no-renames", "--relative")
    shape = (
        "--raw",
        "--no-abbrev",
        "-z",
        "--no-show-signature",
        "--no-mailmap",
        f"--format={_DAY}%H%x00%P%x00%an%x00%ae",
    )
    words = iter(_asked(root, "log", *wanted, *shape, f"{since}..HEAD", "--", folder).split("\0"))
    found: dict[str, Authored] = {}
    files: dict[str, tuple[str, ...]] = {}
    for word in words:
        if word.startswith(_DAY):  # once for each parent
            name, parents = word.removeprefix(_DAY), len(next(words).split())
            files = found.setdefault(name, Authored(name, next(words), next(words), parents, {})).files
        elif word:
            _, _, old, new, _ = word.split()
            path = next(words)
            files[path] = (*files.get(path, (new.strip("0") and new,)), old.strip("0") and old)
    return tuple(found.values())


def commit(root: Path, revision: str) -> str:
    """The id of the commit that ``revision`` (a branch, a tag, ``HEAD~3``, an id) names; ``""`` when there is none.

    Raises GitError when ``root`` is in no repository.
    """
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    done = _run(root, *asked, hint="install git")
    if done.returncode and not is_repository(root):
        raise GitError(f"{root} is in no repository of git", hint="only git knows what was at a revision")
    return done.stdout.strip()


def is_shallow(root: Path) -> bool:
    """Whether the repository lacks older commits (``git clone --depth``). Raises GitError."""
    return _asked(root, "rev-parse", "--is-shallow-repository").strip() == "true"


def is_partial(root: Path) -> bool:
    """Whether git would fetch contents of old files from elsewhere (``git clone --filter``). Raises GitError."""
    return bool(_run(root, "config", "--get-regexp", r"^remote\..*\.promisor$").stdout.strip())


def files(root: Path, commit: str, *folders: str) -> dict[str, str]:
    """The files in ``folders`` as ``commit`` has them: path relative to ``root`` -> id of the blob. Raises GitError."""
    out = _asked(root, "ls-tree", "-r", "-z", commit, "--", *(f"{folder}/" for folder in folders))
    rows = (entry.partition("\t") for entry in out.split("\0") if entry.startswith(_REGULAR))
    return {path: about.split()[2] for about, _, path in rows}


class Blobs:
    """Reads blobs by their ids, all of them through one process: ``with Blobs(root) as blobs: blobs.read(id)``."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> Self:
        try:
            self._process = subprocess.Popen(
                ["git", "cat-file", "--batch"],  # noqa: S607 (git as the user has it)
                cwd=self._root,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise GitError(f"git does not run: {error}", hint="install git") from None
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def read(self, name: str) -> bytes:
        """The content of a blob. Raises GitError when the repository lacks it."""
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:  # pipes were asked for
            raise GitError("git does not listen")
        try:
            asked.write(f"{name}\n".encode())
            asked.flush()
        except BrokenPipeError:
            raise GitError("git stopped in the middle", hint=_DAMAGED) from None
        head = answers.readline().split()
        if len(head) != 3:
            raise GitError(f"git cannot read {name}", hint=_DAMAGED)
        size = int(head[2])
        return answers.read(size + 1)[:size]


def renames(root: Path, folder: str) -> dict[str, str]:
    """Files below ``folder`` that were renamed: the old path -> the path today, both relative to ``root``.

    From git's own rename detection, in the last thousand commits that touched the folder, and in what is not committed.
    Raises GitError when ``root`` is in no repository, or there is no commit yet.
    """
    wanted = ("-M", "--diff-filter=R", "--name-status", "--relative", "-z")
    told = _asked(root, "diff", *wanted, "HEAD", "--", folder)
    told += _asked(root, "log", "-n", "1000", "--no-show-signature", "--format=", *wanted, "--", folder)
    found: dict[str, str] = {}
    words = [word.lstrip("\n") for word in told.split("\0") if word.strip("\n")]
    for at in range(0, len(words) - 2, 3):  # R100, old, new; the latest first
        found.setdefault(words[at + 1], found.get(words[at + 2], words[at + 2]))
    return found


def is_repository(root: Path) -> bool:
    """Whether ``root`` is in a working tree of git; False also where there is no git."""
    try:
        return _run(root, "rev-parse", "--is-inside-work-tree").stdout.strip() == "true"
    except GitError:
        return False


def email(root: Path) -> str:
    """The address under which commits are made in ``root``; ``""`` when git knows none. Raises GitError without git."""
    return _run(root, "config", "user.email", hint="install git").stdout.strip()


def uncommitted(root: Path, folder: str) -> frozenset[str]:
    """The files in ``folder`` that are not as the last commit has them, or not in it: paths relative to ``root``.

    Raises GitError when ``root`` is in no repository, or there is no commit yet.
    """
    changed = _asked(root, "diff", "--name-only", "--no-renames", "--relative", "-z", "HEAD", "--", folder)
    unknown = _asked(root, "ls-files", "--others", "--exclude-standard", "-z", "--", folder)
    return frozenset(filter(None, (changed + unknown).split("\0")))


def commit_files(root: Path, paths: Iterable[str], author: str, message: str) -> str:
    """Commit ``paths`` as they stand, and nothing else, under the name ``author``; the id of the commit.

    The address is git's own, what is staged of other files stays staged. Raises GitError, also when a hook refuses.
    """
    name = "".join(one for one in author if one not in "<>")
    _asked(
        root, "commit", "--quiet", "--only", f"--author={name} <{email(root)}>", f"--message={message}", "--", *paths
    )
    return _asked(root, "rev-parse", "HEAD").strip()


def configure(root: Path, settings: tuple[tuple[str, str], ...]) -> None:
    """Write settings (name, value) to the configuration of this clone. Raises GitError."""
    for name, value in settings:
        _asked(root, "config", "--local", name, value)


def merge_lines(ours: Path, base: Path, theirs: Path) -> None:
    """Merge line by line into ``ours``, with git's marks around what is in conflict. Raises GitError."""
    names = ("-L", "ours", "-L", "base", "-L", "theirs", *(str(file.resolve()) for file in (ours, base, theirs)))
    done = _run(Path(), "merge-file", *names, hint="install git")
    if done.returncode > 127:  # fewer is the number of conflicts
        raise GitError(f"git merge-file: {done.stderr.strip()}")


def _asked(root: Path, *words: str) -> str:
    """What git answers. Raises GitError, in git's own words, when it refuses."""
    done = _run(root, *words, hint="install git")
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise GitError(f"git {words[0]}: {said[0].removeprefix('fatal: ')}")
    return done.stdout


def _run(root: Path, *words: str, hint: str = "") -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 (our own words)
            ["git", *words],  # noqa: S607 (git as the user has it)
            cwd=root,
            env=_environment(),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git does not run: {error}", hint=hint) from None


def _environment() -> dict[str, str]:
    """The user's environment; git's messages in English, no question, nothing from the network, paths as they are."""
    return {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_LITERAL_PATHSPECS": "1",
    }
