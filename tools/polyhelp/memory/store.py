"""The memory's pairs on disk: stored book by book, found by source.

A book is what pairs come from: a catalog, or a TMX file. It is known by a name and a hash of its content, so that
only books that changed are read again. Sources are kept once, whatever number of books and locales they stand in.

    source   text, its hash, the hash of its form if it has codes, the form without numbers where that is another
    unit     a pair: source, locale, standing, where it stood, target, maker, date
    posting  feature -> the sources that have it, the latest ones where they are many
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from polyhelp.memory import database
from polyhelp.memory.features import features
from polyhelp.memory.forms import form, without_numbers
from polyhelp.memory.pair import Pair, Standing
from polyhelp.model import Locale, digest

LONGEST = 8_192
"""Sources kept per feature. What more than so many sources have in common tells nothing about any of them."""
_BATCH = 50_000
_BYTES = 4
_TOP = 1 << 63
_UNITS = (
    "SELECT source.text, unit.target, unit.locale, unit.context, page.path, unit.before, unit.after, unit.standing, "
    "unit.maker, unit.date FROM unit JOIN source ON source.id = unit.source JOIN page ON page.id = unit.page "
)
_SOURCE = (
    "SELECT source.text, unit.target, unit.locale, unit.context, page.path, unit.before, unit.after, unit.standing, "
    "unit.maker, unit.date FROM source CROSS JOIN unit ON unit.source = source.id "
    "JOIN page ON page.id = unit.page WHERE "
)
_IN = "unit.locale IN (SELECT value FROM json_each(?)) "
_BEST = "ORDER BY unit.standing DESC LIMIT ?"
_BY_KEY = f"{_SOURCE} source.key = ? AND {_IN}{_BEST}"
_BY_SHAPE = f"{_SOURCE} source.shape = ? AND {_IN}{_BEST}"
_BY_ID = f"{_SOURCE} source.id = ? AND {_IN}{_BEST}"
_BY_PLACE = f"{_SOURCE} source.key = ? AND {_IN}AND unit.before IS ? AND unit.after IS ? {_BEST}"
_ALL = f"{_UNITS}{{where}}ORDER BY unit.locale, page.path, source.text, unit.target, unit.context, unit.id"


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in the memory: pairs by locale and standing; sources; books by name; bytes on disk."""

    pairs: Mapping[Locale, Mapping[Standing, int]]
    sources: int
    books: Mapping[str, int]
    size: int


