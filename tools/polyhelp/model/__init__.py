"""The nouns: frozen dataclasses that every room speaks. Standard library only."""

from polyhelp.errors import Place
from polyhelp.model.document import DefaultTitle, Document, Pin
from polyhelp.model.issue import QualityIssue, Severity
from polyhelp.model.locale import Locale
from polyhelp.model.region import Duration, Money, Region
from polyhelp.model.segment import Key, Kind, Segment, Slot
from polyhelp.model.style import Avoided, Lengths, Style
from polyhelp.model.term import Concept, PartOfSpeech, TermHit, TermTarget, TermViolation
from polyhelp.model.unit import (
    DRAFT,
    ENGINES_NOTES,
    IN_PIECES,
    KEPT_OUT,
    Catalog,
    Level,
    Origin,
    Review,
    State,
    Unit,
    digest,
)

__all__ = [
    "DRAFT",
    "ENGINES_NOTES",
    "IN_PIECES",
    "KEPT_OUT",
    "Avoided",
    "Catalog",
    "Concept",
    "DefaultTitle",
    "Document",
    "Duration",
    "Key",
    "Kind",
    "Lengths",
    "Level",
    "Locale",
    "Money",
    "Origin",
    "PartOfSpeech",
    "Pin",
    "Place",
    "QualityIssue",
    "Region",
    "Review",
    "Segment",
    "Severity",
    "Slot",
    "State",
    "Style",
    "TermHit",
    "TermTarget",
    "TermViolation",
    "Unit",
    "digest",
]
