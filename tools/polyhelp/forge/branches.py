"""Branches with translations in git: read from the remote, committed and pushed; never with force.

What is written goes past the user's working tree, index and HEAD: trees are made in an index of their own. Merges
happen on a :class:`~polyhelp.forge.bench.Bench`.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from polyhelp.errors import GitError
from polyhelp.forge.names import PREFIX
from polyhelp.forge.running import identity, run, said

FOLDER = "locales"
"""Where catalogs lie in a help center; nothing else is ever committed here."""
_REMOTE = "is that the remote's name, and may you read it? Another one: --remote NAME"


@dataclass(frozen=True)
class Clone:
    """The clone that ``root``, the help center, lies in; ``remote`` is where branches are read from and pushed to."""

    root: Path
    remote: str = "origin"

    # ------------------------------------------------------------ where things are

    @cached_property
    def prefix(self) -> str:
        """The help center's folder in the repository: ``""`` or ``help/``."""
        return self.ask("rev-parse", "--show-prefix").rstrip("\n")

    @cached_property
    def default(self) -> str:
        """The name of the remote's main branch; ``main`` where it does not say."""
        for line in self.ask("ls-remote", "--symref", self.remote, "HEAD", hint=_REMOTE).splitlines():
            if line.startswith("ref: refs/heads/"):
                return line.removeprefix("ref: refs/heads/").partition("\t")[0]
        return "main"

    @property
    def head(self) -> str:
        """The commit that is checked out."""
        return self.ask("rev-parse", "--verify", "HEAD^{commit}").strip()

    def fetched(self, base: str = "") -> dict[str, str]:
        """The remote's branches for translations as they are now, name -> commit; and the branch ``base``."""
        mirror = f"refs/remotes/{self.remote}/"
        wanted = [f"+refs/heads/{PREFIX}*:{mirror}{PREFIX}*"]
        wanted += [f"+refs/heads/{base}:{mirror}{base}"] if base else []
        self.ask(
            "fetch", "--quiet", "--no-tags", "--prune", "--no-recurse-submodules", self.remote, *wanted, hint=_REMOTE
        )
        told = self.ask("for-each-ref", "--format=%(objectname) %(refname)", f"{mirror}{PREFIX}")
        rows = (line.partition(" ") for line in told.splitlines())
        found = {name.removeprefix(mirror): commit for commit, _, name in rows}
        return {**found, base: self.ask("rev-parse", "--verify", f"{mirror}{base}").strip()} if base else found

    def contains(self, commit: str, older: str) -> bool:
        """Whether ``older`` is ``commit`` or one of its ancestors; False for what this clone does not have."""
        return self._run("merge-base", "--is-ancestor", older, commit).returncode == 0

    def meeting(self, one: str, other: str) -> str:
        """The last common ancestor of two commits; ``""`` where there is none."""
        return self._run("merge-base", one, other).stdout.strip()

    def before(self, commit: str, when: str) -> str:
        """The commit that the branch of ``commit`` ended with at the time ``when`` (ISO 8601); ``""`` for none."""
        return self.ask("rev-list", "--first-parent", "-1", f"--before={when}", commit).strip()

    def file(self, commit: str, path: str) -> str | None:
        """What is in the file ``path``, relative to the repository, of a commit; None for what is no plain file."""
        about = self.ask("ls-tree", "-z", commit, "--", path, at_top=True).partition("\t")[0].split()
        if len(about) != 3 or not about[0].startswith("100"):
            return None
        return self.ask("cat-file", "blob", about[2])

    def changed(self, old: str, new: str, folder: str) -> tuple[str, ...]:
        """The files in ``folder`` of the help center that differ between two trees, relative to the repository."""
        told = self.ask("diff-tree", "-r", "-z", "--no-renames", "--name-only", old, new, "--", self.prefix + folder)
        return tuple(name for name in told.split("\0") if name)

    def clean(self, folder: str) -> bool:
        """Whether ``folder`` of the help center is as it was committed."""
        return not self.ask("status", "--porcelain", "--", self.prefix + folder, at_top=True).strip()

    def restore(self, commit: str, folder: str) -> None:
        """Put ``folder`` of the help center into the working tree as ``commit`` has it."""
        place = self.prefix + folder
        known = self.ask("ls-tree", "-r", "--name-only", commit, "--", f"{place}/", at_top=True)
        known += self.ask("ls-files", "--", f"{place}/", at_top=True)
        if known:
            self.ask("restore", f"--source={commit}", "--worktree", "--", place, at_top=True)

    # ------------------------------------------------------------ what is written

    def tree(self, base: str, folder: str) -> str:
        """The tree of ``base`` with ``folder`` of the help center as the working tree has it."""
        with TemporaryDirectory(prefix="polyhelp-") as scratch:
            own = {"GIT_INDEX_FILE": str(Path(scratch) / "index")}
            place = self.prefix + folder
            self.ask("read-tree", base, own=own)
            self.ask("rm", "-r", "--cached", "--quiet", "--ignore-unmatch", "--", place, own=own, at_top=True)
            if (self.root / folder).is_dir():
                self.ask("add", "--all", "--", place, own=own, at_top=True)
            return self.ask("write-tree", own=own).strip()

    def mixed(self, base: str, tree: str, paths: Iterable[str]) -> str:
        """The tree of ``base`` with ``paths`` (relative to the repository) as ``tree`` has them."""
        lines = []
        for path in paths:
            found = self.ask("ls-tree", "-z", tree, "--", path, at_top=True).rstrip("\0")
            about = found.partition("\t")[0].split()
            lines.append(f"{about[0]} {about[2]}\t{path}\0" if about else f"0 {'0' * 40}\t{path}\0")
        with TemporaryDirectory(prefix="polyhelp-") as scratch:
            own = {"GIT_INDEX_FILE": str(Path(scratch) / "index")}
            self.ask("read-tree", base, own=own)
            self.ask("update-index", "-z", "--index-info", own=own, text="".join(lines), at_top=True)
            return self.ask("write-tree", own=own).strip()

    def commit(self, tree: str, parents: Sequence[str], message: str) -> str:
        """A commit of ``tree`` by the robot, unless it is the first parent's; the commit."""
        if tree == self.ask("rev-parse", f"{parents[0]}^{{tree}}").strip() and len(parents) == 1:
            return parents[0]
        words = [word for parent in parents for word in ("-p", parent)]
        return self.ask("commit-tree", tree, *words, own=identity(), text=message).strip()

    def push(self, commit: str, branch: str) -> bool:
        """Make ``commit`` the last of the remote's ``branch``; False when somebody else has pushed meanwhile.

        Raises GitError when the remote refuses for another reason.
        """
        done = self._run("push", "--quiet", "--no-verify", self.remote, f"{commit}:refs/heads/{branch}")
        if done.returncode and not any(word in done.stderr for word in ("(fetch first)", "(non-fast-forward)", "lock")):
            hint = "may the token write to the repository (contents: write)?"
            raise GitError(f"{self.remote} does not take {branch}: {said(done)}", hint=hint)
        return done.returncode == 0

    # ------------------------------------------------------------ git

    def ask(
        self, *words: str, own: Mapping[str, str] | None = None, text: str = "", at_top: bool = False, hint: str = ""
    ) -> str:  # fmt: skip
        """What git answers. Raises GitError, in git's own words, when it refuses."""
        done = self._run(*words, own=own, text=text, folder=self._top if at_top else None)
        if done.returncode:
            raise GitError(f"git {words[0]}: {said(done)}", hint=hint)
        return done.stdout

    @cached_property
    def _top(self) -> Path:
        return Path(self.ask("rev-parse", "--show-toplevel").rstrip("\n"))

    def _run(
        self, *words: str, own: Mapping[str, str] | None = None, text: str = "", folder: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        return run(folder or self.root, words, own or {}, text)
