"""The translation memory of a help center: filled from its catalogs and TMX files, asked by unit.

Where it is: ``.polyhelp/memory.sqlite``, a cache. What it is filled from:

1. Every catalog below ``locales/``, also those of articles that are gone: current and obsolete units with a target.
   A unit that is fuzzy because its source changed gives the pair that its target was made for.
2. ``.polyhelp/tmx/*.tmx``: what ``polyhelp memory import`` took over. The folder is not in git, and nothing here ever
   deletes from it.
3. ``locales/*.tmx``: TMX files that are kept in git, so that every machine and the continuous integration has them.

A file is read again when its content has changed, and only then. Without the database (locked, unwritable, broken
twice) the work goes on without the memory, with one remark.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from polyhelp import locales as catalogs
from polyhelp.errors import InputError, OutsideError, Place, UsageError
from polyhelp.locales.layout import FOLDER as LOCALES
from polyhelp.locales.layout import article_of
from polyhelp.memory import EDGE, Match, MatchKind, Pair, Query, Standing, Store, lookup, standing, tmx
from polyhelp.memory.store import Counts
from polyhelp.model import Catalog, Key, Locale, State, Unit, digest
from polyhelp.text.words import word_count
from polyhelp.workflow.project import POLICIES, Project

FOLDER = ".polyhelp"
IMPORTS = f"{FOLDER}/tmx"
_COMMIT = 20_000
"""Pairs per transaction: other processes get their turn in between, and an interruption loses little."""


class Memory:
    """The memory while a verb works: opened and brought up to date at the first question, closed at the end.

    ``locales`` are the ones that will be asked about; their parents come along.
    """

    def __init__(self, project: Project, locales: Iterable[Locale]) -> None:
        self._project = project
        self._locales = tuple(locales)
        self._store: Store | None = None
        self._off = False
        self._useful: dict[Locale, bool] = {}

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        if self._store is not None:
            self._store.close()

    def store(self) -> Store | None:
        """The open store, up to date; None when there can be none (a remark says why)."""
        if self._store is None and not self._off:
            try:
                self._store = opened(self._project, self._locales)
            except OutsideError as error:
                self._give_up(error)
        return self._store

    def matches(self, query: Query, minimum: int, limit: int = 5) -> tuple[Match, ...]:
        """The best matches for ``query``; none when there is no memory."""
        store = self.store()
        if store is None:
            return ()
        try:
            if minimum < 100 and query.locale not in self._useful:
                self._useful[query.locale] = store.useful(query.locale.lineage)
            return lookup(store, query, minimum if self._useful.get(query.locale) else 100, limit)
        except OutsideError as error:
            self._give_up(error)
            return ()

    def _give_up(self, error: OutsideError) -> None:
        self._off, self._store = True, None
        remark = f"{error.place}: {error.message}; going on without it"
        if remark not in self._project.remarks:
            self._project.remarks.append(remark)


def opened(project: Project, locales: Iterable[Locale]) -> Store:
    """The help center's store, up to date for ``locales`` and their parents; to be closed. Raises OutsideError."""
    file = project.root / FOLDER / "memory.sqlite"
    _keep_out_of_git(file.parent)
    store = Store(file, project.shown(file))
    if store.renewed:
        project.remarks.append(f"{store.shown}: the translation memory was broken and is made anew from the catalogs")
    try:
        if store.worn():
            store.clear()
        _refresh(project, store, locales)
    except BaseException:
        store.close()
        raise
    return store


def _keep_out_of_git(folder: Path) -> None:
    with suppress(OSError):  # a folder that may not be written is the store's to explain
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")


# ---------------------------------------------------------------- filling


def _refresh(project: Project, store: Store, locales: Iterable[Locale]) -> None:
    """Read what has changed, forget what is gone."""
    known = store.books()
    wanted = {tag.tag for locale in locales for tag in locale.lineage}
    found = dict(_hashes(project, wanted))
    covered = {name for name in known if _tag_of(name) in wanted or name.endswith(".tmx")}
    gone = [name for name in covered if name not in found]
    changed = [name for name, hash_ in found.items() if known.get(name) != hash_]
    read: dict[str, list[Pair]] = {}  # before the transaction: reading takes longer than writing
    for name in changed:
        if name.endswith(".po"):
            read[name] = list(_of_catalog(project, name))
            if sum(map(len, read.values())) >= _COMMIT:
                _put(store, read, found)
    _put(store, read, found)
    for name in changed:
        if name.endswith(".tmx"):
            project.attempt(lambda name=name: _put_tmx(project, store, name, found[name]))  # type: ignore[misc]
    if gone:
        with store.writing():
            store.remove(gone)


