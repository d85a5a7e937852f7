"""Cards for tests: units as they wait for a reviewer."""

from polyhelp.model import Locale, Place, QualityIssue, Severity, Unit
from polyhelp.review.queue import unit_id
from polyhelp.review.ranking import Cause, Reason, Waiting
from polyhelp.review.report import Around, Card, Sheet

EN, DE, AR = Locale("en"), Locale("de"), Locale("ar")


def card(source="Send it back.", target="Senden Sie es zurück.", locale=DE, path="returns.md", why="machine", **more):
    """A card; ``issues`` are (message, mark)."""
    place = Place("locales/de/returns.po", 3)
    issues = tuple(
        QualityIssue("numbers", Severity.ERROR, message, place, locale, source, target, mark=mark)
        for message, mark in more.pop("issues", ())
    )
    unit = Unit(source, target, fuzzy=True, notes=("paragraph", *more.pop("notes", ())))
    reasons = (Reason(Cause.MACHINE, why),)
    row = Waiting(locale, path, unit_id(locale, path, unit), unit, reasons, len(source.split()), 0, issues)
    more.setdefault("around", Around("paragraph", "Returns", "Before it.", "After it."))
    return Card(row, **more)


def sheet(*cards, locale=DE, **more):
    return Sheet("Tern & Co", EN, locale, cards, **more)
