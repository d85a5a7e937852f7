"""A working tree for merges and commits, beside the user's own and gone afterwards.

No hook of the repository runs there, and a symbolic link is a file with a path in it: what lies on a branch may be a
stranger's.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from polyhelp.errors import GitError
from polyhelp.forge.base import Account
from polyhelp.forge.branches import FOLDER, Clone
from polyhelp.forge.running import BOT, identity, run, said

_DRIVER = f"{shlex.quote(sys.executable)} -c 'from polyhelp.cli.main import main; main()' merge-driver %O %A %B %P"
_SAFE = ("core.hooksPath=/dev/null", "core.symlinks=false", "commit.gpgSign=false", "merge.renames=true",
         "merge.verifySignatures=false")  # fmt: skip


class Bench:
    """A working tree of ``clone``, on no branch, while the block runs: ``with Bench(clone) as bench``."""

    def __init__(self, clone: Clone) -> None:
        self._clone = clone
        self._scratch = TemporaryDirectory(prefix="polyhelp-")
        self._top = Path(self._scratch.name) / "tree"

    def __enter__(self) -> Bench:
        attributes = Path(self._scratch.name) / "attributes"
        attributes.write_text("**/locales/**/*.po merge=polyhelp\n", encoding="utf-8")
        driver = (f"merge.polyhelp.driver={_DRIVER}", "merge.polyhelp.name=polyhelp")
        given = (*_SAFE, *driver, f"core.attributesFile={attributes}")
        self._settings = tuple(word for one in given for word in ("-c", one))
        try:
            self._ask("worktree", "add", "--quiet", "--detach", str(self._top), "HEAD", at=self._clone.root)
        except GitError:
            self._scratch.cleanup()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        run(self._clone.root, ("worktree", "remove", "--force", str(self._top)))
        self._scratch.cleanup()

    @property
    def root(self) -> Path:
        """The help center on the bench."""
        return self._top / self._clone.prefix

    def check_out(self, commit: str) -> None:
        """Put ``commit`` on the bench, and nothing else."""
        self._ask("reset", "--quiet", "--hard")
        self._ask("clean", "--quiet", "-ffdx")
        self._ask("checkout", "--quiet", "--detach", commit)

    def merge(self, commit: str, message: str) -> tuple[str, ...]:
        """Merge ``commit`` into what is on the bench; the files, relative to the repository, in which both disagree.

        Nothing is committed before :meth:`commit`. Raises GitError when git cannot even begin.
        """
        words = ("merge", "--quiet", "--no-ff", "--no-commit", "-m", message, commit)
        done = run(self._top, (*self._settings, *words), identity())
        unmerged = self._ask("diff", "--name-only", "--diff-filter=U", "-z")
        found = tuple(name for name in unmerged.split("\0") if name)
        if done.returncode and not found:
            raise GitError(f"{commit[:10]} cannot be merged: {said(done)}")
        return found

    def commit(self, message: str, author: Account = BOT) -> str:
        """Commit the catalogs on the bench, by ``author``; the commit, the one before where nothing is new."""
        if (self.root / FOLDER).is_dir():
            self._ask("add", "--all", "--", f"{self._clone.prefix}{FOLDER}")
        merging = run(self._top, ("rev-parse", "--verify", "--quiet", "MERGE_HEAD")).returncode == 0
        if merging or self._ask("diff", "--cached", "--name-only"):
            words = ("commit", "--quiet", "--no-verify", "--allow-empty", "--file=-")
            self._ask(*words, own=identity(author), text=message)
        return self._ask("rev-parse", "HEAD").strip()

    def _ask(
        self, *words: str, own: Mapping[str, str] | None = None, text: str = "", at: Path | None = None
    ) -> str:  # fmt: skip
        done = run(at or self._top, (*self._settings, *words), own or {}, text)
        if done.returncode:
            raise GitError(f"git {words[0]}: {said(done)}")
        return done.stdout
