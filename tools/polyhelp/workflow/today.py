"""The day that is written into catalogs."""

from __future__ import annotations

import datetime as dt
import os


def today() -> str:
    """Today in UTC (ISO 8601), or the day of SOURCE_DATE_EPOCH where a build is to be reproduced."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    given = epoch.isdecimal() and len(epoch) < 12
    now = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if given else dt.datetime.now(dt.UTC)
    return now.date().isoformat()
