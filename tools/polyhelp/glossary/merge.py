"""What an import would do to the term base: concepts that are new, that say more or other things, that say the same.

1. A concept of the file is one of ours when its source and part of speech are the same, else when its id is.
2. Only what the file speaks of is compared, a locale's target field by field. Nothing is ever emptied or taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from polyhelp.errors import Place
from polyhelp.glossary.incoming import Incoming, new_id
from polyhelp.model import Concept, Locale, TermTarget
from polyhelp.model.term import LISTS

_FIELDS = ("source", "part", "definition", "domain", "owner", "enforce", "do_not_translate", "case_sensitive",
           "variants", "excluded", "scope")  # fmt: skip
_NAMES = {"part": "pos", "excluded": "except"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which the file and the term base differ. ``ours`` is empty where the term base says nothing."""

    concept: str
    field: str
    ours: str
    theirs: str
    place: Place


@dataclass(frozen=True, slots=True)
class Merge:
    """``added`` are new, ``updated`` are ours with the differences taken over, ``same`` counts those without any."""

    added: tuple[Concept, ...]
    updated: tuple[Concept, ...]
    differences: tuple[Difference, ...]
    same: int
    repeated: tuple[str, ...] = ()
    """Sources that the file has twice; only the first counts."""


def merged(ours: Sequence[Concept], theirs: Iterable[Incoming]) -> Merge:
    """Compare a file with the term base."""
    by_term = {_term(concept): concept for concept in reversed(ours)}
    by_source: dict[str, list[Concept]] = {}
    for concept in ours:
        by_source.setdefault(concept.source.casefold(), []).append(concept)
    by_id = {concept.id: concept for concept in ours}
    added: dict[tuple[str, str], Concept] = {}
    updated: dict[str, Concept] = {}
    differences: list[Difference] = []
    repeated: list[str] = []
    same = 0
    for one in theirs:
        known = _known(one, by_term, by_source, by_id)
        if known is None:
            if _term(one.concept) in added:
                repeated.append(one.concept.source)
                continue
            id_ = one.concept.id if one.concept.id not in by_id else new_id(one.concept.id, by_id)
            added[_term(one.concept)] = by_id[id_] = replace(one.concept, id=id_)
        elif known.id in updated or known in added.values():
            repeated.append(one.concept.source)
        else:
            found = list(_differences(known, one))
            differences += found
            if found:
                updated[known.id] = _taken_over(known, one)
            same += not found
    return Merge(tuple(added.values()), tuple(updated.values()), tuple(differences), same, tuple(repeated))


def _term(concept: Concept) -> tuple[str, str]:
    return concept.source.casefold(), concept.part.value


def _known(
    one: Incoming,
    by_term: Mapping[tuple[str, str], Concept],
    by_source: Mapping[str, Sequence[Concept]],
    by_id: Mapping[str, Concept],
) -> Concept | None:
    if "part" in one.said:
        found = by_term.get(_term(one.concept))
    else:
        alike = by_source.get(one.concept.source.casefold(), ())
        found = alike[0] if len(alike) == 1 else by_term.get(_term(one.concept))
    return found or (by_id.get(one.concept.id) if "id" in one.said else None)


def _differences(ours: Concept, theirs: Incoming) -> Iterator[Difference]:
    for name in _FIELDS:
        here, there = getattr(ours, name), getattr(theirs.concept, name)
        if name in theirs.said and here != there:
            yield Difference(ours.id, _NAMES.get(name, name), _shown(here, name), _shown(there, name), theirs.place)
    for locale, target in theirs.concept.targets.items():
        own = ours.targets.get(locale, TermTarget())
        for name in ("preferred", *LISTS, "note"):
            here, there = getattr(own, name), getattr(target, name)
            if (there and here != there) or (name in target.cleared and (here or name not in own.cleared)):
                field = f"{locale}.{name}"
                yield Difference(ours.id, field, _shown(here, name), _shown(there, name), theirs.place)


def _shown(value: object, name: str) -> str:
    if isinstance(value, tuple):
        return " | ".join(value)
    if value is None and name == "enforce":
        return "off"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _taken_over(ours: Concept, theirs: Incoming) -> Concept:
    said = {name: getattr(theirs.concept, name) for name in _FIELDS if name in theirs.said}
    targets: dict[Locale, TermTarget] = dict(ours.targets)
    for locale, target in theirs.concept.targets.items():
        own = targets.get(locale, TermTarget())
        fields = {name: value for name in ("preferred", *LISTS, "note")
                  if (value := getattr(target, name)) or name in target.cleared}  # fmt: skip
        cleared = (own.cleared - fields.keys()) | target.cleared
        targets[locale] = replace(own, **fields, cleared=cleared)
    return replace(ours, **said, targets=targets)
