"""Months of edits, translations and syncs in any order: what never happens to a person's words."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from polyhelp.locales import dump, sync
from polyhelp.model import Catalog, Document, Kind, Locale, Origin, Segment, State, Unit

SENTENCES = (
    "You get your money back within {} days.",
    "You get your money back when {} parcels have arrived.",
    "Our {} stores are closed.",
)
PIECES = ("three", "seven", "thirty")
SOURCES = [sentence.format(piece) for sentence in SENTENCES for piece in PIECES]
sources = st.sampled_from(SOURCES)
places = st.integers(0, 5)
then = st.booleans()


def key_of(source):
    """Some sources have a context, always the same."""
    return Segment(source, source, Kind.PARAGRAPH, 1, context="store" if "store" in source else "")


class Months(RuleBasedStateMachine):
    """A page, its catalog, and what we know about every target: which sources it was made from, and by whom."""

    @initialize(first=st.lists(sources, min_size=2, max_size=6))
    def start(self, first):
        self.page = list(first)
        self.deleted = []
        self.catalog = Catalog(Locale("de"), "a.md")
        self.made = {}
        self.persons = set()
        self.known = {}
        self.count = 0

    # -------------------------------------------------------- the writer

    def edit(self, then):
        if then:
            self.sync()

    @rule(source=sources, at=places, then=then)
    def add(self, source, at, then):
        self.page.insert(at % (len(self.page) + 1), source)
        self.edit(then)

    @rule(piece=st.sampled_from(PIECES), at=places, then=then)
    def change(self, piece, at, then):
        if self.page:
            at %= len(self.page)
            sentence = SENTENCES[SOURCES.index(self.page[at]) // len(PIECES)]
            self.page[at] = sentence.format(piece)
            self.edit(then)

    @rule(at=places, to=places, then=then)
    def move(self, at, to, then):
        if self.page:
            self.page.insert(to % len(self.page), self.page.pop(at % len(self.page)))
            self.edit(then)

    @rule(at=places, then=then)
    def duplicate(self, at, then):
        if self.page:
            self.page.append(self.page[at % len(self.page)])
            self.edit(then)

    @rule(at=places, then=then)
    def delete(self, at, then):
        if self.page:
            self.deleted.append(self.page.pop(at % len(self.page)))
            self.edit(then)

    @rule(at=places, then=then)
    def bring_back(self, at, then):
        if self.deleted:
            self.page.append(self.deleted.pop(at % len(self.deleted)))
            self.edit(then)

    # -------------------------------------------------------- the translators

    def put(self, unit, new):
        """Put ``new`` in the place of ``unit``; what a person replaced is not missed, nor what came after it."""
        units = tuple(new if one is unit else one for one in self.catalog.units)
        self.catalog = replace(self.catalog, units=units)
        if new.target != unit.target and unit.target not in {one.target for one in units}:
            self.persons.discard(unit.target)
        if new.target:
            self.known = {key: known for key, known in self.known.items() if known[0] != unit.target}

    def pick(self, at, wanted=lambda _: True):
        units = [unit for unit in self.catalog.current if wanted(unit)]
        return units[at % len(units)] if units else None

    def new_target(self, source):
        self.count += 1
        target = f"T{self.count}"
        self.made[target] = {source}
        return target

    @rule(at=places)
    def a_person_translates(self, at):
        if unit := self.pick(at):
            target = self.new_target(unit.source)
            self.put(unit, replace(unit, target=target, fuzzy=False, previous="", origin=None))
            self.persons.add(target)

    @rule(at=places)
    def a_machine_translates(self, at):
        todo = self.pick(at, lambda unit: not unit.target or (unit.fuzzy and unit.previous and unit.by_machine))
        if todo:
            target = self.new_target(todo.source)
            origin = Origin.of("mt/deepl", "2026-11-21", target)
            self.put(todo, replace(todo, target=target, fuzzy=True, previous="", origin=origin, review=None))

    @rule(at=places)
    def a_person_accepts(self, at):
        if unit := self.pick(at, lambda unit: unit.target):
            self.made[unit.target].add(unit.source)
            self.put(unit, unit.accepted("Anna Berg", "2026-11-22"))
            self.persons.add(unit.target)

    # -------------------------------------------------------- sync, and what must hold

    @rule()
    def sync(self):
        document = Document("a.md", tuple(key_of(source) for source in self.page))
        old, new = self.catalog, sync(document, self.catalog)
        assert sync(document, new) == new
        assert dump(sync(document, new)) == dump(new)
        assert [unit.key for unit in new.current] == list(dict.fromkeys(part.key for part in document.segments))
        before = {unit.key: unit for unit in old.current}
        for unit in new.current:
            if unit.key in before:
                assert replace(unit, notes=()) == replace(before[unit.key], notes=())  # reviewed stays reviewed
            elif unit.key in self.known:
                self.check_return(unit, *self.known[unit.key])
        self.known |= {
            unit.key: (unit.target, unit.state(), unit.by_machine)
            for unit in old.current
            if unit.target and not unit.previous
        }
        self.catalog = new

    def check_return(self, unit: Unit, target, state, by_machine):
        """A source is back: so are its words, with the state that they had."""
        assert unit.target
        assert unit.source in self.made[unit.target]
        if unit.target == target:
            assert unit.state() is (State.INITIAL if by_machine and state is not State.REVIEWED else state)

    @invariant()
    def no_persons_words_are_lost(self):
        assert self.persons <= {unit.target for unit in self.catalog.units}

    @invariant()
    def nothing_is_shown_as_a_translation_of_another_source(self):
        for unit in self.catalog.current:
            if unit.target and unit.source not in self.made[unit.target]:
                assert unit.fuzzy
                assert unit.previous in self.made[unit.target]

    @invariant()
    def no_source_is_there_twice(self):
        keys = [unit.key for unit in self.catalog.units if not unit.obsolete]
        assert len(keys) == len(set(keys))


Months.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestMonths = Months.TestCase
