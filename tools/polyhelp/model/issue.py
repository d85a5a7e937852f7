"""A quality issue: something about a text that a person should know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from polyhelp.errors import Place
from polyhelp.model.locale import Locale


class Severity(StrEnum):
    """How bad it is. Errors make ``check`` answer no."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class QualityIssue:
    """What one check found in one unit, or (with an empty source) in one file.

    ``its`` is the ITS 2.0 localization quality issue type; ``mark`` the stretch of the target that it is about.
    """

    check: str
    severity: Severity
    message: str
    place: Place
    locale: Locale
    source: str = ""
    target: str = ""
    its: str = "other"
    mark: str = ""
