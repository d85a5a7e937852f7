"""Find the pages and the assets of a help center."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from polyhelp.errors import InputError, MarkdownError, Place

LINK_HINT = "point the link to a file, or remove it"
DATA_FOLDERS = frozenset({"regions", "replies"})
"""Top folders of the content that hold no pages."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What lies in the content folder: paths relative to it, sorted, and what is wrong with some."""

    pages: tuple[str, ...]
    assets: tuple[str, ...]
    problems: tuple[InputError, ...]


def discover(content: Path, root: Path) -> Discovery:
    """List the content folder. Hidden files are left out; a link that leads out of ``root`` is a problem."""
    pages, assets, problems = [], [], []
    home = root.resolve()
    for file in _files(content):
        path = file.relative_to(content).as_posix()
        shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else path
        if file.is_symlink() and not file.resolve().is_relative_to(home):
            problem = MarkdownError(
                "the symbolic link leads out of the project", Place(shown), "copy the file here instead"
            )
            problems.append(problem)
        elif not file.is_file():
            if path.endswith(".md") and not file.exists():
                problems.append(MarkdownError("the symbolic link leads nowhere", Place(shown), LINK_HINT))
            # a link to a folder inside the project is not followed: its pages are there already
        elif path.endswith(".md"):
            pages.append(path)
        else:
            assets.append(path)
    return Discovery(tuple(pages), tuple(assets), tuple(problems))


def _files(content: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(content):
        here = Path(folder)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not (here == content and name in DATA_FOLDERS)
        )
        links = [name for name in folders if (here / name).is_symlink()]
        yield from (here / name for name in sorted((*names, *links)) if not name.startswith("."))
