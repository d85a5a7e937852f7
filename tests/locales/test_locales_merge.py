"""Two versions of a catalog made one: nothing that a person wrote or accepted is lost."""

from dataclasses import replace

import pytest
from catalog_strategies import DE, catalogs, units
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyhelp.locales import dump, read
from polyhelp.locales.merge import merge, theirs_of
from polyhelp.model import Catalog, Origin, Review, State, Unit, digest

PATH = "returns/refunds.md"
MACHINE = Origin.of("mt/deepl", "2026-11-01", "T")


def catalog(*found, header=()):
    return Catalog(DE, PATH, found, header)


def machine(source, target, **more):
    return Unit(source, target, fuzzy=True, origin=Origin.of("mt/deepl", "2026-11-01", target), **more)


def reviewed(source, target, who="Anna", date="2026-11-02"):
    return Unit(source, target, review=Review(who, date, digest(source, target, "")))


def one(base, ours, theirs):
    """The merged unit of three (None: the side has none), and whether it is in conflict."""
    merged = merge(*(catalog(*filter(None, [unit])) for unit in (base, ours, theirs)))
    (unit,) = merged.catalog.units
    return unit, bool(merged.conflicts)


BOTH = reviewed("a", "U")
BOTH = replace(BOTH, review=BOTH.review.with_second("Ben", "2026-11-03"))
EMPTY = Unit("a")
OLD = machine("a", "T")
U, V = Unit("a", "U"), Unit("a", "V")


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "wanted"),
    [
        (OLD, OLD, U, U),
        (OLD, U, OLD, U),
        (OLD, U, U, U),
        (EMPTY, EMPTY, U, U),
        (None, U, U, U),
        (None, None, U, U),
        (None, U, None, U),
        (OLD, U, machine("a", "V"), U),  # a person's word comes before a machine's
        (OLD, machine("a", "V"), U, U),
        (OLD, machine("a", "U"), machine("a", "V"), machine("a", "U")),
        (OLD, U, reviewed("a", "U"), reviewed("a", "U")),
        (OLD, reviewed("a", "U"), U, reviewed("a", "U")),
        (OLD, machine("a", "U"), U, U),  # the same words, once as a machine's and once found right
        (U, reviewed("a", "U"), reviewed("a", "U", "Ben", "2026-11-03"), BOTH),
        (U, reviewed("a", "U", "Ben", "2026-11-03"), reviewed("a", "U"), BOTH),
        (U, reviewed("a", "U"), BOTH, BOTH),
        (U, BOTH, reviewed("a", "U", "Eve", "2026-11-04"), BOTH),  # two are as many as are written down
        (U, reviewed("a", "U"), reviewed("a", "U", "ANNA", "2026-11-03"), reviewed("a", "U", "ANNA", "2026-11-03")),
        (U, replace(BOTH, fuzzy=True), reviewed("a", "U"), reviewed("a", "U")),  # in doubt on one side
        (EMPTY, replace(EMPTY, notes=("x",)), U, replace(U, notes=("x",))),
        (OLD, EMPTY, OLD, EMPTY),  # rejected on one side
        (OLD, EMPTY, machine("a", "V"), machine("a", "V")),
    ],
)
def test_what_is_clear_is_no_conflict(base, ours, theirs, wanted):
    assert one(base, ours, theirs) == (wanted, False)


@pytest.mark.parametrize("base", [OLD, EMPTY, None, Unit("a", "T")])
def test_two_persons_words_are_both_kept(base):
    unit, conflict = one(base, reviewed("a", "U"), V)
    assert conflict
    assert unit == Unit("a", "U", fuzzy=True, comments=('theirs: "V"',))
    assert unit.state() is State.INITIAL  # what nobody has decided is not published
    assert theirs_of(unit) == ("V",)


def test_a_machines_answer_that_a_person_has_accepted_is_a_persons_word():
    unit, conflict = one(OLD, U, replace(machine("a", "V"), fuzzy=False, review=Review("Anna", "2026-11-02", "0" * 16)))
    assert conflict
    assert (unit.target, unit.comments) == ("U", ('theirs: "V"',))


@pytest.mark.parametrize("turned", [False, True])
def test_rejected_there_and_rewritten_here_waits_for_a_person(turned):
    note = "rejected: Ben 2026-11-03 0123456789abcdef"
    sides = (U, replace(EMPTY, comments=(note,)))
    unit, conflict = one(OLD, *(reversed(sides) if turned else sides))
    assert conflict
    assert unit == Unit("a", "U", fuzzy=True, comments=(note,))


def test_a_conflict_that_has_been_decided_does_not_come_back():
    unit, _ = one(OLD, U, V)
    decided = replace(unit, target="V", fuzzy=False, comments=())
    assert one(unit, decided, replace(unit, notes=("x",))) == (replace(decided, notes=("x",)), False)


def test_comments_of_both_sides_are_kept_and_deleted_ones_stay_away():
    ours = replace(U, comments=("old", "gone there", "ours"))
    theirs = replace(U, comments=("theirs too", "old"))
    base = replace(U, comments=("old", "gone there", "gone here"))
    assert one(base, ours, theirs)[0].comments == ("old", "ours", "theirs too")


def test_what_a_person_did_to_a_unit_follows_it_under_its_new_source():
    base = catalog(machine("Send it back.", "T"))
    ours = catalog(Unit("Send it back.", "U", comments=("asked the shop",)))
    theirs = catalog(machine("Send it to us.", "T", previous="Send it back."))
    for merged in (merge(base, ours, theirs), merge(base, theirs, ours)):
        assert merged.conflicts == ()
        (unit,) = merged.catalog.units
        assert unit == Unit("Send it to us.", "U", fuzzy=True, previous="Send it back.", comments=("asked the shop",))


