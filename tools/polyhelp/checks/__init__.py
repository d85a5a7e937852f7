"""QA checks, one per module."""
