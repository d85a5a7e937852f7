"""Digests of what things are made from: the same digest, the same result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

import polyhelp
from polyhelp.workflow.project import Project

_OWN = Path(polyhelp.__file__).parent
_MAKES = (".py", ".html", ".css", ".js", ".yml")


def digest(texts: Iterable[str]) -> str:
    """One digest of all ``texts``, in their order."""
    whole = sha256()
    for text in texts:
        whole.update(f"{text}\0".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


@cache
def programs() -> str:
    """A digest of every installed package with its version, and of our own files as they are."""
    packages = sorted(f"{one.metadata['Name']} {one.version}" for one in distributions())
    return digest((*packages, *files(_OWN, lambda file: file.suffix in _MAKES)))


def surroundings(project: Project) -> Iterator[str]:
    """The configuration, and whatever it may take in from the repository: overrides, hooks, snippets."""
    yield content(project.root / "mkdocs.yml")
    for folder in ("overrides", "hooks", "theme", *project.settings.includes):
        if (project.root / folder).is_dir() and folder not in {".", ""}:
            yield from files(project.root / folder)


def files(folder: Path, wanted: Callable[[Path], bool] = lambda _: True) -> Iterator[str]:
    """Each file below ``folder`` with a digest of its content."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts and wanted(file):
            yield f"{file.relative_to(folder).as_posix()} {content(file)}"


def content(file: Path) -> str:
    """A digest of what is in ``file``."""
    return sha256(file.read_bytes()).hexdigest()