def test_a_unit_whose_source_is_gone_there_is_obsolete_with_the_words_of_here():
    merged = merge(catalog(OLD), catalog(U), catalog(replace(OLD, obsolete=True)))
    assert [(unit.target, unit.obsolete) for unit in merged.catalog.units] == [("T", True), ("U", True)]
    assert merge(catalog(EMPTY), catalog(EMPTY), catalog()).catalog.units == ()


def test_obsolete_units_are_united_each_once():
    gone = [Unit("x", "X", obsolete=True, comments=("ours",)), Unit("y", "Y", obsolete=True)]
    other = [replace(gone[0], comments=("theirs",)), Unit("z", "Z", obsolete=True)]
    merged = merge(catalog(), catalog(U, *gone), catalog(U, *other)).catalog.units
    assert merged == (U, replace(gone[0], comments=("ours", "theirs")), gone[1], other[1])


def test_a_unit_that_came_back_on_one_side_is_not_obsolete_as_well():
    gone = replace(U, obsolete=True)
    assert merge(catalog(gone), catalog(U), catalog(gone)).catalog.units == (U,)


def test_new_units_of_both_sides_stand_where_their_articles_have_them():
    def order(*sources):
        return catalog(*(Unit(source) for source in sources))

    merged = merge(order("a", "b"), order("a", "x", "b"), order("n", "a", "b", "m"))
    assert [unit.source for unit in merged.catalog.units] == ["n", "a", "x", "b", "m"]


def test_headers_never_conflict():
    base = (("PO-Revision-Date", "1"), ("Last-Translator", ""), ("X-Generator", "Poedit 3.4"))
    ours = (("PO-Revision-Date", "2"), ("Last-Translator", ""), ("X-Generator", "Poedit 3.5"))
    theirs = (("PO-Revision-Date", "3"), ("Last-Translator", "Ben"), ("X-Team", "de"))
    merged = merge(catalog(header=base), catalog(header=ours), catalog(header=theirs))
    assert merged.conflicts == ()
    assert dict(merged.catalog.header) == {
        "PO-Revision-Date": "2", "Last-Translator": "Ben", "X-Generator": "Poedit 3.5", "X-Team": "de",
    }  # fmt: skip


# ------------------------------------------------------------ laws


@st.composite
def triples(draw):
    """A base and two sides that keep, drop, edit, accept, retire and add units."""
    base = draw(catalogs())
    return base, draw(_sides(base)), draw(_sides(base))


@st.composite
def _sides(draw, base):
    edited = [draw(st.sampled_from(_edits(unit, draw(shorts), draw(st.sampled_from("AB"))))) for unit in base.current]
    new = draw(st.lists(units(), max_size=1))
    current = {unit.key: unit for unit in (*new, *edited) if unit and not unit.obsolete}
    retired = [unit for unit in (*base.units, *new, *edited) if unit and unit.obsolete and draw(st.booleans())]
    return replace(base, units=(*draw(st.permutations(list(current.values()))), *retired))


shorts = st.sampled_from(["T", "U", 'say "V"\nand \\', "\t\r\x07 "])


def _edits(unit, target, who):
    changed = [
        unit,
        None,
        replace(unit, target=target, fuzzy=False, previous="", origin=None, review=None),
        replace(unit, target=target, fuzzy=True, origin=Origin.of("mt/deepl", "2026-11-04", target)),
        replace(unit, target="", fuzzy=False, previous="", origin=None, review=None),
        Unit(f"{unit.source}!", unit.target, unit.context, fuzzy=True, previous=unit.source, origin=unit.origin),
    ]
    return (
        [*changed, unit.accepted(who, "2026-11-05"), replace(unit, obsolete=True, notes=())] if unit.target else changed
    )


def persons(side):
    """Every target that a person wrote or accepted, with its source's name."""
    return {unit.target for unit in side.units if unit.target and (not unit.by_machine or unit.review)}


def kept(side):
    """Every target in a catalog, also those in comments."""
    return {unit.target for unit in side.units} | {theirs for unit in side.units for theirs in theirs_of(unit)}


law = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None, max_examples=60
)


@given(triples())
@law
def test_no_persons_word_is_lost(triple):
    base, ours, theirs = triple
    result = kept(merge(base, ours, theirs).catalog)
    for side in (ours, theirs):
        assert persons(side) - {unit.target for unit in base.units} <= result
    assert persons(ours) & persons(theirs) <= result


@given(triples())
@law
def test_what_one_side_has_changed_is_the_result(triple):
    base, ours, _ = triple
    for merged in (merge(base, ours, base), merge(base, base, ours)):
        assert merged.conflicts == ()
        by_key = {unit.key: unit for unit in merged.catalog.current}
        assert by_key == {unit.key: unit for unit in ours.current}


@given(triples())
@law
def test_who_merges_decides_no_more_than_whose_word_stands_first(triple):
    base, ours, theirs = triple
    one_way, other_way = merge(base, ours, theirs), merge(base, theirs, ours)
    assert {unit.key for unit in one_way.conflicts} == {unit.key for unit in other_way.conflicts}
    assert {unit.key for unit in one_way.catalog.current} == {unit.key for unit in other_way.catalog.current}


@given(triples())
@law
def test_merging_the_result_again_changes_nothing(tmp_path_factory, triple):
    merged = merge(*triple).catalog
    assert merge(merged, merged, merged).catalog.current == merged.current
    file = tmp_path_factory.mktemp("merge") / "a.po"
    file.write_bytes(dump(merged).encode())
    assert read(file, DE, merged.path, "a.po").units == merged.units  # and it is a sound catalog
