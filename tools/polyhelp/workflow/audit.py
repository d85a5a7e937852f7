"""Acceptances that a branch adds and that are not their author's.

1. A record in a catalog is text, and whoever can push can write anybody's name into it. A commit of a decision has the
   one who decided as its author. So an acceptance that no parent of a commit has must be in the name of the commit's
   author: by name, by e-mail address, or by the login in the address that GitHub gives everybody for commits.
2. The same acceptance is one of the same person and day, of a target with the same words and codes: sync writes new
   fingerprints where codes, spaces or (``--minor``) the source changed, and moves units to other articles. Nor is a
   line new that stands as it stood, at a target that it does not fit any more.
3. Who may accept what, and where it takes two, is said by the rules of the commit that the branch is held against. The
   forge is not asked who is in a team: where a team may, nobody is told that they may not.
4. What counts is what stands in a catalog of HEAD, whether it fits today's region data or not: data can come back.
   It is its author's where any of the commits that add it is.

Who can push can forge an author, too. This finds the honest mistake and the careless forgery, and is no proof.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from polyhelp import git, locales
from polyhelp.errors import CatalogError, Place, UsageError
from polyhelp.locales.carry import skeleton
from polyhelp.locales.layout import FOLDER, article_of
from polyhelp.model import Catalog, Locale, QualityIssue, Severity, Unit, digest, folded, one_line
from polyhelp.review.rights import Rights
from polyhelp.workflow import authority
from polyhelp.workflow.past_rules import under_rules_of
from polyhelp.workflow.project import Project
from polyhelp.workflow.revision import commit_of

CHECK = "audit"

_NOREPLY = re.compile(r"(?:\d+\+)?(?P<login>[^@\s]+)@users\.noreply\.github\.com", re.IGNORECASE)
_Mark = tuple[str, str, object]
"""What is the same of an acceptance before and after a commit: person, day, and the words or the fingerprint."""


@dataclass(frozen=True, slots=True)
class _Yes:
    """Somebody's yes to a unit's target; ``person`` is the same for all identities of theirs."""

    unit: Unit
    who: str
    person: str
    day: str
    hash: str

    @property
    def words(self) -> _Mark:
        return self.person, self.day, skeleton(self.unit.target)

    @property
    def line(self) -> _Mark:
        return self.person, self.day, self.hash


def audit(project: Project, revision: str, targets: Collection[Locale] = ()) -> tuple[QualityIssue, ...]:
    """What is wrong with the acceptances that HEAD has and the commit that ``revision`` names has not.

    In all catalogs, or in those of ``targets`` only. An error is what the person may not accept, and somebody else's
    name where it takes two; a warning is somebody else's name elsewhere. Raises UsageError when ``revision`` names no
    commit or the clone is shallow, ConfigError where the rules were wrong then, and GitError without a repository.
    """
    base = commit_of(project.root, revision)
    if git.is_shallow(project.root):
        raise UsageError(
            "this clone lacks older commits: nobody can tell what each of them has added",
            hint="git fetch --unshallow; in a workflow, checkout with fetch-depth: 0",
        )
    commits = git.authored(project.root, base, FOLDER)
    if not commits:
        return ()
    with git.Blobs(project.root) as blobs:
        ruled = under_rules_of(project, base, blobs)
        records = _Records(blobs, ruled.rights)
        work = _Audit(ruled, commits, records, git.files(project.root, base, FOLDER))
        return tuple(work.issues(git.files(project.root, "HEAD", FOLDER), targets))


@dataclass(slots=True)
class _Records:
    """Reads what catalogs say of acceptances, each blob once. A catalog that cannot be read says nothing."""

    blobs: git.Blobs
    rights: Rights
    _known: dict[tuple[str, Locale], tuple[_Yes, ...]] = field(default_factory=dict)

    def of(self, blob: str, locale: Locale) -> tuple[_Yes, ...]:
        """The acceptances in a catalog of ``locale``, those of obsolete units too: they can come back."""
        if (blob, locale) not in self._known:
            self._known[blob, locale] = tuple(self._read(self.blobs.read(blob), locale))
        return self._known[blob, locale]

    def marks(self, blobs: Iterable[str], locale: Locale) -> frozenset[_Mark]:
        """What the acceptances in these catalogs are known by; ``""`` is no catalog."""
        found = (yes for blob in blobs if blob for yes in self.of(blob, locale))
        return frozenset(mark for yes in found for mark in (yes.words, yes.line))

    def _read(self, data: bytes, locale: Locale) -> Iterator[_Yes]:
        if b"reviewed: " not in data and b"seconded: " not in data:
            return
        try:
            units = locales.parse(data, locale, "", "").units
        except CatalogError:
            return
        for unit in units:
            for day, who in unit.review.said if unit.review and unit.target else ():
                yield _Yes(unit, who, folded(self.rights.person(who)), day, unit.review.hash if unit.review else "")


@dataclass(frozen=True, slots=True)
class _Step:
    """What a commit brings to the catalogs of a locale, and what its parents had in those that it touches."""

    commit: git.Authored
    new: frozenset[_Mark]
    old: frozenset[_Mark]


@dataclass(frozen=True, slots=True)
class _Audit:
    """``then`` has the catalogs of the commit that the branch is held against: name -> id of the blob."""

    project: Project
    commits: Sequence[git.Authored]
    records: _Records
    then: Mapping[str, str]

    def issues(self, now: Mapping[str, str], targets: Collection[Locale]) -> Iterator[QualityIssue]:
        """What is wrong in the catalogs ``now``."""
        touched: dict[Locale, list[str]] = defaultdict(list)
        for name in sorted({path for commit in self.commits for path in commit.files}):
            locale = _locale(name)
            if (self.project.root / name).is_symlink():
                yield _link(name, locale or self.project.settings.source)
            elif locale and (not targets or locale in targets):
                touched[locale].append(name)
        for locale, names in touched.items():
            yield from self._in_locale(locale, names, now)

    def _in_locale(self, locale: Locale, names: Sequence[str], now: Mapping[str, str]) -> Iterator[QualityIssue]:
        known = self.records.marks((self.then[name] for name in names if name in self.then), locale)
        steps: tuple[_Step, ...] | None = None
        for name in names:
            lines = None
            for yes in self.records.of(now[name], locale) if name in now else ():
                marks = self._marks(yes)
                if marks & known:
                    continue
                steps = self._steps(locale) if steps is None else steps
                lines = self._lines(now[name]) if lines is None else lines
                by = [step.commit for step in steps if marks & step.new and not marks & step.old]
                place = Place(name, _line_of(yes, lines))
                told = self._told(yes, Catalog(locale, article_of(name.removeprefix(f"{FOLDER}/{locale.tag}/"))), by)
                for severity, message in told:
                    yield QualityIssue(CHECK, severity, message, place, locale, yes.unit.source, yes.unit.target)

    def _marks(self, yes: _Yes) -> frozenset[_Mark]:
        """What ``yes`` must not be known by already: a line that fits its target is more than the same line."""
        unit = yes.unit
        fits = yes.hash == digest(unit.source, unit.target, self.project.data_digest(unit.source, unit.seen))
        return frozenset({yes.words} if fits else {yes.words, yes.line})

    def _steps(self, locale: Locale) -> tuple[_Step, ...]:
        return tuple(step for commit in self.commits if (step := self._step(commit, locale)))

    def _step(self, commit: git.Authored, locale: Locale) -> _Step | None:
        files = [blobs for name, blobs in commit.files.items() if _locale(name) == locale]
        taken = {now for now, *before in files if len(before) < commit.parents}  # a merge has it from a parent as it is
        new = self.records.marks((now for now, *_ in files if now not in taken), locale)
        if not new:
            return None
        old = (*taken, *(blob for _, *before in files for blob in before))
        return _Step(commit, new, self.records.marks(old, locale))

    def _lines(self, blob: str) -> Sequence[str]:
        return self.records.blobs.read(blob).decode("utf-8", "replace").split("\n")

    def _told(self, yes: _Yes, catalog: Catalog, by: Sequence[git.Authored]) -> Iterator[tuple[Severity, str]]:
        """What is wrong with ``yes``, which the commits ``by`` have added, the latest first."""
        project, rights, who = self.project, self.project.rights, one_line(yes.who)
        why = authority.may_accept(project, rights.supposing(yes.who), yes.who, catalog)
        if why:
            yield Severity.ERROR, f"accepted in the name of {who}, who may not: {why}"
        if by and not any(yes.person in _people(commit, rights) for commit in by):
            two = authority.takes_two(project, rights, catalog.locale, catalog.path)
            author = f"{one_line(by[0].author)} <{one_line(by[0].email)}> ({by[0].id[:7]})"
            message = f"accepted in the name of {who}, by a commit of {author}: take it out, and let {who} accept it"
            yield Severity.ERROR if two else Severity.WARNING, message


def _people(commit: git.Authored, rights: Rights) -> frozenset[str]:
    """Who a commit's author is, in all identities that git knows."""
    login = _NOREPLY.fullmatch(commit.email)
    names = (commit.author, commit.email, f"@{login['login']}" if login else "")
    return frozenset(folded(rights.person(name)) for name in names if name)


def _locale(name: str) -> Locale | None:
    """The locale of the catalog ``name``; None for what is no catalog."""
    tag, _, rest = name.removeprefix(f"{FOLDER}/").partition("/")
    try:
        locale = Locale.parse(tag)
    except ValueError:
        return None
    return locale if rest.endswith(".po") and locale.tag == tag else None


def _line_of(yes: _Yes, lines: Sequence[str]) -> int:
    """The line of the record, from 1; 0 where it is not written as polyhelp writes it."""
    record = f": {yes.who} {yes.day} {yes.hash}"
    return next((n for n, line in enumerate(lines, 1) if line.startswith("#") and line.rstrip().endswith(record)), 0)


def _link(name: str, locale: Locale) -> QualityIssue:
    message = "this is a link, so no commit says who has accepted what it leads to: put the file itself here"
    return QualityIssue(CHECK, Severity.ERROR, message, Place(name), locale)
