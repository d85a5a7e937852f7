"""Pairs and queries as hypothesis makes them: few words, so that equal and similar sources meet; hostile text too."""

from hypothesis import strategies as st

from polyhelp.memory import EDGE, Pair, Query, Standing
from polyhelp.model import Locale, digest

LOCALES = [Locale(tag) for tag in ("de", "de-AT", "es", "es-419", "es-MX", "es-ES", "pt", "pt-BR", "pt-PT", "zh-Hant")]
SENTENCES = (
    "You get your money back within {} days.",
    "You get your {} back when the parcel has arrived.",
    "Open the [{}](a.md) and print **two** labels.",
    "Open the [order](b-{}.md) and print **two** labels.",
    "退款将在{}天内到账。",
    "{}",
)
WORDS = ("7", "30", "money", "label", "order", "*deposit*", "Note", "`code`")
MARKS = [
    "<b>",
    "&amp;",
    "]]>",
    "\r\n",
    "\r",
    "\n",
    "\t",
    "\x85",
    "\u2028",
    "\u2067",
    "👩‍👩‍👧",
    "\ue000",
    "שלום",
    "{{ a }}",
    '"',
]

sources = st.one_of(
    st.builds(str.format, st.sampled_from(SENTENCES), st.sampled_from(WORDS)),
    st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=6)), min_size=1).map("".join).filter(bool),
)
written = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
texts = st.lists(st.one_of(st.sampled_from(MARKS), st.text(written, max_size=6)), min_size=1).map("".join).filter(bool)
names = st.one_of(st.just(""), st.sampled_from(["store", "a.md", "b/c.md"]))
digests = st.one_of(st.just(""), st.just(EDGE), st.sampled_from([digest(word) for word in WORDS]))
makers = {
    Standing.UNSURE: ("human", "tm/85"),
    Standing.MACHINE: ("mt/deepl",),
    Standing.ACCEPTED_MACHINE: ("mt/deepl",),
    Standing.PERSON: ("human", "adopted", "tm/100"),
    Standing.REVIEWED: ("human", "mt/deepl"),
}


@st.composite
def pairs(draw, sources=sources, targets=texts):
    standing = draw(st.sampled_from(Standing))
    return Pair(
        draw(sources),
        draw(targets),
        draw(st.sampled_from(LOCALES)),
        context=draw(names),
        path=draw(names),
        before=draw(digests),
        after=draw(digests),
        standing=standing,
        maker=draw(st.sampled_from(makers[standing])),
        date=draw(st.one_of(st.just(""), st.dates().map(str))),
    )


queries = st.builds(Query, sources, st.sampled_from(LOCALES), names, names, digests, digests)