class Store:
    """The memory in one file. Every method raises OutsideError when the file fails; the store is closed then.

    ``renewed`` says that a broken file was dropped when the store was opened.
    """

    def __init__(self, file: Path, shown: str) -> None:
        self.file, self.shown, self.renewed = file, shown, False
        try:
            self._db = self._opened()
        except (sqlite3.Error, OSError) as error:
            raise database.explained(error, shown) from error
        self._new = _New()

    def _opened(self) -> sqlite3.Connection:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        try:
            return database.connect(self.file)
        except sqlite3.Error as error:
            if not database.broken(error):
                raise
        database.drop(self.file)
        self.renewed = True
        return database.connect(self.file)

    def close(self) -> None:
        """Close the file. A closed store may be closed again."""
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn what SQLite raises into one error for a person; a broken file is dropped, for the next one to make."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self.close()
            if database.broken(error):
                with suppress(sqlite3.Error, OSError):
                    database.drop(self.file)
            raise database.explained(error, self.shown) from error

    # ------------------------------------------------------------ writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: everything that is put and removed in the block, or nothing of it."""
        with self._guarded():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._new = _New((self._db.execute("SELECT max(id) FROM source").fetchone()[0] or 0) + 1)
                yield
                self._flush()
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._new = _New()

    def put(self, name: str, hash_: str, pairs: Iterable[Pair]) -> int:
        """Store a book in place of the one of the same name; the number of pairs. Only inside :meth:`writing`."""
        self.remove([name])
        book = self._db.execute("INSERT INTO book (name, hash) VALUES (?, ?)", (name, hash_)).lastrowid or 0
        count = 0
        for pair in pairs:
            self._add(book, pair)
            count += 1
        return count

    def remove(self, names: Iterable[str]) -> None:
        """Take books out. Only inside :meth:`writing`."""
        for name in names:
            found = self._db.execute("SELECT id FROM book WHERE name = ?", (name,)).fetchone()
            if found:
                self._flush()
                self._db.execute("DELETE FROM unit WHERE book = ?", found)
                self._db.execute("DELETE FROM book WHERE id = ?", found)

    def clear(self) -> None:
        """Take everything out."""
        with self.writing():
            for table in ("book", "page", "source", "unit", "posting"):
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)
            self._new = _New()

    def _add(self, book: int, pair: Pair) -> None:
        new = self._new
        source = new.sources.get(pair.source)
        if source is None:
            source = new.sources[pair.source] = self._source(pair.source)
        page = new.pages.get(pair.path)
        if page is None:
            page = new.pages[pair.path] = self._page(pair.path)
        new.units.append((
            source, pair.locale.tag, int(pair.standing), book, page, _signed(pair.before), _signed(pair.after),
            pair.context, pair.target, pair.maker, pair.date,
        ))  # fmt: skip
        if len(new.units) >= _BATCH:
            self._flush()

    def _source(self, text: str) -> int:
        key = _key(text)
        for id_, known in self._db.execute("SELECT id, text FROM source WHERE key = ?", (key,)):
            if known == text:
                return int(id_)
        new = self._new
        id_, new.next = new.next, new.next + 1
        shape = form(text)
        compared = without_numbers(shape)
        new.rows.append(
            (id_, key, None if shape == text else _key(shape), text, None if compared == text else compared)
        )
        postings = new.postings
        for feature in features(shape):
            postings[feature].append(id_)
        return int(id_)

    def _page(self, path: str) -> int:
        self._db.execute("INSERT OR IGNORE INTO page (path) VALUES (?)", (path,))
        return int(self._db.execute("SELECT id FROM page WHERE path = ?", (path,)).fetchone()[0])

    def _flush(self) -> None:
        new = self._new
        self._db.executemany("INSERT INTO source (id, key, shape, text, form) VALUES (?, ?, ?, ?, ?)", new.rows)
        self._db.executemany(
            "INSERT INTO unit (source, locale, standing, book, page, before, after, context, target, maker, date) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            new.units,
        )
        self._db.executemany(
            "INSERT INTO posting (bucket, ids) VALUES (?, ?) ON CONFLICT (bucket) DO UPDATE SET "
            "ids = substr(CAST(ids || excluded.ids AS BLOB), ?)",
            ((bucket, new.postings[bucket][-LONGEST:].tobytes(), -LONGEST * _BYTES) for bucket in sorted(new.postings)),
        )
        self._new = _New(new.next)

    # ------------------------------------------------------------ reading

    def books(self) -> dict[str, str]:
        """The books' names, each with the hash that it was put with."""
        with self._guarded():
            return dict(self._db.execute("SELECT name, hash FROM book"))

    def worn(self) -> bool:
        """Whether most of the sources have lost their pairs, so that building anew is worth it."""
        with self._guarded():
            sources = self._db.execute("SELECT coalesce(max(rowid), 0) FROM source").fetchone()[0]
            units = self._db.execute("SELECT count(*) FROM unit").fetchone()[0]
            return bool(sources > 10_000 and sources > 3 * units)

    def useful(self, locales: Iterable[Locale]) -> bool:
        """Whether there is any pair of ``locales`` that may answer another source than its own."""
        with self._guarded():
            found = self._db.execute(
                f"SELECT EXISTS (SELECT 1 FROM unit WHERE {_IN}AND standing <> ?)",  # noqa: S608 (our own words)
                (_tags(locales), int(Standing.MACHINE)),
            )
            return bool(found.fetchone()[0])

    def pairs(self, locales: Iterable[Locale] = ()) -> Iterator[Pair]:
        """Every pair of ``locales`` (of all of them when there are none), in an order that only the pairs decide."""
        tags = [locale.tag for locale in locales]
        statement = _ALL.format(where=f"WHERE {_IN}" if tags else "")
        with self._guarded():
            cursor = self._db.execute(statement, (json.dumps(tags),) if tags else ())
            while rows := cursor.fetchmany(1000):
                yield from map(_pair, rows)

    def equal(self, text: str, locales: Iterable[Locale], most: int) -> list[Pair]:
        """Pairs with exactly this source, the best standing first."""
        return [pair for pair in self._found(_BY_KEY, _key(text), locales, most) if pair.source == text]

    def in_place(self, text: str, locales: Iterable[Locale], before: str, after: str) -> list[Pair]:
        """Pairs with exactly this source between these neighbours."""
        with self._guarded():
            given = (_key(text), _tags(locales), _signed(before), _signed(after), 16)
            found = [_pair(row) for row in self._db.execute(_BY_PLACE, given)]
        return [pair for pair in found if pair.source == text]

    def alike(self, form_: str, locales: Iterable[Locale], most: int) -> list[Pair]:
        """Pairs whose source has codes and this form."""
        return self._found(_BY_SHAPE, _key(form_), locales, most)

    def of_source(self, id_: int, locales: Iterable[Locale], most: int) -> list[Pair]:
        """Pairs of the source that :meth:`candidates` named."""
        return self._found(_BY_ID, id_, locales, most)

    def _found(self, statement: str, key: int, locales: Iterable[Locale], most: int) -> list[Pair]:
        with self._guarded():
            return [_pair(row) for row in self._db.execute(statement, (key, _tags(locales), most))]

    def candidates(self, form_: str, budget: int, most: int) -> list[int]:
        """Sources that share features with a form, at most ``most``, those that share most first.

        The rarest features are looked at first, until ``budget`` places have been read.
        """
        with self._guarded():
            given = (json.dumps(list(features(form_))),)
            sizes = self._db.execute(
                "SELECT length(ids), bucket FROM posting WHERE bucket IN (SELECT value FROM json_each(?))", given
            ).fetchall()
            counts: Counter[int] = Counter()
            for size, bucket in sorted(sizes):
                budget -= size // _BYTES
                if budget < 0 and counts:
                    break
                (data,) = self._db.execute("SELECT ids FROM posting WHERE bucket = ?", (bucket,)).fetchone()
                ids = array("I")
                ids.frombytes(data)
                counts.update(ids)
        least, room = 0, most
        for level, ids_ in sorted(Counter(counts.values()).items(), reverse=True):
            least, room = level, room - ids_
            if room <= 0:
                break
        many = [id_ for id_, count in counts.items() if count >= least]
        return sorted(many, key=counts.__getitem__, reverse=True)[:most]

    def texts(self, ids: Iterable[int]) -> list[tuple[int, str, str]]:
        """For sources by number: number, text, form without numbers."""
        with self._guarded():
            return self._db.execute(
                "SELECT id, text, coalesce(form, text) FROM source WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            ).fetchall()

    def counts(self) -> Counts:
        """What is in the memory, in numbers."""
        with self._guarded():
            pairs: dict[Locale, dict[Standing, int]] = {}
            rows = self._db.execute("SELECT locale, standing, count(*) FROM unit GROUP BY 1, 2 ORDER BY 1, 2")
            for tag, standing, count in rows:
                pairs.setdefault(Locale(tag), {})[Standing(standing)] = count
            sources = self._db.execute("SELECT count(*) FROM source").fetchone()[0]
            books = dict(
                self._db.execute(
                    "SELECT name, count(unit.id) FROM book LEFT JOIN unit ON unit.book = book.id "
                    "GROUP BY book.id ORDER BY name"
                )
            )
            size = self._db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
        return Counts(pairs, sources, books, size[0])


def _numbers() -> array[int]:
    return array("I")


class _New:
    """What a transaction has not written yet."""

    __slots__ = ("next", "pages", "postings", "rows", "sources", "units")

    def __init__(self, next_: int = 1) -> None:
        self.next = next_
        self.sources: dict[str, int] = {}
        self.pages: dict[str, int] = {}
        self.rows: list[tuple[int, int, int | None, str, str | None]] = []
        self.units: list[tuple[object, ...]] = []
        self.postings: defaultdict[int, array[int]] = defaultdict(_numbers)


def _pair(row: tuple[str, str, str, str, str, int | None, int | None, int, str, str]) -> Pair:
    source, target, tag, context, path, before, after, standing, maker, date = row
    places = _hex(before), _hex(after)
    return Pair(source, target, Locale(tag), context, path, *places, Standing(standing), maker, date)


def _key(text: str) -> int:
    return _signed(digest(text)) or 0


def _signed(hash_: str) -> int | None:
    """A digest as SQLite's integer."""
    return int(hash_, 16) - _TOP if hash_ else None


def _hex(number: int | None) -> str:
    return "" if number is None else f"{number + _TOP:016x}"


def _tags(locales: Iterable[Locale]) -> str:
    return json.dumps([locale.tag for locale in locales])
