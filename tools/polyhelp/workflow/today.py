"""The day that is written into catalogs, and on which region data is read."""

from __future__ import annotations

import datetime as dt
import os


def this_day() -> dt.date:
    """Today in UTC, or the day of SOURCE_DATE_EPOCH where a build is to be reproduced."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    given = epoch.isdecimal() and len(epoch) < 12
    now = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if given else dt.datetime.now(dt.UTC)
    return now.date()


def today() -> str:
    """The same day as it is written (ISO 8601)."""
    return this_day().isoformat()
