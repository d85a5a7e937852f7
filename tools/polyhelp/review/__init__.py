"""Who looks at what; what a decision does."""

from polyhelp.review.queue import reasons, unit_id

__all__ = ["reasons", "unit_id"]
