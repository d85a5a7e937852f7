"""The nouns: frozen dataclasses that every room speaks. Standard library only."""

from polyhelp.errors import Place
from polyhelp.model.document import DefaultTitle, Document, Pin
from polyhelp.model.issue import QualityIssue, Severity
from polyhelp.model.law import Fact, Law, LegalIssue, Threshold
from polyhelp.model.locale import Locale
from polyhelp.model.person import folded, one_line
from polyhelp.model.region import WEEKDAYS, Dated, Duration, Money, Region
from polyhelp.model.segment import Key, Kind, Segment, Slot
from polyhelp.model.style import Avoided, Lengths, Style
from polyhelp.model.term import Concept, PartOfSpeech, TermHit, TermTarget, TermViolation
from polyhelp.model.unit import (
    DRAFT,
    ENGINES_NOTES,
    IN_PIECES,
    KEPT_OUT,
    Catalog,
    Enough,
    Level,
    Origin,
    Review,
    Second,
    State,
    Unit,
    digest,
)

__all__ = [
    "DRAFT",
    "ENGINES_NOTES",
    "IN_PIECES",
    "KEPT_OUT",
    "WEEKDAYS",
    "Avoided",
    "Catalog",
    "Concept",
    "Dated",
    "DefaultTitle",
    "Document",
    "Duration",
    "Enough",
    "Fact",
    "Key",
    "Kind",
    "Law",
    "LegalIssue",
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
    "Second",
    "Segment",
    "Severity",
    "Slot",
    "State",
    "Style",
    "TermHit",
    "TermTarget",
    "TermViolation",
    "Threshold",
    "Unit",
    "digest",
    "folded",
    "one_line",
]
