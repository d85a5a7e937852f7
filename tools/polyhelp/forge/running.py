"""Git as it is run for a forge: as whom, with which login, and with what it has to say."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from polyhelp.errors import GitError
from polyhelp.forge.base import Account

BOT = Account("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com", bot=True)
"""Who commits: GitHub shows this address as its own robot."""
_PATIENCE = 600  # seconds; a push over a slow line


def identity(author: Account = BOT) -> dict[str, str]:
    """The environment in which git commits for ``author``; the robot is the committer."""
    return {
        "GIT_AUTHOR_NAME": author.login, "GIT_AUTHOR_EMAIL": author.address,
        "GIT_COMMITTER_NAME": BOT.login, "GIT_COMMITTER_EMAIL": BOT.address,
    }  # fmt: skip


def run(
    folder: Path, words: Sequence[str], own: Mapping[str, str] | None = None, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run git; what it said. Raises GitError when there is none. ``GH_TOKEN`` is how it logs in, where that is set."""
    login = ("-c", "credential.helper=!gh auth git-credential") if os.environ.get("GH_TOKEN") else ()
    fixed = {"LC_ALL": "C.UTF-8", "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1"}
    try:
        return subprocess.run(  # noqa: S603 (our own words, and ids and names that were held against what there is)
            ["git", *login, *words],  # noqa: S607 (git as the user has it)
            cwd=folder,
            env={**os.environ, **fixed, **(own or {})},
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git does not run: {error}", hint="install git") from None


def said(done: subprocess.CompletedProcess[str]) -> str:
    """Why git refused, in its own words: the first line that tells it."""
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()] or [f"exit status {done.returncode}"]
    telling = (line for line in lines if line.startswith(("fatal: ", "error: ", "! ", "remote: ")))
    return next(telling, lines[0]).removeprefix("fatal: ").removeprefix("error: ")
