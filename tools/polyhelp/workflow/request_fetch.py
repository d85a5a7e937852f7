"""What lies on the branches of pull requests, taken into the working tree before there is work on it.

So reviewers' words are there when catalogs are brought up to date, and nothing is translated twice. What was taken is
noted in a file, which goes with the catalogs to whoever opens the pull requests.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polyhelp import locales
from polyhelp.config.load import FILE as CONFIGURATION
from polyhelp.errors import CatalogError, GitError, InputError, Place, UsageError
from polyhelp.forge.bench import Bench
from polyhelp.forge.branches import FOLDER, Clone
from polyhelp.forge.names import Branch, branch_of, is_commit
from polyhelp.locales import files
from polyhelp.locales.layout import article_of
from polyhelp.model import Locale
from polyhelp.workflow.project import Project

FILE = "build/requests.json"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the working tree was made from: the commit that was checked out, and the last one of each branch."""

    head: str
    tips: Mapping[str, str]

    @classmethod
    def read(cls, project: Project, clone: Clone) -> Fetched:
        """What was noted; nothing of any branch where nothing was. Raises InputError, UsageError for another HEAD."""
        file, head = project.root / FILE, clone.head
        if not file.exists():
            return cls(head, {})
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            found = cls(data["head"], dict(data["branches"]))
            sound = all(is_commit(one) for one in (found.head, *found.tips.values()))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            sound = False
        hint = "run polyhelp requests fetch again, before sync and translate"
        if not sound:
            raise InputError("this is not what requests fetch writes", Place(FILE), hint)
        if found.head != head:
            raise UsageError(f"the catalogs were fetched for another commit than {head[:10]} ({FILE})", hint=hint)
        return found


def fetch(project: Project, targets: Iterable[Locale], clone: Clone) -> tuple[Branch, ...]:
    """Take the catalogs of the branches for ``targets`` into the working tree; the branches that there are.

    A locale whose branch cannot be merged is noted and stays as it is. Raises UsageError where something that is not
    committed would be overwritten, GitError, and WriteError.
    """
    there, head = clone.fetched(), clone.head
    found: list[Branch] = []
    with Bench(clone) as bench:
        for locale in targets:
            branches = parts(there, locale)
            if branches and not clone.clean(folder_of(locale)):
                hint = "commit the catalogs first, or take the changes back"
                raise UsageError(f"{folder_of(locale)} has changes that are not committed", hint=hint)
            try:
                together = head
                for branch in branches:
                    taken = merged(clone, bench, (there[str(branch)], head), f"Merge what is new into {branch}")
                    together = merged(clone, bench, (together, taken), f"Merge {branch}")
            except GitError as error:
                project.note(error)
                continue
            if branches:
                clone.restore(together, folder_of(locale))
            found += branches
    noted = {"head": head, "branches": {str(branch): there[str(branch)] for branch in found}}
    files.write(project.root / FILE, json.dumps(noted, indent=2) + "\n", FILE)
    return tuple(found)


def merged(clone: Clone, bench: Bench, sides: tuple[str, str], message: str) -> str:
    """The commit that has both of ``sides``; the first one's words come first where people disagree.

    Then the unit waits for a person, with both versions. Raises GitError where git cannot merge and neither can we.
    """
    ours, theirs = sides
    if clone.contains(ours, theirs):
        return ours
    if clone.contains(theirs, ours):
        return theirs
    bench.check_out(ours)
    for name in bench.merge(theirs, message):
        _check_sound(clone, bench, name, message)
    return bench.commit(message)


def _check_sound(clone: Clone, bench: Bench, name: str, message: str) -> None:
    """Raise GitError unless what both sides have changed is a catalog, and a sound one."""
    tag, _, rest = name.removeprefix(f"{clone.prefix}{FOLDER}/").partition("/")
    hint = "merge it by hand, on the branch"
    if not name.startswith(f"{clone.prefix}{FOLDER}/") or not rest.endswith(".po"):
        raise GitError(f"{message}: both sides have changed {name}", hint=hint)
    try:
        locales.read(bench.root / name.removeprefix(clone.prefix), Locale(tag), article_of(rest), name)
    except CatalogError as error:
        raise GitError(f"{message}: {error.message}", error.place, hint) from None


def parts(there: Iterable[str], locale: Locale) -> list[Branch]:
    """The branches for ``locale`` among ``there``, the first part first."""
    found = (branch_of(name, (locale,)) for name in there)
    return sorted((one for one in found if one), key=lambda branch: branch.part)


def folder_of(locale: Locale) -> str:
    """The folder of a locale's catalogs, relative to the help center."""
    return f"{FOLDER}/{locale.tag}"


def at_bench(project: Project, bench: Bench, commit: str) -> Project:
    """The help center as ``commit`` has it, but for what is the main branch's or no part of it.

    Those are the configuration, which says what is legal and what is about payments, the rules on who may accept what,
    and the files of visits and votes. Raises GitError where the branch has something else in their place.
    """
    bench.check_out(commit)
    options = project.settings.review
    for name in filter(None, (CONFIGURATION, options.owners, options.visits, options.feedback)):
        own, there = project.root / name, bench.root / name
        try:
            there.unlink(missing_ok=True)
            if own.is_file():
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(own, there)
        except OSError as error:
            raise GitError(f"{commit[:10]}: {name} is no plain file: {error.strerror}") from None
    return Project.open(bench.root, project.day)
