"""How the counts came to be what they are: the catalogs at points of git's history.

1. Points are commits on the way to HEAD (first parents) that changed catalogs: the last one of each day, and as many
   others as there is room for.
2. Catalogs are read from git's blobs, each content once; what was counted is remembered in ``.polyhelp/``.
3. A review counts when it fits the source, the target and the region data of that commit.
4. The last point is what stands on disk now, where that differs from the last commit.

What cannot be had (no git, a shallow clone) is a remark, not a failure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from polyhelp import git, locales
from polyhelp.errors import GitError, InputError
from polyhelp.locales.layout import article_of
from polyhelp.model import Locale, digest
from polyhelp.regions import Digests, is_template
from polyhelp.workflow import authority
from polyhelp.workflow.counted import Counted, Numbers
from polyhelp.workflow.past_regions import past
from polyhelp.workflow.project import Project
from polyhelp.workflow.status import STATES, Point, Progress, Row, by_locale, counts, remembered
from polyhelp.workflow.today import today

POINTS = 30
"""How many points a trend has when nobody says."""

UNREAD = 20_000
"""Catalogs that one run reads at most; the next run goes on from there."""

FOLDER = "locales"

_T = TypeVar("_T")


def trend(
    project: Project, rows: Iterable[Row], most: int = POINTS, progress: Progress = lambda _: None
) -> tuple[Point, ...]:
    """At most ``most`` points, oldest first, for the locales of ``rows``, which are the counts of today.

    ``progress`` is called after each point.
    """
    words = {row.locale: row.words for row in by_locale(rows)}
    past: tuple[Point, ...] = ()
    try:
        past = _past(project, tuple(words), most, progress)
    except GitError as error:
        project.remarks.append(f"no trend: {error.message}")
    if past and past[-1].words == words:
        return past
    midnight = int(dt.datetime.fromisoformat(f"{today()}T00:00:00+00:00").timestamp())
    now = Point(today(), max([midnight, *(point.time for point in past)]), "", words)
    return (*past, now)[-most:]


def choose(commits: Sequence[git.Commit], most: int) -> tuple[git.Commit, ...]:
    """At most ``most`` of ``commits`` (latest first): the last of each day, then others, evenly; oldest first."""
    ends = set({commit.day: commit for commit in reversed(commits)}.values())
    last_of_day = [commit for commit in reversed(commits) if commit in ends]
    if len(last_of_day) >= most:
        return tuple(_spread(last_of_day, most))
    others = [commit for commit in commits if commit not in ends]
    chosen = {*ends, *_spread(others, most - len(ends))}
    return tuple(commit for commit in reversed(commits) if commit in chosen)


def _spread(items: Sequence[_T], most: int) -> Iterator[_T]:
    """At most ``most`` of ``items`` at even distances, the last one always among them."""
    number = min(most, len(items))
    step = (len(items) - 1) / (number - 1) if number > 1 else 0
    for at in range(number):
        yield items[len(items) - 1 - round((number - 1 - at) * step)]


def _past(project: Project, targets: Sequence[Locale], most: int, progress: Progress) -> tuple[Point, ...]:
    """The points that are commits, oldest first. Raises GitError."""
    commits = git.commits(project.root, FOLDER)
    if git.is_partial(project.root):
        project.remarks.append("no trend: this clone lacks the contents of old files; clone it without --filter")
        return ()
    if git.is_shallow(project.root):
        project.remarks.append("the trend begins where this clone does: git fetch --unshallow brings the rest")
    if not commits:
        project.remarks.append("no trend: no commit has catalogs yet")
    points: list[Point] = []
    memory = remembered(project)
    with git.Blobs(project.root) as blobs:
        reader = _Reader(project, targets, blobs, memory)
        for commit in reversed(choose(commits, most)):
            point = reader.point(commit)
            if point is None:
                project.remarks.append(f"the trend is not complete: {UNREAD:,} catalogs were read; run it again")
                break
            points.append(point)
            progress(1)
    memory.save()
    if reader.broken:
        project.remarks.append(f"old catalogs that cannot be read are left out of the trend: {len(reader.broken)}")
    return tuple(reversed(points))


@dataclass
class _Reader:
    """Reads the catalogs of commits."""

    project: Project
    targets: Sequence[Locale]
    blobs: git.Blobs
    memory: Counted
    read: int = 0
    broken: set[str] = field(default_factory=set)
    _digests: dict[str, Digests] = field(default_factory=dict)

    def point(self, commit: git.Commit) -> Point | None:
        """The counts at ``commit``; None when it takes reading more catalogs than one run may. Raises GitError."""
        data = f"{self.project.settings.content.as_posix()}/regions"
        found = git.files(self.project.root, commit.id, FOLDER, data)
        regions = {path: blob for path, blob in found.items() if path.startswith(f"{data}/")}
        tags = {locale.tag: locale for locale in self.targets}
        sums: dict[Locale, list[int]] = {}
        for path, blob in found.items():
            tag, _, article = path.removeprefix(f"{FOLDER}/").partition("/")
            if path.startswith(f"{FOLDER}/") and path.endswith(".po") and tag in tags:
                if self.read >= UNREAD:
                    return None
                words = self._words(blob, tags[tag], article, regions)
                own = sums.setdefault(tags[tag], [0] * len(STATES))
                own[:] = [before + more for before, more in zip(own, words, strict=True)]
        return Point(commit.day, commit.time, commit.id, {locale: tuple(words) for locale, words in sums.items()})

    def _words(self, blob: str, locale: Locale, article: str, regions: Mapping[str, str]) -> tuple[int, ...]:
        mark = authority.mark(self.project, locale, article_of(article))
        plain, with_data = f"{blob}{mark}", f"{blob}{mark} {digest(*regions, *regions.values())}"
        key = next((key for key in (plain, with_data) if key in self.memory), "")
        if not key:
            reads_data, numbers = self._counted(blob, locale, article, regions)
            key = with_data if reads_data else plain
            self.memory[key] = numbers
        known = self.memory[key]
        if known is None:
            self.broken.add(blob)
            return (0,) * len(STATES)
        return known[len(STATES) :]

    def _counted(self, blob: str, locale: Locale, article: str, regions: Mapping[str, str]) -> tuple[bool, Numbers]:
        """Whether region data has a say in it, and the units and words of a catalog; None when it cannot be read."""
        self.read += 1
        data = self.blobs.read(blob)
        try:
            catalog = locales.parse(data, locale, article, article)
            reads_data = any(is_template(unit.source) for unit in catalog.current)
            enough = authority.enough(self.project, locale, article_of(article))
            units, words = counts(catalog, self._digest(regions) if reads_data else Digests({}), enough)
        except InputError:
            return False, None
        return reads_data, (*units, *words)

    def _digest(self, regions: Mapping[str, str]) -> Digests:
        """What gives the digest of the region data that a source reads, for the files ``regions``: path -> blob."""
        name = digest(*regions, *regions.values())
        if name not in self._digests:
            names = {path.rpartition("/regions/")[2]: blob for path, blob in regions.items()}
            files = {file: self.blobs.read(blob) for file, blob in names.items() if "/" not in file}
            then = past(files, "regions", self.project.day)
            self._digests[name] = Digests(then.regions, self.project.template_names)
        return self._digests[name]
