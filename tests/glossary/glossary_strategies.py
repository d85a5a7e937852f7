"""Concepts as people may write them, and worse."""

from hypothesis import strategies as st

from polyhelp.model import Concept, Locale, PartOfSpeech, Severity, TermTarget

HARD = ["no", "2024", "1.5", "- x", "a: b", "a #b", "'q'", '"q"', "{x}", "[x]", "x, y", "=1+1", "+49", "@a", "'=x",
        "a|b", "a\\|b", "b\\", "x;y", "返金", "การคืนเงิน", "استرداد", "🥷1", "<b>x</b>", "a&b", "&amp;x", "]]>x",
        "*a", "&a", "!a", "%a", "`a", "? a", "a:", "~a", "null", "x\u00a0y"]  # fmt: skip


def _words(text):
    return " ".join(text.split())


texts = st.one_of(
    st.sampled_from([_words(one) for one in HARD]),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=12).map(_words),
)
terms = texts.map(lambda text: text if any(map(str.isalnum, text)) else f"{text}x")
lists = st.lists(terms, max_size=3, unique_by=str.casefold).map(tuple)


@st.composite
def _target(draw, overlay, kept):
    said = [TermTarget("", *(draw(lists) for _ in range(3)), note=draw(texts))]
    preferred = kept or draw(terms)
    seen = {preferred.casefold()} if not overlay or kept else set()
    fields = {}
    for name in ("admitted", "deprecated", "forbidden"):  # no form under two statuses
        fields[name] = tuple(one for one in getattr(said[0], name) if one.casefold() not in seen)
        seen |= {one.casefold() for one in fields[name]}
    note = said[0].note
    cleared = {name for name in fields if not fields[name]} if overlay and draw(st.booleans()) else set()
    return TermTarget("" if overlay and not kept else preferred, **fields, note=note, cleared=frozenset(cleared))


@st.composite
def concept(draw, id_):
    source = draw(terms)
    keep = draw(st.booleans())
    kept = source if keep else ""
    targets = {Locale(tag): draw(_target(False, kept)) for tag in draw(st.sets(st.sampled_from(["de", "ja", "no"])))}
    if draw(st.booleans()):
        spanish = draw(terms)
        targets[Locale("es")] = TermTarget(kept or spanish, note=draw(texts))
        overlay = draw(_target(True, kept))
        if overlay != TermTarget() and (kept or spanish).casefold() not in {
            f.casefold() for f in (*overlay.deprecated, *overlay.forbidden)
        }:
            targets[Locale("es-MX")] = overlay
    enforce = draw(st.sampled_from([*Severity, None]))
    part, definition, domain = draw(st.sampled_from(PartOfSpeech)), draw(texts), draw(texts)
    variants, excluded, scope = draw(lists), draw(lists), draw(lists)
    exact, owner = draw(st.booleans()), draw(texts)
    return Concept(
        id_, source, part, definition, domain, enforce, keep, exact, variants, excluded, scope, targets, owner
    )  # fmt: skip


@st.composite
def concepts(draw, ids=terms):
    """A term base: concepts with different ids."""
    return [draw(concept(id_)) for id_ in draw(st.lists(ids, unique=True, max_size=3))]
