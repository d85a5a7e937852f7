"""What is known of every staged page: the manifest beside the staged tree."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from polyhelp.model import Locale


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one locale.

    ``path`` is relative to the locale's folder, ``article`` is the source page it comes from. ``original`` says that
    it shows the source text because the translation is missing, or (``waiting``) because nobody has accepted it.
    ``machine`` and ``partial`` say that some of what it shows is unreviewed machine output, or still in the source
    language. ``borrowed`` is the locale whose translation it shows, because it has none of its own. ``outdated`` says
    that something of what it shows in the source language has been translated, until the source changed.
    """

    locale: str
    path: str
    article: str
    original: bool = False
    waiting: bool = False
    machine: bool = False
    partial: bool = False
    borrowed: str = ""
    outdated: bool = False

    @property
    def own(self) -> bool:
        """Whether it is a page of its own, in its locale's language: what search engines may know of."""
        return not (self.original or self.waiting or self.borrowed)

    def language(self, source: Locale) -> Locale:
        """The locale that its text is in, where ``source`` is the source locale."""
        if self.borrowed:
            return Locale(self.borrowed)
        return source if self.original or self.waiting else Locale(self.locale)

    @property
    def notices(self) -> tuple[str, ...]:
        """The words to show above the article, by name."""
        if self.waiting:
            return ("waiting",)
        if self.original:
            return ("untranslated",)
        foreign = bool(self.borrowed) and Locale(self.borrowed).language != Locale(self.locale).language
        told = (("borrowed", foreign), ("machine", self.machine), ("partial", self.partial))
        return tuple(name for name, holds in told if holds)

    @property
    def url(self) -> str:
        """The page's address below the locale's root, with directory URLs: ``returns/refunds/``."""
        stem = self.path.removesuffix(".md")
        folder = "" if stem == "index" else stem.removesuffix("/index")
        return f"{folder}/" if folder else ""

    def address(self, source: Locale) -> str:
        """The page's address below the site's root; the pages of ``source``, the source locale, have no folder."""
        return self.url if self.locale == source.tag else f"{self.locale}/{self.url}"

    def way_to(self, there: Page, source: Locale) -> str:
        """The relative link from this page to another one, in whatever locale."""
        way = posixpath.relpath(f"/{there.address(source)}", f"/{self.address(source)}")
        return f"{way}/"


def dump(pages: Iterable[Page]) -> str:
    """The manifest as JSON, in a fixed order."""
    rows = sorted((asdict(page) for page in pages), key=lambda row: (row["locale"], row["path"]))
    return json.dumps(rows, ensure_ascii=False, indent=0) + "\n"


def load(file: Path) -> dict[tuple[Locale, str], Page]:
    """The manifest in ``file``, by locale and path."""
    pages = [Page(**row) for row in json.loads(file.read_text(encoding="utf-8"))]
    return {(Locale(page.locale), page.path): page for page in pages}
