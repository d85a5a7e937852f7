"""What single concepts cannot show: ids and names that collide, forms that forbid what they allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from polyhelp.errors import Place
from polyhelp.glossary.families import family
from polyhelp.glossary.index import pieces
from polyhelp.glossary.lenient import squeezed
from polyhelp.model import Concept, Locale, TermTarget
from polyhelp.text.paths import matches


@dataclass(frozen=True, slots=True)
class _Named:
    concept: Concept
    place: Place
    name: str


Contradiction = tuple[Place, str, str]
"""(where, key path, what is wrong)"""


def contradictions(placed: list[tuple[Concept, Place]]) -> Iterator[Contradiction]:
    """Every contradiction inside and between concepts, each at the later of two.

    Concepts with an empty id or source, which a reader has already complained of, may be among them.
    """
    ids: dict[str, Place] = {}
    names: dict[tuple[str, ...], list[_Named]] = {}
    for concept, place in placed:
        if concept.id and concept.id in ids:
            yield place, concept.id, f"the id is already used at {ids[concept.id]}"
        ids.setdefault(concept.id, place)
        for name in filter(None, dict.fromkeys((concept.source, *concept.variants))):
            there = names.setdefault(_keys(name), [])
            for other in there:
                if other.concept.id != concept.id and _collide(_Named(concept, place, name), other):
                    text = f"'{name}' is already a name of '{other.concept.id}' at {other.place}"
                    yield place, concept.id, f"{text}; give one of them another scope, or make them one concept"
            there.append(_Named(concept, place, name))
        for locale, target in concept.targets.items():
            yield from ((place, f"{concept.id}.targets.{locale}", text) for text in _forbidden_allowed(target, locale))


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


def _forbidden_allowed(target: TermTarget, locale: Locale) -> Iterator[str]:
    for status, forms in (("forbidden", target.forbidden), ("deprecated", target.deprecated)):
        for form in forms:
            for allowed in target.allowed:
                if allowed and _contains(allowed, form, locale):
                    yield f"the {status} form '{form}' is contained in the allowed form '{allowed}'"


def _contains(allowed: str, form: str, locale: Locale) -> bool:
    if not family(locale).spaced:
        return squeezed(form) in squeezed(allowed)
    words, part = _keys(allowed), _keys(form)
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))