def _put(store: Store, read: dict[str, list[Pair]], hashes: Mapping[str, str]) -> None:
    """Store what was read, and forget it here."""
    if read:
        with store.writing():
            for name, found in read.items():
                store.put(name, hashes[name], found)
        read.clear()


def _hashes(project: Project, tags: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every file that the memory is filled from, by its name in the project, with a hash of what it says."""
    salt = _region_salt(project)
    folder = project.root / "locales"
    for tag in sorted(tags):
        for file in sorted((folder / tag).rglob("*.po")):
            name = project.shown(file)
            yield from _hash(file, name, salt if name.startswith(f"locales/{tag}/{POLICIES}") else b"")
    for file in (*sorted(folder.glob("*.tmx")), *sorted((project.root / IMPORTS).glob("*.tmx"))):
        yield from _hash(file, project.shown(file), project.settings.source.tag.encode())


def _hash(file: Path, name: str, salt: bytes) -> Iterator[tuple[str, str]]:
    work = hashlib.sha256(salt)
    with suppress(OSError), file.open("rb") as data:  # unreadable files are noted by who needs them
        while block := data.read(1 << 20):
            work.update(block)
        yield name, work.hexdigest()


def _region_salt(project: Project) -> bytes:
    """Whether a policy's unit is reviewed depends on region data too."""
    work = hashlib.sha256()
    for file in sorted((project.content / "regions").glob("*.yml")):
        with suppress(OSError):
            work.update(file.read_bytes())
    return work.digest()


def _tag_of(name: str) -> str:
    parts = name.split("/")
    return parts[1] if parts[0] == "locales" and len(parts) > 2 else ""


def _of_catalog(project: Project, name: str) -> Iterator[Pair]:
    """The pairs of one catalog; none, after noting the problem, when it cannot be read."""
    locale = Locale(_tag_of(name))
    path = article_of(name.removeprefix(f"{LOCALES}/{locale.tag}/"))
    catalog = project.attempt(lambda: catalogs.read(project.root / name, locale, path, name))
    return pairs(project, catalog) if catalog else iter(())


def _put_tmx(project: Project, store: Store, name: str, hash_: str) -> None:
    """Store a TMX file: whole, or not at all when it is broken."""
    with store.writing():
        store.put(name, hash_, tmx.read(project.root / name, name, project.settings.source))


def pairs(project: Project, catalog: Catalog) -> Iterator[Pair]:
    """What a catalog gives to the memory."""
    places = neighbors(catalog)
    for unit in catalog.units:
        if not unit.target:
            continue
        before, after = ("", "") if unit.obsolete else places[unit.key]
        state = unit.state(project.data_digest(unit.source, unit.seen) if unit.review else "")
        if unit.previous:  # the target was made for another source than today's
            before = after = ""
            state = State.INITIAL
        yield Pair(
            unit.previous or unit.source,
            unit.target,
            catalog.locale,
            unit.context,
            catalog.path,
            before,
            after,
            standing(state, unit.maker),
            unit.maker,
            unit.origin.date if unit.origin else "",
        )


def neighbors(catalog: Catalog) -> dict[Key, tuple[str, str]]:
    """Every current unit's neighbours: the digests of the sources before and after it."""
    units = catalog.current
    sides = [EDGE, *(digest(unit.source) for unit in units), EDGE]
    return {unit.key: (sides[at], sides[at + 2]) for at, unit in enumerate(units)}


def query(catalog: Catalog, unit: Unit, places: Mapping[Key, tuple[str, str]]) -> Query:
    """What to ask the memory for ``unit``, given the :func:`neighbors` of its catalog."""
    return Query(unit.source, catalog.locale, unit.context, catalog.path, *places.get(unit.key, ("", "")))


# ---------------------------------------------------------------- counting


class MatchClass(StrEnum):
    """How much work a source is, as translators count it; the order is the order of counting."""

    IN_CONTEXT = "in-context"
    EXACT = "100"
    MACHINE = "machine"
    """A machine's target for exactly this source, on another page, that nobody has looked at."""
    REPETITION = "repetition"
    """The same source comes again in the same job."""
    FUZZY_95 = "95-99"
    FUZZY_85 = "85-94"
    FUZZY_75 = "75-84"
    FUZZY_50 = "50-74"
    NONE = "no match"


_FLOORS = ((95, MatchClass.FUZZY_95), (85, MatchClass.FUZZY_85), (75, MatchClass.FUZZY_75), (50, MatchClass.FUZZY_50))


@dataclass(frozen=True, slots=True)
class Leverage:
    """What waits for a translation in ``locale``, by class: numbers of segments and of source words."""

    locale: Locale
    segments: Mapping[MatchClass, int]
    words: Mapping[MatchClass, int]

    @property
    def total(self) -> int:
        """All words that wait."""
        return sum(self.words.values())


def leverage(project: Project, locale: Locale, memory: Memory | None = None) -> Leverage:
    """How much of what waits for a translation in ``locale`` the memory covers.

    Counted are units without a target and units whose source has changed under their target. ``memory`` is one that
    is open already.
    """
    if memory is None:
        with Memory(project, [locale]) as own:
            return leverage(project, locale, own)
    segments: Counter[MatchClass] = Counter()
    words: Counter[MatchClass] = Counter()
    seen: set[Key] = set()
    for catalog in project.catalogs(locale):
        places = neighbors(catalog)
        for unit in catalog.current:
            if not unit.target or (unit.fuzzy and unit.previous):
                class_ = _class(memory, query(catalog, unit, places), again=unit.key in seen)
                segments[class_] += 1
                words[class_] += word_count(unit.source)
                seen.add(unit.key)
    return Leverage(locale, _in_order(segments), _in_order(words))


def _class(memory: Memory, wanted: Query, *, again: bool) -> MatchClass:
    best = next(iter(memory.matches(wanted, 100 if again else 50, 1)), None)
    if best is not None and best.similarity == 100:
        if best.pair.standing is Standing.MACHINE:
            return MatchClass.MACHINE
        return MatchClass.IN_CONTEXT if best.kind is MatchKind.IN_CONTEXT else MatchClass.EXACT
    if again:
        return MatchClass.REPETITION
    similarity = best.similarity if best else 0
    return next((class_ for floor, class_ in _FLOORS if similarity >= floor), MatchClass.NONE)


def _in_order(counts: Mapping[MatchClass, int]) -> dict[MatchClass, int]:
    return {class_: counts.get(class_, 0) for class_ in MatchClass}


# ---------------------------------------------------------------- the command's verbs


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import took over: where it is kept, pairs by locale, and locales that no target locale looks at."""

    kept: str
    pairs: Mapping[Locale, int]
    unused: tuple[Locale, ...]


def stats(project: Project) -> Counts:
    """What the memory holds, brought up to date first. Raises OutsideError."""
    with opened(project, project.settings.targets) as store:
        return store.counts()


def import_tmx(project: Project, file: Path, renamed: Mapping[Locale, Locale]) -> Imported:
    """Take over a TMX file: its pairs are written to ``.polyhelp/tmx/``, from where they are read ever after.

    ``renamed`` maps locales of the file to those of the help center. The same name again replaces what it brought.
    Raises InputError when the file is no TMX or has no pair from the source locale; WriteError.
    """
    source = project.settings.source
    counts: Counter[Locale] = Counter()

    def counted() -> Iterator[Pair]:
        for pair in tmx.read(file, str(file), source, renamed):
            counts[pair.locale] += 1
            yield pair
        if not counts:
            raise InputError(
                f"there is no pair from {source} to another language", Place(str(file)), "nothing was taken over"
            )

    kept = project.root / IMPORTS / f"{file.stem}.tmx"
    _keep_out_of_git(project.root / FOLDER)
    tmx.write(kept, project.shown(kept), counted(), source)
    used = {locale for target in project.settings.targets for locale in target.lineage}
    unused = tuple(sorted(locale for locale in counts if locale not in used))
    return Imported(project.shown(kept), dict(sorted(counts.items())), unused)


def export_tmx(project: Project, targets: Iterable[Locale], file: Path) -> tuple[int, int]:
    """Write the pairs of ``targets`` to a TMX file; numbers of pairs written, and left out for characters XML lacks.

    Raises OutsideError or WriteError.
    """
    targets = tuple(targets)
    with opened(project, targets) as store:
        return tmx.write(file, str(file), store.pairs(targets), project.settings.source)


def search(
    project: Project, text: str, locale: Locale, limit: int = 5, also: Iterable[Locale] = ()
) -> tuple[Match, ...]:
    """The best matches for a text, from 50 on. ``also`` names other locales to look at. Raises OutsideError."""
    also = tuple(also)
    with opened(project, (locale, *also)) as store:
        return lookup(store, Query(text, locale), 50, limit, also)


def tags(given: Iterable[str]) -> tuple[Locale, ...]:
    """Language tags as locales. Raises UsageError."""
    try:
        return tuple(Locale.parse(tag) for tag in given)
    except ValueError as error:
        raise UsageError(str(error)) from None


def renaming(given: Iterable[str]) -> dict[Locale, Locale]:
    """``de-DE=de`` as locales. Raises UsageError when one is no pair of language tags."""
    renamed = {}
    for text in given:
        old, _, new = text.partition("=")
        try:
            renamed[Locale.parse(old)] = Locale.parse(new)
        except ValueError as error:
            raise UsageError(f"cannot rename: {error}", hint="write it as --as de-DE=de") from None
    return renamed
