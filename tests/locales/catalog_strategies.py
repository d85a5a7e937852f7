"""Catalogs as hypothesis makes them: every text that a page or a person may come up with."""

from hypothesis import strategies as st

from polyhelp.model import Catalog, Locale, Origin, Review, Second, Unit, digest

DE = Locale("de")
MARKS = ['"', "\\", "\\n", '\\"', "\n", "\r\n", "\r", "\t", "\v", "\f", "\b", "\x1c", "\x85", "\u2028", "\u2029"]
WORDS = [
    "Öffne",
    "שלום",
    "مرحبا",
    "返品",
    "👩‍👩‍👧",
    "\u2067",
    "\ufeff",
    'msgid "x"',
    "#~ msgid",
    "#, fuzzy",
    "{ #id }",
    "`a`",
]
characters = st.characters(exclude_categories=["Cs"])
texts = st.lists(st.one_of(st.sampled_from(MARKS + WORDS), st.text(characters, max_size=8)), min_size=1).map("".join)
filled = texts.filter(bool)
lines = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1)
    .map(str.strip)
    .filter(lambda line: line and not line.startswith(("origin:", "reviewed:", "seconded:")))
)
makers = st.sampled_from(["mt/deepl", "mt/pseudo", "tm/100", "human", "adopted"])
days = st.dates().map(str)
names = lines.map(lambda line: " ".join(line.split())).filter(bool)


def reviews(hash_):
    return st.builds(
        Review, names, days, st.just(hash_), second=st.none() | st.builds(Second, names, days, st.just(hash_))
    )


@st.composite
def units(draw):
    source, target = draw(filled), draw(st.one_of(st.just(""), texts))
    fuzzy = bool(target) and draw(st.booleans())
    obsolete = bool(target) and draw(st.booleans())  # without a target there is nothing to keep
    return Unit(
        source,
        target,
        context=draw(st.one_of(st.just(""), texts)),
        fuzzy=fuzzy,
        previous=draw(st.one_of(st.just(""), texts)) if fuzzy else "",
        origin=draw(st.none() | st.builds(Origin.of, makers, days, st.just(target))),
        review=draw(st.none() | reviews(digest(source, target, ""))),
        notes=() if obsolete else tuple(draw(st.lists(lines, max_size=2))),
        comments=tuple(draw(st.lists(lines, max_size=3))),
        obsolete=obsolete,
    )


@st.composite
def catalogs(draw):
    """A catalog without header, as sync makes it: no source twice, obsolete units last."""
    found = draw(st.lists(units(), max_size=5, unique_by=lambda unit: unit.key))
    return Catalog(DE, "returns/refunds.md", tuple(sorted(found, key=lambda unit: unit.obsolete)))
