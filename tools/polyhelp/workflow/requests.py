"""Translations as pull requests: one branch for each locale, taken up again at every run, pushed without force.

1. What the working tree has of a locale becomes a new commit on its branch, after what was fetched from there
   (:mod:`~polyhelp.workflow.request_fetch`). Has somebody pushed since, both are merged, unit by unit; the branch's own
   words come first.
2. What is more than a person should read at once goes to a further part, whole articles at a time. An article stays in
   the part where it is.
3. A pull request that somebody has closed is opened again only when there is something new to say.
4. Nothing but catalogs is committed, and HEAD, the index and the working tree stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from polyhelp.errors import ForgeError, GitError, UsageError
from polyhelp.forge.base import Draft, Forge, Request
from polyhelp.forge.bench import Bench
from polyhelp.forge.branches import Clone
from polyhelp.forge.names import Branch
from polyhelp.model import Locale
from polyhelp.review import Waiting
from polyhelp.text.words import word_count
from polyhelp.workflow.authority import owners
from polyhelp.workflow.project import Project
from polyhelp.workflow.reading import comment
from polyhelp.workflow.request_body import About, body, labels, title
from polyhelp.workflow.request_fetch import Fetched, at_bench, folder_of, merged, parts
from polyhelp.workflow.since import changed_since
from polyhelp.workflow.waiting import queue

_TRIES = 4  # pushes, each onto what somebody else has pushed in between


@dataclass(frozen=True, slots=True)
class Wanted:
    """How pull requests are made: onto which branch (``""`` for the remote's main one), and what they tell."""

    base: str = ""
    spent: tuple[str, ...] = ()
    preview: str = ""
    report: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a branch: ``opened``, ``updated``, or ``unchanged``. ``number`` is 0 where nothing was asked."""

    branch: Branch
    done: str
    units: int
    words: int
    number: int = 0
    url: str = ""


def open_requests(
    project: Project, targets: Iterable[Locale], clone: Clone, forge: Forge, wanted: Wanted
) -> Iterator[Made]:
    """Bring the pull requests for ``targets`` up to date; what became of each, as it happens.

    What git or the forge refuses for one locale is noted, and the others go on. Raises UsageError when what is checked
    out is not on the branch that they are for, and GitError.
    """
    base = wanted.base or clone.default
    there, fetched = clone.fetched(base), Fetched.read(project, clone)
    if not clone.contains(there[base], fetched.head):
        hint = f"push it first, or check out {base}"
        raise UsageError(f"what is checked out is not on {clone.remote}'s {base}", hint=hint)
    with Bench(clone) as bench:
        for locale in targets:
            tools = _Tools(clone, bench, forge)
            work = _Work(project, locale, tools, replace(wanted, base=base), there, fetched)
            try:
                yield from work.made()
            except (GitError, ForgeError) as error:
                project.note(error)


@dataclass(frozen=True, slots=True)
class _Tools:
    """What the work is done with."""

    clone: Clone
    bench: Bench
    forge: Forge


@dataclass(frozen=True)
class _Work:
    """The pull requests of one locale. ``there`` are the remote's branches with their last commits."""

    project: Project
    locale: Locale
    tools: _Tools
    wanted: Wanted
    there: Mapping[str, str]
    fetched: Fetched

    @property
    def clone(self) -> Clone:
        return self.tools.clone

    @property
    def bench(self) -> Bench:
        return self.tools.bench

    @property
    def base(self) -> str:
        return self.wanted.base

    @property
    def head(self) -> str:
        return self.fetched.head

    def made(self) -> Iterator[Made]:
        for branch, files in self._shares().items():
            start = self._start(branch)
            tree = self.clone.mixed(start, self._tree, files)
            commit = self.clone.commit(tree, (start,), f"{self._title(branch)}\n")
            yield self._request(branch, self._onto(branch, commit, self.there.get(str(branch), "")))

    @cached_property
    def _tree(self) -> str:
        return self.clone.tree(self.head, folder_of(self.locale))

    def _title(self, branch: Branch) -> str:
        return title(branch, self._name)

    @property
    def _name(self) -> str:
        return self.project.settings.names.get(self.locale) or self.locale.tag

    # -------------------------------------------------------- what goes where

    def _shares(self) -> dict[Branch, list[str]]:
        """The files of each part: those that differ from what is checked out, in the order of the articles."""
        clone, folder = self.clone, folder_of(self.locale)
        files = clone.changed(self.head, self._tree, folder)
        known = {branch: self._held(branch) for branch in parts(self.there, self.locale)}
        shares: dict[Branch, list[str]] = {branch: [] for branch in known} or {Branch(self.locale): []}
        room = dict.fromkeys(shares, self.project.settings.review.most_words)
        late = []
        for file in files:
            branch = next((one for one, held in known.items() if file in held), None)
            if branch is None:
                late.append(file)
            else:
                shares[branch].append(file)
                room[branch] -= self._words.get(file, 0)
        for file in late:
            words = self._words.get(file, 0)
            branch = next((one for one in room if words <= room[one] or not shares[one]), None)
            branch = branch or Branch(self.locale, max(one.part for one in shares) + 1)
            shares.setdefault(branch, []).append(file)
            room[branch] = room.get(branch, self.project.settings.review.most_words) - words
        return {branch: held for branch, held in shares.items() if held}

    def _held(self, branch: Branch) -> frozenset[str]:
        """The files that a branch has another version of than what it was made from."""
        tip = self.there[str(branch)]
        since = self.clone.meeting(self.head, tip)
        return frozenset(self.clone.changed(since, tip, folder_of(self.locale))) if since else frozenset()

    @cached_property
    def _words(self) -> Mapping[str, int]:
        """For each catalog, relative to the repository, the source words of its units that are new here."""
        changed = changed_since(self.project, self.head, (self.locale,))
        found = {}
        for catalog in self.project.catalogs(self.locale):
            keys = changed(catalog)
            file = self.project.shown(self.project.catalog_file(self.locale, catalog.path))
            units = (unit for unit in catalog.current if unit.target and unit.key in keys)
            found[f"{self.clone.prefix}{file}"] = sum(word_count(unit.source) for unit in units)
        return found

    # -------------------------------------------------------- one branch

    def _start(self, branch: Branch) -> str:
        """What the new commit comes after: what is checked out, merged into what was fetched of the branch."""
        tip, now = self.fetched.tips.get(str(branch), ""), self.there.get(str(branch), "")
        if not tip or not now or not self.clone.contains(now, tip):
            return self.head
        return merged(self.clone, self.bench, (tip, self.head), f"Merge {self.base} into {branch}")

    def _onto(self, branch: Branch, commit: str, tip: str) -> str:
        """``commit`` with what is at the branch's ``tip``."""
        return merged(self.clone, self.bench, (tip, commit), f"Merge {self.base} into {branch}") if tip else commit

    def _request(self, branch: Branch, commit: str) -> Made:
        tip = self.there.get(str(branch), "")
        same = bool(tip) and not self.clone.changed(tip, commit, folder_of(self.locale))
        known = None if self.wanted.dry_run else self.tools.forge.request_of(str(branch), self.base)
        there, rows = self._read(commit)
        words = sum(row.words for row in rows)
        if same and known and (known.open or known.head == tip):  # closed without a merge: somebody's decision
            return Made(branch, "unchanged", len(rows), words, known.number, known.url)
        if self.wanted.dry_run:
            return Made(branch, "would be updated" if tip else "would be opened", len(rows), words)
        pushed = commit if same else self._pushed(branch, commit)
        if pushed != commit:
            there, rows = self._read(pushed)
        made = self._written(branch, known, self._body(branch, there, rows), rows)
        return Made(branch, "updated" if made == known else "opened", len(rows), words, made.number, made.url)

    def _pushed(self, branch: Branch, commit: str) -> str:
        """The commit that the branch ends with now: ours, or one that has both where somebody pushed meanwhile."""
        for _ in range(_TRIES):
            if self.clone.push(commit, str(branch)):
                return commit
            commit = self._onto(branch, commit, self.clone.fetched().get(str(branch), ""))
        raise GitError(f"{branch} is pushed to all the time", hint="run it again later; nothing was overwritten")

    def _read(self, commit: str) -> tuple[Project, Sequence[Waiting]]:
        """The help center as ``commit`` has it, and the units that it changes and that wait for a person, ranked."""
        there = at_bench(self.project, self.bench, commit)
        changed = changed_since(there, self.head, (self.locale,))
        keys = {catalog.path: changed(catalog) for catalog in there.catalogs(self.locale)}
        rows = queue(there, (self.locale,))
        return there, [row for row in rows if row.unit.key in keys.get(row.path, ())]

    def _body(self, branch: Branch, there: Project, rows: Sequence[Waiting]) -> str:
        about = About(self._name, self.wanted.spent, self.wanted.preview, self.wanted.report)
        table = comment(there, self.locale, rows, self.head) if rows else ""
        return body(branch, rows, about, table)

    def _written(self, branch: Branch, known: Request | None, text: str, rows: Sequence[Waiting]) -> Request:
        if known and known.open:
            self.tools.forge.describe(known.number, text)
            return known
        made = self.tools.forge.open(Draft(str(branch), self.base, self._title(branch), text))
        self.tools.forge.label(made.number, labels(branch, rows))
        asked = [one for one in self._owners(rows) if one != made.author]
        refused = self.tools.forge.ask(made.number, tuple(asked)) if asked else ()
        for login in refused:
            self.project.remarks.append(f"{branch}: the forge cannot ask @{login} for a review")
        return made

    def _owners(self, rows: Sequence[Waiting]) -> Iterator[str]:
        """The logins and teams that the rules name for the articles of ``rows``, each once."""
        paths = dict.fromkeys(row.path for row in rows)
        named = (one for path in paths for one in owners(self.project, self.project.rights, self.locale, path))
        yield from (one.removeprefix("@") for one in dict.fromkeys(named) if one.startswith("@"))
