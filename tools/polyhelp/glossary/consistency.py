"""What single fields cannot show: ids that collide, forms that are allowed and forbidden at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from polyhelp.errors import Place
from polyhelp.model import Concept, Locale

Contradiction = tuple[Place, str, str]
"""(where, key path, what is wrong)"""


def contradictions(placed: Iterable[tuple[Concept, Place]]) -> Iterator[Contradiction]:
    """Every contradiction inside and between concepts, each at the later of two.

    Concepts with an empty id or source, which a reader has already complained of, may be among them.
    """
    ids: dict[str, Place] = {}
    for concept, place in placed:
        if concept.id and concept.id in ids:
            yield place, concept.id, f"the id is already used at {ids[concept.id]}"
        ids.setdefault(concept.id, place)
        for locale in concept.targets:
            yield from ((place, f"{concept.id}.targets.{locale}", text) for text in _both(concept, locale))


def _both(concept: Concept, locale: Locale) -> Iterator[str]:
    target = concept.target(locale)
    if target is None:
        return
    allowed = {form.casefold() for form in target.allowed}
    for status, forms in (("forbidden", target.forbidden), ("deprecated", target.deprecated)):
        yield from (f"'{form}' is both allowed and {status}" for form in forms if form.casefold() in allowed)
