"""The only module that runs git."""

from __future__ import annotations

import subprocess
from pathlib import Path

from polyhelp.errors import GitError


def author(root: Path) -> str:
    """The name under which commits are made in ``root``; ``""`` when git knows none. Raises GitError without git."""
    try:
        done = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 (git as the user has it)
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git does not run: {error}", hint="install git, or say who you are with --as NAME") from None
    return done.stdout.strip()
