"""polyhelp: help centers in every language and for every region, from Markdown in git.

The public face. Everything else may move.
"""

from polyhelp.errors import PolyhelpError
from polyhelp.model import Document, Locale, QualityIssue, Segment, Unit

__all__ = ["Document", "Locale", "PolyhelpError", "QualityIssue", "Segment", "Unit", "version"]


def version() -> str:
    """The installed version."""
    from importlib import metadata  # noqa: PLC0415 (it takes longer to import than everything here)

    return metadata.version("polyhelp")
