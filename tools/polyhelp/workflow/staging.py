"""Catalogs -> ``build/docs/<locale>/``: all locales side by side, and only where their inputs have changed.

build/docs/<locale>/          the staged tree
build/staged/<locale>.json    digests of what it was made from and of the tree itself, and its rows of the manifest
build/pages.json              the manifest: the rows of all locales
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from polyhelp.errors import PolyhelpError
from polyhelp.locales.files import write as write_file
from polyhelp.locales.layout import FOLDER
from polyhelp.model import Locale
from polyhelp.site import pages, stage
from polyhelp.site.pages import Page
from polyhelp.workflow import fingerprints
from polyhelp.workflow.processes import side_by_side
from polyhelp.workflow.project import GLOSSARY, Project
from polyhelp.workflow.render import locale_tree

STAGED = Path("build/docs")
MANIFEST = Path("build/pages.json")
_NOTES = Path("build/staged")
MANY = 200
"""Pages to stage from which processes pay."""


@dataclass(slots=True)
class RenderResult:
    """The pages of all locales, how many files were written, and a digest of each locale's staged tree."""

    pages: list[Page] = field(default_factory=list)
    written: int = 0
    trees: dict[Locale, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Staged:
    """One locale: its rows of the manifest, a digest of its tree, how many files were written, what went wrong."""

    pages: list[Page]
    tree: str
    written: int = 0
    problems: tuple[PolyhelpError, ...] = ()


def render(project: Project, *, draft: bool = False) -> RenderResult:
    """Stage all locales. ``draft`` lets every target through the gate, for previews. Raises WriteError.

    What is wrong with an article or a catalog is noted in ``project.problems``.
    """
    locales = (project.settings.source, *project.settings.targets)
    sums = _digests(project, locales, draft=draft)
    known = {locale: _known(project, locale, sums[locale]) for locale in locales}
    open_ = [locale for locale in locales if known[locale] is None]
    made = dict(zip(open_, _all(project, open_, partial(_stage, project, sums, draft)), strict=True))
    result = RenderResult()
    for locale in locales:
        staged = made.get(locale) or known[locale]
        if staged is None:
            continue
        result.pages += staged.pages
        result.written += staged.written
        result.trees[locale] = staged.tree
        for problem in staged.problems:
            project.note(problem)
    stage.keep(project.root, STAGED, {locale.tag for locale in locales})
    write_file(project.root / MANIFEST, pages.dump(result.pages), str(MANIFEST))
    return result


def _all(project: Project, open_: Sequence[Locale], work: Callable[[Locale], _Staged]) -> Iterator[_Staged]:
    """What becomes of all ``open_`` locales."""
    if not open_:
        return iter(())
    project.prepare()
    return side_by_side(work, open_) if len(open_) * len(project.documents) >= MANY else map(work, open_)


def _stage(project: Project, sums: Mapping[Locale, str], draft: bool, locale: Locale) -> _Staged:
    """Write the tree of one locale. One with problems keeps no note: they shall be told the next time, too."""
    own = project.apart()
    tree = locale_tree(own, locale, draft=draft)
    written = stage.write(project.root, STAGED / locale.tag, tree.files)
    digest = _tree(project, locale)
    if not own.problems:
        rows = [asdict(page) for page in tree.pages]
        text = json.dumps({"digest": sums[locale], "tree": digest, "pages": rows}, ensure_ascii=False)
        write_file(_note(project, locale), text, f"{_NOTES}/{locale}.json")
    return _Staged(tree.pages, digest, written, tuple(own.problems))


def _known(project: Project, locale: Locale, digest: str) -> _Staged | None:
    """What was staged before, where it is still what would be staged now."""
    try:
        note = json.loads(_note(project, locale).read_text(encoding="utf-8"))
        known = _Staged([Page(**row) for row in note["pages"]], note["tree"])
        current: bool = note["digest"] == digest and known.tree == _tree(project, locale)
    except (OSError, ValueError, KeyError, TypeError):  # none, half of one, or one of another version
        return None
    return known if current else None


def _digests(project: Project, locales: Iterable[Locale], *, draft: bool) -> dict[Locale, str]:
    """A digest of all that the staged tree of each locale is made from."""
    root = project.root
    whole = fingerprints.digest(
        (
            *(fingerprints.programs(), *fingerprints.surroundings(project), str(project.day), str(draft)),
            *fingerprints.files(project.content),
            *fingerprints.files(root / GLOSSARY),
            repr(project.rights),
        )
    )
    catalogs = {
        one: fingerprints.digest(fingerprints.files(root / FOLDER / one.tag)) for one in project.settings.targets
    }
    return {
        one: fingerprints.digest((whole, *(catalogs.get(other, "") for other in _lenders(project, one))))
        for one in locales
    }


def _lenders(project: Project, locale: Locale) -> Iterator[Locale]:
    """The locale, and those that it may borrow from, with those that they borrow from."""
    yield locale
    for other in project.settings.fallback.get(locale, ()):
        yield from _lenders(project, other)


def _tree(project: Project, locale: Locale) -> str:
    return fingerprints.digest(fingerprints.files(project.root / STAGED / locale.tag))


def _note(project: Project, locale: Locale) -> Path:
    return project.root / _NOTES / f"{locale}.json"
