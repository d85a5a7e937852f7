"""Write this repository's workflows from the templates that `polyhelp init` writes from.

``python tools/docs/workflows.py`` writes them; with ``--check`` it exits 1 if they are not up to date.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from polyhelp.config.load import load
from polyhelp.workflow.automation import needs, workflows

ROOT = Path(__file__).parents[2]


def texts() -> dict[str, str]:
    """The workflows by their path: those of a help center that holds polyhelp itself."""
    return workflows(replace(needs(load(ROOT), ROOT), own=True))


def main(arguments: list[str]) -> int:
    """Write them, or only look; the exit status."""
    other = [path for path, text in texts().items() if not (ROOT / path).exists() or (ROOT / path).read_text() != text]
    if "--check" in arguments:
        for path in other:
            sys.stderr.write(f"{path} is not up to date: make docs\n")
        return 1 if other else 0
    for path in other:
        (ROOT / path).write_text(texts()[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
