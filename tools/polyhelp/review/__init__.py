"""Who looks at what; what a decision does."""

from polyhelp.review.queue import EXPIRED, reasons, unit_id

__all__ = ["EXPIRED", "reasons", "unit_id"]
