"""Which segment translates which: on mirrors, on old pages, and where nothing can be known."""

import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from polyhelp.content import parse
from polyhelp.locales.align import align
from polyhelp.locales.align_items import items
from polyhelp.locales.align_units import is_name, kept_words
from polyhelp.locales.align_words import learn


def aligned(source, translation, evidence=None, infix=""):
    return align(parse(source, "page.md"), parse(translation, "page.md"), evidence, infix)


def texts(alignment, *, sure=None):
    return [
        (pair.source.source, pair.translation.source)
        for pair in alignment.pairs
        if sure is None or alignment.is_sure(pair) is sure
    ]


def test_a_mirror_is_paired_in_order_and_all_of_it_is_sure():
    found = aligned(
        "# Orders\n\nOpen the app.\n\n- One\n- Two\n\n| A | B |\n|---|---|\n| c | d |\n",
        "# Bestellungen\n\nDie App öffnen.\n\n* Eins\n* Zwei\n\n| Aa | Bb |\n|---|---|\n| cc | dd |\n",
    )
    assert found.mirrors
    assert texts(found, sure=False) == []
    assert [two for _, two in texts(found)] == [
        "Bestellungen",
        "Die App öffnen.",
        "Eins",
        "Zwei",
        "Aa",
        "Bb",
        "cc",
        "dd",
    ]


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("/// note\n\nRead.\n\n///\n", "/// note | Hinweis\n\nLesen.\n\n///\n"),
        ("!!! warning\n    Read.\n", '!!! warning "Warnung"\n    Lesen.\n'),
        ("??? tip\n    Read.\n", '??? tip "Tipp"\n    Lesen.\n'),
        ("!!! note\n    Read.\n", "!!! note\n    Lesen.\n"),
    ],
)
def test_the_title_that_a_translator_gave_an_untitled_admonition_is_no_unit(source, translation):
    found = aligned(source, translation)
    assert texts(found, sure=True) == [("Read.", "Lesen.")]
    assert (found.mirrors, found.translation_only) == (True, ())


def test_titles_of_both_sides_are_a_pair():
    found = aligned('!!! note "Weekends"\n    Read.\n', '!!! note "Wochenenden"\n    Lesen.\n')
    assert texts(found) == [("Weekends", "Wochenenden"), ("Read.", "Lesen.")]


def test_a_title_that_the_translation_lost_is_told():
    found = aligned('!!! note "Weekends"\n    Read.\n', "!!! note\n    Lesen.\n")
    assert [segment.source for segment in found.source_only] == ["Weekends"]
    assert texts(found) == [("Read.", "Lesen.")]


def test_a_heading_with_the_sources_id_is_found_wherever_it_stands():
    source = "# Help\n\n## Pay later\n\nSoon `pay`.\n\n## Get help\n\nAlways `call`.\n"
    translation = (
        "# Hilfe\n\n## Hilfe holen { #get-help }\n\nImmer `call`.\n\n## Später zahlen { #pay-later }\n\nBald `pay`.\n"
    )
    pairs = dict(texts(aligned(source, translation)))
    assert pairs["Pay later"] == "Später zahlen"
    assert pairs["Get help"] == "Hilfe holen"


def test_code_and_links_find_their_paragraph_on_an_old_page():
    source = (
        "Set `TOKEN` first.\n\nA new paragraph that nobody has translated yet, about `COLOR`.\n\n"
        "Then see [the list](list.md).\n\nIt costs 4,90.\n"
    )
    translation = "Erst `TOKEN` setzen.\n\nDann die [Liste](list.md) ansehen.\n\nDas kostet 4.90.\n\nVeraltet: `OLD`.\n"
    found = aligned(source, translation)
    pairs = dict(texts(found))
    assert pairs["Set `TOKEN` first."] == "Erst `TOKEN` setzen."
    assert pairs["Then see [the list](list.md)."] == "Dann die [Liste](list.md) ansehen."
    assert pairs["It costs 4,90."] == "Das kostet 4.90."
    assert [segment.source for segment in found.translation_only] == ["Veraltet: `OLD`."]
    assert len(found.source_only) == 1


