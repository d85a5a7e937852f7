"""Chromium for tests and measures, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


NAMES = ("chromium", "chromium-browser", "google-chrome")


def program() -> str:
    """Where Chromium is; ``""`` when there is none."""
    known = Path("/usr/bin/chromium")
    return str(known) if known.exists() else next(filter(None, map(shutil.which, NAMES)), "")


def missing() -> str:
    """Why browser tests cannot run here; ``""`` when they can, and in CI, where they must."""
    if os.environ.get("CI") or program():
        return ""
    return "Chromium is not installed: apt-get install chromium"


@contextmanager
def browser() -> Iterator[Any]:
    """A Chromium, closed when the block is left."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (not needed where Chromium is missing)

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program() or None, args=list(ARGUMENTS))
        try:
            yield chromium
        finally:
            chromium.close()
