"""Edits that touch no word: the target follows, and its state stays."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.locales.carry import carried
from polyhelp.locales.sync import ChangeKind, Means, bring_up_to_date, sync
from polyhelp.model import Catalog, Document, Key, Kind, Locale, Origin, Second, Segment, State, Unit

DE = Locale("de")
PATH = "a.md"


def page(*sources):
    return Document(PATH, tuple(Segment(one, one, Kind.PARAGRAPH, 1) for one in sources))


def reviewed(source, target):
    return Unit(source, target, notes=("paragraph",)).accepted("Anna Berg", "2026-11-22")


def only(document, *units, means=None):
    synced = bring_up_to_date(document, Catalog(DE, PATH, units), means or Means())
    (unit,) = synced.catalog.units
    return unit, [change.kind for change in synced.changes]


CARRIED = [
    ("Read [it](a.md) now.", "Lies [es](a.md) jetzt.", "Read [it](b.md#x) now.", "Lies [es](b.md#x) jetzt."),
    ("![Map](a.png) here.", "Hier ![Karte](a.png).", "![Map](b.png) here.", "Hier ![Karte](b.png)."),
    ("Run `one`.", "`one` ausführen.", "Run `two`.", "`two` ausführen."),
    ("See https://a.example now.", "Siehe https://a.example jetzt.", "See https://b.example now.",
     "Siehe https://b.example jetzt."),
    ('[it](a.md "Title") x', '[es](a.md "Titel") x', '[it](b.md "Title") x', '[es](b.md "Titel") x'),
    ("[a](x.md) and [b](y.md).", "[B](y.md) und [A](x.md).", "[a](p.md) and [b](q.md).", "[B](q.md) und [A](p.md)."),
    ("Two  spaces.", "Zwei Wörter.", "Two spaces.", "Zwei Wörter."),
    ("[Buy](a.md){ .button }", "[Kaufen](a.md){ .button }", "[Buy](a.md)", "[Kaufen](a.md)"),
    ("`a` and `a`", "`a` und `a`", "`b` and `b`", "`b` und `b`"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "after", "expected"), CARRIED)
def test_the_target_follows_and_stays_reviewed(source, target, after, expected):
    unit, changes = only(page(after), reviewed(source, target))
    assert (unit.source, unit.target, unit.previous) == (after, expected, "")
    assert unit.state() is State.REVIEWED
    assert unit.review.who == "Anna Berg"
    assert changes == [ChangeKind.CARRIED]


@pytest.mark.parametrize(("source", "target", "after", "expected"), CARRIED)
def test_a_machines_target_stays_a_machines(source, target, after, expected):
    made = Unit(source, target, fuzzy=True, origin=Origin.of("mt/deepl", "2026-11-21", target), notes=("paragraph",))
    unit, _ = only(page(after), made)
    assert (unit.target, unit.maker, unit.fuzzy) == (expected, "mt/deepl", True)


@pytest.mark.parametrize(
    ("source", "target", "after"),
    [
        ("Read [it](a.md).", "Lies es.", "Read [it](b.md)."),  # the link is not in the target
        ("[a](x.md) [b](x.md)", "[A](x.md) [B](x.md)", "[a](p.md) [b](q.md)"),  # which is which?
        ("Read [it](a.md).", "Lies [es](a.md).", "Read [it](b.md) today."),  # words changed, too
        ('[it](a.md "Old")', '[es](a.md "Alt")', '[it](a.md "New")'),  # a title is words
        ("Hello {name}.", "Hallo {name}.", "Hello {first_name}."),  # a placeholder is filled by somebody
        ('[it](a.md){ title="T" }', "[es](a.md)", '[it](b.md "T")'),  # the words stand elsewhere in it
        ("One  \ntwo", "Eins  \nzwei", "One two"),  # the writer's line break is gone
    ],
)
def test_what_cannot_follow_by_itself_is_an_edit(source, target, after):
    unit, changes = only(page(after), reviewed(source, target))
    assert (unit.target, unit.previous, unit.fuzzy) == (target, source, True)
    assert changes == [ChangeKind.EDITED]


def test_an_unfinished_edit_stays_unfinished():
    edited = replace(reviewed("See [it](a.md).", "Siehe [es](a.md)."), fuzzy=True, previous="Look at [it](a.md).")
    unit, _ = only(page("See [it](b.md)."), edited)
    assert (unit.target, unit.previous, unit.fuzzy) == ("Siehe [es](b.md).", "Look at [it](a.md).", True)


def test_a_review_that_had_expired_does_not_come_to_life():
    expired = replace(reviewed("See [it](a.md).", "Siehe [es](a.md)."), target="Schau [es](a.md).")
    unit, _ = only(page("See [it](b.md)."), expired)
    assert unit.state() is State.TRANSLATED


def test_a_review_covers_the_region_data_of_the_new_text():
    data = {"{{ region.fee }} at [a](a.md)": "old", "{{ region.fee }} at [a](b.md)": "new"}.get
    source, after = data.__self__
    unit = Unit(source, "{{ region.fee }} bei [A](a.md)", notes=("paragraph",)).accepted("Anna", "2026-11-22", "old")
    carried, _ = only(page(after), unit, means=Means(data=data))
    assert carried.state("new") is State.REVIEWED


# ------------------------------------------------------------ what a person calls minor


def test_a_minor_edit_leaves_reviewed_what_was_reviewed():
    unit, changes = only(
        page("Wait for 5 days."), reviewed("Wait for  5 day.", "Warte 5 Tage."), means=Means(minor=True)
    )
    assert (unit.source, unit.target, unit.state()) == ("Wait for 5 days.", "Warte 5 Tage.", State.REVIEWED)
    assert changes == [ChangeKind.CARRIED]


def test_an_edit_that_was_synced_before_can_be_called_minor_afterwards():
    before = Catalog(DE, PATH, (reviewed("Teh box.", "Der Karton."),))
    edited = sync(page("The box."), before)
    assert edited.units[0].state() is State.INITIAL
    unit, _ = only(page("The box."), *edited.units, means=Means(minor=True))
    assert unit.state() is State.REVIEWED


def test_a_minor_edit_makes_nobody_a_reviewer():
    made = Unit("Teh box.", "Der Karton.", fuzzy=True, origin=Origin.of("mt/deepl", "2026-11-21", "Der Karton."))
    unit, _ = only(page("The box."), made, means=Means(minor=True))
    assert (unit.fuzzy, unit.review) == (True, None)


# ------------------------------------------------------------ split and merged


LONG = "The parcel is on its way to you. You can follow it on our site."
TWO = ("The parcel is on its way to you.", "You can follow it on our site.")


def test_a_paragraph_that_is_split_leaves_its_target_with_each_part():
    synced = bring_up_to_date(page(*TWO), Catalog(DE, PATH, (reviewed(LONG, "Beides."),)))
    assert [(unit.target, unit.previous, unit.fuzzy) for unit in synced.catalog.units] == [("Beides.", LONG, True)] * 2
    assert {change.kind for change in synced.changes} == {ChangeKind.SPLIT}


def test_paragraphs_that_are_merged_bring_both_targets():
    synced = bring_up_to_date(page(LONG), Catalog(DE, PATH, (reviewed(TWO[0], "Eins."), reviewed(TWO[1], "Zwei."))))
    unit, *kept = synced.catalog.units
    assert (unit.target, unit.previous, unit.fuzzy, unit.review) == ("Eins. Zwei.", " ".join(TWO), True, None)
    assert [(one.target, one.obsolete) for one in kept] == [("Eins.", True), ("Zwei.", True)]
    assert synced.changes[0].kind is ChangeKind.MERGED


def test_the_changes_say_how_alike_the_texts_are():
    (change,) = bring_up_to_date(page("Send it to us."), Catalog(DE, PATH, (reviewed("Send it back.", "x"),))).changes
    assert (change.kind, change.previous, change.source) == (ChangeKind.EDITED, "Send it back.", "Send it to us.")
    assert 60 <= change.similarity < 100


# ------------------------------------------------------------ moved


def test_a_unit_from_another_page_comes_as_it_was():
    unit = replace(reviewed("Open it.", "Öffne es."), obsolete=True)
    moved, changes = only(page("Open it."), means=Means(moved={Key("Open it."): unit}))
    assert moved == replace(unit, obsolete=False)
    assert changes == [ChangeKind.MOVED]


words = st.lists(st.sampled_from(["box", "`code`", "[it](a.md)", "[it](b.md)", "open", "  ", "{name}"]), max_size=8)


@given(st.lists(words, max_size=4), st.lists(words, max_size=4))
def test_no_target_is_lost_and_twice_is_once(before, after):
    units = {" ".join(one): reviewed(" ".join(one), f"T{n} " + " ".join(one)) for n, one in enumerate(before) if one}
    old = Catalog(DE, PATH, tuple(units.values()))
    document = page(*dict.fromkeys(" ".join(one) for one in after if one))
    synced = bring_up_to_date(document, old)
    assert bring_up_to_date(document, synced.catalog).changes == ()
    said = " ".join(unit.target for unit in synced.catalog.units)
    for unit in old.units:
        assert unit.target.split()[0] in said.split()


@given(st.lists(words, min_size=1, max_size=4), st.lists(words, min_size=1, max_size=4))
def test_nothing_is_current_but_by_the_same_words(before, after):
    old = Catalog(DE, PATH, tuple(reviewed(one, f"T {one}") for one in dict.fromkeys(map(" ".join, before)) if one))
    document = page(*dict.fromkeys(one for one in map(" ".join, after) if one))
    spaced = {" ".join(unit.source.split()).replace("a.md", "b.md") for unit in old.units}
    for unit in sync(document, old).current:
        if unit.target and not unit.fuzzy:
            assert " ".join(unit.source.split()).replace("a.md", "b.md") in spaced


def test_two_persons_yes_follow_an_edit_that_leaves_the_words_alone():
    unit = Unit("See [it](a.md).", "Siehe [es](a.md).").accepted("Anna", "2026-11-22")
    unit = replace(unit, review=unit.review.with_second("Bo", "2026-11-23"))
    after = carried(unit, Key("See [it](b.md)."), lambda *_: "")
    assert (after.target, after.accepted_by()) == ("Siehe [es](b.md).", ("Anna", "Bo"))
    other = replace(unit, review=replace(unit.review, second=Second("Bo", "2026-11-23", "0" * 16)))
    assert carried(other, Key("See [it](b.md)."), lambda *_: "").accepted_by() == ("Anna",)