def test_a_paragraph_that_was_split_is_told_and_not_paired():
    source = "Open `settings` on your phone, choose your account, and press `delete` to remove all of it.\n"
    translation = (
        "`settings` auf dem Telefon öffnen und das Konto wählen.\n\nDann `delete` drücken, um alles zu entfernen.\n"
    )
    found = aligned(source, translation)
    assert found.pairs == ()
    (group,) = found.joined
    assert (len(group.sources), len(group.translations)) == (1, 2)
    other = aligned(translation, source)
    assert other.pairs == ()
    assert (len(other.joined[0].sources), len(other.joined[0].translations)) == (2, 1)


def test_a_pair_whose_code_differs_is_not_sure_on_an_old_page():
    source = "Run `make all` to start it.\n\nNew text here about `x`.\n\nSee [a](a.md).\n"
    translation = "Mit `make start` geht es los.\n\nSiehe [a](a.md).\n"
    assert ("Run `make all` to start it.", "Mit `make start` geht es los.") not in texts(
        aligned(source, translation), sure=True
    )


def test_a_page_about_something_else_is_not_a_mirror_because_it_has_as_many_blocks():
    source = "# A\n\nSet `one`.\n\nSet `two`.\n\nSet `three`.\n"
    translation = "# A\n\n`vier` setzen.\n\n`fünf` setzen.\n\n`sechs` setzen.\n"
    assert not aligned(source, translation).mirrors


def test_a_locales_own_files_are_the_same_marks():
    source, translation = (
        "See ![map](map.png) and [more](more.md).\n",
        "Siehe ![Karte](map.de.png) und [mehr](more.de.md).\n",
    )
    assert aligned(source, translation, infix=".de").pairs[0].agrees
    assert aligned(source, translation).pairs == ()


def test_code_with_translated_comments_is_told_by_line():
    found = aligned("Run:\n\n```\n# wait\nmake\nstop\n```\n", "Los:\n\n```\n# warten\nmake\nstop\n```\n")
    assert found.code == ((3, 3),)


@pytest.mark.parametrize("other", ["", "\n", "---\n---\n", "```\ncode\n```\n"])
def test_a_page_without_text_leaves_the_other_alone(other):
    assert len(aligned("# One\n\nTwo.\n", other).source_only) == 2
    assert len(aligned(other, "# One\n\nTwo.\n").translation_only) == 2


# ---------------------------------------------------------------- pages made old, where the truth is known

NAMES = [f"`{a}{b}`" for a in "bcdfghklmnp" for b in ("ar", "el", "is", "on", "um")]


@st.composite
def old_pages(draw):
    """A source page and a translation of an older state: every paragraph has its mark."""
    marks = draw(st.permutations(NAMES))[: draw(st.integers(2, 30))]
    rng = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311
    shared = [mark for mark in marks if rng.random() < 0.7]
    ours = [mark for mark in marks if mark in shared or rng.random() < 0.5]
    theirs = [mark for mark in marks if mark in shared or mark not in ours]
    for page in (ours, theirs):
        for _ in range(rng.randrange(3)):  # some were moved
            page.insert(rng.randrange(len(page) + 1), page.pop(rng.randrange(len(page)))) if page else None
    return (
        "\n\n".join(f"The value {mark} is {'very ' * rng.randrange(9)}good." for mark in ours),
        "\n\n".join(f"Der Wert {mark} ist {'sehr ' * rng.randrange(9)}gut." for mark in theirs),
    )


def mark_of(segment):
    return segment.source.split("`")[1]


MIRROR = (
    "The value `bel` is very very good.\n\nThe value `bis` is very good.\n\nThe value `bon` is good.\n\nThe `bum`.",
    "Der Wert `bel` ist sehr sehr gut.\n\nDer Wert `bar` ist gut.\n\nDer Wert `bon` ist gut.\n\nDer `bum`.",
)
"""It has as many blocks as its source, and three of four agree."""


