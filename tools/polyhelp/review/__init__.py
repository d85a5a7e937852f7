"""Who looks at what; what a decision does."""

from polyhelp.review.queue import EXPIRED, Facts, reasons, unit_id
from polyhelp.review.ranking import Cause, Reason, Waiting

__all__ = ["EXPIRED", "Cause", "Facts", "Reason", "Waiting", "reasons", "unit_id"]
