"""What an imported file says: concepts, and which of their fields it speaks of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from polyhelp.errors import Place
from polyhelp.model import Concept


@dataclass(frozen=True, slots=True)
class Incoming:
    """One concept of a file, and where it stands there.

    ``said`` names the fields of the concept that the file speaks of, as :class:`~polyhelp.model.Concept` calls them
    (``part``, ``enforce``); what is not among them has only its default. An ``id`` that is not said was made up.
    """

    concept: Concept
    place: Place
    said: frozenset[str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a file brings. ``remarks`` tell what in it has no place in the term base."""

    concepts: tuple[Incoming, ...]
    remarks: tuple[str, ...] = ()


def new_id(source: str, taken: Collection[str]) -> str:
    """An id made from a source term, unlike those in ``taken``: ``two-step-verification``."""
    plain = unicodedata.normalize("NFKD", source).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "term"
    number = 2
    found = slug
    while found in taken:
        found, number = f"{slug}-{number}", number + 1
    return found
