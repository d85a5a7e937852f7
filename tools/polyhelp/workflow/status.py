"""Counts by locale and article: how many source words are in which state, and the page that shows it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from polyhelp.locales import files
from polyhelp.locales.sync import Means, bring_up_to_date
from polyhelp.model import Catalog, Document, Enough, Locale, State, Unit, digest
from polyhelp.site import dashboard
from polyhelp.text.words import word_count
from polyhelp.workflow import authority
from polyhelp.workflow.counted import Counted
from polyhelp.workflow.gate import DataDigest
from polyhelp.workflow.project import Project

STATES = ("missing", "changed", "machine", "translated", "reviewed")
"""In the order of progress: no target; source changed since; unreviewed machine output; a person's; accepted."""

NOT_READY = 2
"""How many of STATES, the first ones, hold no words that could be shown."""


Progress = Callable[[int], None]
"""Is told how much has just been finished."""

_words = lru_cache(maxsize=1 << 16)(word_count)
"""The words of a source, which every locale asks for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One catalog: units and source words in each of STATES, in that order."""

    locale: Locale
    path: str
    units: tuple[int, ...]
    words: tuple[int, ...]

    @property
    def ready(self) -> int:
        """The share of source words that are neither missing nor changed, in percent."""
        return share(sum(self.words[NOT_READY:]), sum(self.words))

    @property
    def shares(self) -> tuple[int, ...]:
        """The share of source words in each of STATES, in percent."""
        return tuple(share(words, sum(self.words)) for words in self.words)


@dataclass(frozen=True, slots=True)
class Point:
    """The source words in each of STATES on one day, by locale. ``commit`` is ``""`` for what is not committed."""

    day: str
    time: int
    commit: str
    words: dict[Locale, tuple[int, ...]]


def status(project: Project, targets: Iterable[Locale], progress: Progress = lambda _: None) -> tuple[Row, ...]:
    """One row per locale and article, in the order of the articles. ``progress`` is called after each catalog.

    Every catalog is counted as sync would leave it: an article that was never synced counts as missing.
    """
    memory = remembered(project)
    wanted = {path: _wanted(project, document) for path, document in project.documents.items()}
    rows = []
    for locale in targets:
        for path in project.documents:
            row = _known(project, memory, locale, path, wanted[path])
            if row is not None:
                rows.append(row)
            progress(1)
    memory.save()
    return tuple(rows)


def remembered(project: Project) -> Counted:
    """The counts of this project that were made before: units, then words."""
    return Counted(project.root, f"units and words {', '.join(STATES)}", 2 * len(STATES))


def by_locale(rows: Iterable[Row]) -> tuple[Row, ...]:
    """One row per locale, the sums of its articles; ``path`` is ``""``."""
    own: dict[Locale, list[Row]] = {}
    for row in rows:
        own.setdefault(row.locale, []).append(row)
    return tuple(
        Row(locale, "", _sums([row.units for row in of]), _sums([row.words for row in of]))
        for locale, of in own.items()
    )  # fmt: skip


def share(part: int, whole: int) -> int:
    """``part`` of ``whole`` in percent, rounded; 0 only for nothing, and 100 only for everything."""
    if not part:
        return 0
    return 100 if part == whole else min(99, max(1, round(100 * part / whole)))


def write_page(project: Project, rows: Sequence[Row], trend: Sequence[Point], file: Path) -> bool:
    """Write the status as an HTML page that needs nothing else; whether the file changed. Raises WriteError.

    ``trend`` is oldest first; what is remarked about the project stands on the page too.
    """
    names = project.settings.names
    standings = [
        dashboard.Standing(
            total.locale,
            names.get(total.locale, total.locale.tag),
            _count(total),
            tuple(_count(row) for row in rows if row.locale == total.locale),
            tuple(_moment(point, total.locale) for point in trend if total.locale in point.words),
        )
        for total in by_locale(rows)
    ]
    text = dashboard.page(project.settings.site_name, STATES, standings, project.remarks)
    return files.write(file, text, str(file))


def one_of_two(project: Project, targets: Iterable[Locale]) -> Mapping[Locale, int]:
    """How many units of each locale one person has accepted where it takes two; locales without any are left out."""
    waiting: Counter[Locale] = Counter()
    for locale in targets if project.rights.has_two else ():
        for catalog in project.catalogs(locale):
            units = (one for one in catalog.current if authority.wants_second(project, project.rights, catalog, one))
            waiting[locale] += sum(1 for _ in units)
    return {locale: number for locale, number in waiting.items() if number}


def state_of(unit: Unit, data: str, enough: Enough = bool) -> str:
    """The unit's state in the words of STATES. A review that has expired counts as what is left without it.

    So does one of a single person where ``enough`` says that it takes two.
    """
    if not unit.target:
        return "missing"
    if unit.state(data, enough) is State.REVIEWED:
        return "reviewed"
    if unit.fuzzy and (unit.previous or unit.draft or not unit.by_machine):
        return "changed"
    return "machine" if unit.by_machine else "translated"


def counts(catalog: Catalog, data: DataDigest, enough: Enough = bool) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Units and source words in each of STATES; ``data`` gives the digest of the region data that a source reads.

    ``enough`` says whether those who have accepted a unit are as many as it takes.
    """
    units, words = [0] * len(STATES), [0] * len(STATES)
    for unit in catalog.current:
        at = STATES.index(state_of(unit, data(unit.source, unit.seen), enough))
        units[at] += 1
        words[at] += _words(unit.source)
    return tuple(units), tuple(words)


def _wanted(project: Project, document: Document) -> str:
    """A digest of all that the counts of the document's catalogs depend on, but the catalogs."""
    segments = document.segments
    return digest(*(text for one in segments for text in (one.source, one.context, project.data_digest(one.source))))


def _known(project: Project, memory: Counted, locale: Locale, path: str, wanted: str) -> Row | None:
    """The row of one catalog, from memory where its file was counted before; None when it cannot be read."""
    try:
        with open(project.catalog_file(locale, path), "rb") as file:  # noqa: PTH123 (a Path takes twice as long)
            name = f"{hashlib.sha256(file.read()).hexdigest()[:32]} {wanted}{authority.mark(project, locale, path)}"
    except OSError:
        name = ""  # there is none, or the reader will say what is wrong
    known = memory[name] if name and name in memory else None
    if known is None:
        catalog = project.attempt(lambda: project.catalog(locale, path))
        if catalog is None:
            return None
        means = Means(data=project.data_digest)
        complete = bring_up_to_date(project.documents[path], catalog, means).catalog
        units, words = counts(complete, project.data_digest, authority.enough(project, locale, path))
        known = (*units, *words)
        if name:
            memory[name] = known
    return Row(locale, path, known[: len(STATES)], known[len(STATES) :])


def _count(row: Row) -> dashboard.Count:
    return dashboard.Count(row.path, row.words, row.shares, row.ready)


def _moment(point: Point, locale: Locale) -> dashboard.Moment:
    return dashboard.Moment(point.day, point.time, point.commit, point.words[locale])


def _sums(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))
