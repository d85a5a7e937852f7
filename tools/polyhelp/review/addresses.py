"""Pages as others call them: an article's path, or an address of the published site, with or without its host."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Found:
    """An article, and the tag of the locale that is meant: ``""`` for all of them."""

    tag: str
    path: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """What a help center's pages are called: its articles, the tags of its locales and the codes of its regions.

    ``source`` is the tag of the source locale, whose pages have no folder of their own. ``base`` is the path of the
    site on its host, ``/`` or ``/help/``.
    """

    articles: Collection[str]
    tags: Collection[str]
    regions: Collection[str] = ()
    source: str = ""
    base: str = "/"

    def tag(self, given: str) -> str:
        """A locale's tag, however it is written (``pt_br``); ``""`` for one that the help center does not have."""
        wanted = given.replace("_", "-").lower()
        return next((tag for tag in self.tags if tag.lower() == wanted), "")

    def find(self, given: str) -> Found | None:
        """The article that ``given`` is: ``returns/refunds.md``, ``/de/returns/refunds/``, or with a host.

        A region's page of an article is that article. None for what is no article's.
        """
        path = self._path(given)
        if path is None:
            return None
        first, _, rest = path.partition("/")
        tag = self.tag(first)
        article = self._article(rest if tag else path)
        if not article:
            return None
        named = path.endswith(".md")  # as writers call it; what has no locale then, is for all of them
        return Found(tag or ("" if named else self.source), article)

    def _path(self, given: str) -> str | None:
        """The way below the site's root, ``""`` for its home page; None for what is no address."""
        try:
            path = unquote(urlsplit(given.strip()).path)
        except ValueError:
            return None
        base = self.base.rstrip("/")
        if f"{path}/".startswith(f"{base}/"):
            path = path.removeprefix(base)
        path = path.strip("/").removesuffix("index.html").removesuffix(".html").strip("/")
        return path if given.strip() else None

    def _article(self, path: str) -> str:
        """The article at a way below a locale's home; ``""`` where there is none."""
        stem = path.removesuffix(".md")
        above, name = posixpath.split(stem)
        folder, code = posixpath.split(above)
        stems = [stem]
        if code.upper() in self.regions:
            stems.append(posixpath.join(folder, name))  # policies/de/returns of policies/returns.md
        if name.upper() in self.regions:
            stems.append(above)  # policies/de of policies/index.md
        pages = (page for one in stems for page in (f"{one}.md", posixpath.join(one, "index.md")))
        return next((page for page in pages if page in self.articles), "")
