"""Books that come, change and go in any order: the memory is always what building it anew would give."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from memory_strategies import pairs, queries

from polyhelp.memory import Pair, Query, Store, lookup
from polyhelp.model import Locale

names = st.sampled_from(["a.po", "b.po", "c.tmx"])
contents = st.lists(pairs(), max_size=5)


class Books(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "memory.sqlite", "memory")
        self.held = {}

    @rule(name=names, held=contents)
    def put(self, name, held):
        with self.store.writing():
            assert self.store.put(name, str(hash(tuple(held))), held) == len(held)
        self.held[name] = held

    @rule(one=names, other=names, held=contents)
    def put_in_one_transaction(self, one, other, held):
        with self.store.writing():
            self.store.put(one, "1", held)
            self.store.put(other, "2", held[:2])
        self.held |= {one: held}
        self.held |= {other: held[:2]}

    @rule(name=names)
    def remove(self, name):
        with self.store.writing():
            self.store.remove([name, "never there"])
        self.held.pop(name, None)

    @rule(name=names, held=contents)
    def fail_halfway(self, name, held):
        def broken():
            yield from held
            raise KeyError(name)

        with pytest.raises(KeyError), self.store.writing():
            self.store.put(name, "broken", broken())

    @rule()
    def open_again(self):
        self.store.close()
        self.store = Store(self.store.file, "memory")
        assert not self.store.renewed

    @rule(query=queries)
    def ask(self, query):
        with Store(Path(self.folder.name) / "anew.sqlite", "memory") as anew:
            anew.clear()
            with anew.writing():
                for name, held in sorted(self.held.items()):
                    anew.put(name, "", held)
            assert lookup(self.store, query, 50) == lookup(anew, query, 50)
            assert list(self.store.pairs()) == list(anew.pairs())

    @invariant()
    def every_pair_is_there(self):
        assert self.store.books().keys() == self.held.keys()
        every = [pair for held in self.held.values() for pair in held]
        found = list(self.store.pairs())
        assert len(found) == len(every)
        assert set(found) == set(every)

    def teardown(self):
        self.store.close()
        self.folder.cleanup()


def test_sources_without_pairs_do_not_pile_up(tmp_path):
    with Store(tmp_path / "memory.sqlite", "memory") as store:
        for turn in range(4):
            with store.writing():
                store.put("book", str(turn), [Pair(f"{turn} {n}", "T", Locale("de")) for n in range(4000)])
            assert store.worn() == (turn == 3)
        store.clear()
        assert not store.worn()
        assert store.counts().sources == 0
        with store.writing():
            store.put("book", "again", [Pair("Open the box.", "T", Locale("de"))])
        assert lookup(store, Query("Open the boxes.", Locale("de")))


TestBooks = Books.TestCase
TestBooks.settings = settings(max_examples=40, stateful_step_count=15)
