"""What makes an entry of the term base work badly, although it is no mistake.

1. A source in the plural or with an article: the term is looked for in its inflections, which come from the lemma.
2. A target that is the same as the source in every locale: ``do_not_translate`` says that, for all locales at once.
3. One source in two concepts of the same part of speech whose scopes overlap: a text cannot tell them apart.
4. A forbidden or deprecated form that is a part of an allowed one: it is not reported where it is that part, and a
   reader may wonder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polyhelp.errors import Place
from polyhelp.glossary.families import family
from polyhelp.glossary.index import pieces
from polyhelp.glossary.inflect import plurals
from polyhelp.glossary.lenient import squeezed
from polyhelp.model import Concept, Locale, PartOfSpeech
from polyhelp.text.paths import matches

_ARTICLES = ("a ", "an ", "the ")
_ONLY_PLURAL = frozenset({
    "alms", "belongings", "binoculars", "clothes", "contents", "customs", "earnings", "electronics", "glasses", "goods",
    "headquarters", "jeans", "logistics", "means", "news", "odds", "pants", "premises", "proceeds", "remains",
    "savings", "scissors", "series", "settings", "shorts", "species", "statistics", "stairs", "tights", "thanks",
    "trousers", "tweezers",
})  # fmt: skip
"""Nouns in -s that have no singular, or another meaning in it (R. Quirk et al., A Comprehensive Grammar of the English
Language, 5.76-5.78)."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One remark: about which concept, where it stands, and what to do."""

    concept: str
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class _Named:
    concept: Concept
    place: Place
    name: str


def advice(placed: Sequence[tuple[Concept, Place]], source: Locale) -> tuple[Advice, ...]:
    """Every remark about the entries, in their order; ``source`` is the language of the source terms."""
    names: dict[tuple[str, ...], list[_Named]] = {}
    out: list[Advice] = []
    for concept, place in placed:
        texts = [*_of_names(concept, place, names), *_of_targets(concept)]
        if source.language == "en":
            texts += _of_lemma(concept)
        out += [Advice(concept.id, place, text) for text in texts]
    return tuple(out)


def _of_lemma(concept: Concept) -> Iterator[str]:
    low = concept.source.casefold()
    article = next((word for word in _ARTICLES if low.startswith(word)), "")
    if article and concept.part is not PartOfSpeech.NAME:
        yield f"the source '{concept.source}' begins with an article: write '{concept.source[len(article) :]}'"
    elif concept.part in {PartOfSpeech.NOUN, PartOfSpeech.ANY} and (singular := _singular(concept.source)):
        yield f"the source '{concept.source}' looks like a plural: write '{singular}', and its plural is found too"


def _singular(source: str) -> str:
    """What ``source`` is the plural of, as far as its spelling tells; ``""`` when it is a singular."""
    *before, last = source.split(" ")
    low = last.casefold()
    if low in _ONLY_PLURAL or len(low) < 4 or not low.endswith("s") or low.endswith(("ss", "us", "is", "ics")):
        return ""
    guesses = [last[:-3] + "y"] if low.endswith("ies") else []
    guesses += [last[:-2]] if low.endswith("es") else []
    singular = next((guess for guess in (*guesses, last[:-1]) if last in plurals(guess)), "")
    return " ".join([*before, singular]) if singular else ""


def _of_names(concept: Concept, place: Place, names: dict[tuple[str, ...], list[_Named]]) -> Iterator[str]:
    for name in dict.fromkeys((concept.source, *concept.variants)):
        here = _Named(concept, place, name)
        there = names.setdefault(_keys(name), [])
        for other in there:
            if other.concept.id != concept.id and _collide(here, other):
                text = f"'{name}' is already a name of '{other.concept.id}' at {other.place}"
                yield f"{text}; give one of them another scope, or make them one concept"
        there.append(here)


def _keys(name: str) -> tuple[str, ...]:
    return tuple(piece.casefold() for piece in pieces(name))


def _collide(one: _Named, other: _Named) -> bool:
    """Whether both concepts could mean the same word in the same place. Noun and verb are told apart in the text."""
    if one.concept.part != other.concept.part:
        return False
    exact = one.concept.case_sensitive or other.concept.case_sensitive
    if exact and pieces(one.name) != pieces(other.name):
        return False
    if not one.concept.scope or not other.concept.scope:
        return True
    return any(matches(a, b) or matches(b, a) for a in one.concept.scope for b in other.concept.scope)


def _of_targets(concept: Concept) -> Iterator[str]:
    locales = [locale for locale, target in concept.targets.items() if target.preferred]
    kept = [locale for locale in locales if concept.targets[locale].preferred == concept.source]
    if kept and kept == locales and not concept.do_not_translate:
        yield f"every target is '{concept.source}' itself: say 'do_not_translate: true' instead"
    for locale, own in concept.targets.items():
        whole = concept.target(locale)
        allowed = whole.allowed if whole else ()
        for status, forms in (("forbidden", own.forbidden), ("deprecated", own.deprecated)):
            for form in forms:
                inside = next((one for one in allowed if _contains(one, form, locale)), "")
                if inside:
                    yield f"{locale}: the {status} form '{form}' is part of '{inside}', where it is not reported"


def _contains(allowed: str, form: str, locale: Locale) -> bool:
    if not family(locale).spaced:
        return squeezed(form) in squeezed(allowed)
    words, part = _keys(allowed), _keys(form)
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))
