"""The small help center with machine translation configured, and what is asked of it by many tests."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

LOCALES = {"de": "Deutsch", "pt-BR": "Português (Brasil)", "ar": "العربية"}
ARTICLES = ("index.md", "contact.md", "returns/refunds.md", "policies/index.md", "policies/returns.md", "_site")


def configure(shop, block: Mapping[str, object], *locales: str) -> None:
    """Put ``block`` into mkdocs.yml, and these target locales in the place of the three."""
    config = json.loads(json.dumps(block))
    text = shop.read("mkdocs.yml")
    kept = [line for line in text.splitlines() if "- {locale:" not in line or "default: true" in line]
    at = next(n for n, line in enumerate(kept) if "default: true" in line)
    kept[at + 1 : at + 1] = [
        f"        - {{locale: {tag}, name: {LOCALES.get(tag, tag)}}}" for tag in locales or LOCALES
    ]
    lines = [f"  - polyhelp: {json.dumps(config)}" if line.startswith("  - polyhelp:") else line for line in kept]
    shop.write("mkdocs.yml", "\n".join(lines) + "\n")


def only(shop, *articles: str) -> None:
    """Keep these articles and nothing else, without navigation, to see better what is sent."""
    for file in sorted(shop.file("content").rglob("*.md")):
        if file.relative_to(shop.file("content")).as_posix() not in articles:
            file.unlink()
    config = shop.read("mkdocs.yml")
    shop.write("mkdocs.yml", config[: config.index("\nnav:")] + "\n")


def units(shop, locale: str, *articles: str):
    """The units of some articles, or of all that are there."""
    return [
        unit
        for path in articles or ARTICLES
        if path == "_site" or shop.file(f"content/{path}").exists()
        for unit in shop.catalog(locale, path).current
    ]


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def wait_for(what, seconds: float = 20) -> None:
    """Until ``what()`` holds."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.01)