@example(MIRROR)
@given(old_pages())
def test_no_pair_above_the_cut_is_wrong_where_paragraphs_have_marks(pages):
    found = aligned(*pages)
    assert [
        pair for pair in found.pairs if found.is_sure(pair) and mark_of(pair.source) != mark_of(pair.translation)
    ] == []


@given(old_pages())
def test_every_segment_is_told_exactly_once(pages):
    source, translation = (parse(page, "page.md") for page in pages)
    found = align(source, translation)
    ours = [pair.source for pair in found.pairs] + [s for group in found.joined for s in group.sources]
    theirs = [pair.translation for pair in found.pairs] + [s for group in found.joined for s in group.translations]
    assert sorted(map(id, [*ours, *found.source_only])) == sorted(map(id, source.segments))
    assert sorted(map(id, [*theirs, *found.translation_only])) == sorted(map(id, translation.segments))


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=40))
def test_a_page_is_a_mirror_of_itself(marks):
    page = "\n\n".join(f"The value {mark} is good." for mark in marks)
    found = aligned(page, page)
    assert found.mirrors
    assert all(one == two for one, two in texts(found, sure=True))


@given(st.text("#-*|>` \n[](){}!/:a1\t", max_size=200), st.text("#-*|>` \n[](){}!/:b2\t", max_size=200))
def test_any_two_texts_can_be_aligned(source, translation):
    aligned(source, translation)


def test_thousands_of_segments_take_seconds():
    rng = random.Random(1)  # noqa: S311
    page = [" ".join("word" * rng.randint(1, 3) for _ in range(rng.randint(5, 30))) for _ in range(2000)]
    started = time.process_time()
    found = aligned("\n\n".join(page), "\n\n".join(page[:1000] + page[1050:]))
    assert time.process_time() - started < 20
    assert len(found.pairs) > 1300


# ---------------------------------------------------------------- what pages teach


def test_words_that_stand_together_speak_for_a_pair_and_against_another():
    things = [("parcel", "Paket"), ("letter", "Brief"), ("card", "Karte"), ("phone", "Telefon"), ("box", "Kiste")]
    deeds = [("send", "senden"), ("open", "öffnen"), ("wrap", "packen"), ("lose", "verlieren"), ("sell", "verkaufen")]
    pairs = [
        (f"We {deed} the {thing} {n}.", f"Wir {tat} {ding} {n}.")
        for n in "abcd"
        for thing, ding in things
        for deed, tat in deeds
    ]
    known = learn(pairs)
    (one,) = parse("We open the letter.", "a.md").segments
    (right,) = parse("Wir öffnen Brief.", "b.md").segments
    (wrong,) = parse("Wir packen Telefon.", "b.md").segments
    assert known(one, right) > 1
    assert known(one, wrong) < -1


def test_too_few_pairs_teach_nothing():
    assert learn([("a", "b")] * 1000) is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("GitHub", True),
        ("S3", True),
        ("`x` 42", True),
        ("FastAPI Cloud", True),
        ("Banks do not work", False),
        ("Cloud", True),
        ("Safari", False),
    ],
)
def test_names_are_the_same_in_every_language(text, is_one):
    assert is_name(text, {"Cloud"}) is is_one


def test_words_that_translators_left_as_they_are_are_names():
    pairs = [("Open Safari.", "Safari öffnen."), ("Close Safari.", "Safari schließen."), ("Open Mail", "Post öffnen")]
    assert kept_words(pairs) == {"Safari"}


def test_items_carry_what_no_language_changes():
    document = parse(
        "## Fees { #fees }\n\nPay 4.90 with `pay` at <https://a.example>, see [terms](t.md#x)[^1].\n\n[^1]: N.\n",
        "a.md",
    )
    heading, paragraph, *_ = items(document)
    assert (heading.id, heading.given, heading.level) == ("fees", True, 2)
    assert paragraph.marks == ("#490", "`pay`", "(https://a.example", "(t.md", "[^1]")
